using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SchemaDeploy.Sdk.Tests;

/// <summary>What is in the package.</summary>
[Trait("Category", "Integration")]
public sealed partial class PackageTests(PackedSdk sdk)
{
    [Fact]
    public async Task The_package_holds_the_sdk_its_targets_the_tool_the_tasks_and_the_notices()
    {
        await using var package = await ZipFile.OpenReadAsync(sdk.SdkPackage, TestContext.Current.CancellationToken);
        var files = package.Entries.Select(entry => entry.FullName).ToHashSet();

        Assert.Superset(
            new HashSet<string>
            {
                "Sdk/Sdk.props", "Sdk/Sdk.targets",
                "targets/SchemaDeploy.Compile.targets", "targets/SchemaDeploy.Generate.targets", "targets/SchemaDeploy.Version.props",
                "tasks/netstandard2.0/SchemaDeploy.Tasks.dll",
                "tools/net10.0/any/SchemaDeploy.Tool.dll", "tools/net10.0/any/SchemaDeploy.Tool.runtimeconfig.json",
                "tools/net10.0/any/Microsoft.SqlServer.Dac.Extensions.dll",
                "README.md", "THIRD-PARTY-NOTICES.md",
            },
            files);
        Assert.DoesNotContain(files, file => file.StartsWith("lib/", StringComparison.Ordinal) || file.EndsWith(".resources.dll", StringComparison.Ordinal));
        Assert.DoesNotContain(files, file => file.Contains("/Azure.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_tool_is_compiled_ahead_for_the_platform_that_packs()
    {
        await using var package = await ZipFile.OpenReadAsync(sdk.SdkPackage, TestContext.Current.CancellationToken);
        var (here, anywhere) = (ToolFolder(RuntimeInformation.RuntimeIdentifier), ToolFolder("any"));

        Assert.Equal(anywhere.Select(file => file.Name), here.Select(file => file.Name));
        Assert.All(anywhere.Where(IsAssembly), file => Assert.False(HasMachineCode(file)));
        Assert.All(here.Where(IsAssembly), file => Assert.True(HasMachineCode(file)));

        static bool IsAssembly(ZipArchiveEntry file) => file.Name.EndsWith(".dll", StringComparison.Ordinal);

        ZipArchiveEntry[] ToolFolder(string platform) =>
        [
            .. package.Entries
                .Where(entry => entry.FullName.StartsWith($"tools/net10.0/{platform}/", StringComparison.Ordinal))
                .OrderBy(entry => entry.Name, StringComparer.Ordinal),
        ];
    }

    [Fact]
    public async Task The_package_depends_on_no_other()
    {
        await using var package = await ZipFile.OpenReadAsync(sdk.SdkPackage, TestContext.Current.CancellationToken);
        await using var nuspec = await package.GetEntry("SchemaDeploy.Sdk.nuspec")!.OpenAsync(TestContext.Current.CancellationToken);
        var document = await XDocument.LoadAsync(nuspec, LoadOptions.None, TestContext.Current.CancellationToken);

        Assert.DoesNotContain(document.Descendants(), element => element.Name.LocalName == "dependency");
    }

    [Fact]
    public async Task Every_assembly_of_others_in_the_package_is_in_the_notices()
    {
        await using var package = await ZipFile.OpenReadAsync(sdk.SdkPackage, TestContext.Current.CancellationToken);
        var notices = await File.ReadAllTextAsync(Path.Combine(PackedSdk.RepositoryRoot, "THIRD-PARTY-NOTICES.md"), TestContext.Current.CancellationToken);
        var named = AssemblyName().Matches(notices).Select(match => "^" + Regex.Escape(match.Value).Replace("\\*", ".*", StringComparison.Ordinal) + "$").ToArray();

        var unnamed = package.Entries
            .Select(entry => entry.Name)
            .Where(name => name.EndsWith(".dll", StringComparison.Ordinal) && !name.StartsWith("SchemaDeploy.", StringComparison.Ordinal))
            .Where(name => !named.Any(pattern => Regex.IsMatch(name, pattern)));

        Assert.Empty(unnamed);
    }

    [Fact]
    public void Every_diagnostic_of_the_sdk_is_in_its_list_and_the_other_way_round()
    {
        var folder = Path.Combine(PackedSdk.RepositoryRoot, "sdk", "SchemaDeploy.Sdk");
        var listed = File.ReadAllLines(Path.Combine(folder, "diagnostics.tsv")).Skip(1).Select(line => line.Split('\t')[0]).ToArray();
        var used = Directory.GetFiles(folder, "*.targets", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(Path.Combine(PackedSdk.RepositoryRoot, "src", "SchemaDeploy.Tasks"), "*.cs"))
            .SelectMany(file => DiagnosticCode().Matches(File.ReadAllText(file)).Select(match => match.Value))
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.Equal(listed, used);
    }

    [Fact]
    public void Sdk_props_and_sdk_targets_stay_short()
    {
        var folder = Path.Combine(PackedSdk.RepositoryRoot, "sdk", "SchemaDeploy.Sdk", "Sdk");

        Assert.All(Directory.GetFiles(folder), file => Assert.InRange(File.ReadAllLines(file).Length, 1, 100));
    }

    private static bool HasMachineCode(ZipArchiveEntry assembly)
    {
        var bytes = new MemoryStream();
        using (var content = assembly.Open())
        {
            content.CopyTo(bytes);
        }

        bytes.Position = 0;
        using var image = new PEReader(bytes);
        return image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }

    [GeneratedRegex(@"[A-Z][A-Za-z.*]*\.dll")]
    private static partial Regex AssemblyName();

    [GeneratedRegex(@"SD[45]0\d\d")]
    private static partial Regex DiagnosticCode();
}
