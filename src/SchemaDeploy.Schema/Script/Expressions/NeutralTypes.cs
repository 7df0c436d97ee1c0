namespace SchemaDeploy.Schema.Script.Expressions;

/// <summary>The spelling of types in the neutral language and in the model file.</summary>
public static class NeutralTypes
{
    /// <summary>The lower-case name of a kind, such as <c>bigint</c>.</summary>
    public static string NameOf(SqlTypeKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The kind of a lower-case name, or null where there is none.</summary>
    public static SqlTypeKind? KindOf(string name) =>
        Enum.TryParse<SqlTypeKind>(name, ignoreCase: true, out var kind) && !char.IsAsciiDigit(name[0]) ? kind : null;

    /// <summary>The type with its length or digits, such as <c>decimal(10,2)</c>.</summary>
    public static string Print(SqlType type)
    {
        var name = NameOf(type.Kind);
        return (type.Length, type.Precision, type.Scale) switch
        {
            ({ } length, _, _) => $"{name}({length})",
            (_, { } precision, { } scale) => $"{name}({precision},{scale})",
            (_, { } precision, _) => $"{name}({precision})",
            _ => name,
        };
    }
}
