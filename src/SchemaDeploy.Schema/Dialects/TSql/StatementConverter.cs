using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;
using Dom = Microsoft.SqlServer.TransactSql.ScriptDom;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>Turns the statements of one parsed text into neutral ones, and counts those that shape no table.</summary>
internal sealed class StatementConverter
{
    private readonly ConversionContext _context;
    private readonly SkippedStatements _skipped;
    private readonly ImmutableArray<Statement>.Builder _statements;
    private readonly TableConverter _tables;
    private readonly ProcedureCallConverter _calls;
    private readonly StringConstants _constants;
    private ExistenceGuard _guard;
    private Dom.TSqlFragment? _wrapper;

    public StatementConverter(
        ConversionContext context,
        MappedText text,
        SkippedStatements skipped,
        ImmutableArray<Statement>.Builder statements,
        Action<MappedText> readDynamic)
    {
        _context = context;
        _skipped = skipped;
        _statements = statements;
        _tables = new TableConverter(context);
        _constants = new StringConstants(text);
        _calls = new ProcedureCallConverter(context, _constants, skipped, statements, readDynamic);
    }

    /// <summary>Converts statements in order.</summary>
    public void Convert(IEnumerable<Dom.TSqlStatement> statements)
    {
        foreach (var statement in statements)
        {
            Convert(statement);
        }
    }

    private bool IfNotExists => _guard == ExistenceGuard.IfNotExists;

    private bool IfExists => _guard == ExistenceGuard.IfExists;

    private void Convert(Dom.TSqlStatement statement)
    {
        switch (statement)
        {
            case Dom.CreateTableStatement create:
                Add(_tables.Convert(create, _wrapper, IfNotExists));
                _wrapper = null;
                break;
            case Dom.AlterTableStatement alter:
                Add(_tables.Convert(alter, _guard));
                break;
            case Dom.DropTableStatement drop:
                Add(drop.Objects.Select(_context.Name)
                    .Where(name => !TableConverter.IsTemporary(name))
                    .Select(name => new DropTable(name, drop.IsIfExists || IfExists, _context.Span(drop))));
                break;
            case Dom.CreateIndexStatement { OnName: { } table }:
                CreateIndex(statement, table);
                break;
            case Dom.CreateColumnStoreIndexStatement { OnName: { } table }:
                CreateIndex(statement, table);
                break;
            case Dom.CreateFullTextIndexStatement { OnName: { } table }:
                CreateIndex(statement, table);
                break;
            case Dom.CreateSpatialIndexStatement { Object: { } table }:
                CreateIndex(statement, table);
                break;
            case Dom.IndexStatement { OnName: { } table } and not Dom.AlterIndexStatement:
                CreateIndex(statement, table);
                break;
            case Dom.DropIndexStatement drop:
                Add(drop.DropIndexClauses.Select(clause => DropIndex(clause, drop.IsIfExists || IfExists)).OfType<Statement>());
                break;
            default:
                ConvertOther(statement);
                break;
        }
    }

    private void ConvertOther(Dom.TSqlStatement statement)
    {
        var span = _context.Span(statement);
        switch (statement)
        {
            case Dom.CreateSchemaStatement create:
                CreateSchema(create, span);
                break;
            case Dom.AlterSchemaStatement { ObjectKind: Dom.SecurityObjectKind.NotSpecified or Dom.SecurityObjectKind.Object } move:
                Add(Move(_context.Name(move.ObjectName), move.Name.Value, span));
                break;
            case Dom.CreateSequenceStatement create:
                Add(Sequence(create, span));
                break;
            case Dom.DropSequenceStatement drop:
                Add(drop.Objects.Select(name => new DropSequence(_context.Name(name), drop.IsIfExists || IfExists, span)));
                break;
            case Dom.CreateTypeUddtStatement create:
                CreateType(create, span);
                break;
            case Dom.DropTypeStatement drop:
                Add(new DropType(_context.Name(drop.Name), drop.IsIfExists || IfExists, span));
                break;
            case Dom.IfStatement @if:
                If(@if);
                break;
            case Dom.BeginEndBlockStatement block:
                Convert(block.StatementList.Statements);
                break;
            case Dom.TryCatchStatement tryCatch:
                Convert(tryCatch.TryStatements.Statements);
                break;
            case Dom.WhileStatement loop:
                _skipped.Add(SkippedKinds.Loop, _context.Span(loop));
                break;
            case Dom.DeclareVariableStatement declare:
                _constants.Declare(declare);
                break;
            case Dom.SetVariableStatement set:
                _constants.Set(set);
                break;
            case Dom.SelectStatement { Into: { } into } when !TableConverter.IsTemporary(_context.Name(into)):
                _context.NotCarriedOver(statement, $"Table '{_context.Name(into)}', made by SELECT … INTO,", " Write a CREATE TABLE for it.");
                break;
            case Dom.ExecuteStatement execute:
                _calls.Convert(execute, _guard);
                break;
            default:
                Skip(statement, span);
                break;
        }
    }

    /// <summary>Counts what a reader might miss; purely technical statements are nobody's loss.</summary>
    private void Skip(Dom.TSqlStatement statement, SourceSpan span)
    {
        var kind = statement switch
        {
            Dom.InsertStatement or Dom.UpdateStatement or Dom.DeleteStatement or Dom.MergeStatement or Dom.BulkInsertBase => SkippedKinds.Data,
            Dom.ViewStatementBody => SkippedKinds.View,
            Dom.ProcedureStatementBody => SkippedKinds.Procedure,
            Dom.FunctionStatementBody => SkippedKinds.Function,
            Dom.TriggerStatementBody => SkippedKinds.Trigger,
            Dom.CreateTypeTableStatement => SkippedKinds.TableType,
            Dom.CreateTypeUdtStatement => SkippedKinds.ClrType,
            Dom.CreateSynonymStatement => SkippedKinds.Synonym,
            Dom.ExternalTableStatement => SkippedKinds.ExternalTable,
            Dom.SecurityPolicyStatement => SkippedKinds.SecurityPolicy,
            Dom.CreateRuleStatement => SkippedKinds.Rule,
            Dom.CreateDefaultStatement => SkippedKinds.FreeDefault,
            Dom.GrantStatement or Dom.DenyStatement or Dom.RevokeStatement => SkippedKinds.Permission,
            _ => null,
        };
        if (kind is not null)
        {
            _skipped.Add(kind, span);
        }
    }

    private void If(Dom.IfStatement statement)
    {
        var guard = ExistenceGuards.Of(statement.Predicate);
        var outer = (_guard, _wrapper);
        _guard = guard == ExistenceGuard.None ? _guard : guard;
        _wrapper = statement;
        Convert(statement.ThenStatement);
        if (statement.ElseStatement is { } @else)
        {
            // On an empty database "if it is there … else" takes the second way, "if it is not there … else" the first.
            if (guard == ExistenceGuard.IfExists)
            {
                _guard = ExistenceGuard.IfNotExists;
                _wrapper = statement;
                Convert(@else);
            }
            else if (guard == ExistenceGuard.None && HoldsDdl(@else))
            {
                // Of two ways that nothing is known of, the one that says what the tables are: scripts that bring a database
                // from version to version stop in the first where they are told to.
                if (HoldsDdl(statement.ThenStatement))
                {
                    _context.NotCarriedOver(@else, "This ELSE, whose condition the build cannot know,");
                }
                else
                {
                    Convert(@else);
                }
            }
        }

        (_guard, _wrapper) = outer;
    }

    private static bool HoldsDdl(Dom.TSqlStatement statement) => statement switch
    {
        Dom.BeginEndBlockStatement block => block.StatementList.Statements.Any(HoldsDdl),
        Dom.IfStatement @if => HoldsDdl(@if.ThenStatement) || (@if.ElseStatement is not null && HoldsDdl(@if.ElseStatement)),
        Dom.CreateTableStatement or Dom.AlterTableStatement or Dom.DropTableStatement or Dom.IndexStatement => true,
        _ => false,
    };

    private void CreateSchema(Dom.CreateSchemaStatement create, SourceSpan span)
    {
        if (create.Name is { } name)
        {
            Add(new CreateSchema(_context.Name(name), span));
        }

        if (create.StatementList is not { } elements)
        {
            return;
        }

        // What a CREATE SCHEMA creates along with it goes into that schema.
        var first = _statements.Count;
        Convert(elements.Statements);
        for (var i = first; i < _statements.Count && create.Name is not null; i++)
        {
            if (_statements[i] is CreateTable { Name.Schema: null } table)
            {
                _statements[i] = table with { Name = table.Name with { Schema = create.Name.Value } };
            }
        }
    }

    private MoveTable Move(ObjectName table, string schema, SourceSpan span)
    {
        _context.Names.RenameTable(table, table with { Schema = schema });
        return new MoveTable(table, schema, span);
    }

    private void CreateIndex(Dom.TSqlStatement statement, Dom.SchemaObjectName tableName)
    {
        var table = _context.Name(tableName);
        if (!TableConverter.IsTemporary(table) && new ConstraintConverter(_context, table).Convert(statement) is { } index)
        {
            _context.Names.AddConstraint(table, index.Name);
            Add(new CreateIndex(table, index, _context.Span(statement)) { IfNotExists = IfNotExists });
        }
    }

    private DropIndex? DropIndex(Dom.DropIndexClauseBase clause, bool ifExists)
    {
        ObjectName? table;
        Identifier index;
        switch (clause)
        {
            case Dom.DropIndexClause { Object: { } on } named:
                (table, index) = (_context.Name(on), _context.Name(named.Index));
                break;
            case Dom.BackwardsCompatibleDropIndexClause { Index: { ChildIdentifier: { } child, BaseIdentifier: { } parent } dotted }:
                (table, index) = (new ObjectName(dotted.SchemaIdentifier?.Value, parent.Value, _context.Span(dotted)), _context.Name(child));
                break;
            default:
                return null;
        }

        return TableConverter.IsTemporary(table)
            ? null
            : new DropIndex(new ObjectName(null, index.Text, index.Span), table, ifExists, _context.Span(clause));
    }

    private CreateSequence Sequence(Dom.CreateSequenceStatement create, SourceSpan span)
    {
        long? start = null;
        long? minimum = null;
        long? maximum = null;
        long increment = 1;
        foreach (var option in create.SequenceOptions.OfType<Dom.ScalarExpressionSequenceOption>())
        {
            if (option.OptionValue is null || !long.TryParse(_context.TextOf(option.OptionValue).Replace(" ", "", StringComparison.Ordinal), out var value))
            {
                continue;
            }

            switch (option.OptionKind)
            {
                case Dom.SequenceOptionKind.Start:
                    start = value;
                    break;
                case Dom.SequenceOptionKind.Increment:
                    increment = value;
                    break;
                case Dom.SequenceOptionKind.MinValue:
                    minimum = value;
                    break;
                case Dom.SequenceOptionKind.MaxValue:
                    maximum = value;
                    break;
                default:
                    break;
            }
        }

        var type = create.SequenceOptions.OfType<Dom.DataTypeSequenceOption>().FirstOrDefault()?.DataType;
        var from = increment < 0 ? maximum : minimum;
        return new CreateSequence(_context.Name(create.Name), start ?? from ?? SequenceLimits.FirstOf(type, increment < 0), increment, span)
        {
            IfNotExists = IfNotExists,
        };
    }

    private void CreateType(Dom.CreateTypeUddtStatement create, SourceSpan span)
    {
        var name = _context.Name(create.Name);
        var type = new TypeConverter(_context).Convert(create.DataType);
        _context.Names.AddType(name.Name, type.Kind);
        Add(new CreateType(name, type, span)
        {
            Nullable = create.NullableConstraint?.Nullable,
            IfNotExists = IfNotExists,
        });
    }

    private void Add(Statement? statement)
    {
        if (statement is not null)
        {
            _statements.Add(statement);
        }
    }

    private void Add(IEnumerable<Statement> statements) => _statements.AddRange(statements);
}
