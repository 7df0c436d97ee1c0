using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Generation.Design.Security;

/// <summary>Finds the table whose rows are the users who sign in: it has an e-mail, a password, and a key of one column.</summary>
internal static class UserTableChooser
{
    /// <summary>The users table; null where there is none.</summary>
    public static TableFacts? Choose(IReadOnlyList<TableFacts> tables, DiagnosticBag diagnostics)
    {
        foreach (var facts in tables.Where(facts => facts.Table.Tags.Has(Tags.Users)))
        {
            if (IsCandidate(facts))
            {
                return facts;
            }

            diagnostics.Report(
                DesignDiagnostics.TagNotUsable, facts.Table.Tags.First(tag => tag.Name == Tags.Users).Source.ToSpan(), Tags.Users,
                "users need an e-mail, a password and a key of one column");
        }

        var candidates = tables.Where(IsCandidate).ToList();
        if (candidates.Count < 2)
        {
            return candidates.FirstOrDefault();
        }

        var references = tables.SelectMany(facts => facts.ForeignKeys).GroupBy(key => key.Target).ToDictionary(keys => keys.Key, keys => keys.Count());
        var chosen = candidates.MaxBy(facts => Rank(facts) + Math.Min(references.GetValueOrDefault(facts), 15))!;
        foreach (var other in candidates.Where(other => other != chosen))
        {
            diagnostics.Report(DesignDiagnostics.OtherUsers, other.Table.Source.ToSpan(), other.Table.Name, chosen.Table.Name);
        }

        return chosen;
    }

    private static bool IsCandidate(TableFacts facts) =>
        facts.Key is { } key
        && facts.FindExposed(key.Columns) is [var only]
        && PropertyTypes.Of(only)!.Form is ValueForm.Integer or ValueForm.Decimal or ValueForm.Uuid or ValueForm.Text
        && facts.Table.Columns.Any(column => ColumnRoles.IsEmail(column) && column.Generated is null)
        && facts.Table.Columns.Any(column => ColumnRoles.IsSecret(column) && UserNames.IsHash(column.Name) && column != only)
        && !facts.Table.Columns.Any(column => UserNames.IsPassword(column.Name) && !ColumnRoles.IsSecret(column));

    private static int Rank(TableFacts facts)
    {
        var columns = facts.Table.Columns;
        return UserNames.TableRank(facts.Table.Name)
            + (columns.Any(column => UserNames.RoleRank(column.Name) >= 0) ? 10 : 0)
            + (columns.Any(column => UserNames.IsState(column.Name) || UserNames.LetsIn(column.Name)) ? 5 : 0)
            + (columns.Any(column => ColumnRoles.IsEmail(column) && facts.Table.UniqueKeys.Any(key => key.Columns is [var name] && facts.Find(name) == column)) ? 10 : 0);
    }
}
