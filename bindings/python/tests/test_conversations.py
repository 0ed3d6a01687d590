"""Trackers, transcripts and explanations."""

import gzip
import html
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser

import jaga
import pyarrow as pa
import pytest

CHAT = ["umur berapa dek?", "sendirian di rumah?", "jangan bilang mama ya", "kirim foto dulu dong", "pindah ke aplikasi lain yuk"]


def test_a_conversation_builds_up(scorer):
    tracker = scorer.conversations()
    states = [tracker.score("c", text, "a")[1] for text in CHAT]
    assert [one.messages for one in states] == [1, 2, 3, 4, 5]
    assert states[-1].score > states[0].score and states[-1].band in ("review", "high")
    # The picture that follows may be either track's.
    assert states[2].track == "grooming" and states[-1].first_alert_index == 2
    assert tracker.summary("c") == states[-1]
    assert tracker.summary("unknown") == jaga.ConversationScore(0.0, "none", "", "", False, 0, None)


def test_support(scorer):
    tracker = scorer.conversations()
    assert tracker.score("c", "kak tolong, ada yang ancam mau sebar fotoku", "a")[1].support_needed
    assert not tracker.score("d", "halo", "a")[1].support_needed


def test_state_moves_between_trackers(scorer):
    first, second = scorer.conversations(), scorer.conversations()
    for text in CHAT[:3]:
        first.score("c", text, "a")
    state = first.state("c")
    assert state and CHAT[0].encode() not in state
    second.restore("other", state)
    assert [first.score("c", text, "a") for text in CHAT[3:]] == [second.score("other", text, "a") for text in CHAT[3:]]
    second.forget("other")
    assert second.state("other") is None and second.summary("other").messages == 0


def test_states_that_are_damaged(scorer):
    tracker = scorer.conversations()
    tracker.score("c", CHAT[0])
    state = tracker.state("c")
    for damaged in (b"", b"\0" * 40, state[:-1], state[:9] + bytes([state[9] ^ 1]) + state[10:]):
        with pytest.raises(jaga.StateError):
            tracker.restore("c", damaged)
    assert tracker.state("c") == state


def test_capacity(scorer):
    tracker = scorer.conversations(64)
    for number in range(500):
        tracker.score(f"c{number}", "halo")
    assert 0 < tracker.evictions < 500
    with pytest.raises(jaga.InputError, match="capacity is a number from 1 on, and this is 0"):
        scorer.conversations(0)


def test_read_transcript(root):
    table = jaga.read_transcript(root / "Examples/gamers-whatsapp.txt")
    assert table.column_names == ["conversation_id", "message_id", "author_id", "text", "timestamp"]
    assert table.column("author_id").to_pylist()[:2] == ["Budi", "Rangga"]
    assert jaga.read_transcript(root / "Examples/gamers-whatsapp.txt", "whatsapp").equals(table)


def test_transcript_in_batches(tmp_path):
    path = tmp_path / "chat.jsonl.gz"
    with gzip.open(path, "wt") as file:
        file.write("".join(f'{{"text":"halo {number}"}}\n' for number in range(1000)) + "no json\n")
    with jaga.Transcript(path, rows=100) as transcript:
        batches = list(transcript)
        assert transcript.skipped == 1
    assert len(batches) > 1 and sum(batch.num_rows for batch in batches) == 1000
    with pytest.warns(UserWarning, match="1 malformed records were skipped"):
        table = jaga.read_transcript(path)
    assert table.column("text").to_pylist() == [f"halo {number}" for number in range(1000)]
    with pytest.raises(ValueError, match="the transcript is closed; open it again"):
        next(iter(transcript))


def test_messages_before_damage_are_given_before_the_error(tmp_path):
    path = tmp_path / "cut.jsonl.gz"
    # Numbers that do not compress well, so that half of the file holds many messages.
    lines = [json.dumps({"message_id": f"m{number}", "text": str(number**9)}) for number in range(20_000)]
    whole = gzip.compress("".join(line + "\n" for line in lines).encode())
    path.write_bytes(whole[: len(whole) // 2])
    for rows in (100, 1 << 20):
        found = []
        with jaga.Transcript(path, rows=rows) as transcript:
            batches = iter(transcript)
            with pytest.raises(jaga.ReadError, match=r"cut.jsonl.gz: compressed data ends early at byte \d+; fetch the file again"):
                for batch in batches:
                    found += batch.column("message_id").to_pylist()
            assert list(transcript) == []
        assert len(found) > 5_000 and found == [f"m{number}" for number in range(len(found))]
    with pytest.raises(jaga.ReadError, match="ends early"):
        jaga.read_transcript(path)


def test_messages_that_come_again(tmp_path):
    path = tmp_path / "again.jsonl"
    named = [("a", "m0"), ("a", "m1"), ("b", "m0"), ("a", "m0"), ("b", "m0"), ("a", "m0")]
    lines = [json.dumps({"conversation_id": conversation, "message_id": message, "text": "halo"}) for conversation, message in named]
    path.write_text("".join(line + "\n" for line in [*lines, '{"text": "halo"}', '{"text": "halo"}']))
    with jaga.Transcript(path) as transcript:
        assert sum(batch.num_rows for batch in transcript) == 5
        assert (transcript.repeated, transcript.skipped) == (3, 0)
    with pytest.warns(UserWarning, match="again.jsonl: 3 messages were left out, whose ids came before"):
        assert len(jaga.read_transcript(path)) == 5


def test_two_exports_in_one_table(scorer, root, tmp_path):
    path = root / "Examples/gamers-whatsapp.txt"
    plain = jaga.read_transcript(path)
    assert set(plain.column("conversation_id").to_pylist()) == {"chat-1"}
    first, second = (jaga.read_transcript(path, conversation_prefix=prefix) for prefix in ("budi/", "\ud83d\ude00"))
    assert first.schema == plain.schema and first.drop_columns("conversation_id").equals(plain.drop_columns("conversation_id"))
    assert set(first.column("conversation_id").to_pylist()) == {"budi/chat-1"} and set(second.column("conversation_id").to_pylist()) == {"😀chat-1"}

    def scores(table):
        return scorer.score_many(table, conversation="conversation_id", author="author_id").column("conversation_score").to_pylist()

    assert scores(pa.concat_tables([first, second])) == 2 * scores(plain)
    alone = tmp_path / "alone.jsonl"
    alone.write_text('{"text": "halo"}\n{"text": "apa", "conversation_id": "c"}\n')
    with jaga.Transcript(alone, conversation_prefix="x:") as transcript:
        assert next(iter(transcript)).column("conversation_id").to_pylist() == [None, "x:c"]
    with pytest.raises(TypeError, match="a conversation_prefix is a str, and this is int"):
        jaga.read_transcript(path, conversation_prefix=3)


def test_repaired_bytes_are_warned_of(tmp_path):
    path = tmp_path / "bytes.jsonl"
    path.write_bytes(b'{"text":"b\xff"}\n')
    with pytest.warns(UserWarning, match="bytes.jsonl: 1 things were repaired or left out, such as bytes that are no UTF-8"):
        assert jaga.read_transcript(path).column("text").to_pylist() == ["b\ufffd"]


def test_transcripts_that_are_none(tmp_path):
    with pytest.raises(jaga.ReadError, match="nowhere.jsonl"):
        jaga.read_transcript(tmp_path / "nowhere.jsonl")
    with pytest.raises(jaga.InputError, match="scroll"):
        jaga.read_transcript(tmp_path / "nowhere.jsonl", "scroll")
    empty = tmp_path / "empty.jsonl"
    empty.write_text("")
    table = jaga.read_transcript(empty)
    assert len(table) == 0 and table.schema.field("timestamp").type == pa.timestamp("ms", "UTC")


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.open, self.marked, self.titles = [], [], "", []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.open.append(tag)
        self.titles += [value for name, value in attributes if name == "title"]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "mark" in self.open:
            self.marked += data


def test_html(scorer):
    explained = scorer.explain('gw isiin 50rb, asal kirim foto dulu <script>alert("x")</script> & 😀')
    page = explained._repr_html_()
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == [] and "script" not in reader.tags
    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;" in re.sub("</?mark[^>]*>", "", page)
    assert "kirim foto" in reader.marked and "😀" in page
    assert any("lexicon:" in title for title in reader.titles)
    assert "<strong>band high</strong>" in page and "Nothing here calls for a look" not in page
    assert "Nothing here calls for a look" in scorer.explain("besok ada ulangan")._repr_html_()


HOSTILE = "kirim foto dulu <script>window.pwned=1</script><img src=x onerror=window.pwned=1> \"'><svg onload=window.pwned=1> & \u202eturned </p></div></style> umur berapa"
ASK = """<script>addEventListener("load", () => setTimeout(() => {
  const marks = [...document.querySelectorAll("mark")], said = getComputedStyle(document.querySelector(".jaga-text"));
  document.title = JSON.stringify({pwned: window.pwned ?? null, text: document.querySelector(".jaga-text").textContent, marks: marks.map(one => one.textContent),
    inked: marks.every(one => getComputedStyle(one).color === said.color && parseFloat(getComputedStyle(one).borderBottomWidth) >= 1),
    inside: [...document.querySelectorAll(".jaga script, .jaga img, .jaga svg")].length});
}, 300))</script>"""


@pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium; scripts/setup --browser installs it")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_html_in_a_browser(scorer, tmp_path, scheme):
    """Evidence lies on the words in the page's own ink, and what a text holds stays text."""
    explained = scorer.explain(HOSTILE)
    page = tmp_path / "page.html"
    page.write_text(f'<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="{scheme}"><body>{explained._repr_html_()}{ASK}</body>', "utf-8")
    done = subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}", "--virtual-time-budget=2000", "--dump-dom", page.as_uri()],
        capture_output=True, text=True, timeout=60)
    said = json.loads(html.unescape(done.stdout.split("<title>")[1].split("</title>")[0]))
    assert said["text"] == HOSTILE and said["pwned"] is None and said["inside"] == 0
    assert said["inked"] and said["marks"]
    spans = [(term.begin, term.end) for term in explained.evidence if term.begin is not None]
    marked = {at for begin, end in spans for at in range(begin, end)}
    assert "".join(said["marks"]).encode() == bytes(byte for at, byte in enumerate(HOSTILE.encode()) if at in marked)


def test_terms_add_up(scorer):
    import math

    explained = scorer.explain("gw isiin 50rb, asal kirim foto yg kmrn dulu yaa")
    logit = sum(term.logit for term in explained.head("move"))
    assert 1 / (1 + math.exp(-logit)) == pytest.approx(explained.score.score, abs=1e-6)
    assert explained.head("move")[0].source == "prior" and explained.head("move")[0].begin is None
    assert explained.evidence[0].words in explained.text
