DROP TRIGGER audit_key_is_not_removed ON audit_key;
DROP TRIGGER audit_key_is_only_sealed_anew ON audit_key;
DROP TRIGGER audit_key_is_not_emptied ON audit_key;
DROP FUNCTION keep_the_key_of_the_audit_log();
DROP FUNCTION is_sealed_anew(text, text);
