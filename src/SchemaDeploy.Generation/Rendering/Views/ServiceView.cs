using SchemaDeploy.Generation.Design;
using static SchemaDeploy.Generation.Design.CSharpText;

namespace SchemaDeploy.Generation.Rendering.Views;

/// <summary>What the template of a service prints.</summary>
internal sealed class ServiceView(ApiModel api, Resource resource) : ResourceView(api, resource)
{
    public string ServiceBase => IsWritable
        ? $"{(IsUsers ? "AccountService" : "ResourceService")}<{Entity}, {KeyType}, {Create}, {Update}, {Response}>"
        : HasKey ? $"KeyedReader<{Entity}, {KeyType}, {Response}>" : $"ResourceReader<{Entity}, {Response}>";

    public AccessView Access => field ??= new AccessView(Resource, IsWritable);

    public GuardView Guard => field ??= new GuardView(Api, Resource);

    public bool UsesRandomness => Resource.Properties.Any(property => property.Default?.Kind == DefaultKind.RandomHex);

    public string KeyJsonNames => Resource.Key is null ? "" : string.Join(", ", Resource.Key.Properties.Select(property => Quote(property.JsonName)));

    public string ExpansionNames => string.Join(", ", Resource.References.Where(reference => reference.Expandable).Select(reference => Quote(reference.JsonName)));

    public string KeyMatch => Resource.Key is not { } key
        ? ""
        : Match(Variable, key.Properties, property => key.IsComposite ? $"key.{property.Name}" : "key");

    public IEnumerable<string> Fields => Resource.Properties.Where(property => property.InResponse || property.Filterable || property.Sortable).Select(Field);

    public IEnumerable<AssignmentView> ToEntity => Resource.Properties
        .Where(property => property.InCreate || (property.ServerValue == ServerValue.None && property.Default?.CSharp is not null))
        .Select(property => new AssignmentView(property.Name, property.InCreate ? Stored(property) : property.Default!.CSharp!));

    public IEnumerable<AssignmentView> ToUpdate => Resource.Properties
        .Where(property => property.InUpdate && !property.KeptWhenAbsent)
        .Select(property => new AssignmentView(property.Name, Shown(property)));

    public IEnumerable<AssignmentView> Apply => Resource.Properties
        .Where(property => property.InUpdate)
        .Select(property => new AssignmentView(
            $"entity.{property.Name}", property.KeptWhenAbsent ? $"request.{property.Name} ?? entity.{property.Name}" : Required(property)));

    public IEnumerable<AssignmentView> ToResponse => Resource.Properties
        .Where(property => property.InResponse)
        .Select(property => new AssignmentView(property.Name, Shown(property)));

    private string Field(Property property)
    {
        var name = Quote(property.JsonName);
        var uses = (property.Filterable, property.Sortable) switch
        {
            (true, true) => "FieldUses.FilterAndSort",
            (true, false) => "FieldUses.Filter",
            (false, true) => "FieldUses.Sort",
            _ => "FieldUses.None",
        };
        var shown = property.InResponse ? "" : ", isShown: false";
        var selector = $"{Variable} => {Variable}.{property.Name}";
        return property.Form switch
        {
            ValueForm.Json or ValueForm.Bytes or ValueForm.List => $"ResourceField.Shown<{Entity}>({name})",
            ValueForm.Text => $"ResourceField.Of<{Entity}>({name}, {selector}, {uses}{shown})",
            ValueForm.Enum => $"ResourceField.OfEnum<{Entity}, {property.ClrType}>({name}, {selector}, {uses}{shown})",
            ValueForm.Boolean => $"ResourceField.Of<{Entity}>({name}, {selector}, {uses}{shown})",
            _ => $"ResourceField.Of<{Entity}, {property.ClrType}>({name}, {selector}, {uses}{shown})",
        };
    }

    // The value of a new row: what the request says, else the default.
    private static string Stored(Property property) => property.Default switch
    {
        _ when property.IsOwner => $"request.{property.Name} ?? {AccessView.OwnerOfNew(property)}",
        { RequestCSharp: null, CSharp: { } value } when property.Form == ValueForm.Json => $"JsonText.From(request.{property.Name}) ?? {value}",
        { RequestCSharp: null, CSharp: { } value } => $"request.{property.Name} ?? {value}",
        { RequestCSharp: null, CSharp: null } when !property.Nullable => IsStruct(property)
            ? $"request.{property.Name} ?? default"
            : $"{Value(property)}!",
        _ => Required(property),
    };

    // Validation has seen to it that a required value is there.
    private static string Required(Property property) => property.Nullable
        ? Value(property)
        : IsStruct(property) ? $"request.{property.Name}!.Value" : $"{Value(property)}!";

    private static string Value(Property property) =>
        property.Form == ValueForm.Json ? $"JsonText.From(request.{property.Name})" : $"request.{property.Name}";

    private static string Shown(Property property) => property.Form != ValueForm.Json
        ? $"entity.{property.Name}"
        : property.ResponseType.EndsWith('?') ? $"JsonText.ToElement(entity.{property.Name})" : $"JsonText.ToElement(entity.{property.Name})!.Value";
}
