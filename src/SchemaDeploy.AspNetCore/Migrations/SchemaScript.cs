using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Seeding;

namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>Statements that make or change the database: the very ones that the application runs when it does so itself.</summary>
internal sealed class SchemaScript
{
    private readonly DbContext _context;
    private readonly StringBuilder _text = new();

    private SchemaScript(DbContext context) => _context = context;

    private bool IsTransactional => _context.Database.ProviderName is ProviderSql.SqliteName or ProviderSql.PostgreSqlName;

    /// <summary>The script that makes the database which <paramref name="context"/> is on; no connection is opened.</summary>
    public static string Of(DbContext context, string title, SchemaSnapshot snapshot)
    {
        var script = new SchemaScript(context);
        script.Comment($"The database of {title}, for {NameOf(context.Database)}. Run it once, on an empty database.");
        script.Begin();
        MigrationOperation? last = null;
        foreach (var operation in DatabaseSchema.Operations(context))
        {
            script.Describe(operation, last);
            script.Append(operation);
            last = operation;
        }

        script.AppendSeed(SeedData.Of(context)?.Counts().Keys.ToHashSet() ?? []);
        var record = snapshot.ToRecord();
        (record.Id, record.Plan) = (1, "Made by the script.\n");
        script.Record(record);
        return script.End();
    }

    /// <summary>A script that carries statements out and records what the database is then.</summary>
    public static string Of(DbContext context, string heading, IEnumerable<string> statements, SchemaRecord record)
    {
        var script = Of(context, heading, statements);
        script.Record(record);
        return script.End();
    }

    /// <summary>The statements of a plan that no database was asked about, for people to read.</summary>
    public static string ForReview(DbContext context, MigrationPlan plan)
    {
        var heading = $"For review: {(plan.Changes.Count == 0 ? "no table changes." : "what 'migrate' would run, after it has asked the rows.\n" + plan.Describe())}";
        return Of(context, heading, plan.Statements).End();
    }

    /// <summary>What people call the database.</summary>
    public static string NameOf(DatabaseFacade database) => database.ProviderName switch
    {
        ProviderSql.SqliteName => "SQLite",
        ProviderSql.PostgreSqlName => "PostgreSQL",
        ProviderSql.MySqlName => "MySQL and MariaDB",
        ProviderSql.SqlServerName => "SQL Server",
        var name => name ?? "an unknown database",
    };

    private static SchemaScript Of(DbContext context, string heading, IEnumerable<string> statements)
    {
        var script = new SchemaScript(context);
        script.Comment(heading.TrimEnd());
        if (context.IsSqlite())
        {
            script._text.Append("\nPRAGMA foreign_keys = OFF;\n");
        }

        script.Begin();
        foreach (var statement in statements)
        {
            script._text.Append('\n');
            if (SeedStep.TablesOf(statement) is { } tables)
            {
                script.AppendSeed(tables);
            }
            else
            {
                script.Append(statement);
            }
        }

        return script;
    }

    private void Begin() => _text.Append(IsTransactional ? "\nBEGIN;\n" : "");

    private void Record(SchemaRecord record)
    {
        _text.Append('\n');
        Comment("What the database is now, for the application to compare itself with");
        Append(new InsertDataOperation
        {
            Table = SchemaRecord.Table,
            Columns = ["id", "version", "snapshot", "plan", "done", "is_finished"],
            Values = new object[,] { { record.Id, record.Version, record.Snapshot, record.Plan, record.Done, record.IsFinished } },
        });
        if (record.Id > 1)
        {
            // An earlier attempt may have failed.
            Append(new DeleteDataOperation { Table = SchemaRecord.Table, KeyColumns = ["id"], KeyValues = new object[,] { { SchemaRecord.FailureId } } });
        }
    }

    private string End()
    {
        _text.Append(IsTransactional ? "\nCOMMIT;\n" : "");
        // The same on every machine.
        return _text.Replace("\r\n", "\n").ToString();
    }

    private void Describe(MigrationOperation operation, MigrationOperation? last)
    {
        if (operation is CreateTableOperation table)
        {
            var name = table.Schema is null ? table.Name : $"{table.Schema}.{table.Name}";
            _text.Append('\n');
            Comment(table.Comment is { Length: > 0 } comment ? $"{name}: {comment}" : name);
        }
        else if (operation.GetType() != last?.GetType())
        {
            _text.Append('\n');
            Comment(Heading(operation));
        }
    }

    private void Append(MigrationOperation operation)
    {
        var model = _context.GetService<IDesignTimeModel>().Model;
        foreach (var command in _context.GetService<IMigrationsSqlGenerator>().Generate([operation], model, MigrationsSqlGenerationOptions.Script))
        {
            Append(command.CommandText.Trim());
        }
    }

    private void AppendSeed(IReadOnlySet<string> tables)
    {
        if (tables.Count > 0)
        {
            _text.Append('\n');
            Comment("The rows that the schema brings along");
            foreach (var statement in SeedData.Of(_context)!.Statements(tables, now: null))
            {
                Append(statement);
            }
        }
    }

    private void Append(string statement)
    {
        var sql = _context.GetService<ISqlGenerationHelper>();
        var terminator = sql.BatchTerminator;
        var end = statement.EndsWith(sql.StatementTerminator, StringComparison.Ordinal) ? "" : sql.StatementTerminator;
        _text.Append(statement).Append(end).Append('\n').Append(terminator.TrimEnd()).Append(terminator.Length > 2 ? "\n" : "");
    }

    private void Comment(string comment)
    {
        foreach (var line in comment.ReplaceLineEndings("\n").Split('\n'))
        {
            _text.Append("-- ").Append(line.TrimEnd()).Append('\n');
        }
    }

    private static string Heading(MigrationOperation operation) => operation switch
    {
        AlterDatabaseOperation => "The database as a whole",
        EnsureSchemaOperation => "Schemas",
        CreateSequenceOperation => "Sequences",
        CreateIndexOperation => "Indexes",
        AddForeignKeyOperation => "The remaining references",
        _ => "What remains",
    };
}
