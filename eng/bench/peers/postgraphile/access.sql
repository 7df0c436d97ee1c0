-- What a caller of PostGraphile may do: read what is theirs, and create items of theirs, which go into the audit log.
CREATE ROLE caller;
CREATE ROLE postgraphile LOGIN NOINHERIT IN ROLE caller;

CREATE FUNCTION caller_id() RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('caller.id', true), '')::bigint $$;

GRANT SELECT (id, email, role, status, created_at, updated_at) ON users TO caller;
GRANT SELECT, INSERT (item_type, quantity, value, metadata) ON items TO caller;

-- In a query of its own the caller is asked for once a statement and not once a row.
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE items ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON users TO caller USING (id = (SELECT caller_id()));
CREATE POLICY own ON items TO caller USING (owner_id = (SELECT caller_id()));

ALTER TABLE items ALTER owner_id SET DEFAULT caller_id();

CREATE FUNCTION item_created() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.created_at_minute := date_trunc('minute', NEW.created_at);
  RETURN NEW;
END $$;
CREATE TRIGGER created BEFORE INSERT ON items FOR EACH ROW EXECUTE FUNCTION item_created();

CREATE FUNCTION item_audited() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  INSERT INTO audit_logs (user_id, action, entity_type, entity_id, new_values, ip_address)
  VALUES (caller_id(), 'CREATE_ITEM', 'item', NEW.id, to_jsonb(NEW) - 'created_at_minute', current_setting('caller.address', true));
  RETURN NULL;
END $$;
CREATE TRIGGER audited AFTER INSERT ON items FOR EACH ROW EXECUTE FUNCTION item_audited();
