namespace SchemaDeploy.Generation.Tests.Design.Guardians;

public enum ThingStatus
{
    Draft,
    Paid,
    Sent,
}

public enum ThingMood
{
    Good,
    Bad,
}

/// <summary>A row of <see cref="RuleVerdictTests"/> as its entity holds it.</summary>
public sealed record Thing
{
    public int Quantity { get; init; }

    public short Tiny { get; init; }

    public decimal Price { get; init; }

    public decimal? Discount { get; init; }

    public double? Weight { get; init; }

    public string Name { get; init; } = "";

    public string? Note { get; init; }

    public ThingStatus Status { get; init; }

    public ThingMood? Mood { get; init; }

    public bool Active { get; init; }

    public bool? Checked { get; init; }

    public DateTime StartsAt { get; init; }

    public DateTime? EndsAt { get; init; }

    public DateOnly? Due { get; init; }

    /// <summary>The value of a column as SQL sees it: numbers are decimals or doubles, enums text.</summary>
    public object? this[string column] => column switch
    {
        "quantity" => (decimal)Quantity,
        "tiny" => (decimal)Tiny,
        "price" => Price,
        "discount" => Discount,
        "weight" => Weight,
        "name" => Name,
        "note" => Note,
        "status" => Status.ToString().ToUpperInvariant(),
        "mood" => Mood?.ToString().ToUpperInvariant(),
        "active" => Active,
        "checked" => Checked,
        "starts_at" => StartsAt,
        "ends_at" => EndsAt,
        "due" => Due,
        _ => throw new ArgumentOutOfRangeException(nameof(column), column, null),
    };

    /// <summary>A row of values that meet borders and nulls often.</summary>
    public static Thing Any(Random random)
    {
        string[] texts = ["a", "A", "ab", "b", "Ä", ""];
        DateTime[] times = [new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc), new(2024, 1, 31, 0, 0, 0, DateTimeKind.Utc), new(2024, 6, 1, 12, 0, 0, DateTimeKind.Utc)];
        return new Thing
        {
            Quantity = random.Next(-1, 5),
            Tiny = (short)random.Next(0, 4),
            Price = random.Next(0, 8) / 2m,
            Discount = random.Next(3) == 0 ? null : random.Next(-2, 8) / 2m,
            Weight = random.Next(3) == 0 ? null : random.Next(0, 8) / 2d,
            Name = texts[random.Next(texts.Length)],
            Note = random.Next(3) == 0 ? null : texts[random.Next(texts.Length)],
            Status = (ThingStatus)random.Next(3),
            Mood = random.Next(3) == 0 ? null : (ThingMood)random.Next(2),
            Active = random.Next(2) == 0,
            Checked = random.Next(3) == 0 ? null : random.Next(2) == 0,
            StartsAt = times[random.Next(times.Length)],
            EndsAt = random.Next(3) == 0 ? null : times[random.Next(times.Length)],
            Due = random.Next(3) == 0 ? null : DateOnly.FromDateTime(times[random.Next(times.Length)]),
        };
    }
}
