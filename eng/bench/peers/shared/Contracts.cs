using System.Text.Json;
using System.Text.Json.Serialization;

namespace Peers;

/// <summary>An item as clients see it.</summary>
internal sealed record ItemResponse(long Id, string Uuid, long OwnerId, string ItemType, int Quantity, decimal? Value, JsonElement? Metadata, DateTime? CreatedAt);

/// <summary>A page of items.</summary>
internal sealed record ItemPage(IReadOnlyList<ItemResponse> Items, string? Next, string? Previous);

/// <summary>What a client sends for a new item.</summary>
internal sealed record ItemCreate(string? ItemType, int? Quantity, decimal? Value, JsonElement? Metadata)
{
    /// <summary>What is wrong with it, by field.</summary>
    public Dictionary<string, string[]> Problems()
    {
        var problems = new Dictionary<string, string[]>();
        if (string.IsNullOrEmpty(ItemType))
        {
            problems["item_type"] = ["is required"];
        }
        else if (ItemType.Length > 50)
        {
            problems["item_type"] = ["has more than 50 characters"];
        }

        if (Value is { } value && (decimal.Round(value, 2) != value || Math.Abs(value) >= 100_000_000m))
        {
            problems["value"] = ["has more than 10 digits, or more than 2 behind the point"];
        }

        return problems;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ItemResponse))]
[JsonSerializable(typeof(ItemPage))]
[JsonSerializable(typeof(ItemCreate))]
[JsonSerializable(typeof(Microsoft.AspNetCore.Http.HttpValidationProblemDetails))]
[JsonSerializable(typeof(Microsoft.AspNetCore.Mvc.ProblemDetails))]
internal sealed partial class PeerJson : JsonSerializerContext;
