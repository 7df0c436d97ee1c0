CREATE TABLE sample (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    c_boolean BOOLEAN,
    c_tinyint TINYINT,
    c_tinyint_unsigned TINYINT UNSIGNED,
    c_int_unsigned INT UNSIGNED,
    c_bigint_unsigned BIGINT UNSIGNED,
    c_year YEAR,
    c_bit BIT(8),
    c_set SET('a', 'b'),
    c_enum ENUM('small', 'large'),
    c_datetime DATETIME(3),
    c_timestamp TIMESTAMP NULL,
    c_longtext LONGTEXT,
    c_binary BINARY(16)
);
