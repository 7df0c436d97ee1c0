[assembly: TestCollectionOrderer(typeof(SchemaDeploy.Compatibility.Tests.TestOrder))]

namespace SchemaDeploy.Compatibility.Tests;

/// <summary>What takes minutes comes first.</summary>
public sealed class TestOrder() : LongestFirst(nameof(MySqlCorpusTests), nameof(PostgreSqlCorpusTests), nameof(TSqlCorpusTests));
