using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SchemaDeploy.AspNetCore.Auditing;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>
/// A schema that the database was brought to; the one of the highest number is what it has now. The one of
/// <see cref="FailureId"/> it has not got: the last migration failed, and was to bring it there.
/// </summary>
internal sealed class SchemaRecord
{
    /// <summary>The table of the records.</summary>
    public const string Table = "schemadeploy_schema";

    /// <summary>The number of the migration that failed.</summary>
    public const int FailureId = 0;

    // Another one whenever the library's own tables change.
    private const int LibraryTables = 1;

    private const int VersionLength = 64;

    /// <summary>From 1, or <see cref="FailureId"/>.</summary>
    public int Id { get; set; }

    /// <summary>See <see cref="VersionOf"/>.</summary>
    public string Version { get; set; } = "";

    /// <summary>The schema, as <see cref="SchemaJson"/> writes it.</summary>
    public string Snapshot { get; set; } = "";

    /// <summary>What was changed, in words; of a failure, why it was not.</summary>
    public string Plan { get; set; } = "";

    /// <summary>The statements of a migration that no transaction holds together, as JSON, until it is finished.</summary>
    public string? Statements { get; set; }

    /// <summary>How many of them have run.</summary>
    public int Done { get; set; }

    /// <summary>Whether the database has all of the schema.</summary>
    public bool IsFinished { get; set; }

    /// <summary>When; null where a script did it.</summary>
    public DateTime? RecordedAt { get; set; }

    /// <summary>The version of a database: that of the schema, and of the tables that the library adds to it.</summary>
    public static string VersionOf(string schema) => string.Create(CultureInfo.InvariantCulture, $"{schema}.{LibraryTables}");

    /// <summary>Those of schemas, the last one first.</summary>
    public static IQueryable<SchemaRecord> Schemas(DbContext database) =>
        database.Set<SchemaRecord>().Where(record => record.Id != FailureId).OrderByDescending(record => record.Id);

    /// <summary>What the database says now; null where no migration was.</summary>
    public static Task<SchemaState?> StateAsync(DbContext database, CancellationToken cancellationToken) => Schemas(database)
        .Select(record => new SchemaState(
            record.IsFinished ? record.Version : null,
            database.Set<SchemaRecord>().Any(other => other.Id == FailureId)))
        .FirstOrDefaultAsync(cancellationToken);

    /// <summary>Adds the table to a model that is complete otherwise.</summary>
    public static void AddTo(ModelBuilder model) => model.Entity<SchemaRecord>(Configure);

    private static void Configure(EntityTypeBuilder<SchemaRecord> builder)
    {
        builder.ToTable(Table).IsNotAudited();
        builder.Property(record => record.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(record => record.Version).HasColumnName("version").HasMaxLength(VersionLength);
        builder.Property(record => record.Snapshot).HasColumnName("snapshot");
        builder.Property(record => record.Plan).HasColumnName("plan");
        builder.Property(record => record.Statements).HasColumnName("statements");
        builder.Property(record => record.Done).HasColumnName("done");
        builder.Property(record => record.IsFinished).HasColumnName("is_finished");
        builder.Property(record => record.RecordedAt).HasColumnName("recorded_at").HasConversion<UtcDateTimeConverter>();
    }
}
