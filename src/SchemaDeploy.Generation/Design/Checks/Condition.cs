using System.Collections.Immutable;

namespace SchemaDeploy.Generation.Design.Checks;

/// <summary>A condition of a check in the form of rules.</summary>
internal abstract record Condition;

/// <summary>A condition on one column.</summary>
internal sealed record ColumnCondition(string Column, ImmutableArray<PropertyRule> Rules) : Condition;

/// <summary>A condition on two columns of one row.</summary>
internal sealed record ComparedColumns(string Left, ComparisonKind Kind, string Right) : Condition;
