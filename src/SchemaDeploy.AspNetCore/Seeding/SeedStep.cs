using System.Text.Json;
using SchemaDeploy.AspNetCore.Problems;

namespace SchemaDeploy.AspNetCore.Seeding;

/// <summary>
/// Stands among the statements of a migration for all those that load rows, which are too many to be recorded with it. For
/// a database it is a comment.
/// </summary>
internal static class SeedStep
{
    private const string Beginning = "-- seed data of ";

    /// <summary>The step that loads the rows of new tables.</summary>
    public static string For(IEnumerable<string> tables) =>
        Beginning + JsonSerializer.Serialize([.. tables], RuntimeJsonContext.Default.StringArray);

    /// <summary>The tables whose rows are loaded; null where the statement is another.</summary>
    public static IReadOnlySet<string>? TablesOf(string statement) => statement.StartsWith(Beginning, StringComparison.Ordinal)
        ? JsonSerializer.Deserialize(statement[Beginning.Length..], RuntimeJsonContext.Default.StringArray)!.ToHashSet(StringComparer.Ordinal)
        : null;
}
