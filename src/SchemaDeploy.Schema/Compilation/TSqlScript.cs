using System.Text;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>
/// The schema as T-SQL for DacFx, and the way back: which of the user's lines each emitted line comes from, and
/// where each named element is defined.
/// </summary>
internal sealed class TSqlScript(IEqualityComparer<string> elementComparer)
{
    // DacFx reads a long text faster than many short ones; parts of this size keep its parser's trees small.
    private const int PartLength = 256 * 1024;

    private readonly Queue<(string Text, SourceSpan[] Lines)> _parts = [];
    private readonly Dictionary<string, SourceSpan> _elements = new(elementComparer);
    private readonly StringBuilder _text = new();
    private readonly List<SourceSpan> _lines = [];

    /// <summary>Hands out the texts, each of whole batches separated by GO, and forgets them one by one.</summary>
    public IEnumerable<(string Text, SourceSpan[] Lines)> TakeParts()
    {
        Flush();
        while (_parts.TryDequeue(out var part))
        {
            yield return part;
        }
    }

    /// <summary>Adds a line that stands for what the user wrote at <paramref name="span"/>.</summary>
    public void AddLine(string line, SourceSpan span)
    {
        _text.Append(line).Append('\n');
        _lines.Add(span);
    }

    /// <summary>Ends a batch.</summary>
    public void EndBatch(SourceSpan span)
    {
        AddLine("GO", span);
        if (_text.Length > PartLength)
        {
            Flush();
        }
    }

    /// <summary>Says where the element that DacFx calls <paramref name="element"/>, such as <c>[dbo].[items]</c>, is defined.</summary>
    public void Define(string element, SourceSpan span) => _elements.TryAdd(element, span);

    /// <summary>Where the element is defined, or null where it is none of the schema's.</summary>
    public SourceSpan? Find(string element) => _elements.TryGetValue(element, out var span) ? span : null;

    private void Flush()
    {
        if (_text.Length > 0)
        {
            _parts.Enqueue((_text.ToString(), [.. _lines]));
            _text.Clear();
            _lines.Clear();
        }
    }
}
