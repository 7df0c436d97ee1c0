using System.Collections.Frozen;

namespace SchemaDeploy.Generation.Design.Naming;

/// <summary>Names that the schema's own names must not hide.</summary>
internal static class ReservedNames
{
    /// <summary>
    /// Types that generated files and the user's own hooks are likely to write without their namespace. A type of the
    /// application with such a name would silently be meant instead. Matched without case: file systems may not tell.
    /// </summary>
    public static FrozenSet<string> Types { get; } = Set(
        StringComparer.OrdinalIgnoreCase,
        // Roots of namespaces, and what every application has.
        "System Microsoft SchemaDeploy Npgsql Pomelo Program Startup AppDbContext AppGraph AppJsonContext Dynamic Record Var",
        // System and its collections, threads, files and text.
        """
        Action Activator AggregateException AppContext AppDomain ApplicationException ArgumentException Array Ascii
        AsyncEnumerable AsyncLocal Attribute AttributeTargets AttributeUsage Barrier Base64FormattingOptions BinaryData
        BinaryReader BinaryWriter BitConverter Boolean Buffer Byte Calendar CancellationToken Char CLSCompliant Comparer
        Comparison Console ConsoleColor ConsoleKey ContextBoundObject Convert CultureInfo DateOnly DateTime
        DateTimeKind DateTimeOffset DayOfWeek Decimal Decoder Delegate Dictionary Directory DirectoryInfo Double
        DriveInfo DriveType Encoder Encoding Enum Enumerable Environment EqualityComparer EventArgs EventHandler
        Exception ExecutionContext File FileAccess FileAttributes FileInfo FileMode FileOptions FileShare FileStream
        FileSystemInfo Flags FormatException FormattableString FrozenDictionary FrozenSet Func GC Guid Half HashCode
        HashSet ImmutableArray Index Int128 Int16 Int32 Int64 IntPtr Interlocked KeyValuePair Lazy LinkedList List Lock
        Lookup Math MathF MatchType Memory MemoryStream MidpointRounding Monitor Mutex Nullable NumberStyles Object
        ObsoleteAttribute OperatingSystem OrderedDictionary Overlapped Parallel ParallelOptions Path PeriodicTimer
        Predicate PriorityQueue Progress Queryable Queue Random Range ReadOnlyMemory ReadOnlySpan Rune SByte
        SearchOption SeekOrigin Semaphore Serializable Single SortedDictionary SortedList SortedSet Span SpinLock Stack
        Stream StreamReader StreamWriter String StringBuilder StringComparer StringComparison StringReader StringSplitOptions
        StringWriter Task TaskFactory TaskScheduler TaskStatus TextInfo TextReader TextWriter Thread ThreadLocal
        ThreadPool ThreadState TimeOnly Timeout TimeProvider Timer TimeSpan TimeZone TimeZoneInfo Tuple Type TypeCode
        UInt128 UInt16 UInt32 UInt64 UIntPtr UnicodeCategory Uri UriBuilder UriKind ValueTask ValueTuple ValueType
        Version Void Volatile WaitHandle WeakReference
        """,
        // Expressions, regular expressions, JSON.
        """
        BinaryExpression Capture ConstantExpression Expression Group JsonArray JsonContent JsonConverter JsonDocument
        JsonElement JsonException JsonIgnore JsonIgnoreCondition JsonNode JsonObject JsonProperty JsonPropertyName
        JsonSerializable JsonSerializer JsonSerializerContext JsonSerializerOptions JsonSourceGenerationOptions JsonText
        JsonValue JsonStringEnumMemberName LambdaExpression Match MemberExpression ParameterExpression Regex RegexOptions
        UnaryExpression GeneratedRegex
        """,
        // ASP.NET Core, hosting, logging.
        """
        ApplicationBuilder BackgroundService BindingAddress ConfigurationBuilder ConfigurationManager
        ConfigurationSection ConnectionInfo CookieBuilder CookieOptions Endpoint EndpointBuilder Environments EventId
        FormCollection FormFile FragmentString HeaderDictionary Host HostBuilder HostOptions HostString Hosting HttpClient
        HttpContent HttpContext HttpMethod HttpMethods HttpRequest HttpRequestMessage HttpResponse HttpResponseMessage
        LinkGenerator Logger LoggerFactory LoggerMessage LogLevel PathString QueryCollection QueryString
        RequestDelegate Results Route RouteBuilder RouteCollection RouteContext RouteData RouteEndpoint RouteGroupBuilder
        RouteOptions ServiceCollection ServiceDescriptor ServiceLifetime ServiceProvider SessionOptions StatusCodes
        TypedResults WebApplication WebApplicationBuilder WebApplicationOptions
        """,
        // EF Core.
        """
        ChangeTracker DatabaseFacade DbContext DbContextId DbContextOptions DbContextOptionsBuilder DbFunctions DbSet
        DbUpdateException DeleteBehavior EF EntityEntry EntityState EntityTypeBuilder IndexBuilder ModelBuilder
        ModelConfigurationBuilder PropertyBuilder QueryTrackingBehavior ReferentialAction ValueComparer ValueConverter
        """,
        // The runtime library.
        """
        ApiException AuditAction AuditAnnotations AuditRecord AuditText Captured Cursor DatabaseChoice EnumText EnumTextJsonConverter EnumTextValueConverter ETag Expansion
        CollectionGraph FieldText FieldUses GraphApplication GraphArguments GraphEnumText IAuditMapper KeyedGraph ReadGraph ResourceGraph RowsGraph InvalidFieldException JsonBody KeyedEndpoints KeyedReader KeysetPaging ListRequest MergePatch Page Problem ProviderSql
        ReadEndpoints ReferenceExpansion ResourceEndpoints ResourceField ResourceReader ResourceService ResourceServices
        ResourceShape ResponseWriter RoutePath RowExpansion RowQueries ScalarField SchemaApiExtensions SchemaApiOptions SchemaApplication
        ServerValues ServerValueInterceptor SortTerm StartupException TextField TimeUnit TimeWindow UtcDateTimeConverter
        Validator WallClockConverter WriteKind PendingWrite IGuardian
        AccountMap Caller DateTimeJsonConverter EntityConfiguration FieldGuard Grant IAccountRequest IValidatable KeyMatch
        MarkedReferenceGuard Numbering ReferenceGuard ResourceAccess
        """,
        // Generated tests.
        "ApplicationUnderTest Assert Body Created Fake Fakes FakeValues GraphNames Session TestApp");

    /// <summary>Members that every entity, request and response has or inherits, and names that keys of several columns, being tuples, cannot hold.</summary>
    public static FrozenSet<string> Members { get; } = Set(
        StringComparer.Ordinal,
        """
        Equals GetHashCode GetType ToString MemberwiseClone ReferenceEquals Finalize EqualityContract PrintMembers
        Deconstruct Clone Validate CompareTo Rest Item1 Item2 Item3 Item4 Item5 Item6 Item7 Item8 Item9
        """);

    /// <summary>Members of the context beside its sets.</summary>
    public static FrozenSet<string> ContextMembers { get; } = Set(
        StringComparer.Ordinal,
        """
        Equals GetHashCode GetType ToString MemberwiseClone ReferenceEquals Finalize Database ChangeTracker Model
        ContextId Set SaveChanges SaveChangesAsync Add AddAsync AddRange AddRangeAsync Attach AttachRange Update
        UpdateRange Remove RemoveRange Find FindAsync Entry FromExpression Dispose DisposeAsync OnConfiguring
        OnModelCreating OnModelCreatingPartial ConfigureConventions SavingChanges SavedChanges SaveChangesFailed
        AppDbContext
        """);

    /// <summary>Members that an enum cannot have beside its own methods.</summary>
    public static FrozenSet<string> EnumMembers { get; } = Set(
        StringComparer.Ordinal,
        "Equals GetHashCode GetType ToString MemberwiseClone ReferenceEquals Finalize CompareTo HasFlag GetTypeCode value__");

    /// <summary>Parameters of requests for lists; a field of such a name is filtered as <c>name[eq]</c>.</summary>
    public static FrozenSet<string> ListParameters { get; } =
        Set(StringComparer.OrdinalIgnoreCase, "limit cursor sort fields expand count");

    /// <summary>Route values that the framework gives a meaning of its own.</summary>
    public static FrozenSet<string> RouteValues { get; } = Set(StringComparer.OrdinalIgnoreCase, "action area controller handler page");

    /// <summary>Variables that generated lambdas and methods use for something else where a row's variable stands.</summary>
    public static FrozenSet<string> Variables { get; } = Set(
        StringComparer.Ordinal,
        "api builder caller database entity key keys now old owner request routes row table target validator write");

    /// <summary>C#'s keywords, and contextual ones that would confuse as the names of parameters.</summary>
    public static FrozenSet<string> Keywords { get; } = Set(
        StringComparer.Ordinal,
        """
        abstract as base bool break byte case catch char checked class const continue decimal default delegate do double
        else enum event explicit extern false finally fixed float for foreach goto if implicit in int interface internal
        is lock long namespace new null object operator out override params private protected public readonly ref return
        sbyte sealed short sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked
        unsafe ushort using virtual void volatile while await async dynamic field file from get global init into let
        nameof not on or orderby and partial record required scoped select set value var when where with yield
        """);

    private static FrozenSet<string> Set(StringComparer comparer, params ReadOnlySpan<string> lists)
    {
        var names = new HashSet<string>(comparer);
        foreach (var list in lists)
        {
            names.UnionWith(list.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }

        return names.ToFrozenSet(comparer);
    }
}
