"""Kills the service at random moments under load, starts it again, and looks whether anything that it had acknowledged is gone.

usage: kill.py [--rounds N] [--seed N] [--window SECONDS] [--keep FOLDER]

In each round writers send conversations that are flagged and a reviewer decides items, all at once, until SIGKILL. After the next start:
every flag of a request that was answered 200 is there, every decision that was acknowledged is there, the audit verifies and holds the head
that was seen last, and no conversation has two items of one kind that wait.
"""

import argparse
import json
import pathlib
import random
import sqlite3
import sys
import tempfile
import threading
import time
import urllib.error

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from daemon import Daemon, Failure, command, main  # noqa: E402
from reviewer import Reviewer  # noqa: E402
from samples import is_flagged, risky  # noqa: E402

WRITERS = 3


class Acknowledged:
    """What the service said that it has."""

    def __init__(self):
        self.lock = threading.Lock()
        self.flags = set()
        self.decisions = []  # (item, reviewer)


class Load:
    """Writers and a reviewer, until the service is gone."""

    def __init__(self, daemon, token, round_number, known):
        self.daemon, self.known, self.round = daemon, known, round_number
        self.headers = {"Authorization": f"Bearer {token}"}
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self.write, args=(number,)) for number in range(WRITERS)]
        self.threads.append(threading.Thread(target=self.review))
        for thread in self.threads:
            thread.start()

    def write(self, writer):
        number = 0
        while not self.over.is_set():
            name = f"r{self.round}-w{writer}-{number}"
            number += 1
            # Sometimes all at once, sometimes message by message, so that the kill falls between two of a conversation too.
            messages = risky(name)
            for part in [messages] if number % 2 else [[message] for message in messages]:
                try:
                    status, body = self.daemon.ask("/v1/score", {"messages": part}, headers=self.headers, seconds=10)
                except (OSError, urllib.error.URLError, ValueError):
                    return
                if status != 200:
                    raise Failure(f"a good request got {status}: {body[:200]}")
                records = json.loads(body)["results"]
                with self.known.lock:
                    for record in records:
                        if is_flagged(record):
                            self.known.flags.add((record["conversation_id"], record["message_id"]))

    def review(self):
        try:
            reviewer = Reviewer(self.daemon, self.headers["Authorization"].split()[1])
            while not self.over.is_set():
                decided = reviewer.decide_next()
                if decided is None:
                    time.sleep(0.02)
                    continue
                with self.known.lock:
                    self.known.decisions.append(decided)
        except (OSError, urllib.error.URLError, ValueError):
            return

    def end(self):
        self.over.set()
        for thread in self.threads:
            thread.join(20)


def check(folder, store, known, head):
    """What is wrong after a restart."""
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as database:
        flags = set(database.execute(FLAGS))
        lost = known.flags - flags
        if lost:
            yield f"{len(lost)} acknowledged flags are gone, such as {sorted(lost)[0]}"
        decisions = {(item, reviewer) for item, reviewer in database.execute("SELECT item, reviewer FROM decision")}
        gone = [decision for decision in known.decisions if decision not in decisions]
        if gone:
            yield f"{len(gone)} acknowledged decisions are gone, such as {gone[0]}"
        doubled = database.execute(OPEN_TWICE).fetchall()
        if doubled:
            yield f"{len(doubled)} conversations have two items of one kind that wait, such as {doubled[0]}"
    code, _, errors = command(folder, "audit", "verify", *(["--head", head] if head else []))
    if code != 0:
        yield errors.strip()


FLAGS = "SELECT conversation_id, message_id FROM flag"
OPEN_TWICE = "SELECT conversation_id, kind, count(*) FROM review_item WHERE status <> 'closed' GROUP BY 1, 2 HAVING count(*) > 1"


def run():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--window", type=float, default=1.2, help="the longest time between start and kill, in seconds")
    parser.add_argument("--keep")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    known = Acknowledged()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or temporary
        code, token, errors = command(folder, "token", "add", "writer", "--scopes", "score,review,admin")
        if code != 0:
            raise Failure(errors)
        token, head = token.strip(), None
        begin = time.monotonic()
        for number in range(options.rounds):
            daemon = Daemon(folder, "--set", "review.secondShare=0.3", "--set", "limits.liveConversations=100")
            load = Load(daemon, token, number, known)
            time.sleep(chance.uniform(0.02, options.window))
            daemon.kill()
            load.end()
            # The next start recovers; the check reads while it runs, as an auditor would.
            with Daemon(folder) as again:
                for wrong in check(folder, again.store, known, head):
                    raise Failure(f"round {number}, seed {options.seed}: {wrong}")
            code, output, errors = command(folder, "audit", "head")
            if code != 0:
                raise Failure(f"round {number}: {errors}")
            head = output.split()[1] if output.split()[0] != "0" else None
            if number % 20 == 19:
                print(
                    f"  {number + 1} kills: {len(known.flags)} flags, {len(known.decisions)} decisions acknowledged, none lost "
                    f"({time.monotonic() - begin:.0f} s)", flush=True)
        if not known.flags or not known.decisions:
            raise Failure("nothing was acknowledged, so nothing was shown; run more rounds")
    print(
        f"kill: {options.rounds} kills under load (seed {options.seed}); {len(known.flags)} flags and {len(known.decisions)} decisions "
        "acknowledged, none lost; the audit verifies, no doubles in the queue")


if __name__ == "__main__":
    main(run)
