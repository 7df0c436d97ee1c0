using System.Globalization;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Compilation.Seeding;

/// <summary>Reads the values of a column, and fills in those that the database would: its default where that is a literal, and the number of the row.</summary>
internal sealed class ColumnReader
{
    private readonly SchemaDialect _dialect;
    private readonly IDictionary<string, long> _sequences;
    private readonly string? _sequence;
    private readonly IdentityDefinition? _numbering;
    private readonly SeedValue _default;
    private long _last;
    private bool _isTold;

    public ColumnReader(Column column, DatabaseModel model, IDictionary<string, long> sequences)
    {
        Column = column;
        _dialect = model.Dialect;
        _sequences = sequences;
        Values = new ValueReader(column, model.Dialect);
        if (column.Default is FunctionExpression { Name: NeutralFunctions.NextValue, Arguments: [LiteralExpression { Text: var name }] })
        {
            // A sequence that several columns share counts for all of them.
            _sequence = name;
            var sequence = model.Sequences.FirstOrDefault(one => one.Name == name || $"{one.Schema}.{one.Name}" == name);
            _numbering = new IdentityDefinition(sequence?.Start ?? 1, sequence?.Increment ?? 1);
        }
        else
        {
            _numbering = column.Identity;
            _default = DefaultOf(column);
        }

        _last = (_numbering?.Seed ?? 0) - (_numbering?.Increment ?? 0);
    }

    public Column Column { get; }

    public ValueReader Values { get; }

    /// <summary>Whether a row needs a value that nothing else gives.</summary>
    public bool IsRequired =>
        Column is { Nullable: false, Generated: null, Default: null, Identity: null, Type: not SqlTypeKind.RowVersion } && Values.IsKept;

    /// <summary>Whether MySQL takes the literal for a wish to be numbered.</summary>
    public bool IsNumberWanted(DataValue literal, bool keepsZero) => _dialect == SchemaDialect.MySql && Column.Identity is not null
        && (literal.Kind == DataValueKind.Null || (!keepsZero && literal is { Kind: DataValueKind.Number or DataValueKind.Text, Text: "0" }));

    /// <summary>True once.</summary>
    public bool TellsOnce() => !_isTold && (_isTold = true);

    /// <summary>Takes note of a number that a row gives, behind which MySQL and SQL Server go on.</summary>
    public void Saw(SeedValue value)
    {
        if (_numbering is not null && _dialect != SchemaDialect.PostgreSql
            && long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && (_numbering.Increment < 0 ? number < _last : number > _last))
        {
            _last = number;
        }
    }

    /// <summary>What a row gets that says nothing; absent where that is only known when it is written.</summary>
    public SeedValue Fill()
    {
        if (_numbering is null)
        {
            return _default;
        }

        if (_sequence is null)
        {
            return Number(_last += _numbering.Increment);
        }

        var number = _sequences.TryGetValue(_sequence, out var last) ? last + _numbering.Increment : _numbering.Seed;
        _sequences[_sequence] = number;
        return Number(number);
    }

    private static SeedValue Number(long number) => new(SeedValueKind.Json, number.ToString(CultureInfo.InvariantCulture));

    private SeedValue DefaultOf(Column column)
    {
        var expression = column.Default is CastExpression { Value: LiteralExpression inner } ? inner : column.Default;
        DataValueKind? kind = (expression as LiteralExpression)?.Kind switch
        {
            LiteralKind.Boolean => DataValueKind.Boolean,
            LiteralKind.Number => DataValueKind.Number,
            LiteralKind.String => DataValueKind.Text,
            LiteralKind.Binary => DataValueKind.Bytes,
            _ => null,
        };
        if (kind is not { } known || column.Generated is not null)
        {
            return default;
        }

        var value = Values.Read(new DataValue(known, ((LiteralExpression)expression!).Text, 0), out var problem);
        return problem is null ? value : default;
    }
}
