using GraphQL;
using GraphQLParser;
using GraphQLParser.AST;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>
/// Refuses documents that ask for more than is allowed. It looks at each part once, also where fragments are used again
/// and again, and comes before all that would take longer.
/// </summary>
internal sealed class DocumentLimits(GraphQLSettings settings, bool allowsIntrospection)
{
    /// <summary>Refuses a text of too many words and signs.</summary>
    /// <exception cref="ExecutionError">It has more than are allowed.</exception>
    public void CheckText(string query)
    {
        var (count, position) = (0, 0);
        while (Lexer.Lex(query, position) is { Kind: not TokenKind.EOF } token)
        {
            position = token.End;
            if (++count > settings.MaximumTokens)
            {
                throw Refusal($"The query has more than {settings.MaximumTokens} words and signs.");
            }
        }
    }

    /// <summary>Refuses a document with an operation that asks for too much.</summary>
    /// <exception cref="ExecutionError">One is deeper, longer or has more aliases than are allowed.</exception>
    public void Check(GraphQLDocument document)
    {
        var measures = new Measures(document, allowsIntrospection);
        foreach (var operation in document.Definitions.OfType<GraphQLOperationDefinition>())
        {
            var measure = measures.Of(operation.SelectionSet);
            Require(measure.Depth, settings.MaximumDepth, "is nested deeper than", "levels");
            Require(measure.Fields, settings.MaximumFields, "has more than", "fields");
            Require(measure.Aliases, settings.MaximumAliases, "has more than", "aliases");
            Require(measure.RootFields, settings.MaximumRootFields, "has more than", "fields at its root");
        }
    }

    /// <summary>An error for what is refused without having been looked at in full.</summary>
    public static ExecutionError Refusal(string message) => new(message) { Code = "QUERY_TOO_COMPLEX" };

    private static void Require(long value, int limit, string comparison, string unit)
    {
        if (value > limit)
        {
            throw Refusal($"The query {comparison} {limit} {unit}.");
        }
    }

    /// <summary>How much a set of fields is, with fragments put in.</summary>
    private readonly record struct Measure(long Depth, long Fields, long Aliases, long RootFields)
    {
        // Fragments within fragments double and double again.
        private const long Most = int.MaxValue;

        public Measure And(Measure other) => new(
            Math.Max(Depth, other.Depth), Math.Min(Fields + other.Fields, Most), Math.Min(Aliases + other.Aliases, Most), Math.Min(RootFields + other.RootFields, Most));
    }

    private sealed class Measures(GraphQLDocument document, bool allowsIntrospection)
    {
        private readonly Dictionary<string, Measure?> _fragments = new(StringComparer.Ordinal);
        private readonly ILookup<string, GraphQLFragmentDefinition> _definitions = document.Definitions
            .OfType<GraphQLFragmentDefinition>()
            .ToLookup(fragment => fragment.FragmentName.Name.StringValue, StringComparer.Ordinal);

        public Measure Of(GraphQLSelectionSet? set)
        {
            var measure = default(Measure);
            foreach (var selection in set?.Selections ?? [])
            {
                measure = measure.And(selection switch
                {
                    GraphQLField field => OfField(field),
                    GraphQLInlineFragment inline => Of(inline.SelectionSet),
                    GraphQLFragmentSpread spread => OfFragment(spread.FragmentName.Name.StringValue),
                    _ => default,
                });
            }

            return measure;
        }

        private Measure OfField(GraphQLField field)
        {
            var name = field.Name.StringValue;
            var within = Of(field.SelectionSet);
            if (name is "__schema" or "__type")
            {
                return allowsIntrospection
                    ? new Measure(1, 1, 0, 1)
                    : throw new ExecutionError("Introspection is off here.") { Code = "INTROSPECTION_OFF" };
            }

            return new Measure(within.Depth + 1, within.Fields + 1, within.Aliases + (field.Alias is null ? 0 : 1), 1);
        }

        private Measure OfFragment(string name)
        {
            if (_fragments.TryGetValue(name, out var known))
            {
                return known ?? throw new ExecutionError($"The fragment {name} contains itself.") { Code = "GRAPHQL_VALIDATION_FAILED" };
            }

            // What it contains must not contain it.
            _fragments.Add(name, null);
            var measure = _definitions[name].FirstOrDefault() is { } fragment ? Of(fragment.SelectionSet) : default;
            _fragments[name] = measure;
            return measure;
        }
    }
}
