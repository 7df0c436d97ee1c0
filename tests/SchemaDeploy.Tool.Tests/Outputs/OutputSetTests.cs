using System.Text;
using SchemaDeploy.Tool.Outputs;

namespace SchemaDeploy.Tool.Tests.Outputs;

public sealed class OutputSetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-outputs").FullName;

    [Fact]
    public void A_set_that_is_not_published_leaves_the_folder_as_it_was()
    {
        Publish("old", "old and long");

        using (var outputs = new OutputSet(_folder))
        {
            Fill(outputs, "new", "new and long");
        }

        Assert.Equal("old", Read("a.cs"));
        Assert.Equal("old and long", Read("long.json"));
        Assert.Equal(["a.cs", "long.json", "schema.outputs"], Files());
    }

    [Fact]
    public void What_takes_its_place_provisionally_gives_way_to_what_was_there()
    {
        Publish("old", "same");

        using (var outputs = new OutputSet(_folder))
        {
            Fill(outputs, "new", "same");
            outputs.Add("b.cs", "added"u8.ToArray());
            outputs.PublishProvisionally();

            Assert.Equal(["new", "added"], [Read("a.cs"), Read("b.cs")]);
            Assert.Equal("a.cs\nb.cs\nlong.json\n", Read("schema.outputs"));
        }

        Assert.Equal("old", Read("a.cs"));
        Assert.Equal("a.cs\nlong.json\n", Read("schema.outputs"));
        Assert.Equal(["a.cs", "long.json", "schema.outputs"], Files());
    }

    [Fact]
    public void What_takes_its_place_provisionally_stays_when_the_rest_follows()
    {
        Publish("old", "same");

        using (var outputs = new OutputSet(_folder))
        {
            Fill(outputs, "new", "same");
            outputs.Promise("package");
            outputs.PublishProvisionally();
            outputs.Add("package", "late"u8.ToArray());
            outputs.Publish();
        }

        Assert.Equal(["new", "late"], [Read("a.cs"), Read("package")]);
        Assert.Equal("a.cs\nlong.json\npackage\n", Read("schema.outputs"));
        Assert.Equal(["a.cs", "long.json", "package", "schema.outputs"], Files());
    }

    [Fact]
    public void Only_changed_files_are_written()
    {
        Publish("old", "same");
        var past = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        foreach (var file in Files())
        {
            File.SetLastWriteTimeUtc(Path.Combine(_folder, file), past);
        }

        Publish("new", "same");

        Assert.Equal("new", Read("a.cs"));
        Assert.Equal(["long.json", "schema.outputs"], Files().Where(f => File.GetLastWriteTimeUtc(Path.Combine(_folder, f)) == past));
        Assert.Equal(["a.cs", "long.json", "schema.outputs"], Files());
    }

    [Fact]
    public void A_long_file_of_the_same_length_is_written_where_it_differs_at_its_end()
    {
        var text = new string('x', 200_000);
        Publish("a", text + "1");

        Publish("a", text + "2");

        Assert.Equal(text + "2", Read("long.json"));
    }

    [Fact]
    public void What_a_killed_run_left_goes_and_what_a_present_one_writes_stays()
    {
        Publish("a", "long");
        string[] abandoned = ["a.cs.4711.tmp", "b.cs.12.tmp"];
        foreach (var file in (string[])[.. abandoned, "c.cs.13.tmp", "notes.tmp"])
        {
            File.WriteAllText(Path.Combine(_folder, file), "half");
        }

        foreach (var file in (string[])[.. abandoned, "notes.tmp"])
        {
            File.SetLastWriteTimeUtc(Path.Combine(_folder, file), DateTime.UtcNow.AddHours(-2));
        }

        using var outputs = new OutputSet(_folder);
        outputs.DeleteAbandoned();

        Assert.Equal(["a.cs", "c.cs.13.tmp", "long.json", "notes.tmp", "schema.outputs"], Files());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Publish(string code, string document)
    {
        using var outputs = new OutputSet(_folder);
        Fill(outputs, code, document);
        outputs.Publish();
    }

    private static void Fill(OutputSet outputs, string code, string document)
    {
        outputs.Add("a.cs", Encoding.UTF8.GetBytes(code));
        using var stream = outputs.Create("long.json");
        stream.Write(Encoding.UTF8.GetBytes(document));
    }

    private string Read(string path) => File.ReadAllText(Path.Combine(_folder, path));

    private IEnumerable<string> Files() =>
        Directory.EnumerateFiles(_folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);
}
