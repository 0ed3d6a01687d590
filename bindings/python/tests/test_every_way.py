"""One comparison of all ways into Jaga over all messages at hand: the doubles that C, Python, DuckDB, SQLite and Spark give are the same, bit by bit."""

import ctypes
import os
import pathlib
import shutil
import struct
import subprocess

import duckdb
import jaga
import jaga.duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet
import pytest
from conftest import ROOT
from jaga._library import MOVES, CScore
from spark_support import needs_spark, rows_with_times, write_parquet

FOLDER = pathlib.Path(os.environ.get("JAGA_LIBRARY_FOLDER", ROOT / ".build-library/lib")).resolve()
MODEL = ROOT / "Models/default.jaga"


def said(score, disclosure, band, label, language):
    """A row, the doubles as their bits."""
    return struct.pack("<dd", score, disclosure), band, label, language


@pytest.fixture(scope="module")
def texts(chats):
    found = list(dict.fromkeys(chats.column("text").to_pylist()))
    return [*found, "", "a\0b", "\n", "x" * 5000]


@pytest.fixture(scope="module")
def by_c(texts, tmp_path_factory):
    """A C program over jaga_score_text, which also holds jaga_score_texts to it."""
    program = tmp_path_factory.mktemp("c") / "scores"
    compiler = os.environ.get("CC") or shutil.which("clang") or "cc"
    subprocess.run([
        compiler, "-std=c11", "-O1", "-Wall", "-Wextra", "-Wpedantic", "-Werror", f"-I{FOLDER}", ROOT / "Tests/Library/scores.c", "-o", program,
        f"-L{FOLDER}", "-ljaga", f"-Wl,-rpath,{FOLDER}"], check=True)
    data = b"".join(struct.pack("=I", len(one)) + one for one in (text.encode() for text in texts))
    done = subprocess.run([program, MODEL], input=data, capture_output=True)
    assert done.returncode == 0, done.stderr
    return (CScore * len(texts)).from_buffer_copy(done.stdout)


@pytest.fixture(scope="module")
def expected(by_c):
    return [said(one.score, one.disclosure, jaga.BANDS[one.band], jaga.LABELS[one.top], jaga.LANGUAGES[one.language]) for one in by_c]


def test_python_one_by_one(texts, expected, by_c, scorer):
    for text, row, one in zip(texts, expected, by_c, strict=True):
        made = scorer.score(text)
        assert said(made.score, made.disclosure, made.band, made.label, made.lang) == row
        assert struct.pack(f"<{MOVES}d", *made.probabilities) == bytes(one.labels)


@pytest.mark.parametrize("threads", [1, 3])
def test_python_columns(texts, expected, by_c, scorer, threads):
    table = scorer.score_many(texts, labels=True, threads=threads)
    columns = [table.column(name).to_pylist() for name in ("score", "disclosure", "band", "label", "lang")]
    assert [said(*row) for row in zip(*columns, strict=True)] == expected
    shares = np.concatenate([chunk.flatten().to_numpy() for chunk in table.column("labels").chunks])
    assert shares.tobytes() == b"".join(bytes(one.labels) for one in by_c)


def test_duckdb(texts, expected):
    connection = duckdb.connect()
    jaga.duckdb.register(connection)
    connection.register("messages", pa.table({"place": range(len(texts)), "text": texts}))
    names = ("score", "disclosure", "band", "label", "lang")
    rows = connection.execute("SELECT jaga_score(text), jaga_result(text) FROM messages ORDER BY place").fetchall()
    assert [said(*(row[name] for name in names)) for _, row in rows] == expected
    assert [struct.pack("<d", score) for score, _ in rows] == [row[0][:8] for row in expected]
    # Each of them is the same call; some thousands will do.
    rows = connection.execute("""SELECT jaga_score(text), jaga_disclosure(text), jaga_band(text), jaga_label(text), jaga_language(text)
        FROM messages WHERE place < 5000 ORDER BY place""").fetchall()
    assert [said(*row) for row in rows] == expected[:5000]


def test_sqlite(texts, expected):
    rows = ",\n".join(f"({place}, cast(x'{text.encode().hex()}' as text))" for place, text in enumerate(texts))
    # 17 digits name a double; the shell prints no bits.
    sql = f"""CREATE TABLE messages(place INTEGER PRIMARY KEY, text TEXT);
INSERT INTO messages VALUES {rows};
SELECT printf('%!.17g', jaga_score(text)), printf('%!.17g', jaga_disclosure(text)), jaga_band(text), jaga_label(text), jaga_language(text)
FROM messages ORDER BY place;"""
    done = subprocess.run(
        ["sqlite3", "-bail", "-noheader", "-separator", "\t", ":memory:"], input=f".load {FOLDER}/jagasqlite\n{sql}\n", capture_output=True, text=True,
        env={name: value for name, value in os.environ.items() if name != "JAGA_MODEL"})
    assert done.stderr == ""
    found = [line.split("\t") for line in done.stdout.splitlines()]
    assert [said(float(score), float(disclosure), *names) for score, disclosure, *names in found] == expected


def with_spark(test):
    for mark in needs_spark:
        test = mark(test)
    return test


@with_spark
def test_spark(spark, texts, expected, by_c, tmp_path):
    from jaga.spark import score_messages

    table = pa.table({"place": range(len(texts)), "text": texts})
    for number in range(5):
        pyarrow.parquet.write_table(table.filter([place % 5 == number for place in range(len(texts))]), tmp_path / f"{number}.parquet")
    rows = score_messages(spark.read.parquet(str(tmp_path)), labels=True).toArrow().sort_by("place").to_pylist()
    assert [row["text"] for row in rows] == texts
    assert [said(*(row[name] for name in ("score", "disclosure", "band", "label", "lang"))) for row in rows] == expected
    assert [struct.pack(f"<{MOVES}d", *row["labels"]) for row in rows] == [bytes(one.labels) for one in by_c]


def said_of_conversation(row):
    """A row with all that is asked for, its doubles as their bits."""
    spans = [(one["begin"], one["end"], one["label"], struct.pack("<d", one["logit"]), one["source"]) for one in row["evidence"]]
    doubles = struct.pack(f"<{3 + MOVES}d", row["score"], row["disclosure"], row["conversation_score"], *row["labels"])
    names = [row[name] for name in ("band", "label", "lang", "conversation_band", "conversation_label", "support_needed")]
    return doubles, *names, spans


@pytest.fixture(scope="module")
def in_conversations(chats, scorer):
    """Every message in its conversation, one call of the library each, and the same as columns with evidence."""
    tracker = scorer.conversations(1 << 20)
    one_by_one = [tracker.score(row["conversation_id"], row["text"], row["author_id"] or "") for row in chats.to_pylist()]
    columns = scorer.score_many(
        chats, conversation="conversation_id", author="author_id", labels=True, evidence=True, tracker=scorer.conversations(1 << 20)).to_pylist()
    for (message, so_far), row in zip(one_by_one, columns, strict=True):
        assert struct.pack(f"<{3 + MOVES}d", message.score, message.disclosure, so_far.score, *message.probabilities) == said_of_conversation(row)[0]
    return [said_of_conversation(row) for row in columns]


@with_spark
def test_spark_in_conversations(spark, chats, in_conversations, tmp_path):
    from jaga.spark import score_conversations

    frame = spark.read.parquet(str(write_parquet(rows_with_times(chats), tmp_path / "in", 5, seed=9)))
    scored = score_conversations(frame, conversation="conversation_id", author="author_id", time="sent", labels=True, evidence=True)
    rows = scored.toArrow().sort_by("place").to_pylist()
    assert [said_of_conversation(row) for row in rows] == in_conversations


@with_spark
def test_spark_in_a_stream(spark, chats, in_conversations, tmp_path):
    from jaga.spark import score_conversation_stream

    # Cut by time into three micro-batches, so that conversations go on from what the state store has.
    whole = spark.read.parquet(str(write_parquet(rows_with_times(chats), tmp_path / "in", 3)))
    stream = spark.readStream.schema(whole.schema).option("maxFilesPerTrigger", 1).parquet(str(tmp_path / "in"))
    scored = score_conversation_stream(
        stream, conversation="conversation_id", author="author_id", time="sent", forget_after=None, shards=8, labels=True, evidence=True)
    query = scored.writeStream.format("parquet").option("checkpointLocation", str(tmp_path / "checkpoint")).trigger(availableNow=True).start(str(tmp_path / "out"))
    assert query.awaitTermination(200) and len([one for one in query.recentProgress if one["numInputRows"]]) == 3
    rows = spark.read.parquet(str(tmp_path / "out")).toArrow().sort_by("place").to_pylist()
    assert not any(row["late"] for row in rows)
    assert [said_of_conversation(row) for row in rows] == in_conversations
    assert sum(bool(spans) for *_, spans in in_conversations) > 1000


def test_a_bit_would_be_seen(expected):
    bits, *names = expected[0]
    score, disclosure = struct.unpack("<dd", bits)
    assert said(np.nextafter(score, 1), disclosure, *names) != expected[0]
    assert ctypes.sizeof(CScore) == 8 * (2 + MOVES) + 8
