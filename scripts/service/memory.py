"""Whether memory stays flat over many conversations: sends them, samples the service's resident memory, fits a line.

usage: memory.py [--conversations N] [--minutes N] [--write FILE]

Each conversation gets three messages at two different times, so that states leave memory for the store and come back. The slope is fitted to the second half of the samples,
after caches have filled; it must be below 1 MiB a minute.
"""

import argparse
import http.client
import json
import pathlib
import random
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from daemon import Daemon, Failure, main  # noqa: E402
from samples import HARMLESS, risky  # noqa: E402

GROUP = 100
LIMIT = 1 << 20


def body(first, again, chance):
    """Messages that begin some conversations, and go on in some earlier ones."""
    messages = [
        {"conversation_id": f"m{number}", "message_id": f"1-{place}", "author_id": f"a{place}", "text": chance.choice(HARMLESS)}
        for number in range(first, first + GROUP) for place in range(2)]
    messages += [{"conversation_id": f"m{number}", "message_id": "2", "author_id": "a0", "text": chance.choice(HARMLESS)} for number in again]
    if first % 2_000 == 0:
        messages += risky(f"m{first}")
    return json.dumps({"messages": messages}).encode()


def slope(samples):
    """Bytes a minute by least squares; samples are (seconds, bytes)."""
    count = len(samples)
    mean_time, mean_size = sum(time for time, _ in samples) / count, sum(size for _, size in samples) / count
    above = sum((time - mean_time) * (size - mean_size) for time, size in samples)
    below = sum((time - mean_time) ** 2 for time, _ in samples)
    return 60 * above / below if below else 0.0


def run():
    parser = argparse.ArgumentParser()
    parser.add_argument("--conversations", type=int, default=1_000_000)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--write")
    options = parser.parse_args()
    samples, over = [], threading.Event()
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as folder, Daemon(folder) as daemon:
        begin = time.monotonic()

        def watch():
            while not over.wait(1):
                samples.append((time.monotonic() - begin, daemon.resident()))
        watcher = threading.Thread(target=watch)
        watcher.start()
        connection = http.client.HTTPConnection(*daemon.address, timeout=120)
        rounds = options.conversations // GROUP
        for number in range(rounds):
            first = number * GROUP
            again = [chance.randrange(first) for _ in range(GROUP)] if first else []
            connection.request("POST", "/v1/score", body(first, again, chance), {"Content-Type": "application/json"})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise Failure(f"request {number} got {answer.status}")
            # Evenly over the time, as far as the service keeps up.
            ahead = begin + options.minutes * 60 * (number + 1) / rounds - time.monotonic()
            if ahead > 0:
                time.sleep(ahead)
        seconds = time.monotonic() - begin
        over.set()
        watcher.join()
        kept = [line for line in daemon.ask("/metrics")[1].decode().splitlines() if line.startswith("jaga_conversations_kept ")]
        size = sum(path.stat().st_size for path in pathlib.Path(folder).iterdir())
        if daemon.stop() != 0:
            raise Failure("the service did not stop with exit code 0")
    half = samples[len(samples) // 2:]
    growth = slope(half)
    result = {
        "conversations": options.conversations, "seconds": round(seconds), "slope_bytes_per_minute": round(growth),
        "median_mib": sorted(size for _, size in half)[len(half) // 2] / 2**20, "peak_mib": max(size for _, size in samples) / 2**20, "store_mib": size / 2**20}
    print(
        f"memory: {options.conversations} conversations in {seconds:.0f} s; {result['median_mib']:.0f} MiB, at most {result['peak_mib']:.0f} MiB, "
        f"slope {growth / 2**20:+.2f} MiB a minute in the second half; store {result['store_mib']:.0f} MiB; {kept[0] if kept else ''}")
    if options.write:
        pathlib.Path(options.write).write_text(json.dumps(result | {"samples": samples}) + "\n")
    if growth > LIMIT:
        raise Failure("memory grows by more than 1 MiB a minute")


if __name__ == "__main__":
    main(run)
