using System.Globalization;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Tests.Diagrams;

/// <summary>Models to draw: written by hand at small sizes, made by rule at large ones.</summary>
internal static class DiagramModels
{
    private static readonly SourcePosition s_source = new("schema.sql", 1, 1);

    public static DatabaseModel Of(params Table[] tables) => new() { Dialect = SchemaDialect.MySql, Tables = [.. tables] };

    public static Column Column(string name, string type = "int", bool nullable = false) => new()
    {
        Name = name,
        NativeType = type,
        Type = type.StartsWith("enum", StringComparison.OrdinalIgnoreCase) ? SqlTypeKind.Enum : SqlTypeKind.Other,
        Nullable = nullable,
        Source = s_source,
    };

    /// <summary>A table with an <c>id</c> key. A column is written <c>name type</c>, with a <c>?</c> where null is allowed.</summary>
    public static Table Table(string name, params string[] columns) => new()
    {
        Name = name,
        Columns =
        [
            Column("id") with { Identity = new IdentityDefinition() },
            .. columns.Select(text => text.Split(' ', 2)).Select(parts => Column(parts[0], parts[1].TrimEnd('?'), parts[1].EndsWith('?'))),
        ],
        PrimaryKey = new Key($"pk_{name}", ["id"]),
        Source = s_source,
    };

    public static Table References(this Table table, string column, string parent, string parentColumn = "id") => table with
    {
        ForeignKeys = table.ForeignKeys.Add(new ForeignKey
        {
            Name = $"fk_{table.Name}_{column}",
            Columns = [column],
            ReferencedTable = parent,
            ReferencedColumns = [parentColumn],
            OnDelete = ReferentialAction.Cascade,
            Source = s_source,
        }),
    };

    public static Table UniqueOver(this Table table, params string[] columns) => table with
    {
        UniqueKeys = table.UniqueKeys.Add(new Key($"uk_{table.Name}_{columns[0]}", [.. columns])),
    };

    public static Table Change(this Table table, string column, Func<Column, Column> change) => table with
    {
        Columns = [.. table.Columns.Select(item => item.Name == column ? change(item) : item)],
    };

    public static DatabaseModel Three { get; } = Of(
        Table("users", "email varchar(255)", "password_hash varchar(255)", "role enum('USER','ADMIN')", "created_at timestamp")
            .UniqueOver("email")
            .Change("role", column => column with { EnumValues = ["USER", "ADMIN"], Default = new LiteralExpression(LiteralKind.String, "USER") })
            .Change("email", column => column with { Comment = "Used to sign in." }) with
        { Comment = "Everyone who may sign in." },
        Table("items", "owner_id int", "item_type varchar(100)", "quantity int", "note text?", "created_at timestamp", "updated_at timestamp")
            .References("owner_id", "users") with
        {
            Checks = [new Check("ck_quantity", new BetweenExpression(new ColumnExpression("quantity"), new LiteralExpression(LiteralKind.Number, "1"), new LiteralExpression(LiteralKind.Number, "100"), false), s_source)],
            Indexes = [new Schema.Model.Index { Name = "ix_items_owner", Parts = [new IndexPart(new ColumnExpression("owner_id")), new IndexPart(new ColumnExpression("created_at")) { Descending = true }], Source = s_source }],
        },
        Table("audit_logs", "user_id int?", "action varchar(50)", "entity varchar(100)", "details json?", "created_at timestamp")
            .References("user_id", "users"));

    public static DatabaseModel Shop { get; } = Of(
        Table("customers", "email varchar(255)", "full_name varchar(200)", "phone varchar(30)?", "created_at timestamp").UniqueOver("email"),
        Table("addresses", "customer_id int", "line1 varchar(200)", "line2 varchar(200)?", "city varchar(100)", "postal_code varchar(20)", "country char(2)").References("customer_id", "customers"),
        Table("categories", "parent_id int?", "name varchar(100)", "slug varchar(100)").UniqueOver("slug").References("parent_id", "categories"),
        Table("suppliers", "name varchar(200)", "email varchar(255)?"),
        Table("products", "category_id int", "supplier_id int?", "sku varchar(40)", "name varchar(200)", "description text?", "price decimal(10,2)", "stock int", "active tinyint(1)").UniqueOver("sku").References("category_id", "categories").References("supplier_id", "suppliers"),
        Table("product_images", "product_id int", "url varchar(500)", "position int").References("product_id", "products"),
        Table("orders", "customer_id int", "shipping_address_id int", "billing_address_id int?", "status enum('new','paid','sent')", "placed_at timestamp", "total decimal(12,2)").References("customer_id", "customers").References("shipping_address_id", "addresses").References("billing_address_id", "addresses"),
        Table("order_lines", "order_id int", "product_id int", "quantity int", "unit_price decimal(10,2)").UniqueOver("order_id", "product_id").References("order_id", "orders").References("product_id", "products"),
        Table("payments", "order_id int", "provider varchar(40)", "amount decimal(12,2)", "paid_at timestamp?").UniqueOver("order_id").References("order_id", "orders"),
        Table("shipments", "order_id int", "carrier varchar(40)", "tracking_code varchar(80)?", "sent_at timestamp?").References("order_id", "orders"),
        Table("reviews", "product_id int", "customer_id int", "rating int", "body text?").References("product_id", "products").References("customer_id", "customers"),
        Table("settings", "name varchar(100)", "value json?"));

    /// <summary>
    /// A made-up business: modules of about eight tables, whose tables refer to their module's head and to each other,
    /// heads that refer to earlier heads, some references to one users table, some tables that stand alone.
    /// </summary>
    public static DatabaseModel Business(int count)
    {
        string[] modules = ["sales", "billing", "stock", "support", "hr", "content", "fleet", "school", "clinic", "travel", "events", "legal"];
        string[] nouns = ["account", "contract", "line", "note", "rate", "batch", "member", "schedule"];
        string[] types = ["varchar(100)", "int", "decimal(10,2)", "timestamp?", "text?", "tinyint(1)", "varchar(40)?", "json?"];
        string[] words = ["name", "amount", "total", "starts_at", "description", "active", "code", "settings"];
        var tables = new List<Table> { Table("users", "email varchar(255)", "display_name varchar(120)", "created_at timestamp").UniqueOver("email") };
        for (var i = 0; tables.Count < count; i++)
        {
            var (module, place) = (i / nouns.Length, i % nouns.Length);
            string Name(int of, int at) =>
                $"{modules[of % modules.Length]}{(of < modules.Length ? "" : (of / modules.Length).ToString(CultureInfo.InvariantCulture))}_{nouns[at]}s";

            var columns = new List<string>();
            var targets = new List<(string Column, string Table)>();
            void Refer(string column, string to, bool optional)
            {
                columns.Add($"{column} int{(optional ? "?" : "")}");
                targets.Add((column, to));
            }

            if (i % 17 != 16)
            {
                if (place > 0)
                {
                    Refer($"{nouns[0]}_id", Name(module, 0), false);
                }

                if (place > 2)
                {
                    Refer($"{nouns[place - 2]}_id", Name(module, place - 2), place % 2 == 0);
                }

                if (place == 0 && module > 0)
                {
                    Refer($"{modules[(module - 1) / 2 % modules.Length]}_id", Name((module - 1) / 2, 0), false);
                }

                if (i % 3 == 0)
                {
                    Refer(i % 2 == 0 ? "created_by" : "owner_id", "users", i % 2 == 0);
                }
            }

            var plain = 2 + i * 7 % 9;
            columns.AddRange(Enumerable.Range(0, plain).Select(at => $"{words[(i + at) % words.Length]}{(at < words.Length ? "" : "_2")} {types[(i + at) % types.Length]}"));
            tables.Add(targets.Aggregate(Table(Name(module, place), [.. columns]), (table, target) => table.References(target.Column, target.Table)));
        }

        return Of([.. tables]);
    }
}
