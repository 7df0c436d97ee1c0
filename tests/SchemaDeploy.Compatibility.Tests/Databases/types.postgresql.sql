CREATE TYPE size AS ENUM ('small', 'large');

CREATE TABLE sample (
    id BIGSERIAL PRIMARY KEY,
    c_boolean BOOLEAN,
    c_smallint SMALLINT,
    c_integer INTEGER,
    c_bigint BIGINT,
    c_numeric_10_2 NUMERIC(10, 2),
    c_numeric_30_10 NUMERIC(30, 10),
    c_numeric NUMERIC,
    c_real REAL,
    c_double_precision DOUBLE PRECISION,
    c_char_10 CHAR(10),
    c_varchar_100 VARCHAR(100),
    c_text TEXT,
    c_enum size,
    c_bytea BYTEA,
    c_date DATE,
    c_time TIME(3),
    c_timestamp TIMESTAMP,
    c_timestamptz TIMESTAMPTZ,
    c_interval INTERVAL,
    c_uuid UUID,
    c_jsonb JSONB,
    c_integer_array INTEGER[]
);
