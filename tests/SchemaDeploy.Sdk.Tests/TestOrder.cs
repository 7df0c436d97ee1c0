using SchemaDeploy.Sdk.Tests.Clients;
using SchemaDeploy.Sdk.Tests.Engine;
using SchemaDeploy.Sdk.Tests.GeneratedTests;
using SchemaDeploy.Sdk.Tests.Serverless;

[assembly: TestCollectionOrderer(typeof(SchemaDeploy.Sdk.Tests.TestOrder))]

namespace SchemaDeploy.Sdk.Tests;

/// <summary>What takes minutes comes first.</summary>
public sealed class TestOrder() : LongestFirst(
    PublishedFunction.Collection, DockerEngine.Collection, nameof(TemplateTests), nameof(DiffTests), nameof(IncrementalTests), nameof(GeneratedTestsTests),
    nameof(BuildTests), nameof(FaultTests), nameof(ClientTests), nameof(BadInputTests), nameof(BackupTests), nameof(ScriptTests));
