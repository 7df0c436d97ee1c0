using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>A field over text.</summary>
internal sealed class TextField<TEntity>(string name, Expression<Func<TEntity, string?>> property, FieldUses uses)
    : ResourceField<TEntity>(name, uses)
{
    private const string NoNul = "must not contain the NUL character";

    private static readonly ConstantExpression s_null = Expression.Constant(null, typeof(string));
    private readonly Func<TEntity, string?> _read = property.Compile();

    // An entity without annotations may have nulls everywhere.
    private readonly Lazy<bool> _isNullable = new(() =>
        property.Body is not MemberExpression { Member: PropertyInfo member } || new NullabilityInfoContext().Create(member).ReadState != NullabilityState.NotNull);

    public override IReadOnlyList<string> Operators => FieldText.TextOperators;

    internal override bool TryFilter(
        string op, string value,
        [NotNullWhen(true)] out Expression<Func<TEntity, bool>>? filter,
        [NotNullWhen(false)] out string? error)
    {
        (filter, error) = (null, null);
        if (value.Contains('\0', StringComparison.Ordinal))
        {
            error = NoNul;
            return false;
        }

        if (op == "null")
        {
            if (FieldText.Boolean.Parse(value) is not { } isNull)
            {
                error = "must be true or false";
                return false;
            }

            filter = Predicate(isNull ? Expression.Equal(property.Body, s_null) : Expression.NotEqual(property.Body, s_null));
            return true;
        }

        if (op == "in")
        {
            return TryFilterIn(value.Split(','), out filter, out error);
        }

        filter = Predicate(op switch
        {
            "contains" => Expression.Call(property.Body, nameof(string.Contains), null, Captured.Value(value)),
            "starts" => StartsWith(value),
            _ => Compare(op, Captured.Value(value)),
        });
        return true;
    }

    internal override bool TryFilterIn(
        IReadOnlyList<string> texts,
        [NotNullWhen(true)] out Expression<Func<TEntity, bool>>? filter,
        [NotNullWhen(false)] out string? error)
    {
        (filter, error) = (null, null);
        if (texts.Any(text => text.Contains('\0', StringComparison.Ordinal)))
        {
            error = NoNul;
            return false;
        }

        filter = Predicate(Expression.Call(
            typeof(Enumerable), nameof(Enumerable.Contains), [typeof(string)], Captured.Value<IEnumerable<string>>(texts), property.Body));
        return true;
    }

    internal override IOrderedQueryable<TEntity> Order(IQueryable<TEntity> query, bool descending, bool first, bool hasNullsLast)
    {
        if (!_isNullable.Value || hasNullsLast)
        {
            return query.OrderByDirection(property, descending, first);
        }

        var isNull = Expression.Lambda<Func<TEntity, bool>>(Expression.Equal(property.Body, s_null), property.Parameters);
        return query.OrderByDirection(isNull, descending, first).OrderByDirection(property, descending, first: false);
    }

    internal override Expression<Func<TEntity, bool>>? Behind(string? value, bool descending)
    {
        if (value is null)
        {
            return descending ? Predicate(Expression.NotEqual(property.Body, s_null)) : null;
        }

        return BehindValue(Captured.Value(value), descending);
    }

    internal override Expression<Func<TEntity, bool>> BehindValue(Expression value, bool descending)
    {
        var behind = Compare(descending ? "lt" : "gt", value);
        return Predicate(descending ? behind : Expression.OrElse(Expression.Equal(property.Body, s_null), behind));
    }

    internal override Expression<Func<TEntity, bool>>? From(string? value, bool descending) =>
        value is null || (_isNullable.Value && !descending) ? null : Predicate(Compare(descending ? "lte" : "gte", Captured.Value(value)));

    internal override Expression<Func<TEntity, bool>> Same(string? value) =>
        Predicate(value is null ? Expression.Equal(property.Body, s_null) : Compare("eq", Captured.Value(value)));

    internal override bool Accepts(string? text) => text is null || !text.Contains('\0', StringComparison.Ordinal);

    internal override object Parse(string text) => text;

    internal override object? Value(TEntity entity) => _read(entity);

    internal override string? Text(TEntity entity) => _read(entity);

    private Expression<Func<TEntity, bool>> Predicate(Expression body) =>
        Expression.Lambda<Func<TEntity, bool>>(body, property.Parameters);

    // StartsWith alone becomes LIKE, which SQLite applies without regard to case, unlike = and Contains; the position
    // alone could use no index.
    private BinaryExpression StartsWith(string value)
    {
        var operand = Captured.Value(value);
        return Expression.AndAlso(
            Expression.Call(property.Body, nameof(string.StartsWith), null, operand),
            Expression.Equal(Expression.Call(property.Body, nameof(string.IndexOf), null, operand), Expression.Constant(0)));
    }

    private BinaryExpression Compare(string op, Expression operand)
    {
        if (op is "eq" or "ne")
        {
            return op == "eq" ? Expression.Equal(property.Body, operand) : Expression.NotEqual(property.Body, operand);
        }

        // EF Core translates string.Compare(a, b) > 0 to a > b, in the column's collation.
        var compared = Expression.Call(typeof(string), nameof(string.Compare), null, property.Body, operand);
        var zero = Expression.Constant(0);
        return op switch
        {
            "gt" => Expression.GreaterThan(compared, zero),
            "gte" => Expression.GreaterThanOrEqual(compared, zero),
            "lt" => Expression.LessThan(compared, zero),
            "lte" => Expression.LessThanOrEqual(compared, zero),
            _ => throw new ArgumentOutOfRangeException(nameof(op), op, null),
        };
    }
}

/// <summary>A field that is only shown.</summary>
internal sealed class ShownField<TEntity>(string name) : ResourceField<TEntity>(name, FieldUses.None)
{
    public override IReadOnlyList<string> Operators => [];

    internal override bool TryFilter(
        string op, string text,
        [NotNullWhen(true)] out Expression<Func<TEntity, bool>>? filter,
        [NotNullWhen(false)] out string? error)
    {
        (filter, error) = (null, "cannot be filtered");
        return false;
    }

    internal override bool TryFilterIn(
        IReadOnlyList<string> texts,
        [NotNullWhen(true)] out Expression<Func<TEntity, bool>>? filter,
        [NotNullWhen(false)] out string? error) => TryFilter("in", "", out filter, out error);

    internal override IOrderedQueryable<TEntity> Order(IQueryable<TEntity> query, bool descending, bool first, bool hasNullsLast) =>
        throw new NotSupportedException();

    internal override Expression<Func<TEntity, bool>>? Behind(string? text, bool descending) => throw new NotSupportedException();

    internal override Expression<Func<TEntity, bool>> BehindValue(Expression value, bool descending) => throw new NotSupportedException();

    internal override Expression<Func<TEntity, bool>>? From(string? text, bool descending) => throw new NotSupportedException();

    internal override Expression<Func<TEntity, bool>> Same(string? text) => throw new NotSupportedException();

    internal override bool Accepts(string? text) => false;

    internal override object Parse(string text) => throw new NotSupportedException();

    internal override object? Value(TEntity entity) => throw new NotSupportedException();

    internal override string? Text(TEntity entity) => throw new NotSupportedException();
}
