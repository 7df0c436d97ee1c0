using SchemaDeploy.Generation.Design;

namespace SchemaDeploy.Generation.Rendering.Views;

/// <summary>The names and keys of a resource, which every template of a resource prints.</summary>
internal class ResourceView(ApiModel api, Resource resource)
{
    public string Namespace => api.Namespace;

    public string Context => api.ContextName;

    public string JsonContext => api.JsonContextName;

    public string Entity => Resource.Names.Entity;

    public string Set => Resource.Names.Set;

    public string Create => Resource.Names.Create;

    public string Update => Resource.Names.Update;

    public string Response => Resource.Names.Response;

    public string Service => Resource.Names.Service;

    public string Endpoints => Resource.Names.Endpoints;

    public string Configuration => Resource.Names.Configuration;

    public string TableXml => CSharpSource.Xml(Resource.Schema is null ? Resource.Table : $"{Resource.Schema}.{Resource.Table}");

    public string Summary => CSharpSource.Sentence(Resource.Description);

    /// <summary>Whether requests name one row; without a key there is nothing to address.</summary>
    public bool HasKey => Resource.Key is not null;

    /// <summary>Whether the resource has the requests that change it.</summary>
    public bool IsWritable => Resource.Operations.Any(operation => operation.Kind is
        OperationKind.Create or OperationKind.CreateBatch or OperationKind.Replace or OperationKind.Update or OperationKind.Delete);

    /// <summary>Whether its rows are the users who sign in.</summary>
    public bool IsUsers => Api.Users.Names == Resource.Names;

    /// <summary>The variable that stands for a row in lambdas and hooks.</summary>
    public string Variable { get; } = resource.Names.Variable;

    public string KeyType => Resource.Key?.ClrType ?? "";

    protected ApiModel Api => api;

    protected Resource Resource => resource;

    /// <summary>Whether the entity holds a struct; JSON documents are text there.</summary>
    protected static bool IsStruct(Property property) => property.IsValueType && property.Form != ValueForm.Json;

    /// <summary>The condition that <paramref name="row"/> has the key in the variable <c>key</c>.</summary>
    protected static string Match(string row, IReadOnlyList<Property> properties, Func<Property, string> keyPart) =>
        string.Join(" && ", properties.Select(property => $"{row}.{property.Name} == {keyPart(property)}"));
}
