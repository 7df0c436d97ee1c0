namespace SchemaDeploy.Tool.Git;

/// <summary>The folder that git keeps, and what lies in it.</summary>
internal static class Repository
{
    private static readonly string[] s_solutions = ["*.sln", "*.slnx"];

    /// <summary>The top of the repository that holds a file; null where none does.</summary>
    public static string? Of(string file) =>
        // A file is what worktrees and submodules have.
        Above(file).FirstOrDefault(folder => Path.Combine(folder, ".git") is var git && (Directory.Exists(git) || File.Exists(git)));

    /// <summary>The solution nearest above a project, as `dotnet build` would take it; null where there is none, or several beside each other.</summary>
    public static string? SolutionOf(string project, string repository) => Above(project)
        .TakeWhile(folder => folder.Length >= repository.Length)
        .Select(folder => s_solutions.SelectMany(pattern => Directory.EnumerateFiles(folder, pattern)).Take(2).ToList())
        .FirstOrDefault(solutions => solutions.Count > 0) is [var solution] ? solution : null;

    private static IEnumerable<string> Above(string file)
    {
        for (var folder = Path.GetDirectoryName(file); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            yield return folder;
        }
    }
}
