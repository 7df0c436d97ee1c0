using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Utilities;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>What stands behind the fields of a schema.</summary>
internal sealed class Resolvers(SchemaBuilder builder)
{
    private readonly HashSet<string> _keptCreations = new(StringComparer.Ordinal);

    /// <summary>The fields of Mutation that create rows which no key would refuse a second time.</summary>
    public IReadOnlySet<string> KeptCreations => _keptCreations;

    /// <summary>Fields of Query.</summary>
    public void Query(string field, Func<IResolveFieldContext, Task<object?>> resolve) => Add("Query", field, new TaskResolver(resolve));

    /// <summary>Fields of Mutation.</summary>
    /// <param name="field">The field.</param>
    /// <param name="isKept">Whether the same mutation is taken for a mistake when it comes again within a moment.</param>
    /// <param name="resolve">Carries it out.</param>
    public void Mutation(string field, bool isKept, Func<IResolveFieldContext, Task<object?>> resolve)
    {
        if (isKept)
        {
            _keptCreations.Add(field);
        }

        Add("Mutation", field, new TaskResolver(resolve));
    }

    /// <summary>Fields of Subscription: they give the change that is told, and have one begin where there is none yet.</summary>
    public void Subscription(string field, Func<IResolveFieldContext, object?> resolve)
    {
        Add("Subscription", field, new LoadResolver(resolve));
        builder.Types.For("Subscription").FieldFor(field).StreamResolver = NoStream.Instance;
    }

    /// <summary>Fields that a row has.</summary>
    public void Value(string type, string field, Func<object, object?> get) => Add(type, field, new ValueResolver(get));

    /// <summary>Fields that are loaded for a row, or for many rows together.</summary>
    public void Loaded(string type, string field, Func<IResolveFieldContext, object?> load) => Add(type, field, new LoadResolver(load));

    private void Add(string type, string field, IFieldResolver resolver) => builder.Types.For(type).FieldFor(field).Resolver = resolver;

    private sealed class TaskResolver(Func<IResolveFieldContext, Task<object?>> resolve) : IFieldResolver
    {
        public ValueTask<object?> ResolveAsync(IResolveFieldContext context) => new(resolve(context));
    }

    private sealed class ValueResolver(Func<object, object?> get) : IFieldResolver
    {
        public ValueTask<object?> ResolveAsync(IResolveFieldContext context) => new(get(context.Source!));
    }

    /// <summary>What the library wants for fields of Subscription. Changes come from elsewhere, each in a scope of its own.</summary>
    private sealed class NoStream : ISourceStreamResolver
    {
        public static NoStream Instance { get; } = new();

        public ValueTask<IObservable<object?>> ResolveAsync(IResolveFieldContext context) => throw new NotSupportedException();
    }

    private sealed class LoadResolver(Func<IResolveFieldContext, object?> load) : IFieldResolver
    {
        public ValueTask<object?> ResolveAsync(IResolveFieldContext context) => new(load(context));
    }
}
