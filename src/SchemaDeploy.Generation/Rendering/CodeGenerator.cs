using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Rendering.Views;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Generation.Rendering;

/// <summary>Prints the application that an <see cref="ApiModel"/> describes.</summary>
public static class CodeGenerator
{
    /// <summary>Every file of the application, in a stable order, printed as they are asked for.</summary>
    /// <param name="model">The application.</param>
    /// <param name="templatesFolder">A folder whose templates take the place of built-in ones of the same name, or null.</param>
    /// <param name="diagnostics">Gets what is wrong with templates of the user's own.</param>
    public static IEnumerable<CodeFile> Generate(ApiModel model, string? templatesFolder, DiagnosticBag diagnostics)
    {
        var templates = new TemplateSet(typeof(CodeGenerator).Assembly, templatesFolder, diagnostics);
        var keyless = model.Resources.Where(resource => resource.EntityKey is null).Select(resource => resource.Names.Entity).ToHashSet(StringComparer.Ordinal);
        var api = new ApiView(model);
        var artefacts = new List<(string Template, string Path, Func<object> View)>
        {
            ("Program.sbn", "Program.cs", () => api),
            ("Api.sbn", "Api.cs", () => api),
            ("DbContext.sbn", $"Data/{model.ContextName}.cs", () => api),
            ("JsonContext.sbn", $"Contracts/{model.JsonContextName}.cs", () => api),
        };
        var auditLog = model.Resources.Single(resource => resource.Role == TableRole.AuditLog);
        artefacts.Add(("AuditMapper.sbn", $"Auditing/{model.AuditLog.Mapper}.cs", () => new AuditMapperView(model, auditLog)));
        artefacts.AddRange(model.Enums.Select(@enum =>
            ("Enum.sbn", $"Models/{@enum.Name}.cs", (Func<object>)(() => new EnumView(model.Namespace, @enum)))));
        foreach (var resource in model.Resources)
        {
            var names = resource.Names;
            artefacts.Add(("Entity.sbn", $"Models/{names.Entity}.cs", () => new EntityView(model, resource, keyless)));
            artefacts.Add(("Configuration.sbn", $"Data/{names.Configuration}.cs", () => new ConfigurationView(model, resource, keyless)));
            artefacts.Add(("Contracts.sbn", $"Contracts/{names.Entity}Contracts.cs", () => new ContractsView(model, resource)));
            artefacts.Add(("Service.sbn", $"Services/{names.Service}.cs", () => new ServiceView(model, resource)));
            if (names == model.Users.Names)
            {
                artefacts.Add(("Accounts.sbn", $"Services/{names.Service}.Accounts.cs", () => new AccountView(model, resource, model.Users)));
            }

            artefacts.Add(("Endpoints.sbn", $"Endpoints/{names.Endpoints}.cs", () => new EndpointsView(model, resource)));
        }

        if (model.Graph is { } graph)
        {
            artefacts.Add(("AppGraph.sbn", "GraphQL/AppGraph.cs", () => new GraphView(model, graph)));
            artefacts.AddRange(graph.Resources.Select(resource =>
                ("Graph.sbn", $"GraphQL/{resource.Resource.Names.Graph}.cs", (Func<object>)(() => new ResourceGraphView(model, resource)))));
        }

        return artefacts
            .AsParallel()
            .AsOrdered()
            .Select(artefact => new CodeFile(artefact.Path, templates.Render(artefact.Template, artefact.View())));
    }
}
