using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design.Sql;

/// <content>Functions of JSON documents and lists.</content>
internal static partial class SqlFunctions
{
    private static void WriteJsonValue(SqlWriter writer, SqlExpression document, string path)
    {
        var pathText = new LiteralExpression(LiteralKind.String, path);
        switch (writer.Database)
        {
            case DatabaseKind.Sqlite when writer.FindColumn(document) is { Type: SqlTypeKind.Json }:
                WriteCall(writer, "json_extract", [document, pathText]);
                break;
            case DatabaseKind.Sqlite:
                // Other text may be no document: then the column's checks are to refuse it, not the function with an error.
                writer.Add("CASE WHEN json_valid(").WriteValue(document);
                writer.Add(") THEN ");
                WriteCall(writer, "json_extract", [document, pathText]);
                writer.Add(" END");
                break;
            case DatabaseKind.MySql:
                writer.Add("json_unquote(");
                WriteCall(writer, "json_extract", [document, pathText]);
                writer.Add(")");
                break;
            case DatabaseKind.SqlServer:
                WriteCall(writer, "json_value", [document, pathText]);
                break;
            case DatabaseKind.PostgreSql when path.StartsWith("$.", StringComparison.Ordinal) && path[2..].All(c => char.IsLetterOrDigit(c) || c is '_' or '.'):
                writer.Add("(CAST(").WriteValue(document);
                writer.Add($" AS jsonb) #>> '{{{path[2..].Replace('.', ',')}}}')");
                break;
            default:
                writer.Fail();
                break;
        }
    }

    // The names of JSON's own types are the same on all databases, if not their case and the kinds of numbers.
    private static void WriteJsonType(SqlWriter writer, SqlExpression document)
    {
        switch (writer.Database)
        {
            case DatabaseKind.Sqlite:
                WriteRenamed("json_type(", ")", ("integer", "number"), ("real", "number"), ("text", "string"), ("true", "boolean"), ("false", "boolean"));
                break;
            case DatabaseKind.MySql:
                WriteRenamed("lower(json_type(", "))", ("integer", "number"), ("unsigned integer", "number"), ("double", "number"), ("decimal", "number"));
                break;
            case DatabaseKind.PostgreSql:
                WriteCall(writer, "jsonb_typeof", [document]);
                break;
            default:
                writer.Fail();
                break;
        }

        void WriteRenamed(string before, string after, params ReadOnlySpan<(string Own, string Neutral)> names)
        {
            void WriteType()
            {
                writer.Add(before).WriteValue(document);
                writer.Add(after);
            }

            writer.Add("CASE ");
            WriteType();
            foreach (var (own, neutral) in names)
            {
                writer.Add($" WHEN '{own}' THEN '{neutral}'");
            }

            writer.Add(" ELSE ");
            WriteType();
            writer.Add(" END");
        }
    }

    private static void WriteListLength(SqlWriter writer, SqlExpression list)
    {
        var isArray = writer.FindColumn(list) is { Type: SqlTypeKind.Array } column && PropertyTypes.Of(column)?.Form == ValueForm.List;
        var name = Choose(writer, "json_array_length", isArray ? "cardinality" : "jsonb_array_length", "json_length", "");
        if (name.Length == 0)
        {
            writer.Fail();
        }
        else
        {
            WriteCall(writer, name, [list]);
        }
    }
}
