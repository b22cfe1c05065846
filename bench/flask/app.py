"""What the service is compared with: the same echo, guarded by Authlib's ResourceProtector under Flask.

Consumers, tokens and nonces are in PostgreSQL, as `prepare.py` beside this file puts them there; OAUTH_BENCH_DATABASE
names the database. A request costs two look-ups by unique keys and one INSERT, which is the request's one commit: no
statement opens a transaction around others. Each thread keeps one connection, and psycopg prepares what it sees often.
"""

import dataclasses
import os
import threading

import flask
import psycopg
from authlib.integrations.flask_oauth1 import ResourceProtector, current_credential

CONSUMER = "SELECT id, name, key, secret FROM consumers WHERE key = %s"
TOKEN = """
    SELECT t.secret, u.id, u.name, u.realname, r.id, r.name, r.project, c.name, c.key
    FROM access_tokens t JOIN consumers c ON c.id = t.consumer_id JOIN users u ON u.id = t.user_id
    JOIN roles r ON r.id = t.role_id
    WHERE t.key = %s AND c.key = %s
"""
NONCE = "INSERT INTO nonces (consumer, token, timestamp, nonce) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"

of_this_thread = threading.local()


def database():
    connection = getattr(of_this_thread, "connection", None)
    if connection is None:
        connection = psycopg.connect(os.environ["OAUTH_BENCH_DATABASE"], autocommit=True)
        of_this_thread.connection = connection
    return connection


@dataclasses.dataclass
class Consumer:
    id: int
    name: str
    key: str
    secret: str

    def get_client_secret(self):
        return self.secret


@dataclasses.dataclass
class Token:
    key: str
    secret: str
    user: dict
    role: dict
    consumer: dict

    def get_oauth_token(self):
        return self.key

    def get_oauth_token_secret(self):
        return self.secret


def query_client(key):
    row = database().execute(CONSUMER, (key,)).fetchone()
    return row and Consumer(*row)


def query_token(consumer_key, key):
    row = database().execute(TOKEN, (key, consumer_key)).fetchone()
    if row is None:
        return None
    return Token(
        key=key,
        secret=row[0],
        user=dict(zip(("id", "name", "realname"), row[1:4])),
        role=dict(zip(("id", "name", "project"), row[4:7])),
        consumer=dict(zip(("name", "key"), row[7:9])),
    )


def exists_nonce(nonce, timestamp, consumer_key, token):
    inserted = database().execute(NONCE, (consumer_key, token or "", int(timestamp), nonce)).rowcount
    return inserted == 0


app = flask.Flask(__name__)
require_oauth = ResourceProtector(
    app, query_client=query_client, query_token=query_token, exists_nonce=exists_nonce
)


@app.get("/healthz")
def alive():
    return "ok\n", {"Content-Type": "text/plain; charset=utf-8"}


@app.get("/plugins/oauthprovider/echo")
@require_oauth()
def echo():
    return {
        "consumer": current_credential.consumer,
        "user": current_credential.user,
        "role": current_credential.role,
        "method": flask.request.method,
        "path": flask.request.path,
        "parameters": list(flask.request.args.items(multi=True)),
        "message": flask.request.args.get("message"),
    }
