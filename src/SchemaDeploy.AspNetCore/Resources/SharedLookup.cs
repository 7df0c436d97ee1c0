using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>
/// Finds rows by their keys, by one statement for all who ask while the processors are busy with others: under load the way to
/// the database and back costs more than the row. Nobody waits for a statement that has been sent, and who asks alone is left to it.
/// </summary>
internal sealed class SharedLookup<TEntity, TKey>
    where TEntity : class
    where TKey : notnull
{
    private readonly SharedContexts _contexts;
    private readonly RowsByKey<TEntity, TKey> _rows;
    private readonly Gathering<Question> _questions;

    private SharedLookup(SharedContexts contexts, RowsByKey<TEntity, TKey> rows) =>
        (_contexts, _rows, _questions) = (contexts, rows, new(AnswerAsync));

    /// <summary>The lookup of <paramref name="rows"/> for whoever works with <paramref name="database"/>; null where it reads by itself.</summary>
    public static SharedLookup<TEntity, TKey>? Find(DbContext database, RowsByKey<TEntity, TKey> rows) =>
        SharedContexts.Find(database) is { Reads: true } contexts
            ? contexts.Use(rows, static (contexts, rows) => new SharedLookup<TEntity, TKey>(contexts, rows))
            : null;

    /// <summary>The row of <paramref name="key"/>, whoever may see it, and null where there is none; not found where nobody else asks for one.</summary>
    public Task<(bool IsFound, TEntity? Row)> TryFindAsync(TKey key, CancellationToken cancellationToken)
    {
        var question = new Question(key);
        _questions.Add(question);
        return question.Task.WaitAsync(cancellationToken);
    }

    private async Task AnswerAsync(List<Question> questions)
    {
        if (questions is [var only])
        {
            only.SetResult((false, null));
            return;
        }

        try
        {
            var keys = questions.ConvertAll(question => question.Key).ToArray();
            var found = new Dictionary<TKey, TEntity>(keys.Length);
            await _contexts.RunAsync(database => ReadAsync(database, keys, found));
            foreach (var question in questions)
            {
                // Whoever asked may change the row.
                question.SetResult((true, found.TryGetValue(question.Key, out var row) ? (TEntity)Copy(row) : null));
            }
        }
        catch (Exception exception)
        {
            foreach (var question in questions)
            {
                question.TrySetException(exception);
            }
        }
    }

    private async Task ReadAsync(DbContext database, TKey[] keys, Dictionary<TKey, TEntity> found)
    {
        await foreach (var row in _rows.In(database, keys))
        {
            found[_rows.KeyOf(row)] = row;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = nameof(MemberwiseClone))]
    private static extern object Copy(object row);

    /// <summary>One who asks, and goes on in a thread of its own.</summary>
    private sealed class Question(TKey key) : TaskCompletionSource<(bool IsFound, TEntity? Row)>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public TKey Key => key;
    }
}
