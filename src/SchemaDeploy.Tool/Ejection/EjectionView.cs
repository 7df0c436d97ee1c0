namespace SchemaDeploy.Tool.Ejection;

/// <summary>What the templates of an ejected project print.</summary>
internal sealed class EjectionView(EjectionOptions options)
{
    public string Title => options.AssemblyName;

    public string? Port => options.Port;

    public bool HasGraphql => HasDocument("schema.graphql");

    public bool HasSeed => HasDocument("schema.seed.jsonl");

    public IEnumerable<string> Packages => options.Packages.Select(package => package.Key).Where(name => name.StartsWith("SchemaDeploy.", StringComparison.Ordinal));

    private bool HasDocument(string name) => options.Documents.Any(document => Path.GetFileName(document) == name);
}
