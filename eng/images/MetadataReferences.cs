using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace ToolImages;

/// <summary>References to types and methods of other assemblies, as ECMA-335 encodes them.</summary>
internal sealed class MetadataReferences(MetadataBuilder metadata)
{
    // The name under which the compiler looks for the stand-in for all reference types in shared code.
    private const string SharedTypeAssembly = "System.Private.Canon";

    private readonly Dictionary<string, AssemblyReferenceHandle> _assemblies = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, EntityHandle> _types = [];

    /// <summary>Whether a type stands for all reference types, which share the code of generic methods.</summary>
    public static bool IsShared(Type type) => type.FullName == "System.__Canon";

    /// <summary>The reference to a method or to an instance of a generic one.</summary>
    public EntityHandle Of(MethodBase method)
    {
        // The signature is that of the definition, with its type parameters.
        var definition = method.Module.ResolveMethod(method.MetadataToken)!;
        var parameters = definition.GetParameters();
        var signature = new BlobBuilder();
        new BlobEncoder(signature)
            .MethodSignature(genericParameterCount: definition.IsGenericMethod ? definition.GetGenericArguments().Length : 0, isInstanceMethod: !definition.IsStatic)
            .Parameters(parameters.Length, returns => EncodeReturn(returns, definition), list => Array.ForEach(parameters, parameter => EncodeParameter(list.AddParameter(), parameter)));
        var reference = metadata.AddMemberReference(Of(method.DeclaringType!), metadata.GetOrAddString(method.Name), metadata.GetOrAddBlob(signature));
        if (!method.IsGenericMethod)
        {
            return reference;
        }

        var instance = new BlobBuilder();
        var arguments = method.GetGenericArguments();
        var encoder = new BlobEncoder(instance).MethodSpecificationSignature(arguments.Length);
        Array.ForEach(arguments, argument => Encode(encoder.AddArgument(), argument));
        return metadata.AddMethodSpecification(reference, metadata.GetOrAddBlob(instance));
    }

    private EntityHandle Of(Type type)
    {
        if (_types.TryGetValue(type, out var known))
        {
            return known;
        }

        EntityHandle handle;
        if (type.HasElementType || type.IsConstructedGenericType)
        {
            var signature = new BlobBuilder();
            Encode(new BlobEncoder(signature).TypeSpecificationSignature(), type);
            handle = metadata.AddTypeSpecification(metadata.GetOrAddBlob(signature));
        }
        else
        {
            handle = metadata.AddTypeReference(
                type.DeclaringType is { } outer ? Of(outer) : Of(type.Assembly, IsShared(type)),
                type.DeclaringType is null && type.Namespace is { } name ? metadata.GetOrAddString(name) : default,
                metadata.GetOrAddString(type.Name));
        }

        _types.Add(type, handle);
        return handle;
    }

    private AssemblyReferenceHandle Of(Assembly assembly, bool isShared)
    {
        var name = isShared ? new AssemblyName(SharedTypeAssembly) { Version = new Version() } : assembly.GetName();
        if (!_assemblies.TryGetValue(name.Name!, out var handle))
        {
            handle = metadata.AddAssemblyReference(
                metadata.GetOrAddString(name.Name!), name.Version!, default, metadata.GetOrAddBlob(name.GetPublicKeyToken() ?? []), default, default);
            _assemblies.Add(name.Name!, handle);
        }

        return handle;
    }

    private void EncodeReturn(ReturnTypeEncoder encoder, MethodBase method)
    {
        if (method is not MethodInfo { ReturnParameter: var returned })
        {
            encoder.Void();
            return;
        }

        EncodeModifiers(encoder.CustomModifiers(), returned);
        if (returned.ParameterType == typeof(void))
        {
            encoder.Void();
        }
        else
        {
            Encode(encoder.Type(returned.ParameterType.IsByRef), returned.ParameterType);
        }
    }

    private void EncodeParameter(ParameterTypeEncoder encoder, ParameterInfo parameter)
    {
        EncodeModifiers(encoder.CustomModifiers(), parameter);
        Encode(encoder.Type(parameter.ParameterType.IsByRef), parameter.ParameterType);
    }

    private void EncodeModifiers(CustomModifiersEncoder encoder, ParameterInfo parameter)
    {
        Array.ForEach(parameter.GetRequiredCustomModifiers(), modifier => encoder.AddModifier(Of(modifier), isOptional: false));
        Array.ForEach(parameter.GetOptionalCustomModifiers(), modifier => encoder.AddModifier(Of(modifier), isOptional: true));
    }

    private void Encode(SignatureTypeEncoder encoder, Type type)
    {
        switch (type)
        {
            case { IsByRef: true }:
                Encode(encoder, type.GetElementType()!);
                break;
            case { IsGenericTypeParameter: true }:
                encoder.GenericTypeParameter(type.GenericParameterPosition);
                break;
            case { IsGenericMethodParameter: true }:
                encoder.GenericMethodTypeParameter(type.GenericParameterPosition);
                break;
            case { IsSZArray: true }:
                Encode(encoder.SZArray(), type.GetElementType()!);
                break;
            case { IsArray: true }:
                encoder.Array(element => Encode(element, type.GetElementType()!), shape => shape.Shape(type.GetArrayRank(), [], [.. new int[type.GetArrayRank()]]));
                break;
            case { IsPointer: true } when type.GetElementType() == typeof(void):
                encoder.VoidPointer();
                break;
            case { IsPointer: true }:
                Encode(encoder.Pointer(), type.GetElementType()!);
                break;
            case { IsGenericType: true }:
                var arguments = type.GetGenericArguments();
                var instance = encoder.GenericInstantiation(Of(type.GetGenericTypeDefinition()), arguments.Length, type.IsValueType);
                Array.ForEach(arguments, argument => Encode(instance.AddArgument(), argument));
                break;
            case { IsEnum: false } when Primitive(type) is { } primitive:
                encoder.PrimitiveType(primitive);
                break;
            default:
                encoder.Type(Of(type), type.IsValueType);
                break;
        }
    }

    private static PrimitiveTypeCode? Primitive(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => PrimitiveTypeCode.Boolean,
        TypeCode.Char => PrimitiveTypeCode.Char,
        TypeCode.SByte => PrimitiveTypeCode.SByte,
        TypeCode.Byte => PrimitiveTypeCode.Byte,
        TypeCode.Int16 => PrimitiveTypeCode.Int16,
        TypeCode.UInt16 => PrimitiveTypeCode.UInt16,
        TypeCode.Int32 => PrimitiveTypeCode.Int32,
        TypeCode.UInt32 => PrimitiveTypeCode.UInt32,
        TypeCode.Int64 => PrimitiveTypeCode.Int64,
        TypeCode.UInt64 => PrimitiveTypeCode.UInt64,
        TypeCode.Single => PrimitiveTypeCode.Single,
        TypeCode.Double => PrimitiveTypeCode.Double,
        TypeCode.String => PrimitiveTypeCode.String,
        _ when type == typeof(nint) => PrimitiveTypeCode.IntPtr,
        _ when type == typeof(nuint) => PrimitiveTypeCode.UIntPtr,
        _ when type == typeof(object) => PrimitiveTypeCode.Object,
        _ => null,
    };
}
