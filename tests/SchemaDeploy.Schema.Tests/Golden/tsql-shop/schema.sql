CREATE SCHEMA sales;
GO
CREATE TYPE dbo.Phone FROM varchar(20) NULL;
GO
CREATE TABLE dbo.Customers (
    Id int IDENTITY(10, 5) NOT NULL CONSTRAINT PK_Customers PRIMARY KEY,
    Email nvarchar(256) NOT NULL CONSTRAINT UQ_Email UNIQUE,
    Phone dbo.Phone,
    Balance money NOT NULL CONSTRAINT DF_Balance DEFAULT (0),
    CreatedAt datetime2(3) NOT NULL DEFAULT (sysutcdatetime()),
    Version rowversion,
    IsActive bit NOT NULL DEFAULT 1,
    CONSTRAINT CK_Balance CHECK (Balance >= 0 AND Email LIKE N'%@%')
);
GO
CREATE TABLE sales.Orders (
    Id uniqueidentifier NOT NULL DEFAULT newid() PRIMARY KEY,
    CustomerId int NOT NULL REFERENCES dbo.Customers (Id) ON DELETE CASCADE, -- @owner
    Quantity smallint NOT NULL,
    Price decimal(9, 2) NOT NULL,
    Total AS (Quantity * Price) PERSISTED,
    PaidAt datetimeoffset NULL
);
GO
CREATE INDEX IX_Unpaid ON sales.Orders (CustomerId, Price DESC) INCLUDE (Quantity) WHERE PaidAt IS NULL;
ALTER TABLE dbo.Customers ALTER COLUMN Phone varchar(30) NULL;
ALTER TABLE dbo.Customers DROP CONSTRAINT DF_Balance;
EXEC sp_rename 'dbo.Customers.Phone', 'PhoneNumber', 'COLUMN';
EXEC sp_addextendedproperty 'MS_Description', N'Who buys', 'SCHEMA', 'dbo', 'TABLE', 'Customers';
