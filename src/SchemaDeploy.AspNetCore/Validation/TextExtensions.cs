namespace SchemaDeploy.AspNetCore.Validation;

/// <summary>Text as databases see it.</summary>
public static class TextExtensions
{
    /// <summary>How many characters (code points) the text has; a surrogate pair is one.</summary>
    public static int CharacterCount(this string text)
    {
        var count = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i - 1], text[i]))
            {
                count--;
            }
        }

        return count;
    }
}
