using SchemaDeploy.Schema.Compilation;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Tool;

/// <summary>Reads the values of properties that know a few words only.</summary>
internal static class NamedValues
{
    // What people write for what we call otherwise; they get the right word as a suggestion.
    private static readonly Dictionary<string, string[]> s_otherNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["mssql"] = ["TSql", "SqlServer"],
        ["sqlserver"] = ["TSql", "SqlServer"],
        ["tsql"] = ["TSql", "SqlServer"],
        ["transactsql"] = ["TSql", "SqlServer"],
        ["azuresql"] = ["TSql", "SqlServer"],
        ["postgres"] = ["PostgreSql"],
        ["pgsql"] = ["PostgreSql"],
        ["npgsql"] = ["PostgreSql"],
        ["mariadb"] = ["MySql"],
        ["sqlite3"] = ["Sqlite"],
        ["openapi"] = ["Rest"],
    };

    /// <summary>The member of <typeparamref name="T"/> that <paramref name="value"/> names in any case; an error otherwise.</summary>
    /// <param name="unknown">The error for any other value.</param>
    /// <param name="value">What the user wrote.</param>
    /// <param name="alsoAllowed">Words that are no member and mean the default.</param>
    /// <param name="diagnostics">Where the error goes.</param>
    public static T? Parse<T>(DiagnosticDescriptor unknown, string? value, string[] alsoAllowed, DiagnosticBag diagnostics)
        where T : struct, Enum
    {
        if (value is null || alsoAllowed.Contains(value, StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        var names = Enum.GetNames<T>();
        if (names.FirstOrDefault(n => n.Equals(value, StringComparison.OrdinalIgnoreCase)) is { } name)
        {
            return Enum.Parse<T>(name);
        }

        string[] known = [.. alsoAllowed, .. names];
        var meant = s_otherNames.GetValueOrDefault(value)?.FirstOrDefault(known.Contains);
        diagnostics.Report(
            unknown, SourceSpan.None, value,
            meant is null ? Suggestion.For(value, known) : $" Did you mean '{meant}'?", string.Join(", ", known));
        return null;
    }
}
