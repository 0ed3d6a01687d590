"""The requests of hostile.py, each under a name. `MARK` stands for text of a message: no answer may repeat it."""

import dataclasses
import json

MARK = "kalimatbertanda"


@dataclasses.dataclass
class Case:
    """One request, as parts that are sent one after the other; a number is a pause in seconds."""

    name: str
    make: object  # token → list of parts
    seconds: float = 8
    allowed: tuple = ()  # statuses that are right besides 4xx
    may_close: bool = False
    shuts: bool = False
    is_slow: bool = False
    dialect: bool = False  # a drop-in surface refuses in its own shape
    mark: str = MARK

    def parts(self, token):
        return self.make(token)


def request(method, path, headers, body=b"", version="HTTP/1.1"):
    lines = [f"{method} {path} {version}", *[f"{name}: {value}" for name, value in headers]]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def fields(token, body, kind="application/json", **more):
    plain = {"Host": "127.0.0.1", "Authorization": f"Bearer {token}", "Content-Type": kind, "Content-Length": str(len(body))}
    plain |= {name.replace("_", "-"): value for name, value in more.items()}
    return [(name, value) for name, value in plain.items() if value is not None]


def post(name, body, path="/v1/score", kind="application/json", method="POST", headers=None, **more):
    data = body if isinstance(body, bytes) else body.encode()
    return Case(name, lambda token: [request(method, path, fields(token, data, kind, **(headers or {})), data)], **more)


def message(**more):
    return json.dumps({"conversation_id": "hostile", "message_id": "m1", "text": MARK, **more})


def bodies():
    """(name, body) of bodies that are no request for scores."""
    yield "empty body", b""
    yield "blank body", b"  \n\t "
    for name, text in [
        ("null", "null"), ("true", "true"), ("a number", "12"), ("a string", '"text"'), ("an empty list", "[]"),
        ("a bare list", "[" + message() + "]"), ("an empty object", "{}"), ("half an object", '{"text":"' + MARK),
        ("no value", '{"text":}'), ("no colon", '{"text" "x"}'), ("a comma at the end", '{"text":"x",}'),
        ("two commas", '{"text":"x",,"id":"1"}'), ("single quotes", "{'text':'x'}"), ("a bare key", '{text:"x"}'),
        ("a comment", '{"text":"x"/* y */}'), ("two documents", message() + message()), ("rubbish behind", message() + "x"),
        ("not a number", '{"text":"x","timestamp":NaN}'), ("infinity", '{"text":"x","timestamp":Infinity}'),
        ("a leading zero", '{"text":"x","timestamp":01}'), ("a plus sign", '{"text":"x","timestamp":+1}'),
        ("hexadecimal", '{"text":"x","timestamp":0x10}'), ("an open string", '{"text":"x'), ("a raw line break", '{"text":"a\nb"}'),
        ("a raw tab", '{"text":"a\tb"}'), ("a raw zero", '{"text":"a\0b"}'), ("a wrong escape", '{"text":"\\x41"}'),
        ("half an escape", '{"text":"\\u12"}'), ("a lone high surrogate", '{"text":"\\ud800"}'),
        ("a lone low surrogate", '{"text":"\\udc00x"}'), ("a surrogate twice", '{"text":"\\ud800\\ud800"}'),
        ("truth misspelt", '{"text":"x","a":tru}'), ("brackets crossed", '{"text":["x"}]'), ("XML", f"<text>{MARK}</text>"),
        ("a form", "text=" + MARK), ("YAML", "text: " + MARK), ("CSV", f"text\n{MARK}\n"),
    ]:
        yield name, text.encode()


def wrong_messages():
    """(name, body) of JSON that is no message, or has fields of wrong types."""
    for name, value in [
        ("null", None), ("true", True), ("a number", 7), ("a list", [MARK]), ("an object", {"a": MARK})]:
        yield f"text is {name}", json.dumps({"text": value, "conversation_id": "hostile"})
    for field in ("conversation_id", "message_id", "author_id"):
        for name, value in [("true", True), ("a list", [MARK]), ("an object", {"a": 1}), ("too long", "x" * 5000)]:
            yield f"{field} is {name}", message(**{field: value})
    for name, value in [
        ("words", "yesterday"), ("a day that is not", "2026-02-30T00:00:00Z"), ("an hour that is not", "2026-01-01T25:00:00Z"),
        ("a list", [1]), ("an object", {}), ("true", True)]:
        yield f"timestamp is {name}", message(timestamp=value)
    yield "no text", json.dumps({"conversation_id": "hostile", "message_id": "m1"})
    yield "text and messages", json.dumps({"text": MARK, "messages": [{"text": MARK}]})
    for name, value in [("null", None), ("a string", MARK), ("a number", 3), ("an object", {"text": MARK})]:
        yield f"messages is {name}", json.dumps({"messages": value})
    for name, value in [("null", None), ("a string", MARK), ("a number", 3), ("a list", [MARK]), ("an empty object", {})]:
        yield f"a message is {name}", json.dumps({"messages": [{"text": "x"}, value]})
    yield "one bad message among good ones", json.dumps({"messages": [{"text": MARK}] * 50 + [{"text": 5}]})


def encodings():
    """(name, body) of text that is not UTF-8."""
    start, end = b'{"conversation_id":"hostile","text":"', b'"}'
    for name, data in [
        ("a lone continuation byte", b"a\x80b"), ("a cut sequence", b"a\xc3"), ("two lead bytes", b"\xc3\xc3"),
        ("overlong slash", b"\xc0\xaf"), ("overlong of three", b"\xe0\x80\xaf"), ("overlong of four", b"\xf0\x80\x80\xaf"),
        ("a surrogate as bytes", b"\xed\xa0\x80"), ("beyond Unicode", b"\xf4\x90\x80\x80"), ("five bytes", b"\xf8\x88\x80\x80\x80"),
        ("byte FE", b"\xfe"), ("byte FF", b"\xff"), ("Latin-1", "caf\xe9".encode("latin-1")), ("Windows-1252 quotes", b"\x93x\x94"),
        ("Shift JIS", "テスト".encode("shift_jis")), ("GB18030", "测试".encode("gb18030")),
    ]:
        yield name, start + data + end
    text = message()
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"):
        yield f"a body in {encoding}", text.encode(encoding)
    yield "UTF-7 mark", b"+/v8-" + text.encode()
    yield "gzip without saying so", bytes.fromhex("1f8b0800000000000003abae050043bfa6a302000000")


def deep():
    """(name, body) of nests."""
    for count in (100, 1_000, 10_000, 200_000):
        yield f"lists {count} deep", "[" * count + "]" * count
        yield f"objects {count} deep", '{"a":' * count + "1" + "}" * count
        yield f"text {count} deep", '{"text":' + "[" * count + "]" * count + "}"
    yield "open lists only", "[" * 500_000
    yield "open objects only", '{"a":' * 100_000
    yield "a nest beside the text", '{"text":"x","extra":' + "[" * 5_000 + "]" * 5_000 + "}"


def large():
    """(name, body) of bodies over a limit; that of bodies is 1 MiB in the run."""
    yield "a long text", message(text=MARK * 10_000)
    yield "a body over the limit", message(extra="x" * (1 << 20))
    yield "many messages", json.dumps({"messages": [{"text": "x"}] * 20_000})


def cases(channel="/c/ex/" + "0" * 32):
    """All of them; `channel` is the path of the gateway in front of the poll bot."""
    for name, body in bodies():
        yield post(f"body: {name}", body)
    for name, body in wrong_messages():
        yield post(f"message: {name}", body)
    for name, body in encodings():
        yield post(f"encoding: {name}", body)
    for name, body in deep():
        yield post(f"nested: {name}", body)
    for name, body in large():
        yield post(f"large: {name}", body, may_close=True)
    yield from announced()
    yield from access()
    yield from paths()
    yield from raw()
    yield from slow()
    yield from other_routes()
    yield from polls(channel)


def polls(channel):
    """The webhook of flows and the paths of the gateway, which is refused in courier's own words."""
    for name, body in [
        ("rubbish", "{"), ("a list", "[]"), ("null", "null"), ("a string", f'"{MARK}"'), ("a form", "text=" + MARK),
        ("not UTF-8", b'{"text":"' + MARK.encode() + b'\xff"}'), ("UTF-16", message().encode("utf-16")), ("deep", '{"text":' + "[" * 100_000),
        ("20,000 values", '{"text":"' + MARK + '","x":[' + ",".join(["1"] * 20_000) + "]}"),
        ("an id of 10,000 bytes", message(conversation_id="x" * 10_000)), ("a text of 100,000 bytes", json.dumps({"text": MARK * 10_000})),
        ("a body of 300,000 bytes", json.dumps({"x": MARK * 20_000}))]:
        yield post(f"rapidpro: {name}", body, path="/v1/rapidpro", may_close=len(body) > 200_000)
    for name, headers in [("no token", {"Authorization": None}), ("packed", {"Content_Encoding": "gzip"})]:
        yield post(f"rapidpro: {name}", message(), path="/v1/rapidpro", headers=headers)
    yield post("rapidpro: GET", "", path="/v1/rapidpro", method="GET")
    kind = "application/x-www-form-urlencoded"
    for name, body in [
        ("nothing", ""), ("no sender", "text=" + MARK), ("an empty sender", "from=&text=" + MARK), ("JSON", message()),
        ("a sender with a zero", "from=1%00&text=" + MARK), ("a sender with a line break", "from=1%0d%0a2&text=" + MARK),
        ("a sender of 10,000 bytes", "from=" + "1" * 10_000), ("half an escape", "from=1&text=%4"), ("a wrong escape", "from=1&text=%zz"),
        ("not UTF-8", "from=1&text=%ff%fe"), ("raw bytes", b"from=1&text=\x80\x81"), ("a day that is not", "from=1&text=a&date=2026-02-30T00:00:00Z"),
        ("500 fields", "from=1&" + "&".join(f"a{number}={MARK}" for number in range(500)))]:
        yield post(f"gateway: {name}", body, path=channel + "/receive", kind=kind, headers={"Authorization": None}, dialect=True)
    yield post("gateway: a form of 100 KiB", "from=1&text=" + "x" * 100_000, path=channel + "/receive", kind=kind, may_close=True)
    yield post("gateway: packed", "from=1", path=channel + "/receive", kind=kind, headers={"Content_Encoding": "gzip"})
    yield post("gateway: GET without a sender", "", method="GET", path=channel + "/receive?text=" + MARK, dialect=True)
    for action in ("sent", "delivered", "failed", "stopped"):
        yield post(f"gateway: {action} of nothing", "x=" + MARK, path=f"{channel}/{action}", kind=kind, dialect=True)
    for number, other in enumerate(("/c/ex/" + "0" * 31, "/c/ex/", "/c/ex/%00", channel[:-1], channel + "0", "/c/ex/" + "x" * 3_000)):
        yield post(f"gateway: another channel, {number}", "from=1&text=" + MARK, path=other + "/receive", kind=kind)


def announced():
    """Bodies that are not what their header fields say."""
    body = message()
    for kind in (
        "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "text/html",
        "application/octet-stream", "image/png", "json", "application/", "/json", "*/*", "application/json; charset=utf-16",
        "application/json; charset=latin1"):
        yield post(f"type: {kind}", body, kind=kind)
    for coding in ("gzip", "deflate", "br", "zstd", "compress", "gzip, gzip", "nonsense"):
        yield post(f"coding: {coding}", body, headers={"Content_Encoding": coding})
    for length in ("-1", "abc", "1e3", "0x10", "99999999999999999999", "1,1", "+5", "1 2"):
        yield post(f"length: {length}", body, headers={"Content_Length": length}, may_close=True)
    yield post("length: far too large", body, headers={"Content_Length": str(1 << 40)})
    yield post("length: cut off", body, headers={"Content_Length": str(len(body) + 10)}, shuts=True, may_close=True)
    yield post("expects the impossible", '{"text":"x"}', headers={"Expect": "the-impossible"}, allowed=(200, 417))
    yield post("expects to go on with too much", b"", headers={"Expect": "100-continue", "Content_Length": str(1 << 30)})
    chunked = {"Content_Length": None, "Transfer_Encoding": "chunked"}
    for name, data in [
        ("size is no number", b"zz\r\nx\r\n0\r\n\r\n"), ("size is negative", b"-1\r\nx\r\n0\r\n\r\n"), ("no size", b"\r\nx\r\n0\r\n\r\n"),
        ("size too large", b"fffffffffffffffff\r\n"), ("longer than said", b"1\r\nxyz\r\n0\r\n\r\n"), ("no end", b"5\r\n{\"tex\r\n"),
        ("over the limit", b"100000\r\n" + b"x" * 0x100000 + b"\r\n100000\r\n" + b"x" * 0x100000 + b"\r\n0\r\n\r\n"),
    ]:
        yield post(f"chunks: {name}", data, headers=chunked, shuts=True, may_close=True)
    yield post("chunks and a length", b"0\r\n\r\n", headers={"Transfer_Encoding": "chunked"}, may_close=True)
    for coding in ("identity", "gzip", "gzip, chunked", "chunked, gzip", "nonsense", "chunked, chunked"):
        yield post(
            f"transfer: {coding}", b"0\r\n\r\n", headers={"Content_Length": None, "Transfer_Encoding": coding}, shuts=True,
            may_close=True)


def access():
    """Requests of those who may not."""
    body = message()
    for name, value in [
        ("no token", None), ("an empty token", "Bearer "), ("only the scheme", "Bearer"), ("a wrong token", "Bearer jaga_" + "0" * 64),
        ("a short token", "Bearer x"), ("a token of 10,000 bytes", "Bearer " + "x" * 10_000), ("basic", "Basic eDp5"),
        ("digest", 'Digest username="x"'), ("no scheme", "jaga_" + "0" * 64), ("a name", "Bearer score-only"),
        ("an injection", "Bearer ' OR 1=1 --"), ("a null", "Bearer null")]:
        yield post(f"access: {name}", body, headers={"Authorization": value})
    for method, path in [
        ("DELETE", "/v1/conversations/sound"), ("GET", "/v1/conversations/sound/export"), ("GET", "/v1/alerts"),
        ("POST", "/v1/alerts/replay")]:
        yield post(f"access: {method} {path} without the scope", "", method=method, path=path)
        yield post(f"access: {method} {path} without a token", "", method=method, path=path, headers={"Authorization": None})
    yield post("access: metrics without a token", "", method="GET", path="/metrics", headers={"Authorization": None})
    yield post("access: the token in the query", body, path="/v1/score?token=jaga_" + "0" * 64, headers={"Authorization": None})
    yield post("access: a cookie that nobody gave", body, headers={"Authorization": None, "Cookie": "jaga_session=abc; session=abc"})


def paths():
    """Paths and methods that there are not."""
    for path in (
        "/v1", "/v1/", "/v1/none", "/v1/score/none", "/v2/score", "/../etc/passwd", "/v1/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd",
        "/v1/conversations", "/v1/conversations/", "/static/../jaga.sqlite", "/jaga.sqlite", "/.git/config", "/%00", "/v1/score%00",
        "/v1/score;x=1", "/V1/SCORE", "//v1//score", "/v1/conversations/" + "x" * 3_000, "/v1/conversations/%zz",
        "/v1/conversations/%e2%28%a1", "/v1/conversations/none", "/?" + "x" * 5_000 + "/none", "/v1/score/" + "a/" * 500):
        yield post(f"path: GET {path[:60]}", "", method="GET", path=path, allowed=(200, 302, 303) if path.startswith(("/?", "//")) else ())
    for method in ("GET", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "NONSENSE"):
        yield post(f"method: {method} /v1/score", "", method=method, may_close=method in ("NONSENSE", "TRACE"))
    yield post("query: explain is a word", message(), path="/v1/score?explain=perhaps")
    yield post("query: offsets in miles", message(), path="/v1/score?offsets=miles")


def raw():
    """Bytes that are no HTTP/1.1."""
    def line(name, data, **more):
        return Case(f"raw: {name}", lambda token: [data.replace(b"TOKEN", token.encode())], **{"may_close": True, "shuts": True, **more})
    yield line("nothing", b"")
    yield line("a line break", b"\r\n")
    yield line("rubbish", b"\x00\x01\x02\x03\xff\xfe" * 100)
    yield line("a TLS greeting", bytes.fromhex("16030100a5010000a10303") + b"\x00" * 160)
    yield line("SSH", b"SSH-2.0-OpenSSH_9.2\r\n")
    yield line("HTTP/2 at once", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
    yield line("HTTP/0.9", b"GET /\r\n")
    yield line("an unknown version", b"GET / HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n")
    yield line("no version", b"GET /healthz\r\nHost: 127.0.0.1\r\n\r\n")
    yield line("no path", b"GET HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    yield line("blanks in the path", b"GET /a b c HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    yield line("no host", b"GET /none HTTP/1.1\r\n\r\n", may_close=False, shuts=False)
    yield line("two hosts", b"GET /none HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")
    yield line("bare line feeds", b"GET /none HTTP/1.1\nHost: 127.0.0.1\n\n")
    yield line("a field without a colon", b"GET /none HTTP/1.1\r\nHost: 127.0.0.1\r\nnonsense\r\n\r\n")
    yield line("a field with a blank name", b"GET /none HTTP/1.1\r\nHost: 127.0.0.1\r\n: x\r\n\r\n")
    yield line("a blank before the colon", b"GET /none HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n")
    yield line("a zero in a field", b"GET /none HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\x00b\r\n\r\n")
    yield line("a folded field", b"GET /none HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\r\n b\r\n\r\n")
    yield line("a field of 64 KiB", b"GET /none HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"x" * 65_536 + b"\r\n\r\n")
    yield line("500 fields", b"GET /none HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"".join(b"X-%d: x\r\n" % n for n in range(500)) + b"\r\n")
    yield line("a path of 100 KiB", b"GET /" + b"x" * 102_400 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    yield line("a method of 10 KiB", b"G" * 10_240 + b" / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    yield line("an absolute address", b"GET http://example.org/none HTTP/1.1\r\nHost: example.org\r\n\r\n")
    yield line("CONNECT", b"CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\n")
    yield line("two lengths", b"POST /v1/score HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx")
    yield line(
        "a request smuggled behind",
        b"POST /v1/score HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer TOKEN\r\nContent-Type: application/json\r\n"
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    yield line("an upgrade", b"GET /none HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", shuts=False)
    yield line("an upgrade to h2c", b"GET /none HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n", shuts=False)


def slow():
    """Those who take their time; limits of the run are two seconds."""
    head = lambda token, length: request("POST", "/v1/score", fields(token, b"x" * length))  # noqa: E731
    yield Case("slow: connects and says nothing", lambda token: [], seconds=8, may_close=True, is_slow=True)
    yield Case(
        "slow: a head that never ends", lambda token: [b"GET /none HTTP/1.1\r\nHost: 127.0.0.1\r\n"] + [0.5, b"X: y\r\n"] * 12, seconds=8,
        may_close=True, is_slow=True)
    yield Case("slow: a body that never comes", lambda token: [head(token, 100)], seconds=8, may_close=True, is_slow=True)
    yield Case(
        "slow: a body byte by byte", lambda token: [head(token, 100)] + [0.4, b"x"] * 10, seconds=8, may_close=True, is_slow=True)
    yield Case(
        "slow: a body that stops", lambda token: [head(token, 100), b'{"text":'], seconds=8, may_close=True, is_slow=True)


    form = lambda token: request("POST", "/sign-in", fields(token, b"x" * 100, "application/x-www-form-urlencoded"))  # noqa: E731
    yield Case(
        "slow: a form byte by byte", lambda token: [form(token)] + [0.4, b"x"] * 10, seconds=8, may_close=True, is_slow=True, dialect=True)


def other_routes():
    """The other routes that take a body."""
    for path in ("/v1/moderations", "/v1alpha1/comments:analyze", "/contentsafety/text:analyze?api-version=2024-09-01", "/check_event_for_spam"):
        for name, body in [("rubbish", "{"), ("a list", "[]"), ("null", "null"), ("not UTF-8", b'{"input":"\xff"}'), ("deep", "[" * 100_000)]:
            # The drop-in surfaces repair wrong UTF-8, as the services do that they stand for.
            yield post(f"{path.split('?')[0]}: {name}", body, path=path, dialect=True, allowed=(200,) if name == "not UTF-8" else ())
        yield post(f"{path.split('?')[0]}: no token", "{}", path=path, dialect=True, headers={"Authorization": None})
    for name, body in [("rubbish", "{"), ("a list", "[]"), ("an unknown reason", '{"reason":"because"}'), ("a number", '{"reason":1}')]:
        yield post(f"appeal: {name}", body, path="/v1/conversations/sound/appeal")
    for name, body in [("rubbish", "{"), ("a string", '"x"'), ("text is a number", '{"text":1}')]:
        yield post(f"supplied: {name}", body, method="PUT", path="/v1/conversations/sound/messages")
    yield post("transcript: an unknown format", "x", path="/v1/transcripts?format=nonsense", kind="text/plain")
    yield from console()


def console():
    """Forms and pages of the console, for those who are not signed in or come from elsewhere."""
    form = "application/x-www-form-urlencoded"
    for path in ("/sign-in", "/sign-out", "/preferences", "/items/1/decision", "/items/1/appeal", "/audit/verify"):
        for name, headers in [
            ("another site's origin", {"Origin": "https://example.org"}), ("sent across sites", {"Sec-Fetch-Site": "cross-site"}),
            ("no form token", {}), ("a made-up session", {"Cookie": "jaga_session=00.00"})]:
            yield post(
                f"console: {path}, {name}", "verdict=confirm&version=1&token=x", path=path, kind=form, dialect=True, allowed=(303,),
                headers={"Authorization": None, **headers})
        yield post(f"console: {path}, a form of 1 MiB", "a=" + "x" * 1_000_000, path=path, kind=form, dialect=True, allowed=(303,), may_close=True)
    for path in ("/items/0", "/items/-1", "/items/99999999999999999999", "/items/abc", "/assets/none", "/assets/../jaga.sqlite", "/assets/%2e%2e%2fjaga.sqlite"):
        yield post(f"console: GET {path}", "", method="GET", path=path, dialect=True, allowed=(303,))
