using System.Text.RegularExpressions;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Migrations.Drift;

/// <summary>Types of columns as a schema writes them and as a database tells them.</summary>
internal sealed partial class StoreTypes(string provider)
{
    /// <summary>Whether both are the same type. SQLite does not tell those of computed columns.</summary>
    public bool AreSame(string expected, string actual) => actual.Length == 0 || Canonical(expected) == Canonical(actual);

    private string Canonical(string type)
    {
        var text = type.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        return provider == ProviderSql.MySqlName ? ImpliedPattern().Replace(text, "") switch
        {
            // MariaDB's name is an alias.
            "json" => "longtext",
            var other => other,
        } : text;
    }

    // Widths for display, but for tinyint(1), which is a boolean; and no fraction of seconds.
    [GeneratedRegex(@"(?<=^(small|medium|big)?int)\(\d+\)|(?<=^tinyint)\((?!1\))\d+\)|(?<=^(date)?time(stamp)?)\(0\)", RegexOptions.CultureInvariant)]
    private static partial Regex ImpliedPattern();
}
