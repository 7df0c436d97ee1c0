using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>Mapping that differs from database to database. What a database cannot express is left out there.</summary>
public static class ProviderSqlExtensions
{
    // Asked with every write, and found by reflection.
    private static readonly ConditionalWeakTable<IModel, string> s_providers = [];

    /// <summary>Whether the context is on SQLite.</summary>
    internal static bool IsSqlite(this DbContext context) => ProviderOf(context) == ProviderSql.SqliteName;

    /// <summary>Whether the context is on PostgreSQL.</summary>
    internal static bool IsPostgreSql(this DbContext context) => ProviderOf(context) == ProviderSql.PostgreSqlName;

    /// <summary>Whether the context is on SQL Server.</summary>
    internal static bool IsSqlServer(this DbContext context) => ProviderOf(context) == ProviderSql.SqlServerName;

    /// <summary>A check that the database keeps.</summary>
    public static void HasCheck<TEntity>(this TableBuilder<TEntity> table, DatabaseFacade database, string name, ProviderSql condition)
        where TEntity : class
    {
        if (condition.For(database) is { } sql)
        {
            table.HasCheckConstraint(name, sql);
        }
    }

    /// <summary>The column's type where EF Core's own choice would not do.</summary>
    public static PropertyBuilder<TProperty> HasStoreType<TProperty>(
        this PropertyBuilder<TProperty> property, DatabaseFacade database, ProviderSql type) =>
        type.For(database) is { } sql ? property.HasColumnType(sql) : property;

    /// <summary>Text that differs in case alone is the same, in unique keys as in filters.</summary>
    public static PropertyBuilder<TProperty> IgnoresCase<TProperty>(this PropertyBuilder<TProperty> property, DatabaseFacade database) =>
        database.ProviderName switch
        {
            ProviderSql.SqliteName => property.UseCollation("NOCASE"),
            ProviderSql.PostgreSqlName => property.HasColumnType(PostgreSqlAdaptation.TextIgnoringCase),
            ProviderSql.MySqlName => property.UseCollation("utf8mb4_general_ci"),
            ProviderSql.SqlServerName => property.UseCollation("Latin1_General_100_CI_AS"),
            _ => property,
        };

    /// <summary>A list whose items the database keeps as <paramref name="converter"/> makes them.</summary>
    public static PropertyBuilder<TProperty> HasItems<TProperty>(this PropertyBuilder<TProperty> property, ValueConverter converter)
    {
        property.Metadata.SetElementType(converter.ModelClrType);
        property.Metadata.GetElementType()!.SetValueConverter(converter);
        return property;
    }

    /// <summary>A default for other writers of the database; the application sends every value itself.</summary>
    public static PropertyBuilder<TProperty> HasColumnDefault<TProperty>(
        this PropertyBuilder<TProperty> property, DatabaseFacade database, ProviderSql value) =>
        Default(value, database) is { } sql ? property.HasDefaultValueSql(sql).ValueGeneratedNever() : property;

    /// <summary>A default that only the database can evaluate; a value that is not set is read back.</summary>
    public static PropertyBuilder<TProperty> HasDatabaseDefault<TProperty>(
        this PropertyBuilder<TProperty> property, DatabaseFacade database, ProviderSql value) =>
        Default(value, database) is { } sql ? property.HasDefaultValueSql(sql) : property;

    /// <summary>A column that the database computes; where it cannot, the column stays empty.</summary>
    public static PropertyBuilder<TProperty> HasComputed<TProperty>(
        this PropertyBuilder<TProperty> property, DatabaseFacade database, ProviderSql expression, bool stored) =>
        expression.For(database) is { } sql ? property.HasComputedColumnSql(sql, stored) : property.HasAnnotation(ModelAdaptation.StaysEmpty, true);

    /// <summary>The rows that an index holds.</summary>
    public static IndexBuilder<TEntity> HasFilter<TEntity>(this IndexBuilder<TEntity> index, DatabaseFacade database, ProviderSql condition) =>
        index.HasFilter(condition.For(database));

    /// <summary>Nulls count as equal in a unique index, where the database can do so: PostgreSQL from 15 on, and SQL Server.</summary>
    public static IndexBuilder<TEntity> HasNullsNotDistinct<TEntity>(this IndexBuilder<TEntity> index) =>
        // Without being told, EF Core leaves rows with nulls out of SQL Server's unique indexes.
        index.HasFilter(null).HasAnnotation("Npgsql:NullsDistinct", false);

    /// <summary>Columns that an index carries along, where the database can do so.</summary>
    public static IndexBuilder<TEntity> HasIncluded<TEntity>(this IndexBuilder<TEntity> index, params string[] properties) =>
        index.HasAnnotation("Npgsql:IndexInclude", properties).HasAnnotation("SqlServer:Include", properties);

    /// <summary>How many characters of each column an index of MySQL holds; 0 for all.</summary>
    public static IndexBuilder<TEntity> HasPrefixes<TEntity>(this IndexBuilder<TEntity> index, params int[] characters) =>
        index.HasAnnotation(MySqlIndexes.PrefixLengths, characters);

    /// <summary>A sequence of numbers, where the database has such.</summary>
    public static ModelBuilder HasNumbers(this ModelBuilder model, DatabaseFacade database, string name, string? schema, long start, long increment)
    {
        if (database.ProviderName is ProviderSql.PostgreSqlName or ProviderSql.SqlServerName)
        {
            var sequence = model.HasSequence<long>(name, schema).StartsAt(start).IncrementsBy((int)increment);
            var numbering = new Numbering(start, increment);
            sequence.Metadata.MinValue = numbering.Least;
            sequence.Metadata.MaxValue = numbering.Greatest;
        }

        return model;
    }

    // MySQL takes expressions, and any default of long text, in parentheses alone.
    private static string? Default(ProviderSql value, DatabaseFacade database) =>
        value.For(database) is { } sql && database.ProviderName == ProviderSql.MySqlName ? $"({sql})" : value.For(database);

    private static string ProviderOf(DbContext context)
    {
        if (!s_providers.TryGetValue(context.Model, out var provider))
        {
            provider = context.Database.ProviderName ?? "";
            s_providers.AddOrUpdate(context.Model, provider);
        }

        return provider;
    }
}
