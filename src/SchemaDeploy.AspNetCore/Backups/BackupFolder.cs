using System.Globalization;
using Microsoft.Extensions.Configuration;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Backups;

/// <summary>A folder with the newest backups of a database, which are called after it and when they were made.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Name">What the names begin with.</param>
/// <param name="Keep">How many of them stay.</param>
internal sealed record BackupFolder(string Folder, string Name, int Keep)
{
    private const string Extension = ".db";
    private const string Time = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>The backups, the newest last.</summary>
    public IReadOnlyList<string> Files => Directory.Exists(Folder)
        ? [.. Directory.GetFiles(Folder, $"{Name}-*{Extension}").Where(file => TimeOf(file) is not null).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>When the newest was made; null where there is none.</summary>
    public DateTimeOffset? Newest => Files is [.., var last] ? TimeOf(last) : null;

    /// <summary>The folder that the configuration names.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="database">The database's file.</param>
    /// <exception cref="StartupException">It names none, or how many stay is no number.</exception>
    public static BackupFolder From(IConfiguration configuration, string database) => new(
        configuration["BACKUP_DIR"] is { Length: > 0 } folder ? folder : throw new StartupException("BACKUP_DIR is not set. It names the folder in which backups are kept."),
        Path.GetFileNameWithoutExtension(database),
        configuration.ReadCount("BACKUP_KEEP", otherwise: 14));

    /// <summary>The file of a backup that is made at <paramref name="time"/>.</summary>
    public string FileAt(DateTimeOffset time) => Path.Combine(Folder, $"{Name}-{time.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture)}{Extension}");

    /// <summary>The backup of a name, or the newest.</summary>
    /// <exception cref="StartupException">There is no such file.</exception>
    public string Find(string name)
    {
        if (name == "newest")
        {
            return Files is [.., var last] ? last : throw new StartupException($"{Folder} has no backup yet.");
        }

        var file = Path.Combine(Folder, name);
        return File.Exists(file) ? file : throw new StartupException($"{Folder} has no backup {name}.");
    }

    /// <summary>Deletes others than the newest, and names them.</summary>
    public IReadOnlyList<string> DeleteOld()
    {
        var old = Files.SkipLast(Keep).ToList();
        old.ForEach(File.Delete);
        return old;
    }

    private DateTimeOffset? TimeOf(string file) =>
        DateTimeOffset.TryParseExact(
            Path.GetFileNameWithoutExtension(file)[(Name.Length + 1)..], Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
