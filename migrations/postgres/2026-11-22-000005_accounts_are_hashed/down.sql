DELETE FROM login_failures;
ALTER TABLE login_failures RENAME COLUMN account_hash TO account;
ALTER TABLE sealing ADD COLUMN in_clear BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE sealing ALTER COLUMN in_clear DROP DEFAULT;
