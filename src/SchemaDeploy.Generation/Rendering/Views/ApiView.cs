using SchemaDeploy.Generation.Design;

namespace SchemaDeploy.Generation.Rendering.Views;

/// <summary>What the templates of the application as a whole print.</summary>
internal sealed class ApiView(ApiModel model)
{
    public string Namespace => model.Namespace;

    public string Context => model.ContextName;

    public string JsonContext => model.JsonContextName;

    public string TitleLiteral => CSharpText.Quote(model.Title);

    public string RoutePrefixLiteral => CSharpText.Quote(model.RoutePrefix.Length == 0 ? "" : "/" + model.RoutePrefix);

    public IReadOnlyList<ResourceView> Resources { get; } = [.. model.Resources.Select(resource => new ResourceView(model, resource))];

    public string AuditMapper => model.AuditLog.Mapper;

    /// <summary>The class that maps the routes of the users table; null where the schema has none.</summary>
    public string? UsersEndpoints => model.Users?.Names.Endpoints;

    /// <summary>The call that adds the database shipped beside SQLite.</summary>
    public string ProviderCall => model.Database switch
    {
        DatabaseKind.PostgreSql => "\n            .AddProvider(\"postgres\", static (options, connection) => options.UseNpgsql(connection))",
        DatabaseKind.MySql => "\n            .AddProvider(\"mysql\", static (options, connection) => options.UseMySql(connection, ServerVersion.AutoDetect(connection)))",
        DatabaseKind.SqlServer => "\n            .AddProvider(\"sqlserver\", static (options, connection) => options.UseSqlServer(connection))",
        _ => "",
    };

    public IEnumerable<string> ApiUsings
    {
        get
        {
            yield return "Microsoft.AspNetCore.Builder";
            yield return "Microsoft.AspNetCore.Routing";
            if (model.Database != DatabaseKind.Sqlite)
            {
                yield return "Microsoft.EntityFrameworkCore";
            }

            yield return "Microsoft.Extensions.DependencyInjection";
            yield return "SchemaDeploy.AspNetCore.Auditing";
            yield return "SchemaDeploy.AspNetCore.Authentication";
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
