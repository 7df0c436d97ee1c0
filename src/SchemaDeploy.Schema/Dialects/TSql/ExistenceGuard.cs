using Dom = Microsoft.SqlServer.TransactSql.ScriptDom;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>What an IF around a statement asks of the database.</summary>
internal enum ExistenceGuard
{
    /// <summary>Nothing that concerns the schema.</summary>
    None,

    /// <summary>That something is not there yet.</summary>
    IfNotExists,

    /// <summary>That something is there.</summary>
    IfExists,
}

/// <summary>Reads the conditions scripts put around their statements.</summary>
internal static class ExistenceGuards
{
    /// <summary>What the condition asks.</summary>
    public static ExistenceGuard Of(Dom.BooleanExpression condition)
    {
        switch (condition)
        {
            case Dom.BooleanParenthesisExpression parenthesis:
                return Of(parenthesis.Expression);
            case Dom.BooleanNotExpression not:
                return Opposite(Of(not.Expression));
            case Dom.ExistsPredicate:
                return ExistenceGuard.IfExists;
            case Dom.BooleanIsNullExpression isNull when AsksTheCatalog(isNull.Expression):
                return isNull.IsNot ? ExistenceGuard.IfExists : ExistenceGuard.IfNotExists;
            case Dom.BooleanBinaryExpression binary:
                // The parts of a compound condition mostly ask the same; the first that asks decides.
                var first = Of(binary.FirstExpression);
                return first == ExistenceGuard.None ? Of(binary.SecondExpression) : first;
            case Dom.BooleanComparisonExpression { SecondExpression: Dom.IntegerLiteral { Value: "0" } } comparison
                when AsksTheCatalog(comparison.FirstExpression):
                return comparison.ComparisonType == Dom.BooleanComparisonType.Equals ? ExistenceGuard.IfNotExists : ExistenceGuard.IfExists;
            default:
                return ExistenceGuard.None;
        }
    }

    /// <summary>What the ELSE of such a condition knows.</summary>
    public static ExistenceGuard Opposite(ExistenceGuard guard) => guard switch
    {
        ExistenceGuard.IfExists => ExistenceGuard.IfNotExists,
        ExistenceGuard.IfNotExists => ExistenceGuard.IfExists,
        _ => ExistenceGuard.None,
    };

    private static bool AsksTheCatalog(Dom.ScalarExpression expression) => expression switch
    {
        Dom.ParenthesisExpression parenthesis => AsksTheCatalog(parenthesis.Expression),
        Dom.ScalarSubquery => true,
        Dom.FunctionCall call => call.FunctionName.Value.ToUpperInvariant() is
            "OBJECT_ID" or "COL_LENGTH" or "SCHEMA_ID" or "TYPE_ID" or "INDEXPROPERTY" or "COLUMNPROPERTY" or "OBJECTPROPERTY" or "DB_ID"
            or "ISNULL",
        _ => false,
    };
}
