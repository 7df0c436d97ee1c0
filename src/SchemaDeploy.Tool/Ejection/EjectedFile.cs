using System.Text;

namespace SchemaDeploy.Tool.Ejection;

/// <summary>A file of an ejected project.</summary>
/// <param name="Path">Relative to its folder, with forward slashes.</param>
/// <param name="Read">Gives the content, when it is asked for.</param>
internal sealed record EjectedFile(string Path, Func<byte[]> Read)
{
    /// <summary>A file that is somewhere already.</summary>
    public static EjectedFile Copy(string path, string source) => new(path, () => File.ReadAllBytes(source));

    /// <summary>A file that is a text.</summary>
    public static EjectedFile Text(string path, Func<string> write) => new(path, () => Encoding.UTF8.GetBytes(write()));
}
