using System.Globalization;
using SchemaDeploy.Generation.Design;

namespace SchemaDeploy.Generation.Rendering.Views;

/// <summary>What the templates of the application as a whole print.</summary>
internal sealed class ApiView(ApiModel model)
{
    public string Namespace => model.Namespace;

    public string Context => model.ContextName;

    public string JsonContext => model.JsonContextName;

    public string TitleLiteral => CSharpText.Quote(model.Title);

    public string SchemaLiteral => CSharpText.Quote(model.SchemaFingerprint);

    public string RoutePrefixLiteral => CSharpText.Quote(model.RoutePrefix.Length == 0 ? "" : "/" + model.RoutePrefix);

    public IReadOnlyList<ResourceView> Resources { get; } = [.. model.Resources.Select(resource => new ResourceView(model, resource))];

    public string AuditMapper => model.AuditLog.Mapper;

    /// <summary>Whether resources have paths of their own.</summary>
    public bool HasRest => model.Apis.Contains(ApiKind.Rest);

    public bool HasGraphql => model.Graph is not null;

    /// <summary>The class that maps the routes of the users table.</summary>
    public string UsersEndpoints => model.Users.Names.Endpoints;

    /// <summary>The calls that add the databases shipped beside SQLite.</summary>
    public string ProviderCalls => string.Concat(model.Databases.Select(database => database switch
    {
        DatabaseKind.PostgreSql => "\n        .AddProvider(\"postgres\", static (options, connection) => options.UseNpgsql(connection))",
        // Which SQL the server is spoken to in depends on its version.
        DatabaseKind.MySql => "\n        .AddProvider(\"mysql\", static (options, connection) => options.UseMySql("
            + "\n            connection, connection is null ? MariaDbServerVersion.LatestSupportedServerVersion : ServerVersion.AutoDetect(connection)))",
        DatabaseKind.SqlServer => "\n        .AddProvider(\"sqlserver\", static (options, connection) => options.UseSqlServer(connection))",
        _ => "",
    }));

    /// <summary>The arguments that describe each sequence: name, schema, start and increment.</summary>
    public IReadOnlyList<string> Sequences { get; } =
    [
        .. model.Sequences.Select(sequence => string.Create(
            CultureInfo.InvariantCulture,
            $"{CSharpText.Quote(sequence.Name)}, {(sequence.Schema is null ? "null" : CSharpText.Quote(sequence.Schema))}, {sequence.Start}, {sequence.Increment}")),
    ];

    public IEnumerable<string> ApiUsings
    {
        get
        {
            yield return "Microsoft.AspNetCore.Builder";
            yield return "Microsoft.AspNetCore.Routing";
            if (ProviderCalls.Length > 0)
            {
                yield return "Microsoft.EntityFrameworkCore";
            }

            yield return "Microsoft.Extensions.DependencyInjection";
            yield return "SchemaDeploy.AspNetCore.Auditing";
            yield return "SchemaDeploy.AspNetCore.Authentication";
            if (HasGraphql)
            {
                yield return "SchemaDeploy.AspNetCore.GraphQL";
            }

            yield return "SchemaDeploy.AspNetCore.Hosting";
            yield return "SchemaDeploy.AspNetCore.Resources";
        }
    }
}

/// <summary>What the template of an enum prints.</summary>
internal sealed class EnumView(string @namespace, Enumeration model)
{
    public string Namespace => @namespace;

    public string Name => model.Name;

    public string Summary => CSharpSource.Sentence(model.Description);

    public IReadOnlyList<EnumMemberView> Members { get; } = [.. model.Members.Select(member => new EnumMemberView(member))];
}

/// <summary>A member of an enum.</summary>
internal sealed class EnumMemberView(EnumMember member)
{
    public string Name => member.Name;

    public string Literal => CSharpText.Quote(member.Text);

    public string TextXml => CSharpSource.Xml(member.Text);
}
