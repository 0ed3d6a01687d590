"""One comparison of all ways into Jaga over all messages at hand: the doubles that C, Python, DuckDB and SQLite give are the same, bit by bit."""

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
import pytest
from conftest import ROOT
from jaga._library import MOVES, CScore

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


def test_a_bit_would_be_seen(expected):
    bits, *names = expected[0]
    score, disclosure = struct.unpack("<dd", bits)
    assert said(np.nextafter(score, 1), disclosure, *names) != expected[0]
    assert ctypes.sizeof(CScore) == 8 * (2 + MOVES) + 8
