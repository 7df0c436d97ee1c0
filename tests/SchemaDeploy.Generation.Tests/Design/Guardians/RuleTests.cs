using System.Collections.Immutable;
using SchemaDeploy.Generation.Design.Guardians;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;
using static SchemaDeploy.Generation.Tests.Design.Schemas;

namespace SchemaDeploy.Generation.Tests.Design.Guardians;

public sealed class RuleTests
{
    private static readonly Table s_users = Table(
        "users", Text("email"), Text("password_hash"), Enum("role", "USER", "STAFF", "ADMIN"));

    private static readonly Table s_things = Table(
        "things",
        Column("owner_id", SqlTypeKind.BigInt),
        Column("quantity"),
        Column("tiny", SqlTypeKind.SmallInt),
        Column("price", SqlTypeKind.Decimal) with { Precision = 10, Scale = 2 },
        Column("discount", SqlTypeKind.Decimal) with { Precision = 10, Scale = 2, Nullable = true },
        Column("weight", SqlTypeKind.Double) with { Nullable = true },
        Text("name"),
        Text("note") with { Nullable = true },
        Enum("status", "DRAFT", "PAID", "SENT"),
        Enum("mood", "GOOD", "BAD") with { Nullable = true },
        Column("active", SqlTypeKind.Boolean),
        Column("checked", SqlTypeKind.Boolean) with { Nullable = true },
        Column("starts_at", SqlTypeKind.Timestamp),
        Column("ends_at", SqlTypeKind.Timestamp) with { Nullable = true },
        Column("due", SqlTypeKind.Date) with { Nullable = true },
        Column("code", SqlTypeKind.Uuid) with { Nullable = true },
        Column("data", SqlTypeKind.Json) with { Nullable = true },
        Column("total", SqlTypeKind.Decimal) with
        {
            Generated = new Generated(new BinaryExpression(
                BinaryOperator.Multiply, Col("price"), Col("quantity")), true),
        },
        Column("place", SqlTypeKind.Spatial) with { Nullable = true }) with
    {
        ForeignKeys = [Reference("owner_id", "users")],
    };

    [Theory]
    [InlineData("quantity >= 1", "thing.Quantity >= 1")]
    [InlineData("1 <= quantity", "thing.Quantity >= 1")]
    [InlineData("quantity between 1 and 100", "thing.Quantity is >= 1 and <= 100")]
    [InlineData("quantity not between 1 and 100", "thing.Quantity is < 1 or > 100")]
    [InlineData("not (quantity between 1 and 100)", "thing.Quantity is < 1 or > 100")]
    [InlineData("discount between 0 and 50", "thing.Discount is null or (>= 0m and <= 50m)")]
    [InlineData("quantity > 0.5", "thing.Quantity > 0.5m")]
    [InlineData("tiny <= 100000", "thing.Tiny <= 100000m")]
    [InlineData("quantity = -1", "thing.Quantity == -1")]
    [InlineData("price <= 99.5", "thing.Price <= 99.5m")]
    [InlineData("weight < 1.5", "thing.Weight is null or < 1.5d")]
    [InlineData("discount < price", "thing.Discount is null || thing.Discount < thing.Price")]
    [InlineData("weight < price", "thing.Weight is null || thing.Weight < (double)thing.Price")]
    [InlineData("status = 'PAID'", "thing.Status == ThingStatus.Paid")]
    [InlineData("status <> 'PAID'", "thing.Status != ThingStatus.Paid")]
    [InlineData("status in ('PAID', 'SENT')", "thing.Status is ThingStatus.Paid or ThingStatus.Sent")]
    [InlineData("status not in ('PAID', 'SENT')", "thing.Status is not (ThingStatus.Paid or ThingStatus.Sent)")]
    [InlineData("mood = 'GOOD'", "thing.Mood is null or ThingMood.Good")]
    [InlineData("mood <> 'GOOD'", "thing.Mood != ThingMood.Good")]
    [InlineData("mood not in ('GOOD')", "thing.Mood != ThingMood.Good")]
    [InlineData("mood is null", "thing.Mood is null")]
    [InlineData("mood is not null", "thing.Mood is not null")]
    [InlineData("not mood is null", "thing.Mood is not null")]
    [InlineData("status is null", "false")]
    [InlineData("status is not null and quantity > 1", "thing.Quantity > 1")]
    [InlineData("active", "thing.Active")]
    [InlineData("not active", "!thing.Active")]
    [InlineData("active = 0", "!thing.Active")]
    [InlineData("active <> false", "thing.Active")]
    [InlineData("checked", "thing.Checked is not false")]
    [InlineData("not checked", "thing.Checked is not true")]
    [InlineData("checked = true", "thing.Checked is not false")]
    [InlineData("quantity > 1 or price > 2 and active", "thing.Quantity > 1 || (thing.Price > 2m && thing.Active)")]
    [InlineData("(quantity > 1 or price > 2) and active", "(thing.Quantity > 1 || thing.Price > 2m) && thing.Active")]
    [InlineData("not (quantity > 1 or note = 'x')", "thing.Quantity <= 1 && thing.Note != \"x\"")]
    [InlineData("note = name", "thing.Note is null || thing.Note == thing.Name")]
    [InlineData("name < 'm'", "string.CompareOrdinal(thing.Name, \"m\") < 0")]
    [InlineData("note < 'm'", "thing.Note is null || string.CompareOrdinal(thing.Note, \"m\") < 0")]
    [InlineData("length(name) >= 3", "thing.Name.CharacterCount() >= 3")]
    [InlineData("length(trim(note)) > 0", "thing.Note is null || thing.Note.Trim(' ').CharacterCount() > 0")]
    [InlineData("lower(name) = name", "thing.Name.ToLowerInvariant() == thing.Name")]
    [InlineData("name like 'A%'", "thing.Name.StartsWith(\"A\", StringComparison.OrdinalIgnoreCase)")]
    [InlineData("note not like '%x%'", "thing.Note is null || !thing.Note.Contains(\"x\", StringComparison.OrdinalIgnoreCase)")]
    [InlineData("name like 'A_%'", "NameRule().IsMatch(thing.Name)")]
    [InlineData("name matches '^[A-Z]+$'", "NameRule().IsMatch(thing.Name)")]
    [InlineData("quantity * price <= 1000", "thing.Quantity * thing.Price <= 1000m")]
    [InlineData("quantity * tiny <= 1000", "(decimal)thing.Quantity * thing.Tiny <= 1000m")]
    [InlineData("quantity + 1 > tiny", "thing.Quantity + 1m > thing.Tiny")]
    [InlineData("(quantity + 1) * price > 5", "(thing.Quantity + 1m) * thing.Price > 5m")]
    [InlineData("price - (discount - 1) > 0", "thing.Discount is null || thing.Price - (thing.Discount - 1m) > 0m")]
    [InlineData("price / quantity > 2", "thing.Quantity == 0 || thing.Price / thing.Quantity > 2m")]
    [InlineData("quantity / 2 > 2", "thing.Quantity / 2m > 2m")]
    [InlineData("quantity % 2 = 0", "thing.Quantity % 2 == 0")]
    [InlineData("coalesce(discount, 0) < price", "(thing.Discount ?? 0m) < thing.Price")]
    [InlineData("coalesce(note, name) = 'x'", "(thing.Note ?? thing.Name) == \"x\"")]
    [InlineData("coalesce(note, 'a') <> trim(note)", "thing.Note is null || (thing.Note ?? \"a\") != thing.Note!.Trim(' ')")]
    [InlineData("abs(discount) < 5", "thing.Discount is null || Math.Abs(thing.Discount.Value) < 5m")]
    [InlineData("round(price, 1) = price", "Math.Round(thing.Price, 1, MidpointRounding.AwayFromZero) == thing.Price")]
    [InlineData("starts_at > now()", "thing.StartsAt > now")]
    [InlineData("starts_at <= current_timestamp + 30d", "thing.StartsAt <= now + TimeSpan.FromDays(30)")]
    [InlineData("ends_at - starts_at <= 90m", "thing.EndsAt is null || thing.EndsAt - thing.StartsAt <= TimeSpan.FromMinutes(90)")]
    [InlineData("ends_at > starts_at", "thing.EndsAt is null || thing.EndsAt > thing.StartsAt")]
    [InlineData("starts_at >= '2024-01-01'", "thing.StartsAt >= new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc)")]
    [InlineData("due > today()", "thing.Due is null || thing.Due > DateOnly.FromDateTime(now)")]
    [InlineData("due <= today() + 14d", "thing.Due is null || thing.Due <= DateOnly.FromDateTime(now).AddDays(14)")]
    [InlineData("due < starts_at", "thing.Due is null || thing.Due.Value.ToDateTime(TimeOnly.MinValue) < thing.StartsAt")]
    [InlineData("due in ('2024-01-01')", "thing.Due is null || thing.Due == new DateOnly(2024, 1, 1)")]
    [InlineData("old.status <> 'SENT'", "old.Status != ThingStatus.Sent")]
    [InlineData("old.status = 'DRAFT' or status = old.status", "old.Status == ThingStatus.Draft || thing.Status == old.Status")]
    [InlineData("caller.role = 'STAFF'", "Caller.IsSystem || Caller.Is(\"STAFF\")")]
    [InlineData("role in ('STAFF', 'ADMIN')", "Caller.IsSystem || Caller.Is(\"STAFF\") || Caller.Is(\"ADMIN\")")]
    [InlineData("owner_id = caller.id", "Caller.IsSystem || thing.OwnerId == Caller.KeyOrNull<long>()")]
    [InlineData("caller.id is not null", "Caller.IsAuthenticated")]
    [InlineData("count(own) < 10", "write.OwnCount < 10")]
    [InlineData("total <= 1000", "thing.Price * thing.Quantity <= 1000m")]
    [InlineData("code is null", "thing.Code is null")]
    [InlineData("true", "true")]
    public void A_condition_is_written_as_a_developer_would(string condition, string csharp) =>
        Assert.Equal(csharp, Assert.Single(RulesOf(condition)).CSharp);

    [Theory]
    [InlineData("", 0, "SD3201", "a condition must follow")]
    [InlineData("quantity >", 10, "SD3201", "a value is expected, not the end")]
    [InlineData("quantity > 1 : oops", 15, "SD3201", "the message behind the colon stands in double quotes")]
    [InlineData("quantity > 1 : \"oops", 15, "SD3201", "the message is never closed")]
    [InlineData("quantity > 1 : \"oops\" and", 22, "SD3201", "nothing can follow the message")]
    [InlineData("updaet: quantity > 1 : \"x\"", 0, "SD3201", "'updaet' is none of create, update and delete. Did you mean 'update'?")]
    [InlineData("create, remove: quantity > 1", 8, "SD3201", "'remove' is none of create, update and delete")]
    [InlineData("price > 1 and quantty > 1", 14, "SD3202", "The rule names 'quantty', which table 'things' does not have. Did you mean 'quantity'?")]
    [InlineData("old.statsu = 'PAID'", 0, "SD3202", "'old.statsu', which table 'things' does not have. Did you mean 'status'?")]
    [InlineData("caller.name = 'x'", 0, "SD3202", "Of the caller there are caller.id and caller.role.")]
    [InlineData("odl.status = 'PAID'", 0, "SD3202", "Did you mean 'old.status'?")]
    [InlineData("status = PAID", 9, "SD3202", "'PAID'")]
    [InlineData("quantity = 'five'", 11, "SD3203", "the text 'five' meets quantity (a number)")]
    [InlineData("name > 5", 7, "SD3203", "the number 5 meets name (text)")]
    [InlineData("quantity > name", 11, "SD3203", "quantity (a number) is compared with name (text)")]
    [InlineData("status > 'PAID'", 9, "SD3203", "status (an enum) can be equal to something or not, but neither less nor greater")]
    [InlineData("status = mood", 9, "SD3203", "status (an enum) is compared with mood (an enum)")]
    [InlineData("quantity = null", 11, "SD3203", "write 'is null' or 'is not null'")]
    [InlineData("quantity", 0, "SD3203", "'quantity' is quantity (a number) where a condition must stand")]
    [InlineData("status = status", 9, "SD3203", "a value is compared with itself")]
    [InlineData("1 < 2", 0, "SD3203", "two constants are compared")]
    [InlineData("(quantity > 1) = active", 1, "SD3203", "is a condition where a value must stand")]
    [InlineData("case when active then 1 else 2 end = 1", 0, "SD3203", "case … end cannot be used")]
    [InlineData("name + 1 > 2", 7, "SD3203", "name (text) + a number has no meaning")]
    [InlineData("due <= today() + 12h", 17, "SD3203", "a date + a length of time has no meaning")]
    [InlineData("quantity / 0 > 1", 11, "SD3203", "nothing can be divided by 0")]
    [InlineData("data = 'x'", 7, "SD3203", "the text 'x' meets data (a JSON document)")]
    [InlineData("length(quantity) > 1", 7, "SD3203", "text of the row is expected, not quantity (a number)")]
    [InlineData("name like quantity", 10, "SD3203", "a pattern is a text in single quotes")]
    [InlineData("name matches '(a)\\1'", 13, "SD3203", "is no regular expression that means the same everywhere")]
    [InlineData("quantity in ()", 0, "SD3201", "a list behind in has at least one value")]
    [InlineData("status = 'PIAD'", 9, "SD3204", "'PIAD' is no value of 'status'. Did you mean 'PAID'?")]
    [InlineData("status in ('PAID', 'LOST')", 19, "SD3204", "'LOST' is no value of 'status'.")]
    [InlineData("starts_at > 'soon'", 12, "SD3204", "'soon' is no value of starts_at (a time)")]
    [InlineData("caller.role = 'STAF'", 14, "SD3204", "'STAF' is no value of caller.role. Did you mean 'STAFF'?")]
    [InlineData("lenght(name) > 1", 0, "SD3205", "Rules have no function 'lenght'. Did you mean 'length'?")]
    [InlineData("soundex(name) = 'x'", 0, "SD3205", "Rules have no function 'soundex'.")]
    [InlineData("id > 5", 0, "SD3206", "the database gives 'id' its value only when a new row is saved")]
    [InlineData("create: old.quantity > 1", 8, "SD3206", "only a row that is changed has old values")]
    [InlineData("place is null", 0, "SD3206", "column 'place' is of a type")]
    [InlineData("count(all) > 1", 0, "SD3203", "count(own), the number of the caller's own rows, is the only count")]
    public void A_mistake_is_told_at_its_place(string rule, int offset, string code, string message)
    {
        var bag = new DiagnosticBag();
        var things = DesignAll(Database(s_users, s_things with { Tags = [Tag("rule", rule)] }), bag).Of("things");

        var error = Assert.Single(bag.ToImmutable(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal((code, Source.Line, Source.Column + "@rule ".Length + offset), (error.Code, error.Span.Line, error.Span.Column));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Empty(things.GuardianRules);
    }

    [Theory]
    [InlineData("quantity > 1", RuleOperations.Create | RuleOperations.Update)]
    [InlineData("old.quantity < quantity", RuleOperations.Update)]
    [InlineData("count(own) < 10", RuleOperations.Create)]
    [InlineData("delete: status <> 'PAID'", RuleOperations.Delete)]
    [InlineData("Create, DELETE : quantity > 1", RuleOperations.Create | RuleOperations.Delete)]
    [InlineData("update: id > 5", RuleOperations.Update)]
    public void What_a_rule_names_says_which_writes_it_judges(string rule, RuleOperations operations) =>
        Assert.Equal(operations, Assert.Single(RulesOf(rule)).Operations);

    [Theory]
    [InlineData("quantity > 1 : \"At least two.\"", "At least two.")]
    [InlineData("quantity > 1:'Say \"two\"'", "Say \"two\"")]
    [InlineData("quantity > 1 : \"Say \"\"two\"\": now\"", "Say \"two\": now")]
    [InlineData("name <> 'a:b' : \"Don't.\"", "Don't.")]
    [InlineData("quantity > 1", "must meet: quantity > 1")]
    public void The_message_stands_behind_a_colon(string rule, string message) =>
        Assert.Equal(message, Assert.Single(RulesOf(rule)).Message);

    [Fact]
    public void A_rule_beside_a_column_is_about_it_and_any_other_about_the_first_that_it_names()
    {
        var price = Column("price") with { Tags = [Tag("rule", "quantity * price < 100")] };
        var table = Table("orders", Column("quantity"), price) with { Tags = [Tag("rule", "price <> quantity"), Tag("rule", "caller.role = 'ADMIN'")] };

        Assert.Equal(["price", null, "price"], DesignOne(table).GuardianRules.Select(rule => rule.Field?.JsonName));
    }

    [Fact]
    public void A_check_that_lists_values_makes_a_column_as_good_as_an_enum()
    {
        var bag = new DiagnosticBag();
        DesignAll(
            Database(Table("orders", Text("state")) with
            {
                Checks = [new Check("ck", new InExpression(Col("state"), [Quoted("open"), Quoted("paid")], false), Source)],
                Tags = [Tag("rule", "state <> 'payd'")],
            }),
            bag);

        Assert.Equal("'payd' is no value of 'state'. Did you mean 'paid'?", Assert.Single(bag.ToImmutable()).Message);
    }

    [Fact]
    public void Without_an_owner_there_is_nothing_to_count()
    {
        var bag = new DiagnosticBag();
        DesignAll(Database(Table("orders", Column("quantity")) with { Tags = [Tag("rule", "count(own) < 5")] }), bag);

        Assert.Contains("table 'orders' has no owner", Assert.Single(bag.ToImmutable()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_without_end_is_an_error_and_no_crash()
    {
        var bag = new DiagnosticBag();
        DesignAll(Database(Table("orders", Column("quantity")) with { Tags = [Tag("rule", new string('(', 3000) + "quantity > 1" + new string(')', 900))] }), bag);
        DesignAll(Database(Table("orders", Column("quantity")) with { Tags = [Tag("rule", string.Concat(Enumerable.Repeat("quantity > 1 and ", 5000)) + "true")] }), bag);

        Assert.Equal(["SD3201", "SD3201"], bag.ToImmutable().Select(diagnostic => diagnostic.Code));
    }

    private static ImmutableArray<GuardianRule> RulesOf(string rule)
    {
        var bag = new DiagnosticBag();
        var rules = DesignAll(Database(s_users, s_things with { Tags = [Tag("rule", rule)] }), bag).Of("things").GuardianRules;
        Assert.False(bag.HasErrors, string.Join('\n', bag.ToImmutable()));
        return rules;
    }
}
