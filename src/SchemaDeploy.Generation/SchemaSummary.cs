using System.Globalization;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Generation;

/// <summary>What a schema gave, in a line for whoever builds.</summary>
internal static class SchemaSummary
{
    /// <summary>Such as <c>12 tables → 60 endpoints, GraphQL</c>. Users and the audit log count, sign-in, health and documents do not.</summary>
    public static string Of(DatabaseModel model, ApiModel api)
    {
        var endpoints = api.Resources.Sum(resource => resource.Operations.Length + resource.Collections.Count(collection => collection.Operation is not null));
        var rest = api.Apis.Contains(ApiKind.Rest) ? Count(endpoints, "endpoint") : null;
        var graphQL = api.Apis.Contains(ApiKind.GraphQL) ? "GraphQL" : null;
        return $"{Count(model.Tables.Length, "table")} → {string.Join(", ", new[] { rest, graphQL }.OfType<string>())}";
    }

    private static string Count(int count, string of) => string.Create(CultureInfo.InvariantCulture, $"{count} {of}{(count == 1 ? "" : "s")}");
}
