using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SchemaDeploy.AspNetCore.Commands;
using SchemaDeploy.AspNetCore.Monitoring;

namespace SchemaDeploy.AspNetCore.Hosting;

/// <summary>Where every generated application begins.</summary>
public static class SchemaApplication
{
    /// <summary>The address served where none is configured.</summary>
    public const string DefaultUrl = "http://localhost:3000";

    // To notice a changed appsettings.json, .NET watches every folder below the application's; what is set there is read at
    // the start alone. Arguments may say otherwise.
    private const string ReadOnce = "--hostBuilder:reloadConfigOnChange=false";

    /// <summary>A builder with ASP.NET Core's slim defaults, and an address where none is configured.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder([ReadOnce, .. args]);
        builder.Configuration.AddDefaults(builder.Environment);
        builder.Configuration.AddSecretFiles();
        builder.WebHost.UseKestrelHttpsConfiguration();
        if (string.IsNullOrEmpty(builder.Configuration["urls"])
            && string.IsNullOrEmpty(builder.Configuration["http_ports"])
            && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.Configuration["urls"] = builder.Configuration["PORT"] is { Length: > 0 } port ? UrlOf(port) : DefaultUrl;
        }

        ManagementPort.Listen(builder.Configuration);
        // The slim builder has set another, which what is configured does not change.
        builder.Logging.AddConsole(console => console.FormatterName = builder.Configuration[DefaultConfiguration.LogFormat]);
        return builder;
    }

    private static string UrlOf(string port) => ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        ? $"http://*:{port}"
        : throw new StartupException($"PORT is '{port}', and must be a number from 0 to 65535.");

    /// <summary>
    /// Builds and runs the application, or the command that the first argument names, after settings; a configuration it cannot start
    /// with ends it with one line and exit code 1.
    /// </summary>
    /// <typeparam name="TContext">The application's database.</typeparam>
    /// <param name="args">The command line: a command and its arguments, or settings of the application.</param>
    /// <param name="options">What the library knows of the application.</param>
    /// <param name="build">Puts the application together.</param>
    public static async Task<int> RunAsync<TContext>(string[] args, SchemaApiOptions options, Func<WebApplicationBuilder, WebApplication> build)
        where TContext : DbContext
    {
        var isStarting = true;
        try
        {
            var line = CommandLine.Read(args);
            switch (line.Command)
            {
                case HealthCommand.Name:
                    return await HealthCommand.RunAsync(line.Arguments, line.Settings, Console.Out);
                case ScriptCommand.Name:
                    await ScriptCommand.RunAsync<TContext>(options, line.Arguments);
                    return 0;
                case DiffCommand.Name:
                    await DiffCommand.RunAsync<TContext>(options, line.Arguments);
                    return 0;
                case MigrateCommand.Name:
                    await MigrateCommand.RunAsync<TContext>(options, line.All);
                    return 0;
                case BackupCommand.Name:
                    await BackupCommand.RunAsync(options, line.All);
                    return 0;
                case RestoreCommand.Name:
                    RestoreCommand.Run(options, line.All);
                    return 0;
            }

            var builder = CreateBuilder(line.All);
            StartupFailure.Quiet(builder.Logging, () => isStarting);
            if (line.Command == WaitCommand.Name)
            {
                WaitCommand.Quiet(builder.Logging);
            }

            await using var app = build(builder);
            if (line.Command == WaitCommand.Name)
            {
                return await WaitCommand.RunAsync(app, Console.Out);
            }

            await app.StartAsync();
            isStarting = false;
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception exception) when (isStarting && StartupFailure.Find(exception) is { } message)
        {
            await Console.Error.WriteLineAsync(message);
            return 1;
        }
    }
}
