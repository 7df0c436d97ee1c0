using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>A field over a property of a value type; TProperty is TValue or its nullable form.</summary>
internal sealed class ScalarField<TEntity, TProperty, TValue>(
    string name, Expression<Func<TEntity, TProperty>> property, FieldText<TValue> text, FieldUses uses)
    : ResourceField<TEntity>(name, uses)
    where TValue : struct
{
    private static readonly bool s_isNullable = typeof(TProperty) != typeof(TValue);
    private readonly Func<TEntity, TProperty> _read = property.Compile();

    public override IReadOnlyList<string> Operators => text.Operators;

    internal override bool TryFilter(
        string op, string value,
        [NotNullWhen(true)] out Expression<Func<TEntity, bool>>? filter,
        [NotNullWhen(false)] out string? error)
    {
        (filter, error) = (null, null);
        if (op == "null")
        {
            if (FieldText.Boolean.Parse(value) is not { } isNull)
            {
                error = "must be true or false";
                return false;
            }

            filter = Predicate(s_isNullable
                ? isNull ? Expression.Equal(property.Body, Null) : Expression.NotEqual(property.Body, Null)
                : Expression.Constant(!isNull));
            return true;
        }

        if (op == "in")
        {
            return TryFilterIn(value.Split(','), out filter, out error);
        }

        if (text.Parse(value) is not { } operand)
        {
            error = $"must be {text.Description}";
            return false;
        }

        filter = Predicate(Compare(op, Parameter(operand)));
        return true;
    }

    internal override bool TryFilterIn(
        IReadOnlyList<string> texts,
        [NotNullWhen(true)] out Expression<Func<TEntity, bool>>? filter,
        [NotNullWhen(false)] out string? error)
    {
        (filter, error) = (null, null);
        var values = new List<TValue>(texts.Count);
        foreach (var part in texts)
        {
            if (text.Parse(part) is not { } item)
            {
                error = $"must list values that are each {text.Description}, separated by commas";
                return false;
            }

            values.Add(item);
        }

        // Not Contains: EF Core may hand a list over as JSON, in which SQLite finds no float or time again.
        filter = KeyMatch.Any<TEntity, TValue>(values, item => Predicate(Compare("eq", Parameter(item))));
        return true;
    }

    internal override IOrderedQueryable<TEntity> Order(IQueryable<TEntity> query, bool descending, bool first, bool hasNullsLast)
    {
        if (s_isNullable && !hasNullsLast)
        {
            var isNull = Expression.Lambda<Func<TEntity, bool>>(Expression.Equal(property.Body, Null), property.Parameters);
            query = query.OrderByDirection(isNull, descending, first);
            first = false;
        }

        return query.OrderByDirection(property, descending, first);
    }

    internal override Expression<Func<TEntity, bool>>? Behind(string? value, bool descending)
    {
        if (value is null)
        {
            // Nulls are last ascending and first descending.
            return descending ? Predicate(Expression.NotEqual(property.Body, Null)) : null;
        }

        return BehindValue(Parameter(Read(value)), descending);
    }

    internal override Expression<Func<TEntity, bool>> BehindValue(Expression value, bool descending)
    {
        var behind = Compare(descending ? "lt" : "gt", value);
        return Predicate(s_isNullable && !descending
            ? Expression.OrElse(Expression.Equal(property.Body, Null), behind)
            : behind);
    }

    internal override Expression<Func<TEntity, bool>>? From(string? value, bool descending) =>
        value is null || (s_isNullable && !descending) ? null : Predicate(Compare(descending ? "lte" : "gte", Parameter(Read(value))));

    internal override Expression<Func<TEntity, bool>> Same(string? value) => Predicate(value is null
        ? Expression.Equal(property.Body, Null)
        : Compare("eq", Parameter(Read(value))));

    internal override bool Accepts(string? text) => text is null ? s_isNullable : Parsed(text) is not null;

    internal override object Parse(string text) => Read(text);

    internal override object? Value(TEntity entity) => typeof(TValue).IsEnum ? Text(entity) : _read(entity);

    internal override string? Text(TEntity entity) => _read(entity) is TValue value ? text.Format(value) : null;

    private static ConstantExpression Null => Expression.Constant(null, typeof(TProperty));

    private TValue? Parsed(string value) => text.Parse(value);

    private TValue Read(string value) => Parsed(value) ?? throw new FormatException();

    private Expression<Func<TEntity, bool>> Predicate(Expression body) =>
        Expression.Lambda<Func<TEntity, bool>>(body, property.Parameters);

    private static Expression Parameter(TValue value) => Captured.Value((TProperty)(object)value);

    private BinaryExpression Compare(string op, Expression operand) => op switch
    {
        "eq" => Expression.Equal(property.Body, operand),
        "ne" => Expression.NotEqual(property.Body, operand),
        _ when typeof(TValue) == typeof(Guid) => CompareByMethod(op, operand),
        "gt" => Expression.GreaterThan(property.Body, operand),
        "gte" => Expression.GreaterThanOrEqual(property.Body, operand),
        "lt" => Expression.LessThan(property.Body, operand),
        "lte" => Expression.LessThanOrEqual(property.Body, operand),
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, null),
    };

    // Guid has no < operator that EF Core translates, but a CompareTo that it does.
    private BinaryExpression CompareByMethod(string op, Expression operand)
    {
        var compared = Expression.Call(OfValue(property.Body), typeof(TValue).GetMethod("CompareTo", [typeof(TValue)])!, OfValue(operand));
        var zero = Expression.Constant(0);
        return op switch
        {
            "gt" => Expression.GreaterThan(compared, zero),
            "gte" => Expression.GreaterThanOrEqual(compared, zero),
            "lt" => Expression.LessThan(compared, zero),
            _ => Expression.LessThanOrEqual(compared, zero),
        };
    }

    private static Expression OfValue(Expression property) => s_isNullable ? Expression.Property(property, "Value") : property;
}
