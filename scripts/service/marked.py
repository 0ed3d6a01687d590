"""Sends marked texts through every surface of a service in its default configuration, then looks for them wherever the service writes.

usage: marked.py

Looked at are the log, the store with its write-ahead log, every other file beside it, the metrics, the alerts sent to a webhook, and the
answers of the health routes. None may hold a mark: neither as it was sent nor in the forms that text takes in logs and queries.
"""

import http.server
import json
import pathlib
import sys
import tempfile
import threading
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from daemon import Daemon, Failure, main, wait_until  # noqa: E402

# A word that no word list knows, in sentences that are flagged and in some that are not.
MARK = "qzxwvtanda"
TEXTS = [
    f"asal kirim foto {MARK} dulu yaa, jangan bilang siapa2",
    f"kalo ga dikirim, fotomu {MARK} aku sebar ke grup kelasmu",
    f"besok latihan jam 4 {MARK}",
    f"kak tolong, ada yang ngancem sebar fotoku {MARK}, aku takut",
]


class Webhook(http.server.BaseHTTPRequestHandler):
    received = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Webhook.received.append(str(self.headers).encode() + body)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


def surfaces(daemon):
    """Sends the marks through every route that takes text, well and badly formed; returns how many requests there were."""
    messages = [
        {"conversation_id": "c", "message_id": f"m{place}", "author_id": "a", "text": text} for place, text in enumerate(TEXTS)]
    lines = "\n".join(json.dumps(message) for message in messages).encode()
    quoted = urllib.parse.quote(TEXTS[0])
    requests = [
        ("/v1/score", {"messages": messages}, None, None), ("/v1/score?explain=true", messages[0] | {"conversation_id": "d"}, None, None),
        ("/v1/score", json.dumps(messages[1]).encode()[:-1], None, None), ("/v1/score", {"text": [TEXTS[0]]}, None, None),
        ("/v1/score", lines, None, {"Content-Type": "text/plain"}),
        ("/v1/score/stream", lines + b"\n{\"text\":\n" + TEXTS[0].encode(), None, {"Content-Type": "application/x-ndjson"}),
        ("/v1/transcripts", lines, None, {"Content-Type": "application/x-ndjson"}),
        ("/v1/transcripts?format=whatsapp", f"30/08/25 18.00 - A: {TEXTS[0]}\n30/08/25 18.01 - B: {TEXTS[3]}\n".encode(), None, {"Content-Type": "text/plain"}),
        ("/v1/conversations/c/messages", {"messages": messages}, "PUT", None),
        ("/v1/conversations/c/appeal", {"reason": TEXTS[0]}, None, None),
        ("/v1/moderations", {"input": TEXTS}, None, None), ("/v1/moderations", {"input": [{"type": "text", "text": TEXTS[0]}]}, None, None),
        ("/v1alpha1/comments:analyze", {"comment": {"text": TEXTS[1]}, "requestedAttributes": {"THREAT": {}}, "spanAnnotations": True}, None, None),
        ("/contentsafety/text:analyze?api-version=2024-09-01", {"text": TEXTS[1]}, None, None),
        ("/check_event_for_spam", {"event": {"event_id": "$e", "type": "m.room.message", "sender": "@a:example.org", "room_id": "!r:example.org",
                                             "content": {"msgtype": "m.text", "body": TEXTS[1]}}}, None, None),
        (f"/v1/none/{quoted}", None, None, None), (f"/v1/labels?q={quoted}", None, None, None), (f"/?{quoted}", None, None, None),
        (f"/v1/score?explain={quoted}", messages[0], None, None), ("/v1/labels", None, None, {"User-Agent": MARK, "Referer": f"http://127.0.0.1/{quoted}"}),
    ]
    for path, body, method, headers in requests:
        daemon.ask(path, body, method, headers)
    return len(requests)


def forms():
    """A mark as it would stand in a log, a query, a JSON string or a header."""
    yield MARK.encode()
    yield MARK.upper().encode()
    yield MARK.encode("utf-16-le")
    yield MARK.encode().hex().encode()
    yield "".join(f"%{byte:02X}" for byte in MARK.encode()).encode()
    import base64
    for shift in range(3):
        coded = base64.b64encode(b"x" * shift + MARK.encode())
        yield coded[(4 if shift else 0):-4]


def run():
    webhook = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Webhook)
    threading.Thread(target=webhook.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        secret = pathlib.Path(folder) / "alerts.key"
        secret.write_text("0123456789abcdef0123456789abcdef")
        secret.chmod(0o600)
        options = [
            "--alert-url", f"http://127.0.0.1:{webhook.server_port}/hook", "--alert-secret", str(secret), "--set", "alerts.from=review",
            "--log-level", "debug"]
        with Daemon(folder, *options) as daemon:
            count = surfaces(daemon)
            if not wait_until(lambda: Webhook.received, 10):
                raise Failure("no alert was sent, so nothing was shown about alerts")
            flags = sum(len(json.loads(daemon.ask(f"/v1/conversations/{name}")[1]).get("flags", [])) for name in "cd")
            if not flags:
                raise Failure("nothing was flagged, so nothing was shown about the store")
            places = {"metrics": daemon.ask("/metrics")[1], "health": daemon.ask("/healthz")[1] + daemon.ask("/readyz")[1]}
            # While it runs, so that the write-ahead log is there.
            for path in sorted(pathlib.Path(folder).iterdir()):
                places[path.name] = path.read_bytes()
            if not places.get("jaga.sqlite-wal"):
                raise Failure("there is no write-ahead log to look at")
            if daemon.stop() != 0:
                raise Failure("the service did not stop with exit code 0")
            places["log"] = "\n".join(daemon.log).encode()
            places["alerts"] = b"\n".join(Webhook.received)
            places["store at rest"] = daemon.store.read_bytes()
        found = [f"{place}: {form!r}" for place, data in places.items() for form in forms() if form in data]
        if found:
            raise Failure("marked text was found\n  " + "\n  ".join(found))
    print(
        f"marked: {count} requests with marked texts, {flags} flags, {len(Webhook.received)} alerts; the marks are in none of: {', '.join(places)}")


if __name__ == "__main__":
    main(run)
