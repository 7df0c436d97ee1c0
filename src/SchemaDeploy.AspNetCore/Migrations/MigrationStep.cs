namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>A statement of a migration that is about to be carried out.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Statement">The statement.</param>
internal readonly record struct MigrationStep(int Number, int Count, string Statement);
