using System.Text;

namespace SchemaDeploy.Schema.Compilation.Seeding;

/// <summary>The text form of PostgreSQL's arrays: <c>{1,2}</c>, <c>{"a b",c}</c>.</summary>
internal static class ArrayText
{
    /// <summary>The items; null where the text is no array, has several dimensions or an item that is NULL.</summary>
    public static List<string>? Read(string text)
    {
        text = text.Trim();
        if (text.Length < 2 || text[0] != '{' || text[^1] != '}')
        {
            return null;
        }

        var items = new List<string>();
        if (text.AsSpan(1, text.Length - 2).IsWhiteSpace())
        {
            return items;
        }

        for (var i = 1; i < text.Length; i++)
        {
            while (char.IsWhiteSpace(text[i]))
            {
                i++;
            }

            var item = text[i] == '"' ? Quoted(text, ref i) : Plain(text, ref i);
            if (item is null || i >= text.Length || (text[i] != ',' && i != text.Length - 1))
            {
                return null;
            }

            items.Add(item);
            if (i == text.Length - 1)
            {
                return items;
            }
        }

        return null;
    }

    private static string? Plain(string text, ref int i)
    {
        var item = new StringBuilder();
        for (; i < text.Length - 1 && text[i] != ','; i++)
        {
            if (text[i] is '{' or '}' or '"')
            {
                return null;
            }

            i += text[i] == '\\' ? 1 : 0;
            item.Append(text[i]);
        }

        var plain = item.ToString().TrimEnd();
        return plain.Length == 0 || plain.Equals("NULL", StringComparison.OrdinalIgnoreCase) ? null : plain;
    }

    private static string? Quoted(string text, ref int i)
    {
        var item = new StringBuilder();
        for (i++; i < text.Length - 1; i++)
        {
            if (text[i] == '"')
            {
                do
                {
                    i++;
                }
                while (char.IsWhiteSpace(text[i]));

                return item.ToString();
            }

            i += text[i] == '\\' ? 1 : 0;
            item.Append(text[i]);
        }

        return null;
    }
}
