"""What the benchmark wants of a database beside the service.

    database.py durable URL        fails unless PostgreSQL flushes what it commits
    database.py size URL           prints how large it is, SQLite's journal included
    database.py tokens URL COUNT   puts in as many access tokens, all of the benchmark's consumer
    database.py nonces URL MINUTES RATE
                                   puts in what so many requests a second left behind in the last minutes
    database.py new URL NAME       makes a database of this name at the server, and prints its URL
    database.py lists URL SIZE     puts in a forge of as many consumers, and what belongs to them (bench/lists.sql)

URL is as the service takes it: sqlite:PATH or postgres://…
"""

import os
import pathlib
import sqlite3
import sys
import time

import psycopg

FLUSHING = ("fsync", "synchronous_commit", "full_page_writes")

# Keys and sealed secrets as long as real ones; they are never used, so that a number will do to tell them apart.
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
    secret="printf('00000000:%0111d', n)",
    now="unixepoch()",
)
POSTGRES_TOKENS = TOKENS.format(
    numbers="WITH numbers (n) AS (SELECT generate_series(1, %s))",
    key="lpad(n::text, 43, '0')",
    secret="'00000000:' || lpad(n::text, 111, '0')",
    now="extract(epoch FROM now())::bigint",
)


# A full line of the log has 60 nonces of 16 bytes.
NONCES_OF_A_LINE = 60
LINE_BYTES = 16 * NONCES_OF_A_LINE


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


def log_lines(minutes, rate):
    now = int(time.time())
    line = 0
    for second in range(now - 60 * minutes, now + 1):
        for _ in range(rate // NONCES_OF_A_LINE):
            line += 1
            yield second, line, os.urandom(LINE_BYTES)


def fill_nonces(url, minutes, rate):
    newest = "UPDATE ledger SET line = (SELECT max(line) FROM nonces)"
    path = sqlite_path(url)
    if path is None:
        with psycopg.connect(url) as connection:
            with connection.cursor().copy("COPY nonces (second, line, keys) FROM STDIN (FORMAT BINARY)") as copy:
                copy.set_types(("int8", "int8", "bytea"))
                for row in log_lines(minutes, rate):
                    copy.write_row(row)
            connection.execute(newest)
    else:
        with sqlite3.connect(path) as connection:
            connection.executemany("INSERT INTO nonces (second, line, keys) VALUES (?, ?, ?)", log_lines(minutes, rate))
            connection.execute(newest)


def new(url, name):
    with psycopg.connect(f"{url}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    print(f"{url}/{name}")


def fill_lists(url, size):
    sql = pathlib.Path(__file__).with_name("lists.sql").read_text()
    sql = sql.replace(":size", str(size)).replace(":now", str(int(time.time())))
    path = sqlite_path(url)
    if path is None:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"BEGIN; {sql}; COMMIT")
            # What PostgreSQL does by itself after a while.
            connection.execute("VACUUM ANALYZE")
    else:
        with sqlite3.connect(path) as connection:
            connection.executescript(f"BEGIN; {sql}; COMMIT")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["durable", url]:
            durable(url)
        case ["size", url]:
            size(url)
        case ["tokens", url, count]:
            fill_tokens(url, int(count))
        case ["nonces", url, minutes, rate]:
            fill_nonces(url, int(minutes), int(rate))
        case ["new", url, name]:
            new(url, name)
        case ["lists", url, size]:
            fill_lists(url, int(size))
        case _:
            sys.exit(__doc__)
