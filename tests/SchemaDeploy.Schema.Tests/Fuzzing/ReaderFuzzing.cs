using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Tests.Fuzzing;

/// <summary>
/// Feeds a reader broken inputs: it must not throw, must end within two seconds, must place every message inside the
/// text, and must give the same for the same input. SCHEMADEPLOY_FUZZ says how many inputs.
/// </summary>
public static class ReaderFuzzing
{
    private const int DefaultCount = 2_000;
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(2);

    public static void Run(Func<IDialectReader> makeReader, IReadOnlyList<string> samples, IReadOnlyList<string> tokens, int seed)
    {
        var mutator = new SqlMutator(samples, tokens, seed);
        for (var i = 0; i < Count(); i++)
        {
            Check(makeReader, mutator.Next(), $"input {i} of seed {seed}");
        }
    }

    private static int Count() =>
        int.TryParse(Environment.GetEnvironmentVariable("SCHEMADEPLOY_FUZZ"), CultureInfo.InvariantCulture, out var count)
            ? count
            : DefaultCount;

    private static void Check(Func<IDialectReader> makeReader, string text, string name)
    {
        var first = Stopwatch.StartNew();
        var (statements, diagnostics) = Read(makeReader(), text, name);
        first.Stop();

        var lines = new SourceText("fuzz.sql", text).Position(text.Length).Line;
        if (diagnostics.Any(d => d.Span.Line < 1 || d.Span.EndLine > lines || d.Span.Column < 1))
        {
            Assert.Fail($"{name} places a message outside of the text:\n{text}");
        }

        // A busy machine may stop one run for a while, but hardly both.
        var second = Stopwatch.StartNew();
        var (again, diagnosticsAgain) = Read(makeReader(), text, name);
        if (first.Elapsed > s_longest && second.Elapsed > s_longest)
        {
            Assert.Fail($"{name} took {second.Elapsed.TotalSeconds:F1} s:\n{text}");
        }

        if (!diagnostics.SequenceEqual(diagnosticsAgain)
            || !statements.Select(s => (s.GetType(), s.Span)).SequenceEqual(again.Select(s => (s.GetType(), s.Span))))
        {
            Assert.Fail($"{name} is read in two ways:\n{text}");
        }
    }

    private static (ImmutableArray<Statement> Statements, ImmutableArray<Diagnostic> Diagnostics) Read(
        IDialectReader reader, string text, string name)
    {
        try
        {
            var bag = new DiagnosticBag();
            var statements = reader.Read(new SourceText("fuzz.sql", text), bag);

            foreach (var expression in statements.SelectMany(ScriptExpressions.Of))
            {
                // Later stages read the expressions back from their text.
                var printed = expression.ToString();
                Assert.Equal(printed, NeutralExpressionParser.Parse(printed).ToString());
            }

            return (statements, bag.ToImmutable());
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{name} makes the reader throw:\n{text}", e);
        }
    }
}
