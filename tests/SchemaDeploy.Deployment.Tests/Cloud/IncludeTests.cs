using SchemaDeploy.Generation.Rendering;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Deployment.Tests.Cloud;

/// <summary>Templates that include others.</summary>
public sealed class IncludeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_included_may_be_the_users()
    {
        var bag = new DiagnosticBag();
        File.WriteAllText(Path.Combine(_folder, "outer.sbn"), "{{ include 'script.image.sh.sbn' }}!");
        File.WriteAllText(Path.Combine(_folder, "script.image.sh.sbn"), "mine");

        Assert.Equal("mine!", new TemplateSet(typeof(DeploymentGenerator).Assembly, _folder, bag).Render("outer.sbn", new { }));
        Assert.Empty(bag.ToImmutable());
    }

    [Theory]
    [InlineData("{{ include 'nowhere.sbn' }}")]
    [InlineData("{{ include 'broken.sbn' }}")]
    [InlineData("{{ include '../secret' }}")]
    public void What_cannot_be_included_is_told(string text)
    {
        var bag = new DiagnosticBag();
        File.WriteAllText(Path.Combine(_folder, "outer.sbn"), text);
        File.WriteAllText(Path.Combine(_folder, "broken.sbn"), "{{ if");

        Assert.Equal("", new TemplateSet(typeof(DeploymentGenerator).Assembly, _folder, bag).Render("outer.sbn", new { }));
        Assert.Equal(DiagnosticSeverity.Error, Assert.Single(bag.ToImmutable()).Severity);
    }
}
