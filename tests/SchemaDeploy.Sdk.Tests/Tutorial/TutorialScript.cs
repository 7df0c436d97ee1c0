using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SchemaDeploy.Sdk.Tests.Tutorial;

/// <summary>
/// What the reader of a tutorial does, as one script for bash: blocks of Markdown whose first line names a file are
/// written to it, blocks of <c>diff</c> change one, and of <c>console</c> blocks each line behind <c>$ </c> is a command,
/// <c>^C</c> stops the application, and all other lines are what the command before them prints.
/// </summary>
internal sealed partial class TutorialScript
{
    // Stands before all that a command prints.
    private const char Separator = '\u001e';

    private readonly StringBuilder _text = new("""
        set -em -o pipefail
        exec 2>&1
        root=$PWD
        trap '[[ -z ${server:-} ]] || kill -INT -- "-$server"' EXIT

        """);

    private readonly List<(string Command, List<string> Shown)> _steps = [];
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);

    /// <summary>Reads a page.</summary>
    public TutorialScript(string page)
    {
        foreach (var block in BlockPattern().Matches(page).Select(match => (Language: match.Groups["language"].Value, Text: match.Groups["text"].Value)))
        {
            if (block.Language == "console")
            {
                AddCommands(block.Text);
            }
            else
            {
                AddFile(block.Language, block.Text);
            }
        }

        _text.Append(CultureInfo.InvariantCulture, $"printf '{Separator}'\n");
    }

    /// <summary>The script.</summary>
    public string Text => _text.ToString();

    /// <summary>Compares what the script printed with what the page shows.</summary>
    public void Check(CommandResult result)
    {
        var printed = result.Output.Split(Separator)[1..];
        foreach (var ((command, shown), output) in _steps.Zip(printed))
        {
            var lines = new Queue<string>(output.Split('\n').Select(line => line.TrimEnd('\r')));
            foreach (var line in shown)
            {
                // Between lines that are shown there may be others, which the reader is spared.
                var pattern = "^\\s*" + Regex.Escape(line.Trim()).Replace("…", ".*", StringComparison.Ordinal) + "\\s*$";
                while (lines.TryPeek(out var next) && !Regex.IsMatch(next, pattern))
                {
                    lines.Dequeue();
                }

                Assert.True(lines.TryDequeue(out _), $"$ {command}\nmust print\n{line}\nand printed\n{output}");
            }
        }

        Assert.True(result.ExitCode == 0 && printed.Length == _steps.Count + 1, result.Output);
    }

    private void AddFile(string language, string text)
    {
        var (first, rest) = (text[..text.IndexOf('\n')], text[(text.IndexOf('\n') + 1)..]);
        var name = FilePattern().Match(first).Groups["name"].Value;
        Assert.True(name.Length > 0, $"A block of {language} names no file: {first}");
        if (language == "diff")
        {
            var (before, after) = (Side(rest, '-'), Side(rest, '+'));
            Assert.Equal(2, _files[name].Split(before).Length);
            _files[name] = _files[name].Replace(before, after, StringComparison.Ordinal);
        }
        else
        {
            _files[name] = text;
        }

        _text.Append(CultureInfo.InvariantCulture, $"mkdir -p \"$(dirname \"$root/{name}\")\"\ncat >\"$root/{name}\" <<'END OF FILE'\n{_files[name]}END OF FILE\n");
    }

    // A side of a difference: the lines that it has alone, and those of both.
    private static string Side(string difference, char sign) =>
        string.Concat(difference.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] == sign || line[0] == ' ').Select(line => line[1..] + "\n"));

    private void AddCommands(string text)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line == "^C")
            {
                _text.Append("echo; kill -INT -- \"-$server\"; wait \"$server\" || true; server=\n");
            }
            else if (line.StartsWith("$ ", StringComparison.Ordinal))
            {
                _steps.Add((line[2..], []));
                _text.Append(CultureInfo.InvariantCulture, $"printf '{Separator}'\n{(line == "$ dotnet run" ? Serve : line[2..])}\n");
            }
            else
            {
                _steps[^1].Shown.Add(line);
            }
        }
    }

    // In a terminal of its own, as far as the reader is concerned.
    private const string Serve = """
        : >"$root/server.log"
        dotnet run >>"$root/server.log" & server=$!
        until grep -q 'Now listening' "$root/server.log" || ! kill -0 "$server"; do sleep 0.1; done
        cat "$root/server.log"
        """;

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<text>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex BlockPattern();

    [GeneratedRegex(@"^(<!--|--|//|#) (?<name>[\w./]+)( -->)?$")]
    private static partial Regex FilePattern();
}
