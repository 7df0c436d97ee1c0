using System.Globalization;
using SchemaDeploy.AspNetCore.Monitoring;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.Validation;

namespace SchemaDeploy.AspNetCore.Guardians;

/// <summary>The rules that the writes of a request break, all of which the client learns at once.</summary>
internal sealed class Refusals
{
    private readonly Dictionary<string, List<string>> _errors = new(StringComparer.Ordinal);
    private readonly List<string> _messages = [];

    /// <summary>Adds a message.</summary>
    /// <param name="position">The place of the row in its batch; null where it is alone.</param>
    /// <param name="field">The JSON name of the field to blame; null for none.</param>
    /// <param name="message">What is wrong.</param>
    public void Add(int? position, string? field, string message)
    {
        if (!_messages.Contains(message))
        {
            _messages.Add(message);
        }

        if (NameOf(position, field) is not { } name)
        {
            return;
        }

        if (!_errors.TryGetValue(name, out var messages))
        {
            _errors.Add(name, messages = []);
        }

        messages.Add(message);
    }

    /// <summary>Refuses the request where a rule is broken.</summary>
    /// <exception cref="ApiException">422.</exception>
    public void ThrowIfAny()
    {
        if (_messages.Count > 0)
        {
            throw new ApiException(422, string.Join(' ', _messages), _errors.ToDictionary(error => error.Key, error => error.Value.ToArray()))
            {
                Reason = RefusalReason.Rule,
            };
        }
    }

    /// <summary>The name that a message is filed under.</summary>
    public static string? NameOf(int? position, string? field) => (position, field) switch
    {
        ({ } index, { } name) => Validator.PrefixOf(index) + name,
        ({ } index, null) => string.Create(CultureInfo.InvariantCulture, $"[{index}]"),
        _ => field,
    };
}
