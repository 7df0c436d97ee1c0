using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using static SchemaDeploy.Generation.Tests.Design.Schemas;

namespace SchemaDeploy.Generation.Tests.Rendering;

/// <summary>
/// What a table more adds to the code that is compiled with every build, and to the program. Whoever changes the templates so that
/// it grows past the bound decides it here.
/// </summary>
public sealed class CodeSizeTests
{
    private const int Tables = 10;

    [Theory]
    [InlineData(new[] { ApiKind.Rest }, 17_400)]
    [InlineData(new[] { ApiKind.Rest, ApiKind.GraphQL }, 19_000)]
    public void A_table_of_ten_columns_adds_no_more_code_than_was_agreed(ApiKind[] apis, int bytes)
    {
        var added = (SizeOf(2 * Tables, apis) - SizeOf(Tables, apis)) / Tables;

        Assert.True(added <= bytes, $"A table adds {added} bytes of C#, and may add {bytes}.");
        // A bound that is far off would let it grow unseen.
        Assert.True(added >= bytes * 0.9, $"A table adds {added} bytes of C#: lower the bound of {bytes}.");
    }

    private static int SizeOf(int tables, ApiKind[] apis)
    {
        var bag = new DiagnosticBag();
        var options = new DesignOptions { Namespace = "Sized", Title = "Sized", AllowUnindexed = true, Apis = [.. apis] };
        using var openApi = new MemoryStream();
        var size = ApplicationGenerator.Generate(Database([.. Enumerable.Range(0, tables).Select(Item)]), options, null, openApi, bag)
            .Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal))
            .Sum(file => file.Text.Length);
        Assert.False(bag.HasErrors, string.Join('\n', bag.ToImmutable()));
        return size;
    }

    // Each refers to the one before.
    private static Table Item(int number)
    {
        var table = Table(
            $"items{number:D2}",
            Column("parent_id", SqlTypeKind.BigInt), Text("name"), Text("label") with { Nullable = true }, Column("amount", SqlTypeKind.Int),
            Column("is_open", SqlTypeKind.Boolean), Column("day", SqlTypeKind.Date), Column("changed_at", SqlTypeKind.Timestamp) with { Nullable = true },
            Enum("state", "NEW", "DONE"), Column("details", SqlTypeKind.Json) with { Nullable = true });
        return number == 0 ? table : table with { ForeignKeys = [Reference("parent_id", $"items{number - 1:D2}")] };
    }
}
