"""Sends marked texts through every surface of a service with a poll bot, otherwise in its default configuration, then looks for them wherever the service writes.

usage: marked.py

Looked at are the log, the store with its write-ahead log, every other file beside it, the metrics, the alerts sent to a webhook, the
export of a conversation, and the answers of the health routes. None may hold a mark: neither as it was sent nor in the forms that text takes in logs and queries.
"""

import http.server
import json
import pathlib
import re
import sys
import tempfile
import threading
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from daemon import Daemon, Failure, main, poll_bot, wait_until  # noqa: E402
from reviewer import Reviewer, field  # noqa: E402

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


def surfaces(daemon, channel):
    """Sends the marks through every route that takes text, well and badly formed; each must get the answer that it deserves. Returns how many there were."""
    messages = [
        {"conversation_id": "c", "message_id": f"m{place}", "author_id": "a", "text": text} for place, text in enumerate(TEXTS)]
    lines = "\n".join(json.dumps(message) for message in messages).encode()
    quoted = urllib.parse.quote(TEXTS[0])
    plain, ndjson = {"Content-Type": "text/plain"}, {"Content-Type": "application/x-ndjson"}
    event = {"event": {"event_id": "$e", "type": "m.room.message", "sender": "@a:example.org", "room_id": "!r:example.org",
                       "content": {"msgtype": "m.text", "body": TEXTS[1]}}}
    form = {"Content-Type": "application/x-www-form-urlencoded"}

    def written(place, **more):
        return urllib.parse.urlencode({"from": "+62000001", "text": TEXTS[place], "id": f"{place}", **more}).encode()
    contact = {"uuid": "u-1", "name": MARK, "urn": f"tel:{MARK}"}
    requests = [
        (200, "/v1/rapidpro", {"text": TEXTS[0], "conversation_id": "flow", "question": TEXTS[1]}, None, None),
        (200, "/v1/rapidpro", {"contact": contact, "input": {"text": TEXTS[3]}, "results": {}}, None, None),
        (200, "/v1/rapidpro", {"contact": contact, "results": {"cerita": {"value": TEXTS[3]}}}, None, None),
        (200, "/v1/rapidpro", {"text": TEXTS[3], "conversation_id": "trial"}, None, {"X-Mailroom-Mode": "simulation"}),
        (400, "/v1/rapidpro", json.dumps({"text": TEXTS[0]}).encode()[:-1], None, None),
        *((200, channel + "/receive", written(place), None, form) for place in (2, 2, 0, 1, 3)),
        (200, channel + "/receive?" + written(2, id="query").decode(), None, None, None),
        (400, channel + "/receive", written(3, date=TEXTS[0]), None, form), (400, channel + "/receive", b"text=" + quoted.encode(), None, form),
        (200, channel + "/delivered", b"id=" + MARK.encode(), None, form), (200, channel + "/stopped", b"from=" + MARK.encode(), None, form),
        (404, f"/c/ex/{MARK}/receive", written(3), None, form),
        (200, "/v1/score", {"messages": messages}, None, None), (200, "/v1/score?explain=true", messages[0] | {"conversation_id": "d"}, None, None),
        (400, "/v1/score", json.dumps(messages[1]).encode()[:-1], None, None), (400, "/v1/score", {"text": [TEXTS[0]]}, None, None),
        (415, "/v1/score", lines, None, plain),
        (200, "/v1/score/stream", lines + b"\n{\"text\":\n" + TEXTS[0].encode(), None, ndjson),
        (200, "/v1/transcripts", lines, None, ndjson),
        (200, "/v1/transcripts?format=whatsapp", f"30/08/25 18.00 - A: {TEXTS[0]}\n30/08/25 18.01 - B: {TEXTS[3]}\n".encode(), None, plain),
        (200, "/v1/conversations/c/messages", {"messages": messages}, "PUT", None),
        (400, "/v1/conversations/c/messages", {"messages": TEXTS}, "PUT", None),
        (400, "/v1/conversations/c/appeal", {"reason": TEXTS[0]}, None, None),
        (200, "/v1/moderations", {"input": TEXTS}, None, None), (200, "/v1/moderations", {"input": [{"type": "text", "text": TEXTS[0]}]}, None, None),
        (200, "/v1alpha1/comments:analyze", {"comment": {"text": TEXTS[1]}, "requestedAttributes": {"RISK": {}}, "spanAnnotations": True}, None, None),
        (400, "/v1alpha1/comments:analyze", {"comment": {"text": TEXTS[1]}, "requestedAttributes": {TEXTS[1]: {}}}, None, None),
        (200, "/contentsafety/text:analyze?api-version=2024-09-01", {"text": TEXTS[1]}, None, None),
        (200, "/v1/matrix/check_event_for_spam", event, None, None),
        (404, f"/v1/none/{quoted}", None, None, None), (200, f"/v1/labels?q={quoted}", None, None, None), (200, f"/?{quoted}", None, None, None),
        (400, f"/v1/score?explain={quoted}", messages[0], None, None),
        (200, "/v1/labels", None, None, {"User-Agent": MARK, "Referer": f"http://127.0.0.1/{quoted}"}),
    ]
    for expected, path, body, method, headers in requests:
        status, answer = daemon.ask(path, body, method, headers)
        if status != expected:
            raise Failure(f"{method or ('GET' if body is None else 'POST')} {path[:60]} got {status} instead of {expected}: {answer[:300].decode(errors='replace')}")
    return len(requests)


def console(daemon):
    """The same in the console: pages that show the marks, and forms that hold them where they do not belong. Returns how many requests there were."""
    reviewer = Reviewer(daemon)
    quoted = urllib.parse.quote(TEXTS[0])

    def ask(expected, method, path, form=None):
        status, _, page = reviewer.ask(method, path, form)
        if status != expected:
            raise Failure(f"{method} {path[:60]} got {status} instead of {expected} in the console")
        return page
    queue = ask(200, "GET", "/")
    path = re.search(r'href="(/items/\d+)"', queue.partition('class="rows"')[2])
    if not path:
        raise Failure("the queue is empty, so nothing was shown about the console")
    path = path.group(1)
    ask(200, "GET", f"/find?conversation={quoted}")
    page = ask(200, "GET", "/find?conversation=c")
    items = re.findall(r'href="(/items/\d+)"', page.partition('class="rows"')[2])
    pages = [ask(200, "GET", item) for item in items]
    if not any(MARK in page for page in pages):
        raise Failure("no page of an item shows the texts that were supplied, so nothing was shown about them")
    csrf, version = field(pages[0], "csrf"), field(pages[0], "version")
    forms = [
        (400, f"{items[0]}/decision", {"version": version, "verdict": "confirm", "label": TEXTS[0]}),
        (303, f"{items[0]}/decision", {"version": version, "verdict": TEXTS[0], "label": ""}),
        (400, f"{items[0]}/appeal", {"reason": TEXTS[0]}), (400, "/preferences", {"language": TEXTS[0], "return": "/"}),
        (303, f"{items[0]}/decision", {"version": version, "verdict": "unsure", "label": "", "note": TEXTS[0]}),
        (200, "/audit/verify", {}),
    ]
    for expected, path, form in forms:
        ask(expected, "POST", path, {"csrf": csrf, **form})
    ask(400, "POST", "/preferences", {"csrf": TEXTS[0], "theme": "dark"})
    ask(200, "GET", "/audit")
    return 5 + len(items) + len(forms)


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
        bot, channel = poll_bot(pathlib.Path(folder) / "bot")
        options += bot
        with Daemon(folder, *options) as daemon:
            count = surfaces(daemon, channel) + console(daemon)
            if not wait_until(lambda: Webhook.received, 10):
                raise Failure("no alert was sent, so nothing was shown about alerts")
            flags = sum(len(json.loads(daemon.ask(f"/v1/conversations/{name}")[1]).get("flags", [])) for name in "cd")
            if not flags:
                raise Failure("nothing was flagged, so nothing was shown about the store")
            status, export = daemon.ask("/v1/conversations/c/export")
            if status != 200:
                raise Failure(f"the export got {status}")
            places = {"export": export, "metrics": daemon.ask("/metrics")[1], "health": daemon.ask("/healthz")[1] + daemon.ask("/readyz")[1]}
            # While it runs, so that the write-ahead log is there.
            for path in sorted(path for path in pathlib.Path(folder).iterdir() if path.is_file()):
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
