using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Generation.Design;

/// <summary>The smart tags.</summary>
internal static class Tags
{
    public const string Hidden = "hidden";
    public const string ReadOnly = "readonly";
    public const string Name = "name";
    public const string Owner = "owner";
    public const string Users = "users";
    public const string Public = "public";
    public const string Allow = "allow";
    public const string Audit = "audit";
    public const string Filterable = "filterable";
    public const string Sortable = "sortable";
    public const string RenamedFrom = "renamed-from";
    public const string Rule = "rule";
    public const string SoftDelete = "soft-delete";
    public const string UniqueWithin = "unique-within";

    /// <summary>Whether the tag is there.</summary>
    public static bool Has(this ImmutableArray<SmartTag> tags, string name) => tags.Any(tag => tag.Name == name);

    /// <summary>Whether @audit off says that nothing is recorded.</summary>
    public static bool IsNotAudited(this ImmutableArray<SmartTag> tags, DiagnosticBag diagnostics)
    {
        if (tags.FirstOrDefault(tag => tag.Name == Audit) is not { } tag)
        {
            return false;
        }

        if (string.Equals(tag.Argument, "off", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        diagnostics.Report(DesignDiagnostics.TagNotUsable, tag.Source.ToSpan(), tag.Name, "everything is audited that '@audit off' does not exclude");
        return false;
    }

    /// <summary>The name that @renamed-from says the table or column had before, or null.</summary>
    public static string? OldName(this ImmutableArray<SmartTag> tags, DiagnosticBag diagnostics)
    {
        if (tags.FirstOrDefault(tag => tag.Name == RenamedFrom) is not { } tag)
        {
            return null;
        }

        var name = tag.Argument.Trim('"', '`', '[', ']');
        if (name.Length > 0)
        {
            return name;
        }

        diagnostics.Report(DesignDiagnostics.TagNotUsable, tag.Source.ToSpan(), tag.Name, "the name must follow that it had before");
        return null;
    }

    /// <summary>The name that @name gives, or null.</summary>
    public static string? GivenName(this ImmutableArray<SmartTag> tags, DiagnosticBag diagnostics)
    {
        if (tags.FirstOrDefault(tag => tag.Name == Name) is not { } tag)
        {
            return null;
        }

        if (tag.Argument.Any(char.IsLetter) && tag.Argument.All(c => char.IsLetterOrDigit(c) || c is '_' or '-'))
        {
            return tag.Argument;
        }

        diagnostics.Report(
            DesignDiagnostics.TagNotUsable, tag.Source.ToSpan(), tag.Name,
            tag.Argument.Length == 0 ? "a name must follow" : $"'{tag.Argument}' is no name of letters, digits, - and _");
        return null;
    }
}
