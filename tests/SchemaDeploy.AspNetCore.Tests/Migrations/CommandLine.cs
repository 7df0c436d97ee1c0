using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests.Migrations;

/// <summary>The application's commands, with what they print. Their tests take turns, for there is one console.</summary>
internal static class CommandLine
{
    public const string Turns = "console";

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var (output, error) = (Console.Out, Console.Error);
        await using var writtenOutput = new StringWriter();
        await using var writtenError = new StringWriter();
        try
        {
            Console.SetOut(writtenOutput);
            Console.SetError(writtenError);
            return (await SchemaApplication.RunAsync<AppDbContext>(arguments, Api.Options, Api.Build), writtenOutput.ToString(), writtenError.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
