"""What the benchmark's figures come to, in words and tables for people.

    report.py line              one result on standard input, in a line
    report.py table FOLDER      all results of a comparison, FOLDER/results
    report.py half FOLDER NAME  half the rate that NAME reached
    report.py ends FOLDER NAME  how the end of a long run of NAME compares with its beginning
    report.py failures FILE     what a run met beside accepted requests
    report.py median NAME       lines of "began ended" on standard input, in seconds: the median difference
    report.py free-address      a loopback address that nobody listens to

A result is a JSON object: its round, the name of what was asked, the kind of request, the number of connections, and
the load generator's figures.
"""

import json
import os
import pathlib
import socket
import statistics
import sys
import time

TITLES = {"sqlite": "SQLite", "postgres": "PostgreSQL", "flask": "Flask + Authlib"}
# How the time of a flush is measured: how often, and how many bytes each time.
FLUSHES = 200
PAGE = 4096
LEGEND = """
ratio: signed/plain, the median of the rounds, and the least and the greatest of them. Latencies are those of signed
requests. Flask's ratio is to the plain end point of the service on PostgreSQL, where Flask keeps its tokens too.
"""
# How many minutes of a long run are its beginning, and its end.
MINUTES_OF_AN_END = 5
# The share of time from which on the load generator itself is about to be what limits the figures.
BUSY = 0.95
# The share of time from which on somebody else uses its core, and then surely the server's too.
DISTURBED = 0.05


class Results:
    """All results of a comparison, by name, kind and connections, each in the order of the rounds."""

    def __init__(self, folder):
        self.rows = [json.loads(line) for line in (folder / "results").read_text().splitlines()]

    def of(self, name, kind, connections=None):
        def matches(row):
            return row["name"] == name and row["kind"] == kind and connections in (None, row["connections"])

        return [row["figures"] for row in self.rows if matches(row)]

    def connections(self):
        return sorted({row["connections"] for row in self.rows if row["kind"] == "signed"})

    def throughput(self, name, kind, connections=None):
        return [figures["throughput"] for figures in self.of(name, kind, connections)]

    def latency(self, name, kind, connections, quantile):
        return statistics.median(figures["latency_us"][quantile] for figures in self.of(name, kind, connections))


def line(result):
    figures = result["figures"]
    busy = figures["own_cpu"]
    own = "" if busy is None else f"; load generator {busy:.0%} busy, {figures['own_wait']:.0%} kept waiting"
    when = f"round {result['round']}" if result["round"] else "after the rounds"
    limit = f" of {result['rate']:,.0f}/s" if "rate" in result else ""
    return (
        f"{when}, {TITLES[result['name']]}, {result['connections']} connections, "
        f"{result['kind']}{limit}: {figures['throughput']:,.0f}/s{own}"
    )


def table(folder):
    results = Results(folder)
    flushes = flush_times(folder)
    print(f"\nA flush of this disk takes {statistics.median(flushes):,.0f} µs (median; at best {min(flushes):,.0f} µs).\n")
    rows = [["", "connections", "plain/s", "signed/s", "ratio", "of rounds", "p50 µs", "p99 µs", "p99.9 µs"]]
    for name in ("sqlite", "postgres", "flask"):
        rows += [compared(results, name, connections) for connections in results.connections()]
    print_aligned(rows)
    print(LEGEND)
    rows = [["at half the rate", "requests/s", "p50 µs", "p99 µs", "p99.9 µs", "longest µs", "never sent"]]
    rows += [at_half(row) for row in results.rows if row["kind"] == "open"]
    print_aligned(rows)
    warn(results)


def compared(results, name, connections):
    plain = results.throughput("postgres" if name == "flask" else name, "plain", connections)
    signed = results.throughput(name, "signed", connections)
    ratios = [one / other for one, other in zip(signed, plain)]
    latencies = [results.latency(name, "signed", connections, quantile) for quantile in ("p50", "p99", "p99_9")]
    return [
        TITLES[name],
        str(connections),
        "" if name == "flask" else f"{statistics.median(plain):,.0f}",
        f"{statistics.median(signed):,.0f}",
        f"{statistics.median(ratios):.4f}",
        f"{min(ratios):.4f} to {max(ratios):.4f}",
        *(f"{latency:,.0f}" for latency in latencies),
    ]


def at_half(row):
    latency = row["figures"]["latency_us"]
    return [
        TITLES[row["name"]],
        f"{row['rate']:,.0f}",
        *(f"{latency[quantile]:,.0f}" for quantile in ("p50", "p99", "p99_9", "max")),
        f"{row['figures']['unsent']:,}",
    ]


def warn(results):
    """Says what speaks against the figures."""
    measured = [row["figures"] for row in results.rows if row["kind"] != "open"]
    if any(figures["own_cpu"] is None for figures in measured):
        return
    busy = max(figures["own_cpu"] for figures in measured)
    waited = statistics.median(row["figures"]["own_wait"] for row in results.rows if row["kind"] == "plain")
    print(f"\nThe load generator was at most {busy:.0%} busy, and kept waiting for its core {waited:.0%} of the time.")
    if busy > BUSY:
        print("DO NOT TRUST the highest figures: it may have been the limit, and not the server.")
    if waited > DISTURBED:
        print("DO NOT TRUST these figures: something else was using the cores.")


def print_aligned(rows):
    widths = [max(len(cell) for cell in column) for column in zip(*rows)]
    for row in rows:
        first, *others = (cell.rjust(width) for cell, width in zip(row, widths))
        print("  ".join([first.strip().ljust(widths[0]), *others]))


def flush_times(folder):
    """How long a small write and its flush take, in microseconds: what a commit costs at the least.

    Written over what is there already, as databases do with their logs: a file that grows takes longer.
    """
    times = []
    with open(folder / "flush", "wb", buffering=0) as file:
        file.write(bytes(FLUSHES * PAGE))
        os.fsync(file.fileno())
        for page in range(FLUSHES):
            began = time.perf_counter()
            os.pwrite(file.fileno(), bytes(PAGE), page * PAGE)
            os.fdatasync(file.fileno())
            times.append((time.perf_counter() - began) * 1e6)
    return times


def half(folder, name):
    results = Results(folder)
    best = max(statistics.median(results.throughput(name, "signed", count)) for count in results.connections())
    return max(1, round(best / 2))


def ends(results, name):
    signed, plain = (results.throughput(name, kind) for kind in ("signed", "plain"))
    ratios = [one / other for one, other in zip(signed, plain)]
    part = min(MINUTES_OF_AN_END, len(signed))
    rows = [["", "signed/s", "plain/s", "ratio"]]
    for title, minutes in (("all", slice(None)), (f"first {part}", slice(part)), (f"last {part}", slice(-part, None))):
        signed_then, plain_then, ratio = (statistics.median(of[minutes]) for of in (signed, plain, ratios))
        rows.append([title, f"{signed_then:,.0f}", f"{plain_then:,.0f}", f"{ratio:.3f}"])
    print("\nMedians of the minutes:\n")
    print_aligned(rows)
    compared = [statistics.median(of[-part:]) / statistics.median(of[:part]) for of in (signed, ratios)]
    print(f"\nThe end is {compared[0]:.3f} of the beginning in signed/s, and {compared[1]:.3f} in the ratio.")
    print(f"p99 of a minute: at most {max(row['latency_us']['p99'] for row in results.of(name, 'signed')):,.0f} µs")


def failures(figures):
    print(f"answers by status: {figures['statuses']}; none: {figures['broken']}, first {figures['first_broken']}")


def median(name, lines):
    took = [1000 * (float(ended) - float(began)) for began, ended in (line.split() for line in lines)]
    print(
        f"{TITLES[name]}: {statistics.median(took):,.0f} ms from the start of the process to the first accepted "
        f"request (median of {len(took)}, {min(took):,.0f} to {max(took):,.0f})"
    )


def free_address():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return "{}:{}".format(*listener.getsockname())


def main(arguments):
    match arguments:
        case ["line"]:
            print(line(json.load(sys.stdin)))
        case ["table", folder]:
            table(pathlib.Path(folder))
        case ["half", folder, name]:
            print(half(pathlib.Path(folder), name))
        case ["ends", folder, name]:
            ends(Results(pathlib.Path(folder)), name)
        case ["failures", file]:
            failures(json.loads(pathlib.Path(file).read_text()))
        case ["median", name]:
            median(name, sys.stdin)
        case ["free-address"]:
            print(free_address())
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
