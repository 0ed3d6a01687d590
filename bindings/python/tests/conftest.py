"""The checkout's corpora and examples, the program, and a scorer."""

import os
import pathlib
import subprocess

import jaga
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]
PROGRAM = pathlib.Path(os.environ.get("JAGA", ROOT / ".build/release/jaga"))
os.environ.setdefault("JAGA", str(PROGRAM))
os.environ.setdefault("MPLBACKEND", "agg")
# Every message at hand: gold messages, gold transcripts, and chats in other formats.
FILES = [*sorted((ROOT / "corpora/voices").glob("*/*.jsonl")), ROOT / "Examples/gamers-whatsapp.txt", ROOT / "Examples/discord-english.json"]


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
