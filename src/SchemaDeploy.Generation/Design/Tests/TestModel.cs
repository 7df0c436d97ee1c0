using System.Collections.Immutable;

namespace SchemaDeploy.Generation.Design.Tests;

/// <summary>What the tests of an application are: every row, request and expectation of them. Whatever prints it decides nothing.</summary>
/// <param name="Api">The application.</param>
/// <param name="Namespace">The C# namespace of the tests.</param>
/// <param name="Resources">One resource a table, in the order of the tables.</param>
public sealed record TestModel(ApiModel Api, string Namespace, ImmutableArray<TestedResource> Resources)
{
    /// <summary>The resource whose rows sign in.</summary>
    public TestedResource Users => Resources.Single(resource => resource.Resource.Names == Api.Users.Names);
}

/// <summary>A resource with the rows that tests make of it and what they expect.</summary>
/// <param name="Resource">The resource.</param>
public sealed record TestedResource(Resource Resource)
{
    /// <summary>How a new row is made; null where no request can make one.</summary>
    public RowPlan? Row { get; init; }

    /// <summary>Whether a list can be asked for a row by its key.</summary>
    public bool IsFoundByKey => Row is not null && Resource.Key is { } key && key.Properties.All(property => property is { Filterable: true, InResponse: true });

    /// <summary>Values that requests must not give.</summary>
    public ImmutableArray<BrokenValue> BrokenValues { get; init; } = [];

    /// <summary>Values of references to rows that there are not.</summary>
    public ImmutableArray<BrokenValue> UnknownReferences { get; init; } = [];

    /// <summary>Sets of fields of which no two rows have the same values.</summary>
    public ImmutableArray<ImmutableArray<Property>> UniqueFields { get; init; } = [];

    /// <summary>Values of new rows that break a rule of the schema, with what clients are told.</summary>
    public ImmutableArray<BrokenRule> BrokenRules { get; init; } = [];

    /// <summary>Values of changes that break one.</summary>
    public ImmutableArray<BrokenRule> BrokenRulesOfChanges { get; init; } = [];

    /// <summary>Values of new rows that a rule of the schema lets nobody delete.</summary>
    public ImmutableArray<BrokenRule> BrokenRulesOfDeletions { get; init; } = [];

    /// <summary>Whether a row that comes again within a window of time is refused for that alone.</summary>
    public bool HasDuplicateWindow { get; init; }

    /// <summary>What people of each kind are answered.</summary>
    public ImmutableArray<Expectations> Expectations { get; init; } = [];

    /// <summary>How the audit log names writes; null where writes are not recorded so that they can be found again.</summary>
    public AuditedWrites? Audit { get; init; }
}

/// <summary>How a new row is made.</summary>
/// <param name="Parents">The rows that it refers to, in the order of their creation.</param>
/// <param name="Values">The fields that a request gives, in the order of the columns.</param>
public sealed record RowPlan(ImmutableArray<ParentRow> Parents, ImmutableArray<FieldValue> Values)
{
    /// <summary>Whether rows belong to somebody.</summary>
    public bool HasOwner { get; init; }

    /// <summary>Whether there can be few rows, because the values of a key are.</summary>
    public bool IsScarce { get; init; }

    /// <summary>The fields whose values differ from row to row and that may be changed.</summary>
    public IEnumerable<FieldValue> Changeable => Values.Where(value => value is { IsVaried: true, Property: { InUpdate: true, InResponse: true } });
}

/// <summary>A row that another refers to.</summary>
/// <param name="Variable">The variable that holds it.</param>
/// <param name="Target">The resource.</param>
/// <param name="IsOwned">Whether it belongs to the owner of the other.</param>
/// <param name="IsShared">Whether others refer to the same row.</param>
public sealed record ParentRow(string Variable, ResourceNames Target, bool IsOwned, bool IsShared);

/// <summary>A field that a request gives.</summary>
/// <param name="Property">The field.</param>
/// <param name="CSharp">The value, over the variables <c>fake</c>, <c>owner</c> and those of the parents.</param>
/// <param name="IsVaried">Whether other rows may have other values.</param>
public sealed record FieldValue(Property Property, string CSharp, bool IsVaried)
{
    /// <summary>Whether another row has hardly ever the same value.</summary>
    public bool IsTelling => IsVaried && Property.Form is not (ValueForm.Boolean or ValueForm.Enum or ValueForm.List)
        && !Property.Rules.Any(rule => rule.Kind is RuleKind.OneOf or RuleKind.SetOf or RuleKind.Matches);

    /// <summary>Whether the field refers to another row, or to the owner.</summary>
    public bool IsReference { get; init; }
}

/// <summary>A value that is refused.</summary>
/// <param name="Property">The field.</param>
/// <param name="CSharp">The value as a C# expression of JSON text.</param>
public sealed record BrokenValue(Property Property, string CSharp);

/// <summary>A value that breaks a rule.</summary>
/// <param name="Value">The value.</param>
/// <param name="Message">What clients are told.</param>
public sealed record BrokenRule(BrokenValue Value, string Message);

/// <summary>What people of one kind are answered: a status code by operation; null where the resource does not have it.</summary>
/// <param name="Caller">The kind of people.</param>
/// <param name="List">For the list.</param>
/// <param name="Get">For a row.</param>
/// <param name="Create">For a new row.</param>
/// <param name="Update">For a change.</param>
/// <param name="Delete">For a deletion.</param>
public sealed record Expectations(CallerKind Caller, int? List, int? Get, int? Create, int? Update, int? Delete)
{
    /// <summary>The role, where the caller is one of a role.</summary>
    public string? Role { get; init; }
}

/// <summary>Kinds of people.</summary>
public enum CallerKind
{
    /// <summary>Whoever has not signed in.</summary>
    Anonymous,

    /// <summary>Somebody who has signed in and has nothing to do with the row.</summary>
    Stranger,

    /// <summary>The owner of the row.</summary>
    Owner,
}

/// <summary>How the audit log names the writes to a resource.</summary>
/// <param name="Log">The resource that is the log.</param>
/// <param name="Key">The column that holds the key of the row.</param>
/// <param name="Subject">The column, and its value, that tells rows of this resource from those of others; null where nothing does.</param>
/// <param name="Action">The column that says what was done.</param>
/// <param name="Actions">Its values in JSON for a creation, a change and a deletion.</param>
public sealed record AuditedWrites(
    Resource Log, Property Key, (Property Property, string Value)? Subject, Property Action, ImmutableArray<string> Actions);
