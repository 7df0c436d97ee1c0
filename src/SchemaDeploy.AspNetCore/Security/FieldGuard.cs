using SchemaDeploy.AspNetCore.Problems;

namespace SchemaDeploy.AspNetCore.Security;

/// <summary>Refuses, by name, what only ADMIN may set: it is asked when somebody else writes.</summary>
public sealed class FieldGuard
{
    private readonly string _prefix;
    private readonly Dictionary<string, string[]> _refused = new(StringComparer.Ordinal);

    internal FieldGuard(string prefix) => _prefix = prefix;

    /// <summary>The field may not be given.</summary>
    public void Absent<T>(string field, T? value)
    {
        if (value is not null)
        {
            Refuse(field);
        }
    }

    /// <summary>The field may be given only with the value that it would have anyhow.</summary>
    public void Unchanged<T>(string field, T present, T requested)
    {
        if (!EqualityComparer<T>.Default.Equals(present, requested))
        {
            Refuse(field);
        }
    }

    /// <summary>Ends the request where a field was refused.</summary>
    /// <exception cref="ApiException">403.</exception>
    internal void ThrowIfRefused()
    {
        if (_refused.Count > 0)
        {
            throw new ApiException(403, "Some fields may be set by ADMIN only.", _refused);
        }
    }

    private void Refuse(string field) => _refused[_prefix + field] = ["may be set by ADMIN only"];
}
