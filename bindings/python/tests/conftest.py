"""The checkout's corpora and examples, the program, and a scorer."""

import os
import pathlib
import subprocess

import jaga
import pyarrow as pa
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]
PROGRAM = pathlib.Path(os.environ.get("JAGA", ROOT / ".build/release/jaga"))
os.environ.setdefault("JAGA", str(PROGRAM))
os.environ.setdefault("MPLBACKEND", "agg")
# Every message at hand: gold messages, gold transcripts, chats in other formats, and data that lies beside the checkout.
DATA = pathlib.Path(os.environ.get("JAGA_DATA", ROOT.parent / "shared/data"))
FILES = [
    *sorted((ROOT / "corpora/voices").glob("*/*.jsonl")), ROOT / "Examples/gamers-whatsapp.txt", ROOT / "Examples/discord-english.json",
    *sorted(DATA.glob("*.jsonl"))]


@pytest.fixture(scope="session")
def scorer():
    return jaga.Scorer()


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def run_jaga():
    def run(*arguments, stdin=None):
        done = subprocess.run([PROGRAM, *map(str, arguments)], input=stdin, capture_output=True, check=True)
        return done.stdout.decode()

    return run


@pytest.fixture(scope="session")
def chats():
    """One table of all messages, each conversation named by its file too."""
    tables = []
    for number, path in enumerate(FILES):
        table = jaga.read_transcript(path)
        ids = [f"{number}:{row if name is None else name}" for row, name in enumerate(table.column("conversation_id").to_pylist())]
        tables.append(pa.table({
            "conversation_id": ids, "message_id": [str(row) for row in range(len(table))], "author_id": table.column("author_id"),
            "text": table.column("text")}))
    return pa.concat_tables(tables).combine_chunks()
