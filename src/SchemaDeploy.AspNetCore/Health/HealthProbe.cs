using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SchemaDeploy.AspNetCore.Health;

/// <summary>
/// Makes the checks once for all who ask at the same time: anybody may ask as often as they like, and the database is
/// to be asked by one of them.
/// </summary>
internal sealed class HealthProbe(HealthCheckService checks, Func<HealthCheckRegistration, bool> which)
{
    private readonly Lock _lock = new();
    private Task<HealthReport> _last = Task.FromCanceled<HealthReport>(new CancellationToken(canceled: true));

    /// <summary>The report that is being made, else a new one.</summary>
    public Task<HealthReport> CheckAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_last.IsCompleted)
            {
                // Whoever asked first may hang up before the others.
                _last = checks.CheckHealthAsync(which, CancellationToken.None);
            }

            return _last.WaitAsync(cancellationToken);
        }
    }
}
