using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace SchemaDeploy.AspNetCore.Tests.App;

/// <summary>Databases that refuse what a test wants them to.</summary>
internal static class Refusals
{
    /// <summary>Makes the database refuse rows that have the value, until the result is disposed.</summary>
    public static async Task<IAsyncDisposable> RefuseAsync(this RunningApp app, string table, string column, string value)
    {
        var name = $"refuse_{Guid.NewGuid():N}";
        await using var scope = app.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var quoted = database.GetService<ISqlGenerationHelper>().DelimitIdentifier(column);
        if (!database.Database.IsSqlite())
        {
            await app.ExecuteAsync($"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({quoted} <> '{value}')");
            return new End(() => app.ExecuteAsync($"ALTER TABLE {table} DROP CONSTRAINT {name}"));
        }

        // SQLite adds no checks to a table that is there.
        string Trigger(string on) => $"CREATE TRIGGER {name}_{on} BEFORE {on} ON {table} WHEN CAST(NEW.{quoted} AS TEXT) = '{value}' BEGIN SELECT RAISE(ABORT, 'refused'); END;";
        await app.ExecuteAsync(Trigger("INSERT") + Trigger("UPDATE"));
        return new End(() => app.ExecuteAsync($"DROP TRIGGER {name}_INSERT; DROP TRIGGER {name}_UPDATE;"));
    }

    private static async Task ExecuteAsync(this RunningApp app, string sql)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AppDbContext>().Database.ExecuteSqlRawAsync(sql, TestContext.Current.CancellationToken);
    }

    private sealed class End(Func<Task> end) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await end();
    }
}
