using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>Turns spans into positions relative to the project, so that the model is the same on every machine.</summary>
internal sealed class SourcePositions(string projectDirectory)
{
    private readonly Dictionary<string, string> _relative = new(StringComparer.Ordinal);

    public SourcePosition Of(SourceSpan span)
    {
        if (!_relative.TryGetValue(span.File, out var file))
        {
            file = span.File.Length == 0
                ? ""
                : Path.GetRelativePath(projectDirectory, Path.GetFullPath(span.File, projectDirectory)).Replace('\\', '/');
            _relative.Add(span.File, file);
        }

        return new SourcePosition(file, span.Line, span.Column);
    }
}
