using SchemaDeploy.Security.Tests.Apps;

namespace SchemaDeploy.Security.Tests.Owasp;

/// <summary>The databases that each section's tests run on.</summary>
internal static class Databases
{
    public static TheoryData<Database> All => [Database.Sqlite, Database.PostgreSql];
}
