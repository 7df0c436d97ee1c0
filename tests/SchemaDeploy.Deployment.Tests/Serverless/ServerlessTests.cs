using System.Text.Json;
using SchemaDeploy.Deployment.Serverless;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Deployment.Tests.Serverless;

/// <summary>What a platform for functions takes and what not.</summary>
public sealed class ServerlessTests : IDisposable
{
    private const long Megabyte = 1024 * 1024;

    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_program_that_needs_NET_or_another_system_is_refused()
    {
        AssertRefused("SD4022", Bundle.Options with { Application = null });
        AssertRefused("SD4022", Bundle.Options with { AssemblyName = "Other" });
        AssertRefused("SD4022", Bundle.Options with { Application = Publication.Make(_folder, program: null, "Shop.dll", "Shop.runtimeconfig.json") });
        AssertRefused("SD4022", Bundle.Options with { Application = Publication.Make(_folder, [.. "MZ"u8, .. new byte[100]]) });
        AssertRefused("SD4022", Bundle.Options with { Application = Publication.Make(_folder, [.. "\x7F"u8, .. "ELF"u8, 2, 1, 1, .. new byte[11], 0xB7, 0]) });
        AssertRefused("SD4022", Bundle.Options with { Application = Publication.Make(_folder, []) });
    }

    [Fact]
    public void Files_beside_the_program_are_as_good_as_files_in_it()
    {
        var bag = new DiagnosticBag();

        Bundle.Generate(DatabaseKind.PostgreSql, Bundle.Options with { Application = Publication.Make(_folder, program: null, "Shop.dll", "libcoreclr.so") }, bag, DeployTarget.Vercel);

        Assert.Empty(bag.ToImmutable());
    }

    [Theory]
    [InlineData(DeployTarget.Vercel, 200, false, null)]
    [InlineData(DeployTarget.Vercel, 226, false, "SD4024")]
    [InlineData(DeployTarget.Vercel, 251, false, "SD4023")]
    [InlineData(DeployTarget.Netlify, 251, false, "SD4023")]
    [InlineData(DeployTarget.Netlify, 200, false, null)]
    [InlineData(DeployTarget.Netlify, 44, true, null)]
    [InlineData(DeployTarget.Netlify, 45, true, "SD4024")]
    [InlineData(DeployTarget.Netlify, 50, true, "SD4023")]
    public void A_function_near_a_limit_is_warned_of_and_one_above_it_is_refused(DeployTarget target, int megabytes, bool isDense, string? code)
    {
        var options = Bundle.Options with { Application = Publication.MakeLarge(_folder, megabytes * Megabyte, isDense) };
        var bag = new DiagnosticBag();

        var files = Bundle.Generate(DatabaseKind.PostgreSql, options, bag, target);

        var diagnostic = bag.ToImmutable().SingleOrDefault();
        Assert.Equal(code, diagnostic?.Code);
        Assert.Equal(code == "SD4023", files.Count == 0);
        Assert.Equal(isDense, diagnostic?.Message.Contains(" in its archive", StringComparison.Ordinal) ?? isDense);
    }

    [Fact]
    public void The_application_is_copied_with_its_modes_and_what_is_left_of_an_earlier_one_goes()
    {
        var target = Path.Combine(_folder, "deploy", "app");
        var source = Directory.CreateDirectory(Path.Combine(_folder, "publish")).FullName;
        Directory.CreateDirectory(target);
        File.WriteAllText(Path.Combine(target, "Old"), "");
        var application = Publication.Make(source);

        var copies = application.CopyTo(target);

        Assert.Equal(["Shop", "appsettings.json"], Directory.GetFiles(target).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.Equal(copies.Order(StringComparer.Ordinal), Directory.GetFiles(target).Order(StringComparer.Ordinal));
        Assert.Equal(File.ReadAllBytes(Path.Combine(source, "Shop")), File.ReadAllBytes(Path.Combine(target, "Shop")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.True(File.GetUnixFileMode(Path.Combine(target, "Shop")).HasFlag(UnixFileMode.UserExecute));
        }

        File.WriteAllText(Path.Combine(source, "appsettings.json"), "{ }");
        application.CopyTo(target);
        Assert.Equal("{ }", File.ReadAllText(Path.Combine(target, "appsettings.json")));
    }

    [Fact]
    public void Names_are_quoted_for_the_language_that_they_stand_in()
    {
        File.Copy(Path.Combine(Publication.Complete.Folder, "Shop"), Path.Combine(_folder, "a'b $X"));
        var options = Bundle.Options with { AssemblyName = "a'b $X", Application = new PublishedApplication(_folder, ["a'b $X"]) };

        var vercel = Bundle.Generate(DatabaseKind.PostgreSql, options, target: DeployTarget.Vercel);

        Assert.Contains("path.join(__dirname, 'app', \"a'b $X\")", vercel.TextOf(".vercel/output/functions/index.func/index.js"), StringComparison.Ordinal);
        Assert.Contains("\nprogram='a'\\''b $X'\n", vercel.TextOf("deploy.sh"), StringComparison.Ordinal);

        var netlify = Bundle.Generate(DatabaseKind.PostgreSql, options, target: DeployTarget.Netlify);

        Assert.Contains("'app', \"a'b $X\")", netlify.TextOf("functions/api/api.mjs"), StringComparison.Ordinal);
        Assert.Contains("\nprogram='a'\\''b $X'\n", netlify.TextOf("deploy.sh"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DeployTarget.Vercel)]
    [InlineData(DeployTarget.Netlify)]
    public void The_page_answers_in_order_what_somebody_asks_who_is_to_run_it(DeployTarget target) =>
        Assert.Equal(TargetPage.Sections, TargetPage.HeadingsOf(TargetPage.Read(target)).Intersect(TargetPage.Sections));

    [Fact]
    public void Every_path_goes_to_the_function()
    {
        var vercel = Bundle.Generate(DatabaseKind.PostgreSql, target: DeployTarget.Vercel);

        using var config = JsonDocument.Parse(vercel.TextOf(".vercel/output/config.json"));
        Assert.Equal(3, config.RootElement.GetProperty("version").GetInt32());
        Assert.Equal("/index", config.RootElement.GetProperty("routes").EnumerateArray().Last().GetProperty("dest").GetString());
    }

    private static void AssertRefused(string code, DeploymentOptions options)
    {
        var bag = new DiagnosticBag();
        Assert.Empty(Bundle.Generate(DatabaseKind.PostgreSql, options, bag, DeployTarget.Vercel));
        Assert.Equal((code, DiagnosticSeverity.Error), Assert.Single(bag.ToImmutable()) is var only ? (only.Code, only.Severity) : default);
    }
}
