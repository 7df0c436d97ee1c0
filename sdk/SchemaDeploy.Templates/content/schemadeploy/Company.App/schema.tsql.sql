-- What is here is what the API is: a table becomes a resource, a comment its description, a constraint a rule.

-- Those who sell.
CREATE TABLE suppliers (
    id bigint IDENTITY PRIMARY KEY,
    name nvarchar(100) NOT NULL UNIQUE,
    email nvarchar(255) NOT NULL
);
GO

-- What is sold.
CREATE TABLE products (
    id bigint IDENTITY PRIMARY KEY,
    supplier_id bigint NOT NULL REFERENCES suppliers (id),
    name nvarchar(200) NOT NULL,
    price decimal(10,2) NOT NULL CHECK (price >= 0),
    status nvarchar(10) NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'sold', 'gone')),
    created_at datetime2 NOT NULL DEFAULT SYSUTCDATETIME(),
    CONSTRAINT uk_product UNIQUE (supplier_id, name)
);
CREATE INDEX ix_status ON products (status);
GO
