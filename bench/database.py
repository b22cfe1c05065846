"""What the benchmark wants of a database beside the service.

    database.py durable URL        fails unless PostgreSQL flushes what it commits
    database.py size URL           prints how large it is, SQLite's journal included
    database.py tokens URL COUNT   puts in as many access tokens, all of the benchmark's consumer

URL is as the service takes it: sqlite:PATH or postgres://…
"""

import pathlib
import sqlite3
import sys

import psycopg

FLUSHING = ("fsync", "synchronous_commit", "full_page_writes")

# Keys and secrets as long as real ones; they are never used, so that a number will do to tell them apart.
TOKENS = """
    INSERT INTO access_tokens (consumer_id, user_id, role_id, key, secret, created)
    {numbers}
    SELECT c.id, u.id, r.id, {key}, {secret}, {now}
    FROM numbers, consumers c, users u, roles r
    WHERE c.name = 'bench' AND u.name = 'alice' AND r.name = 'Reporter'
"""
SQLITE_TOKENS = TOKENS.format(
    numbers="WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)",
    key="printf('%043d', n)",
    secret="printf('%043d', n)",
    now="unixepoch()",
)
POSTGRES_TOKENS = TOKENS.format(
    numbers="WITH numbers (n) AS (SELECT generate_series(1, %s))",
    key="lpad(n::text, 43, '0')",
    secret="lpad(n::text, 43, '0')",
    now="extract(epoch FROM now())::bigint",
)


def sqlite_path(url):
    return pathlib.Path(url.removeprefix("sqlite:")) if url.startswith("sqlite:") else None


def durable(url):
    with psycopg.connect(url) as connection:
        for name in FLUSHING:
            (value,) = connection.execute("SELECT current_setting(%s)", (name,)).fetchone()
            if value != "on":
                sys.exit(f"{name} is {value}")


def size(url):
    path = sqlite_path(url)
    if path is None:
        with psycopg.connect(url) as connection:
            (total,) = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    else:
        files = [path.with_name(path.name + end) for end in ("", "-wal", "-shm")]
        total = sum(file.stat().st_size for file in files if file.exists())
    print(f"{total / 1e6:.1f} MB")


def fill_tokens(url, count):
    path = sqlite_path(url)
    if path is None:
        with psycopg.connect(url) as connection:
            connection.execute(POSTGRES_TOKENS, (count,))
            connection.execute("ANALYZE access_tokens")
    else:
        with sqlite3.connect(path) as connection:
            connection.execute(SQLITE_TOKENS, (count,))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["durable", url]:
            durable(url)
        case ["size", url]:
            size(url)
        case ["tokens", url, count]:
            fill_tokens(url, int(count))
        case _:
            sys.exit(__doc__)
