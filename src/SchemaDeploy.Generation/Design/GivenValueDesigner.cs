using SchemaDeploy.Generation.Design.Sql;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design;

/// <summary>Designs the values that requests need not give: what server and database keep, number, compute or fill in.</summary>
internal sealed class GivenValueDesigner(ResourceDraft draft, DatabaseModel database, DesignOptions options, DiagnosticBag diagnostics)
{
    /// <summary>What keeps the column's value.</summary>
    public ServerValue ServerValueOf(Column column, IReadOnlySet<string> keyColumns) => column switch
    {
        { Generated: not null } => ServerValue.Computed,
        { Type: SqlTypeKind.RowVersion } => ServerValue.RowVersion,
        { Identity: not null } => ServerValue.Identity,
        _ when IsNumberedBySequence(column, keyColumns) => ServerValue.Identity,
        _ when keyColumns.Contains(column.Name) => ServerValue.None,
        _ when ColumnRoles.IsChangeTime(column) => ServerValue.NowOnUpdate,
        _ when ColumnRoles.IsCreationTime(column) => ServerValue.NowOnCreate,
        _ when ColumnRoles.IsVersion(column, draft.Facts) => ServerValue.Version,
        _ => ServerValue.None,
    };

    // A key that a sequence numbers is what other databases call identity.
    private static bool IsNumberedBySequence(Column column, IReadOnlySet<string> keyColumns) =>
        keyColumns.Count == 1 && keyColumns.Contains(column.Name)
        && column.Type is SqlTypeKind.Int or SqlTypeKind.BigInt or SqlTypeKind.SmallInt
        && column.Default is FunctionExpression { Name: NeutralFunctions.NextValue };

    /// <summary>What new rows get where a request says nothing; null where that is nothing.</summary>
    public PropertyDefault? DesignDefault(Column column, PropertyType type, ServerValue serverValue, Enumeration? enumeration)
    {
        if (column.Default is not { } expression
            || serverValue is ServerValue.Identity or ServerValue.Computed or ServerValue.RowVersion
            || ColumnLiterals.Of(expression) is { Kind: LiteralKind.Null })
        {
            return null;
        }

        if (ColumnLiterals.Of(expression) is not null)
        {
            if (ColumnLiterals.Read(expression, type, enumeration) is not { } literal)
            {
                diagnostics.Report(
                    DesignDiagnostics.DefaultNotCarriedOver, column.Source.ToSpan(), column.Name, "", $"{expression} is no value of {column.NativeType}");
                return null;
            }

            var written = SqlWriter.Value(literal.Sql, database.Dialect, SqlPlace.Default, draft.Facts.Find);
            return new PropertyDefault(DefaultKind.Literal)
            {
                CSharp = literal.Value.CSharp,
                RequestCSharp = literal.RequestCSharp,
                Json = literal.Value.Json,
                Sql = literal.PostgreSqlText is { } text
                    ? written with { PostgreSql = SqlWriter.QuoteText(DatabaseKind.PostgreSql, text) }
                    : written,
            };
        }

        // Databases turn what a sum of times gives into the column's type; not so SQLite.
        var value = type.Form is ValueForm.Date or ValueForm.Moment or ValueForm.WallClock && (expression is BinaryExpression || TSqlForms.MovedTime(expression) is not null)
            ? new CastExpression(expression, new SqlType(column.Type, column.NativeType))
            : expression;
        var sql = SqlWriter.Value(value, database.Dialect, SqlPlace.Default, draft.Facts.Find);
        var (kind, csharp) = (expression, type.Form) switch
        {
            (FunctionExpression { Name: NeutralFunctions.Now }, ValueForm.Moment or ValueForm.WallClock) => (DefaultKind.Now, null),
            (FunctionExpression { Name: NeutralFunctions.Now or NeutralFunctions.Today }, ValueForm.Date) => (DefaultKind.Today, null),
            (FunctionExpression { Name: NeutralFunctions.Now or NeutralFunctions.TimeOfDay }, ValueForm.Time) => (DefaultKind.TimeOfDay, null),
            (FunctionExpression { Name: NeutralFunctions.Uuid }, ValueForm.Uuid) => (DefaultKind.Uuid, "Guid.NewGuid()"),
            (FunctionExpression { Name: NeutralFunctions.Uuid }, ValueForm.Text) => (DefaultKind.Uuid, "Guid.NewGuid().ToString()"),
            (FunctionExpression { Name: NeutralFunctions.RandomHex, Arguments: [LiteralExpression { Text: var bytes }] }, ValueForm.Text) =>
                (DefaultKind.RandomHex, $"Convert.ToHexStringLower(RandomNumberGenerator.GetBytes({bytes}))"),
            (FunctionExpression { Name: NeutralFunctions.NextValue }, _) => (DefaultKind.Sequence, null),
            _ => (DefaultKind.Database, (string?)null),
        };
        var isEverywhere = true;
        if (kind is DefaultKind.Sequence or DefaultKind.Database)
        {
            foreach (var kindOfDatabase in options.SupportedDatabases)
            {
                if (sql.For(kindOfDatabase) is null)
                {
                    isEverywhere = false;
                    diagnostics.Report(
                        DesignDiagnostics.DefaultNotCarriedOver, column.Source.ToSpan(), column.Name,
                        $" to {kindOfDatabase}", $"{expression} cannot be expressed there");
                }
            }

            if (!sql.IsExpressible)
            {
                return null;
            }
        }

        return new PropertyDefault(kind) { CSharp = csharp, Sql = sql, IsEverywhere = isEverywhere };
    }

    /// <summary>The expression of a computed column; null for others.</summary>
    public ProviderSql? DesignComputed(Column column)
    {
        if (column.Generated is not { } generated)
        {
            return null;
        }

        var sql = SqlWriter.Value(Typed(generated.Expression, column), database.Dialect, SqlPlace.Computed, draft.Facts.Find);
        foreach (var kind in options.SupportedDatabases)
        {
            if (sql.For(kind) is null)
            {
                diagnostics.Report(
                    DesignDiagnostics.ComputedNotCarriedOver, column.Source.ToSpan(), column.Name, kind, generated.Expression);
            }
        }

        return sql;
    }

    /// <summary>How a column is numbered, where that is not 1, 2, 3.</summary>
    public Numbering? DesignNumbering(Column column)
    {
        if (column.Identity is not { } identity || identity == new IdentityDefinition())
        {
            return null;
        }

        if (options.SupportedDatabases.Contains(DatabaseKind.MySql) && identity is not { Seed: > 0, Increment: 1 })
        {
            diagnostics.Report(DesignDiagnostics.NumberingNotCarriedOver, column.Source.ToSpan(), column.Name, identity.Seed, identity.Increment);
        }

        return new Numbering(identity.Seed, identity.Increment);
    }

    // What is taken out of a document is text, which not every database turns into the column's type by itself.
    private static SqlExpression Typed(SqlExpression expression, Column column) =>
        expression is FunctionExpression { Name: NeutralFunctions.JsonValue }
        && column.Type is not (SqlTypeKind.Char or SqlTypeKind.VarChar or SqlTypeKind.Text or SqlTypeKind.Enum or SqlTypeKind.Json)
            ? new CastExpression(expression, new SqlType(column.Type, column.NativeType)
            {
                Length = column.Length,
                Precision = column.Precision,
                Scale = column.Scale,
                Unsigned = column.Unsigned,
            })
            : expression;
}
