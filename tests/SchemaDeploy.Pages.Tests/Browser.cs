using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SchemaDeploy.Pages.Tests;

/// <summary>A page of Chromium, told what to do by the protocol of its developer tools.</summary>
internal sealed partial class Browser : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    // A folder in which those who want to look find pictures of what the tests saw.
    private static readonly string? s_screenshots = Environment.GetEnvironmentVariable("SCHEMADEPLOY_SCREENSHOTS");

    private readonly DirectoryInfo _profile = Directory.CreateTempSubdirectory("browser-");
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _calls = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ClientWebSocket _socket = new();
    private readonly RunningCommand _process;
    private Task _reading = Task.CompletedTask;
    private TaskCompletionSource _loaded = new();
    private int _lastCall;

    private Browser() => _process = new RunningCommand(
        "chromium",
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--window-size=1280,860", "--remote-debugging-port=0",
            "--user-data-dir=" + _profile.FullName, "about:blank",
        ],
        _profile.FullName);

    /// <summary>The addresses that pages asked for, beside those that are in the page itself.</summary>
    public IEnumerable<string> Requests => _requests.Where(url => !url.StartsWith("data:", StringComparison.Ordinal));

    /// <summary>What pages threw, and what the browser kept them from.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    public static async Task<Browser> StartAsync()
    {
        Assert.SkipUnless(Command.Exists("chromium"), "Chromium is not installed.");
        var browser = new Browser();
        try
        {
            await browser.ConnectAsync();
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    public Task GoAsync(Uri address) => LoadAsync("Page.navigate", new() { ["url"] = address.AbsoluteUri });

    /// <summary>Loads the page again, as a user does. What is asked afterwards is asked of the new document.</summary>
    public Task ReloadAsync() => LoadAsync("Page.reload", []);

    public Task PreferAsync(string colorScheme) => CallAsync("Emulation.setEmulatedMedia", new()
    {
        ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = colorScheme }),
    });

    /// <summary>The value of an expression of the page's, awaited where it is a promise.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        var answer = await CallAsync("Runtime.evaluate", new() { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true });
        Assert.True(answer["exceptionDetails"] is null, $"{expression}: {answer["exceptionDetails"]?.ToJsonString()}");
        return answer["result"]!["value"];
    }

    /// <summary>Waits until an expression is true.</summary>
    public async Task UntilAsync(string expression)
    {
        for (var end = DateTime.UtcNow + s_patience; (await EvaluateAsync($"Boolean({expression})"))?.GetValue<bool>() != true; await Task.Delay(50, TestContext.Current.CancellationToken))
        {
            Assert.True(DateTime.UtcNow < end, $"Not so within {s_patience}: {expression}\n{await TextAsync("body")}\n{string.Join('\n', _errors)}");
        }
    }

    /// <summary>Waits until the page's heading is this one.</summary>
    public Task UntilHeadingAsync(string text) => UntilAsync($"document.querySelector('h1')?.textContent === {Quote(text)} && !document.querySelector('[aria-busy]')");

    public async Task<string> TextAsync(string selector) =>
        (await EvaluateAsync($"document.querySelector({Quote(selector)})?.innerText ?? ''"))!.GetValue<string>();

    /// <summary>Clicks on the link or button with this text.</summary>
    public async Task ClickAsync(string text)
    {
        var find = $"[...document.querySelectorAll('a, button, summary')].findLast(node => node.innerText.trim() === {Quote(text)})";
        await UntilAsync(find);
        await EvaluateAsync($"{find}.click()");
    }

    /// <summary>Replaces the text of an input by what is typed.</summary>
    public async Task TypeAsync(string selector, string text)
    {
        await UntilAsync($"document.querySelector({Quote(selector)})");
        await EvaluateAsync($"document.querySelector({Quote(selector)}).focus(); document.querySelector({Quote(selector)}).select()");
        await CallAsync("Input.insertText", new() { ["text"] = text });
    }

    public Task ChooseAsync(string selector, string value) => EvaluateAsync(
        $"{{ const node = document.querySelector({Quote(selector)}); node.value = {Quote(value)}; node.dispatchEvent(new Event('change', {{ bubbles: true }})); }}");

    /// <summary>Presses a key that has a code of its own: Enter, Tab, Escape.</summary>
    public async Task PressAsync(string key)
    {
        var code = key switch { "Enter" => 13, "Tab" => 9, _ => 27 };
        foreach (var type in new[] { "keyDown", "keyUp" })
        {
            var press = new JsonObject { ["type"] = type, ["key"] = key, ["code"] = key, ["windowsVirtualKeyCode"] = code };
            if (key == "Enter")
            {
                press["text"] = "\r";
            }

            await CallAsync("Input.dispatchKeyEvent", press);
        }
    }

    /// <summary>Keeps a picture of the page, where somebody wants to look at it.</summary>
    public async Task LookAsync(string name)
    {
        if (s_screenshots is not null)
        {
            var picture = await CallAsync("Page.captureScreenshot", new() { ["format"] = "png" });
            Directory.CreateDirectory(s_screenshots);
            await File.WriteAllBytesAsync(Path.Combine(s_screenshots, name + ".png"), Convert.FromBase64String(picture["data"]!.GetValue<string>()), TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Dispose();
        await _reading;
        _socket.Dispose();
        _profile.Delete(recursive: true);
    }

    private static string Quote(string text) => JsonSerializer.Serialize(text);

    private async Task ConnectAsync()
    {
        await _process.WaitForAsync("DevTools listening on", s_patience);
        var address = new Uri(Listening().Match(_process.Output).Groups[1].Value);
        using var http = new HttpClient();
        var pages = await http.GetFromJsonAsync<JsonArray>($"http://{address.Authority}/json/list", TestContext.Current.CancellationToken);
        await _socket.ConnectAsync(new Uri(pages!.First(page => page!["type"]!.GetValue<string>() == "page")!["webSocketDebuggerUrl"]!.GetValue<string>()), TestContext.Current.CancellationToken);
        _reading = ReadAsync();
        foreach (var domain in new[] { "Page", "Runtime", "Network", "Log" })
        {
            await CallAsync(domain + ".enable", []);
        }
    }

    // Nothing is asked while the page is loaded: an answer that is still owed is lost with the document it was asked of.
    private async Task LoadAsync(string method, JsonObject parameters)
    {
        _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await CallAsync(method, parameters);
        await _loaded.Task.WaitAsync(s_patience, TestContext.Current.CancellationToken);
    }

    private async Task<JsonNode> CallAsync(string method, JsonObject parameters)
    {
        var id = Interlocked.Increment(ref _lastCall);
        var answer = _calls[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var call = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters });
        await _socket.SendAsync(call, WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
        return await answer.Task.WaitAsync(s_patience, TestContext.Current.CancellationToken);
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                using var message = new MemoryStream();
                for (var isEnd = false; !isEnd;)
                {
                    var part = await _socket.ReceiveAsync(buffer, CancellationToken.None);
                    message.Write(buffer, 0, part.Count);
                    isEnd = part.EndOfMessage || part.MessageType == WebSocketMessageType.Close;
                }

                if (message.Length == 0)
                {
                    return;
                }

                Take(JsonNode.Parse(message.ToArray())!);
            }
        }
        catch (WebSocketException)
        {
            // The browser has ended.
        }
    }

    private void Take(JsonNode message)
    {
        if (message["id"]?.GetValue<int>() is { } id)
        {
            if (!_calls.TryRemove(id, out var call))
            {
                return;
            }

            if (message["result"] is { } result)
            {
                call.SetResult(result);
            }
            else
            {
                call.SetException(new InvalidOperationException(message.ToJsonString()));
            }

            return;
        }

        var parameters = message["params"]!;
        switch (message["method"]!.GetValue<string>())
        {
            case "Page.loadEventFired":
                _loaded.TrySetResult();
                break;
            case "Network.requestWillBeSent":
                _requests.Enqueue(parameters["request"]!["url"]!.GetValue<string>());
                break;
            case "Runtime.exceptionThrown":
                _errors.Enqueue(parameters["exceptionDetails"]!.ToJsonString());
                break;
            case "Runtime.consoleAPICalled" when parameters["type"]!.GetValue<string>() == "error":
                _errors.Enqueue(parameters["args"]!.ToJsonString());
                break;
            // That an answer was not 200 is an entry too, and no error of the page's.
            case "Log.entryAdded" when parameters["entry"]!["level"]!.GetValue<string>() == "error" && parameters["entry"]!["source"]!.GetValue<string>() != "network":
                _errors.Enqueue(parameters["entry"]!.ToJsonString());
                break;
        }
    }

    [GeneratedRegex(@"DevTools listening on (ws://\S+)")]
    private static partial Regex Listening();
}
