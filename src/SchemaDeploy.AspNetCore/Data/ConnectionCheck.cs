using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>
/// Asks the server before a connection is used that nobody has used for a second: the server may have been started anew, or what
/// lies on the way to it may have closed what was idle. A connection that is not cleared between uses would show that with the
/// statement of a request and no earlier. When one is found to be broken, all that are idle are asked.
/// </summary>
internal sealed class ConnectionCheck(TimeProvider clock) : DbConnectionInterceptor, IDbCommandInterceptor
{
    private const int PatienceSeconds = 5;

    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(1);

    // No pool keeps what is idle for as long.
    private static readonly TimeSpan s_forgotten = TimeSpan.FromHours(1);

    // When the idle sessions were left, by the server's numbers.
    private readonly ConcurrentDictionary<int, long> _left = new();
    private long _tidied = clock.GetTimestamp();
    private long _broken = long.MinValue;
    private PropertyInfo? _number;

    public override InterceptionResult ConnectionClosing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        Leave(connection);
        return result;
    }

    public override ValueTask<InterceptionResult> ConnectionClosingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        Leave(connection);
        return ValueTask.FromResult(result);
    }

    public void CommandFailed(DbCommand command, CommandErrorEventData eventData) => NoteBroken(command.Connection);

    public Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        NoteBroken(command.Connection);
        return Task.CompletedTask;
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        // A session that does not answer is not given back, so that a new one ends this at the latest.
        while (MayBeGone(connection) && !Answers(connection))
        {
            connection.Close();
            connection.Open();
        }
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        while (MayBeGone(connection) && !await AnswersAsync(connection, cancellationToken))
        {
            await connection.CloseAsync();
            await connection.OpenAsync(cancellationToken);
        }
    }

    private void Leave(DbConnection connection)
    {
        if (NumberOf(connection) is not { } number)
        {
            return;
        }

        var now = clock.GetTimestamp();
        _left[number] = now;
        var tidied = Interlocked.Read(ref _tidied);
        if (clock.GetElapsedTime(tidied, now) > s_forgotten && Interlocked.CompareExchange(ref _tidied, now, tidied) == tidied)
        {
            foreach (var session in _left.Where(session => clock.GetElapsedTime(session.Value, now) > s_forgotten))
            {
                _left.TryRemove(session);
            }
        }
    }

    // Those in use are not among them, and new ones have not been.
    private bool MayBeGone(DbConnection connection) =>
        NumberOf(connection) is { } number && _left.TryRemove(number, out var left)
        && (clock.GetElapsedTime(left) > s_idle || left <= Interlocked.Read(ref _broken));

    private void NoteBroken(DbConnection? connection)
    {
        if (connection is { State: not ConnectionState.Open })
        {
            Interlocked.Exchange(ref _broken, clock.GetTimestamp());
        }
    }

    // Npgsql's and MySqlConnector's words for it: the application may ship either. One that is broken has none.
    private int? NumberOf(DbConnection connection)
    {
        if (connection.State != ConnectionState.Open)
        {
            return null;
        }

        if (_number?.DeclaringType != connection.GetType())
        {
            _number = connection.GetType().GetProperty("ProcessID") ?? connection.GetType().GetProperty("ServerThread");
        }

        try
        {
            return (int?)_number?.GetValue(connection);
        }
        catch (TargetInvocationException)
        {
            // Npgsql's multiplexing has sessions for statements, and none for a connection.
            return null;
        }
    }

    private bool Answers(DbConnection connection)
    {
        try
        {
            using var question = Question(connection);
            question.ExecuteNonQuery();
            return true;
        }
        catch (DbException)
        {
            NoteBroken(connection);
            return false;
        }
    }

    private async Task<bool> AnswersAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await using var question = Question(connection);
            await question.ExecuteNonQueryAsync(cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            // EF Core takes what is open already for somebody else's, and would not give it back.
            await connection.CloseAsync();
            throw;
        }
        catch (DbException)
        {
            NoteBroken(connection);
            return false;
        }
    }

    private static DbCommand Question(DbConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = "SELECT 1";
        command.CommandTimeout = PatienceSeconds;
        return command;
    }
}
