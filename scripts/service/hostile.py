"""Sends requests that no client should send, and holds the service to a clear answer for each.

usage: hostile.py [--list]

Malformed, oversized, slow, deeply nested, wrongly encoded and unauthorised requests, over raw sockets where a client would refuse to send them. Each
must be answered by a 4xx in problem+json (or be closed, where there is nothing to answer), within its time. Afterwards the service is alive and
answers right, its store has no new row, and its memory has not grown.
"""

import argparse
import json
import pathlib
import socket
import sqlite3
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from daemon import Daemon, command, main, poll_bot  # noqa: E402
from hostile_cases import cases  # noqa: E402

# Rounds over all cases; memory is compared between the second and the last.
ROUNDS = 4
GROWTH = 24 << 20


def send(address, case, token):
    """(status, headers, body) of the answer; status None when the connection was closed without one."""
    with socket.create_connection(address, timeout=10) as connection:
        connection.settimeout(case.seconds)
        try:
            for part in case.parts(token):
                if isinstance(part, float):
                    time.sleep(part)
                else:
                    connection.sendall(part)
            if case.shuts:
                connection.shutdown(socket.SHUT_WR)
        except (BrokenPipeError, ConnectionResetError):
            pass  # the answer may have come already
        return read(connection)


def read(connection):
    data = b""
    try:
        while b"\r\n\r\n" not in data:
            more = connection.recv(65536)
            if not more:
                return None, {}, data
            data += more
        head, _, body = data.partition(b"\r\n\r\n")
        if head.startswith(b"HTTP/1.1 100"):
            head, _, body = body.partition(b"\r\n\r\n")
            while not head:
                more = connection.recv(65536)
                if not more:
                    return None, {}, data
                head, _, body = (body + more).partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        length = int(headers.get("content-length", "0"))
        while len(body) < length:
            more = connection.recv(65536)
            if not more:
                break
            body += more
        return int(lines[0].split()[1]), headers, body
    except (ConnectionResetError, socket.timeout) as error:
        return (None if isinstance(error, ConnectionResetError) else "none in time"), {}, data


def fault(case, answer):
    """What is wrong with an answer; None when nothing is."""
    status, headers, body = answer
    if status is None:
        return None if case.may_close else "the connection was closed without an answer"
    if not isinstance(status, int):
        return f"no answer within {case.seconds} s"
    if case.allowed and status in case.allowed:
        return None
    if not 400 <= status < 500:
        return f"status {status}"
    if case.dialect:
        return None
    if headers.get("content-type") != "application/problem+json":
        return f"status {status} without problem+json ({headers.get('content-type')})"
    try:
        problem = json.loads(body)
    except ValueError:
        return "the problem is no JSON"
    missing = {"type", "title", "status", "detail"} - set(problem)
    if missing or problem["status"] != status or not problem["detail"]:
        return f"the problem lacks {missing or 'a detail, or says another status'}"
    if case.mark and case.mark in body.decode(errors="replace"):
        return "the answer repeats what was sent"
    return None


def rows(store):
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}


def run():
    parser = argparse.ArgumentParser()
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    known = list(cases())
    names = [case.name for case in known]
    assert len(set(names)) == len(names), "two cases have one name"
    if options.list:
        print("\n".join(names))
        return
    with tempfile.TemporaryDirectory() as folder:
        code, token, errors = command(folder, "token", "add", "score-only", "--scopes", "score")
        if code != 0:
            sys.exit(errors)
        token = token.strip()
        settings = ["--set", "limits.bodySeconds=2", "--set", "limits.idleSeconds=2", "--set", "limits.bodyBytes=1048576"]
        bot, channel = poll_bot(pathlib.Path(folder) / "bot")
        known = list(cases(channel))
        with Daemon(folder, *settings, *bot) as daemon:
            authority = {"Authorization": f"Bearer {token}"}
            good = {"conversation_id": "sound", "message_id": "m", "text": "besok latihan jam 4"}
            assert daemon.ask("/v1/score", good, headers=authority)[0] == 200
            # The state of a conversation reaches the store within a second or so.
            deadline = time.monotonic() + 20
            while not rows(daemon.store).get("conversation") and time.monotonic() < deadline:
                time.sleep(0.2)
            before, faults, sizes = rows(daemon.store), {}, []
            for number in range(ROUNDS):
                for case in known:
                    if case.is_slow and number > 0:
                        continue
                    wrong = fault(case, send(daemon.address, case, token))
                    if wrong:
                        faults[case.name] = wrong
                sizes.append(daemon.resident())
            if not daemon.is_running:
                sys.exit("hostile: the service died")
            status, body = daemon.ask("/v1/score", good, headers=authority)
            if status != 200 or "score" not in json.loads(body):
                faults["afterwards"] = f"a good request gets {status}"
            time.sleep(1)
            after = rows(daemon.store)
            if after != before:
                faults["store"] = f"rows were stored: {[(name, before.get(name), count) for name, count in after.items() if before.get(name) != count]}"
            growth = sizes[-1] - sizes[1]
            if growth > GROWTH:
                faults["memory"] = f"grew by {growth / 2**20:.1f} MiB from round 2 to {ROUNDS}"
            levels = [json.loads(line)["level"] for line in daemon.log if line.startswith("{")]
            if "error" in levels or "critical" in levels:
                faults["log"] = next(line for line in daemon.log if '"error"' in line or '"critical"' in line)
            if daemon.stop() != 0:
                faults["end"] = "the exit code is not 0"
    for name, wrong in faults.items():
        print(f"{name}: {wrong}", file=sys.stderr)
    if faults:
        sys.exit(f"hostile: {len(faults)} of {len(known)} kinds were not refused as they should be")
    print(f"hostile: {len(known)} kinds of requests, each refused clearly; nothing stored; memory {sizes[1] >> 20} → {sizes[-1] >> 20} MiB")


if __name__ == "__main__":
    main(run)
