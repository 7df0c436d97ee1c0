using System.Data.Common;
using System.Globalization;
using System.Text;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.AspNetCore.Tests.Migrations;

/// <summary>
/// Random pairs of schemas: a database with rows is brought from one to the other. Then it is as one that was made by
/// the other, what both can hold is there, and what went was announced; or the migration is refused and nothing changed.
/// <c>SCHEMADEPLOY_MIGRATIONS</c> is the number of pairs for each database.
/// </summary>
[Trait("Category", "Integration")]
public sealed class RandomMigrationTests
{
    private const int Rows = 5;

    private static readonly int s_pairs = int.Parse(Environment.GetEnvironmentVariable("SCHEMADEPLOY_MIGRATIONS") ?? "8", CultureInfo.InvariantCulture);

    [Fact]
    public async Task On_Sqlite() => await RunAsync(SharedServers.Sqlite());

    [Fact]
    public async Task On_PostgreSql() => await RunAsync(await SharedServers.PostgreSqlAsync());

    [Fact]
    public async Task On_MariaDb() => await RunAsync(await SharedServers.MariaDbAsync());

    private static async Task RunAsync(IDatabaseServer server)
    {
        var carriedOut = 0;
        for (var seed = 1; seed <= s_pairs; seed++)
        {
            try
            {
                carriedOut += await TryAsync(server, new Random(seed)) ? 1 : 0;
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {seed}: {exception.Message}", exception);
            }
        }

        TestContext.Current.SendDiagnosticMessage($"{carriedOut} of {s_pairs} migrations were carried out, the others refused.");
        Assert.InRange(carriedOut, s_pairs / 4, s_pairs);
    }

    private static async Task<bool> TryAsync(IDatabaseServer server, Random random)
    {
        var before = RandomSchema.Of(random);
        var after = before.Mutate(random);
        var url = await server.CreateDatabaseAsync();
        await EvolvingContext.MigrateAsync(url, before.Build);
        await FillAsync(server, url, before, random);
        var (structure, values) = (await Structure.OfAsync(url), await ValuesAsync(url, before));
        var goes = Goes(before, after, values);
        try
        {
            await EvolvingContext.MigrateAsync(url, after.Build);
            Assert.False(goes, "Values went unannounced.");
        }
        catch (StartupException exception)
        {
            Assert.Equal(structure, await Structure.OfAsync(url));
            Assert.Equal(values, await ValuesAsync(url, before));
            if (!exception.Message.StartsWith("SD4102", StringComparison.Ordinal))
            {
                Assert.Matches("^SD410[45]", exception.Message);
                await server.DropDatabaseAsync(url);
                return false;
            }

            Assert.True(goes, exception.Message);
            await EvolvingContext.MigrateAsync(url, after.Build, allowDataLoss: true);
        }

        var fresh = await server.CreateDatabaseAsync();
        await EvolvingContext.MigrateAsync(fresh, after.Build);
        Assert.Equal(await Structure.OfAsync(fresh), await Structure.OfAsync(url));
        Assert.Null(await EvolvingContext.CheckAsync(url, after.Build));
        var kept = await ValuesAsync(url, after);
        foreach (var (table, column, old, oldColumn) in Pairs(before, after).Where(pair => CanKeep(pair.OldColumn, pair.Column)))
        {
            Assert.Equal(values[(old, oldColumn.Name)], kept[(table, column.Name)]);
        }

        await server.DropDatabaseAsync(fresh);
        await server.DropDatabaseAsync(url);
        return true;
    }

    private static IEnumerable<(string Table, RandomColumn Column, string Old, RandomColumn OldColumn)> Pairs(RandomSchema before, RandomSchema after) =>
        from table in after.Tables
        from old in before.Tables
        where old.Name == (table.OldName ?? table.Name)
        from column in table.Columns
        from oldColumn in old.Columns
        where oldColumn.Name == (column.OldName ?? column.Name)
        select (table.Name, column, old.Name, oldColumn);

    // Computed values are not kept but computed.
    private static bool CanKeep(RandomColumn before, RandomColumn after) => before.Computed is null && after.Computed is null
        && (before.Kind == after.Kind || (IsText(before) && IsText(after)) || (before.IsWhole && (after.IsWhole || after.Kind is Kind.Decimal or Kind.Double || IsText(after)))
            || (before.Kind == Kind.Decimal && after.IsWhole));

    private static bool IsText(RandomColumn column) => column.Kind is Kind.Text or Kind.LongText;

    private static bool Goes(RandomSchema before, RandomSchema after, Dictionary<(string Table, string Column), string> values)
    {
        var kept = Pairs(before, after).Where(pair => CanKeep(pair.OldColumn, pair.Column)).Select(pair => (pair.Old, pair.OldColumn.Name)).ToHashSet();
        return before.Tables.Any(table => !after.Tables.Any(other => (other.OldName ?? other.Name) == table.Name)
            || table.Columns.Any(column => column.Computed is null && !kept.Contains((table.Name, column.Name)) && values[(table.Name, column.Name)].Split('|').Any(value => value != "NULL")));
    }

    private static async Task FillAsync(IDatabaseServer server, string url, RandomSchema schema, Random random)
    {
        var sql = new StringBuilder();
        foreach (var table in schema.Tables)
        {
            var columns = table.Columns.Where(column => column.Computed is null).ToList();
            for (var row = 1; row <= Rows; row++)
            {
                var values = columns.Select(column => table.References.Any(key => key.Column == column.Name) ? $"{random.Next(1, Rows + 1)}" : Literal(column, random));
                sql.Append(CultureInfo.InvariantCulture, $"INSERT INTO {table.Name} (id, {string.Join(", ", columns.Select(column => column.Name))}) VALUES ({row}, {string.Join(", ", values)});\n");
            }
        }

        await server.RunSqlAsync(url, sql.ToString());
    }

    private static string Literal(RandomColumn column, Random random) => column.Nullable && random.Next(4) == 0 ? "NULL" : column.Kind switch
    {
        Kind.Short => $"{random.Next(-1000, 1000)}",
        Kind.Int => $"{random.Next(-50_000, 50_000)}",
        Kind.Long => $"{random.Next(3) switch { 0 => random.NextInt64(long.MinValue / 2, long.MaxValue / 2), _ => random.Next(-100, 100) }}",
        Kind.Decimal => string.Create(CultureInfo.InvariantCulture, $"{random.Next(-9999, 9999) / (random.Next(2) == 0 ? 100m : 1m):0.##}"),
        Kind.Double => string.Create(CultureInfo.InvariantCulture, $"{random.Next(-9999, 9999) / 8.0:0.###}"),
        Kind.Bool => random.Next(2) == 0 ? "TRUE" : "FALSE",
        Kind.Date => $"'20{random.Next(10, 30)}-0{random.Next(1, 10)}-1{random.Next(10)}'",
        Kind.Guid => $"'{new Guid([.. Enumerable.Range(0, 16).Select(_ => (byte)random.Next(256))])}'",
        _ => $"'{new string((char)random.Next('a', 'z'), random.Next(1, Math.Min(column.Size, 12)))}'",
    };

    private static async Task<Dictionary<(string Table, string Column), string>> ValuesAsync(string url, RandomSchema schema)
    {
        await using var connection = await Structure.OpenAsync(url);
        var values = new Dictionary<(string, string), string>();
        foreach (var table in schema.Tables)
        {
            foreach (var column in table.Columns)
            {
                await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The names are the test's own.
                command.CommandText = $"SELECT {column.Name} FROM {table.Name} ORDER BY id";
#pragma warning restore CA2100
                await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
                var texts = new List<string>();
                while (await reader.ReadAsync(TestContext.Current.CancellationToken))
                {
                    texts.Add(TextOf(reader));
                }

                values[(table.Name, column.Name)] = string.Join('|', texts);
            }
        }

        return values;
    }

    // Numbers are the same however they are written.
    private static string TextOf(DbDataReader reader)
    {
        var text = reader.IsDBNull(0) ? "NULL" : Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!;
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number.ToString("0.############################", CultureInfo.InvariantCulture) : text;
    }
}
