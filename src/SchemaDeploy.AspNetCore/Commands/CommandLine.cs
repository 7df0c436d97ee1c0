using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Commands;

/// <summary>What the application is asked to do.</summary>
/// <param name="Command">The command's name; null where it is to serve.</param>
/// <param name="Arguments">What follows the command; all there is where there is none.</param>
/// <param name="Settings">Settings before the command, where <c>dotnet run</c> puts the environment.</param>
internal sealed record CommandLine(string? Command, string[] Arguments, string[] Settings)
{
    private static readonly string[] s_commands =
    [
        HealthCommand.Name, ScriptCommand.Name, DiffCommand.Name, MigrateCommand.Name, WaitCommand.Name, BackupCommand.Name, RestoreCommand.Name,
    ];

    /// <summary>The settings before and after the command.</summary>
    public string[] All => [.. Settings, .. Arguments];

    /// <summary>Whether an argument is a setting, as in <c>--Name=value</c>, and no word or switch of a command.</summary>
    public static bool IsSetting(string argument) => argument.StartsWith("--", StringComparison.Ordinal) && argument.Contains('=');

    /// <summary>Takes <paramref name="arguments"/> apart.</summary>
    /// <exception cref="StartupException">A word that is no command: one that was mistyped must not serve instead.</exception>
    public static CommandLine Read(string[] arguments)
    {
        var settings = arguments.TakeWhile(IsSetting).ToArray();
        return arguments[settings.Length..] switch
        {
            [var word, .. var rest] when s_commands.Contains(word) => new CommandLine(word, rest, settings),
            [var word, ..] when !word.Contains('=') && !word.StartsWith('-') && !word.StartsWith('/') =>
                throw new StartupException($"'{word}' is no command. There are {string.Join(", ", s_commands)}; without one the application serves."),
            _ => new CommandLine(null, arguments, []),
        };
    }
}
