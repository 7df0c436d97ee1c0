using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SchemaDeploy.Generation.Design.Guardians;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;
using static SchemaDeploy.Generation.Tests.Design.Schemas;

namespace SchemaDeploy.Generation.Tests.Design.Guardians;

/// <summary>Conditions by the thousand, compiled as they are printed, agree with SQL about rows full of nulls.</summary>
public sealed class RuleVerdictTests
{
    private static readonly DateTime s_now = new(2024, 1, 31, 0, 0, 0, DateTimeKind.Utc);

    private static readonly Table s_things = Table(
        "things",
        Column("quantity"),
        Column("tiny", SqlTypeKind.SmallInt),
        Column("price", SqlTypeKind.Decimal) with { Precision = 10, Scale = 2 },
        Column("discount", SqlTypeKind.Decimal) with { Precision = 10, Scale = 2, Nullable = true },
        Column("weight", SqlTypeKind.Double) with { Nullable = true },
        Text("name"),
        Text("note") with { Nullable = true },
        Enum("status", "DRAFT", "PAID", "SENT"),
        Enum("mood", "GOOD", "BAD") with { Nullable = true },
        Column("active", SqlTypeKind.Boolean),
        Column("checked", SqlTypeKind.Boolean) with { Nullable = true },
        Column("starts_at", SqlTypeKind.Timestamp),
        Column("ends_at", SqlTypeKind.Timestamp) with { Nullable = true },
        Column("due", SqlTypeKind.Date) with { Nullable = true });

    [Fact]
    public void What_is_printed_judges_as_the_database_would()
    {
        var random = new Random(20240131);
        var rules = new RandomRule(random);
        var (conditions, printed, refused) = (new List<SqlExpression>(), new List<GuardianRule>(), new List<string>());
        while (conditions.Count < 600)
        {
            var text = rules.Condition(depth: random.Next(4));
            var bag = new DiagnosticBag();
            var designed = DesignAll(Database(s_things with { Tags = [Tag("rule", text)] }), bag).Of("things").GuardianRules;
            if (designed is [var rule])
            {
                conditions.Add(NeutralExpressionParser.Parse(text));
                printed.Add(WithOwnPatterns(rule, printed.Count));
            }
            else
            {
                refused.Add(bag.ToImmutable()[0].Message);
            }
        }

        // What is refused are a few combinations that have no types to go with, or no meaning.
        Assert.All(refused, message => Assert.Matches("coalesce takes columns|cannot stand in for|is compared with itself", message));
        Assert.True(refused.Count < conditions.Count / 3, $"{refused.Count} were refused.");

        var verdicts = Compile(printed);
        for (var i = 0; i < conditions.Count; i++)
        {
            for (var n = 0; n < 40; n++)
            {
                var (row, old) = (Thing.Any(random), Thing.Any(random));
                var expected = new SqlVerdict(row, old, s_now).Passes(conditions[i]);
                Assert.True(expected == verdicts[i](row, old, s_now), $"{conditions[i]}\n{printed[i].CSharp}\n{row}\nold: {old}\nmust be {expected}");
            }
        }
    }

    private static string LineOf(string source, Microsoft.CodeAnalysis.Diagnostic diagnostic) =>
        source.Split('\n')[diagnostic.Location.GetLineSpan().StartLinePosition.Line].Trim();

    // Each was the only rule of its table.
    private static GuardianRule WithOwnPatterns(GuardianRule rule, int number) => rule.Patterns.Aggregate(rule, (renamed, pattern) => renamed with
    {
        CSharp = renamed.CSharp.Replace(pattern.Name + "()", $"{pattern.Name}_{number}()", StringComparison.Ordinal),
        Patterns = renamed.Patterns.Replace(pattern, pattern with { Name = $"{pattern.Name}_{number}" }),
    });

    // Warnings count: people read this code, and their own settings may make errors of them.
    private static Func<Thing, Thing, DateTime, bool>[] Compile(List<GuardianRule> rules)
    {
        var source = $$"""
            #nullable enable
            using System;
            using System.Text.RegularExpressions;
            using SchemaDeploy.Generation.Tests.Design.Guardians;

            public static class Verdicts
            {
                public static readonly Func<Thing, Thing, DateTime, bool>[] All =
                [
                    {{string.Join(",\n        ", rules.Select(rule => $"(thing, old, now) => {rule.CSharp}"))}}
                ];

                {{string.Join("\n    ", rules.SelectMany(rule => rule.Patterns).Select(pattern =>
                    $"private static Regex {pattern.Name}() => new({pattern.CSharp}, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);"))}}
            }
            """;
        var references = AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => !assembly.IsDynamic && assembly.Location.Length > 0)
            .Select(assembly => MetadataReference.CreateFromFile(assembly.Location));
        var compilation = CSharpCompilation.Create(
            "Verdicts",
            [CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken)],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var library = new MemoryStream();
        var result = compilation.Emit(library, cancellationToken: TestContext.Current.CancellationToken);
        var messages = result.Diagnostics
            .Where(diagnostic => diagnostic.Severity != Microsoft.CodeAnalysis.DiagnosticSeverity.Hidden)
            .Select(diagnostic => $"{diagnostic}: {LineOf(source, diagnostic)}")
            .ToList();
        Assert.True(messages.Count == 0, string.Join('\n', messages.Take(20)));

        library.Position = 0;
        var assembly = new AssemblyLoadContext("Verdicts").LoadFromStream(library);
        return (Func<Thing, Thing, DateTime, bool>[])assembly.GetType("Verdicts")!.GetField("All", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
    }
}
