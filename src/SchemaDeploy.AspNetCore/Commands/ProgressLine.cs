using SchemaDeploy.AspNetCore.Migrations;

namespace SchemaDeploy.AspNetCore.Commands;

/// <summary>The statement that a migration is at, in the last line of a terminal, which is empty again when it is done.</summary>
/// <param name="terminal">Where to write.</param>
/// <param name="width">How many characters a line has.</param>
internal sealed class ProgressLine(TextWriter terminal, int width) : IProgress<MigrationStep>, IDisposable
{
    private const string ClearLine = "\r\u001b[2K";

    /// <summary>A line on the terminal; null where what is written goes to a file or to the log of a pipeline.</summary>
    public static ProgressLine? Find() =>
        Console.IsErrorRedirected || Environment.GetEnvironmentVariable("CI") is { Length: > 0 } ? null : new ProgressLine(Console.Error, Console.WindowWidth);

    public void Report(MigrationStep value)
    {
        var text = $"{value.Number} of {value.Count}: {string.Join(' ', value.Statement.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}";
        // A line that is full would begin another.
        terminal.Write(ClearLine + (text.Length < width ? text : text[..Math.Max(0, width - 2)] + "…"));
    }

    public void Dispose() => terminal.Write(ClearLine);
}
