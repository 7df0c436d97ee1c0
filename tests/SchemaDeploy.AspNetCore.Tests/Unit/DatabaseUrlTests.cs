using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Tests.Unit;

public sealed class DatabaseUrlTests
{
    [Theory]
    [InlineData("sqlite:/data/app.db", "sqlite", "Data Source=/data/app.db")]
    [InlineData("sqlite:///data/app.db", "sqlite", "Data Source=/data/app.db")]
    [InlineData("sqlite:app.db", "sqlite", "Data Source=app.db")]
    [InlineData("Data Source=x.db", "sqlite", "Data Source=x.db")]
    [InlineData("app.db", "sqlite", "Data Source=app.db")]
    [InlineData("postgres://u:p%40ss@h/db", "postgres", "Host=h;Database=db;Port=5432;Username=u;Password=p@ss;Max Auto Prepare=100;No Reset On Close=True")]
    [InlineData("postgresql://h:6543/db?SslMode=Require", "postgres", "Host=h;Database=db;Port=6543;Max Auto Prepare=100;No Reset On Close=True;SslMode=Require")]
    [InlineData("postgres://h/db?Max%20Auto%20Prepare=0&No%20Reset%20On%20Close=false", "postgres", "Host=h;Database=db;Port=5432;Max Auto Prepare=0;No Reset On Close=false")]
    [InlineData("mysql://u@h/db", "mysql", "Server=h;Database=db;Port=3306;User=u;ConnectionReset=False")]
    [InlineData("mariadb://h/db", "mysql", "Server=h;Database=db;Port=3306;ConnectionReset=False")]
    [InlineData("postgres://u:p@localhost/db?Host=/cloudsql/p:r:i", "postgres", "Host=/cloudsql/p:r:i;Database=db;Port=5432;Username=u;Password=p;Max Auto Prepare=100;No Reset On Close=True")]
    [InlineData("mysql://u:p@localhost/db?Server=/cloudsql/p:r:i&ConnectionProtocol=Unix", "mysql", "Server=/cloudsql/p:r:i;Database=db;Port=3306;User=u;Password=p;ConnectionReset=False;ConnectionProtocol=Unix")]
    [InlineData("sqlserver://sa:p@h:1444/db", "sqlserver", "Server=h,1444;Database=db;User Id=sa;Password=p")]
    public void A_url_becomes_a_connection_string(string url, string provider, string expected)
    {
        var parsed = DatabaseUrl.Parse(url);
        Assert.Equal(provider, parsed.Provider);
        Assert.Equal(expected, parsed.ConnectionString, ignoreCase: true);
    }

    [Theory]
    [InlineData("oracle://h/db")]
    [InlineData("postgres://h")]
    [InlineData("postgres://")]
    [InlineData("://")]
    public void What_names_no_known_database_is_refused(string url) => Assert.Throws<FormatException>(() => DatabaseUrl.Parse(url));
}
