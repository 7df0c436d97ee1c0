using System.Globalization;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Security;
using static SchemaDeploy.Generation.Design.CSharpText;
using static SchemaDeploy.Generation.Rendering.CSharpSource;

namespace SchemaDeploy.Generation.Rendering.Views;

/// <summary>What the template of requests and responses prints.</summary>
internal sealed class ContractsView(ApiModel api, Resource resource) : ResourceView(api, resource)
{
    public IEnumerable<MemberView> ResponseMembers => Resource.Properties
        .Where(property => property.InResponse)
        .Select(property => new MemberView
        {
            Name = property.Name,
            Type = property.ResponseType,
            JsonLiteral = Quote(property.JsonName),
            Summary = SentenceOrNull(property.Comment),
            Initializer = property.ResponseType.EndsWith('?') || property.IsValueType ? "" : property.Form == ValueForm.List ? " = [];" : " = null!;",
        })
        .Concat(Resource.References.Where(reference => reference.Expandable).Select(reference => new MemberView
        {
            Name = reference.Name,
            Type = reference.Target.Response + "?",
            JsonLiteral = Quote(reference.JsonName),
            Summary = $"The {Xml(reference.Target.Singular)} that the row refers to, where <c>expand={Xml(reference.JsonName)}</c> asks for it.",
            IsOptional = true,
        }));

    public IEnumerable<RequestView> Requests
    {
        get
        {
            if (IsWritable)
            {
                yield return new RequestView(
                    Create,
                    $"What clients send to create a row of <c>{TableXml}</c>.",
                    Resource,
                    property => property.InCreate,
                    property => property.RequiredOnCreate || MustNotBecomeNull(property),
                    property => property.Default?.RequestCSharp)
                {
                    Account = IsUsers ? Api.Users : null,
                };

                // Replacing says what every field is to be: nothing fills in for what is absent.
                yield return new RequestView(
                    Update,
                    $"What clients send to replace a row of <c>{TableXml}</c>.",
                    Resource,
                    property => property.InUpdate,
                    property => property.RequiredOnUpdate,
                    _ => null)
                {
                    Account = IsUsers ? Api.Users : null,
                };
            }
        }
    }

    // A literal default fills in for what is absent; an explicit null still breaks NOT NULL.
    private static bool MustNotBecomeNull(Property property) => !property.Nullable && property.Default?.RequestCSharp is not null;
}

/// <summary>A request: its fields and the rules they follow.</summary>
internal sealed class RequestView(
    string name,
    string summary,
    Resource resource,
    Func<Property, bool> isIn,
    Func<Property, bool> isRequired,
    Func<Property, string?> valueWhenAbsent)
{
    private readonly Property[] _properties = [.. resource.RequestProperties.Where(isIn)];

    public string Name => name;

    public string Summary => summary;

    /// <summary>The users table, where the request is about a user.</summary>
    public UserTable? Account { get; init; }

    public string Interfaces => Account is null ? "IValidatable" : "IValidatable, IAccountRequest";

    /// <summary>What signing in reads as the e-mail, where the property is not called so.</summary>
    public string? Email => Account is not { Email: var email } ? null
        : _properties.All(property => property.ColumnName != email.ColumnName) ? "null"
        : email.Name == "Email" ? null : email.Name;

    public IEnumerable<MemberView> Members => _properties.Select(property => new MemberView
    {
        Name = property.Name,
        Type = property.RequestType,
        JsonLiteral = Quote(property.JsonName),
        Summary = SentenceOrNull(property.Comment),
        Initializer = valueWhenAbsent(property) is { } value ? $" = {value};" : "",
    });

    public IEnumerable<PatternView> Patterns => _properties
        .SelectMany(property => property.Rules)
        .Where(rule => rule.Kind == RuleKind.Matches)
        .Select(rule => new PatternView(rule.PatternName!, rule.PatternCSharp!, rule.IgnoreCase));

    public IEnumerable<string> Validation
    {
        get
        {
            foreach (var property in _properties)
            {
                if (isRequired(property))
                {
                    yield return $"validator.Required({Quote(property.JsonName)}, {property.Name});";
                }

                foreach (var rule in property.Rules)
                {
                    yield return $"validator.{Call(property, rule)};";
                }
            }

            foreach (var rule in resource.Rules.Where(rule => isIn(rule.Left) && isIn(rule.Right)))
            {
                yield return $"validator.Check({Quote(rule.Left.JsonName)}, {Holds(rule)}, {Quote($"must be {rule.Words} {rule.Right.JsonName}")});";
            }
        }
    }

    private static string Holds(ComparisonRule rule)
    {
        var (left, right) = (rule.Left.Name, rule.Right.Name);
        return rule.Kind is ComparisonKind.Equal or ComparisonKind.NotEqual || rule.Left.IsValueType
            ? $"{left} is null || {right} is null || {left} {rule.CSharp} {right}"
            : $"{left} is null || {right} is null || string.CompareOrdinal({left}, {right}) {rule.CSharp} 0";
    }

    private static string Call(Property property, PropertyRule rule)
    {
        var field = $"{Quote(property.JsonName)}, {property.Name}";
        var bound = rule.Bound?.CSharp;
        return rule.Kind switch
        {
            RuleKind.Text => $"Text({field})",
            RuleKind.Json => $"Json({field})",
            RuleKind.JsonList => $"JsonList({field})",
            RuleKind.MaxLength => string.Create(CultureInfo.InvariantCulture, $"MaxLength({field}, {rule.Length})"),
            RuleKind.MinLength => string.Create(CultureInfo.InvariantCulture, $"MinLength({field}, {rule.Length})"),
            RuleKind.Minimum => $"Minimum({field}, {bound})",
            RuleKind.Maximum => $"Maximum({field}, {bound})",
            RuleKind.GreaterThan => $"GreaterThan({field}, {bound})",
            RuleKind.LessThan => $"LessThan({field}, {bound})",
            RuleKind.NotEqual => $"NoneOf({field}, {bound})",
            RuleKind.Digits => string.Create(CultureInfo.InvariantCulture, $"Digits({field}, precision: {rule.Precision}, scale: {rule.Scale})"),
            RuleKind.Finite => $"Finite({field})",
            RuleKind.OneOf => $"OneOf({field}, {Values(rule)})",
            RuleKind.NoneOf => $"NoneOf({field}, {Values(rule)})",
            RuleKind.SetOf => $"SetOf({field}, {Values(rule)})",
            RuleKind.Matches => $"Matches({field}, {rule.PatternName}())",
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule.Kind, null),
        };
    }

    private static string Values(PropertyRule rule) => string.Join(", ", rule.Values.Select(value => value.CSharp));
}

/// <summary>A compiled regular expression of a request.</summary>
internal sealed record PatternView(string Name, string Literal, bool IgnoreCase)
{
    public string Options => IgnoreCase ? "RegexOptions.CultureInvariant | RegexOptions.IgnoreCase" : "RegexOptions.CultureInvariant";
}
