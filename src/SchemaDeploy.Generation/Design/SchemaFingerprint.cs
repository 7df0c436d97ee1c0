using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Generation.Design;

/// <summary>Tells a schema from others: a hash over all of it but where in the files it stands.</summary>
internal static class SchemaFingerprint
{
    private const int Length = 12;

    public static string Of(DatabaseModel database)
    {
        var json = JsonNode.Parse(DatabaseModelJson.Write(database))!;
        RemoveSources(json);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json.ToJsonString())))[..Length];
    }

    private static void RemoveSources(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            members.Remove("source");
            members.Remove("argumentColumn");
            foreach (var (_, value) in members)
            {
                RemoveSources(value);
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                RemoveSources(item);
            }
        }
    }
}
