using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace SchemaDeploy.Tool.Git;

/// <summary>A state of a folder that git keeps.</summary>
/// <param name="Name">A branch, a tag or a commit.</param>
/// <param name="Directory">The folder, within a repository.</param>
internal sealed record Revision(string Name, string Directory)
{
    /// <summary>The files below the folder, by their paths from there.</summary>
    /// <exception cref="GitException">There is no such revision.</exception>
    public IReadOnlyList<string> Files() =>
        Encoding.UTF8.GetString(Git("ls-tree", "-r", "-z", "--name-only", Commit(), "--", ".")).Split('\0', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What a file holds.</summary>
    /// <exception cref="GitException">There is no such file.</exception>
    public byte[] Read(string file) => Git("show", $"{Commit()}:./{file}");

    // What begins with a dash is no option of git's.
    private string Commit() => Encoding.UTF8.GetString(Git("rev-parse", "--verify", "--quiet", "--end-of-options", Name + "^{commit}")).Trim();

    private byte[] Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = Directory, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            using var output = new MemoryStream();
            process.StandardOutput.BaseStream.CopyTo(output);
            process.WaitForExit();
            return process.ExitCode == 0 ? output.ToArray()
                : throw new GitException(error.Result.Trim() is { Length: > 0 } text ? text : "there is no such revision.");
        }
        catch (Win32Exception exception)
        {
            throw new GitException($"git cannot be started: {exception.Message}");
        }
    }
}

/// <summary>What git says against it.</summary>
internal sealed class GitException(string message) : Exception(message);
