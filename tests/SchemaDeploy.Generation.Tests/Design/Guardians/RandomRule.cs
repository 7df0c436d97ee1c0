namespace SchemaDeploy.Generation.Tests.Design.Guardians;

/// <summary>Conditions of every kind that fit the types of <see cref="Thing"/>.</summary>
internal sealed class RandomRule(Random random)
{
    public string Condition(int depth) => depth == 0 ? Comparison() : random.Next(4) switch
    {
        0 => $"({Condition(depth - 1)}) and ({Condition(depth - 1)})",
        1 => $"({Condition(depth - 1)}) or ({Condition(depth - 1)})",
        2 => $"not ({Condition(depth - 1)})",
        _ => Comparison(),
    };

    private string Comparison() => random.Next(16) switch
    {
        0 or 1 => $"{Number(2)} {Operator()} {Number(2)}",
        2 => $"{Number(1)} {Operator()} {Constant()}",
        3 => $"{Constant()} {Operator()} {Number(1)}",
        4 => $"{Number(1)} {Not()}between {Any("0", "1", "1.5", "price", "discount")} and {Any("2", "3", "quantity")}",
        5 => $"{Number(0)} {Not()}in ({Constant()}, {Any("0", "3", "discount")})",
        6 => $"{Text()} {Operator()} {Any("'a'", "'B'", "''", Text())}",
        7 => $"{Text()} {Not()}in ('a', {Any("'b'", "name", "note")})",
        8 => $"{Text()} {Not()}like {Any("'a%'", "'%b'", "'%B%'", "'A'", "'_b'", "'%'")}",
        9 => $"{Any("status", "old.status")} {Any("=", "<>")} {Any("'DRAFT'", "'PAID'", "status", "old.status")}",
        10 => $"{Any("status", "old.status")} {Not()}in ('SENT', {Any("'PAID'", "'DRAFT'")})",
        11 => $"{Any("mood", "old.mood")} {Any("=", "<>")} {Any("'GOOD'", "mood", "old.mood")}",
        12 => $"{Any("mood", "old.mood")} {Not()}in ('GOOD'{Any("", ", 'BAD'")})",
        13 => $"{Any("discount", "note", "mood", "checked", "ends_at", "due", "status", "discount + price", "coalesce(discount, weight)")} is {Not()}null",
        14 => Any("active", "checked", "old.checked", "checked = true", "checked <> 1", "active = false", "coalesce(checked, active)"),
        _ => Time(),
    };

    private string Time() => random.Next(4) switch
    {
        0 => $"{Any("starts_at", "ends_at", "old.ends_at", "now()")} {Operator()} {Any("ends_at + 30d", "starts_at - 12h", "now()", "old.ends_at")}",
        1 => $"ends_at - starts_at {Operator()} {Any("30d", "0.5h", "old.ends_at - old.starts_at")}",
        2 => $"{Any("due", "old.due")} {Operator()} {Any("today()", "today() + 30d", "due - 1d", "starts_at", "'2024-01-31'")}",
        _ => $"due - {Any("today()", "old.due")} {Operator()} {Any("1d", "30d")}",
    };

    private string Number(int depth) => depth == 0 || random.Next(2) == 0
        ? Any("quantity", "tiny", "price", "discount", "weight", "old.quantity", "old.discount")
        : random.Next(5) switch
        {
            0 => $"coalesce(discount, {Any("price", "1", "0.5")})",
            1 => $"abs({Number(depth - 1)})",
            2 => $"({Number(depth - 1)} {Any("+", "-", "*")} {Constant()})",
            3 => $"({Number(depth - 1)} {Any("/", "%")} {Number(depth - 1)})",
            _ => $"({Number(depth - 1)} {Any("+", "-", "*")} {Number(depth - 1)})",
        };

    private string Text() => random.Next(3) switch
    {
        0 => "name",
        1 => "note",
        _ => Any("lower(name)", "upper(note)", "coalesce(note, 'a')", "old.note"),
    };

    private string Constant() => Any("0", "1", "2", "0.5", "1.25", "-1", "40000");

    private string Operator() => Any("=", "<>", "<", "<=", ">", ">=");

    private string Not() => random.Next(2) == 0 ? "" : "not ";

    private string Any(params ReadOnlySpan<string> items) => items[random.Next(items.Length)];
}
