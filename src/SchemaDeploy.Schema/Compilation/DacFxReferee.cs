using System.Globalization;
using Microsoft.SqlServer.Dac;
using Microsoft.SqlServer.Dac.Model;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>Has DacFx examine the schema, on a thread of its own, and puts its findings into the user's terms.</summary>
internal sealed class DacFxReferee : IDisposable
{
    private readonly TSqlScript _script;
    private readonly Task<(TSqlModel Model, List<(SourceSpan Span, string Message)> Findings)> _examination;

    private DacFxReferee(FoldedSchema schema)
    {
        _script = TSqlEmitter.Emit(schema);
        // The thread must not hold on to the folded tables: memory is at its highest while DacFx works.
        var dialect = schema.Dialect;
        _examination = Task.Run(() => Examine(dialect));
    }

    /// <summary>Loads DacFx and its tables of types and collations.</summary>
    public static void WarmUp() => Task.Run(static () => CreateModel(SchemaDialect.TSql).Dispose());

    /// <summary>Begins the examination of tables that our own checks found sound.</summary>
    public static DacFxReferee Start(FoldedSchema schema) => new(schema);

    /// <summary>Waits for the examination. Whether the schema was accepted.</summary>
    public bool AwaitVerdict(DiagnosticBag diagnostics)
    {
        var (_, findings) = _examination.GetAwaiter().GetResult();
        foreach (var (span, message) in findings)
        {
            diagnostics.Report(ModelDiagnostics.Refused, span, message);
        }

        return findings.Count == 0;
    }

    /// <summary>Writes the package; see <see cref="DacpacNormaliser"/>.</summary>
    public void WriteDacpac(Stream output, string name)
    {
        using var package = new MemoryStream();
        var metadata = new PackageMetadata { Name = name, Version = "1.0.0.0" };
        // The examination has validated the model already.
        var options = new PackageOptions { IgnoreValidationErrors = ["*"] };
        DacPackageExtensions.BuildPackage(package, _examination.GetAwaiter().GetResult().Model, metadata, options);
        DacpacNormaliser.Copy(package, output);
    }

    public void Dispose()
    {
        // Failures have been thrown to whoever awaited the verdict.
        _examination.ContinueWith(
            static e => e.Result.Model.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion,
            TaskScheduler.Default);
    }

    private (TSqlModel Model, List<(SourceSpan Span, string Message)> Findings) Examine(SchemaDialect dialect)
    {
        var model = CreateModel(dialect);
        var findings = new List<(SourceSpan Span, string Message)>();
        var number = 0;
        foreach (var (text, lines) in _script.TakeParts())
        {
            // A text of a name that DacFx has met replaces what that one held.
            var name = string.Create(CultureInfo.InvariantCulture, $"part {++number}");
            try
            {
                model.AddOrUpdateObjects(text, name, new TSqlObjectOptions());
            }
            catch (DacModelException)
            {
                findings.AddRange(model.GetModelErrors()
                    .Where(e => e.SourceName == name)
                    .Select(e => (lines[Math.Clamp(e.Line - 1, 0, lines.Length - 1)], Words(e.Message))));
            }
        }

        if (findings.Count == 0)
        {
            foreach (var message in model.Validate().Where(m => m.MessageType == DacMessageType.Error))
            {
                findings.Add((DacFxMessage.FindSpan(message.Message, _script), Words(message.Message)));
            }
        }

        return (model, findings);

        static string Words(string message) => DacFxMessage.InUserWords(message);
    }

    private static TSqlModel CreateModel(SchemaDialect dialect) => new(SqlServerVersion.Sql170, new TSqlModelOptions
    {
        // Names that differ only in case are one name in SQL Server by default, and may be two elsewhere.
        Collation = dialect == SchemaDialect.TSql ? "SQL_Latin1_General_CP1_CI_AS" : "Latin1_General_100_BIN2",
    });
}
