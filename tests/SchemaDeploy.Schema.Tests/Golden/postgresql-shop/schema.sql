-- A shop, told in several steps as migrations do.
\set ON_ERROR_STOP on
BEGIN;

CREATE EXTENSION IF NOT EXISTS citext;
CREATE SCHEMA sales;
SET search_path TO sales, public;

CREATE TYPE role AS ENUM ('user', 'admin');
ALTER TYPE role ADD VALUE 'auditor' BEFORE 'admin';
CREATE DOMAIN money_amount AS numeric(10,2) NOT NULL DEFAULT 0 CHECK (VALUE >= 0);
CREATE SEQUENCE order_numbers START WITH 1000;

/* @name customers */
CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email citext NOT NULL UNIQUE, -- @rule email like '%@%' : "is no address"
  role role NOT NULL DEFAULT 'user',
  settings jsonb NOT NULL DEFAULT '{}'::jsonb,
  tags varchar(30)[] NOT NULL DEFAULT ARRAY[]::varchar[],
  home inet,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT users_email_form CHECK (email ~* '^[^@]+@[^@]+$')
);

CREATE TABLE "Items" (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "Name" text NOT NULL CHECK (length("Name") BETWEEN 1 AND 80),
  price money_amount,
  quantity integer NOT NULL DEFAULT 1 CHECK (quantity > 0),
  total numeric(12,2) GENERATED ALWAYS AS (price * quantity) STORED,
  state text NOT NULL DEFAULT 'new'::text CHECK (state = ANY (ARRAY['new'::text, 'sold'::text])),
  photo bytea,
  lasts interval DEFAULT '7 days'
);

CREATE TABLE orders (
  number integer NOT NULL DEFAULT nextval('order_numbers'),
  user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
  item_id uuid NOT NULL CONSTRAINT fk_item REFERENCES "Items" (id) DEFERRABLE INITIALLY DEFERRED,
  at timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (user_id, item_id, at)
) PARTITION BY RANGE (at);
CREATE TABLE orders_2024 PARTITION OF orders FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');

COMMENT ON TABLE users IS 'Who may buy';
COMMENT ON COLUMN "Items"."Name" IS 'as on the label';

ALTER TABLE ONLY users ADD COLUMN IF NOT EXISTS nick varchar(30), ALTER COLUMN home TYPE text USING host(home);
CREATE UNIQUE INDEX ON users (lower(nick)) WHERE nick IS NOT NULL;
CREATE INDEX by_name ON "Items" USING btree ("Name" text_pattern_ops, price DESC NULLS LAST) INCLUDE (quantity);
CREATE INDEX ON users USING gin (tags);

CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN NEW.at := now(); RETURN NEW; END; $body$;
CREATE TRIGGER touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON orders USING (user_id = 1);
GRANT SELECT ON ALL TABLES IN SCHEMA sales TO PUBLIC;
COPY users (email, role) FROM stdin;
a@b.example	user
\.
COMMIT;
