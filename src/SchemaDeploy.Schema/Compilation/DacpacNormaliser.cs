using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>Takes out of a package what differs from one build to the next: the times and the number of the operation.</summary>
internal static partial class DacpacNormaliser
{
    private static readonly DateTimeOffset s_time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Copies <paramref name="package"/> to <paramref name="output"/>.</summary>
    public static void Copy(Stream package, Stream output)
    {
        package.Position = 0;
        using var source = new ZipArchive(package, ZipArchiveMode.Read);
        using var target = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var entry in source.Entries.OrderBy(e => e.FullName, StringComparer.Ordinal))
        {
            var copy = target.CreateEntry(entry.FullName, CompressionLevel.Fastest);
            copy.LastWriteTime = s_time;
            using var from = entry.Open();
            using var to = copy.Open();
            if (entry.FullName == "Origin.xml")
            {
                using var reader = new StreamReader(from);
                to.Write(Encoding.UTF8.GetBytes(Normalise(reader.ReadToEnd())));
            }
            else
            {
                from.CopyTo(to);
            }
        }
    }

    private static string Normalise(string origin) => Identity().Replace(
        Times().Replace(origin, "<$1>1980-01-01T00:00:00.0000000+00:00</$1>"),
        "<Identity>00000000-0000-0000-0000-000000000000</Identity>");

    [GeneratedRegex("<(Start|End)>[^<]*</(?:Start|End)>")]
    private static partial Regex Times();

    [GeneratedRegex("<Identity>[^<]*</Identity>")]
    private static partial Regex Identity();
}
