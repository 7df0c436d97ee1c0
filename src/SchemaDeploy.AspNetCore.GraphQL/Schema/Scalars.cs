using System.Text.Json;
using GraphQL.Types;
using GraphQLParser.AST;
using SchemaDeploy.AspNetCore.Resources;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>The scalars that schemas have beside those of GraphQL itself.</summary>
internal static class Scalars
{
    /// <summary>GraphQL's own, which shows numbers of single precision in no more digits than they have.</summary>
    public static ScalarGraphType Float => new FloatScalar();

    public static IReadOnlyList<ScalarGraphType> All() =>
    [
        new LongGraphType { Description = null },
        new DecimalGraphType { Description = null },
        new TextScalar("Base64", typeof(byte[]), static text => Convert.TryFromBase64String(text, new byte[text.Length], out _)),
        new TextScalar("Date", typeof(DateOnly), static text => ScalarText.TryParse<DateOnly>(text, out _)),
        new TextScalar("DateTime", typeof(DateTime), static text => ScalarText.TryParse<DateTime>(text, out _)),
        new TextScalar("Duration", typeof(TimeSpan), static text => ScalarText.TryParse<TimeSpan>(text, out _)),
        new JsonScalar(),
        new TextScalar("Time", typeof(TimeOnly), static text => ScalarText.TryParse<TimeOnly>(text, out _)),
        new TextScalar("UUID", typeof(Guid), static text => ScalarText.TryParse<Guid>(text, out _)),
    ];

    /// <summary>A scalar that is text in JSON: read as REST reads it, and handed on as text.</summary>
    private sealed class TextScalar : ScalarGraphType
    {
        private readonly string _form;
        private readonly Func<string, bool> _isValid;

        public TextScalar(string name, Type type, Func<string, bool> isValid) => (Name, _form, _isValid) = (name, ScalarText.Describe(type), isValid);

        public override object? ParseLiteral(GraphQLValue value) => value switch
        {
            GraphQLNullValue => null,
            GraphQLStringValue text => ParseValue(text.Value.ToString()),
            _ => ThrowLiteralConversionError(value, $"It must be {_form}."),
        };

        public override object? ParseValue(object? value) => value switch
        {
            null => null,
            string text when _isValid(text) => text,
            _ => throw new FormatException($"'{value}' is no {Name}: it must be {_form}."),
        };

        public override object? Serialize(object? value) => value;
    }

    private sealed class FloatScalar : FloatGraphType
    {
        public FloatScalar() => Name = "Float";

        public override object? Serialize(object? value) => value is float ? value : base.Serialize(value);
    }

    /// <summary>Any JSON.</summary>
    private sealed class JsonScalar : ScalarGraphType
    {
        public JsonScalar() => Name = "JSON";

        public override object? ParseLiteral(GraphQLValue value) => JsonValues.FromLiteral(value);

        public override object? ParseValue(object? value) => value;

        public override object? Serialize(object? value) => value is JsonElement { ValueKind: JsonValueKind.Null } ? null : value;
    }
}
