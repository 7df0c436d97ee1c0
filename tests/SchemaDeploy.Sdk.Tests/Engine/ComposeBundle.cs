namespace SchemaDeploy.Sdk.Tests.Engine;

/// <summary>A bundle's environment <c>local</c>, as an operator works with it.</summary>
/// <param name="engine">The engine.</param>
/// <param name="folder">The bundle.</param>
/// <param name="name">What Compose calls the application.</param>
internal sealed class ComposeBundle(DockerEngine engine, string folder, string name)
{
    public string Folder => folder;

    /// <summary>The folder of backups on the host.</summary>
    public string Backups => Path.Combine(folder, "backups", "local");

    /// <summary>The backups, the newest last.</summary>
    public IReadOnlyList<string> BackupNames => Directory.Exists(Backups)
        ? [.. Directory.GetFiles(Backups, "*-*Z.*").Where(file => !file.EndsWith(".partial", StringComparison.Ordinal)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Runs a script of the bundle's.</summary>
    public async Task<string> SucceedAsync(string script, params string[] arguments)
    {
        var result = await engine.RunInAsync(folder, "bash", [Path.Combine(folder, script), .. arguments]);
        Assert.True(result.ExitCode == 0, result.Output);
        return result.Output;
    }

    /// <summary>Sets a line of the environment's settings.</summary>
    public async Task SetAsync(string setting, string value)
    {
        var file = Path.Combine(folder, ".env.local");
        var lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(file, lines.Where(line => !line.StartsWith($"{setting}=", StringComparison.Ordinal)).Append($"{setting}={value}"), TestContext.Current.CancellationToken);
    }

    /// <summary>Commands of a shell in which <c>compose</c> is Compose with the environment's files; one alone may leave that word out.</summary>
    public async Task<string> ComposeAsync(string commands)
    {
        var compose = $$"""
            compose() {
              case "$1" in
                exec | run) docker-compose --project-name {{name}}-local --env-file .env.local "$1" -T "${@:2}" ;;
                *) docker-compose --project-name {{name}}-local --env-file .env.local "$@" ;;
              esac
            }

            """;
        var script = commands.Contains('\n', StringComparison.Ordinal) ? commands : $"compose {commands}";
        var result = await engine.RunInAsync(folder, "bash", "-ec", compose + script);
        Assert.True(result.ExitCode == 0, result.Output);
        return result.Output;
    }

    /// <summary>The runbook's commands that bring a backup back.</summary>
    public async Task<string> RestoreCommandsAsync(string backup)
    {
        var runbook = await File.ReadAllTextAsync(Path.Combine(folder, "RUNBOOK.md"), TestContext.Current.CancellationToken);
        return runbook.Split("### To bring a backup back")[1].Split("```")[1]["console\n".Length..]
            .Replace("ENVIRONMENT", "local", StringComparison.Ordinal)
            .Replace("NAME", backup, StringComparison.Ordinal);
    }

    public static async Task WaitAsync(Func<Task<bool>> condition)
    {
        for (var end = DateTime.UtcNow.AddMinutes(2); !await condition(); await Task.Delay(TimeSpan.FromSeconds(0.5), TestContext.Current.CancellationToken))
        {
            Assert.True(DateTime.UtcNow < end, "Waited for two minutes.");
        }
    }
}
