using System.Linq.Expressions;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>Finds out whether a condition of a row asks for more than the row itself has.</summary>
internal sealed class ReferenceUse : ExpressionVisitor
{
    private bool _isFound;

    /// <summary>Whether <paramref name="condition"/> follows a reference of the row to another one.</summary>
    public static bool IsIn(LambdaExpression condition)
    {
        var visitor = new ReferenceUse();
        visitor.Visit(condition.Body);
        return visitor._isFound;
    }

    protected override Expression VisitMember(MemberExpression node)
    {
        // What is within a value, such as that of a nullable number, is the row's own.
        _isFound |= node.Expression is MemberExpression { Expression: ParameterExpression, Type.IsValueType: false };
        return base.VisitMember(node);
    }
}
