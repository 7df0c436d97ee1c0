using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>
/// Takes casts of text to text out of expressions. PostgreSQL's dumps print one wherever a varchar or an enum is compared
/// or handed to a function; what the text is does not change by it.
/// </summary>
internal static class TextCasts
{
    public static void Remove(FoldedTable table) => ColumnReferences.RewriteExpressions(table, e =>
        e is CastExpression { Value: ColumnExpression column, Type: { Kind: SqlTypeKind.Text or SqlTypeKind.VarChar, Length: null } }
        && table.Find(column.Name)?.Definition.Type?.Kind is SqlTypeKind.Char or SqlTypeKind.VarChar or SqlTypeKind.Text or SqlTypeKind.Enum
            ? column
            : e);
}
