-- One row that every batch of accepted requests takes hold of, so that batches are in one order, whoever writes them.
-- `line` counts the lines of the log. `epoch` moves whenever something that a request is judged by was changed or taken away.
-- Requests as old as `horizon` are refused whatever the clock says: nonces of their age are swept already.
CREATE TABLE ledger (
    id      BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    line    BIGINT NOT NULL,
    epoch   BIGINT NOT NULL,
    horizon BIGINT NOT NULL
);
-- What was accepted before cannot be written in the new form, so it is put behind the horizon instead.
INSERT INTO ledger (id, line, epoch, horizon)
    SELECT 1, 0, 0, max(nonce_horizon.timestamp, (SELECT coalesce(max(timestamp), 0) FROM nonces)) FROM nonce_horizon;
DROP TABLE nonce_horizon;
DROP TABLE nonces;

-- The log of what was accepted: of each batch, and of each second that its requests name, the nonces in 16 bytes each.
-- A line has no more of them than SQLite keeps in one page beside others.
-- Of equal ones the first in the log counts.
CREATE TABLE nonces (
    second BIGINT NOT NULL,
    line   BIGINT NOT NULL,
    keys   BLOB   NOT NULL,
    PRIMARY KEY (second, line)
) WITHOUT ROWID;

-- Whatever a request is judged by and may be remembered: who changes it, be it by hand, moves the epoch. Numbers too: at
-- SQLite's own shell foreign keys are switched off.
CREATE TRIGGER users_move_the_epoch AFTER UPDATE OF id, name, realname, email, status ON users
    WHEN (OLD.id, OLD.name, OLD.realname, OLD.email, OLD.status)
        IS NOT (NEW.id, NEW.name, NEW.realname, NEW.email, NEW.status)
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
CREATE TRIGGER removed_users_move_the_epoch AFTER DELETE ON users
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
CREATE TRIGGER projects_move_the_epoch AFTER UPDATE OF id, name ON projects
    WHEN (OLD.id, OLD.name) IS NOT (NEW.id, NEW.name)
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
CREATE TRIGGER removed_projects_move_the_epoch AFTER DELETE ON projects
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
CREATE TRIGGER roles_move_the_epoch AFTER UPDATE ON roles
    WHEN (OLD.id, OLD.project_id, OLD.name) IS NOT (NEW.id, NEW.project_id, NEW.name)
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
CREATE TRIGGER removed_roles_move_the_epoch AFTER DELETE ON roles
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
CREATE TRIGGER new_members_move_the_epoch AFTER INSERT ON role_members
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
CREATE TRIGGER members_move_the_epoch AFTER UPDATE ON role_members
    WHEN (OLD.role_id, OLD.user_id) IS NOT (NEW.role_id, NEW.user_id)
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
CREATE TRIGGER removed_members_move_the_epoch AFTER DELETE ON role_members
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
CREATE TRIGGER new_settings_move_the_epoch AFTER INSERT ON role_settings
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
CREATE TRIGGER settings_move_the_epoch AFTER UPDATE ON role_settings
    WHEN (OLD.role_id, OLD.section, OLD.ref_id, OLD.value) IS NOT (NEW.role_id, NEW.section, NEW.ref_id, NEW.value)
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
CREATE TRIGGER removed_settings_move_the_epoch AFTER DELETE ON role_settings
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
CREATE TRIGGER consumers_move_the_epoch AFTER UPDATE OF id, name, key, secret, public_key, enabled ON consumers
    WHEN (OLD.id, OLD.name, OLD.key, OLD.secret, OLD.public_key, OLD.enabled)
        IS NOT (NEW.id, NEW.name, NEW.key, NEW.secret, NEW.public_key, NEW.enabled)
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
CREATE TRIGGER removed_consumers_move_the_epoch AFTER DELETE ON consumers
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
CREATE TRIGGER tokens_move_the_epoch
    AFTER UPDATE OF id, consumer_id, user_id, role_id, key, secret, revoked ON access_tokens
    WHEN (OLD.id, OLD.consumer_id, OLD.user_id, OLD.role_id, OLD.key, OLD.secret, OLD.revoked)
        IS NOT (NEW.id, NEW.consumer_id, NEW.user_id, NEW.role_id, NEW.key, NEW.secret, NEW.revoked)
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
CREATE TRIGGER removed_tokens_move_the_epoch AFTER DELETE ON access_tokens
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
-- What a REPLACE puts in another row's place is a new row to SQLite, and the removal of the old one is told to no trigger.
CREATE TRIGGER replaced_users_move_the_epoch BEFORE INSERT ON users
    WHEN EXISTS (SELECT 1 FROM users WHERE id = NEW.id OR name = NEW.name)
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
CREATE TRIGGER replaced_projects_move_the_epoch BEFORE INSERT ON projects
    WHEN EXISTS (SELECT 1 FROM projects WHERE id = NEW.id OR name = NEW.name)
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
CREATE TRIGGER replaced_roles_move_the_epoch BEFORE INSERT ON roles
    WHEN EXISTS (SELECT 1 FROM roles WHERE id = NEW.id)
        OR EXISTS (SELECT 1 FROM roles WHERE project_id = NEW.project_id AND name = NEW.name)
        OR NEW.project_id IS NULL AND EXISTS (SELECT 1 FROM roles WHERE project_id IS NULL AND name = NEW.name)
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
CREATE TRIGGER replaced_consumers_move_the_epoch BEFORE INSERT ON consumers
    WHEN EXISTS (SELECT 1 FROM consumers WHERE id = NEW.id OR name = NEW.name OR key = NEW.key)
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
CREATE TRIGGER replaced_tokens_move_the_epoch BEFORE INSERT ON access_tokens
    WHEN EXISTS (SELECT 1 FROM access_tokens WHERE id = NEW.id OR key = NEW.key)
    BEGIN UPDATE ledger SET epoch = epoch + 1; END;
