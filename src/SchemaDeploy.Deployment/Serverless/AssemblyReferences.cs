using System.Collections.Frozen;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;

namespace SchemaDeploy.Deployment.Serverless;

/// <summary>What of .NET a program can come to load: the assemblies that its own refer to, type by type, or name in a text.</summary>
public sealed class AssemblyReferences
{
    private readonly FrozenDictionary<string, Assembly> _assemblies;
    private readonly HashSet<Assembly> _reached = [];
    private readonly HashSet<Assembly> _read = [];
    private readonly Queue<Assembly> _unread = new();

    private AssemblyReferences(IEnumerable<string> files) => _assemblies = files
        .Select(Assembly.Open).OfType<Assembly>()
        .ToFrozenDictionary(assembly => assembly.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The files of the framework that no type of the program leads to.</summary>
    /// <param name="program">The program's own assemblies and those of its packages, which all stay.</param>
    /// <param name="framework">The assemblies of .NET.</param>
    /// <param name="kept">Names of those that stay in any case.</param>
    public static IReadOnlyList<string> FindUnreferenced(IReadOnlyCollection<string> program, IReadOnlyCollection<string> framework, IEnumerable<string> kept)
    {
        var references = new AssemblyReferences([.. program, .. framework]);
        foreach (var name in program.Select(file => Path.GetFileNameWithoutExtension(file)).Concat(kept))
        {
            if (references._assemblies.TryGetValue(name, out var assembly))
            {
                references.Reach(assembly);
            }
        }

        while (references._unread.TryDequeue(out var assembly))
        {
            references.Read(assembly);
        }

        return [.. framework.Where(file => references._assemblies.TryGetValue(Path.GetFileNameWithoutExtension(file), out var assembly) && !references._reached.Contains(assembly))];
    }

    private void Reach(Assembly assembly)
    {
        _reached.Add(assembly);
        if (_read.Add(assembly))
        {
            _unread.Enqueue(assembly);
        }
    }

    private void Read(Assembly assembly)
    {
        foreach (var (name, type) in assembly.ReferredTypes())
        {
            Reach(name, type);
        }

        foreach (var (name, type) in assembly.Texts().SelectMany(NamesIn))
        {
            Reach(name, type);
            // In the values of attributes a text comes after its length, which can look like a letter.
            Reach(name, type[1..]);
        }
    }

    // Assemblies that only forward a type to where it is have references to many more, which do not matter for this one.
    private void Reach(string name, string type)
    {
        if (!_assemblies.TryGetValue(name, out var assembly))
        {
            return;
        }

        if (assembly.Forwards.TryGetValue(type, out var next))
        {
            _reached.Add(assembly);
            Reach(next, type);
        }
        else
        {
            Reach(assembly);
        }
    }

    // "Namespace.Type+Nested, Assembly": around each comma.
    private static IEnumerable<(string Assembly, string Type)> NamesIn(string text)
    {
        for (var comma = text.IndexOf(',', StringComparison.Ordinal); comma >= 0; comma = text.IndexOf(',', comma + 1))
        {
            // Of an array as of what it holds.
            var last = text.AsSpan(0, comma).TrimEnd("[]").Length;
            var (start, end) = (last, comma + 1);
            while (start > 0 && IsOfName(text[start - 1]))
            {
                start--;
            }

            while (end < text.Length && (IsOfName(text[end]) || (end == comma + 1 && text[end] == ' ')))
            {
                end++;
            }

            if (text[start..last].Split('+')[0] is { Length: > 0 } type)
            {
                yield return (text[(comma + 1)..end].Trim(), type);
            }
        }

        static bool IsOfName(char character) => char.IsLetterOrDigit(character) || character is '.' or '_' or '`' or '+';
    }

    /// <summary>An assembly's metadata.</summary>
    private sealed class Assembly
    {
        private readonly MetadataReader _metadata;

        private Assembly(string name, MetadataReader metadata)
        {
            (Name, _metadata) = (name, metadata);
            Forwards = metadata.ExportedTypes.Select(metadata.GetExportedType)
                .Where(type => type.Implementation.Kind == HandleKind.AssemblyReference)
                .ToDictionary(type => FullName(type.Namespace, type.Name), type => NameOf((AssemblyReferenceHandle)type.Implementation), StringComparer.Ordinal);
        }

        public string Name { get; }

        /// <summary>The assemblies that hold types which are asked of this one.</summary>
        public Dictionary<string, string> Forwards { get; }

        /// <summary>Null where the file is no assembly.</summary>
        public static Assembly? Open(string file)
        {
            // The reader of the metadata keeps the bytes that it reads from.
            var image = new PEReader(File.OpenRead(file), PEStreamOptions.PrefetchMetadata);
            return image.HasMetadata ? new Assembly(Path.GetFileNameWithoutExtension(file), image.GetMetadataReader()) : null;
        }

        public IEnumerable<(string Assembly, string Type)> ReferredTypes() => _metadata.TypeReferences.Select(_metadata.GetTypeReference)
            .Where(type => type.ResolutionScope.Kind == HandleKind.AssemblyReference)
            .Select(type => (NameOf((AssemblyReferenceHandle)type.ResolutionScope), FullName(type.Namespace, type.Name)));

        /// <summary>The texts of its methods, and the values of its attributes.</summary>
        public IEnumerable<string> Texts()
        {
            if (_metadata.GetHeapSize(HeapIndex.UserString) > 1)
            {
                for (var text = MetadataTokens.UserStringHandle(1); !text.IsNil; text = _metadata.GetNextHandle(text))
                {
                    yield return _metadata.GetUserString(text);
                }
            }

            foreach (var value in _metadata.CustomAttributes.Select(attribute => _metadata.GetCustomAttribute(attribute).Value).Where(value => !value.IsNil))
            {
                yield return Encoding.UTF8.GetString(_metadata.GetBlobBytes(value));
            }
        }

        private string NameOf(AssemblyReferenceHandle reference) => _metadata.GetString(_metadata.GetAssemblyReference(reference).Name);

        private string FullName(StringHandle space, StringHandle name) => $"{_metadata.GetString(space)}.{_metadata.GetString(name)}";
    }
}
