CREATE TABLE sample (
    id INT IDENTITY PRIMARY KEY,
    c_bit BIT,
    c_tinyint TINYINT,
    c_money MONEY,
    c_decimal_38_10 DECIMAL(38, 10),
    c_float FLOAT,
    c_nchar_10 NCHAR(10),
    c_nvarchar_max NVARCHAR(MAX),
    c_datetime2_7 DATETIME2(7),
    c_datetimeoffset DATETIMEOFFSET,
    c_time TIME,
    c_uniqueidentifier UNIQUEIDENTIFIER,
    c_varbinary_max VARBINARY(MAX),
    c_xml XML,
    c_rowversion ROWVERSION
);
