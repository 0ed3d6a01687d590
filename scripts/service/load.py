"""How fast the service is: single requests against a bare JSON echo, a stream against `jaga score`.

usage: load.py [--seconds N] [--rounds N] [--connections N] [--messages N] [--least-ratio R] [--least-stream-ratio R] [--write FILE]

wrk sends one message per request over kept connections, to the echo and to the service by turns, on the same cores. The ratio is that of the medians.
Needs the release builds of jaga and jaga-server, and of Benchmarks' echo-server; scripts/bench-service makes them.
"""

import argparse
import http.client
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from daemon import ROOT, Daemon, Failure, main  # noqa: E402


def harmless(limit=3000):
    """Texts of the corpora without a risky label, evenly from all voices; those that need no escape in JSON and Lua."""
    texts = []
    for path in sorted((ROOT / "corpora/voices").glob("*/messages.jsonl")):
        with open(path, encoding="utf-8") as file:
            for row in map(json.loads, file):
                text = row["text"]
                if row["labels"] == ["benign"] and text.isascii() and text.isprintable() and not set(text) & set('"\\'):
                    texts.append(text)
    return texts[::max(1, len(texts) // limit)]


# 2,000 conversations, so that states are read and written as they are in life.
SCRIPT = """
local texts = { %s }
local count, thread = 0, 0
function setup(thread_) thread_:set("number", thread); thread = thread + 1 end
function request()
  count = count + 1
  local body = string.format('{"conversation_id":"t%%d-%%d","message_id":"%%d","author_id":"a%%d","text":"%%s"}',
    number, count %% 2000, count, count %% 2, texts[count %% #texts + 1])
  return wrk.format("POST", "%s", {["Content-Type"] = "application/json"}, body)
end
"""


class Echo:
    """The bare Hummingbird server of Benchmarks."""

    def __enter__(self):
        path = ROOT / "Benchmarks/.build/release/echo-server"
        if not path.exists():
            raise Failure("the echo is not built; run 'swift build -c release --package-path Benchmarks --product echo-server'")
        self.process = subprocess.Popen([path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.url = self.process.stdout.readline().strip()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def wrk(url, path, connections, seconds, folder):
    """(requests a second, median, p99 in milliseconds)."""
    if shutil.which("wrk") is None:
        raise Failure("wrk is not installed; run scripts/setup --service, or use scripts/bench-service, which does")
    script = pathlib.Path(folder) / "request.lua"
    script.write_text(SCRIPT % (", ".join(json.dumps(text) for text in harmless()), path))
    done = subprocess.run(
        ["wrk", "-t", "1", "-c", str(connections), "-d", f"{seconds}s", "--latency", "-s", str(script), url], capture_output=True, text=True)
    if done.returncode != 0:
        raise Failure(f"wrk failed: {done.stderr.strip()}")
    if "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        raise Failure("some requests failed:\n" + done.stdout)

    def milliseconds(label):
        number, unit = re.search(rf"{label}\s+([\d.]+)(us|ms|s)", done.stdout).groups()
        return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
    return float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout).group(1)), milliseconds("50%"), milliseconds("99%")


def stream_rate(daemon, path):
    """Messages a second of one NDJSON stream that is sent and read at once, as a pipeline would; and the answer's bytes."""
    connection = http.client.HTTPConnection(*daemon.address, timeout=600)
    begin = time.perf_counter()
    size = os.path.getsize(path)
    sock_ready = threading.Event()

    def feed():
        connection.putrequest("POST", "/v1/score/stream")
        connection.putheader("Content-Type", "application/x-ndjson")
        connection.putheader("Content-Length", str(size))
        connection.endheaders()
        sock_ready.set()
        with open(path, "rb") as file:
            while block := file.read(1 << 18):
                connection.sock.sendall(block)
    sender = threading.Thread(target=feed)
    sender.start()
    sock_ready.wait()
    answer = connection.getresponse()
    if answer.status != 200:
        raise Failure(f"the stream got {answer.status}")
    lines = 0
    while block := answer.read(1 << 18):
        lines += block.count(b"\n")
    sender.join()
    return lines / (time.perf_counter() - begin), lines


def score_rate(path):
    """Messages a second of `jaga score --threads 2` on the same file."""
    begin = time.perf_counter()
    done = subprocess.run(
        [ROOT / ".build/release/jaga", "score", "--threads", "2", "--format", "jsonl", path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    if done.returncode != 0:
        raise Failure(f"jaga score ended with {done.returncode}")
    return done.stdout.count(b"\n") / (time.perf_counter() - begin)


def write_messages(path, count):
    texts = harmless()
    with open(path, "w", encoding="utf-8") as file:
        for number in range(count):
            text = texts[number % len(texts)]
            file.write(json.dumps({
                "conversation_id": f"s{number % 20000}", "message_id": str(number), "author_id": f"a{number % 2}", "text": f"{text} {number % 97}"}) + "\n")


def shortfalls(result, least, least_stream):
    """What is slower than it may be."""
    if result["ratio"] < least:
        yield f"single requests reach {result['ratio']:.0%} of the bare echo, and at least {least:.0%} is asked for"
    if result["stream_ratio"] < least_stream:
        yield f"a stream reaches {result['stream_ratio']:.0%} of jaga score, and at least {least_stream:.0%} is asked for"


def run():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--messages", type=int, default=500_000)
    parser.add_argument("--least-ratio", type=float, default=0, help="fail below this share of the bare echo")
    parser.add_argument("--least-stream-ratio", type=float, default=0, help="fail below this share of jaga score")
    parser.add_argument("--write")
    options = parser.parse_args()
    echoed, scored, streamed, batched = [], [], [], []
    with tempfile.TemporaryDirectory() as folder, Echo() as echo, Daemon(pathlib.Path(folder) / "state") as daemon:
        for number in range(options.rounds + 1):
            seconds = options.seconds if number else 2  # the first round warms up
            pair = (
                wrk(echo.url, "/echo", options.connections, seconds, folder),
                wrk(daemon.url, "/v1/score", options.connections, seconds, folder))
            if number:
                echoed.append(pair[0])
                scored.append(pair[1])
                print(f"  echo {pair[0][0]:8.0f} /s  service {pair[1][0]:8.0f} /s  p50 {pair[1][1]:.2f} ms  p99 {pair[1][2]:.2f} ms", flush=True)
        path = pathlib.Path(folder) / "messages.jsonl"
        write_messages(path, options.messages)
        for _ in range(options.rounds):
            rate, lines = stream_rate(daemon, path)
            if lines != options.messages:
                raise Failure(f"the stream answered {lines} of {options.messages} messages")
            streamed.append(rate)
            batched.append(score_rate(path))
            print(f"  jaga score {batched[-1]:8.0f} /s  stream {streamed[-1]:8.0f} /s", flush=True)
    middle = lambda rows, place: statistics.median(row[place] for row in rows)  # noqa: E731
    result = {
        "echo_per_second": middle(echoed, 0), "echo_p99_ms": middle(echoed, 2), "service_per_second": middle(scored, 0),
        "service_p50_ms": middle(scored, 1), "service_p99_ms": middle(scored, 2), "ratio": middle(scored, 0) / middle(echoed, 0),
        "stream_per_second": statistics.median(streamed), "score_per_second": statistics.median(batched),
        "stream_ratio": statistics.median(streamed) / statistics.median(batched), "connections": options.connections, "cores": os.cpu_count(),
    }
    print(
        f"load: {result['service_per_second']:.0f} requests/s, {result['ratio']:.0%} of the bare echo ({result['echo_per_second']:.0f}/s); "
        f"p50 {result['service_p50_ms']:.2f} ms, p99 {result['service_p99_ms']:.2f} ms (echo {result['echo_p99_ms']:.2f} ms)\n"
        f"load: stream {result['stream_per_second']:.0f} messages/s, {result['stream_ratio']:.0%} of jaga score --threads 2 ({result['score_per_second']:.0f}/s)")
    if options.write:
        pathlib.Path(options.write).write_text(json.dumps(result, indent=1) + "\n")
    for wrong in shortfalls(result, options.least_ratio, options.least_stream_ratio):
        raise Failure(wrong)


if __name__ == "__main__":
    main(run)
