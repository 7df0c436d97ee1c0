using System.Globalization;
using SchemaDeploy.AspNetCore.Problems;

namespace SchemaDeploy.AspNetCore.Security;

/// <summary>
/// On whose behalf the work of a scope is done. Within a request it is whoever sent it; code outside of requests, such
/// as a background service, acts for the system, which may do everything.
/// </summary>
public sealed class Caller
{
    private object? _key;

    /// <summary>Whether the application acts for itself.</summary>
    public bool IsSystem { get; private set; } = true;

    /// <summary>Whether a user has signed in.</summary>
    public bool IsAuthenticated => Id is not null;

    /// <summary>The key of the user's row as invariant text; null where nobody has signed in.</summary>
    public string? Id { get; private set; }

    /// <summary>The user's role as the schema writes it; null where the user has none.</summary>
    public string? Role { get; private set; }

    /// <summary>Whether the user may do what any other may.</summary>
    public bool IsAdmin { get; private set; }

    /// <summary>The address that the request came from, trusted proxies left out.</summary>
    public string? Address { get; private set; }

    /// <summary>Whether the user has <paramref name="role"/>, upper and lower case being the same.</summary>
    public bool Is(string role) => string.Equals(Role, role, StringComparison.OrdinalIgnoreCase);

    /// <summary>The key of the user's row.</summary>
    /// <typeparam name="T">The type of the key.</typeparam>
    /// <exception cref="ApiException">401: nobody has signed in.</exception>
    public T Key<T>()
        where T : IParsable<T>
    {
        if (_key is T key)
        {
            return key;
        }

        if (Id is null)
        {
            throw new ApiException(401, "Sign in first: a row of yours is meant.");
        }

        key = T.Parse(Id, CultureInfo.InvariantCulture);
        _key = key;
        return key;
    }

    /// <summary>The key of the user's row, or null where nobody has signed in.</summary>
    /// <typeparam name="T">The type of the key.</typeparam>
    public T? KeyOrNull<T>()
        where T : struct, IParsable<T> => Id is null ? null : Key<T>();

    /// <summary>A request has come in, and nobody has signed in yet.</summary>
    internal void Arrive(string? address)
    {
        IsSystem = false;
        Address = address;
        (Id, Role, IsAdmin, _key) = (null, null, false, null);
    }

    /// <summary>The request's user is known.</summary>
    internal void SignIn(string? id, string? role, bool isAdmin)
    {
        IsSystem = false;
        (Id, Role, IsAdmin, _key) = (id, role, isAdmin, null);
    }
}
