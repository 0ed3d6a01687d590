"""The checkout's corpora and examples, the program, and a scorer."""

import json
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


@pytest.fixture(scope="session")
def records(chats, run_jaga, tmp_path_factory):
    """What the program says: each message in its conversation, and each alone."""
    folder = tmp_path_factory.mktemp("chats")
    found = {}
    for name, columns in (("tracked", ["conversation_id", "message_id", "author_id", "text"]), ("alone", ["text"])):
        path = folder / f"{name}.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in chats.select(columns).to_pylist()), "utf-8")
        found[name] = [json.loads(line) for line in run_jaga("score", path, "--no-progress").splitlines()]
    return found


def said(record):
    return (record["score"], record["disclosure"], record["band"], f"{record['track']}.{record['stage']}", record["lang"])


def rows_of(table):
    return [
        (round(row["score"], 6), round(row["disclosure"], 6), row["band"], row["label"], row["lang"]) for row in table.to_pylist()]


@pytest.fixture(scope="session")
def spark(tmp_path_factory):
    """A session of two cores in this process, for tests that are marked so."""
    import spark_support

    folder = tmp_path_factory.mktemp("spark")
    os.environ.update(spark_support.environment(folder))
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").config("spark.sql.warehouse.dir", str(folder / "warehouse"))
    builder = builder.config(
        "spark.sql.streaming.stateStore.providerClass", "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider")
    session = builder.config(map=spark_support.settings()).getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    gateway = session.sparkContext._gateway
    session.stop()
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait(20)
