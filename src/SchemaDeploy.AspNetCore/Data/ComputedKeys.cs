using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using SchemaDeploy.AspNetCore.Problems;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>
/// Keeps keys that the schema computes from other columns. EF Core has to know a key before it saves the row, and
/// SQLite computes no primary key: so the column is an ordinary one, and the database evaluates the expression over
/// the row's values just before they are saved.
/// </summary>
internal static class ComputedKeys
{
    private const string Expression = "SchemaDeploy:ComputedKey";

    /// <summary>Takes over <paramref name="property"/> where it is computed and part of a key.</summary>
    public static void Adapt(IMutableProperty property)
    {
        if (property.IsKey() && property.GetComputedColumnSql() is { } sql)
        {
            property.SetComputedColumnSql(null);
            property.SetIsStored(null);
            // A placeholder until the row is saved; the tracker takes no row without a key.
            property.ValueGenerated = ValueGenerated.OnAdd;
            property.SetAnnotation(Expression, sql);
        }
    }

    /// <summary>Whether the application computes <paramref name="property"/>.</summary>
    public static bool IsComputed(IReadOnlyProperty property) => property.FindAnnotation(Expression) is not null;

    /// <summary>Computes the keys of new rows, and sees to it that changed ones keep theirs.</summary>
    /// <exception cref="ApiException">400: the row gives no key; 422: the change would give the row another key.</exception>
    public static void Apply(DbContext context, IReadOnlyList<EntityEntry> entries)
    {
        foreach (var entry in entries.Where(entry => entry.State is EntityState.Added or EntityState.Modified))
        {
            foreach (var metadata in ServerProperties.Of(entry.Metadata).ComputedKeys)
            {
                var property = entry.Property(metadata);
                var value = Evaluate(context, entry, metadata)
                    ?? throw new ApiException(400, $"The row's key {metadata.JsonName()} is computed from its other fields, and they give none.");
                if (entry.State == EntityState.Added)
                {
                    property.CurrentValue = value;
                    property.IsTemporary = false;
                }
                else if (!value.Equals(property.CurrentValue))
                {
                    throw new ApiException(422, $"The change would give the row another key ({metadata.JsonName()}); keys do not change.");
                }
            }
        }
    }

    // The expression's columns are those of a row of parameters.
    private static object? Evaluate(DbContext context, EntityEntry entry, IProperty property)
    {
        var sql = context.GetService<ISqlGenerationHelper>();
        var expression = (string)property.FindAnnotation(Expression)!.Value!;
        using var command = context.Database.GetDbConnection().CreateCommand();
        command.Transaction = context.Database.CurrentTransaction?.GetDbTransaction();
        var columns = new List<string>();
        foreach (var source in entry.Metadata.GetProperties())
        {
            var column = sql.DelimitIdentifier(source.GetColumnName());
            if (source != property && expression.Contains(column, StringComparison.Ordinal))
            {
                var name = sql.GenerateParameterName($"p{columns.Count}");
                command.Parameters.Add(source.GetRelationalTypeMapping().CreateParameter(command, name, entry.Property(source).CurrentValue, source.IsNullable));
                columns.Add($"{name} AS {column}");
            }
        }

#pragma warning disable CA2100 // The expression and the names are the model's own; the values are parameters.
        command.CommandText = columns.Count == 0 ? $"SELECT {expression}" : $"SELECT {expression} FROM (SELECT {string.Join(", ", columns)}) AS {sql.DelimitIdentifier("row")}";
#pragma warning restore CA2100
        context.Database.OpenConnection();
        try
        {
            using var reader = command.ExecuteReader();
            return reader.Read() && !reader.IsDBNull(0) ? Read(property, reader) : null;
        }
        finally
        {
            context.Database.CloseConnection();
        }
    }

    private static object? Read(IProperty property, System.Data.Common.DbDataReader reader)
    {
        var mapping = property.GetRelationalTypeMapping();
        var stored = mapping.GetDataReaderMethod().Invoke(reader, [0]);
        return mapping.Converter is { } converter ? converter.ConvertFromProvider(stored) : stored;
    }
}
