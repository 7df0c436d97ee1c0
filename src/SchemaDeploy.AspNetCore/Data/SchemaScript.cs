using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>The statements that make the database: the very ones that the application runs when it makes it itself.</summary>
internal static class SchemaScript
{
    /// <summary>The script for the database that <paramref name="context"/> is on; no connection is opened.</summary>
    public static string Of(DbContext context, string title)
    {
        var model = context.GetService<IDesignTimeModel>().Model;
        var operations = context.GetService<IMigrationsModelDiffer>().GetDifferences(null, model.GetRelationalModel());
        var generator = context.GetService<IMigrationsSqlGenerator>();
        var terminator = context.GetService<ISqlGenerationHelper>().BatchTerminator;
        var isTransactional = context.Database.ProviderName is ProviderSql.SqliteName or ProviderSql.PostgreSqlName;
        var text = new StringBuilder();
        Comment(text, $"The database of {title}, for {NameOf(context.Database)}. Run it once, on an empty database.");
        if (isTransactional)
        {
            text.Append("\nBEGIN;\n");
        }

        Type? kind = null;
        foreach (var operation in operations)
        {
            if (operation is CreateTableOperation table)
            {
                text.Append('\n');
                Comment(text, table.Comment is { Length: > 0 } comment ? $"{NameOf(table)}: {comment}" : NameOf(table));
            }
            else if (operation.GetType() != kind)
            {
                text.Append('\n');
                Comment(text, Heading(operation));
            }

            kind = operation.GetType();
            foreach (var command in generator.Generate([operation], model, MigrationsSqlGenerationOptions.Script))
            {
                text.Append(command.CommandText.Trim()).Append('\n').Append(terminator.TrimEnd()).Append(terminator.Length > 2 ? "\n" : "");
            }
        }

        if (isTransactional)
        {
            text.Append("\nCOMMIT;\n");
        }

        // The same on every machine.
        return text.Replace("\r\n", "\n").ToString();
    }

    private static void Comment(StringBuilder text, string comment)
    {
        foreach (var line in comment.ReplaceLineEndings("\n").Split('\n'))
        {
            text.Append("-- ").Append(line.TrimEnd()).Append('\n');
        }
    }

    private static string NameOf(CreateTableOperation table) => table.Schema is null ? table.Name : $"{table.Schema}.{table.Name}";

    private static string Heading(MigrationOperation operation) => operation switch
    {
        AlterDatabaseOperation => "The database as a whole",
        EnsureSchemaOperation => "Schemas",
        CreateSequenceOperation => "Sequences",
        CreateIndexOperation => "Indexes",
        AddForeignKeyOperation => "References in circles",
        _ => "What remains",
    };

    private static string NameOf(DatabaseFacade database) => database.ProviderName switch
    {
        ProviderSql.SqliteName => "SQLite",
        ProviderSql.PostgreSqlName => "PostgreSQL",
        ProviderSql.MySqlName => "MySQL and MariaDB",
        ProviderSql.SqlServerName => "SQL Server",
        var name => name ?? "an unknown database",
    };
}
