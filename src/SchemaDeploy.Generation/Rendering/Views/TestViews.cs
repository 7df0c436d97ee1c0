using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Naming;
using SchemaDeploy.Generation.Design.Security;
using SchemaDeploy.Generation.Design.Tests;
using static SchemaDeploy.Generation.Design.CSharpText;

namespace SchemaDeploy.Generation.Rendering.Views;

/// <summary>What the template of the application under test prints.</summary>
internal sealed class TestAppView(TestModel model)
{
    private readonly UserTable _users = model.Api.Users;
    private readonly RowPlan? _row = model.Users.Row;

    public string Application => model.Api.Namespace;

    public string Namespace => model.Namespace;

    public string Context => model.Api.ContextName;

    public string RoutePrefixLiteral => Quote(model.Api.RoutePrefix.Length == 0 ? "" : "/" + model.Api.RoutePrefix);

    public string UsersRows => TestNames.RowsOf(_users.Names);

    public string Email => _users.Email.Name;

    /// <summary>Whether users can be made.</summary>
    public bool HasPeople => _row is not null;

    /// <summary>Whether the first administrator has to register with more than e-mail and password.</summary>
    public bool AdminNeedsRow => _users is { IsOpen: true, NeedsOtherRows: false, IsEmailEnough: false } && _row is not null;

    public IEnumerable<string> AdminOnly => _row is null ? [] : TestNames.AdminOnly(_row);

    public TestRoleView? Role => RoleProperty is not { } role ? null : new TestRoleView(
        role.Name, role.RequestType, role.RequiredOnCreate ? TestNames.RoleLiteral(role, model.Api.Roles.Default) : role.Default?.RequestCSharp);

    /// <summary>What of a row has to be so that its user may sign in.</summary>
    public IEnumerable<AssignmentView> SignIn => _users.SignInRules
        .Where(rule => rule.Property.InCreate)
        .Select(rule => new AssignmentView(rule.Property.Name, rule.Test switch
        {
            SignInTest.OneOf => rule.Values[0].CSharp,
            SignInTest.True => "true",
            SignInTest.NotTrue => "false",
            _ => "null",
        }));

    private Property? RoleProperty =>
        model.Users.Resource.Properties.FirstOrDefault(property => property.ColumnName == _users.Role?.ColumnName && property is { InCreate: true, Form: ValueForm.Enum or ValueForm.Text });
}

/// <summary>The field that says which role a user has.</summary>
/// <param name="Name">The field.</param>
/// <param name="Type">Its type in requests.</param>
/// <param name="Otherwise">The role of users of whom nothing else is said; null where it may be left out.</param>
internal sealed record TestRoleView(string Name, string Type, string? Otherwise);

/// <summary>What the template of a resource's rows prints.</summary>
internal sealed class TestRowsView(TestModel model, TestedResource tested) : TestedView(model, tested)
{
    private readonly RowPlan _row = tested.Row!;

    public string RouteLiteral => Quote(Resource.Find(OperationKind.List)!.Path);

    public bool HasOwner => _row.HasOwner;

    /// <summary>Whether others refer to one row of it.</summary>
    public bool IsShared => _row is { IsScarce: true, HasOwner: false };

    public bool UsesFake => _row.Values.Any(value => value.CSharp.Contains("fake.", StringComparison.Ordinal));

    public bool IsForOthers => Resource.Access.Create.ReachesBeyondAdmin;

    public IEnumerable<string> AdminOnly => TestNames.AdminOnly(_row);

    public IEnumerable<object> Parents => _row.Parents.Select(parent => new { parent.Variable, Rows = TestNames.RowsOf(parent.Target), parent.IsOwned, parent.IsShared });

    public IEnumerable<AssignmentView> Values => _row.Values.Select(value => new AssignmentView(value.Property.Name, value.CSharp));
}

/// <summary>What every template of a resource's tests prints.</summary>
internal abstract class TestedView(TestModel model, TestedResource tested) : ResourceView(model.Api, tested.Resource)
{
    public string Application => model.Api.Namespace;

    public new string Namespace => model.Namespace;

    public string Rows => TestNames.RowsOf(Resource.Names);

    public bool CanDelete => Resource.Find(OperationKind.Delete) is not null && Resource.Access.Delete.ToAdmin;

    /// <summary>The tests of all.</summary>
    protected TestModel Model => model;

    /// <summary>What is tested.</summary>
    protected TestedResource Tested => tested;

    /// <summary>Whether a list can be asked for a row by its key.</summary>
    protected bool IsKeyFilterable => Tested.IsFoundByKey;

    protected bool CanChange => tested.Row is not null && Resource.Find(OperationKind.Update) is not null && Resource.Access.Update.ToAdmin;

    protected IReadOnlyList<Property> ChangeableProperties => CanChange ? [.. tested.Row!.Changeable.Select(value => value.Property)] : [];

    /// <summary>Names of fields, as arguments.</summary>
    protected static string Literals(IEnumerable<Property> properties) => string.Join(", ", properties.Select(property => Quote(property.JsonName)));

    /// <summary>How a test of what people are answered is called.</summary>
    protected static string TitleOf(Expectations expected) => expected switch
    {
        { Caller: CallerKind.Anonymous } => "Whoever_has_not_signed_in_is_answered_as_the_schema_says",
        { Caller: CallerKind.Owner } => "The_owner_of_a_row_is_answered_as_the_schema_says",
        { Role: { } role } => $"Somebody_with_the_role_{Words.Pascal(Words.Of(role))}_is_answered_as_the_schema_says",
        _ => "Somebody_else_who_has_signed_in_is_answered_as_the_schema_says",
    };

    /// <summary>The role of whoever asks, as an argument; empty where it is nobody's business.</summary>
    protected string RoleOf(Expectations expected) => expected.Role is { } role
        ? TestNames.RoleLiteral(Model.Users.Resource.Properties.Single(property => property.ColumnName == Model.Api.Users.Role!.ColumnName), role)
        : "";

    /// <summary>The request that somebody sends who may create rows, or may not.</summary>
    protected string RequestOf(Expectations expected) => expected.Create == 201 && expected.Caller != CallerKind.Anonymous
        ? $"{Rows}.NewByAsync(app{(Tested.Row!.HasOwner ? ", caller" : "")})"
        : $"{Rows}.NewAsync(app)";

    /// <summary>The assertion that a row has a field as a request gave it.</summary>
    protected static string Comparison(Property property, string request, string row) => property.Form == ValueForm.Json
        ? $"Assert.True(JsonElement.DeepEquals({request}.{property.Name}!.Value, {row}.{property.Name}{(property.Nullable ? "!.Value" : "")}));"
        : $"Assert.Equal({request}.{property.Name}, {row}.{property.Name});";
}

/// <summary>Names that the generated tests know things by.</summary>
internal static class TestNames
{
    public static string RowsOf(ResourceNames names) => names.Entity + "Rows";

    public static string TestsOf(ResourceNames names) => names.Entity + "Tests";

    public static string ServiceTestsOf(ResourceNames names) => names.Service + "Tests";

    public static string GraphTestsOf(ResourceNames names) => names.Entity + "GraphQLTests";

    /// <summary>Fields of a new row that only ADMIN gives.</summary>
    public static IEnumerable<string> AdminOnly(RowPlan row) =>
        row.Values.Where(value => value.Property.IsAdminOnly || value.Property.IsOwner).Select(value => value.Property.Name);

    /// <summary>A role as a request has it.</summary>
    public static string RoleLiteral(Property property, string role) => property.Enum is { } enumeration
        ? $"{enumeration.Name}.{enumeration.Members.First(member => string.Equals(member.Text, role, StringComparison.OrdinalIgnoreCase)).Name}"
        : Quote(role);
}
