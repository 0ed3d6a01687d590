"""Receives the alerts of a service as a receiver would, with the check that the guide gives to receivers.

usage: alerts.py

The function `is_genuine` is taken out of Documentation/Guides/Pipeline.md. Held to are: the signature, also against a changed body, another secret and an old time; retries
after failures with one event id; redirects that are not followed; alerts that are given up, listed and replayed; and an alert that waits while the service is down.
"""

import http.server
import json
import pathlib
import re
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from daemon import ROOT, Daemon, Failure, command, main, wait_until  # noqa: E402
from samples import risky  # noqa: E402

SECRET = b"0123456789abcdef0123456789abcdef"


def guide_function():
    text = (ROOT / "Documentation/Guides/Pipeline.md").read_text(encoding="utf-8")
    names = {}
    exec(re.search(r"```python\n(.*?)```", text, re.S).group(1), names)
    return names["is_genuine"]


class Receiver(http.server.BaseHTTPRequestHandler):
    answers, received, strayed = [], [], []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path != "/hook":
            Receiver.strayed.append(self.path)
        Receiver.received.append((dict(self.headers), body))
        status = Receiver.answers.pop(0) if Receiver.answers else 204
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def expect(condition, sentence):
    if not condition:
        raise Failure(sentence)


def events():
    return [headers["Jaga-Event-Id"] for headers, _ in Receiver.received]


def run():
    is_genuine = guide_function()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        secret = pathlib.Path(folder) / "alerts.key"
        secret.write_bytes(SECRET + b"\n")
        secret.chmod(0o600)
        options = [
            "--alert-url", f"http://127.0.0.1:{server.server_port}/hook", "--alert-secret", str(secret), "--public-url", "https://jaga.example.org",
            "--set", "alerts.from=review", "--set", "alerts.retrySeconds=1", "--set", "alerts.tries=3"]
        with Daemon(folder, *options) as daemon:
            # Delivered after a failure and a redirect, in three tries with one event id.
            Receiver.answers = [500, 302]
            expect(daemon.ask("/v1/score", {"messages": risky("c/1")[:5]})[0] == 200, "messages were not scored")
            expect(wait_until(lambda: len(Receiver.received) >= 3 and not Receiver.answers, 30), "the alert was not tried three times")
            expect(len(set(events()[:3])) == 1, "the tries have different event ids")
            expect(not Receiver.strayed, "a redirect was followed")
            headers, body = Receiver.received[2]
            signature, now = headers["Jaga-Signature"], time.time()
            expect(is_genuine(SECRET, signature, body, now), "a genuine alert was taken for forged")
            expect(not is_genuine(SECRET, signature, body + b" ", now), "a changed body was taken for genuine")
            expect(not is_genuine(b"another secret, long enough", signature, body, now), "another secret was taken for ours")
            expect(not is_genuine(SECRET, signature, body, now + 600), "an old alert was taken for new")
            expect(not is_genuine(SECRET, "t=x,v1=", body, now), "rubbish was taken for a signature")
            alert = json.loads(body)
            expect(alert["conversation_id"] == "c/1" and alert["band"] in ("review", "high"), "the alert is about something else")
            expect(alert["link"] == "https://jaga.example.org/find?conversation=c%2F1", "the link is another one")
            expect(alert["event_id"] == headers["Jaga-Event-Id"], "body and header have different event ids")
            expect(not any(word in body.decode() for word in ("foto", "isiin", "siapa2")), "there is text in the alert")
            # Given up after three failures, listed, replayed.
            time.sleep(1)
            count = len(Receiver.received)
            Receiver.answers = [500] * 3
            daemon.ask("/v1/score", {"messages": risky("c2")[:5]})
            expect(wait_until(lambda: json.loads(daemon.ask("/v1/alerts?state=dead")[1])["dead"] == 1, 30), "nothing was given up")
            expect(len(Receiver.received) == count + 3, "it was not tried three times")
            dead = json.loads(daemon.ask("/v1/alerts?state=dead")[1])["alerts"][0]
            expect(dead["reason"] == "status 500" and dead["attempts"] == 3, "the reason is not told")
            code, output, _ = command(folder, "alerts", "list")
            expect(code == 0 and output.startswith(f"{dead['number']}\twebhook\t3 tries"), "the command does not list it")
            code, output, _ = command(folder, "alerts", "replay", str(dead["number"]))
            expect(code == 0 and output == "1 alerts put back\n", "the command does not replay it")
            expect(wait_until(lambda: len(Receiver.received) == count + 4, 10), "what was replayed was not sent")
            expect(events()[-1] == dead["event_id"], "what was replayed has another event id")
            # While the receiver is down an alert waits, over a restart too.
            Receiver.answers = [503]
            count = len(Receiver.received)
            daemon.ask("/v1/score", {"messages": risky("c3")[:5]})
            expect(wait_until(lambda: len(Receiver.received) == count + 1, 10), "the third alert was not tried")
            expect(daemon.stop() == 0, "the service did not stop with exit code 0")
        with Daemon(folder, *options) as daemon:
            expect(wait_until(lambda: len(Receiver.received) >= count + 2, 20), "the alert did not outlive the restart")
            expect(daemon.stop() == 0, "the service did not stop with exit code 0")
    print(f"alerts: {len(Receiver.received)} tries received; signatures, retries, redirects, replay and restart as the guide says")


if __name__ == "__main__":
    main(run)
