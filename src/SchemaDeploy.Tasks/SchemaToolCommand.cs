using System.Text;
using Microsoft.Build.Utilities;

namespace SchemaDeploy.Tasks;

/// <summary>How SchemaDeploy.Tool is called.</summary>
internal static class SchemaToolCommand
{
    /// <summary>Of its texts and response files: without a byte order mark, which would belong to the first argument.</summary>
    public static Encoding Encoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The arguments of the dotnet executable, to which those of the verb are added.</summary>
    public static CommandLineBuilder Of(string tool, string verb)
    {
        var commandLine = new CommandLineBuilder();
        commandLine.AppendSwitch("exec");
        commandLine.AppendFileNameIfNotNull(tool);
        commandLine.AppendSwitch(verb);
        return commandLine;
    }
}
