using System.Collections.Immutable;
using SchemaDeploy.Generation.Design.Naming;

namespace SchemaDeploy.Generation.Design;

/// <summary>Designs the operations of all resources; their ids are unique over the whole API.</summary>
internal sealed class OperationDesigner(DesignOptions options)
{
    private readonly NameScope _ids = new(StringComparer.OrdinalIgnoreCase, ImmutableHashSet<string>.Empty);

    /// <summary>The operations on the rows of <paramref name="draft"/>.</summary>
    public ImmutableArray<Operation> Design(ResourceDraft draft)
    {
        var names = draft.Names;
        var (stem, one) = (StemOf(names), WithArticle(names.Singular));
        var operations = ImmutableArray.CreateBuilder<Operation>();
        var listPath = Path(names.Route);
        operations.Add(new(OperationKind.List, Id("list" + names.Set, "list" + stem + "List"), "GET", listPath, $"List {names.Plural}"));
        if (draft.Key is not { } key)
        {
            return operations.ToImmutable();
        }

        var rowPath = $"{listPath}/{key.RouteTemplate}";
        var get = new Operation(OperationKind.Get, Id("get" + stem), "GET", rowPath, $"Get {one}");
        if (draft.Role == TableRole.AuditLog)
        {
            // The server alone writes it.
            operations.Add(get);
            return operations.ToImmutable();
        }

        if (draft.CanCreate)
        {
            operations.Add(new(OperationKind.Create, Id("create" + stem), "POST", listPath, $"Create {one}"));
            operations.Add(new(
                OperationKind.CreateBatch, Id("create" + names.Set, $"create{stem}Batch"), "POST", listPath + "/batch",
                $"Create several {names.Plural}, all or none"));
        }

        operations.Add(get);
        if (draft.Properties.Values.Any(property => property.InUpdate))
        {
            operations.Add(new(OperationKind.Replace, Id("replace" + stem), "PUT", rowPath, $"Replace {one}"));
            operations.Add(new(OperationKind.Update, Id("update" + stem), "PATCH", rowPath, $"Change fields of {one}"));
        }

        operations.Add(new(OperationKind.Delete, Id("delete" + stem), "DELETE", rowPath, $"Delete {one}"));
        return operations.ToImmutable();
    }

    /// <summary>The collections of <paramref name="draft"/> with the operations that list them.</summary>
    public ImmutableArray<NestedList> DesignNested(ResourceDraft draft)
    {
        if (draft.Key is not { } key)
        {
            return [.. draft.Collections];
        }

        var rowPath = $"{Path(draft.Names.Route)}/{key.RouteTemplate}";
        return
        [
            .. draft.Collections.Select(collection => collection with
            {
                Operation = new(
                    OperationKind.ListNested,
                    Id($"list{StemOf(draft.Names)}{collection.Name}", $"list{StemOf(draft.Names)}{collection.Name}Nested"),
                    "GET",
                    $"{rowPath}/{collection.Route}",
                    $"List the {collection.Source.Plural} of {WithArticle(draft.Names.Singular)} ({collection.Reference.JsonName})"),
            }),
        ];
    }

    private string Path(string route) => options.RoutePrefix.Length == 0 ? "/" + route : $"/{options.RoutePrefix.Trim('/')}/{route}";

    private string Id(params ReadOnlySpan<string> candidates) => _ids.Unique("", candidates);

    private static string StemOf(ResourceNames names) => names.Create[..^"Create".Length];

    private static string WithArticle(string words) => (words[0] is 'a' or 'e' or 'i' or 'o' or 'u' && !StartsWithYou(words) ? "an " : "a ") + words;

    // A user, a unit, a European city.
    private static bool StartsWithYou(string words) =>
        words.StartsWith("use", StringComparison.Ordinal) || words.StartsWith("uni", StringComparison.Ordinal)
        || words.StartsWith("eu", StringComparison.Ordinal) || words.StartsWith("uti", StringComparison.Ordinal)
        || words.StartsWith("one", StringComparison.Ordinal);
}
