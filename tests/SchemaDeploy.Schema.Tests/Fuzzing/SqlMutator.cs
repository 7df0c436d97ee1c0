namespace SchemaDeploy.Schema.Tests.Fuzzing;

/// <summary>
/// Makes broken SQL out of whole SQL: pieces of a few samples, with characters and tokens deleted, doubled, swapped,
/// inserted, or taken from another sample. The same seed gives the same inputs.
/// </summary>
public sealed class SqlMutator(IReadOnlyList<string> samples, IReadOnlyList<string> tokens, int seed)
{
    private const int LongestPiece = 4_000;
    private const int LongestRepetition = 20_000;
    private readonly Random _random = new(seed);

    /// <summary>The next input.</summary>
    public string Next()
    {
        var text = Piece();
        for (var changes = _random.Next(1, 8); changes > 0; changes--)
        {
            text = Change(text);
        }

        return text;
    }

    /// <summary>A stretch of a sample, mostly from the start of a line.</summary>
    private string Piece()
    {
        var sample = samples[_random.Next(samples.Count)];
        if (sample.Length <= LongestPiece)
        {
            return sample;
        }

        var start = _random.Next(sample.Length - LongestPiece);
        if (_random.Next(4) > 0)
        {
            start = sample.LastIndexOf('\n', start) + 1;
        }

        return sample.Substring(start, _random.Next(1, LongestPiece));
    }

    private string Change(string text)
    {
        var (start, length) = _random.Next(2) == 0 ? CharacterAt(text) : TokenAt(text);
        var (before, part, after) = (text[..start], text.Substring(start, length), text[(start + length)..]);
        return _random.Next(8) switch
        {
            0 => before + after,
            1 => before + part + part + after,
            2 => before + tokens[_random.Next(tokens.Count)] + after,
            3 => before + " " + tokens[_random.Next(tokens.Count)] + " " + part + after,
            4 => before + Repeat(part) + after,
            5 => Swap(text, start, length),
            6 => before + (char)_random.Next(1, _random.Next(2) == 0 ? 128 : char.MaxValue) + part + after,
            _ => before + Stretch(samples[_random.Next(samples.Count)]) + after,
        };
    }

    private string Repeat(string part) =>
        part.Length is 0 or > LongestRepetition
            ? part
            : string.Concat(Enumerable.Repeat(part, _random.Next(2, Math.Min(400, LongestRepetition / part.Length) + 3)));

    private string Swap(string text, int start, int length)
    {
        var (other, otherLength) = TokenAt(text);
        if (other < start + length)
        {
            return text;
        }

        var (first, between, second) = (text.Substring(start, length), text[(start + length)..other], text.Substring(other, otherLength));
        return string.Concat(text.AsSpan(0, start), second, between) + first + text[(other + otherLength)..];
    }

    private string Stretch(string sample)
    {
        var start = _random.Next(sample.Length + 1);
        return sample.Substring(start, Math.Min(_random.Next(60), sample.Length - start));
    }

    private (int Start, int Length) CharacterAt(string text) => text.Length == 0 ? (0, 0) : (_random.Next(text.Length), 1);

    /// <summary>A word, or one character where no word is.</summary>
    private (int Start, int Length) TokenAt(string text)
    {
        if (text.Length == 0)
        {
            return (0, 0);
        }

        var start = _random.Next(text.Length);
        while (start > 0 && char.IsLetterOrDigit(text[start]) && char.IsLetterOrDigit(text[start - 1]))
        {
            start--;
        }

        var end = start + 1;
        while (end < text.Length && char.IsLetterOrDigit(text[start]) && char.IsLetterOrDigit(text[end]))
        {
            end++;
        }

        return (start, end - start);
    }
}
