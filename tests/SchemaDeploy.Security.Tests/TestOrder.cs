[assembly: TestCollectionOrderer(typeof(SchemaDeploy.Security.Tests.TestOrder))]

namespace SchemaDeploy.Security.Tests;

/// <summary>What takes minutes comes first.</summary>
public sealed class TestOrder() : LongestFirst(
    nameof(MigrationProcessTestsOnMariaDb), nameof(MigrationProcessTestsOnPostgreSql), nameof(ReplicaTests), nameof(MigrationProcessTestsOnSqlite));
