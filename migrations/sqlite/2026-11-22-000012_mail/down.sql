DROP TABLE mail_rounds;
DROP TABLE mail_told_asleep;
DROP TABLE mail;
ALTER TABLE users DROP COLUMN language;
