using SchemaDeploy.Deployment.Serverless;

namespace SchemaDeploy.Deployment.Tests.Serverless;

/// <summary>Applications as they were published, as far as bundles look at them.</summary>
internal static class Publication
{
    private static readonly byte[] s_linuxOnX64 = [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0x3E, 0];

    /// <summary>A program named Shop, and a file beside it.</summary>
    public static PublishedApplication Complete { get; } = Make(Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "Publication")).FullName);

    public static PublishedApplication Make(string folder, byte[]? program = null, params string[] others)
    {
        File.WriteAllBytes(Path.Combine(folder, "Shop"), program ?? s_linuxOnX64);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(folder, "Shop"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        foreach (var other in others.Append("appsettings.json"))
        {
            File.WriteAllText(Path.Combine(folder, other), "{}");
        }

        return new PublishedApplication(folder, ["Shop", "appsettings.json", .. others]);
    }

    /// <summary>A program of a size, which stays about the same in an archive where it is dense.</summary>
    public static PublishedApplication MakeLarge(string folder, long size, bool isDense)
    {
        var application = Make(folder);
        using var file = File.Open(Path.Combine(folder, "appsettings.json"), FileMode.Create);
        if (isDense)
        {
            var bytes = new byte[size];
            new Random(1).NextBytes(bytes);
            file.Write(bytes);
        }
        else
        {
            file.SetLength(size);
        }

        return application;
    }
}
