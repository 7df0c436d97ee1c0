using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Generation.Design;

/// <summary>Chooses the column by which <c>@soft-delete</c> tells deleted rows from the others.</summary>
internal static class DeletionMarkChooser
{
    /// <summary>The column, or null where the table has no such tag, or one that cannot be kept, which is reported.</summary>
    public static Column? Choose(TableFacts facts, DiagnosticBag diagnostics)
    {
        var table = facts.Table;
        var marked = table.Columns.Where(column => column.Tags.Has(Tags.SoftDelete)).ToList();
        if (marked is [.., var last])
        {
            return marked.Count == 1
                ? Check(last, facts, Find(last), diagnostics)
                : Refuse(Find(last), table, "several columns have the tag", diagnostics);
        }

        if (table.Tags.FirstOrDefault(tag => tag.Name == Tags.SoftDelete) is not { } tag)
        {
            return null;
        }

        if (tag.Argument.Trim('"', '`', '[', ']') is { Length: > 0 } name)
        {
            return facts.Find(name) is { } named
                ? Check(named, facts, tag, diagnostics)
                : Refuse(tag, table, $"there is no column '{name}'", diagnostics);
        }

        var candidates = table.Columns.Where(ColumnRoles.IsDeletionMark).ToList();
        return candidates switch
        {
            [var only] => Check(only, facts, tag, diagnostics),
            [] => Refuse(tag, table, "no column says by its name when or whether a row was deleted, as 'deleted_at' would", diagnostics),
            _ => Refuse(tag, table, $"{string.Join(" and ", candidates.Select(column => $"'{column.Name}'"))} could each be meant", diagnostics),
        };
    }

    private static SmartTag Find(Column column) => column.Tags.First(tag => tag.Name == Tags.SoftDelete);

    private static Column? Check(Column column, TableFacts facts, SmartTag tag, DiagnosticBag diagnostics)
    {
        var problem = PropertyTypes.Of(column)?.Form switch
        {
            _ when column.Generated is not null => "is computed",
            _ when facts.IsInKey(column) => "is part of a key",
            ValueForm.Boolean => null,
            ValueForm.Moment or ValueForm.WallClock or ValueForm.Date when !column.Nullable => "is never null, as the mark of rows that are not deleted is",
            ValueForm.Moment or ValueForm.WallClock or ValueForm.Date when column.Default is not null => "has a default, with which new rows would be deleted ones",
            ValueForm.Moment or ValueForm.WallClock or ValueForm.Date => null,
            _ => "is neither a date nor true or false",
        };
        return problem is null ? column : Refuse(tag, facts.Table, $"column '{column.Name}' {problem}", diagnostics);
    }

    private static Column? Refuse(SmartTag tag, Table table, string problem, DiagnosticBag diagnostics)
    {
        diagnostics.Report(DesignDiagnostics.SoftDeleteNotPossible, tag.Source.ToSpan(), table.Name, problem);
        return null;
    }
}
