DROP TABLE audit_log;
DROP TABLE audit_head;
DROP TABLE audit_key;
DROP FUNCTION keep_the_audit_log();
