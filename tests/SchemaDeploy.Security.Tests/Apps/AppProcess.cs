using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.Security.Tests.Apps;

/// <summary>A running application, a process of its own on a free port of 127.0.0.1.</summary>
public sealed class AppProcess : IAsyncDisposable
{
    /// <summary>The key that the tests sign tokens of their own with.</summary>
    public const string Secret = "a secret of the tests, longer than 32 bytes";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;
    private readonly BuiltApp _app;
    private readonly (string Name, string Value)[] _environment;
    private ServerProcess? _process;
    private int _starts;

    private AppProcess(BuiltApp app, string? databaseUrl, (string Name, string Value)[] environment)
    {
        _app = app;
        _environment = [("DATABASE_URL", databaseUrl ?? $"sqlite:{Path.Combine(_folder, "app.db")}"), .. environment];
    }

    public HttpClient Client { get; private set; } = null!;

    /// <summary>What the application has printed since its last start.</summary>
    public string Log => File.ReadAllText(LogFile);

    private string LogFile => Path.Combine(_folder, $"log{_starts}");

    /// <summary>Starts an application in Development on the database of a URL, or on an SQLite file of its own.</summary>
    public static async Task<AppProcess> StartAsync(BuiltApp app, string? databaseUrl, params (string Name, string Value)[] environment)
    {
        var process = new AppProcess(app, databaseUrl, environment);
        try
        {
            await process.StartAsync();
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the application again, after <see cref="Kill"/>, on another port.</summary>
    public async Task StartAsync()
    {
        _starts++;
        _process = await ServerProcess.StartAsync(LogFile, "TERM",
        [
            "env", "ASPNETCORE_ENVIRONMENT=Development", $"JWT_SECRET={Secret}", $"HOME={_folder}",
            .. _environment.Select(variable => $"{variable.Name}={variable.Value}"),
            "dotnet", "exec", _app.Assembly, "--urls", "http://127.0.0.1:0", "--contentRoot", _app.Folder,
        ]);
        Client = new HttpClient { BaseAddress = await ReadAddressAsync(), Timeout = s_patience };
    }

    /// <summary>Ends the application as a loss of power would.</summary>
    public void Kill()
    {
        _process!.Kill();
        _process.Dispose();
        _process = null;
    }

    public ValueTask DisposeAsync()
    {
        Client?.Dispose();
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<Uri> ReadAddressAsync()
    {
        var end = DateTime.UtcNow + s_patience;
        while (DateTime.UtcNow < end)
        {
            if (File.Exists(LogFile) && ListeningAddress.Find(Log) is { } address)
            {
                return address;
            }

            Assert.False(_process!.HasEnded, $"The application did not start: {(File.Exists(LogFile) ? Log : "")}");
            await Task.Delay(50);
        }

        throw new TimeoutException($"The application does not listen: {Log}");
    }
}
