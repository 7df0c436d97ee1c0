using System.Collections.Immutable;
using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Deployment.Tests.Bundles;

/// <summary>A bundle's folder from one publishing to the next.</summary>
public sealed class BundleFolderTests : IDisposable
{
    private static readonly DateTime s_longAgo = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly string _root = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    private string Folder => Path.Combine(_root, "docker");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Files_that_are_the_same_are_left_alone()
    {
        Write([new("a", "1\n"), new("in/b.sh", "2\n", IsProgram: true)]);
        Assert.All(Names(), name => File.SetLastWriteTimeUtc(PathOf(name), s_longAgo));

        Assert.Empty(Write([new("a", "1\n"), new("in/b.sh", "3\n", IsProgram: true)]));

        Assert.Equal([".generated.sha256", "a", "in/b.sh"], Names());
        Assert.Equal(s_longAgo, File.GetLastWriteTimeUtc(PathOf("a")));
        Assert.Equal("3\n", Read("in/b.sh"));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(PathOf("in/b.sh")).HasFlag(UnixFileMode.UserExecute));
    }

    [Fact]
    public void A_file_changed_by_hand_is_pointed_out_and_kept_beside_the_new_one()
    {
        Write([new("a", "1\n")]);
        File.WriteAllText(PathOf("a"), "mine\n");

        var message = Assert.Single(Write([new("a", "1\n")]));

        Assert.Equal(("SD4010", PathOf("a")), (message.Code, message.Span.File));
        Assert.Contains("a.edited", message.Message, StringComparison.Ordinal);
        Assert.Equal(("1\n", "mine\n"), (Read("a"), Read("a.edited")));

        Assert.Empty(Write([new("a", "1\n")]));
        File.WriteAllText(PathOf("a"), "mine again\n");
        Write([new("a", "1\n")]);
        Assert.Equal(("mine\n", "mine again\n"), (Read("a.edited"), Read("a.edited2")));
    }

    [Fact]
    public void A_file_that_was_there_before_the_first_bundle_is_kept_beside()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(PathOf("a"), "mine\n");

        Assert.Equal("SD4010", Assert.Single(Write([new("a", "1\n")])).Code);
        Assert.Equal("mine\n", Read("a.edited"));
    }

    [Fact]
    public void Line_ends_of_another_system_are_no_change_by_hand()
    {
        Write([new("a", "1\n2\n")]);
        File.WriteAllText(PathOf("a"), "1\r\n2\r\n");

        Assert.Empty(Write([new("a", "1\n2\n")]));
        Assert.Equal("1\n2\n", Read("a"));
    }

    [Fact]
    public void A_file_that_is_not_generated_any_more_goes_unless_it_was_changed()
    {
        Write([new("a", "1\n"), new("b", "2\n"), new("c", "3\n")]);
        File.WriteAllText(PathOf("b"), "mine\n");

        var message = Assert.Single(Write([new("c", "3\n")]));

        Assert.Equal(("SD4011", PathOf("b")), (message.Code, message.Span.File));
        Assert.Equal([".generated.sha256", "b", "c"], Names());
        Assert.Empty(Write([new("c", "3\n")]));
    }

    [Fact]
    public void A_list_that_names_files_elsewhere_deletes_none()
    {
        Write([new("a", "1\n")]);
        var elsewhere = Path.Combine(_root, "elsewhere");
        File.WriteAllText(elsewhere, "1\n");
        File.AppendAllText(PathOf(".generated.sha256"), Read(".generated.sha256").Replace("  a\n", "  ../elsewhere\n", StringComparison.Ordinal));

        Assert.Empty(Write([new("a", "1\n")]));
        Assert.True(File.Exists(elsewhere));
    }

    private ImmutableArray<Diagnostic> Write(BundleFile[] files)
    {
        var bag = new DiagnosticBag();
        new BundleFolder(Folder).Write(files, bag);
        return bag.ToImmutable();
    }

    private string PathOf(string name) => Path.Combine(Folder, name);

    private string Read(string name) => File.ReadAllText(PathOf(name));

    private List<string> Names() =>
        [.. Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];
}
