using System.Reflection;
using System.Text;
using GraphQL.Types;
using GraphQL.Utilities;
using GraphQLParser.AST;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>A schema that requests can be carried out against.</summary>
/// <param name="Types">The types, with what stands behind their fields.</param>
/// <param name="KeptCreations">The fields of Mutation that create rows which no key would refuse a second time.</param>
internal sealed record ExecutableSchema(ISchema Types, IReadOnlySet<string> KeptCreations);

/// <summary>Makes the schema that schema.graphql describes.</summary>
internal static class SchemaFactory
{
    private const string Resource = "SchemaDeploy.schema.graphql";

    /// <summary>The schema's text, which the build has put into the application.</summary>
    public static string ReadText(Assembly assembly)
    {
        using var stream = assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"The application has no {Resource}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>The schema of <paramref name="text"/>, carried out by <paramref name="application"/>.</summary>
    public static ExecutableSchema Create(string text, GraphApplication application)
    {
        var builder = new Builder(text, application.EnumTexts);
        var resolvers = new Resolvers(builder);
        foreach (var resource in application.Resources)
        {
            resource.AddTo(resolvers);
        }

        var schema = builder.Build(text);
        schema.Initialize();
        return new ExecutableSchema(schema, resolvers.KeptCreations);
    }

    /// <summary>Builds the scalars that the schema has, and enums whose values are the literals of the database.</summary>
    private sealed class Builder(string text, IReadOnlyList<GraphEnumText> enumTexts) : SchemaBuilder
    {
        private readonly ILookup<string, GraphEnumText> _texts = enumTexts.ToLookup(text => text.Type, StringComparer.Ordinal);

        protected override void PreConfigure(Schema schema)
        {
            schema.RegisterType(Scalars.Float);
            foreach (var scalar in Scalars.All().Where(scalar => text.Contains($"\nscalar {scalar.Name}\n", StringComparison.Ordinal)))
            {
                schema.RegisterType(scalar);
            }
        }

        protected override EnumerationGraphType ToEnumerationType(GraphQLEnumTypeDefinition enumDef)
        {
            var plain = base.ToEnumerationType(enumDef);
            var texts = _texts[plain.Name].ToDictionary(text => text.Name, text => text.Text, StringComparer.Ordinal);
            var type = new EnumerationGraphType { Name = plain.Name, Description = plain.Description };
            foreach (var value in plain.Values)
            {
                type.Add(new EnumValueDefinition(value.Name, texts.GetValueOrDefault(value.Name, value.Name)) { Description = value.Description });
            }

            return type;
        }
    }
}
