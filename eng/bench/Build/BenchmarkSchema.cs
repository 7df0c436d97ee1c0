using System.Globalization;
using System.Text;

namespace BuildBenchmark;

/// <summary>Schemas of a given size: ten columns a table, a key, a foreign key to the table before, an index, a check.</summary>
internal static class BenchmarkSchema
{
    /// <summary>A schema in T-SQL; <paramref name="changedLength"/> is the length of one column of the first table.</summary>
    public static string TSql(int tables, int changedLength)
    {
        var text = new StringBuilder();
        for (var i = 1; i <= tables; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"""
                CREATE TABLE dbo.Table{i} (
                    Id int IDENTITY(1,1) NOT NULL CONSTRAINT PK_Table{i} PRIMARY KEY,
                    ParentId int NULL CONSTRAINT FK_Table{i}_Parent REFERENCES dbo.Table{Math.Max(1, i - 1)} (Id),
                    Code varchar(20) NOT NULL CONSTRAINT UQ_Table{i}_Code UNIQUE,
                    Name nvarchar({(i == 1 ? changedLength : 100)}) NOT NULL,
                    Quantity int NOT NULL CONSTRAINT DF_Table{i}_Quantity DEFAULT (0) CONSTRAINT CK_Table{i}_Quantity CHECK (Quantity >= 0),
                    Price decimal(10, 2) NULL,
                    Active bit NOT NULL CONSTRAINT DF_Table{i}_Active DEFAULT (1),
                    CreatedAt datetime2(3) NOT NULL CONSTRAINT DF_Table{i}_CreatedAt DEFAULT (SYSUTCDATETIME()),
                    Note nvarchar(max) NULL,
                    Token uniqueidentifier NULL
                );
                GO
                CREATE INDEX IX_Table{i}_Name ON dbo.Table{i} (Name);
                GO

                """);
        }

        return text.ToString();
    }
}
