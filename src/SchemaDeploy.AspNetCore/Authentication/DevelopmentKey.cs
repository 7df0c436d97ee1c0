using System.Security.Cryptography;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>
/// The key that a developer's machine signs with: made once for each application and kept in the user's profile,
/// outside of every repository, so that restarts end no session.
/// </summary>
internal static class DevelopmentKey
{
    private const int Bytes = 64;

    /// <summary>The key of <paramref name="application"/>; where it cannot be kept, a new one.</summary>
    public static byte[] Get(string application)
    {
        var profile = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        if (profile.Length == 0)
        {
            return RandomNumberGenerator.GetBytes(Bytes);
        }

        var file = Path.Combine(profile, "SchemaDeploy", "keys", string.Concat(application.Split(Path.GetInvalidFileNameChars())) + ".key");
        try
        {
            return Read(file) ?? Make(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return RandomNumberGenerator.GetBytes(Bytes);
        }
    }

    private static byte[]? Read(string file) => File.Exists(file) && File.ReadAllBytes(file) is { Length: Bytes } key ? key : null;

    // Two processes may start at the same time: whoever comes second takes the first one's key.
    private static byte[] Make(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        var draft = Path.Combine(folder, Path.GetRandomFileName());
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var key = RandomNumberGenerator.GetBytes(Bytes);
        using (var stream = new FileStream(draft, options))
        {
            stream.Write(key);
        }

        try
        {
            File.Move(draft, file, overwrite: false);
            return key;
        }
        catch (IOException) when (Read(file) is not null)
        {
            File.Delete(draft);
            return Read(file)!;
        }
    }
}
