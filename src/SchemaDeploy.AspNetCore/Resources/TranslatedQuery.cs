using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>
/// A query that EF Core translates once for each model. One that is put together with every request is compared each time
/// with those that have been translated.
/// </summary>
/// <typeparam name="TQuery">The query as a function of the database and its parameters.</typeparam>
/// <param name="translate">Makes the function, by <see cref="EF"/>'s CompileAsyncQuery, for the model of a database; what that makes serves no other.</param>
internal sealed class TranslatedQuery<TQuery>(Func<DbContext, TQuery> translate)
    where TQuery : Delegate
{
    private readonly ConditionalWeakTable<IModel, TQuery> _queries = [];

    /// <summary>The query for the model of <paramref name="database"/>.</summary>
    public TQuery In(DbContext database) =>
        _queries.GetOrAdd(database.Model, static (_, query) => query.translate(query.database), (translate, database));
}
