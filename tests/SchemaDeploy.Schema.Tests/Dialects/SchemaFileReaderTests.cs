using System.Text;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects;

namespace SchemaDeploy.Schema.Tests.Dialects;

public sealed class SchemaFileReaderTests
{
    private const string Sql = "-- für Jürgen: 日本語 \U0001F600\r\nCREATE TABLE t (a int);";

    public static TheoryData<string, byte[]> Readable() => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes(Sql) },
        { "UTF-8 with a mark", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Sql)] },
        { "UTF-16 with a mark", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Sql)] },
        { "big-endian UTF-16 with a mark", [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Sql)] },
        { "UTF-16 without a mark", Encoding.Unicode.GetBytes(Sql) },
        { "big-endian UTF-16 without a mark", Encoding.BigEndianUnicode.GetBytes(Sql) },
    };

    [Theory]
    [MemberData(nameof(Readable))]
    public void Text_is_decoded(string encoding, byte[] bytes)
    {
        var diagnostics = new DiagnosticBag();
        var source = SchemaFileReader.Decode("schema.sql", bytes, diagnostics);

        Assert.True(source?.Text == Sql, encoding);
        Assert.Empty(diagnostics.ToImmutable());
    }

    [Fact]
    public void An_empty_file_is_empty_text() => Assert.Equal("", SchemaFileReader.Decode("schema.sql", [], new DiagnosticBag())!.Text);

    [Fact]
    public void Latin_1_is_refused_at_its_first_strange_byte()
    {
        var bytes = Encoding.Latin1.GetBytes("CREATE TABLE a (x int);\r\n-- für alle\nINSERT INTO ...");

        Assert.Equal(
            "schema.sql(2,5): error SD1003: The file is neither UTF-8 nor UTF-16: byte 0xFC fits no UTF-8 character. Save it as UTF-8.",
            Refused(bytes));
    }

    [Fact]
    public void A_cut_off_character_is_refused_where_it_begins() =>
        Assert.StartsWith("schema.sql(1,4): error SD1003:", Refused([(byte)'-', (byte)'-', (byte)' ', 0xE6, 0x97]), StringComparison.Ordinal);

    public static TheoryData<string, byte[]> Binary() => new()
    {
        { "byte 9 is zero", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13] },
        { "byte 16 is zero", [.. "SQLite format 3\0"u8, 16, 0, 1, 1] },
        { "byte 2 is zero", [65, 0, 0, 0, 66, 0, 0, 0, 1] },
        { "it is full of control bytes", [.. Enumerable.Range(1, 31).Select(i => (byte)i)] },
        { "it is UTF-32", [.. Encoding.UTF32.Preamble, .. Encoding.UTF32.GetBytes("CREATE")] },
        { "it is broken UTF-16", [0xFF, 0xFE, 65, 0, 66, 0, 0x00, 0xD8, 67, 0] },
        { "it is broken UTF-16", [0xFF, 0xFE, 65, 0, 66] },
        { "a character is NUL", [0xFF, 0xFE, 65, 0, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(Binary))]
    public void What_is_no_text_is_refused(string reason, byte[] bytes) =>
        Assert.Equal($"schema.sql(1,1): error SD1002: The file is not text ({reason}). Save it as UTF-8.", Refused(bytes));

    [Fact]
    public void A_missing_file_is_an_error_and_no_exception()
    {
        var diagnostics = new DiagnosticBag();

        Assert.Null(SchemaFileReader.Read(Path.Combine(AppContext.BaseDirectory, "no", "such.sql"), diagnostics));
        Assert.Equal("SD1012", Assert.Single(diagnostics.ToImmutable()).Code);
    }

    private static string Refused(byte[] bytes)
    {
        var diagnostics = new DiagnosticBag();
        Assert.Null(SchemaFileReader.Decode("schema.sql", bytes, diagnostics));
        return Assert.Single(diagnostics.ToImmutable()).ToString();
    }
}
