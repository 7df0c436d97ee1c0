-- @hiden
CREATE TABLE users (id INT PRIMARY KEY, email TEXT, UNIQUE (email));

CREATE TABLE items (
  id INT,
  owner_id BIGINT,
  PRIMARY KEY (item_id),
  FOREIGN KEY (owner_id) REFERENCES users (id),
  FOREIGN KEY (id) REFERENCES things (id),
  CHECK (quantity > 0)
);

ALTER TABLE item ADD COLUMN name TEXT;
ALTER TABLE items DROP INDEX nothing;
CREATE TABLE Items (id INT, Id INT);
