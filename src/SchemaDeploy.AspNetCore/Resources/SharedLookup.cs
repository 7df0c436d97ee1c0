using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>
/// Finds rows by their keys, by one statement for all who ask while the processors are busy with others: under load the way to
/// the database and back costs more than the row. Nobody waits for a statement that has been sent, and who asks alone is left to it.
/// </summary>
/// <param name="scopes">Give the units of work that read.</param>
/// <param name="context">The type of them.</param>
/// <param name="rows">What is looked up.</param>
internal sealed class SharedLookup<TEntity, TKey>(IServiceScopeFactory scopes, Type context, RowsByKey<TEntity, TKey> rows) : IThreadPoolWorkItem
    where TEntity : class
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private Question? _last;

    /// <summary>The row of <paramref name="key"/>, whoever may see it, and null where there is none; not found where nobody else asks for one.</summary>
    public Task<(bool IsFound, TEntity? Row)> TryFindAsync(TKey key, CancellationToken cancellationToken)
    {
        var question = new Question(key);
        bool isFirst;
        lock (_lock)
        {
            isFirst = _last is null;
            question.Before = _last;
            _last = question;
        }

        if (isFirst)
        {
            // Behind what the processors have to do already: who asks meanwhile comes along.
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        return question.Task.WaitAsync(cancellationToken);
    }

    void IThreadPoolWorkItem.Execute()
    {
        Question last;
        lock (_lock)
        {
            (last, _last) = (_last!, null);
        }

        if (last.Before is null)
        {
            last.SetResult((false, null));
            return;
        }

        var questions = new List<Question>();
        for (var question = last; question is not null; question = question.Before)
        {
            questions.Add(question);
        }

        _ = AnswerAsync(questions);
    }

    private async Task AnswerAsync(List<Question> questions)
    {
        try
        {
            var found = await ReadAsync(questions.ConvertAll(question => question.Key).ToArray());
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

    private async Task<Dictionary<TKey, TEntity>> ReadAsync(TKey[] keys)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = (DbContext)scope.ServiceProvider.GetRequiredService(context);
        var found = new Dictionary<TKey, TEntity>(keys.Length);
        await foreach (var row in rows.In(database, keys))
        {
            found[rows.KeyOf(row)] = row;
        }

        return found;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = nameof(MemberwiseClone))]
    private static extern object Copy(object row);

    /// <summary>One who asks, and goes on in a thread of its own.</summary>
    private sealed class Question(TKey key) : TaskCompletionSource<(bool IsFound, TEntity? Row)>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public TKey Key => key;

        /// <summary>Who asked before, and is answered together with this one.</summary>
        public Question? Before { get; set; }
    }
}
