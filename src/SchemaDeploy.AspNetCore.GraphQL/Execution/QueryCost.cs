using GraphQL;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;
using SchemaDeploy.AspNetCore.Resources;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>How many values the answer of a valid operation could have, were every page full.</summary>
internal sealed class QueryCost(GraphQLDocument document, Variables? variables)
{
    private const long Most = int.MaxValue;

    private readonly Dictionary<(string Fragment, long PageSize), long> _fragments = [];

    public long Of(GraphQLOperationDefinition operation, IComplexGraphType root) => Of(operation.SelectionSet, root, 1);

    private long Of(GraphQLSelectionSet? set, IComplexGraphType? type, long pageSize)
    {
        var cost = 0L;
        foreach (var selection in set?.Selections ?? [])
        {
            cost = Math.Min(Most, cost + selection switch
            {
                GraphQLField field => OfField(field, type, pageSize),
                GraphQLInlineFragment inline => Of(inline.SelectionSet, type, pageSize),
                GraphQLFragmentSpread spread => OfFragment(spread.FragmentName.Name.StringValue, type, pageSize),
                _ => 0,
            });
        }

        return cost;
    }

    private long OfField(GraphQLField field, IComplexGraphType? type, long pageSize)
    {
        if (type?.GetField(field.Name.StringValue) is not { } definition)
        {
            // __typename, or a part of the schema.
            return 1;
        }

        var rows = definition.ResolvedType is ListGraphType or NonNullGraphType { ResolvedType: ListGraphType } ? pageSize : 1;
        var isPage = definition.Arguments?.Find("first") is not null;
        var within = Of(field.SelectionSet, definition.ResolvedType?.GetNamedType() as IComplexGraphType, isPage ? PageSizeOf(field, type) : 1);
        return Math.Min(Most, rows * (1 + within));
    }

    private long OfFragment(string name, IComplexGraphType? type, long pageSize)
    {
        if (!_fragments.TryGetValue((name, pageSize), out var cost))
        {
            var fragment = document.Definitions.OfType<GraphQLFragmentDefinition>().First(fragment => fragment.FragmentName.Name.StringValue == name);
            _fragments.Add((name, pageSize), cost = Of(fragment.SelectionSet, type, pageSize));
        }

        return cost;
    }

    private long PageSizeOf(GraphQLField field, IComplexGraphType parent)
    {
        var argument = field.Arguments?.FirstOrDefault(argument => argument.Name.StringValue is "first" or "last")?.Value;
        var value = argument switch
        {
            GraphQLVariable variable => variables?.Find(variable.Name.StringValue)?.Value,
            null => null,
            _ => JsonValues.FromLiteral(argument),
        };
        return value switch
        {
            int size => Math.Clamp(size, 1, ListRequest<object>.MaximumLimit),
            _ => parent.Name == "Query" ? ListRequest<object>.DefaultLimit : PageArguments.NestedLimit,
        };
    }
}
