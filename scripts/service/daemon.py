"""Starts jaga-server for a harness, watches it, ends it; nothing but the standard library."""

import json
import os
import pathlib
import secrets
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


class Failure(Exception):
    """Something that a person can mend; the message says what and how."""


def program():
    """JAGA_SERVER, else the release build, else the debug build."""
    for path in (os.environ.get("JAGA_SERVER"), ROOT / ".build/release/jaga-server", ROOT / ".build/debug/jaga-server"):
        if path and os.access(path, os.X_OK):
            return str(path)
    raise Failure("jaga-server is not built; run 'swift build -c release --product jaga-server'")


class Daemon:
    """A running service with its store in `folder`. Every line of its log is kept in `log`."""

    def __init__(self, folder, *options, environment=None, seconds=30):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.log, self.address = [], None
        variables = {name: value for name, value in os.environ.items() if not name.startswith("JAGA_")}
        variables |= {"JAGA_MODEL": str(ROOT / "Models/default.jaga")} | (environment or {})
        self.store = self.folder / "jaga.sqlite"
        self.process = subprocess.Popen(
            [program(), "serve", "--port", "0", "--store", str(self.store), "--log-format", "json", *options],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=variables)
        ready = threading.Event()
        threading.Thread(target=self._read, args=(ready,), daemon=True).start()
        if not ready.wait(seconds) or self.address is None:
            self.kill()
            raise Failure("jaga-server did not start:\n  " + "\n  ".join(self.log[-5:]))

    def _read(self, ready):
        for line in self.process.stdout:
            text = line.decode(errors="replace").rstrip("\n")
            self.log.append(text)
            if not ready.is_set() and '"serving at ' in text:
                url = json.loads(text)["message"].removeprefix("serving at ").rstrip("/")
                host, port = url.split("//")[1].rsplit(":", 1)
                self.url, self.address = url, (host.strip("[]"), int(port))
                ready.set()
        ready.set()

    @property
    def pid(self):
        return self.process.pid

    @property
    def is_running(self):
        return self.process.poll() is None

    def resident(self):
        """Bytes of memory in use now."""
        with open(f"/proc/{self.pid}/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def kill(self):
        """As a power failure of the process: SIGKILL."""
        self.process.kill()
        self.process.wait()

    def stop(self, seconds=40):
        """By SIGTERM; the exit code."""
        if self.is_running:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Failure(f"jaga-server did not stop within {seconds} s") from None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.is_running:
            self.stop()

    def ask(self, path, body=None, method=None, headers=None, seconds=30):
        """(status, bytes) of one request; JSON bodies may be given as values."""
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data, method=method, headers={
            **({"Content-Type": "application/json"} if data is not None else {}), **(headers or {})})
        try:
            with urllib.request.urlopen(request, timeout=seconds) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()


def poll_bot(folder, url="http://127.0.0.1:9/send", **settings):
    """(options, path) of a service with the example poll and a key of texts; a gateway that posts to that path is given messages at the URL. Made once in a folder."""
    folder = pathlib.Path(folder)
    polls, key, channel = folder / "polls", folder / "text.key", folder / "channel.id"
    if not polls.exists():
        polls.mkdir(parents=True)
        shutil.copy(ROOT / "Examples/polls/online-safety.yaml", polls)
        key.write_bytes(secrets.token_bytes(32))
        channel.write_text(secrets.token_hex(16))
        for path in (key, channel):
            path.chmod(0o600)
    values = {
        "channel.id": channel, "channel.url": url, "channel.body": "id={{id}}&to={{to}}&text={{text}}",
        **{name.replace("_", "."): value for name, value in settings.items()}}
    options = ["--polls", str(polls), "--text-key", str(key)]
    for name, value in values.items():
        options += ["--set", f"{name}={value}"]
    return options, "/c/ex/" + channel.read_text(encoding="ascii")


def command(folder, *words):
    """Runs another command of jaga-server on the same store; (exit code, standard output, standard error)."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("JAGA_")}
    done = subprocess.run(
        [program(), *words, "--store", str(pathlib.Path(folder) / "jaga.sqlite")], capture_output=True, text=True,
        env=variables, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout, done.stderr


def wait_until(condition, seconds, pause=0.02):
    """True when the condition holds within some time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(pause)
    return condition()


def main(run):
    """Runs a harness: a Failure becomes a sentence and exit code 1."""
    try:
        run()
    except Failure as failure:
        sys.exit(f"{pathlib.Path(sys.argv[0]).name}: {failure}")
    except KeyboardInterrupt:
        sys.exit(130)
