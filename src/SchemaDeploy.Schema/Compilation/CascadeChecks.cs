using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>
/// Finds what SQL Server refuses with error 1785 and DacFx does not look for: a delete or update that would reach a
/// table twice, or come back to where it began. PostgreSQL and MySQL allow both.
/// </summary>
internal static class CascadeChecks
{
    public static void Run(FoldedSchema schema, DiagnosticBag diagnostics)
    {
        var reported = new HashSet<FoldedForeignKey>();
        foreach (var table in schema.Tables)
        {
            Follow(table, "DELETE", f => f.OnDelete, reported, diagnostics);
            Follow(table, "UPDATE", f => f.OnUpdate, reported, diagnostics);
        }
    }

    private static void Follow(
        FoldedTable start,
        string verb,
        Func<ForeignKeyDefinition, ReferentialAction> action,
        HashSet<FoldedForeignKey> reported,
        DiagnosticBag diagnostics)
    {
        // In a sound schema each table is reached once, so the walk is as long as the tree it finds.
        var reached = new HashSet<FoldedTable> { start };
        var open = new Queue<FoldedTable>([start]);
        while (open.TryDequeue(out var table))
        {
            foreach (var foreignKey in table.Incoming)
            {
                var does = action(foreignKey.Definition);
                if (does == ReferentialAction.NoAction)
                {
                    continue;
                }

                if (reached.Add(foreignKey.Owner))
                {
                    // Set null and set default change the row, but go no further.
                    if (does == ReferentialAction.Cascade)
                    {
                        open.Enqueue(foreignKey.Owner);
                    }
                }
                else if (reported.Add(foreignKey))
                {
                    diagnostics.Report(
                        ModelDiagnostics.CascadePaths, foreignKey.Definition.Span, foreignKey.Owner.DisplayName, verb,
                        start.DisplayName, foreignKey.Owner.DisplayName,
                        foreignKey.Owner == start ? "again in a circle" : "by two ways");
                }
            }
        }
    }
}
