using Dom = Microsoft.SqlServer.TransactSql.ScriptDom;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>Where a sequence begins that does not say: at the end of its type's range that it counts away from.</summary>
internal static class SequenceLimits
{
    /// <summary>The first number of a sequence of the type, bigint where none is given.</summary>
    public static long FirstOf(Dom.DataTypeReference? type, bool descending) =>
        (type as Dom.SqlDataTypeReference)?.SqlDataTypeOption switch
        {
            Dom.SqlDataTypeOption.TinyInt => descending ? byte.MaxValue : byte.MinValue,
            Dom.SqlDataTypeOption.SmallInt => descending ? short.MaxValue : short.MinValue,
            Dom.SqlDataTypeOption.Int => descending ? int.MaxValue : int.MinValue,
            _ => descending ? long.MaxValue : long.MinValue,
        };
}
