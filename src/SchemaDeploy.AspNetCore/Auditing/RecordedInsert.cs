using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Auditing;

/// <summary>Writes new rows of one table and their records by statements that are composed once. EF Core would compose them with every save.</summary>
internal abstract class RecordedInsert
{
    private static readonly ConditionalWeakTable<IEntityType, StrongBox<RecordedInsert?>> s_inserts = [];

    /// <summary>How many rows are written together at most.</summary>
    public abstract int MostTogether { get; }

    /// <summary>Whether the database writes for one at a time, so that others had better wait until they are written together.</summary>
    public virtual bool IsInTurn => false;

    /// <summary>What writes rows of <paramref name="type"/>; null where EF Core has to, as a row or its record is more than a row of one table.</summary>
    public static RecordedInsert? Of(DbContext context, IEntityType type) =>
        s_inserts.GetOrAdd(type, static (type, context) => new(Find(context, type)), context).Value;

    /// <summary>Whether <paramref name="row"/> can be written so.</summary>
    public abstract bool Accepts(NewRow row);

    /// <summary>Writes rows and records, all or none.</summary>
    public abstract Task ExecuteAsync(DbContext context, IReadOnlyList<NewRow> rows, CancellationToken cancellationToken);

    private static RecordedInsert? Find(DbContext context, IEntityType type) =>
        AuditedType.Of(type).IsAudited && context.Model.GetEntityTypes().Where(other => other.IsAuditLog()).Take(2).ToList() is [var record]
            ? context.IsPostgreSql() ? StatementInsert.Of(context, type, record)
            : context.IsSqlServer() ? null
            : TransactionInsert.Of(context, type, record)
            : null;
}
