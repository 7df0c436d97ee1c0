using System.Linq.Expressions;
using GraphQL;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Idempotency;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.Resources;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>What one subscription tells of.</summary>
internal abstract class SubscribedRows(string name, ChangeListener listener) : IDisposable
{
    /// <summary>The field of Subscription.</summary>
    public string Field => name;

    /// <summary>The changes to look at.</summary>
    public ChangeListener Listener => listener;

    /// <summary>Refuses a caller who may read such rows no longer.</summary>
    /// <exception cref="ApiException">401 or 403: that is so.</exception>
    public abstract void RequireRead(IServiceProvider services);

    /// <summary>A change as the caller may see it; null where it is none of those asked for, or not for the caller.</summary>
    /// <exception cref="ApiException">401 or 403: the caller may read no such rows at all.</exception>
    public abstract Task<ShownChange?> ShowAsync(RowChange change, IServiceProvider services, CancellationToken cancellationToken);

    public void Dispose() => listener.Dispose();
}

/// <summary>A field of Subscription that tells of the rows of a resource.</summary>
internal sealed class RowSubscription<TService, TEntity, TResponse>(string name, RowsGraph graph, ResourceShape<TEntity> shape)
    where TService : ResourceReader<TEntity, TResponse>
    where TEntity : class
    where TResponse : class
{
    private string Field => name;

    /// <summary>Begins to listen, or gives the change that is to be told.</summary>
    public object? Resolve(IResolveFieldContext context)
    {
        if (context.Source is ShownChange change)
        {
            return change;
        }

        var services = context.RequestServices!;
        services.GetRequiredService<TService>().RequireRead();
        var isMeant = ReadKey(context);
        var client = RequestIdentity.ClientOf(services.GetRequiredService<IHttpContextAccessor>().HttpContext!);
        ((RequestState)context.UserContext).Subscribed = new Rows(this, isMeant, services.GetRequiredService<ChangeFeed>().Listen(typeof(TEntity), client));
        return null;
    }

    // The parts of the key that are given; the rest may be anything.
    private Func<TEntity, bool>? ReadKey(IResolveFieldContext context)
    {
        Expression<Func<TEntity, bool>>? condition = null;
        foreach (var part in shape.Key)
        {
            var argumentName = graph.NameOf(part.Name);
            if (context.Arguments?.TryGetValue(argumentName, out var argument) != true || argument.Value is not { } value)
            {
                continue;
            }

            if (!part.TryFilter("eq", ScalarText.Format(value), out var same, out var error))
            {
                throw new ApiException(400, $"The argument {argumentName} {error}.");
            }

            condition = condition?.And(same) ?? same;
        }

        return condition?.Compile(preferInterpretation: true);
    }

    private sealed class Rows(RowSubscription<TService, TEntity, TResponse> subscription, Func<TEntity, bool>? isMeant, ChangeListener listener)
        : SubscribedRows(subscription.Field, listener)
    {
        public override void RequireRead(IServiceProvider services) => services.GetRequiredService<TService>().RequireRead();

        public override async Task<ShownChange?> ShowAsync(RowChange change, IServiceProvider services, CancellationToken cancellationToken)
        {
            var keys = (TEntity)change.Keys;
            if (isMeant?.Invoke(keys) == false)
            {
                return null;
            }

            // Who wrote the row does not matter: the subscriber sees what it would see by reading it now.
            var service = services.GetRequiredService<TService>();
            service.RequireRead();
            var rows = await service.FindAsync(subscription.Same(keys), cancellationToken);
            return change.Kind == ChangeKind.Deleted
                ? rows.Count == 0 && service.CouldRead(keys) ? new ShownChange(change, null) : null
                : rows.Count == 0 ? null : new ShownChange(change, rows[0]);
        }
    }

    private Expression<Func<TEntity, bool>> Same(TEntity keys) =>
        shape.Key.Select(part => part.Same(part.Text(keys))).Aggregate((left, right) => left.And(right));
}
