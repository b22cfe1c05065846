DROP TABLE audit_log;
DROP TABLE audit_head;
DROP FUNCTION keep_the_audit_log();
