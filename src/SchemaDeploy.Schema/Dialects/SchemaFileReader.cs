using System.Text;
using System.Text.Unicode;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Schema.Dialects;

/// <summary>Reads schema files: UTF-8 and UTF-16, with or without a byte order mark. Anything else is refused with the byte's place.</summary>
public static class SchemaFileReader
{
    private const int SampleLength = 4096;
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding s_utf16 = new(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding s_utf16BigEndian = new(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    /// <summary>The text of the file at <paramref name="path"/>, or null where it cannot be read as text.</summary>
    public static SourceText? Read(string path, DiagnosticBag diagnostics)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            diagnostics.Report(ReadingDiagnostics.FileUnreadable, SourceSpan.StartOf(path), exception.Message);
            return null;
        }

        return Decode(path, bytes, diagnostics);
    }

    /// <summary>The text that <paramref name="bytes"/> hold, or null where they hold none.</summary>
    public static SourceText? Decode(string path, ReadOnlySpan<byte> bytes, DiagnosticBag diagnostics) => bytes switch
    {
        [0xFF, 0xFE, 0, 0, ..] => NotText(path, "it is UTF-32", diagnostics),
        [0xEF, 0xBB, 0xBF, .. var rest] => DecodeUtf8(path, rest, diagnostics),
        [0xFF, 0xFE, .. var rest] => DecodeUtf16(path, rest, s_utf16, diagnostics),
        [0xFE, 0xFF, .. var rest] => DecodeUtf16(path, rest, s_utf16BigEndian, diagnostics),
        _ when LooksLikeUtf16(bytes, zeroAt: 1) => DecodeUtf16(path, bytes, s_utf16, diagnostics),
        _ when LooksLikeUtf16(bytes, zeroAt: 0) => DecodeUtf16(path, bytes, s_utf16BigEndian, diagnostics),
        _ => DecodeUtf8(path, bytes, diagnostics),
    };

    private static SourceText? DecodeUtf8(string path, ReadOnlySpan<byte> bytes, DiagnosticBag diagnostics)
    {
        var zero = bytes.IndexOf((byte)0);
        if (zero >= 0)
        {
            return NotText(path, $"byte {zero + 1} is zero", diagnostics);
        }

        if (IsMostlyControls(bytes))
        {
            return NotText(path, "it is full of control bytes", diagnostics);
        }

        if (Utf8.IsValid(bytes))
        {
            return new SourceText(path, s_utf8.GetString(bytes));
        }

        var valid = ValidPrefixLength(bytes);
        var before = new SourceText(path, s_utf8.GetString(bytes[..valid]));
        diagnostics.Report(ReadingDiagnostics.UnknownEncoding, before.Span(before.Text.Length, 0), bytes[valid]);
        return null;
    }

    private static SourceText? DecodeUtf16(string path, ReadOnlySpan<byte> bytes, UnicodeEncoding encoding, DiagnosticBag diagnostics)
    {
        try
        {
            var text = encoding.GetString(bytes);
            return text.Contains('\0', StringComparison.Ordinal)
                ? NotText(path, "a character is NUL", diagnostics)
                : new SourceText(path, text);
        }
        catch (DecoderFallbackException)
        {
            return NotText(path, "it is broken UTF-16", diagnostics);
        }
    }

    private static SourceText? NotText(string path, string reason, DiagnosticBag diagnostics)
    {
        diagnostics.Report(ReadingDiagnostics.NotText, SourceSpan.StartOf(path), reason);
        return null;
    }

    /// <summary>Whether nearly every character of the beginning is an ASCII one in two bytes.</summary>
    private static bool LooksLikeUtf16(ReadOnlySpan<byte> bytes, int zeroAt)
    {
        if (bytes.Length < 2 || bytes.Length % 2 != 0)
        {
            return false;
        }

        var sample = bytes[..Math.Min(bytes.Length, SampleLength)];
        var ascii = 0;
        for (var i = 0; i < sample.Length; i += 2)
        {
            if (sample[i + zeroAt] == 0 && sample[i + 1 - zeroAt] is not 0 and < 0x80)
            {
                ascii++;
            }
        }

        return ascii > sample.Length / 2 * 7 / 10;
    }

    private static bool IsMostlyControls(ReadOnlySpan<byte> bytes)
    {
        var sample = bytes[..Math.Min(bytes.Length, SampleLength)];
        var controls = 0;
        foreach (var b in sample)
        {
            if (b is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f'))
            {
                controls++;
            }
        }

        return controls > sample.Length / 10;
    }

    private static int ValidPrefixLength(ReadOnlySpan<byte> bytes)
    {
        var position = 0;
        while (position < bytes.Length && Rune.DecodeFromUtf8(bytes[position..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            position += length;
        }

        return position;
    }
}
