"""Makes the tables of app.py beside this file and fills them: `prepare.py DATABASE_URL TOKENS`.

TOKENS is the load generator's file, lines of `consumer_key consumer_secret token token_secret`.
"""

import pathlib
import sys

import psycopg

TABLES = """
    CREATE TABLE users (id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE, realname TEXT NOT NULL);
    CREATE TABLE roles (id BIGINT PRIMARY KEY, name TEXT NOT NULL, project TEXT NOT NULL);
    CREATE TABLE consumers (
        id     BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
        name   TEXT NOT NULL,
        key    TEXT NOT NULL UNIQUE,
        secret TEXT NOT NULL
    );
    CREATE TABLE access_tokens (
        id          BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
        consumer_id BIGINT NOT NULL REFERENCES consumers (id),
        user_id     BIGINT NOT NULL REFERENCES users (id),
        role_id     BIGINT NOT NULL REFERENCES roles (id),
        key         TEXT NOT NULL UNIQUE,
        secret      TEXT NOT NULL
    );
    CREATE TABLE nonces (
        consumer  TEXT   NOT NULL,
        token     TEXT   NOT NULL,
        timestamp BIGINT NOT NULL,
        nonce     TEXT   NOT NULL,
        UNIQUE (consumer, token, timestamp, nonce)
    );
    INSERT INTO users VALUES (1, 'alice', 'Alice Liddell');
    INSERT INTO roles VALUES (1, 'Reporter', 'project-a');
"""
CONSUMER = "INSERT INTO consumers (name, key, secret) VALUES ('bench', %s, %s) ON CONFLICT DO NOTHING"
TOKEN = """
    INSERT INTO access_tokens (consumer_id, user_id, role_id, key, secret)
    SELECT id, 1, 1, %s, %s FROM consumers WHERE key = %s
"""


def main(database_url, tokens):
    with psycopg.connect(database_url) as connection:
        connection.execute(TABLES)
        for line in tokens.read_text(encoding="utf-8").splitlines():
            consumer_key, consumer_secret, token, token_secret = line.split()
            connection.execute(CONSUMER, (consumer_key, consumer_secret))
            connection.execute(TOKEN, (token, token_secret, consumer_key))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: prepare.py DATABASE_URL TOKENS")
    main(sys.argv[1], pathlib.Path(sys.argv[2]))
