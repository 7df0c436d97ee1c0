using System.Collections.Immutable;

namespace SchemaDeploy.Deployment.Serverless;

/// <summary>The application as it was published, with the .NET runtime in it.</summary>
/// <param name="Folder">Where it was published to.</param>
/// <param name="Files">Its files, relative to the folder.</param>
public sealed record PublishedApplication(string Folder, ImmutableArray<string> Files)
{
    // The first bytes of programs for Linux, and what they say of the processor (ELF, e_machine).
    private static readonly byte[] s_elf = [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1];
    private const int ProcessorAt = 18;
    private const byte X64 = 0x3E;

    /// <summary>The bytes of all files.</summary>
    public long Size => Files.Sum(file => new FileInfo(PathOf(file)).Length);

    /// <summary>Whether it is a program for Linux on x64 that needs no .NET runtime beside it.</summary>
    public bool IsSelfContained(string name)
    {
        if (!Files.Contains(name) || (Files.Contains($"{name}.dll") && !Files.Contains("libcoreclr.so")))
        {
            return false;
        }

        Span<byte> start = stackalloc byte[ProcessorAt + 1];
        using var program = File.OpenRead(PathOf(name));
        return program.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.StartsWith(s_elf) && start[ProcessorAt] == X64;
    }

    /// <summary>Makes a folder hold these files with their modes, and nothing else.</summary>
    /// <returns>The full paths of the files.</returns>
    public IReadOnlyList<string> CopyTo(string folder)
    {
        var copies = Files.ToDictionary(file => Path.GetFullPath(file, folder), PathOf, StringComparer.Ordinal);
        if (Directory.Exists(folder))
        {
            foreach (var stale in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => !copies.ContainsKey(file)))
            {
                File.Delete(stale);
            }
        }

        foreach (var (copy, file) in copies)
        {
            var (source, present) = (new FileInfo(file), new FileInfo(copy));
            if (!present.Exists || present.Length != source.Length || present.LastWriteTimeUtc != source.LastWriteTimeUtc)
            {
                present.Directory!.Create();
                // Anew, because a program that runs cannot be written over.
                present.Delete();
                source.CopyTo(copy);
            }
        }

        return [.. copies.Keys];
    }

    /// <summary>The full path of one of the files.</summary>
    public string PathOf(string file) => Path.GetFullPath(file, Folder);
}
