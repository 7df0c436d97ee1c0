using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Clients;
using static SchemaDeploy.Generation.Design.CSharpText;
using static SchemaDeploy.Generation.Rendering.CSharpSource;

namespace SchemaDeploy.Generation.Rendering.Views.Clients;

/// <summary>What the templates of a client in C# print that are not about one resource.</summary>
internal sealed class CSharpClientView(ClientModel model, string @namespace)
{
    private static readonly string[] s_known = ["bool", "string"];

    private readonly ClientResource _users = model.Of(model.Api.Users.Names);

    public string Namespace => @namespace;

    public string Client => model.Client;

    public string Json => model.Json;

    public string Title => Sentence(model.Api.Title).TrimEnd('.');

    public string Registration => model.Registration;

    public string Me => model.Me;

    public string UserKeyType => model.Api.Users.NeedsOtherRows ? "JsonElement" : CSharpMember.TypeOf(model.Api.Users.Key, model);

    public string Authentication => Quote(AuthenticationPath);

    public string RegisterPath => Quote(AuthenticationPath + "/register");

    public string MePath => Quote(AuthenticationPath + "/me");

    /// <summary>The e-mail and the password, and what else an open registration may say of the user.</summary>
    public IEnumerable<CSharpMember> RegistrationMembers
    {
        get
        {
            var isOpen = model.Api.Users.IsOpen && _users.Resource.Find(OperationKind.Create) is not null;
            var email = isOpen ? model.Api.Users.Email.JsonName : "email";
            yield return new CSharpMember("Email", "required string", email, "What the user signs in with.");
            yield return new CSharpMember("Password", "required string", "password", "The password.");
            var more = isOpen ? _users.Resource.RequestProperties.Where(property => property.InCreate && property.JsonName != email && property.Name is not ("Email" or "Password")) : [];
            foreach (var property in more)
            {
                yield return CSharpMember.Of(property, model) with { Type = CSharpMember.TypeOf(property, model) + "?" };
            }
        }
    }

    public IEnumerable<object> Resources => model.Resources.Select(resource => (object)new
    {
        resource.Member,
        resource.Class,
        Plural = Sentence(resource.Resource.Names.Plural).TrimEnd('.'),
    });

    /// <summary>The types that requests and responses hold; those of generics get names that no type of the client has.</summary>
    public IEnumerable<object> JsonTypes => model.Resources.SelectMany(RequestsOf)
        .Concat(model.Resources
            .SelectMany(client => client.Resource.Properties.Concat(client.Resource.RequestProperties))
            .Select(property => (Name: CSharpMember.TypeOf(property, model), Property: (string?)null))
            .Where(type => !s_known.Contains(type.Name)))
        .Distinct()
        .Select(type => (object)new { type.Name, type.Property });

    private string AuthenticationPath => model.Api.RoutePrefix.Length == 0 ? "/auth" : $"/{model.Api.RoutePrefix}/auth";

    private static IEnumerable<(string Name, string? Property)> RequestsOf(ClientResource client)
    {
        yield return ($"Page<{client.Row}>", $"Page_{client.Row}");
        yield return (client.Row, null);
        if (client.Resource.Find(OperationKind.Create) is not null)
        {
            yield return (client.Create, null);
            yield return ($"IReadOnlyList<{client.Create}>", $"List_{client.Create}");
        }

        if (CSharpResourceView.HasUpdate(client))
        {
            yield return (client.Update, null);
        }
    }
}

/// <summary>A property of a type in C#.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, with what stands before it.</param>
/// <param name="JsonName">Its name in JSON.</param>
/// <param name="Summary">What it is.</param>
internal sealed record CSharpMember(string Name, string Type, string JsonName, string Summary)
{
    public string JsonLiteral => Quote(JsonName);

    /// <summary>The type of a value that is there.</summary>
    public string HeldType { get; init; } = "";

    /// <summary>A field as it is where it is always there.</summary>
    public static CSharpMember Of(Property property, ClientModel model) =>
        new(property.Name, TypeOf(property, model), property.JsonName, SentenceOrNull(property.Comment) ?? $"The field <c>{Xml(property.JsonName)}</c>.")
        {
            HeldType = TypeOf(property, model) is var type && property.IsValueType ? type + "?" : type,
        };

    /// <summary>The type of a value of a field that is there.</summary>
    public static string TypeOf(Property property, ClientModel model)
    {
        if (property.Form == ValueForm.Json)
        {
            return "JsonElement";
        }

        return property.Enum is { } @enum
            ? property.ClrType.Replace(@enum.Name, model.Enums.Single(client => client.Enumeration.Name == @enum.Name).Name, StringComparison.Ordinal)
            : property.ClrType;
    }
}
