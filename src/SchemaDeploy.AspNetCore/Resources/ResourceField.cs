using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>What a list may do with a field.</summary>
[Flags]
public enum FieldUses
{
    /// <summary>It is only shown.</summary>
    None = 0,

    /// <summary>Rows may be filtered by it.</summary>
    Filter = 1,

    /// <summary>Rows may be sorted by it.</summary>
    Sort = 2,

    /// <summary>Both.</summary>
    FilterAndSort = Filter | Sort,
}

/// <summary>A field of a resource as lists see it: a JSON name, a column, and what may be done with it.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
public abstract class ResourceField<TEntity>
{
    private protected ResourceField(string name, FieldUses uses)
    {
        Name = name;
        Uses = uses;
    }

    /// <summary>The JSON name.</summary>
    public string Name { get; }

    /// <summary>What lists may do with the field.</summary>
    public FieldUses Uses { get; }

    /// <summary>Whether responses hold the field; one that is not shown may still be sorted or filtered by.</summary>
    public bool IsShown { get; init; } = true;

    /// <summary>The filter operators that suit the type of the field.</summary>
    public abstract IReadOnlyList<string> Operators { get; }

    /// <summary>Reads <c>name[op]=text</c>; false with a message that completes "name …" where the text does not fit.</summary>
    internal abstract bool TryFilter(
        string op, string text,
        [NotNullWhen(true)] out Expression<Func<TEntity, bool>>? filter,
        [NotNullWhen(false)] out string? error);

    /// <summary>Reads <c>name[in]=…</c>, given its values one by one; false with a message where one does not fit.</summary>
    internal abstract bool TryFilterIn(
        IReadOnlyList<string> texts,
        [NotNullWhen(true)] out Expression<Func<TEntity, bool>>? filter,
        [NotNullWhen(false)] out string? error);

    /// <summary>Orders by the field; nulls come last in ascending order.</summary>
    /// <param name="query">The rows, ordered already unless it is the first field.</param>
    /// <param name="descending">Whether to order the other way round.</param>
    /// <param name="first">Whether no field comes before.</param>
    /// <param name="hasNullsLast">Whether the database has nulls last in ascending order by itself, so that an index gives the order.</param>
    internal abstract IOrderedQueryable<TEntity> Order(IQueryable<TEntity> query, bool descending, bool first, bool hasNullsLast);

    /// <summary>Rows that come behind <paramref name="text"/> (null: behind a null) in the given direction.</summary>
    internal abstract Expression<Func<TEntity, bool>>? Behind(string? text, bool descending);

    /// <summary>Rows that come behind <paramref name="value"/>, which is not null, in the given direction.</summary>
    internal abstract Expression<Func<TEntity, bool>> BehindValue(Expression value, bool descending);

    /// <summary>
    /// A condition that all rows meet which are at <paramref name="text"/> or behind it, in the form of a range of an index; null
    /// where they are no such range.
    /// </summary>
    internal abstract Expression<Func<TEntity, bool>>? From(string? text, bool descending);

    /// <summary>Rows whose field equals <paramref name="text"/>, null included.</summary>
    internal abstract Expression<Func<TEntity, bool>> Same(string? text);

    /// <summary>Whether <paramref name="text"/> is a value that the field can have, as <see cref="Behind"/> needs it.</summary>
    internal abstract bool Accepts(string? text);

    /// <summary>The value of the field that <paramref name="text"/>, which it accepts, stands for.</summary>
    internal abstract object Parse(string text);

    /// <summary>The field's value; of an enum the text.</summary>
    internal abstract object? Value(TEntity entity);

    /// <summary>The field's value in a form that <see cref="Behind"/> reads back exactly.</summary>
    internal abstract string? Text(TEntity entity);
}

/// <summary>Makes fields, with the type taken from the property.</summary>
public static class ResourceField
{
    /// <summary>A field over a property of a value type.</summary>
    public static ResourceField<TEntity> Of<TEntity, TValue>(
        string name, Expression<Func<TEntity, TValue>> property, FieldUses uses)
        where TValue : struct, IParsable<TValue>, IComparable<TValue>, IFormattable =>
        new ScalarField<TEntity, TValue, TValue>(name, property, FieldText.Scalar<TValue>(), uses);

    /// <summary>A field over a property of a nullable value type.</summary>
    public static ResourceField<TEntity> Of<TEntity, TValue>(
        string name, Expression<Func<TEntity, TValue?>> property, FieldUses uses)
        where TValue : struct, IParsable<TValue>, IComparable<TValue>, IFormattable =>
        new ScalarField<TEntity, TValue?, TValue>(name, property, FieldText.Scalar<TValue>(), uses);

    /// <summary>A field over text.</summary>
    public static ResourceField<TEntity> Of<TEntity>(
        string name, Expression<Func<TEntity, string?>> property, FieldUses uses) =>
        new TextField<TEntity>(name, property, uses);

    /// <summary>A field over true or false, which sorts nothing.</summary>
    public static ResourceField<TEntity> Of<TEntity>(
        string name, Expression<Func<TEntity, bool>> property, FieldUses uses) =>
        new ScalarField<TEntity, bool, bool>(name, property, FieldText.Boolean, uses & FieldUses.Filter);

    /// <summary>A field over true, false or null, which sorts nothing.</summary>
    public static ResourceField<TEntity> Of<TEntity>(
        string name, Expression<Func<TEntity, bool?>> property, FieldUses uses) =>
        new ScalarField<TEntity, bool?, bool>(name, property, FieldText.Boolean, uses & FieldUses.Filter);

    /// <summary>A field over an enum, which sorts nothing: databases disagree about the order of enums.</summary>
    public static ResourceField<TEntity> OfEnum<TEntity, TEnum>(
        string name, Expression<Func<TEntity, TEnum>> property, FieldUses uses)
        where TEnum : struct, Enum =>
        new ScalarField<TEntity, TEnum, TEnum>(name, property, FieldText.Enum<TEnum>(), uses & FieldUses.Filter);

    /// <summary>A field over an enum or null, which sorts nothing.</summary>
    public static ResourceField<TEntity> OfEnum<TEntity, TEnum>(
        string name, Expression<Func<TEntity, TEnum?>> property, FieldUses uses)
        where TEnum : struct, Enum =>
        new ScalarField<TEntity, TEnum?, TEnum>(name, property, FieldText.Enum<TEnum>(), uses & FieldUses.Filter);

    /// <summary>A field that lists show and neither filter nor sort by, such as JSON or bytes.</summary>
    public static ResourceField<TEntity> Shown<TEntity>(string name) => new ShownField<TEntity>(name);
}
