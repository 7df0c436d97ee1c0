using System.Text.RegularExpressions;

namespace SchemaDeploy.Security.Tests.Apps;

/// <summary>A route and what it answers to whom.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path; its parameters stand for rows of the owner's.</param>
/// <param name="Anonymous">The status without a token.</param>
/// <param name="Stranger">The status for a user who has nothing to do with the row.</param>
/// <param name="Owner">The status for the row's owner.</param>
public sealed record Route(string Method, string Path, int Anonymous, int Stranger, int Owner)
{
    /// <summary>Whether it can be used without a token.</summary>
    public bool IsOpen => Anonymous < 400 || Path is "/api/auth/refresh";

    /// <summary>The route without the names of its parameters.</summary>
    public string Shape => $"{Method} {RouteTable.Parameter().Replace(Path, "{}")}";
}

/// <summary>The routes of an application, as <c>Apps/*.routes.txt</c> lists them.</summary>
public static partial class RouteTable
{
    /// <summary>Reads the table of <paramref name="schema"/>.</summary>
    public static IReadOnlyList<Route> Read(string schema) =>
    [
        .. File.ReadLines(System.IO.Path.Combine(AppContext.BaseDirectory, "Apps", schema + ".routes.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(cells => new Route(cells[0], cells[1], int.Parse(cells[2], null), int.Parse(cells[3], null), int.Parse(cells[4], null))),
    ];

    [GeneratedRegex(@"\{[^}]*\}")]
    internal static partial Regex Parameter();
}
