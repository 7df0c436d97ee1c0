using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>A schema that an application was built with, as a file beside its script.</summary>
/// <param name="Version">See <see cref="SchemaRecord.VersionOf"/>.</param>
/// <param name="Provider">The database that it is for, as <c>DATABASE_URL</c> names it.</param>
/// <param name="Schema">The schema, as <see cref="SchemaJson"/> writes it.</param>
internal sealed record SchemaSnapshot(string Version, string Provider, string Schema)
{
    /// <summary>The schema of the application that <paramref name="context"/> is of; no connection is opened.</summary>
    public static SchemaSnapshot Of(DbContext context, string provider, SchemaApiOptions options) =>
        new(SchemaRecord.VersionOf(options.Schema), provider, SchemaJson.Write(DatabaseSchema.Of(context)));

    /// <summary>What the files of a database are called.</summary>
    public static string FileOf(string folder, string provider) => Path.Combine(folder, provider + ".snapshot.json");

    /// <summary>Writes the snapshot, which is the same text for the same schema.</summary>
    public Task WriteAsync(string file) => File.WriteAllTextAsync(file, new JsonObject
    {
        ["version"] = Version,
        ["provider"] = Provider,
        ["schema"] = JsonNode.Parse(Schema),
    }.ToJsonString(SchemaJson.Options) + "\n");

    /// <summary>What a database records that has this schema.</summary>
    public SchemaRecord ToRecord() => new() { Version = Version, Snapshot = Schema, IsFinished = true };

    /// <summary>Reads a snapshot.</summary>
    /// <exception cref="StartupException">The file is none.</exception>
    public static async Task<SchemaSnapshot> ReadAsync(string file)
    {
        try
        {
            var json = JsonNode.Parse(await File.ReadAllTextAsync(file));
            return new SchemaSnapshot((string)json!["version"]!, (string)json["provider"]!, json["schema"]!.ToJsonString(SchemaJson.Options));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or NullReferenceException or InvalidOperationException)
        {
            throw new StartupException($"SD4108: {file} is no snapshot of a schema: {exception.Message} Snapshots are written beside the scripts by 'dotnet build -t:SchemaScript'.");
        }
    }
}
