"""Writes what one run of the client tests imports into the service: `make_forge.py FOLDER`.

`FOLDER/forge.json` is the forge.json beside this file and one consumer more, `rsa`, which signs with a key
made for this run; its private half is `FOLDER/rsa.pem`. A private key that is made afresh needs no place in
the repository, and none of the scanners that look for private keys there.
"""

import json
import pathlib
import sys

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa


def private_key_pem(key):
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def public_key_pem(key):
    return (
        key.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )


def rsa_consumer(key):
    return {
        "name": "rsa",
        "url": "http://ci-rsa.example/",
        "email": "ci@example.org",
        "description": "Signs with a private key",
        "callbacks": ["http://127.0.0.1:9/callback"],
        "key": "rsa ☃ key",
        "secret": "not used for signing",
        "public_key": public_key_pem(key),
    }


def main(folder):
    forge = json.loads(pathlib.Path(__file__).with_name("forge.json").read_text(encoding="utf-8"))
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    forge["consumers"].append(rsa_consumer(key))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rsa.pem").write_text(private_key_pem(key), encoding="ascii")
    (folder / "forge.json").write_text(json.dumps(forge, ensure_ascii=False, indent=2), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: make_forge.py FOLDER")
    main(pathlib.Path(sys.argv[1]))
