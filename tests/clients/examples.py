"""The examples of the guide for authors of tools, run as they stand on its page: `examples.py BASE_URL FOLDER`.

Each is taken out of the page's HTML, with the address that the page filled in, and walks the whole dance: it prints the
address of the consent page, waits for the code, and prints what the echo says.

The libraries of Python and JavaScript are this folder's, those of Ruby and Java the distribution's, and the shell has the
built program.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from browser import Browser
from checks import P, Library, arguments, ensure, equal, passed
from dance import Client

HERE = pathlib.Path(__file__).parent
PROGRAM = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", HERE.parent.parent / "target")).resolve() / "debug"

# Each language: the file's name, and how it is run. Java compiles a single file before it runs it; a star is for all jars there.
PROGRAMS = {
    "shell": ("forge.sh", ["bash", "-eu"]),
    "python": ("forge.py", [sys.executable, "-B"]),
    "node": ("forge.mjs", ["node"]),
    "ruby": ("forge.rb", ["ruby"]),
    "java": ("Forge.java", ["java", "-classpath", "/usr/share/java/*"]),
}


class Examples(Library):
    name = "the guide's examples"
    consumer_name = "requests-oauthlib"


def environment(client):
    return {
        "PATH": f"{PROGRAM}{os.pathsep}{os.environ['PATH']}",
        "HOME": os.environ.get("HOME", "/"),
        "NO_PROXY": "127.0.0.1,localhost",  # a proxy of the environment has no business on loopback
        "PYTHONIOENCODING": "utf-8",
        "LC_ALL": "C.UTF-8",
        "CONSUMER_KEY": client.consumer["key"],
        "CONSUMER_SECRET": client.consumer["secret"],
    }


def run(client, language, source):
    name, command = PROGRAMS[language]
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / name
        path.write_text(source, encoding="utf-8")
        if language == "node":
            shutil.copy(HERE / "node" / "package.json", folder)
            subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund"], cwd=folder, check=True)
        process = subprocess.Popen(
            [*command, str(path)],
            cwd=folder,
            env=environment(client),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        try:
            walk(client, language, process)
        finally:
            process.kill()
            process.wait()


def walk(client, language, process):
    first, address = process.stdout.readline(), process.stdout.readline().strip()
    equal(f"{language}: what it says first", first, "Open this page, choose a role, and authorize:\n")
    page = client.decide(address)
    verifier = page.text_of("oauth_verifier")
    client.forge.remember(verifier)
    out, err = process.communicate(verifier + "\n", timeout=60)
    equal(f"{language}: how it ends, {out} {err}", process.returncode, 0)
    ensure(f"{language}: the echo says as whom it came", "alice" in out and "Reporter" in out and "hello" in out, out)
    passed(f"the example in {language} gets a token and uses it")


def main():
    client = Client(Examples(), *arguments())
    page = Browser(client.base).open(f"{client.base}{P}/")
    for language in PROGRAMS:
        source = page.text_of(f"example-{language}")
        ensure(f"{language}: this server's address is filled in", client.base in source, source)
        run(client, language, source + "\n")
    ensure("the page is small", len(page.html.encode()) < 60 * 1024, len(page.html))
    passed("the guide's examples")


if __name__ == "__main__":
    main()
