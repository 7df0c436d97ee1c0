using System.Globalization;
using System.Text.RegularExpressions;

namespace SchemaDeploy.Sdk.Tests.Serverless;

/// <summary>An instance of a function, as a platform runs it: a process of Node.js that handles requests.</summary>
internal sealed partial class FunctionInstance : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("instance-");
    private readonly RunningCommand _process;

    private FunctionInstance(string platform, string function, IReadOnlyDictionary<string, string> environment, string node, string[] arguments)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Serverless", platform);
        _process = new RunningCommand(
            "sh", ["-c", "log=$0; exec \"$@\" 2>\"$log\"", ErrorLog, node, script, function, .. arguments], function,
            // An instance has a folder for files of its own.
            new Dictionary<string, string>(environment) { ["TMPDIR"] = _temporary.FullName });
    }

    public HttpClient Client { get; } = new(new SocketsHttpHandler { UseCookies = false });

    public int Port { get; private set; }

    public int ProcessId { get; private set; }

    public bool HasExited => _process.HasExited;

    /// <summary>What went to standard output.</summary>
    public string Output => _process.Output;

    /// <summary>What went to standard error.</summary>
    public string Error => File.ReadAllText(ErrorLog);

    private string ErrorLog => Path.Combine(_temporary.FullName, "error.log");

    /// <summary>An instance on the platform that a script of these tests stands for.</summary>
    /// <param name="platform">The script.</param>
    /// <param name="function">The folder of the function.</param>
    /// <param name="environment">What the function is given.</param>
    /// <param name="node">The Node.js that runs it.</param>
    /// <param name="arguments">What else the script is told.</param>
    public static async Task<FunctionInstance> StartAsync(
        string platform, string function, IReadOnlyDictionary<string, string> environment, string node = "node", params string[] arguments)
    {
        var instance = new FunctionInstance(platform, function, environment, node, arguments);
        await instance._process.WaitForAsync(" listens on ", s_patience);
        var numbers = Numbers().Match(instance.Output);
        instance.ProcessId = int.Parse(numbers.Groups[1].Value, CultureInfo.InvariantCulture);
        instance.Port = int.Parse(numbers.Groups[2].Value, CultureInfo.InvariantCulture);
        instance.Client.BaseAddress = new Uri($"http://127.0.0.1:{instance.Port}");
        return instance;
    }

    /// <summary>Waits until something is so.</summary>
    public async Task UntilAsync(Func<bool> isSo)
    {
        for (var end = DateTime.UtcNow + s_patience; !isSo(); await Task.Delay(50, TestContext.Current.CancellationToken))
        {
            Assert.True(DateTime.UtcNow < end, $"It did not come to that:\n{Output}{Error}");
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        _process.Dispose();
        _temporary.Delete(recursive: true);
    }

    [GeneratedRegex("process ([0-9]+) listens on ([0-9]+)\\.")]
    private static partial Regex Numbers();
}
