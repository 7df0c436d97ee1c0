namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>What a database says of its schema.</summary>
/// <param name="Version">The version that it has all of; null where a migration is under way.</param>
/// <param name="HasFailedMigration">Whether the last migration failed, or was refused.</param>
internal sealed record SchemaState(string? Version, bool HasFailedMigration);
