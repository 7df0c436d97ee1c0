namespace SchemaDeploy.Tool.Tests.Verbs;

public sealed class CheckSettingsVerbTests : IDisposable
{
    private readonly ToolRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void A_secret_is_told_with_its_place_and_name_and_without_itself()
    {
        var file = _run.Write("appsettings.json", """
            {
              // Comments and trailing commas are allowed.
              "Logging": { "LogLevel": { "Default": "Information" } },
              "Größe": "ü", "Jwt": { "Key": "ThisIsTheKeyOfOurTokens", },
              "ConnectionStrings:Default": "Host=db;Password=hunter2",
              "Clients": [ { "Name": "a", "Secret": "s3cr3t" }, "plain" ],
            }
            """);

        Assert.Equal(0, Check(file));

        Assert.Collection(
            _run.Lines,
            line => Assert.StartsWith($"{file}(4,33): warning SD5027: 'Jwt:Key' looks like a key, ", line, StringComparison.Ordinal),
            line => Assert.StartsWith($"{file}(5,32): warning SD5027: 'ConnectionStrings:Default' looks like a connection with a password or key, ", line, StringComparison.Ordinal),
            line => Assert.StartsWith($"{file}(6,41): warning SD5027: 'Clients:Secret' looks like a password, ", line, StringComparison.Ordinal));
        Assert.DoesNotContain(_run.Lines, line => line.Contains("hunter2", StringComparison.Ordinal) || line.Contains("s3cr3t", StringComparison.Ordinal));
        Assert.False(File.Exists(Stamp));
    }

    [Fact]
    public void Files_without_secrets_are_stamped()
    {
        Assert.Equal(0, Check(
            _run.Write("appsettings.json", "\uFEFF{ \"AllowedHosts\": \"*\", \"Password\": 5 }"),
            _run.Write("appsettings.Development.json", "{}")));
        Assert.Empty(_run.Lines);
        Assert.True(File.Exists(Stamp));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("\"text\"")]
    [InlineData("[\"text\"")]
    [InlineData("{\"Password\":\"\\ud800\"}")]
    public void A_file_with_mistakes_is_left_to_those_who_read_it(string text)
    {
        Assert.Equal(0, Check(_run.Write("appsettings.json", text)));
        Assert.Empty(_run.Lines);
    }

    [Fact]
    public void What_comes_before_a_mistake_is_looked_at() =>
        Assert.Equal((0, 1), (Check(_run.Write("appsettings.json", "{ \"Password\": \"hunter2\", oops")), _run.Lines.Count));

    [Fact]
    public void A_file_that_cannot_be_read_is_told()
    {
        Assert.Equal(0, Check(_run.Directory));
        Assert.Contains("warning SD5028: The file cannot be checked for secrets: ", Assert.Single(_run.Lines), StringComparison.Ordinal);
    }

    private string Stamp => Path.Combine(_run.Directory, "stamp");

    private int Check(params string[] files) =>
        _run.Run(["check-settings", $"--project-directory={_run.Directory}", $"--stamp={Stamp}", .. files.Select(file => $"--file={file}")]);
}
