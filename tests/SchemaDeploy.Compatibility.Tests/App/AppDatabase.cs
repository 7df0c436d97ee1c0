using System.Globalization;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Samples;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.Compatibility.Tests.App;

/// <summary>A database that an app runs on.</summary>
/// <param name="Provider">The provider as DATABASE_URL and scripts call it.</param>
/// <param name="Server">Where it is.</param>
/// <param name="Url">Its DATABASE_URL.</param>
internal sealed record AppDatabase(string Provider, IDatabaseServer Server, string Url)
{
    /// <summary>Puts a row into the database past the app and past foreign keys; what the server keeps gets a value too.</summary>
    public Task InsertUncheckedAsync(SampleRow row)
    {
        var values = row.Values.ToDictionary(pair => pair.Key.ColumnName, pair => pair.Value.Sql);
        foreach (var property in row.Resource.Properties.Where(property => !property.Nullable))
        {
            object? kept = property.ServerValue switch
            {
                ServerValue.Identity or ServerValue.Version => 1m,
                // Where clients give a password, the server keeps a hash.
                ServerValue.None when !property.InCreate && property.Form == ValueForm.Text => "",
                ServerValue.NowOnCreate or ServerValue.NowOnUpdate => new DateTime(2024, 2, 3, 4, 5, 6, DateTimeKind.Utc),
                _ => null,
            };
            if (kept is not null)
            {
                values[property.ColumnName] = kept;
            }
        }

        return ExecuteUncheckedAsync(
            $"INSERT INTO {Quote(row.Resource.Table)} ({string.Join(", ", values.Keys.Select(Quote))}) VALUES ({string.Join(", ", values.Values.Select(Literal))})");
    }

    /// <summary>Deletes the rows of a table past the app and past foreign keys.</summary>
    public Task DeleteUncheckedAsync(Resource resource) => ExecuteUncheckedAsync($"DELETE FROM {Quote(resource.Table)}");

    private Task<string> ExecuteUncheckedAsync(string sql) => Server.RunSqlAsync(Url, Provider switch
    {
        "postgres" => $"SET session_replication_role = replica; {sql};",
        "mysql" => $"SET foreign_key_checks = 0; SET sql_mode = CONCAT(@@sql_mode, ',NO_BACKSLASH_ESCAPES'); {sql};",
        _ => $"PRAGMA foreign_keys = OFF; {sql};",
    });

    private string Quote(string name) => Provider == "mysql" ? $"`{name}`" : $"\"{name}\"";

    private string Literal(object? value) => value switch
    {
        null => "NULL",
        bool flag => Provider == "postgres" ? (flag ? "true" : "false") : flag ? "1" : "0",
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        DateTime time => string.Create(CultureInfo.InvariantCulture, $"'{time:yyyy-MM-dd HH:mm:ss}'"),
        TimeSpan time => $"'{time:c}'",
        byte[] bytes => Provider == "postgres" ? $"'\\x{Convert.ToHexString(bytes)}'" : $"X'{Convert.ToHexString(bytes)}'",
        _ => $"'{value.ToString()!.Replace("'", "''", StringComparison.Ordinal)}'",
    };
}
