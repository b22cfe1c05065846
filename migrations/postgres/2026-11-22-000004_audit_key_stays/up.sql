-- Once there are entries, the key that they are sealed with stays: with another one, or none, no seal fits any more. When the
-- server key is rotated, it is sealed anew with the one that seals from then on; that is the only change. Against slips of
-- the hand, as the triggers of the log itself.
CREATE FUNCTION keep_the_key_of_the_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM audit_log) THEN
        RAISE EXCEPTION 'the key of the audit log stays';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        RETURN NEW;
    END IF;
    RETURN OLD;
END
$$;
CREATE FUNCTION is_sealed_anew(former text, new text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM sealing WHERE key_name <> ''
            AND left(new, 9) = key_name || ':' AND left(former, 9) <> key_name || ':')
$$;
CREATE TRIGGER audit_key_is_not_removed BEFORE DELETE ON audit_key
    FOR EACH ROW EXECUTE FUNCTION keep_the_key_of_the_audit_log();
CREATE TRIGGER audit_key_is_only_sealed_anew BEFORE UPDATE ON audit_key
    FOR EACH ROW WHEN (NEW.id <> OLD.id OR NEW.name <> OLD.name OR NOT is_sealed_anew(OLD.secret, NEW.secret))
    EXECUTE FUNCTION keep_the_key_of_the_audit_log();
CREATE TRIGGER audit_key_is_not_emptied BEFORE TRUNCATE ON audit_key
    FOR EACH STATEMENT EXECUTE FUNCTION keep_the_key_of_the_audit_log();
