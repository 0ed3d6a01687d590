"""Measures how fast /v1/rapidpro answers, with the bodies that a flow sends.

usage: rapidpro.py [--requests N] [--most MILLISECONDS] [--url URL] [--token TOKEN]

Without --url it starts jaga-server (release, else debug) with a fresh store. Requests go one after the other over one connection, as the webhook node of one flow sends them:
the body that the guide recommends, the older one, the one with results alone, in turn, half of them harmless, half in need of a person. Prints median, p99 and the longest time
for each body as a table; a p99 above --most fails.
"""

import argparse
import http.client
import json
import math
import pathlib
import sys
import tempfile
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from daemon import Daemon, Failure, main  # noqa: E402

QUESTION = "Pernah ada orang yang bikin kamu tidak nyaman di internet?"
# (what is written, what must be done about it; None for whatever it is).
REPLIES = [
    ("enggak pernah kak", "none"), ("kak tolong, ada orang ancam mau sebar foto aku, aku takut", "support"),
    ("main bola sama teman", "none"), ("dia bilang malam ini mau sebar foto aku, tolong", "support"),
]
RESULT = "cerita"


def bodies(contact, text):
    """(name, body) of the three shapes, all of one contact and with one text."""
    person = {"uuid": contact, "name": "Nama", "urn": "tel:+6281200000000", "language": "ind"}
    yield "text, question", {"text": text, "conversation_id": contact, "language": "ind", "question": QUESTION}
    yield "input.text", {"contact": person, "input": {"text": text}, "question": QUESTION}
    yield "results", {"contact": person, "results": {RESULT: {"name": RESULT, "value": text, "input": text}}}


def share(times, part):
    """The time below which so large a part lies, in milliseconds."""
    return sorted(times)[max(0, math.ceil(len(times) * part) - 1)] * 1_000


def measure(connection, token, count):
    """{name: [seconds]}; raises for a wrong answer."""
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    times = {}
    for number in range(-20, count):
        text, wanted = REPLIES[number % len(REPLIES)]
        for name, body in bodies(f"5ee7d6b4-0000-4000-8000-{number % 100_000_000:012d}", text):
            data = json.dumps(body).encode()
            begin = time.perf_counter()
            connection.request("POST", "/v1/rapidpro", data, headers)
            answer = connection.getresponse()
            content = answer.read()
            taken = time.perf_counter() - begin
            if answer.status != 200:
                raise Failure(f"{name}: the answer is {answer.status}: {content[:200]!r}")
            action = json.loads(content)["action"]
            if action != wanted:
                raise Failure(f"{name}: the action is {action}, not {wanted}; is polls.flowResult {RESULT}?")
            # The first ones open files and fill caches.
            if number >= 0:
                times.setdefault(name, []).append(taken)
    return times


def run():
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=300, help="of each body")
    parser.add_argument("--most", type=float, default=50.0)
    parser.add_argument("--url")
    parser.add_argument("--token")
    options = parser.parse_args()
    if options.url:
        place = urllib.parse.urlsplit(options.url)
        kinds = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
        if place.scheme not in kinds or not place.hostname:
            raise Failure(f"--url takes http://HOST:PORT or https://HOST, not {options.url}")
        times = measure(kinds[place.scheme](place.hostname, place.port, timeout=30), options.token, options.requests)
    else:
        with tempfile.TemporaryDirectory() as folder:
            with Daemon(pathlib.Path(folder), "--set", f"polls.flowResult={RESULT}") as daemon:
                times = measure(http.client.HTTPConnection(*daemon.address, timeout=30), None, options.requests)
    print(f"{'body':<16} {'requests':>8} {'median ms':>10} {'p99 ms':>8} {'max ms':>8}")
    for name, taken in times.items():
        print(f"{name:<16} {len(taken):>8} {share(taken, 0.5):>10.1f} {share(taken, 0.99):>8.1f} {max(taken) * 1_000:>8.1f}")
    slow = [name for name, taken in times.items() if share(taken, 0.99) > options.most]
    if slow:
        raise Failure(f"p99 is above {options.most:g} ms for {', '.join(slow)}")


if __name__ == "__main__":
    main(run)
