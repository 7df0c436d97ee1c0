using System.Text;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>
/// Text put together from pieces of a source file, each of which knows where it came from: what is handed to ScriptDom
/// after sqlcmd variables are replaced, data is cut out, or a string literal's statements are unwrapped.
/// </summary>
internal sealed class MappedText
{
    private readonly SourceText _source;
    private readonly List<Piece> _pieces;
    private readonly IReadOnlyList<int> _damages;

    private MappedText(SourceText source, string text, List<Piece> pieces, IReadOnlyList<int> damages)
    {
        _damages = damages;
        _source = source;
        Text = text;
        _pieces = pieces;
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>The file that the pieces are of.</summary>
    public SourceText Source => _source;

    /// <summary>Whether something that is never closed was left out of the stretch.</summary>
    public bool IsDamaged(int start, int end) => _damages.Any(damage => damage >= start && damage <= end);

    /// <summary>A part of the text.</summary>
    public MappedText Slice(int start, int length)
    {
        var slice = Rebuild();
        slice.Copy(this, start, length);
        return slice.Build();
    }

    /// <summary>Where in the source the stretch of <paramref name="length"/> characters from <paramref name="start"/> came from.</summary>
    public SourceSpan Span(int start, int length)
    {
        var origin = OriginOf(start);
        var end = length <= 0 ? origin : StretchOf(start + length - 1).End;
        return _source.Span(origin, Math.Max(0, end - origin));
    }

    /// <summary>A builder of texts from the same source.</summary>
    public Builder Rebuild() => new(_source);

    /// <summary>Where in the source the character at <paramref name="offset"/> came from.</summary>
    public int OriginOf(int offset) => StretchOf(offset).Start;

    /// <summary>Where the character at <paramref name="offset"/> begins and ends in the source.</summary>
    private (int Start, int End) StretchOf(int offset)
    {
        if (_pieces.Count == 0)
        {
            return (0, 0);
        }

        var piece = PieceAt(offset, out _);
        var origin = piece.Origin + offset - piece.Start;
        return piece.ReplacedLength is { } replaced ? (piece.Origin, piece.Origin + replaced) : (origin, origin + 1);
    }

    private Piece PieceAt(int offset, out int end)
    {
        var low = 0;
        var high = _pieces.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_pieces[middle].Start <= offset)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        end = low + 1 < _pieces.Count ? _pieces[low + 1].Start : Text.Length;
        return _pieces[low];
    }

    /// <summary>A stretch of the text.</summary>
    /// <param name="Start">Where it begins in the text.</param>
    /// <param name="Origin">Where it begins in the source.</param>
    /// <param name="ReplacedLength">Set where the stretch stands for so many characters of the source, else it is a copy.</param>
    private readonly record struct Piece(int Start, int Origin, int? ReplacedLength);

    /// <summary>Puts a text together.</summary>
    internal sealed class Builder(SourceText source)
    {
        private readonly StringBuilder _text = new();
        private readonly List<Piece> _pieces = [];
        private readonly List<int> _damages = [];

        /// <summary>How long the text is so far.</summary>
        public int Length => _text.Length;

        /// <summary>Appends a copy of a stretch of the source.</summary>
        public void Copy(int start, int length)
        {
            if (length > 0)
            {
                Add(new Piece(_text.Length, start, null));
                _text.Append(source.Text, start, length);
            }
        }

        /// <summary>Appends <paramref name="replacement"/> in place of a stretch of the source.</summary>
        public void Replace(int start, int length, string replacement)
        {
            if (replacement.Length > 0)
            {
                Add(new Piece(_text.Length, start, length));
                _text.Append(replacement);
            }
        }

        /// <summary>Appends a stretch of a text that is itself mapped to the same source.</summary>
        public void Copy(MappedText text, int start, int length)
        {
            var end = start + length;
            while (start < end)
            {
                var piece = text.PieceAt(start, out var pieceEnd);
                var count = Math.Min(end, pieceEnd) - start;
                Add(piece.ReplacedLength is null
                    ? new Piece(_text.Length, piece.Origin + start - piece.Start, null)
                    : piece with { Start = _text.Length });
                _text.Append(text.Text, start, count);
                start += count;
            }
        }

        /// <summary>Appends <paramref name="replacement"/> in place of a stretch of a mapped text.</summary>
        public void Replace(MappedText text, int start, int length, string replacement)
        {
            var origin = text.OriginOf(start);
            Replace(origin, text.StretchOf(start + Math.Max(0, length - 1)).End - origin, replacement);
        }

        /// <summary>The text so far.</summary>
        public MappedText Build() => new(source, _text.ToString(), [.. _pieces], [.. _damages]);

        /// <summary>Notes that something that is never closed is left out here.</summary>
        public void Damage() => _damages.Add(_text.Length);

        private void Add(Piece piece)
        {
            if (_pieces.Count > 0 && _pieces[^1] is { ReplacedLength: null } last
                && piece.ReplacedLength is null
                && piece.Origin - last.Origin == piece.Start - last.Start)
            {
                return;
            }

            _pieces.Add(piece);
        }
    }
}
