using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SchemaDeploy.Tool.Outputs;

/// <summary>
/// What the last run was made from, made and said. A run with the same inputs whose outputs are still as they were
/// left has nothing to do but say it again.
/// </summary>
internal sealed class RunRecord
{
    private const string FileName = "schema.state";
    private const string OutputMark = "output ";
    private const string MessageMark = "message ";

    private readonly string _hash;
    private readonly List<(string Path, string State)> _outputs = [];

    private RunRecord(string hash) => _hash = hash;

    /// <summary>What the run said, line by line.</summary>
    public List<string> Messages { get; } = [];

    /// <summary>The paths of the files it made.</summary>
    public IEnumerable<string> Outputs => _outputs.Select(o => o.Path);

    /// <summary>The hash of a set of inputs: the tool itself, the options, and the names and contents of the files.</summary>
    public static string HashOf(IEnumerable<string> options, IEnumerable<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in (Type[])[typeof(RunRecord), typeof(Schema.Compilation.SchemaCompiler), typeof(Generation.ApplicationGenerator)])
        {
            hash.AppendData(part.Module.ModuleVersionId.ToByteArray());
        }

        foreach (var option in options)
        {
            Append(hash, Encoding.UTF8.GetBytes(option));
        }

        foreach (var file in files)
        {
            Append(hash, Encoding.UTF8.GetBytes(file));
            Append(hash, ReadAll(file));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>The record that the last run left in <paramref name="directory"/>, or null.</summary>
    public static RunRecord? Read(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        var lines = File.ReadAllLines(path);
        var record = new RunRecord(lines.FirstOrDefault() ?? "");
        foreach (var line in lines.Skip(1))
        {
            if (line.StartsWith(MessageMark, StringComparison.Ordinal))
            {
                record.Messages.Add(line[MessageMark.Length..]);
            }
            else if (line.StartsWith(OutputMark, StringComparison.Ordinal) && line[OutputMark.Length..].Split('|') is [var state, var output])
            {
                record._outputs.Add((output, state));
            }
        }

        return record;
    }

    /// <summary>Whether the inputs are the same and the outputs untouched.</summary>
    public bool IsCurrent(string hash, string directory) =>
        _hash == hash && _outputs.Count > 0 && _outputs.TrueForAll(o => o.State == StateOf(directory, o.Path));

    /// <summary>Leaves the record of a finished run.</summary>
    public static void Write(string hash, OutputSet outputs, IEnumerable<string> messages)
    {
        var lines = new List<string> { hash };
        lines.AddRange(outputs.Paths.Select(p => $"{OutputMark}{StateOf(outputs.Directory, p)}|{p}"));
        lines.AddRange(messages.Select(m => MessageMark + m));
        File.WriteAllLines(Path.Combine(outputs.Directory, FileName), lines);
    }

    /// <summary>The file's bytes; none where it cannot be read, which the reader of schemas will say better.</summary>
    private static byte[] ReadAll(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string StateOf(string directory, string path)
    {
        var file = new FileInfo(Path.Combine(directory, path));
        return file.Exists
            ? string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks}")
            : "missing";
    }

    private static void Append(IncrementalHash hash, byte[] data)
    {
        hash.AppendData(BitConverter.GetBytes(data.Length));
        hash.AppendData(data);
    }
}
