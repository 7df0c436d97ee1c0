using System.Globalization;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Guardians;
using static SchemaDeploy.Generation.Design.CSharpText;
using static SchemaDeploy.Generation.Rendering.CSharpSource;

namespace SchemaDeploy.Generation.Rendering.Views;

/// <summary>What the template of an entity's mapping prints: statements in blocks.</summary>
internal sealed class ConfigurationView(ApiModel api, Resource resource, IReadOnlySet<string> keyless) : ResourceView(api, resource)
{
    private const string NoAction = "NoAction";

    /// <summary>Whether the table has windows against duplicates.</summary>
    public bool HasWindows => Resource.DuplicateWindows.Length > 0;

    /// <summary>Whether the table or a column had another name before.</summary>
    public bool HasOldNames => Resource.OldName is not null || Resource.Properties.Any(property => property.OldName is not null);

    /// <summary>Whether a change of what a row refers to changes the row, by the database alone.</summary>
    public bool HasActions => Resource.DatabaseReferences.Any(reference => reference is not { OnDelete: NoAction, OnUpdate: NoAction });

    public IEnumerable<IEnumerable<string>> Mapping => new[]
    {
        [.. Table(), .. Keys()],
        Resource.Properties.SelectMany(Column).Concat(Resource.ShadowProperties.SelectMany(Shadow)),
        Resource.Indexes.SelectMany(Index).Concat(Resource.DuplicateWindows.SelectMany(Window)),
        Resource.References.SelectMany(ForeignKey).Concat(Resource.DatabaseReferences.SelectMany(ForeignKey)),
    }.Where(block => block.Any());

    private IEnumerable<string> Table()
    {
        var name = Resource.Schema is null ? Quote(Resource.Table) : $"{Quote(Resource.Table)}, {Quote(Resource.Schema)}";
        var details = new List<string>();
        if (Resource.Comment is { Length: > 0 } comment)
        {
            details.Add($"table.HasComment({Quote(comment)});");
        }

        foreach (var check in Resource.Checks.Where(check => check.Sql.IsExpressible))
        {
            details.Add($"table.HasCheck(Database, {Quote(check.Name)}, {Sql(check.Sql)});");
        }

        if (details.Count == 0)
        {
            yield return $"builder.ToTable({name});";
            yield break;
        }

        yield return $"builder.ToTable({name}, table =>";
        yield return "{";
        foreach (var detail in details)
        {
            yield return "    " + detail;
        }

        yield return "});";
    }

    private IEnumerable<string> Keys()
    {
        yield return Resource.EntityKey is { } key
            ? $"builder.HasKey({Selector(key.Properties)}).HasName({Quote(key.Name)});"
            : "builder.HasNoKey();";
        if (Resource.OldName is { } oldName)
        {
            yield return $"builder.WasNamed({Quote(oldName)});";
        }

        if (Resource.Role == TableRole.AuditLog)
        {
            yield return "builder.IsAuditLog();";
        }
        else if (Resource.EntityKey is not null)
        {
            yield return Resource.AuditName is { } name ? $"builder.IsAuditedAs({Quote(name)});" : "builder.IsNotAudited();";
        }

        if (Resource.Properties.FirstOrDefault(property => property.IsDeletionMark) is { } mark)
        {
            yield return $"builder.IsSoftDeleted({Selector([mark])});";
        }

        foreach (var alternate in Resource.AlternateKeys)
        {
            yield return $"builder.HasAlternateKey({Selector(alternate.Properties)}).HasName({Quote(alternate.Name)});";
        }

        if (IsUsers)
        {
            yield return Api.Users.NeedsOtherRows ? "builder.HasAccounts(needsOtherRows: true);" : "builder.HasAccounts();";
        }
    }

    private IEnumerable<string> Column(Property property)
    {
        var calls = new List<string> { $".HasColumnName({Quote(property.ColumnName)})" };
        if (property.JsonName != property.ColumnName)
        {
            calls.Add($".HasJsonName({Quote(property.JsonName)})");
        }

        if (property.ColumnType is { IsExpressible: true } type)
        {
            calls.Add($".HasStoreType(Database, {Sql(type)})");
        }

        if (property.IgnoresCase)
        {
            calls.Add(".IgnoresCase(Database)");
        }

        AddSize(property, calls);
        AddConversion(property, calls);
        AddServerValue(property, calls);
        AddDefault(property, calls);
        AddAudit(property, calls);
        if (!property.Nullable && !IsStruct(property))
        {
            calls.Add(".IsRequired()");
        }

        if (property.Comment is { Length: > 0 } comment)
        {
            calls.Add($".HasComment({Quote(comment)})");
        }

        if (property.OldName is { } oldName)
        {
            calls.Add($".WasNamed({Quote(oldName)})");
        }

        return Chain($"builder.Property({Variable} => {Variable}.{property.Name})", calls);
    }

    private static void AddSize(Property property, List<string> calls)
    {
        if (property.MaxLength is { } length && property.Form is ValueForm.Text or ValueForm.Bytes or ValueForm.Enum)
        {
            calls.Add($".HasMaxLength({property.MaxLength})");
        }

        if (property.IsFixedLength)
        {
            calls.Add(".IsFixedLength()");
        }

        if (property.Form == ValueForm.Decimal && property.Precision is not null)
        {
            calls.Add($".HasPrecision({property.Precision}, {property.Scale ?? 0})");
        }
        else if (property.Form is ValueForm.Moment or ValueForm.WallClock or ValueForm.Time && property.Precision is not null)
        {
            calls.Add($".HasPrecision({property.Precision})");
        }
    }

    private static void AddConversion(Property property, List<string> calls)
    {
        switch (property.Form)
        {
            case ValueForm.Enum:
                calls.Add($".HasConversion<EnumTextValueConverter<{property.ClrType}>>()");
                break;
            case ValueForm.Text when property.IsEmail:
                calls.Add(".IsEmail()");
                break;
            case ValueForm.List when property.Enum is { } items:
                calls.Add($".HasItems(new EnumTextValueConverter<{items.Name}>())");
                break;
            case ValueForm.Json:
                calls.Add(".HoldsJson()");
                break;
            case ValueForm.Moment:
                calls.Add(".HasConversion<UtcDateTimeConverter>()");
                break;
            case ValueForm.WallClock:
                calls.Add(".HasConversion<WallClockConverter>()");
                break;
        }
    }

    private static void AddServerValue(Property property, List<string> calls)
    {
        switch (property.ServerValue)
        {
            case ServerValue.NowOnCreate:
                calls.Add(".HasNowOnCreate()");
                break;
            case ServerValue.NowOnUpdate:
                calls.Add(".HasNowOnUpdate()");
                break;
            case ServerValue.Version or ServerValue.RowVersion:
                calls.Add(".IsVersion()");
                break;
            case ServerValue.Identity:
                calls.Add(property.Numbering is { } numbering
                    ? string.Create(CultureInfo.InvariantCulture, $".IsNumbered(start: {numbering.Start}, step: {numbering.Step})")
                    : ".ValueGeneratedOnAdd()");
                break;
            case ServerValue.Computed when property.ComputedSql is { } sql:
                calls.Add($".HasComputed(Database, {Sql(sql)}, stored: {(property.IsStored ? "true" : "false")})");
                break;
        }

        if (property.IsKey && property.ServerValue is ServerValue.None)
        {
            calls.Add(".ValueGeneratedNever()");
        }
    }

    // The application sends every value; the column's default serves other writers of the same database.
    private static void AddDefault(Property property, List<string> calls)
    {
        var isNow = property.Default?.Kind is DefaultKind.Now or DefaultKind.Today or DefaultKind.TimeOfDay;
        if (isNow && property.ServerValue == ServerValue.None)
        {
            calls.Add(".HasNowOnCreate()");
        }

        if (property.Default?.Sql is { IsExpressible: true } sql && property.ServerValue is not ServerValue.Identity)
        {
            calls.Add(property.Default.CSharp is null && property.ServerValue == ServerValue.None && !isNow
                ? $".HasDatabaseDefault(Database, {Sql(sql)})"
                : $".HasColumnDefault(Database, {Sql(sql)})");
        }
    }

    private static void AddAudit(Property property, List<string> calls)
    {
        if (!property.IsAudited)
        {
            calls.Add(".IsNotAudited()");
        }
    }

    private IEnumerable<string> Shadow(ShadowProperty shadow)
    {
        var calls = new List<string> { $".HasColumnName({Quote(shadow.ColumnName)})" };
        if (shadow.MaxLength is { } length)
        {
            calls.Add($".HasMaxLength({length})");
        }

        if (shadow is { WindowSource: { } source, WindowUnit: { } unit })
        {
            calls.Add($".HasTimeWindow(nameof({Entity}.{source}), TimeUnit.{unit})");
        }

        if (shadow.ComputedSql is { } sql)
        {
            calls.Add($".HasComputed(Database, {Sql(sql)}, stored: false)");
        }

        return Chain($"builder.Property<{shadow.ClrType}>({Quote(shadow.Name)})", calls);
    }

    private IEnumerable<string> Index(ResourceIndex index)
    {
        var names = string.Join(", ", index.Parts.Select(part => Quote(part.PropertyName)));
        var calls = new List<string>();
        if (index.Unique)
        {
            calls.Add(".IsUnique()");
        }

        if (index.HasDescending)
        {
            calls.Add($".IsDescending({string.Join(", ", index.Parts.Select(part => part.Descending ? "true" : "false"))})");
        }

        if (index.Unique && index.NullsNotDistinct)
        {
            calls.Add(".HasNullsNotDistinct()");
        }

        if (index.Filter is { IsExpressible: true } filter)
        {
            calls.Add($".HasFilter(Database, {Sql(filter)})");
        }

        if (index.Include.Length > 0)
        {
            calls.Add($".HasIncluded({string.Join(", ", index.Include.Select(Quote))})");
        }

        if (index.HasPrefix)
        {
            calls.Add($".HasPrefixes({string.Join(", ", index.Parts.Select(part => part.PrefixLength ?? 0))})");
        }

        return Chain($"builder.HasIndex([{names}], {Quote(index.Name)})", calls);
    }

    private IEnumerable<string> Window(DuplicateWindow window)
    {
        yield return "builder.HasUniqueWithin(";
        yield return $"    {window.LengthCSharp},";
        yield return $"    [{string.Join(", ", window.Properties.Select(property => $"nameof({Entity}.{property.Name})"))}],";
        yield return $"    time: {(window.Time is { } time ? $"nameof({Entity}.{time.Name})" : "null")},";
        yield return $"    columns: {Quote(window.ColumnPrefix)},";
        yield return $"    indexes: ({Quote(window.IndexName)}, {Quote(window.ShiftedIndexName)}));";
    }

    private IEnumerable<string> ForeignKey(Reference reference)
    {
        var back = keyless.Contains(Resource.Names.Entity) ? "" : $"target => target.{reference.CollectionName}";
        var calls = new List<string>
        {
            reference.IsUnique ? $".WithOne({back})" : $".WithMany({back})",
            reference.IsUnique
                ? $".HasForeignKey<{Entity}>({Selector(reference.Properties)})"
                : $".HasForeignKey({Selector(reference.Properties)})",
        };
        if (!reference.TargetsKey)
        {
            var principal = Selector(reference.TargetProperties, "target");
            calls.Add(reference.IsUnique
                ? $".HasPrincipalKey<{reference.Target.Entity}>({principal})"
                : $".HasPrincipalKey({principal})");
        }

        calls.Add($".HasConstraintName({Quote(reference.ConstraintName)})");
        calls.Add($".OnDelete(DeleteBehavior.{reference.DeleteBehavior})");
        return Chain($"builder.HasOne({Variable} => {Variable}.{reference.Name})", calls);
    }

    private IEnumerable<string> ForeignKey(DatabaseReference reference)
    {
        static string Names(string entity, IEnumerable<Property> properties) => string.Join(", ", properties.Select(property => $"nameof({entity}.{property.Name})"));
        var target = reference.Target.Entity;
        var actions = (reference.OnDelete == NoAction ? "" : $", onDelete: ReferentialAction.{reference.OnDelete}")
            + (reference.OnUpdate == NoAction ? "" : $", onUpdate: ReferentialAction.{reference.OnUpdate}");
        yield return $"builder.HasDatabaseReference<{Entity}, {target}>(";
        yield return $"    Database, {Sql(reference.Constraint)},";
        yield return $"    [{Names(Entity, reference.Properties)}], [{Names(target, reference.TargetProperties)}]{actions});";
    }

    private string Selector(IReadOnlyList<Property> properties) => Selector(properties, Variable);

    private static string Selector(IReadOnlyList<Property> properties, string row) => properties.Count == 1
        ? $"{row} => {row}.{properties[0].Name}"
        : $"{row} => new {{ {string.Join(", ", properties.Select(property => $"{row}.{property.Name}"))} }}";

    private static string Sql(ProviderSql sql) => sql.Sqlite is { } text && sql == new ProviderSql(text, text, text, text)
        ? $"new ProviderSql({Quote(text)})"
        : $"new ProviderSql({Part(sql.Sqlite)}, {Part(sql.PostgreSql)}, {Part(sql.MySql)}, {Part(sql.SqlServer)})";

    private static string Part(string? sql) => sql is null ? "null" : Quote(sql);
}
