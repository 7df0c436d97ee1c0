using SchemaDeploy.AspNetCore.Backups;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Commands;

/// <summary>
/// <c>dotnet App.dll restore NAME|FILE|newest [--replace] [--Setting=value]</c>: puts a backup in place of the SQLite database, which
/// nobody may use meanwhile.
/// </summary>
internal static class RestoreCommand
{
    public const string Name = "restore";

    private const string Replace = "--replace";

    public static void Run(SchemaApiOptions options, IReadOnlyList<string> arguments)
    {
        var settings = arguments.Where(CommandLine.IsSetting).ToArray();
        if (arguments.Except(settings).Where(argument => argument != Replace).ToArray() is not [[not '-', ..] and var name])
        {
            throw new StartupException($"Usage: {Name} NAME|FILE|newest [{Replace}] [--Setting=value]");
        }

        var builder = SchemaApplication.CreateBuilder(settings);
        var database = DatabaseChoice.From(builder.Configuration, builder.Environment, options).Sqlite(Name);
        var file = File.Exists(name) ? name : BackupFolder.From(builder.Configuration, database.DataSource).Find(name);
        SqliteCopy.BringBack(file, database.ConnectionString, arguments.Contains(Replace));
        Console.WriteLine($"{file} is in {database.DataSource}");
    }
}
