using System.Linq.Expressions;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>Values that enter a query as parameters, so that EF Core caches one plan for all of them.</summary>
internal static class Captured
{
    public static Expression Value<T>(T value) => Expression.Field(Expression.Constant(new Box<T>(value)), nameof(Box<T>.Content));

    public static Expression Value(Type type, object? value)
    {
        var box = typeof(Box<>).MakeGenericType(type);
        return Expression.Field(Expression.Constant(Activator.CreateInstance(box, value)), nameof(Box<int>.Content));
    }

    private sealed class Box<T>(T content)
    {
        public readonly T Content = content;
    }
}

/// <summary>Composition of queries that are put together at run time.</summary>
internal static class QueryComposition
{
    public static IOrderedQueryable<TEntity> OrderByDirection<TEntity, TKey>(
        this IQueryable<TEntity> query, Expression<Func<TEntity, TKey>> key, bool descending, bool first) =>
        (first, descending) switch
        {
            (true, false) => query.OrderBy(key),
            (true, true) => query.OrderByDescending(key),
            (false, false) => ((IOrderedQueryable<TEntity>)query).ThenBy(key),
            (false, true) => ((IOrderedQueryable<TEntity>)query).ThenByDescending(key),
        };

    public static Expression<Func<TEntity, bool>> And<TEntity>(
        this Expression<Func<TEntity, bool>> left, Expression<Func<TEntity, bool>> right) =>
        Combine(left, right, Expression.AndAlso);

    public static Expression<Func<TEntity, bool>> Or<TEntity>(
        this Expression<Func<TEntity, bool>> left, Expression<Func<TEntity, bool>> right) =>
        Combine(left, right, Expression.OrElse);

    /// <summary>What <paramref name="lambda"/> says of <paramref name="parameter"/>.</summary>
    public static Expression BodyOn(this LambdaExpression lambda, ParameterExpression parameter) =>
        new ParameterReplacer(lambda.Parameters[0], parameter).Visit(lambda.Body);

    /// <summary>What <paramref name="condition"/> says of a row and <paramref name="value"/>.</summary>
    public static Expression<Func<TEntity, bool>> With<TEntity, TValue>(
        this Expression<Func<TEntity, TValue, bool>> condition, ParameterExpression value) =>
        Expression.Lambda<Func<TEntity, bool>>(
            new ParameterReplacer(condition.Parameters[1], value).Visit(condition.Body), condition.Parameters[0]);

    private static Expression<Func<TEntity, bool>> Combine<TEntity>(
        Expression<Func<TEntity, bool>> left,
        Expression<Func<TEntity, bool>> right,
        Func<Expression, Expression, BinaryExpression> combine)
    {
        var parameter = left.Parameters[0];
        return Expression.Lambda<Func<TEntity, bool>>(combine(left.Body, right.BodyOn(parameter)), parameter);
    }

    private sealed class ParameterReplacer(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
