using System.Text.Json;

namespace SchemaDeploy.Sdk.Tests.Engine;

/// <summary>The packages that a project was restored with, in its folder: no network is needed to build its image.</summary>
internal static class OfflinePackages
{
    /// <summary>Copies them, and has the project restore from nowhere else.</summary>
    public static void Write(TestProject project, PackedSdk sdk)
    {
        var folder = Directory.CreateDirectory(Path.Combine(project.Folder, "packages"));
        using var assets = JsonDocument.Parse(project.Read("obj/project.assets.json"));
        foreach (var package in assets.RootElement.GetProperty("libraries").EnumerateObject().Where(library => library.Value.GetProperty("type").GetString() == "package"))
        {
            var source = Directory.GetFiles(Path.Combine(PackedSdk.CacheFolder, package.Value.GetProperty("path").GetString()!), "*.nupkg").Single();
            File.Copy(source, Path.Combine(folder.FullName, Path.GetFileName(source)), overwrite: true);
        }

        File.Copy(sdk.SdkPackage, Path.Combine(folder.FullName, Path.GetFileName(sdk.SdkPackage)), overwrite: true);
        project.Write("nuget.config", """<configuration><packageSources><clear /><add key="local" value="packages" /></packageSources></configuration>""");
    }
}
