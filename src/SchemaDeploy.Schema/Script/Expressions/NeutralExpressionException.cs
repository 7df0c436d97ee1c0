namespace SchemaDeploy.Schema.Script.Expressions;

/// <summary>A text that is no expression of the neutral language.</summary>
public sealed class NeutralExpressionException : FormatException
{
    /// <summary>An error at <paramref name="offset"/> of the text.</summary>
    public NeutralExpressionException(string message, int offset)
        : base(message) => Offset = offset;

    /// <summary>Where in the text, in characters from 0.</summary>
    public int Offset { get; }
}
