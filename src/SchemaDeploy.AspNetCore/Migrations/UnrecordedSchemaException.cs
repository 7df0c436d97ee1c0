using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>The database has tables that others made, and records no schema.</summary>
internal sealed class UnrecordedSchemaException() : StartupException(
    $"SD4101: The database has tables, but none that records a schema ({SchemaRecord.Table}). migrate changes no tables that others made: "
    + "point DATABASE_URL to an empty database, or take over what there is with 'migrate --baseline', if it fits.");
