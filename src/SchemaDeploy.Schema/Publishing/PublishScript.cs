using Microsoft.SqlServer.Dac;

namespace SchemaDeploy.Schema.Publishing;

/// <summary>What SqlPackage would run to bring a database on SQL Server from one schema to another.</summary>
public static class PublishScript
{
    /// <summary>Has DacFx compare two databases.</summary>
    /// <param name="before">The database as it is.</param>
    /// <param name="after">The database as it shall be.</param>
    /// <param name="refactorLog">The file that says what had other names before, or null.</param>
    /// <param name="database">The name of the database that the script is for; a variable of the script changes it.</param>
    /// <param name="allowDataLoss">Whether the script goes on where a table that would lose values has rows.</param>
    /// <exception cref="DacServicesException">DacFx finds no way.</exception>
    public static string Between(SqlServerScript before, SqlServerScript after, string? refactorLog, string database, bool allowDataLoss)
    {
        using var source = after.ToPackage(database, refactorLog);
        using var target = before.ToPackage(database, refactorLog: null);
        var options = new DacDeployOptions
        {
            // Where a column stands in its table does not matter to an application, and moving it copies the table.
            IgnoreColumnOrder = true,
            BlockOnPossibleDataLoss = !allowDataLoss,
            DropObjectsNotInSource = true,
            // What the application needs of the database itself, it does not change.
            ScriptDatabaseOptions = false,
        };
        return DacServices.GenerateDeployScript(source, target, database, options).ReplaceLineEndings("\n");
    }
}
