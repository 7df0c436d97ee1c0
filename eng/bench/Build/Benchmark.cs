using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace BuildBenchmark;

/// <summary>Measures what a schema adds to a build, beside what DacFx alone and a project without the SDK take.</summary>
internal static class Benchmark
{
    // Large schemas take long, and vary less.
    private static readonly (int Tables, int Runs)[] s_sizes = [(10, 5), (100, 5), (1000, 3), (3000, 2)];
    private static readonly (int Tables, int Runs)[] s_coldSizes = [(10, 5), (100, 3), (300, 3), (1000, 1)];

    public static int Run(string tools, string sdkVersion, string packages, string report)
    {
        var tool = Path.Combine(tools, RuntimeInformation.RuntimeIdentifier, "SchemaDeploy.Tool.dll");
        var work = Directory.CreateTempSubdirectory("schemadeploy-bench").FullName;
        try
        {
            var text = new StringBuilder();
            foreach (var line in Generation(work, tool).Append("").Concat(ColdBuild(work, sdkVersion, packages)).Append("").Concat(NoOpBuild(work, sdkVersion, packages)))
            {
                Console.WriteLine(line);
                text.Append(line).Append('\n');
            }

            WriteSection(report, text.ToString());
            return 0;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static IEnumerable<string> Generation(string work, string tool)
    {
        yield return "| Tables | Changed column, regenerated | Package written | DacFx alone | Ratio, regenerated | Ratio, package | Ratio of processor time | Peak memory |";
        yield return "|---:|---:|---:|---:|---:|---:|---:|---:|";
        foreach (var (tables, runs) in s_sizes)
        {
            var folder = Directory.CreateDirectory(Path.Combine(work, Text(tables))).FullName;
            var schema = Path.Combine(folder, "schema.sql");
            var response = Path.Combine(folder, "compile.rsp");
            File.WriteAllLines(response,
            [
                $"--file={schema}", "--dialect=TSql", "--database=Sqlite", $"--project-directory={folder}",
                $"--output={Path.Combine(folder, "obj")}", "--namespace=Bench", "--assembly-name=Bench", "--api=Rest", "--route-prefix=api",
                "--announce=true",
            ]);
            var runsOfBoth = Measured.InTurns(
                runs,
                i =>
                {
                    File.WriteAllText(schema, BenchmarkSchema.TSql(tables, changedLength: 50 + i));
                    return Measured.Run(folder, "dotnet", "exec", tool, "compile", "@" + response);
                },
                _ => Measured.Run(folder, "dotnet", "exec", typeof(Benchmark).Assembly.Location, "dacfx", schema));
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"| {tables:N0} | {runsOfBoth.MedianOfOurs(run => run.SecondsToSources):F2} s | {Seconds(runsOfBoth)} | {runsOfBoth.Ratio(run => run.SecondsToSources)} | {Ratios(runsOfBoth)} | {runsOfBoth.MedianOfOurs(run => run.PeakMegabytes):F0} MB |");
        }
    }

    private static IEnumerable<string> ColdBuild(string work, string sdkVersion, string packages)
    {
        yield return "| Tables | Cold build | Microsoft.NET.Sdk.Web, same sources | Ratio (lowest to highest) | Ratio of processor time |";
        yield return "|---:|---:|---:|---:|---:|";
        foreach (var (tables, runs) in s_coldSizes)
        {
            var projects = ProjectPair.Create(Directory.CreateDirectory(Path.Combine(work, "cold" + Text(tables))).FullName, tables, sdkVersion, packages);
            var runsOfBoth = Measured.InTurns(runs, _ => ProjectPair.BuildCold(projects.Ours), _ => ProjectPair.BuildCold(projects.Theirs));
            yield return string.Create(CultureInfo.InvariantCulture, $"| {tables:N0} | {Seconds(runsOfBoth)} | {Ratios(runsOfBoth)} |");
        }
    }

    private static IEnumerable<string> NoOpBuild(string work, string sdkVersion, string packages)
    {
        var projects = ProjectPair.Create(Directory.CreateDirectory(Path.Combine(work, "idle")).FullName, 100, sdkVersion, packages);
        yield return "| No-op build, 100 tables | This SDK | Microsoft.NET.Sdk.Web, same sources | Ratio (lowest to highest) | Ratio of processor time |";
        yield return "|---|---:|---:|---:|---:|";
        foreach (var command in new string[][] { ["build", "-nologo"], ["build", "-nologo", "--no-restore"] })
        {
            var runsOfBoth = Measured.InTurns(
                runs: 30,
                _ => Measured.Run(projects.Ours, "dotnet", command),
                _ => Measured.Run(projects.Theirs, "dotnet", command));
            yield return $"| `dotnet {string.Join(' ', command.Where(argument => argument != "-nologo"))}` | {Seconds(runsOfBoth)} | {Ratios(runsOfBoth)} |";
        }
    }

    private static string Seconds(Comparison runs) => string.Create(
        CultureInfo.InvariantCulture, $"{runs.MedianOfOurs(run => run.Seconds):F2} s | {runs.MedianOfTheirs(run => run.Seconds):F2} s");

    private static string Ratios(Comparison runs) => $"{runs.Ratio(run => run.Seconds)} | {runs.Ratio(run => run.ProcessorSeconds)}";

    // The page has prose around the figures; only what stands between the marks is replaced.
    private static void WriteSection(string report, string tables)
    {
        const string begin = "<!-- build figures -->";
        const string end = "<!-- end of build figures -->";
        var page = File.ReadAllText(report);
        var (from, to) = (page.IndexOf(begin, StringComparison.Ordinal), page.IndexOf(end, StringComparison.Ordinal));
        var date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var figures = new StringBuilder()
            .Append(begin).Append('\n')
            .Append(CultureInfo.InvariantCulture, $"Measured {date} on {Environment.ProcessorCount} cores, .NET {Environment.Version}; medians, both commands in turns.\n\n")
            .Append(tables);
        File.WriteAllText(report, page[..from] + figures + page[to..]);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
