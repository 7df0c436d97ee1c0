-- @hiden
CREATE TABLE users (id serial PRIMARY KEY, email text, mood mod);

CREATE TABLE items (
  id integer,
  owner_id bigint,
  PRIMARY KEY (item_id),
  FOREIGN KEY (owner_id) REFERENCES users (email),
  FOREIGN KEY (id) REFERENCES things (id),
  CHECK (quantity > 0),
  made timestamp DEFAULT nwo(),
  EXCLUDE USING gist (id WITH =)
);

ALTER TABLE item ADD COLUMN name text;
ALTER TABLE items DROP CONSTRAINT nothing;
CREATE TYPE mood AS ENUM ('happy', 'happy');
CREATE TABLE "Items" (id int, "Id" int, id text);
CREATE INDEX ON users (emial);
COMMENT ON COLUMN users.nick IS 'x';
