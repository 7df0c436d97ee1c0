using Microsoft.SqlServer.Dac.Model;

namespace BuildBenchmark;

/// <summary>The yardstick: DacFx reads and validates the same T-SQL, and nothing else happens.</summary>
internal static class DacFxAlone
{
    public static int Run(string file)
    {
        using var model = new TSqlModel(SqlServerVersion.Sql160, new TSqlModelOptions());
        model.AddOrUpdateObjects(File.ReadAllText(file), "schema.sql", new TSqlObjectOptions());
        return model.Validate().Any(message => message.MessageType == Microsoft.SqlServer.Dac.DacMessageType.Error) ? 1 : 0;
    }
}
