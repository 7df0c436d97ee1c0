using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Migrations;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Migrations;

namespace SchemaDeploy.AspNetCore.Tests.Migrations;

/// <summary>The types of random columns.</summary>
internal enum Kind
{
    Short,
    Int,
    Long,
    Decimal,
    Double,
    Bool,
    Text,
    LongText,
    Date,
    Guid,
}

internal sealed record RandomColumn(string Name, Kind Kind, bool Nullable, int Size, string? Default = null, string? OldName = null, string? Computed = null)
{
    public bool IsWhole => Kind is Kind.Short or Kind.Int or Kind.Long;
}

internal sealed record RandomIndex(string Name, string Column, bool Unique);

internal sealed record RandomReference(string Name, string Column, string Table);

internal sealed record RandomCheck(string Name, string Column, int Least);

internal sealed record RandomTable(
    string Name, IReadOnlyList<RandomColumn> Columns, IReadOnlyList<RandomIndex> Indexes, IReadOnlyList<RandomReference> References, IReadOnlyList<RandomCheck> Checks, string? OldName = null)
{
    /// <summary>Without what stands on columns that are no longer there, or are of other types than it needs.</summary>
    public RandomTable Consistent(IReadOnlyCollection<string> tables) => this with
    {
        Columns = [.. Columns.Where(column => column.Computed is null || Columns.Any(other => other.Name == column.Computed && other.IsWhole))],
        Indexes = [.. Indexes.Where(index => Columns.Any(column => column.Name == index.Column && column.Kind is not Kind.LongText))],
        References = [.. References.Where(key => tables.Contains(key.Table) && Columns.Any(column => column.Name == key.Column && column is { IsWhole: true, Computed: null }))],
        Checks = [.. Checks.Where(check => Columns.Any(column => column.Name == check.Column && column.IsWhole))],
    };
}

/// <summary>A schema made of a seed, and schemas that grow out of it.</summary>
internal sealed record RandomSchema(IReadOnlyList<RandomTable> Tables)
{
    public static RandomSchema Of(Random random)
    {
        var schema = new RandomSchema([]);
        for (var i = random.Next(2, 4); i > 0; i--)
        {
            schema = schema.WithTable(random);
        }

        return schema;
    }

    /// <summary>Another schema, a few changes away.</summary>
    public RandomSchema Mutate(Random random)
    {
        // What was renamed before is so by now.
        var schema = new RandomSchema([.. Tables.Select(table => table with { OldName = null, Columns = [.. table.Columns.Select(column => column with { OldName = null })] })]);
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            schema = random.Next(12) switch
            {
                0 => schema.WithTable(random),
                1 when schema.Tables.Count > 1 => new RandomSchema([.. schema.Tables.Where((_, at) => at != 0)]),
                2 => schema.Renamed(random),
                _ => schema.With(random, table => Change(random, table, schema)),
            };
        }

        var names = schema.Tables.Select(table => table.Name).ToList();
        return new RandomSchema([.. schema.Tables.Select(table => table.Consistent(names))]);
    }

    public void Build(ModelBuilder model, DatabaseFacade database)
    {
        foreach (var table in Tables)
        {
            model.SharedTypeEntity<Dictionary<string, object>>(table.Name, entity => Build(table, entity, database));
        }

        foreach (var table in Tables)
        {
            foreach (var key in table.References)
            {
                if (table.Columns.Single(column => column.Name == key.Column).Kind == Kind.Long)
                {
                    model.Entity(table.Name).HasOne(key.Table).WithMany().HasForeignKey(key.Column).HasConstraintName(key.Name).OnDelete(DeleteBehavior.Restrict);
                }
                else if (database.ProviderName != ProviderSql.MySqlName)
                {
                    new DatabaseReference(key.Name, [key.Column], key.Table, ["id"], ReferentialAction.Restrict, ReferentialAction.NoAction).AddTo(model.Entity(table.Name).Metadata);
                }
            }
        }
    }

    private static void Build(RandomTable table, EntityTypeBuilder<Dictionary<string, object>> entity, DatabaseFacade database)
    {
        entity.ToTable(table.Name);
        entity.Property<long>("id").ValueGeneratedOnAdd();
        entity.HasKey("id").HasName("pk_" + table.Name);
        if (table.OldName is not null)
        {
            entity.WasNamed(table.OldName);
        }

        foreach (var column in table.Columns)
        {
            var property = entity.Property(TypeOf(column), column.Name).IsRequired(!column.Nullable);
            if (column.Kind == Kind.Text)
            {
                property.HasMaxLength(column.Size);
            }
            else if (column.Kind == Kind.Decimal)
            {
                property.HasPrecision(column.Size, 2);
            }

            if (column.Default is { } value)
            {
                property.HasDefaultValueSql(value);
            }

            if (column.Computed is { } source)
            {
                property.HasComputedColumnSql($"{Delimited(source, database)} + {column.Size}", stored: true);
            }

            if (column.OldName is not null)
            {
                property.HasAnnotation(ModelFacts.OldName, column.OldName);
            }
        }

        foreach (var index in table.Indexes)
        {
            entity.HasIndex([index.Column], index.Name).IsUnique(index.Unique);
        }

        entity.ToTable(check => table.Checks.ToList().ForEach(one => check.HasCheckConstraint(one.Name, $"{Delimited(one.Column, database)} >= {one.Least}")));
    }

    private static Type TypeOf(RandomColumn column) => (column.Kind, column.Nullable) switch
    {
        (Kind.Short, false) => typeof(short),
        (Kind.Short, true) => typeof(short?),
        (Kind.Int, false) => typeof(int),
        (Kind.Int, true) => typeof(int?),
        (Kind.Long, false) => typeof(long),
        (Kind.Long, true) => typeof(long?),
        (Kind.Decimal, false) => typeof(decimal),
        (Kind.Decimal, true) => typeof(decimal?),
        (Kind.Double, false) => typeof(double),
        (Kind.Double, true) => typeof(double?),
        (Kind.Bool, false) => typeof(bool),
        (Kind.Bool, true) => typeof(bool?),
        (Kind.Date, false) => typeof(DateOnly),
        (Kind.Date, true) => typeof(DateOnly?),
        (Kind.Guid, false) => typeof(Guid),
        (Kind.Guid, true) => typeof(Guid?),
        _ => typeof(string),
    };

    private static string Delimited(string column, DatabaseFacade database) =>
        database.ProviderName == ProviderSql.MySqlName ? $"`{column}`" : $"\"{column}\"";

    private static string Name(Random random, string kind) => $"{kind}_{random.Next(1_000_000)}";

    private static RandomColumn Column(Random random)
    {
        var kind = (Kind)random.Next(10);
        var size = kind == Kind.Decimal ? random.Next(6, 22) : random.Next(4, 40);
        var value = random.Next(3) == 0 ? kind switch
        {
            Kind.Short or Kind.Int or Kind.Long or Kind.Decimal or Kind.Double => "7",
            Kind.Text => "'abc'",
            _ => null,
        } : null;
        return new RandomColumn(Name(random, "c"), kind, random.Next(2) == 0, size, value);
    }

    private static RandomTable Change(Random random, RandomTable table, RandomSchema schema)
    {
        var at = random.Next(table.Columns.Count);
        var column = table.Columns[at];
        switch (random.Next(11))
        {
            case 0 or 1:
                return table with { Columns = [.. table.Columns, Column(random)] };
            case 2 when table.Columns.Count > 2:
                return table with { Columns = [.. table.Columns.Where(one => one != column)] };
            case 3 when column is { OldName: null, Computed: null }:
                return Replace(table, column, column with { Name = Name(random, "r"), OldName = column.Name });
            case 4 when column.Computed is null:
                return Replace(table, column, column with { Nullable = !column.Nullable });
            case 5 when column.Computed is null:
                return Replace(table, column, column with { Size = column.Kind == Kind.Decimal ? random.Next(6, 22) : random.Next(4, 40) });
            case 6 when column is { IsWhole: true, Computed: null }:
                return Replace(table, column, column with { Kind = new[] { Kind.Short, Kind.Int, Kind.Long, Kind.Decimal, Kind.Text }[random.Next(5)], Size = 20, Default = null });
            case 7 when column.Computed is null:
                return Replace(table, column, column with { Kind = Column(random).Kind, Default = null, Size = 20 });
            case 8:
                return table with { Indexes = random.Next(3) == 0 ? [] : [.. table.Indexes, new RandomIndex(Name(random, "i"), column.Name, random.Next(3) == 0)] };
            case 9:
                return table with { Checks = random.Next(3) == 0 ? [] : [.. table.Checks, new RandomCheck(Name(random, "k"), column.Name, random.Next(-2000, 100))] };
            case 10 when column.IsWhole:
                return random.Next(2) == 0
                    ? table with { Columns = [.. table.Columns, new RandomColumn(Name(random, "g"), Kind.Long, true, random.Next(9), Computed: column.Name)] }
                    : table with { References = [.. table.References, new RandomReference(Name(random, "f"), column.Name, schema.Tables[random.Next(schema.Tables.Count)].Name)] };
            default:
                return table;
        }
    }

    private static RandomTable Replace(RandomTable table, RandomColumn old, RandomColumn column) => table with
    {
        Columns = [.. table.Columns.Select(one => one == old ? column : one.Computed == old.Name ? one with { Computed = column.Name } : one)],
        Indexes = [.. table.Indexes.Select(one => one.Column == old.Name ? one with { Column = column.Name } : one)],
        References = [.. table.References.Select(one => one.Column == old.Name ? one with { Column = column.Name } : one)],
        Checks = [.. table.Checks.Select(one => one.Column == old.Name ? one with { Column = column.Name } : one)],
    };

    private RandomSchema With(Random random, Func<RandomTable, RandomTable> change)
    {
        var at = random.Next(Tables.Count);
        return new RandomSchema([.. Tables.Select((table, i) => i == at ? change(table) : table)]);
    }

    private RandomSchema Renamed(Random random)
    {
        var at = random.Next(Tables.Count);
        var old = Tables[at];
        if (old.OldName is not null)
        {
            return this;
        }

        var name = Name(random, "t");
        return new RandomSchema([.. Tables.Select((table, i) => (i == at ? table with { Name = name, OldName = table.Name } : table) with
        {
            References = [.. table.References.Select(key => key.Table == old.Name ? key with { Table = name } : key)],
        })]);
    }

    private RandomSchema WithTable(Random random)
    {
        var columns = Enumerable.Range(0, random.Next(3, 7)).Select(_ => Column(random)).ToList();
        var name = Name(random, "t");
        var references = Tables.Count > 0
            ? new[] { new RandomReference(Name(random, "f"), "owner", Tables[random.Next(Tables.Count)].Name) }
            : [];
        if (references.Length > 0)
        {
            columns.Add(new RandomColumn("owner", Kind.Long, true, 20));
        }

        return new RandomSchema([.. Tables, new RandomTable(name, columns, [], references, [])]);
    }
}
