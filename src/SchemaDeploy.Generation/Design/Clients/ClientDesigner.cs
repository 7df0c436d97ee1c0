using System.Collections.Immutable;
using SchemaDeploy.Generation.Design.Naming;

namespace SchemaDeploy.Generation.Design.Clients;

/// <summary>From what the API is to what its clients call things.</summary>
public static class ClientDesigner
{
    /// <summary>Designs a client of <paramref name="api"/>.</summary>
    public static ClientModel Design(ApiModel api, ClientLanguage language)
    {
        var words = ClientWords.Of(language);
        var types = new NameScope(StringComparer.Ordinal, words.Types);
        var enums = api.Enums.Select(enumeration => new ClientEnumeration(enumeration, types.Unique("", enumeration.Name, enumeration.Name + "Value"))).ToImmutableArray();
        var client = types.Unique("", Identifiers.Pascal(api.Title, "Api") + "Client");
        var json = types.Unique("", client + "Json");
        var members = new NameScope(StringComparer.Ordinal, words.Members);
        var files = new NameScope(StringComparer.OrdinalIgnoreCase, words.Files);
        var resources = api.Resources.Select(resource => Design(resource, words, types, members, files)).ToImmutableArray();
        return new ClientModel(api, client, json, types.Unique("", "Registration", "AuthRegistration"), types.Unique("", "Me", "AuthMe"), enums, resources);
    }

    private static ClientResource Design(Resource resource, ClientWords words, NameScope types, NameScope members, NameScope files)
    {
        var names = resource.Names;
        // In C# no member has the name of its type.
        var fields = resource.Properties.Concat(resource.RequestProperties).Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
        var row = types.Unique("", names.Entity, names.Entity + "Row");
        var member = words.Member(names.Set);
        var parameters = new NameScope(StringComparer.Ordinal, words.Parameters);
        return new ClientResource(resource)
        {
            File = files.Unique("", names.Route, names.Route + "-rows"),
            Member = members.Unique("", member, member + "Rows"),
            Class = types.Unique("", names.Set + "Requests"),
            Row = row,
            Create = types.Unique("", names.Create, row + "Create"),
            Update = types.Unique("", names.Update, row + "Update"),
            Query = types.Unique("", row + "Query"),
            Changes = TypeOf(row + "Changes"),
            Filter = TypeOf(row + "Filter"),
            Sort = TypeOf(row + "Sort"),
            Expand = TypeOf(row + "Expand"),
            Key =
            [
                .. (resource.Key?.Properties ?? []).Select(property =>
                    new KeyParameter(parameters.Unique("", Words.Camel(property.Name), Words.Camel(property.Name) + "Key"), property)),
            ],
        };

        string TypeOf(string name) => fields.Contains(name) ? types.Unique("", name + "Values") : types.Unique("", name);
    }
}
