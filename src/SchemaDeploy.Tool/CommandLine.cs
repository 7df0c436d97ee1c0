using SchemaDeploy.Schema.Compilation;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Tool;

/// <summary>The options of a command: <c>--name=value</c>, written out or one to a line of a response file.</summary>
internal sealed class CommandLine
{
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);

    private CommandLine()
    {
    }

    /// <summary>Reads the arguments behind the verb; options not among <paramref name="known"/> are errors.</summary>
    public static CommandLine Parse(IEnumerable<string> arguments, IReadOnlyCollection<string> known, DiagnosticBag diagnostics)
    {
        var line = new CommandLine();
        foreach (var argument in arguments)
        {
            if (!argument.StartsWith('@'))
            {
                line.Add(argument, known, diagnostics);
                continue;
            }

            try
            {
                foreach (var option in File.ReadLines(argument[1..]).Where(l => !string.IsNullOrWhiteSpace(l)))
                {
                    line.Add(option, known, diagnostics);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                diagnostics.Report(ProjectDiagnostics.ResponseFileUnreadable, SourceSpan.None, exception.Message);
            }
        }

        return line;
    }

    /// <summary>The values of an option that may be repeated; empty ones are none.</summary>
    public IReadOnlyList<string> All(string name) => _values.GetValueOrDefault(name) ?? [];

    /// <summary>The last value of an option, or null where it has none.</summary>
    public string? Last(string name) => All(name) is { Count: > 0 } values ? values[^1] : null;

    /// <summary>The parts of the last value of an option, which is a list as MSBuild writes it.</summary>
    public IEnumerable<string> List(string name) =>
        Last(name)?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>The value of an option that must be there.</summary>
    public string Required(string name, DiagnosticBag diagnostics)
    {
        if (Last(name) is { } value)
        {
            return value;
        }

        diagnostics.Report(ProjectDiagnostics.MissingOption, SourceSpan.None, name);
        return "";
    }

    private void Add(string option, IReadOnlyCollection<string> known, DiagnosticBag diagnostics)
    {
        var equals = option.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? option : option[..equals];
        if (!name.StartsWith("--", StringComparison.Ordinal) || !known.Contains(name[2..]))
        {
            diagnostics.Report(
                ProjectDiagnostics.UnknownOption, SourceSpan.None, name,
                Suggestion.Nearest(name.TrimStart('-'), known) is { } nearest ? $" Did you mean '--{nearest}'?" : "");
            return;
        }

        var value = equals < 0 ? "" : option[(equals + 1)..];
        if (value.Length > 0)
        {
            if (!_values.TryGetValue(name[2..], out var values))
            {
                _values.Add(name[2..], values = []);
            }

            values.Add(value);
        }
    }
}
