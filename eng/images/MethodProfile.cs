using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace ToolImages;

/// <summary>
/// Writes methods down as a profile for the ready-to-run compiler (.mibc): an assembly whose global method
/// AssemblyDictionary names, for each group of assemblies, a method that loads the tokens of their methods.
/// </summary>
internal sealed class MethodProfile
{
    private readonly MetadataBuilder _metadata = new();
    private readonly BlobBuilder _code = new();
    private readonly MethodBodyStreamEncoder _bodies;
    private readonly MetadataReferences _references;

    private MethodProfile()
    {
        _bodies = new MethodBodyStreamEncoder(_code);
        _references = new MetadataReferences(_metadata);
    }

    /// <summary>Writes the profile to a file.</summary>
    public static void Write(IEnumerable<MethodBase> methods, string path)
    {
        var profile = new MethodProfile();
        profile.Add(methods, Path.GetFileNameWithoutExtension(path));
        var image = new BlobBuilder();
        new ManagedPEBuilder(
            new PEHeaderBuilder(imageCharacteristics: Characteristics.Dll | Characteristics.ExecutableImage),
            new MetadataRootBuilder(profile._metadata),
            profile._code,
            deterministicIdProvider: _ => default).Serialize(image);
        using var file = File.Create(path);
        image.WriteContentTo(file);
    }

    /// <summary>The assemblies that the instance of a method needs, its own first. What references share code for is no assembly's.</summary>
    public static IReadOnlyList<Assembly> AssembliesOf(MethodBase method)
    {
        var assemblies = new List<Assembly> { method.Module.Assembly };
        Add(method.DeclaringType!);
        Array.ForEach(method.IsGenericMethod ? method.GetGenericArguments() : [], Add);
        return assemblies;

        void Add(Type type)
        {
            if (type.HasElementType)
            {
                Add(type.GetElementType()!);
            }
            else if (!type.IsGenericParameter && !type.IsPrimitive && !MetadataReferences.IsShared(type))
            {
                if (!assemblies.Contains(type.Assembly))
                {
                    assemblies.Add(type.Assembly);
                }

                Array.ForEach(type.GetGenericArguments(), Add);
            }
        }
    }

    private void Add(IEnumerable<MethodBase> methods, string name)
    {
        _metadata.AddModule(0, _metadata.GetOrAddString(name), _metadata.GetOrAddGuid(Guid.Empty), default, default);
        _metadata.AddAssembly(_metadata.GetOrAddString(name), new Version(1, 0), default, default, default, AssemblyHashAlgorithm.None);
        _metadata.AddTypeDefinition(
            default, default, _metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));

        var dictionary = new InstructionEncoder(new BlobBuilder());
        foreach (var group in methods.GroupBy(method => string.Concat(AssembliesOf(method).Select(assembly => assembly.GetName().Name + ";"))))
        {
            var list = new InstructionEncoder(new BlobBuilder());
            foreach (var method in group)
            {
                LoadAndPop(list, _references.Of(method));
            }

            dictionary.LoadString(_metadata.GetOrAddUserString(group.Key));
            LoadAndPop(dictionary, AddGlobalMethod(group.Key, list));
        }

        AddGlobalMethod("AssemblyDictionary", dictionary);
    }

    private MethodDefinitionHandle AddGlobalMethod(string name, InstructionEncoder instructions)
    {
        instructions.OpCode(ILOpCode.Ret);
        var signature = new BlobBuilder();
        new BlobEncoder(signature).MethodSignature().Parameters(0, returns => returns.Void(), _ => { });
        return _metadata.AddMethodDefinition(
            MethodAttributes.Public | MethodAttributes.Static, MethodImplAttributes.IL, _metadata.GetOrAddString(name),
            _metadata.GetOrAddBlob(signature), _bodies.AddMethodBody(instructions), MetadataTokens.ParameterHandle(1));
    }

    private static void LoadAndPop(InstructionEncoder instructions, EntityHandle method)
    {
        instructions.OpCode(ILOpCode.Ldtoken);
        instructions.Token(method);
        instructions.OpCode(ILOpCode.Pop);
    }
}
