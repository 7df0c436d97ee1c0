using System.Diagnostics.CodeAnalysis;
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
    /// <exception cref="ApiException">401: nobody has signed in; 422: the caller is no row of the users.</exception>
    public T Key<T>()
        where T : IParsable<T>
    {
        if (TryGetKey<T>(out var key))
        {
            return key;
        }

        throw Id is null && !IsAdmin
            ? new ApiException(401, "Sign in first: a row of yours is meant.")
            : new ApiException(422, "Your account is no row of the users, so nothing can belong to it. Name the owner.");
    }

    /// <summary>The key of the user's row, or null where nobody has signed in or the caller is no row of the users.</summary>
    /// <typeparam name="T">The type of the key.</typeparam>
    public T? KeyOrNull<T>()
        where T : struct, IParsable<T> => TryGetKey<T>(out var key) ? key : null;

    // An administrator may have an account of the library's own, whose key is of another type.
    private bool TryGetKey<T>([NotNullWhen(true)] out T? key)
        where T : IParsable<T>
    {
        if (_key is T known)
        {
            key = known;
            return true;
        }

        if (Id is null || !T.TryParse(Id, CultureInfo.InvariantCulture, out key))
        {
            key = default;
            return false;
        }

        _key = key;
        return true;
    }

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
