-- The database of a small web shop, in the dialect of SQL Server.
CREATE SCHEMA sales;
GO
CREATE SCHEMA stock;
GO

CREATE TYPE dbo.Email FROM nvarchar(254) NOT NULL;
GO

-- @allow read: ADMIN
CREATE TABLE sales.Customers (
    CustomerId   int IDENTITY(1,1) NOT NULL CONSTRAINT PK_Customers PRIMARY KEY,
    Email        dbo.Email NOT NULL CONSTRAINT UQ_Customers_Email UNIQUE,
    FullName     nvarchar(120) NOT NULL CONSTRAINT CK_Customers_FullName CHECK (LEN(FullName) >= 2),
    Phone        varchar(30) NULL,
    IsVip        bit NOT NULL CONSTRAINT DF_Customers_IsVip DEFAULT (0),
    CreatedAt    datetimeoffset(3) NOT NULL CONSTRAINT DF_Customers_CreatedAt DEFAULT (SYSDATETIMEOFFSET()),
    Version      rowversion NOT NULL
);
GO

-- @allow read: ADMIN
CREATE TABLE sales.Addresses (
    AddressId    int IDENTITY(1,1) NOT NULL PRIMARY KEY,
    CustomerId   int NOT NULL REFERENCES sales.Customers (CustomerId) ON DELETE CASCADE,
    Kind         varchar(10) NOT NULL CONSTRAINT CK_Addresses_Kind CHECK (Kind IN ('billing', 'shipping')),
    Street       nvarchar(200) NOT NULL,
    PostalCode   varchar(12) NOT NULL,
    City         nvarchar(100) NOT NULL,
    CountryCode  char(2) NOT NULL,
    INDEX IX_Addresses_CustomerId (CustomerId)
);
GO

-- @public
CREATE TABLE stock.Categories (
    CategoryId   int IDENTITY(1,1) NOT NULL PRIMARY KEY,
    ParentId     int NULL REFERENCES stock.Categories (CategoryId),
    Name         nvarchar(80) NOT NULL UNIQUE
);
GO

-- @public
CREATE TABLE stock.Products (
    ProductId    int IDENTITY(1,1) NOT NULL PRIMARY KEY,
    Sku          varchar(20) NOT NULL CONSTRAINT UQ_Products_Sku UNIQUE,
    CategoryId   int NOT NULL CONSTRAINT FK_Products_Categories REFERENCES stock.Categories (CategoryId),
    Name         nvarchar(150) NOT NULL,
    Description  nvarchar(max) NULL,
    Price        decimal(10, 2) NOT NULL CONSTRAINT CK_Products_Price CHECK (Price > 0),
    Discontinued bit NOT NULL DEFAULT (0),
    Attributes   nvarchar(max) NULL CONSTRAINT CK_Products_Attributes CHECK (ISJSON(Attributes) = 1)
);
GO

EXEC sys.sp_addextendedproperty
    @name = N'MS_Description', @value = N'Things that the shop sells, whether in stock or not.',
    @level0type = N'SCHEMA', @level0name = N'stock',
    @level1type = N'TABLE', @level1name = N'Products';
GO

-- @public
CREATE TABLE stock.Tags (
    TagId        smallint IDENTITY(1,1) NOT NULL PRIMARY KEY,
    Label        nvarchar(40) NOT NULL UNIQUE
);
GO

-- @public
CREATE TABLE stock.ProductTags (
    ProductId    int NOT NULL REFERENCES stock.Products (ProductId) ON DELETE CASCADE,
    TagId        smallint NOT NULL REFERENCES stock.Tags (TagId) ON DELETE CASCADE,
    CONSTRAINT PK_ProductTags PRIMARY KEY (ProductId, TagId)
);
GO

CREATE TABLE stock.Warehouses (
    WarehouseId  uniqueidentifier NOT NULL CONSTRAINT DF_Warehouses_Id DEFAULT (NEWID()) PRIMARY KEY,
    Code         char(4) NOT NULL UNIQUE,
    City         nvarchar(100) NOT NULL
);
GO

CREATE TABLE stock.StockLevels (
    WarehouseId  uniqueidentifier NOT NULL REFERENCES stock.Warehouses (WarehouseId),
    ProductId    int NOT NULL REFERENCES stock.Products (ProductId),
    OnHand       int NOT NULL CONSTRAINT CK_StockLevels_OnHand CHECK (OnHand >= 0),
    Reserved     int NOT NULL DEFAULT (0),
    Available    AS (OnHand - Reserved) PERSISTED NOT NULL,
    CONSTRAINT PK_StockLevels PRIMARY KEY (WarehouseId, ProductId),
    CONSTRAINT CK_StockLevels_Reserved CHECK (Reserved <= OnHand)
);
GO

-- @allow read: ADMIN
CREATE TABLE sales.Orders (
    OrderId      bigint IDENTITY(1000,1) NOT NULL PRIMARY KEY,
    CustomerId   int NOT NULL CONSTRAINT FK_Orders_Customers REFERENCES sales.Customers (CustomerId),
    ShipTo       int NULL CONSTRAINT FK_Orders_ShipTo REFERENCES sales.Addresses (AddressId),
    BillTo       int NULL CONSTRAINT FK_Orders_BillTo REFERENCES sales.Addresses (AddressId),
    Status       varchar(12) NOT NULL DEFAULT ('open')
        CONSTRAINT CK_Orders_Status CHECK (Status IN ('open', 'paid', 'shipped', 'cancelled')),
    PlacedOn     date NOT NULL,
    RequiredOn   date NULL,
    PayBy        date NOT NULL DEFAULT (DATEADD(day, 14, CAST(SYSUTCDATETIME() AS date))),
    Note         nvarchar(500) NULL,
    CONSTRAINT CK_Orders_RequiredOn CHECK (RequiredOn >= PlacedOn)
);
GO

CREATE INDEX IX_Orders_Open ON sales.Orders (CustomerId, PlacedOn DESC) WHERE Status = 'open';
GO

-- @allow read: ADMIN
CREATE TABLE sales.OrderLines (
    OrderId      bigint NOT NULL REFERENCES sales.Orders (OrderId) ON DELETE CASCADE,
    LineNumber   smallint NOT NULL,
    ProductId    int NOT NULL REFERENCES stock.Products (ProductId),
    Quantity     int NOT NULL CONSTRAINT CK_OrderLines_Quantity CHECK (Quantity BETWEEN 1 AND 999),
    UnitPrice    decimal(10, 2) NOT NULL,
    Discount     decimal(4, 3) NOT NULL DEFAULT (0) CONSTRAINT CK_OrderLines_Discount CHECK (Discount >= 0 AND Discount < 1),
    CONSTRAINT PK_OrderLines PRIMARY KEY (OrderId, LineNumber)
);
GO

-- @allow read: ADMIN
CREATE TABLE sales.Payments (
    PaymentId    uniqueidentifier NOT NULL DEFAULT (NEWID()) PRIMARY KEY,
    OrderId      bigint NOT NULL REFERENCES sales.Orders (OrderId),
    Amount       money NOT NULL,
    PaidAt       datetime2(3) NOT NULL,
    Reference    varchar(64) NULL,
    INDEX IX_Payments_OrderId (OrderId)
);
GO

-- @public
CREATE TABLE sales.Reviews (
    ReviewId     int IDENTITY(1,1) NOT NULL PRIMARY KEY,
    ProductId    int NOT NULL REFERENCES stock.Products (ProductId) ON DELETE CASCADE,
    CustomerId   int NOT NULL REFERENCES sales.Customers (CustomerId),
    Stars        tinyint NOT NULL CONSTRAINT CK_Reviews_Stars CHECK (Stars BETWEEN 1 AND 5),
    Body         nvarchar(2000) NULL,
    WrittenAt    datetime2(0) NOT NULL DEFAULT (SYSUTCDATETIME()),
    CONSTRAINT UQ_Reviews_OnePerCustomer UNIQUE (ProductId, CustomerId)
);
GO
