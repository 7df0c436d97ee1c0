using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Clients;
using static SchemaDeploy.Generation.Rendering.Views.Clients.TypeScript;

namespace SchemaDeploy.Generation.Rendering.Views.Clients;

/// <summary>What the templates of a client in TypeScript print that are not about one resource.</summary>
internal sealed class TypeScriptView(ClientModel model)
{
    private readonly ClientResource _users = model.Of(model.Api.Users.Names);

    public string Client => model.Client;

    public string Title => Sentence(model.Api.Title).TrimEnd('.');

    public string Registration => model.Registration;

    public string Me => model.Me;

    public string? Registered => model.Api.Users.IsOpen && _users.Resource.Find(OperationKind.Create) is not null ? _users.Create : null;

    public string UserKeyType => model.Api.Users.NeedsOtherRows ? "string | number" : TypeOf(model.Api.Users.Key, model);

    public string Email => Member(Registered is null ? "email" : model.Api.Users.Email.JsonName);

    public string Authentication => Quote(AuthenticationPath);

    public string RegisterPath => Quote(AuthenticationPath + "/register");

    public string MePath => Quote(AuthenticationPath + "/me");

    public string PasswordPath => Quote(AuthenticationPath + "/password");

    public bool HasEnums => !model.Enums.IsEmpty;

    public IEnumerable<object> Enums => model.Enums.Select(@enum => (object)new
    {
        @enum.Name,
        Summary = Sentence(@enum.Enumeration.Description),
        Type = string.Join(" | ", @enum.Enumeration.Members.Select(member => Quote(member.Text))),
    });

    public IEnumerable<object> Resources => model.Resources.Select(resource => (object)new
    {
        resource.File,
        resource.Member,
        resource.Class,
        resource.Create,
        IsRegistered = resource == _users && Registered is not null,
        Plural = Sentence(resource.Resource.Names.Plural).TrimEnd('.'),
    });

    private string AuthenticationPath => model.Api.RoutePrefix.Length == 0 ? "/auth" : $"/{model.Api.RoutePrefix}/auth";
}
