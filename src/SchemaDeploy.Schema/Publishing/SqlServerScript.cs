using Microsoft.SqlServer.Dac;
using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace SchemaDeploy.Schema.Publishing;

/// <summary>The database that a script for SQL Server makes, in Microsoft's DacFx in place of a server.</summary>
public sealed class SqlServerScript : IDisposable
{
    private readonly TSqlModel _model = new(SqlServerVersion.Sql170, new TSqlModelOptions());
    private readonly List<string> _errors = [];

    private SqlServerScript()
    {
    }

    /// <summary>What DacFx has to say against the script.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Loads a script that an application wrote. Rows and comments in it are passed over: a model has objects alone.</summary>
    public static SqlServerScript Load(string script)
    {
        var loaded = new SqlServerScript();
        var parsed = (TSqlScript)new TSql170Parser(initialQuotedIdentifiers: true).Parse(new StringReader(script), out var errors);
        if (errors.Count > 0)
        {
            loaded._errors.AddRange(errors.Select(error => $"({error.Line},{error.Column}) {error.Message}"));
            return loaded;
        }

        foreach (var statement in parsed.Batches.SelectMany(batch => batch.Statements))
        {
            loaded.Add(statement, script);
        }

        loaded._errors.AddRange(loaded._model.Validate().Where(message => message.MessageType == DacMessageType.Error).Select(message => message.ToString()));
        return loaded;
    }

    /// <summary>The database as a package.</summary>
    /// <param name="name">The package's name.</param>
    /// <param name="refactorLog">The file that says what had other names before, or null.</param>
    public DacPackage ToPackage(string name, string? refactorLog)
    {
        var package = new MemoryStream();
        var options = new PackageOptions { IgnoreValidationErrors = ["*"], RefactorLogPath = refactorLog };
        DacPackageExtensions.BuildPackage(package, _model, new PackageMetadata { Name = name, Version = "1.0.0.0" }, options);
        package.Position = 0;
        return DacPackage.Load(package, DacSchemaModelStorageType.Memory);
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    private void Add(TSqlStatement statement, string script)
    {
        if (Definition(statement, script) is not { } text)
        {
            return;
        }

        try
        {
            _model.AddObjects(text);
        }
        catch (DacModelException exception)
        {
            _errors.Add($"({statement.StartLine},{statement.StartColumn}) {exception.Message}");
        }
    }

    // Of what runs beside definitions, schemas are made inside a condition, and comments by a procedure and its variables.
    private static string? Definition(TSqlStatement statement, string script) => statement switch
    {
        IfStatement { ThenStatement: ExecuteStatement { ExecuteSpecification.ExecutableEntity: ExecutableStringList { Strings: [StringLiteral literal] } } } => literal.Value,
        DeclareVariableStatement or SetVariableStatement or InsertStatement or SetOnOffStatement => null,
        ExecuteStatement { ExecuteSpecification.ExecutableEntity: ExecutableProcedureReference } => null,
        _ => script.Substring(statement.StartOffset, statement.FragmentLength),
    };
}
