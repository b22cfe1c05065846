"""How long the service works for each page with a list on it.

    lists.py measure URL LOG    asks for every page, and prints how long the service says that it took, as JSON
    lists.py table FOLDER       what came of it, FOLDER/lists.VARIANT.SIZE; fails where a page takes over 50 ms

LOG is what the service writes on standard error: JSON lines, with one for each answer.
"""

import http.client
import json
import pathlib
import statistics
import sys
import time
import urllib.parse

ROUNDS = 15
MOST_MILLISECONDS = 50
PASSWORD = "of-no-worth"
PAGES = pathlib.Path(__file__).with_suffix(".pages")


def pages():
    lines = PAGES.read_text().splitlines()
    return [tuple(line.split(" ", 1)) for line in lines if line and not line.startswith("#")]


class Browser:
    """Somebody who is logged in, on one connection."""

    def __init__(self, url, user):
        self.connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc)
        form = urllib.parse.urlencode({"username": user, "password": PASSWORD, "next": "/"})
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": url}
        self.connection.request("POST", "/login", form, headers)
        answer = self.connection.getresponse()
        answer.read()
        if answer.status != 302:
            sys.exit(f"{user} cannot log in: {answer.status}")
        self.cookie = answer.headers["Set-Cookie"].split(";")[0]

    def get(self, path):
        self.connection.request("GET", path, headers={"Cookie": self.cookie})
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            sys.exit(f"{path}: {answer.status}")
        return len(body)


def answers(log):
    """The microseconds of each answer that the service tells of, in their order."""
    for line in log.read_text().splitlines():
        if line.startswith("{"):
            fields = json.loads(line)["fields"]
            if fields.get("message") == "answered":
                yield fields["microseconds"]


def measure(url, log):
    browsers = {user: Browser(url, user) for user in ("admin", "alice")}
    asked = [page for _ in range(ROUNDS + 1) for page in pages()]
    before = len(list(answers(log)))
    for user, path in asked:
        browsers[user].get(path)
    while len(told := list(answers(log))[before:]) < len(asked):
        time.sleep(0.1)
    # Whoever asks first also pays for what is made once.
    rounds = [told[start : start + len(pages())] for start in range(len(pages()), len(asked), len(pages()))]
    medians = [statistics.median(times) / 1000 for times in zip(*rounds, strict=True)]
    print(json.dumps({f"{user} {path}": took for (user, path), took in zip(pages(), medians, strict=True)}))


def table(folder):
    results = {tuple(file.name.split(".")[1:]): json.loads(file.read_text()) for file in sorted(folder.glob("lists.*"))}
    columns = sorted(results, key=lambda column: (column[0], int(column[1])))
    print("| milliseconds of the service | " + " | ".join(f"{name}, {int(size):,}" for name, size in columns) + " |")
    print("| --- |" + " --- |" * len(columns))
    slow = []
    for page in (f"{user} {path}" for user, path in pages()):
        times = [results[column][page] for column in columns]
        print(f"| `{page}` | " + " | ".join(f"{took:.1f}" for took in times) + " |")
        slow += [page for took in times if took > MOST_MILLISECONDS]
    if slow:
        sys.exit(f"over {MOST_MILLISECONDS} ms: {', '.join(sorted(set(slow)))}")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["measure", url, log]:
            measure(url, pathlib.Path(log))
        case ["table", folder]:
            table(pathlib.Path(folder))
        case _:
            sys.exit(__doc__)
