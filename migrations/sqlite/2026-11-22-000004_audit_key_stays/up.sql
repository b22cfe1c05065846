-- Once there are entries, the key that they are sealed with stays: with another one, or none, no seal fits any more. When the
-- server key is rotated, it is sealed anew with the one that seals from then on; that is the only change. Against slips of
-- the hand, as the triggers of the log itself.
CREATE TRIGGER audit_key_is_not_removed BEFORE DELETE ON audit_key
    WHEN EXISTS (SELECT 1 FROM audit_log)
    BEGIN SELECT RAISE(ABORT, 'the key of the audit log stays'); END;
CREATE TRIGGER audit_key_is_only_sealed_anew BEFORE UPDATE ON audit_key
    WHEN EXISTS (SELECT 1 FROM audit_log) AND NOT (
        NEW.id = OLD.id AND NEW.name = OLD.name AND EXISTS (
            SELECT 1 FROM sealing WHERE key_name <> ''
                AND substr(NEW.secret, 1, 9) = key_name || ':' AND substr(OLD.secret, 1, 9) <> key_name || ':'))
    BEGIN SELECT RAISE(ABORT, 'the key of the audit log stays'); END;
CREATE TRIGGER audit_key_is_not_replaced BEFORE INSERT ON audit_key
    WHEN EXISTS (SELECT 1 FROM audit_key) AND EXISTS (SELECT 1 FROM audit_log)
    BEGIN SELECT RAISE(ABORT, 'the key of the audit log stays'); END;
CREATE TRIGGER audit_head_is_alone BEFORE INSERT ON audit_head
    WHEN EXISTS (SELECT 1 FROM audit_head)
    BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
