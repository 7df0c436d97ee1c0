namespace SchemaDeploy.AspNetCore.Security;

/// <summary>The claims by which authentication, the library's or the application's own, says who the caller is.</summary>
public static class CallerClaims
{
    /// <summary>The key of the user's row as invariant text.</summary>
    public const string Key = "sub";

    /// <summary>The user's role as the schema writes it.</summary>
    public const string Role = "role";

    /// <summary>With the value <c>true</c>: the user may do what any other may.</summary>
    public const string Admin = "admin";
}
