-- One row that every batch of accepted requests takes hold of, so that batches are in one order, whoever writes them.
-- `line` counts the lines of the log. `epoch` moves whenever something that a request is judged by was changed or taken away.
-- Requests as old as `horizon` are refused whatever the clock says: nonces of their age are swept already.
CREATE TABLE ledger (
    id      BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    line    BIGINT NOT NULL,
    epoch   BIGINT NOT NULL,
    horizon BIGINT NOT NULL
) WITH (fillfactor = 10);
-- What was accepted before cannot be written in the new form, so it is put behind the horizon instead.
INSERT INTO ledger (id, line, epoch, horizon)
    SELECT 1, 0, 0, greatest(nonce_horizon.timestamp, (SELECT max(timestamp) FROM nonces)) FROM nonce_horizon;
DROP TABLE nonce_horizon;
DROP TABLE nonces;

-- The log of what was accepted: of each batch, and of each second that its requests name, the nonces in 16 bytes each.
-- A line has no more of them than SQLite keeps in one page beside others.
-- Of equal ones the first in the log counts. They are hashes, which nothing compresses.
CREATE TABLE nonces (
    second BIGINT NOT NULL,
    line   BIGINT NOT NULL,
    keys   BYTEA  NOT NULL,
    PRIMARY KEY (second, line)
);
ALTER TABLE nonces ALTER COLUMN keys SET STORAGE EXTERNAL;

-- Whatever a request is judged by and may be remembered: who changes it, be it by hand, moves the epoch. At the end of
-- the transaction, because from then to the commit no batch can be accepted; and once, however many rows it changed.
-- The ledger is that of the table's own schema, whatever the search path of who changes it.
CREATE FUNCTION move_the_epoch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('oauthprovider.epoch_moved', true), '') = '' THEN
        EXECUTE format('UPDATE %I.ledger SET epoch = epoch + 1', TG_TABLE_SCHEMA);
        PERFORM set_config('oauthprovider.epoch_moved', 'yes', true);
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER users_move_the_epoch AFTER UPDATE OF name, realname, email, status ON users
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.name, OLD.realname, OLD.email, OLD.status)
        IS DISTINCT FROM (NEW.name, NEW.realname, NEW.email, NEW.status))
    EXECUTE FUNCTION move_the_epoch();
CREATE CONSTRAINT TRIGGER removed_users_move_the_epoch AFTER DELETE ON users
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION move_the_epoch();
CREATE CONSTRAINT TRIGGER projects_move_the_epoch AFTER UPDATE OF name ON projects
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION move_the_epoch();
CREATE CONSTRAINT TRIGGER removed_projects_move_the_epoch AFTER DELETE ON projects
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION move_the_epoch();
CREATE CONSTRAINT TRIGGER roles_move_the_epoch AFTER UPDATE ON roles
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION move_the_epoch();
CREATE CONSTRAINT TRIGGER removed_roles_move_the_epoch AFTER DELETE ON roles
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION move_the_epoch();
CREATE CONSTRAINT TRIGGER members_move_the_epoch AFTER INSERT OR UPDATE OR DELETE ON role_members
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION move_the_epoch();
CREATE CONSTRAINT TRIGGER settings_move_the_epoch AFTER INSERT OR UPDATE OR DELETE ON role_settings
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION move_the_epoch();
CREATE CONSTRAINT TRIGGER consumers_move_the_epoch
    AFTER UPDATE OF id, name, key, secret, public_key, enabled ON consumers
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.id, OLD.name, OLD.key, OLD.secret, OLD.public_key, OLD.enabled)
        IS DISTINCT FROM (NEW.id, NEW.name, NEW.key, NEW.secret, NEW.public_key, NEW.enabled))
    EXECUTE FUNCTION move_the_epoch();
CREATE CONSTRAINT TRIGGER removed_consumers_move_the_epoch AFTER DELETE ON consumers
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION move_the_epoch();
CREATE CONSTRAINT TRIGGER tokens_move_the_epoch
    AFTER UPDATE OF consumer_id, user_id, role_id, key, secret, revoked ON access_tokens
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.consumer_id, OLD.user_id, OLD.role_id, OLD.key, OLD.secret, OLD.revoked)
        IS DISTINCT FROM (NEW.consumer_id, NEW.user_id, NEW.role_id, NEW.key, NEW.secret, NEW.revoked))
    EXECUTE FUNCTION move_the_epoch();
CREATE CONSTRAINT TRIGGER removed_tokens_move_the_epoch AFTER DELETE ON access_tokens
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION move_the_epoch();
-- A table that is emptied as a whole tells no trigger of its rows.
CREATE TRIGGER emptied_users_move_the_epoch AFTER TRUNCATE ON users
    FOR EACH STATEMENT EXECUTE FUNCTION move_the_epoch();
CREATE TRIGGER emptied_projects_move_the_epoch AFTER TRUNCATE ON projects
    FOR EACH STATEMENT EXECUTE FUNCTION move_the_epoch();
CREATE TRIGGER emptied_roles_move_the_epoch AFTER TRUNCATE ON roles
    FOR EACH STATEMENT EXECUTE FUNCTION move_the_epoch();
CREATE TRIGGER emptied_members_move_the_epoch AFTER TRUNCATE ON role_members
    FOR EACH STATEMENT EXECUTE FUNCTION move_the_epoch();
CREATE TRIGGER emptied_settings_move_the_epoch AFTER TRUNCATE ON role_settings
    FOR EACH STATEMENT EXECUTE FUNCTION move_the_epoch();
CREATE TRIGGER emptied_consumers_move_the_epoch AFTER TRUNCATE ON consumers
    FOR EACH STATEMENT EXECUTE FUNCTION move_the_epoch();
CREATE TRIGGER emptied_tokens_move_the_epoch AFTER TRUNCATE ON access_tokens
    FOR EACH STATEMENT EXECUTE FUNCTION move_the_epoch();
