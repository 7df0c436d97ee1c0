using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>
/// Hashes and verifies passwords with ASP.NET Core Identity's hasher. No more are at work at a time than there are
/// processors, so that a rush of sign-ins waits in line and the rest of the application goes on.
/// </summary>
internal sealed class Passwords : IDisposable
{
    // The hasher asks for a user and looks at none.
    private static readonly object s_anyone = new();

    private readonly PasswordHasher<object> _hasher;
    private readonly SemaphoreSlim _turns = new(Environment.ProcessorCount);
    private readonly string _nobodys;

    public Passwords(AuthenticationSettings settings)
    {
        _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = settings.PasswordIterations }));
        _nobodys = _hasher.HashPassword(s_anyone, Guid.NewGuid().ToString());
    }

    /// <summary>A hash that no password has.</summary>
    public static string NoPassword => "";

    /// <summary>The hash of <paramref name="password"/>.</summary>
    public Task<string> HashAsync(string password, CancellationToken cancellationToken) =>
        InTurnAsync(() => _hasher.HashPassword(s_anyone, password), cancellationToken);

    /// <summary>Whether <paramref name="hash"/> is that of <paramref name="password"/>; where there is no hash, the answer takes as long.</summary>
    public Task<PasswordVerificationResult> VerifyAsync(string? hash, string password, CancellationToken cancellationToken) =>
        InTurnAsync(() => Verify(hash, password), cancellationToken);

    public void Dispose() => _turns.Dispose();

    private PasswordVerificationResult Verify(string? hash, string password)
    {
        if (!string.IsNullOrEmpty(hash))
        {
            try
            {
                return _hasher.VerifyHashedPassword(s_anyone, hash, password);
            }
            catch (FormatException)
            {
                // Some other program wrote something else into the column.
            }
        }

        _hasher.VerifyHashedPassword(s_anyone, _nobodys, password);
        return PasswordVerificationResult.Failed;
    }

    private async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            return work();
        }
        finally
        {
            _turns.Release();
        }
    }
}
