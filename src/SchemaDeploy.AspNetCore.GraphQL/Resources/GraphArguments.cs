using System.Diagnostics.CodeAnalysis;
using GraphQL;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.Resources;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>The arguments of a field that name a row.</summary>
public sealed class GraphArguments
{
    private readonly IResolveFieldContext _context;

    internal GraphArguments(IResolveFieldContext context) => _context = context;

    /// <summary>The value of an argument.</summary>
    /// <exception cref="ApiException">400: the argument is no such value.</exception>
    public T Get<T>(string name)
        where T : IParsable<T> => ScalarText.TryParse<T>(Text(name), out var value)
            ? value
            : throw new ApiException(400, $"The argument {name} must be {ScalarText.Describe(typeof(T))}.");

    /// <summary>The member of an enum that an argument names.</summary>
    public TEnum GetEnum<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] TEnum>(string name)
        where TEnum : struct, Enum => EnumText<TEnum>.FromText(Text(name));

    private string Text(string name) => ScalarText.Format(_context.Arguments![name].Value!);
}
