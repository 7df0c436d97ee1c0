using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>What a change does to those who use the database meanwhile, and to what it holds.</summary>
internal enum Danger
{
    /// <summary>Nothing that anybody notices.</summary>
    Safe,

    /// <summary>Others wait until all rows of the table are read or written.</summary>
    Locks,

    /// <summary>Values go.</summary>
    LosesData,

    /// <summary>A new table gets the rows that the schema brings along.</summary>
    Seeds,
}

/// <summary>What is to be known of the rows before a change.</summary>
internal enum RowConcern
{
    /// <summary>They have values that go.</summary>
    Lost,

    /// <summary>They do not fit the new form.</summary>
    Misfit,

    /// <summary>They need a value that nothing gives.</summary>
    Missing,
}

/// <summary>A question about rows.</summary>
/// <param name="Concern">Why it is asked.</param>
/// <param name="Sql">Counts the rows.</param>
/// <param name="Text">What is said of them, behind their number.</param>
internal sealed record RowQuestion(RowConcern Concern, string Sql, string Text)
{
    /// <summary>How many there are; null where the database was not asked.</summary>
    public long? Count { get; init; }
}

/// <summary>A change, in words.</summary>
/// <param name="Danger">What it does to others.</param>
/// <param name="Text">What it does.</param>
/// <param name="Questions">What is to be known of the rows before; once answered, what of it holds.</param>
internal sealed record PlannedChange(Danger Danger, string Text, IReadOnlyList<RowQuestion> Questions)
{
    public PlannedChange(Danger danger, string text, params RowQuestion?[] questions)
        : this(danger, text, questions.OfType<RowQuestion>().ToList())
    {
    }
}

/// <summary>What brings a database from the schema it records to the application's.</summary>
/// <param name="From">The record of the database; null where it is empty.</param>
/// <param name="Version">The application's version of the schema.</param>
/// <param name="Changes">What changes, in words.</param>
/// <param name="Hints">What may be meant otherwise.</param>
/// <param name="Statements">What is carried out, in this order.</param>
internal sealed record MigrationPlan(
    SchemaRecord? From, string Version, IReadOnlyList<PlannedChange> Changes, IReadOnlyList<string> Hints, IReadOnlyList<string> Statements)
{
    /// <summary>Which of the changes give tables and columns other names.</summary>
    public IReadOnlyList<MigrationOperation> Renames { get; init; } = [];

    /// <summary>Whether the database is what the application expects.</summary>
    public bool IsUpToDate => From is { IsFinished: true } && From.Version == Version && Changes.Count == 0;

    /// <summary>Lets pass what the rows allow.</summary>
    /// <exception cref="StartupException">They do not.</exception>
    public void Refuse(bool allowDataLoss)
    {
        Refuse(
            RowConcern.Misfit, "SD4104: Rows do not fit the new schema, and nothing was changed:",
            "Change these rows, or the schema, and run migrate again.");
        Refuse(
            RowConcern.Missing, "SD4105: New columns need a value in rows that are there, and nothing was changed:",
            "Give the columns a DEFAULT in the schema, or let them be NULL at first.");
        if (!allowDataLoss)
        {
            Refuse(
                RowConcern.Lost, "SD4102: The migration loses data, and nothing was changed:",
                "Keep the columns and tables in the schema, name renamed ones with @renamed-from, or say --allow-data-loss.");
        }
    }

    /// <summary>The plan for people to read.</summary>
    public string Describe()
    {
        var text = new StringBuilder();
        for (var i = 0; i < Changes.Count; i++)
        {
            var change = Changes[i];
            text.Append(CultureInfo.InvariantCulture, $"{i + 1,4}. {NameOf(change.Danger),-10}  {change.Text}{(change.Questions.Count == 0 ? "" : $": {Told(change.Questions)}")}\n");
        }

        foreach (var hint in Hints)
        {
            text.Append("Note: ").Append(hint).Append('\n');
        }

        return text.ToString();
    }

    private void Refuse(RowConcern concern, string problem, string cure)
    {
        var changes = Changes.Select(change => (change.Text, Questions: change.Questions.Where(question => question.Concern == concern).ToList())).Where(change => change.Questions.Count > 0).ToList();
        if (changes.Count > 0)
        {
            throw new StartupException(string.Join('\n', [problem, .. changes.Select(change => $"  {change.Text}: {Told(change.Questions)}"), .. Hints.Select(hint => "  " + hint), cure]));
        }
    }

    private static string Told(IEnumerable<RowQuestion> questions) => string.Join(", ", questions.Select(question => question switch
    {
        { Count: { } count } => string.Create(CultureInfo.InvariantCulture, $"{count} {question.Text}"),
        { Concern: RowConcern.Lost } => question.Text,
        _ => $"refused where {question.Text}",
    }));

    private static string NameOf(Danger danger) => danger switch
    {
        Danger.Safe => "safe",
        Danger.Locks => "locks",
        Danger.Seeds => "seed",
        _ => "loses data",
    };
}
