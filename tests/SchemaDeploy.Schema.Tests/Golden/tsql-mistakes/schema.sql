CREATE TABLE dbo.a (id int NOT NULL CONSTRAINT pk PRIMARY KEY, doc nvarchar(max), INDEX ix (doc));
GO
CREATE TABLE A (id int);
GO
CREATE TABLE b (
    id int CONSTRAINT pk PRIMARY KEY,
    a_id bigint REFERENCES a,
    x dbo.Missing
);
GO
ALTER TABLE b DROP COLUMN y;
