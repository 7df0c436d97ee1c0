namespace SchemaDeploy.Schema.Tests.TSql;

/// <summary>Scripts that use most of what the reader knows, for breaking.</summary>
internal static class TSqlSamples
{
    public static IReadOnlyList<string> All { get; } =
    [
        """
        :setvar Schema Sales
        :on error exit
        USE [$(Schema)]
        GO
        CREATE SCHEMA [$(Schema)] AUTHORIZATION dbo
        GO
        CREATE TYPE dbo.Phone FROM nvarchar(25) NOT NULL
        EXEC sp_addtype 'id', 'varchar(11)', 'NOT NULL'
        CREATE SEQUENCE dbo.Numbers AS int START WITH 5 INCREMENT BY -1
        GO
        -- @owner
        IF OBJECT_ID('dbo.People') IS NULL
        BEGIN
          CREATE TABLE [dbo].[People] ( -- @soft-delete
            Id int IDENTITY(5, -2) NOT FOR REPLICATION PRIMARY KEY NONCLUSTERED, -- the key
            [First Name] nvarchar(50) NOT NULL CONSTRAINT DF_x DEFAULT (N'a''b'), /* who */
            Last sysname, Phone dbo.Phone, Number int DEFAULT NEXT VALUE FOR dbo.Numbers,
            Full2 AS ([First Name] + ' ' + Last) PERSISTED NOT NULL,
            Minute1 AS DATEADD(mi, DATEDIFF(mi, 0, At), 0),
            At datetime2(3) DEFAULT sysutcdatetime(), Version rowversion, Doc xml(dbo.Docs), Place geography, Price money DEFAULT $1.5,
            Json nvarchar(max) CHECK (ISJSON(Json) > 0), Other int REFERENCES Other (Id) ON DELETE SET NULL ON UPDATE CASCADE,
            ValidFrom datetime2 GENERATED ALWAYS AS ROW START HIDDEN NOT NULL,
            ValidTo datetime2 GENERATED ALWAYS AS ROW END HIDDEN NOT NULL,
            PERIOD FOR SYSTEM_TIME (ValidFrom, ValidTo),
            INDEX ix (Other DESC) WHERE Other IS NOT NULL,
            CONSTRAINT ck CHECK (NOT (Id BETWEEN 1 AND 2) AND Last NOT LIKE '%x' ESCAPE '!' AND Id IN (1, 2) OR CASE WHEN Id > 1 THEN 2 ELSE 3 END = IIF(Id > 2, 1, 2)),
            CONSTRAINT uq UNIQUE (Other, Last DESC), FOREIGN KEY (Other) REFERENCES dbo.Other (a)
          ) WITH (SYSTEM_VERSIONING = ON (HISTORY_TABLE = dbo.PeopleHistory)); -- behind
          INSERT INTO dbo.People (Other) VALUES (1), (2)
        END
        ELSE ALTER TABLE dbo.People ADD z int
        """,
        """
        ALTER TABLE T2 WITH NOCHECK ADD CONSTRAINT DF1 DEFAULT (getdate()) FOR b, c1 int null, CONSTRAINT ck2 CHECK (c1 > 0)
        ALTER TABLE T2 DROP COLUMN IF EXISTS a, b
        ALTER TABLE T2 ALTER COLUMN b nvarchar(20) NOT NULL
        DROP INDEX T2.ix, dbo.T2.iy
        DROP TABLE IF EXISTS a, b
        ALTER SCHEMA auth TRANSFER dbo.T2
        CREATE UNIQUE NONCLUSTERED INDEX ix ON T2 (b ASC) INCLUDE (c1) WHERE b > 'a' WITH (FILLFACTOR = 80) ON [PRIMARY]
        EXEC sp_rename 'dbo.[T2].[a]', 'b', 'COLUMN'
        EXEC('CREATE TABLE auth.X (a int default ''q'')')
        DECLARE @v nvarchar(max) = N'CREATE '
        SET @v += N'SCHEMA x'
        EXEC sp_executesql @v
        EXEC sys.sp_addextendedproperty @name = N'MS_Description', @value = N'x', @level0type = N'SCHEMA', @level0name = N'dbo', @level1type = N'TABLE', @level1name = N'T'
        BEGIN TRY CREATE TABLE q (a int) END TRY BEGIN CATCH PRINT 'x' END CATCH
        MERGE T2 USING x ON 1 = 1 WHEN MATCHED THEN UPDATE SET a = 1 WHEN NOT MATCHED THEN INSERT VALUES (1);
        GRANT SELECT, INSERT ON T2 TO x
        GO
        CREATE PROCEDURE p AS BEGIN SELECT 1 END
        GO 2
        CREATE OR ALTER VIEW v AS WITH c AS (SELECT 1 AS a) SELECT a FROM c
        """,
    ];
}
