using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.Seeding;

namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>Brings a database to the application's schema, one process at a time.</summary>
internal sealed class Migrator
{
    private readonly DbContext _database;
    private readonly MigrationPlanner _planner;
    private readonly MigrationHistory _history;

    private Migrator(DbContext database, MigrationPlanner planner)
    {
        (_database, _planner, _history) = (database, planner, new MigrationHistory(database));
        // However long others take, or the statements, or counting rows.
        database.Database.SetCommandTimeout(0);
    }

    private bool IsSqlite => _database.IsSqlite();

    // MySQL's statements end every transaction.
    private bool IsTransactional => _database.Database.ProviderName != ProviderSql.MySqlName;

    /// <summary>A migrator of the database that <paramref name="database"/> is on.</summary>
    public static Migrator For<TContext>(TContext database, SchemaApiOptions options)
        where TContext : DbContext => new(database, MigrationPlanner.For(database, options));

    /// <summary>A migrator to the schema of a snapshot, which another version of the application had.</summary>
    public static Migrator To(SchemaSnapshot target, DbContext database) => new(database, MigrationPlanner.To(target, database));

    /// <summary>What the operator is told where the database refuses.</summary>
    public static StartupException CannotUse(DbContext database, DbException exception) =>
        new($"SD4103: The database {database.Database.GetDbConnection().DataSource} cannot be used: {exception.Message}");

    /// <summary>The plan for the database as it is.</summary>
    /// <exception cref="UnrecordedSchemaException">The database has tables and records no schema.</exception>
    public async Task<MigrationPlan> PlanAsync(CancellationToken cancellationToken)
    {
        // To ask whether it has tables would make the file.
        var isMissing = IsSqlite && !await _database.GetService<IRelationalDatabaseCreator>().ExistsAsync(cancellationToken);
        return isMissing ? _planner.Plan(null) : await AskedAsync(_planner.Plan(await _history.ReadLastAsync(cancellationToken)), cancellationToken);
    }

    /// <summary>The SQL of the plan; nothing where the database is up to date.</summary>
    /// <exception cref="StartupException">The plan is refused.</exception>
    public async Task<string> ScriptAsync(bool allowDataLoss, CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(cancellationToken);
        plan.Refuse(allowDataLoss);
        return plan.IsUpToDate ? "" : SchemaScript.Of(
            _database,
            $"From {plan.From?.Version ?? "an empty database"} to {plan.Version}, for {SchemaScript.NameOf(_database.Database)}.\n{plan.Describe()}",
            plan.From is null ? [.. _planner.RecordTable(), .. plan.Statements] : plan.Statements,
            Finished(plan));
    }

    /// <summary>Compares the database itself, whatever it records, with the application's schema.</summary>
    /// <exception cref="StartupException">It differs.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(cancellationToken);
        if (plan.From is null)
        {
            throw new StartupException("SD4107: The database is empty. Run the application's command 'migrate'.");
        }

        var differences = _planner.Drift();
        if (differences.Count > 0)
        {
            throw new StartupException(string.Join('\n', [
                "SD4107: The database is not what the schema says:",
                .. differences.Select(difference => "  " + difference),
                plan.IsUpToDate
                    ? "It records this schema, so it was changed by other means: undo that, or bring it into the schema."
                    : "It records another schema: run the application's command 'migrate', then check again.",
            ]));
        }
    }

    /// <summary>Plans and carries out the plan, which is given back.</summary>
    /// <param name="allowDataLoss">Whether values may go.</param>
    /// <param name="progress">Is told of every statement before it is carried out.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="StartupException">The plan is refused.</exception>
    public async Task<MigrationPlan> MigrateAsync(bool allowDataLoss, IProgress<MigrationStep>? progress, CancellationToken cancellationToken)
    {
        if (IsSqlite && !await _database.GetService<IRelationalDatabaseCreator>().ExistsAsync(cancellationToken))
        {
            await CreateFileAsync(cancellationToken);
        }

        await using var turn = await SchemaLock.TakeAsync(_database, cancellationToken);
        await using var unwatched = await UnwatchedReferences.BeginAsync(_database, cancellationToken);
        try
        {
            return IsTransactional ? await InTransactionAsync(allowDataLoss, progress, cancellationToken) : await StepByStepAsync(allowDataLoss, progress, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            await _history.SaveFailureAsync(_planner.Version, exception.GetBaseException().Message);
            throw;
        }
    }

    /// <summary>
    /// Records that a database which others made has the schema's tables, those that it has. The next migration makes
    /// those that it has not, the library's own among them.
    /// </summary>
    public async Task<IReadOnlyList<string>> AdoptAsync(CancellationToken cancellationToken)
    {
        await using var turn = await SchemaLock.TakeAsync(_database, cancellationToken);
        var known = await _history.FindLastAsync(cancellationToken);
        if (known is not null)
        {
            await _history.SaveAsync(new SchemaRecord { Id = known.Id + 1, Version = _planner.Version, Snapshot = _planner.Snapshot, Plan = "Recorded without a change.\n", IsFinished = true }, cancellationToken);
            return [];
        }

        var (snapshot, missing) = await _planner.PresentAsync(_database.HasTableAsync);
        foreach (var statement in _planner.RecordTable())
        {
            await _database.RunAsync(statement, cancellationToken);
        }

        var version = missing.Count == 0 ? _planner.Version : "adopted";
        await _history.SaveAsync(new SchemaRecord { Id = 1, Version = version, Snapshot = snapshot, Plan = "Adopted as it was.\n", IsFinished = true }, cancellationToken);
        return missing;
    }

    // Several may make the file at the same time; it is made once.
    private async Task CreateFileAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SqliteFile.CreateAsync(_database.Database.GetConnectionString(), cancellationToken);
        }
        catch (DbException exception) when (DatabaseError.Find(exception)?.Kind is DatabaseErrorKind.Busy)
        {
            // Another process does so.
        }
    }

    private async Task<MigrationPlan> InTransactionAsync(bool allowDataLoss, IProgress<MigrationStep>? progress, CancellationToken cancellationToken)
    {
        await using var transaction = await _database.Database.BeginTransactionAsync(cancellationToken);
        var plan = await AskedAsync(_planner.Plan(await _history.ReadLastAsync(cancellationToken)), cancellationToken);
        if (plan.IsUpToDate)
        {
            await _history.DropFailureAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return plan;
        }

        plan.Refuse(allowDataLoss);
        string[] statements = plan.From is null ? [.. _planner.RecordTable(), .. plan.Statements] : [.. plan.Statements];
        for (var i = 0; i < statements.Length; i++)
        {
            progress?.Report(new MigrationStep(i + 1, statements.Length, statements[i]));
            await RunStepAsync(statements[i], cancellationToken);
        }

        await _history.SaveAsync(Finished(plan), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await ReloadTypesAsync(cancellationToken);
        return plan;
    }

    // What is done is recorded after every statement, so that a migration that is broken off goes on where it ended.
    private async Task<MigrationPlan> StepByStepAsync(bool allowDataLoss, IProgress<MigrationStep>? progress, CancellationToken cancellationToken)
    {
        if (await _history.FindLastAsync(cancellationToken) is { IsFinished: false } open)
        {
            if (open.Version != _planner.Version)
            {
                throw new StartupException(
                    $"SD4106: A migration to the schema {open.Version} was broken off, and the application's is {_planner.Version}. Finish that one first, with the application it is of.");
            }

            await GoOnAsync(open, mayHaveRun: true, progress, cancellationToken);
            return new MigrationPlan(null, open.Version, [new PlannedChange(Danger.Safe, "finish the migration that was broken off")], [], []);
        }

        var plan = await AskedAsync(_planner.Plan(await _history.ReadLastAsync(cancellationToken)), cancellationToken);
        if (plan.IsUpToDate)
        {
            await _history.DropFailureAsync(cancellationToken);
            return plan;
        }

        plan.Refuse(allowDataLoss);
        if (plan.From is null)
        {
            foreach (var statement in _planner.RecordTable())
            {
                await _database.RunAsync(statement.Replace("CREATE TABLE ", "CREATE TABLE IF NOT EXISTS ", StringComparison.Ordinal), cancellationToken);
            }
        }

        var record = Finished(plan);
        (record.IsFinished, record.Statements) = (false, JsonSerializer.Serialize(plan.Statements.ToArray(), RuntimeJsonContext.Default.StringArray));
        await _history.SaveAsync(record, cancellationToken);
        await GoOnAsync(record, mayHaveRun: false, progress, cancellationToken);
        return plan;
    }

    private async Task GoOnAsync(SchemaRecord record, bool mayHaveRun, IProgress<MigrationStep>? progress, CancellationToken cancellationToken)
    {
        var statements = JsonSerializer.Deserialize(record.Statements!, RuntimeJsonContext.Default.StringArray)!;
        for (; record.Done < statements.Length; mayHaveRun = false)
        {
            progress?.Report(new MigrationStep(record.Done + 1, statements.Length, statements[record.Done]));
            if (SeedStep.TablesOf(statements[record.Done]) is { } tables)
            {
                await SeedAsync(tables, record, cancellationToken);
                continue;
            }

            try
            {
                await _database.RunAsync(statements[record.Done], cancellationToken);
            }
            catch (DbException exception) when (mayHaveRun && MySqlErrors.SayDone(exception))
            {
                // It ran before without having been recorded.
            }

            record.Done++;
            await _history.SaveAsync(record, cancellationToken);
        }

        (record.IsFinished, record.Statements) = (true, null);
        await _history.SaveAsync(record, cancellationToken);
    }

    // Rows, unlike tables, MySQL writes in a transaction: with the record of it, so once.
    private async Task SeedAsync(IReadOnlySet<string> tables, SchemaRecord record, CancellationToken cancellationToken)
    {
        await using var transaction = await _database.Database.BeginTransactionAsync(cancellationToken);
        await SeedAsync(tables, cancellationToken);
        record.Done++;
        await _history.SaveAsync(record, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task SeedAsync(IReadOnlySet<string> tables, CancellationToken cancellationToken)
    {
        foreach (var statement in SeedData.Of(_database)?.Statements(tables, DateTime.UtcNow) ?? [])
        {
            await _database.RunAsync(statement, cancellationToken);
        }
    }

    private SchemaRecord Finished(MigrationPlan plan) =>
        new() { Id = (plan.From?.Id ?? 0) + 1, Version = plan.Version, Snapshot = _planner.Snapshot, Plan = plan.Describe(), IsFinished = true };

    // Without the answers that give no reason for concern.
    private async Task<MigrationPlan> AskedAsync(MigrationPlan plan, CancellationToken cancellationToken)
    {
        var changes = new List<PlannedChange>();
        foreach (var change in plan.Changes)
        {
            var questions = new List<RowQuestion>();
            foreach (var question in change.Questions)
            {
                var count = await CountAsync(question.Sql, cancellationToken);
                if (count > 0)
                {
                    questions.Add(question with { Count = count });
                }
            }

            var isLossless = change.Danger == Danger.LosesData && !questions.Exists(question => question.Concern == RowConcern.Lost);
            changes.Add(change with { Danger = isLossless ? Danger.Locks : change.Danger, Questions = questions });
        }

        return plan with { Changes = changes };
    }

    private async Task<long> CountAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = _database.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // The names are those of the schemas, delimited.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = _database.Database.CurrentTransaction?.GetDbTransaction();
        await _database.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
        }
        finally
        {
            await _database.Database.CloseConnectionAsync();
        }
    }

    private Task RunStepAsync(string statement, CancellationToken cancellationToken) => SeedStep.TablesOf(statement) is { } tables
        ? SeedAsync(tables, cancellationToken)
        : _database.RunAsync(statement, cancellationToken);

    // The application that goes on in this process may use types that the migration brought.
    private async Task ReloadTypesAsync(CancellationToken cancellationToken)
    {
        if (_database.Database.ProviderName == ProviderSql.PostgreSqlName)
        {
            // Npgsql is a package of the application's.
            var connection = _database.Database.GetDbConnection();
            await (Task)connection.GetType().GetMethod("ReloadTypesAsync", [typeof(CancellationToken)])!.Invoke(connection, [cancellationToken])!;
        }
    }
}
