using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace SchemaDeploy.AspNetCore.Auditing;

/// <summary>
/// Each row with its record as one statement of PostgreSQL. EF Core would send two; the database works less on one, which is a
/// transaction in itself.
/// </summary>
internal sealed class StatementInsert : RecordedInsert
{
    // More rows would hold their locks longer and gain little, and a longer message would be copied around for each few of them.
    private const int MostRows = 32, LongestMessage = 32_000;

    // Those of several requests do not wait long for each other's locks, nor for each other where two transactions would do so for ever.
    private const string Patience = "SELECT set_config('lock_timeout', '100ms', true);";

    private readonly TableInsert _row, _record;
    private readonly Message _one;
    private readonly Lazy<Message> _several;

    private StatementInsert(ISqlGenerationHelper sql, TableInsert row, TableInsert record)
    {
        (_row, _record) = (row, record);
        _one = Compose(sql, 1);
        _several = new(() => Compose(sql, Math.Clamp(LongestMessage / _one.Text.Length, 1, MostRows)));
    }

    public override int MostTogether => _several.Value.Ends.Length;

    private int Width => _row.Width + _record.Width;

    /// <summary>The statement for a row and a record; null where one of them is more than a row of one table, or EF Core keeps a part of a record.</summary>
    public static StatementInsert? Of(DbContext context, IEntityType row, IEntityType record) =>
        TableInsert.OfKnown(context, row) is { } rows && TableInsert.OfObjects(context, record) is { } records
            ? new(context.GetService<ISqlGenerationHelper>(), rows, records)
            : null;

    // What names the row, as its record does, is written with it.
    public override bool Accepts(NewRow row) => row.IsKnown && _record.Fits(row.Describe());

    public override async Task ExecuteAsync(DbContext context, IReadOnlyList<NewRow> rows, CancellationToken cancellationToken)
    {
        var (text, names, ends) = rows.Count == 1 ? _one : _several.Value;
        await using var command = context.Database.GetDbConnection().CreateCommand();
        var parameters = new List<DbParameter>(rows.Count * Width);
        foreach (var row in rows)
        {
            _row.Bind(command, names.AsSpan(parameters.Count), _row.Read(row.Entry), parameters);
            _record.Bind(command, names.AsSpan(parameters.Count), _record.Read(row.Record!), parameters);
        }

        await context.Database.ExecuteSqlRawAsync(text[..ends[rows.Count - 1]], parameters, cancellationToken);
    }

    // A statement for each row, which the database has prepared for a row alone: they differ in nothing but what they are given.
    private Message Compose(ISqlGenerationHelper sql, int count)
    {
        var names = sql.ParameterNames(count * Width);
        var text = new StringBuilder(count > 1 ? Patience : "");
        var ends = new int[count];
        for (var i = 0; i < count; i++)
        {
            var values = names.AsSpan(i * Width, Width);
            text.Append(CultureInfo.InvariantCulture, $"WITH written AS ({_row.Text(values[.._row.Width])}) {_record.Text(values[_row.Width..])};");
            ends[i] = text.Length;
        }

        return new(text.ToString(), names, ends);
    }

    // Ends: of what is written of the first rows, by their number less one.
    private sealed record Message(string Text, string[] Parameters, int[] Ends);
}
