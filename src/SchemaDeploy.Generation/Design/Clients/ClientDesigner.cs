using System.Collections.Frozen;
using System.Collections.Immutable;
using SchemaDeploy.Generation.Design.Naming;

namespace SchemaDeploy.Generation.Design.Clients;

/// <summary>From what the API is to what its clients call things.</summary>
public static class ClientDesigner
{
    // What the files of a client write besides its own types.
    private static readonly FrozenSet<string> s_types = Set("""
        AbortSignal ApiError Array AsyncGenerator AsyncIterable ClientOptions Connection CreateOptions Date EqualityFilter Error Exclude Infinity
        ListQuery Map Method NaN Number Object OrderedFilter Page Partial Problem Promise PromiseLike Readonly Record RegExp
        RequestOptions Response Rows Set Sort String Symbol TextFilter TokenAnswer Tokens TypeError URL URLSearchParams WeakMap WriteOptions
        """);

    private static readonly FrozenSet<string> s_members = Set("constructor tokens etag register signIn signOut me changePassword prototype");

    private static readonly FrozenSet<string> s_files = Set("client enums index");

    private static readonly FrozenSet<string> s_parameters = Set("""
        arguments await break case catch changes class const continue debugger default delete do else enum eval export extends false
        finally for function if implements import in instanceof interface let new null options package private protected public query
        return row rows segment static super switch this throw true try typeof undefined var void while with yield
        """);

    /// <summary>Designs a client of <paramref name="api"/>.</summary>
    public static ClientModel Design(ApiModel api)
    {
        var types = new NameScope(StringComparer.Ordinal, s_types);
        var enums = api.Enums.Select(enumeration => new ClientEnumeration(enumeration, types.Unique("", enumeration.Name, enumeration.Name + "Value"))).ToImmutableArray();
        var client = types.Unique("", Identifiers.Pascal(api.Title, "Api") + "Client");
        var members = new NameScope(StringComparer.Ordinal, s_members);
        var files = new NameScope(StringComparer.OrdinalIgnoreCase, s_files);
        var resources = api.Resources.Select(resource => Design(resource, types, members, files)).ToImmutableArray();
        return new ClientModel(api, client, types.Unique("", "Registration", "AuthRegistration"), types.Unique("", "Me", "AuthMe"), enums, resources);
    }

    private static ClientResource Design(Resource resource, NameScope types, NameScope members, NameScope files)
    {
        var names = resource.Names;
        var row = types.Unique("", names.Entity, names.Entity + "Row");
        var member = members.Unique("", Words.Camel(names.Set), Words.Camel(names.Set) + "Rows");
        var parameters = new NameScope(StringComparer.Ordinal, s_parameters);
        return new ClientResource(resource)
        {
            File = files.Unique("", names.Route, names.Route + "-rows"),
            Member = member,
            Class = types.Unique("", names.Set + "Requests"),
            Row = row,
            Create = types.Unique("", names.Create, row + "Create"),
            Update = types.Unique("", names.Update, row + "Update"),
            Query = types.Unique("", row + "Query"),
            Key =
            [
                .. (resource.Key?.Properties ?? []).Select(property =>
                    new KeyParameter(parameters.Unique("", Words.Camel(property.Name), Words.Camel(property.Name) + "Key"), property)),
            ],
        };
    }

    private static FrozenSet<string> Set(string names) => names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
