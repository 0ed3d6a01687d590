"""Kills the service at random moments under load, starts it again, and looks whether anything that it had acknowledged is gone.

usage: kill.py [--rounds N] [--seed N] [--window SECONDS] [--keep FOLDER]

In each round writers send conversations that are flagged, go on with those of earlier rounds, and a reviewer decides items, all at once, until SIGKILL. After
the next start: every flag of a request that was answered 200 is there, every conversation counts all messages up to its last such flag and none that was
never sent, every decision that was acknowledged is there, the audit verifies and holds the head that was seen last, and no conversation has two items of
one kind that wait. An answer that is wrong, or none before the kill, is a fault as well.
"""

import argparse
import http.client
import json
import pathlib
import random
import sqlite3
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from daemon import Daemon, Failure, command, main  # noqa: E402
from reviewer import Reviewer  # noqa: E402
from samples import is_flagged, risky  # noqa: E402

WRITERS = 3


class Acknowledged:
    """What the service said that it has, and what went wrong while it said so."""

    def __init__(self):
        self.lock = threading.Lock()
        self.flags = set()
        self.decisions = []  # (item, reviewer)
        self.counts = {}  # conversation: Count
        self.faults = []


class Count:
    """How many messages of a conversation the service must have, and how many it may have.

    A request with a flag is answered when its conversation is in the store, with all that came before. What came after the last flag may be gone.
    """

    def __init__(self, kept=0):
        self.least = self.most = self.answered = kept

    def sending(self, messages):
        self.most += messages

    def acknowledged(self, messages, has_flag):
        self.answered += messages
        if has_flag:
            self.least = self.answered


class Load:
    """Writers and a reviewer, until the service is gone. Each writer has conversations of its own, those of earlier rounds too."""

    def __init__(self, daemon, token, round_number, known):
        self.daemon, self.known, self.round = daemon, known, round_number
        self.headers = {"Authorization": f"Bearer {token}"}
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self.guarded, args=(self.write, number), daemon=True) for number in range(WRITERS)]
        self.threads.append(threading.Thread(target=self.guarded, args=(self.review,), daemon=True))
        for thread in self.threads:
            thread.start()

    def guarded(self, work, *arguments):
        """A service that is killed answers nobody; whatever else goes wrong is a fault."""
        try:
            work(*arguments)
        except Exception as error:  # noqa: BLE001: nothing may end a thread unseen
            is_lost = isinstance(error, (OSError, http.client.HTTPException))
            if not (is_lost and self.over.is_set()):
                with self.known.lock:
                    self.known.faults.append(f"{work.__name__}: {type(error).__name__}: {error}")

    def write(self, writer):
        with self.known.lock:
            earlier = sorted(name for name in self.known.counts if f"-w{writer}-" in name)
        chance = random.Random(f"{self.round} {writer}")
        number = 0
        while not self.over.is_set():
            goes_on = bool(earlier) and number % 3 == 2
            name = chance.choice(earlier) if goes_on else f"r{self.round}-w{writer}-{number}"
            number += 1
            messages = [message | {"message_id": f"r{self.round}-{number}-{message['message_id']}"} for message in risky(name)]
            # Sometimes all at once, sometimes message by message, so that the kill falls between two of a conversation too.
            for part in [messages] if number % 2 else [[message] for message in messages]:
                self.send(name, part)

    def send(self, name, messages):
        with self.known.lock:
            count = self.known.counts.setdefault(name, Count())
            count.sending(len(messages))
        status, body = self.daemon.ask("/v1/score", {"messages": messages}, headers=self.headers, seconds=10)
        if status != 200:
            raise Failure(f"a good request got {status}: {body[:200]}")
        records = json.loads(body)["results"]
        flagged = {(record["conversation_id"], record["message_id"]) for record in records if is_flagged(record)}
        with self.known.lock:
            self.known.flags |= flagged
            count.acknowledged(len(messages), bool(flagged))

    def review(self):
        reviewer = Reviewer(self.daemon, self.headers["Authorization"].split()[1])
        while not self.over.is_set():
            decided = reviewer.decide_next()
            if decided is None:
                time.sleep(0.02)
                continue
            with self.known.lock:
                self.known.decisions.append(decided)

    def kill(self):
        """Kills the service and waits for the threads, which see that it is gone."""
        self.over.set()
        self.daemon.kill()
        for thread in self.threads:
            thread.join(20)
        if any(thread.is_alive() for thread in self.threads):
            self.known.faults.append("a request did not end though the service is gone")


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
        kept = dict(database.execute(COUNTS))
        wrong = miscounted(known.counts, kept)
        if wrong:
            yield f"{len(wrong)} conversations count wrongly, such as {wrong[0]}"
        # From here on the store's figures are the truth: what came after a last flag may have been lost.
        known.counts = {name: Count(kept.get(name, 0)) for name in known.counts}
        doubled = database.execute(OPEN_TWICE).fetchall()
        if doubled:
            yield f"{len(doubled)} conversations have two items of one kind that wait, such as {doubled[0]}"
    code, _, errors = command(folder, "audit", "verify", *(["--head", head] if head else []))
    if code != 0:
        yield errors.strip()


def miscounted(counts, kept):
    """Conversations whose messages are fewer than acknowledged with a flag, or more than sent."""
    return [
        f"{name} with {kept.get(name, 0)} messages instead of {count.least} to {count.most}" for name, count in sorted(counts.items())
        if not count.least <= kept.get(name, 0) <= count.most]


COUNTS = "SELECT conversation_id, messages FROM conversation"
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
            load.kill()
            if known.faults:
                raise Failure(f"round {number}, seed {options.seed}: " + "\n  ".join(known.faults[:5]))
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
        f"acknowledged, none lost; {len(known.counts)} conversations count rightly, the audit verifies, no doubles in the queue")


if __name__ == "__main__":
    main(run)
