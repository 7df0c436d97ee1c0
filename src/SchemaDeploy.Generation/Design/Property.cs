using System.Collections.Immutable;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Generation.Design;

/// <summary>How the values of a property look in C#, JSON and query strings.</summary>
public enum ValueForm
{
    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>An exact decimal number.</summary>
    Decimal,

    /// <summary>A floating-point number.</summary>
    Floating,

    /// <summary>Text.</summary>
    Text,

    /// <summary>Bytes; base64 in JSON.</summary>
    Bytes,

    /// <summary>A calendar day.</summary>
    Date,

    /// <summary>A time of day.</summary>
    Time,

    /// <summary>A date and time that names no zone.</summary>
    WallClock,

    /// <summary>A moment, UTC.</summary>
    Moment,

    /// <summary>A length of time.</summary>
    Duration,

    /// <summary>A UUID.</summary>
    Uuid,

    /// <summary>A JSON document: text in the entity, JsonElement in requests and responses.</summary>
    Json,

    /// <summary>A member of an enum.</summary>
    Enum,

    /// <summary>A list of simple values.</summary>
    List,
}

/// <summary>What keeps a property's value where clients do not.</summary>
public enum ServerValue
{
    /// <summary>Nothing: clients write it.</summary>
    None,

    /// <summary>The server sets the time of creation.</summary>
    NowOnCreate,

    /// <summary>The server sets the time of every change.</summary>
    NowOnUpdate,

    /// <summary>A number that grows with every change, by which concurrent changes are noticed.</summary>
    Version,

    /// <summary>A stamp of the database's that changes with every change.</summary>
    RowVersion,

    /// <summary>The database numbers the rows.</summary>
    Identity,

    /// <summary>The database computes it.</summary>
    Computed,
}

/// <summary>A column as the API sees it.</summary>
public sealed record Property
{
    /// <summary>The column.</summary>
    public required string ColumnName { get; init; }

    /// <summary>The C# property in entity, requests and response.</summary>
    public required string Name { get; init; }

    /// <summary>The name in JSON and query strings.</summary>
    public required string JsonName { get; init; }

    /// <summary>The name in routes: ASCII letters, digits and underscores.</summary>
    public required string RouteName { get; init; }

    /// <summary>What it is, from the column's comment; null where there is none.</summary>
    public string? Comment { get; init; }

    /// <summary>The name that the column had before; null where none is told.</summary>
    public string? OldName { get; init; }

    /// <summary>The column's type.</summary>
    public required SqlTypeKind Kind { get; init; }

    /// <summary>How values look.</summary>
    public required ValueForm Form { get; init; }

    /// <summary>The C# type of a value that is there, such as <c>long</c> or <c>ItemStatus</c>.</summary>
    public required string ClrType { get; init; }

    /// <summary>Whether the C# type is a struct.</summary>
    public required bool IsValueType { get; init; }

    /// <summary>Whether the column allows null.</summary>
    public required bool Nullable { get; init; }

    /// <summary>The C# type in the entity.</summary>
    public required string EntityType { get; init; }

    /// <summary>The C# type in requests: always nullable, so that what is missing can be told.</summary>
    public required string RequestType { get; init; }

    /// <summary>The C# type in the response.</summary>
    public required string ResponseType { get; init; }

    /// <summary>The column type on databases where EF Core's own choice would not do; null where it does everywhere.</summary>
    public ProviderSql? ColumnType { get; init; }

    /// <summary>The enum, where Form is Enum.</summary>
    public Enumeration? Enum { get; init; }

    /// <summary>Most characters or bytes.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Whether text or bytes always have MaxLength.</summary>
    public bool IsFixedLength { get; init; }

    /// <summary>Decimal digits in all; for times, fractional digits of the second.</summary>
    public int? Precision { get; init; }

    /// <summary>Decimal digits behind the point.</summary>
    public int? Scale { get; init; }

    /// <summary>Whether text that differs in case alone is the same.</summary>
    public bool IgnoresCase { get; init; }

    /// <summary>The collation as the schema has it; it means something to the schema's own database only.</summary>
    public string? Collation { get; init; }

    /// <summary>Whether it tells deleted rows from the others, which then are all that anybody sees.</summary>
    public bool IsDeletionMark { get; init; }

    /// <summary>Whether it is part of the resource's key.</summary>
    public bool IsKey { get; init; }

    /// <summary>What keeps the value; clients cannot write it unless None.</summary>
    public ServerValue ServerValue { get; init; }

    /// <summary>How rows are numbered by it; null where that is 1, 2, 3.</summary>
    public Numbering? Numbering { get; init; }

    /// <summary>The expression of a computed column.</summary>
    public ProviderSql? ComputedSql { get; init; }

    /// <summary>Whether a computed column is stored.</summary>
    public bool IsStored { get; init; }

    /// <summary>What new rows get where a request says nothing.</summary>
    public PropertyDefault? Default { get; init; }

    /// <summary>Whether responses hold it.</summary>
    public bool InResponse { get; init; } = true;

    /// <summary>Whether requests that create may hold it.</summary>
    public bool InCreate { get; init; }

    /// <summary>Whether requests that change may hold it.</summary>
    public bool InUpdate { get; init; }

    /// <summary>Whether requests that create must hold it.</summary>
    public bool RequiredOnCreate { get; init; }

    /// <summary>Whether requests that replace must hold it.</summary>
    public bool RequiredOnUpdate { get; init; }

    /// <summary>Whether a change that does not hold it leaves it as it is; so for secrets, which clients cannot read back.</summary>
    public bool KeptWhenAbsent { get; init; }

    /// <summary>Whether users sign in with it: an e-mail in lower case.</summary>
    public bool IsEmail { get; init; }

    /// <summary>Whether it names the row's owner: the server fills it in where a request does not.</summary>
    public bool IsOwner { get; init; }

    /// <summary>Whether only ADMIN may give it another value than the server would.</summary>
    public bool IsAdminOnly { get; init; }

    /// <summary>Whether the audit log keeps its values; those that clients do not see are not kept.</summary>
    public bool IsAudited { get; init; } = true;

    /// <summary>Whether it is written and never shown.</summary>
    public bool IsWriteOnly => !InResponse && (InCreate || InUpdate);

    /// <summary>Whether lists may be filtered by it.</summary>
    public bool Filterable { get; init; }

    /// <summary>Whether lists may be sorted by it.</summary>
    public bool Sortable { get; init; }

    /// <summary>The filter operators of its type; eq is written as the plain name.</summary>
    public ImmutableArray<string> FilterOperators { get; init; } = [];

    /// <summary>The rules that a value must follow, those of the type included.</summary>
    public ImmutableArray<PropertyRule> Rules { get; init; } = [];
}

/// <summary>How the database numbers rows.</summary>
/// <param name="Start">The first row's number.</param>
/// <param name="Step">From a number to the next one; may be negative.</param>
public sealed record Numbering(long Start, long Step);

/// <summary>Where a default comes from.</summary>
public enum DefaultKind
{
    /// <summary>A value written in the schema.</summary>
    Literal,

    /// <summary>The current moment.</summary>
    Now,

    /// <summary>The current date.</summary>
    Today,

    /// <summary>The current time of day.</summary>
    TimeOfDay,

    /// <summary>A new UUID.</summary>
    Uuid,

    /// <summary>Random bytes in hexadecimal digits.</summary>
    RandomHex,

    /// <summary>The next number of a sequence, which only the database knows.</summary>
    Sequence,

    /// <summary>An expression that only the database evaluates.</summary>
    Database,
}

/// <summary>A default.</summary>
/// <param name="Kind">Where it comes from.</param>
public sealed record PropertyDefault(DefaultKind Kind)
{
    /// <summary>The value as a C# expression of the entity's type; null for kinds that only the database evaluates.</summary>
    public string? CSharp { get; init; }

    /// <summary>The value as a C# expression of the request's type; null unless Literal.</summary>
    public string? RequestCSharp { get; init; }

    /// <summary>The value as JSON text; null unless Literal.</summary>
    public string? Json { get; init; }

    /// <summary>The DEFAULT clause of the column.</summary>
    public ProviderSql? Sql { get; init; }

    /// <summary>Whether every supported database has it: else requests that create must hold the value.</summary>
    public bool IsEverywhere { get; init; } = true;
}
