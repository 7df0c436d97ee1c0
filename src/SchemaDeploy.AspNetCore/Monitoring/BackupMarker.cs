using System.Globalization;
using Microsoft.Extensions.Configuration;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Monitoring;

/// <summary>The file in which whoever backs up the database says when that was done last, in seconds since 1970.</summary>
internal sealed class BackupMarker(IConfiguration configuration)
{
    public const string Setting = "BACKUP_MARKER";

    /// <summary>When the last backup was made; null where nobody says so, or not yet.</summary>
    public long? ReadTime()
    {
        if (configuration[Setting] is not { Length: > 0 } file)
        {
            return null;
        }

        try
        {
            return long.TryParse(File.ReadAllText(file), NumberStyles.Integer, CultureInfo.InvariantCulture, out var time) ? time : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Says when the last backup was made, where the configuration names a file for it.</summary>
    /// <exception cref="StartupException">The file cannot be written.</exception>
    public void Write(DateTimeOffset time)
    {
        if (configuration[Setting] is not { Length: > 0 } file)
        {
            return;
        }

        try
        {
            // Whoever reads it meanwhile reads what was there.
            File.WriteAllText($"{file}.new", time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            File.Move($"{file}.new", file, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{Setting} cannot be written: {exception.Message}");
        }
    }
}
