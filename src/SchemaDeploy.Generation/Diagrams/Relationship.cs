using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Generation.Diagrams;

/// <summary>A foreign key as a diagram draws it: which tables it joins, and how many rows stand at each end.</summary>
/// <param name="Child">The index of the referencing table in <see cref="DatabaseModel.Tables"/>.</param>
/// <param name="Parent">The index of the referenced table, or null where the model does not hold it.</param>
/// <param name="ForeignKey">The foreign key.</param>
/// <param name="Optional">Whether a row may go without a referenced row.</param>
/// <param name="Unique">Whether at most one row references the same row.</param>
/// <param name="Identifying">Whether the reference is part of the row's own primary key.</param>
internal sealed record Relationship(
    int Child, int? Parent, ForeignKey ForeignKey, bool Optional, bool Unique, bool Identifying)
{
    /// <summary>All foreign keys of the model, in the order of the tables.</summary>
    public static IEnumerable<Relationship> AllOf(DatabaseModel model)
    {
        var indexes = new Dictionary<(string?, string), int>();
        for (var i = 0; i < model.Tables.Length; i++)
        {
            indexes.TryAdd((model.Tables[i].Schema, model.Tables[i].Name), i);
        }

        for (var i = 0; i < model.Tables.Length; i++)
        {
            var table = model.Tables[i];
            if (table.ForeignKeys.IsEmpty)
            {
                continue;
            }

            var nullable = table.Columns.Where(column => column.Nullable).Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var foreignKey in table.ForeignKeys)
            {
                var columns = foreignKey.Columns.ToHashSet(StringComparer.Ordinal);
                bool Covers(Key? key) => key is not null && key.Columns.All(columns.Contains);

                yield return new Relationship(
                    i,
                    indexes.TryGetValue((foreignKey.ReferencedSchema, foreignKey.ReferencedTable), out var parent) ? parent : null,
                    foreignKey,
                    Optional: foreignKey.Columns.Any(nullable.Contains),
                    Unique: Covers(table.PrimaryKey) || table.UniqueKeys.Any(Covers),
                    Identifying: table.PrimaryKey is { } key && foreignKey.Columns.All(key.Columns.Contains));
            }
        }
    }
}
