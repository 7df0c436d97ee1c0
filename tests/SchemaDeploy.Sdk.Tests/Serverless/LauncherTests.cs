using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SchemaDeploy.Sdk.Tests.Serverless;

/// <summary>The launcher of functions, run as the platforms do, before the application as it is published.</summary>
[Trait("Category", "Integration")]
[UnsupportedOSPlatform("windows")]
[Collection(PublishedFunction.Collection)]
public sealed class LauncherTests(PublishedFunction function)
{
    private const int Megabyte = 1024 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(PublishedFunction.Platforms), MemberType = typeof(PublishedFunction))]
    public async Task Many_first_requests_at_once_start_the_application_once(string platform)
    {
        using var instance = await function.StartAsync(platform);

        var processes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => ProcessAsync(instance)));

        Assert.Single(processes.Distinct());
        Assert.Equal("200", $"{(int)(await instance.Client.GetAsync("/ready", Cancellation)).StatusCode}");
    }

    [Theory]
    [MemberData(nameof(PublishedFunction.Platforms), MemberType = typeof(PublishedFunction))]
    public async Task An_application_that_was_killed_is_started_by_the_next_requests(string platform)
    {
        using var instance = await function.StartAsync(platform);
        var first = await ProcessAsync(instance);

        for (var round = 0; round < 3; round++)
        {
            using (var process = Process.GetProcessById(await ProcessAsync(instance)))
            {
                process.Kill();
                await process.WaitForExitAsync(Cancellation);
            }

            // Writes too: what did not reach the application is sent to the next one.
            var echoes = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => EchoAsync(instance, Encoding.UTF8.GetBytes($"{round} {number}"))));
            Assert.Equal(Enumerable.Range(0, 16).Select(number => $"{round} {number}"), echoes.Select(Encoding.UTF8.GetString));
        }

        Assert.NotEqual(first, await ProcessAsync(instance));
        Assert.Contains("launcher: The application was ended by SIGKILL. The next request starts it again.", instance.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(PublishedFunction.Platforms), MemberType = typeof(PublishedFunction))]
    public async Task Bodies_of_4_MB_come_back_as_they_went_side_by_side(string platform)
    {
        using var instance = await function.StartAsync(platform);
        var bodies = Enumerable.Range(0, 16).Select(_ => RandomNumberGenerator.GetBytes(4 * Megabyte)).ToArray();

        var answers = await Task.WhenAll(bodies.Select(body => EchoAsync(instance, body)));

        Assert.All(bodies.Zip(answers), pair => Assert.True(pair.First.AsSpan().SequenceEqual(pair.Second)));
    }

    [Fact]
    public async Task A_slow_client_is_waited_for_and_gets_what_is_there_at_once()
    {
        using var instance = await function.StartAsync();
        await ProcessAsync(instance);

        // A body of no known length, in pieces.
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, instance.Port, Cancellation);
        await using var stream = connection.GetStream();
        await stream.WriteAsync("POST /try/echo HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"u8.ToArray(), Cancellation);
        for (var piece = 0; piece < 10; piece++)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"5\r\npart{piece}\r\n"), Cancellation);
            await Task.Delay(150, Cancellation);
        }

        await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), Cancellation);
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(Cancellation);
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.All(Enumerable.Range(0, 10), piece => Assert.Contains($"part{piece}", answer, StringComparison.Ordinal));

        // The first line of an answer whose second is not written yet.
        using var response = await instance.Client.GetAsync("/try/stream", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));
        Assert.Equal("first", await lines.ReadLineAsync(Cancellation));
        await instance.Client.GetAsync("/try/release", Cancellation);
        Assert.Equal("second", await lines.ReadLineAsync(Cancellation));
    }

    [Theory]
    [MemberData(nameof(PublishedFunction.Platforms), MemberType = typeof(PublishedFunction))]
    public async Task Headers_of_one_name_stay_several_and_HEAD_has_the_headers_of_GET(string platform)
    {
        using var instance = await function.StartAsync(platform);

        using var get = await instance.Client.GetAsync("/try/cookies", Cancellation);
        using var head = await instance.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/try/cookies"), Cancellation);

        Assert.All([get, head], response =>
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(["a=1; Path=/", "b=2; HttpOnly"], response.Headers.GetValues("Set-Cookie"));
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        });
        Assert.Equal(Enumerable.Range(0, 256).Select(value => (byte)value), await get.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(256, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Theory]
    [MemberData(nameof(PublishedFunction.Platforms), MemberType = typeof(PublishedFunction))]
    public async Task Whoever_goes_the_other_one_is_told(string platform)
    {
        using var instance = await function.StartAsync(platform);
        await ProcessAsync(instance);

        using var gone = new CancellationTokenSource();
        var waiting = instance.Client.GetAsync("/try/waits", gone.Token);
        await instance.UntilAsync(() => instance.Output.Contains("a client waits", StringComparison.Ordinal));
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        // What the application writes to standard error goes there.
        await instance.UntilAsync(() => instance.Error.Contains("the client has gone", StringComparison.Ordinal));
        Assert.DoesNotContain("the client has gone", instance.Output, StringComparison.Ordinal);

        await Assert.ThrowsAsync<HttpRequestException>(() => instance.Client.GetByteArrayAsync("/try/breaks", Cancellation));
        Assert.Equal(HttpStatusCode.OK, (await instance.Client.GetAsync("/live", Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("vercel.cjs", 5)]
    [InlineData("netlify.mjs", 7)]
    public async Task A_body_above_the_limit_of_the_platform_is_refused_however_it_comes(string platform, int megabytes)
    {
        using var instance = await function.StartAsync(platform);

        foreach (var isChunked in new[] { false, true })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/try/length") { Content = new ByteArrayContent(new byte[megabytes * Megabyte]) };
            request.Headers.TransferEncodingChunked = isChunked;
            request.Headers.ExpectContinue = !isChunked;
            using var response = await instance.Client.SendAsync(request, Cancellation);

            var problem = await ProblemAsync(response, 413);
            Assert.Contains("bytes that this platform takes", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(PublishedFunction.Platforms), MemberType = typeof(PublishedFunction))]
    public async Task The_client_is_whom_the_platform_names_and_not_whom_it_claims_to_be(string platform)
    {
        using var instance = await function.StartAsync(platform);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/try/client");
        request.Headers.Add("X-Real-IP", "203.0.113.7");
        request.Headers.Add("X-Forwarded-For", "198.51.100.1, 198.51.100.2");
        request.Headers.Add("X-Forwarded-Proto", "https");

        using var response = await instance.Client.SendAsync(request, Cancellation);

        Assert.Equal("203.0.113.7 https", await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task An_application_that_does_not_start_is_a_problem_and_says_why_in_the_log()
    {
        Assert.SkipUnless(Command.Exists("node"), "Node.js is not installed (Debian package nodejs).");
        using var instance = await FunctionInstance.StartAsync("vercel.cjs", function.Function, new Dictionary<string, string>());

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => instance.Client.GetAsync("/api/note", Cancellation)));

        Assert.All(answers, response => Assert.Equal("1", $"{response.Headers.RetryAfter}"));
        Assert.Contains("does not start", (await ProblemAsync(answers[0], 503)).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("DATABASE_URL", instance.Error, StringComparison.Ordinal);
        // Not once for each of them.
        Assert.Single(instance.Error.Split('\n'), line => line.StartsWith("launcher: The application ended with exit code 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_application_that_never_answers_is_given_up()
    {
        Assert.SkipUnless(Command.Exists("node"), "Node.js is not installed (Debian package nodejs).");
        var folder = Directory.CreateTempSubdirectory("function-").FullName;
        try
        {
            var program = Path.Combine(folder, "hangs");
            await File.WriteAllTextAsync(program, "#!/bin/sh\nexec sleep 60\n", Cancellation);
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            await File.WriteAllTextAsync(Path.Combine(folder, ".vc-config.json"), "{ \"handler\": \"index.js\" }", Cancellation);
            await File.WriteAllTextAsync(
                Path.Combine(folder, "index.js"),
                $$"""module.exports = require('{{function.Function}}/launcher.cjs').nodeHandler({ executable: '{{program}}', bodyLimit: 1, startTimeout: 500 });""",
                Cancellation);
            using var instance = await FunctionInstance.StartAsync("vercel.cjs", folder, new Dictionary<string, string>());

            using var response = await instance.Client.GetAsync("/", Cancellation);

            await ProblemAsync(response, 503);
            Assert.Contains("launcher: The application did not answer within 0.5 s.", instance.Error, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_signal_ends_the_application_first_and_in_order()
    {
        using var instance = await function.StartAsync();
        var application = await ProcessAsync(instance);

        await Command.RunAsync("kill", ["-TERM", instance.ProcessId.ToString(CultureInfo.InvariantCulture)]);

        await instance.UntilAsync(() => instance.HasExited);
        Assert.Contains("Application is shutting down", instance.Output, StringComparison.Ordinal);
        Assert.Contains("launcher: The application ended with exit code 0.\n", instance.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists($"/proc/{application}"));
    }

    private static async Task<int> ProcessAsync(FunctionInstance instance) =>
        int.Parse(await instance.Client.GetStringAsync("/try/process", Cancellation), CultureInfo.InvariantCulture);

    private static async Task<byte[]> EchoAsync(FunctionInstance instance, byte[] body)
    {
        using var response = await instance.Client.PostAsync("/try/echo", new ByteArrayContent(body), Cancellation);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync(Cancellation)}\n{instance.Output}{instance.Error}");
        return await response.Content.ReadAsByteArrayAsync(Cancellation);
    }

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage response, int status)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        return problem;
    }
}
