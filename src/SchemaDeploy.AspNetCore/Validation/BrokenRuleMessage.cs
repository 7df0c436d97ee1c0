using System.Globalization;
using System.Runtime.CompilerServices;

namespace SchemaDeploy.AspNetCore.Validation;

/// <summary>
/// An interpolated message about a rule. Where the rule holds, as it mostly does, nothing is put together and what
/// stands in the braces is not computed.
/// </summary>
[InterpolatedStringHandler]
public ref struct BrokenRuleMessage
{
    private DefaultInterpolatedStringHandler _text;

    /// <summary>Begins a message; called by the compiler.</summary>
    /// <param name="literalLength">The number of characters outside of braces.</param>
    /// <param name="formattedCount">The number of braces.</param>
    /// <param name="holds">Whether the rule holds.</param>
    /// <param name="isNeeded">Whether the message is needed.</param>
    public BrokenRuleMessage(int literalLength, int formattedCount, bool holds, out bool isNeeded)
    {
        isNeeded = !holds;
        _text = holds ? default : new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture);
    }

    /// <summary>Adds what stands outside of braces.</summary>
    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    /// <summary>Adds what stands in braces.</summary>
    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    internal string Build() => _text.ToStringAndClear();
}
