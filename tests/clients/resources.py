"""What a token is for: the echo, the tracker and user info, asked for with awkward parameters."""

import re
from urllib.parse import urljoin, urlsplit

from checks import AWKWARD, FORM, P, ensure, equal, expect, passed

TRACKER_A = "/api/projects/project-a/trackers/bugs/items"
TRACKER_B = "/api/projects/project-b/trackers/bugs/items"
TRACKER_A_FOR_JENKINS = "/plugins/oslc/cm/project/project-a/tracker/bugs"
AWKWARD_PATH = "/some%20path/%C3%BC/a%2Fb/~tilde/+plus*/v=1"
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)")


def as_json(pairs):
    return [list(pair) for pair in pairs]


# The echo


def echo(client, token, method, *, path="", query=(), form=(), consumer=None, how=None):
    """One signed request; its echo must say exactly what was sent, in order, for whom and in which role."""
    placed = " ".join((how or {}).values()) or "header HMAC-SHA1"
    what = f"echo {method} ({placed}{', query' if query else ''}{', form' if form else ''}{', path' if path else ''})"
    request = {"params": list(query) or None, "data": list(form) or None}
    answer = client.call(token, method, f"{P}/echo{path}", consumer=consumer, how=how, **request)
    expect(what, answer, 200)
    if method != "HEAD":
        told = answer.json()
        parameters = [*query, *form]
        equal(f"{what}: parameters", told["parameters"], as_json(parameters))
        equal(f"{what}: message", told["message"], dict(reversed(parameters)).get("message"))
        equal(f"{what}: request", (told["method"], told["path"]), (method, urlsplit(answer.request.url).path))
        check_who(client, what, told, consumer or client.consumer)
    passed(what)


def check_who(client, what, told, consumer):
    equal(f"{what}: consumer", told["consumer"], {"name": consumer["name"], "key": consumer["key"]})
    user = (told["user"]["name"], told["user"]["realname"])
    equal(f"{what}: user", user, ("alice", client.forge.user("alice")["realname"]))
    equal(f"{what}: role", (told["role"]["name"], told["role"]["project"]), ("Reporter", "project-a"))


def echo_every_method(client, token, *, query=AWKWARD, form=FORM, **how_and_who):
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE"]:
        signs_it = method != "GET" or client.library.signs_a_form_on_get
        echo(client, token, method, query=query, form=form if signs_it else [], **how_and_who)


def echo_odd_requests(client, token):
    """What needs no repeating for each way of signing."""
    echo(client, token, "GET")
    echo(client, token, "GET", path=AWKWARD_PATH, query=AWKWARD)
    echo(client, token, "POST", path=AWKWARD_PATH, form=AWKWARD)
    for method in ["HEAD", "OPTIONS", "PROPFIND"]:
        echo(client, token, method, query=AWKWARD)
    names_without_values(client, token)
    another_name_of_the_service(client, token)


def names_without_values(client, token):
    what = "a query of names without `=`, and plus signs"
    answer = client.call(token, "GET", f"{P}/echo?flag&c%5B%5D=%C3%A9+b&d=a%2Bb&flag")
    expect(what, answer, 200)
    equal(what, answer.json()["parameters"], [["flag", ""], ["c[]", "é b"], ["d", "a+b"], ["flag", ""]])
    passed(what)


def another_name_of_the_service(client, token):
    """On loopback the service answers to `localhost` as well; the signature covers the name that was used."""
    what = "the same service as localhost"
    url = client.base.replace("127.0.0.1", "localhost")
    expect(what, client.call(token, "GET", f"{url}{P}/echo", params=AWKWARD), 200)
    passed(what)


def global_role(client):
    """A role of the whole forge: its label names no project, and its project is null."""
    token = client.dance(role="Night watch", project=None)
    answer = client.call(token, "GET", f"{P}/echo")
    expect("echo in a global role", answer, 200)
    role = answer.json()["role"]
    equal("the global role", (role["name"], role["project"]), ("Night watch", None))
    passed("a token with a global role")


# User info


def user_info(client, token, **how):
    answer = client.call(token, "GET", "/api/userinfo", how=how)
    expect("user info", answer, 200)
    told, alice = answer.json(), client.forge.user("alice")
    who = {"username": "alice", "full_name": alice["realname"], "email": alice["email"]}
    equal("user info: who", {name: told[name] for name in who}, who)
    groups = ["forge/Night watch", "project-a", "project-a/Reporter", "project-b", "project-b/Chief <Editor>"]
    equal("user info: groups", told["groups"], groups)
    equal("user info: role", (told["role"]["name"], told["role"]["project"]), ("Reporter", "project-a"))
    passed(f"user info ({' '.join(how.values()) or 'header'})")


# The tracker


def tracker(client, token):
    ids = [
        file_item(client, token, {"summary": "Build 1 broke", "details": "", "priority": 5}),
        file_item(client, token, {"summary": "Ünïcode ☃ & <b>+%~*=", "details": 'one\ntwo\t"three"'}),
        file_as_jenkins_does(client, token),
    ]
    list_by_pages(client, token, ids)
    a_reporter_may_not(client, token, ids[0])
    no_items(client, token)
    a_technician_may(client, ids[0])


def file_item(client, token, fields):
    what = f"filing {fields['summary']!r}"
    answer = client.call(token, "POST", TRACKER_A, json=fields)
    return check_filed(client, what, token, answer, {"priority": 3, **fields})


def file_as_jenkins_does(client, token):
    fields = {
        "dcterms:title": "Hudson Build Failure ☃",
        "dcterms:description": "job:FAILURE $12 (http://ci/job/x/12/?a=b&c=d+e)",
        "oslc_cm:status": "Open",
        "helios_bt:priority": "4",
        "helios_bt:assigned_to": "Nobody",
    }
    answer = client.call(token, "POST", TRACKER_A_FOR_JENKINS, json=fields)
    wanted = {"summary": fields["dcterms:title"], "details": fields["dcterms:description"], "priority": 4}
    return check_filed(client, "filing as the Jenkins OSLC plugin does", token, answer, wanted)


def check_filed(client, what, token, answer, fields):
    """The item as it was filed, and the same item where `Location` points; gives its id."""
    expect(what, answer, 201)
    item = answer.json()
    wanted = {**fields, "status": "open", "submitter": "alice", "consumer": client.consumer["name"]}
    equal(what, {name: item[name] for name in wanted}, wanted)
    ensure(f"{what}: created, RFC 3339 in UTC", INSTANT.fullmatch(item["created"]), item["created"])
    where = urljoin(answer.url, answer.headers.get("Location", ""))
    equal(f"{what}: Location", urlsplit(where).path, f"{TRACKER_A}/{item['id']}")
    found = client.call(token, "GET", where)
    expect(f"{what}: the item itself", found, 200)
    equal(f"{what}: the item itself", found.json(), item)
    passed(what)
    return item["id"]


def list_by_pages(client, token, ids):
    what = "the list, two items at a time, newest first"
    seen, url = [], f"{TRACKER_A}?limit=2"
    while url is not None:
        answer = client.call(token, "GET", url)
        expect(what, answer, 200)
        page = answer.json()
        ensure(what, len(page["items"]) <= 2 and len(seen) < 1000, page)
        seen += [item["id"] for item in page["items"]]
        url = page["next"] and urljoin(answer.url, page["next"])
    equal(what, seen[: len(ids)], ids[::-1])
    equal(f"{what}: none twice", len(set(seen)), len(seen))
    passed(what)


def refused_json(client, what, token, method, path, body, status, **told):
    answer = client.call(token, method, path, json=body)
    expect(what, answer, status)
    for name, value in told.items():
        equal(f"{what}: {name}", answer.json().get(name), value)
    passed(f"{what}: {status}")


def a_reporter_may_not(client, token, item):
    """Alice may do anything in project-b, and on the whole forge, but not in the role of this token."""
    lacking = {"error": "permission_denied", "role": "Reporter", "needs": "tracker:bugs tech"}
    path = f"{TRACKER_A}/{item}"
    refused_json(client, "a reporter closes no item", token, "PATCH", path, {"status": "closed"}, 403, **lacking)
    elsewhere = [("GET", TRACKER_B, None), ("POST", TRACKER_B, {"summary": "x"}), ("GET", f"{TRACKER_B}/1", None)]
    for method, where, body in elsewhere:
        refused_json(client, f"another project's tracker, {method} {where}", token, method, where, body, 404)
    refused_json(client, "no such item", token, "GET", f"{TRACKER_A}/999999999", None, 404)


def no_items(client, token):
    """What is no item, no list, no JSON."""
    six = {"summary": "x", "priority": 6}
    refused_json(client, "priority 6", token, "POST", TRACKER_A, six, 422, error="invalid", field="priority")
    refused_json(client, "no summary", token, "POST", TRACKER_A, {}, 422, error="invalid", field="summary")
    refused_json(client, "limit 0", token, "GET", f"{TRACKER_A}?limit=0", None, 422, error="invalid", field="limit")
    for kind, status in [("text/plain", 415), ("application/json", 400)]:
        answer = client.call(token, "POST", TRACKER_A, data=b"{not json", headers={"Content-Type": kind})
        expect(f"{kind} that is no JSON", answer, status)
        passed(f"{kind} that is no JSON: {status}")


def a_technician_may(client, item):
    """Bob's role in the same project may close an item, and may not reword it."""
    token = client.dance(user="bob", role="Técnico & Söhne")
    path = f"{TRACKER_A}/{item}"
    answer = client.call(token, "PATCH", path, json={"status": "closed"})
    expect("a technician closes an item", answer, 200)
    equal("the closed item", answer.json()["status"], "closed")
    passed("a technician closes an item")
    lacking = {"error": "permission_denied", "role": "Técnico & Söhne", "needs": "tracker:bugs manager"}
    refused_json(client, "a technician rewords no item", token, "PATCH", path, {"summary": "y"}, 403, **lacking)
