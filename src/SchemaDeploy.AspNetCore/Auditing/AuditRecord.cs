using System.Globalization;

namespace SchemaDeploy.AspNetCore.Auditing;

/// <summary>One write: who did what to which row, from where and when. The audit log keeps a row of each.</summary>
public sealed record AuditRecord
{
    /// <summary>What was done.</summary>
    public required AuditAction Action { get; init; }

    /// <summary>What the row is, in the singular, such as <c>order_line</c>.</summary>
    public required string Entity { get; init; }

    /// <summary>The table of the row.</summary>
    public required string Table { get; init; }

    /// <summary>The row's key as text; the parts of a composite key are separated by slashes, as in paths.</summary>
    public required string Key { get; init; }

    /// <summary>The fields before, as a JSON object: all of a deleted row, those that changed of a changed one; null for a new row.</summary>
    public string? OldValues { get; init; }

    /// <summary>The fields after, as a JSON object: all of a new row, those that changed of a changed one; null for a deleted row.</summary>
    public string? NewValues { get; init; }

    /// <summary>The user's key as text; null where nobody had signed in.</summary>
    public string? UserId { get; init; }

    /// <summary>The user's key, or in a word who else acted: <c>system</c> for the application itself, <c>anonymous</c> for a client who had not signed in.</summary>
    public required string Actor { get; init; }

    /// <summary>The user's role.</summary>
    public string? Role { get; init; }

    /// <summary>The address that the request came from; null outside of requests.</summary>
    public string? Address { get; init; }

    /// <summary>The User-Agent of the request.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The trace of the request, as the server's log names it.</summary>
    public string? TraceId { get; init; }

    /// <summary>When, in UTC.</summary>
    public required DateTime Time { get; init; }

    /// <summary>CREATE, UPDATE or DELETE.</summary>
    public string ActionText => Action switch
    {
        AuditAction.Create => "CREATE",
        AuditAction.Update => "UPDATE",
        _ => "DELETE",
    };

    /// <summary>What was done to what, such as <c>CREATE_ORDER_LINE</c>.</summary>
    public string Event => $"{ActionText}_{Entity.ToUpperInvariant()}";

    /// <summary>Old and new values as one JSON object with the members <c>old</c> and <c>new</c>.</summary>
    public string Changes => $$"""{"old":{{OldValues ?? "null"}},"new":{{NewValues ?? "null"}}}""";

    /// <summary>The row's key as a column of type <typeparamref name="T"/> holds it; null where the key is no such value.</summary>
    public T? KeyAs<T>()
        where T : struct, IParsable<T> => As<T>(Key);

    /// <summary>The user's key as a column of type <typeparamref name="T"/> holds it; null where it is no such value.</summary>
    public T? UserIdAs<T>()
        where T : struct, IParsable<T> => As<T>(UserId);

    private static T? As<T>(string? text)
        where T : struct, IParsable<T> => T.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null;
}
