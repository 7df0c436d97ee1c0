using SchemaDeploy.Generation.Design;
using static SchemaDeploy.Generation.Tests.Design.Schemas;

namespace SchemaDeploy.Generation.Tests.Design;

public class TableNamingTests
{
    [Theory]
    [InlineData("items", "Item", "Items", "items")]
    [InlineData("accounts", "Account", "Accounts", "accounts")]
    [InlineData("audit_logs", "AuditLog", "AuditLogs", "audit_logs")]
    [InlineData("OrderDetails", "OrderDetail", "OrderDetails", "orderdetails")]
    [InlineData("Order Details", "OrderDetail", "OrderDetails", "order-details")]
    [InlineData("CUSTOMER_ADDRESSES", "CustomerAddress", "CustomerAddresses", "customer_addresses")]
    [InlineData("CourseStatus", "CourseStatus", "CourseStatuses", "coursestatus")]
    [InlineData("statuses", "Status", "Statuses", "statuses")]
    [InlineData("data", "Data", "Data", "data")]
    [InlineData("metadata", "Metadata", "Metadata", "metadata")]
    [InlineData("media", "Media", "Media", "media")]
    [InlineData("news", "News", "News", "news")]
    [InlineData("series", "Series", "Series", "series")]
    [InlineData("bus", "Bus", "Buses", "bus")]
    [InlineData("bonus", "Bonus", "Bonus", "bonus")]
    [InlineData("class", "Class", "Classes", "class")]
    [InlineData("address", "Address", "Addresses", "address")]
    [InlineData("analysis", "Analysis", "Analyses", "analysis")]
    [InlineData("people", "Person", "People", "people")]
    [InlineData("drives", "Drive", "Drives", "drives")]
    [InlineData("curves", "Curve", "Curves", "curves")]
    [InlineData("wolves", "Wolf", "Wolves", "wolves")]
    [InlineData("movies", "Movie", "Movies", "movies")]
    [InlineData("caches", "Cache", "Caches", "caches")]
    [InlineData("databases", "Database", "Databases", "databases")]
    [InlineData("indexes", "IndexEntity", "Indexes", "indexes")]
    [InlineData("formulas", "Formula", "Formulas", "formulas")]
    [InlineData("vertices", "Vertex", "Vertices", "vertices")]
    [InlineData("staff", "Staff", "Staff", "staff")]
    [InlineData("gas", "Gas", "Gas", "gas")]
    [InlineData("lens", "Lens", "Lenses", "lens")]
    [InlineData("device_ids", "DeviceId", "DeviceIds", "device_ids")]
    [InlineData("HTTPServers", "HttpServer", "HttpServers", "httpservers")]
    [InlineData("UserIDs", "UserId", "UserIds", "userids")]
    [InlineData("SMS", "Sms", "Sms", "sms")]
    [InlineData("2fa_tokens", "_2faToken", "_2faTokens", "2fa_tokens")]
    [InlineData("größen", "Größen", "Größen", "größen")]
    [InlineData("顧客", "顧客", "顧客", "顧客")]
    [InlineData("v1_2", "V1_2", "V1_2", "v1_2")]
    [InlineData("!!!", "Table", "Tables", "table")]
    public void A_table_gets_the_names_that_a_reader_expects(string table, string entity, string set, string route)
    {
        var names = DesignOne(Table(table)).Names;

        Assert.Equal((entity, set, route), (names.Entity, names.Set, names.Route));
    }

    [Fact]
    public void A_table_called_configuration_does_not_meet_the_mapping_of_another()
    {
        var resources = DesignAll(Table("blueprint"), Table("blueprint_configuration")).OfTables().ToList();

        Assert.Equal(["Blueprint", "BlueprintConfiguration"], resources.Select(resource => resource.Names.Entity));
        Assert.DoesNotContain(resources[0].Names.Configuration, resources.Select(resource => resource.Names.Entity));
    }

    [Theory]
    [InlineData("tasks", "TaskEntity", "TaskCreate")]
    [InlineData("referential_actions", "ReferentialActionEntity", "ReferentialActionCreate")]
    [InlineData("callers", "CallerEntity", "CallerCreate")]
    [InlineData("grants", "GrantEntity", "GrantCreate")]
    [InlineData("sessions", "SessionEntity", "SessionCreate")]
    [InlineData("files", "FileEntity", "FileCreate")]
    [InlineData("types", "TypeEntity", "TypeCreate")]
    [InlineData("actions", "ActionEntity", "ActionCreate")]
    [InlineData("versions", "VersionEntity", "VersionCreate")]
    [InlineData("environments", "EnvironmentEntity", "EnvironmentCreate")]
    [InlineData("monitors", "MonitorEntity", "MonitorCreate")]
    [InlineData("pages", "PageEntity", "PageCreate")]
    [InlineData("system", "SystemEntity", "SystemCreate")]
    [InlineData("acme", "AcmeEntity", "AcmeCreate")]
    [InlineData("resources", "ResourceEntity", "ResourceEntityCreate")]
    [InlineData("json_elements", "JsonElementEntity", "JsonElementCreate")]
    public void An_entity_gives_way_to_types_that_code_writes_without_their_namespace(string table, string entity, string create)
    {
        var names = DesignOne(Table(table)).Names;

        Assert.Equal((entity, create), (names.Entity, names.Create));
    }

    [Fact]
    public void A_row_of_owners_is_not_called_as_its_own_owner() => Assert.Equal("row", DesignOne(Table("owners")).Names.Variable);

    [Fact]
    public void A_table_called_as_another_ones_request_gives_way()
    {
        var api = DesignAll(Table("item"), Table("item_create"), Table("item_service"));

        Assert.Equal(["Item", "ItemCreateEntity", "ItemServiceEntity"], api.OfTables().Select(resource => resource.Names.Entity));
        Assert.Equal("ItemCreateCreate", api.Of("item_create").Names.Create);
    }

    [Fact]
    public void All_types_differ_even_where_file_systems_take_upper_for_lower_case()
    {
        var api = DesignAll(Table("item"), Table("Item"), Table("ITEMS"), Table("i_tem"), Table("item_create"), Table("item-"), Table("item "));
        string[] types =
        [
            .. api.OfTables().SelectMany(r => new[]
            {
                r.Names.Entity, r.Names.Create, r.Names.Update, r.Names.Response, r.Names.Service, r.Names.Endpoints,
            }),
        ];

        Assert.Equal(types.Length, types.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(7, api.OfTables().Select(resource => resource.Names.Route).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(7, api.OfTables().Select(resource => resource.Names.Set).Distinct().Count());
    }

    [Fact]
    public void Tables_of_one_name_in_two_schemas_are_told_apart_by_the_schema()
    {
        var api = DesignAll(Table("orders"), Table("orders") with { Schema = "archive" }, Table("staff") with { Schema = "hr" });

        Assert.Equal(["Order", "ArchiveOrder", "Staff"], api.OfTables().Select(resource => resource.Names.Entity));
        Assert.Equal(["orders", "archive_orders", "staff"], api.OfTables().Select(resource => resource.Names.Route));
    }

    [Fact]
    public void A_given_name_takes_the_place_of_the_tables()
    {
        var names = DesignOne(Table("t_ord_hdr") with { Tags = [Tag("name", "orders")] }).Names;

        Assert.Equal(("Order", "Orders", "orders"), (names.Entity, names.Set, names.Route));
    }

    [Fact]
    public void A_given_name_that_is_none_is_reported()
    {
        Assert.Equal(["SD3013"], Codes(Database(Table("t") with { Tags = [Tag("name", "a b")] })));
    }

    [Fact]
    public void A_name_of_200_letters_makes_types_that_compilers_and_file_systems_take()
    {
        var names = DesignOne(Table(new string('ä', 200))).Names;

        Assert.True(System.Text.Encoding.UTF8.GetByteCount(names.Endpoints + ".cs") < 255);
    }

    [Fact]
    public void Three_thousand_equal_names_take_linear_time()
    {
        var tables = Enumerable.Range(0, 3000).Select(i => Table("item" + new string(' ', i % 7) + (i % 2 == 0 ? "" : "s")) with { Schema = "s" + i });
        var database = Database([.. tables]);
        var started = System.Diagnostics.Stopwatch.StartNew();

        var api = DesignAll(database, new());

        Assert.Equal(3000, api.OfTables().Select(resource => resource.Names.Entity).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.True(started.Elapsed < TimeSpan.FromSeconds(20), $"took {started.Elapsed}");
    }

    [Fact]
    public void Where_routes_have_no_prefix_a_table_gives_way_to_the_applications_own_paths()
    {
        var options = new DesignOptions { Namespace = "N", Title = "T", RoutePrefix = "" };

        var api = ApiDesigner.Design(Database(Table("health"), Table("items")), options, new());

        Assert.Equal(["/health_2", "/items"], api.OfTables().Select(resource => resource.Operations[0].Path));
    }
}
