using System.Reflection;
using System.Reflection.Emit;
using SchemaDeploy.Deployment.Serverless;

namespace SchemaDeploy.Deployment.Tests.Serverless;

/// <summary>What of .NET is left out of a program.</summary>
public sealed class AssemblyReferencesTests : IDisposable
{
    private static readonly string s_frameworkFolder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_a_program_refers_to_stays_with_all_that_this_refers_to()
    {
        var unreferenced = Unreferenced(typeof(DeploymentGenerator).Assembly.Location);

        Assert.Empty(Names(typeof(DeploymentGenerator).Assembly.GetReferencedAssemblies().Select(name => name.Name!)).Intersect(unreferenced));
        Assert.DoesNotContain("System.Private.CoreLib", unreferenced);
        Assert.Contains("Microsoft.VisualBasic.Core", unreferenced);
        Assert.Contains("System.Net.Mail", unreferenced);
    }

    [Fact]
    public void An_assembly_that_forwards_types_leads_to_those_alone_that_are_asked_for()
    {
        var unreferenced = Unreferenced(typeof(FactAttribute).Assembly.Location);

        Assert.Contains("netstandard", typeof(FactAttribute).Assembly.GetReferencedAssemblies().Select(name => name.Name));
        Assert.DoesNotContain("netstandard", unreferenced);
        Assert.DoesNotContain("System.Linq", unreferenced);
        // Which netstandard refers to.
        Assert.Contains("System.Net.Mail", unreferenced);
    }

    [Theory]
    [InlineData("System.Net.Mail.SmtpClient, System.Net.Mail")]
    [InlineData("System.Net.Mail.SmtpClient, System, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089")]
    [InlineData("a List`1[[System.Net.Mail.SmtpClient+Nested[], System.Net.Mail]]")]
    public void A_type_that_is_named_in_a_text_is_as_good_as_referred_to(string text)
    {
        Assert.DoesNotContain("System.Net.Mail", Unreferenced(ProgramThatSays(text)));
    }

    [Theory]
    [InlineData("System.Net.Mail, which nobody asks for, is not among them.")]
    [InlineData(",, ,System.Net.Mail.SmtpClient")]
    public void Other_texts_are_none_of_that(string text)
    {
        Assert.Contains("System.Net.Mail", Unreferenced(ProgramThatSays(text)));
    }

    [Fact]
    public void What_a_project_names_stays()
    {
        Assert.DoesNotContain("System.Net.Mail", Unreferenced(ProgramThatSays(""), "System.Net.Mail"));
    }

    private static HashSet<string> Unreferenced(string program, params string[] kept) =>
        Names(AssemblyReferences.FindUnreferenced([program], Directory.GetFiles(s_frameworkFolder, "*.dll"), kept).Select(file => Path.GetFileNameWithoutExtension(file)));

    private static HashSet<string> Names(IEnumerable<string> names) => new(names, StringComparer.Ordinal);

    private string ProgramThatSays(string text)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("Program"), typeof(object).Assembly);
        var type = assembly.DefineDynamicModule("Program").DefineType("Program");
        var code = type.DefineMethod("Text", MethodAttributes.Static, typeof(string), []).GetILGenerator();
        code.Emit(OpCodes.Ldstr, text);
        code.Emit(OpCodes.Ret);
        type.CreateType();
        var file = Path.Combine(_folder, $"{Guid.NewGuid()}.dll");
        assembly.Save(file);
        return file;
    }
}
