using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>Statements that are sent as they are: braces in them hold no parameters.</summary>
internal static class StatementExtensions
{
    /// <summary>Runs a statement in the transaction that there is.</summary>
    public static Task RunAsync(this DbContext database, string statement, CancellationToken cancellationToken)
    {
        var connection = database.GetService<IRelationalConnection>();
        var command = database.GetService<IRawSqlCommandBuilder>().Build(statement);
        return command.ExecuteNonQueryAsync(new RelationalCommandParameterObject(connection, null, null, database, database.GetService<IRelationalCommandDiagnosticsLogger>()), cancellationToken);
    }

    /// <summary>Whether there is a table of a name, which is delimited.</summary>
    public static async Task<bool> HasTableAsync(this DbContext database, string table)
    {
        try
        {
            await database.RunAsync($"SELECT 1 FROM {table} WHERE 1 = 0", CancellationToken.None);
            return true;
        }
        catch (DbException exception) when (DatabaseError.Find(exception)?.Kind is not DatabaseErrorKind.Busy)
        {
            return false;
        }
    }
}
