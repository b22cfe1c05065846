DELETE FROM login_failures;
ALTER TABLE login_failures RENAME COLUMN account_hash TO account;
ALTER TABLE sealing ADD COLUMN in_clear BOOLEAN NOT NULL DEFAULT FALSE CHECK (in_clear IN (0, 1));
