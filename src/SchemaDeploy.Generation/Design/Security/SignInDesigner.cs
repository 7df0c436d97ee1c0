using System.Collections.Immutable;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design.Security;

/// <summary>
/// Decides which users may sign in: those whose state is one of a list, so that a state that nobody thought of lets
/// nobody in.
/// </summary>
internal static class SignInDesigner
{
    /// <summary>The rule that a column sets, with the property as it is to be; null where it sets none.</summary>
    public static SignInRule? Design(ResourceDraft draft, Property property)
    {
        var column = property.ColumnName;
        return property.Form switch
        {
            ValueForm.Boolean when UserNames.LetsIn(column) =>
                Complete(new SignInRule(property, SignInTest.True), "true", IsDefault(property, "true")),
            ValueForm.Boolean when UserNames.KeepsOut(column) =>
                Complete(new SignInRule(property, SignInTest.NotTrue), "false", IsDefault(property, "false") || (property.Nullable && property.Default is null)),
            ValueForm.Moment or ValueForm.WallClock or ValueForm.Date when property.Nullable && UserNames.IsKeptOutSince(column) =>
                new SignInRule(property, SignInTest.Null),
            ValueForm.Moment or ValueForm.WallClock when UserNames.IsKeptOutUntil(column) => new SignInRule(property, SignInTest.Over),
            ValueForm.Enum or ValueForm.Text or ValueForm.Integer when UserNames.IsState(column) || (UserNames.MayBeState(column) && HasGoodState(property)) =>
                OfState(draft, property),
            ValueForm.Text or ValueForm.Integer when UserNames.LetsIn(column) => OfFlag(draft, property, "1", "Y"),
            ValueForm.Text or ValueForm.Integer when UserNames.KeepsOut(column) => OfFlag(draft, property, "0", "N"),
            _ => null,
        };
    }

    private static bool HasGoodState(Property property) => KnownValues(property).Any(value => UserNames.IsGoodState(TextOf(value)));

    // A column of the schema's own words: those for being active, else the one that new rows get.
    private static SignInRule? OfState(ResourceDraft draft, Property property)
    {
        var known = KnownValues(property);
        var good = known.Where(value => UserNames.IsGoodState(TextOf(value))).ToImmutableArray();
        var given = property.Default is { CSharp: { } code, Json: { } json } ? new RuleValue(code, json) : null;
        if (good.IsEmpty && given is not null)
        {
            // Free text can become anything: the usual word for being active lets in too.
            good = known.Length > 0 || property.Form != ValueForm.Text ? [given] : [.. new[] { given, ActiveLike(given) }.DistinctBy(value => value.Json)];
        }

        if (good.IsEmpty)
        {
            good = property.Form == ValueForm.Integer ? [] : known.Length > 0 ? [known[0]] : [Literal(draft, property, "ACTIVE")!];
        }

        return good.IsEmpty ? null : Complete(new SignInRule(property, SignInTest.OneOf) { Values = good }, good[0], given);
    }

    private static SignInRule? OfFlag(ResourceDraft draft, Property property, string number, string letter)
    {
        var given = property.Default is { CSharp: { } code, Json: { } json } ? new RuleValue(code, json) : null;
        var value = property.Form == ValueForm.Integer ? Literal(draft, property, number) : given ?? Literal(draft, property, letter);
        return value is null ? null : Complete(new SignInRule(property, SignInTest.OneOf) { Values = [value] }, value, given);
    }

    private static SignInRule Complete(SignInRule rule, RuleValue admitted, RuleValue? given) => given switch
    {
        // Without a default, whoever registers may sign in.
        null => rule with { Property = WithDefault(rule.Property, admitted) },
        _ => rule with { ForAdmin = rule.Values.Any(value => value.Json == given.Json) ? null : admitted },
    };

    private static SignInRule Complete(SignInRule rule, string admitted, bool isDefault) => rule.Property.Default is null && !isDefault
        ? rule with { Property = WithDefault(rule.Property, new RuleValue(admitted, admitted)) }
        : rule with { ForAdmin = isDefault ? null : new RuleValue(admitted, admitted) };

    /// <summary>The property with a value that new rows get.</summary>
    public static Property WithDefault(Property property, RuleValue value) => property with
    {
        Default = new PropertyDefault(DefaultKind.Literal) { CSharp = value.CSharp, RequestCSharp = value.CSharp, Json = value.Json },
        RequiredOnCreate = false,
    };

    /// <summary>The values that a column can have, where the schema names them.</summary>
    public static ImmutableArray<RuleValue> KnownValues(Property property) => property.Enum is { } enumeration
        ? [.. enumeration.Members.Select(member => new RuleValue($"{enumeration.Name}.{member.Name}", CSharpText.Json(member.Text)))]
        : [.. property.Rules.Where(rule => rule.Kind == RuleKind.OneOf).SelectMany(rule => rule.Values)];

    /// <summary>A word as a value of the column; null where it is none.</summary>
    public static RuleValue? Literal(ResourceDraft draft, Property property, string text)
    {
        var column = draft.Facts.Find(property.ColumnName)!;
        return ColumnLiterals.Read(new LiteralExpression(LiteralKind.String, text), PropertyTypes.Of(column)!, property.Enum)?.Value;
    }

    private static bool IsDefault(Property property, string json) => property.Default?.Json == json;

    private static string TextOf(RuleValue value) => value.Json.Trim('"');

    private static RuleValue ActiveLike(RuleValue given)
    {
        var text = TextOf(given);
        var word = text.Any(char.IsUpper) && !text.Any(char.IsLower) ? "ACTIVE" : text.Length > 0 && char.IsUpper(text[0]) ? "Active" : "active";
        return new RuleValue(CSharpText.Quote(word), CSharpText.Json(word));
    }
}
