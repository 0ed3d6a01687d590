"""What the tests of jaga.spark share: whether Spark is here, sessions, files of messages, processes that are gone at the end."""

import contextlib
import importlib.util
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import time

import pyarrow as pa
import pyarrow.parquet
import pytest
from conftest import ROOT

EXAMPLE = ROOT / "Examples/spark/score_chats.py"
# Multiplies the messages of the tests that kill things; with 1 all of Spark's tests take some minutes on two cores.
HEAVY = int(os.environ.get("JAGA_SPARK_HEAVY", "1"))
START = 1_700_000_000


def missing():
    """Why there can be no Spark here, or None."""
    if importlib.util.find_spec("pyspark") is None:
        return "pyspark is not installed: pip install 'jaga[spark]'"
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java") or (home and shutil.which("java", path=f"{home}/bin"))
    return None if java else "there is no Java: scripts/setup --spark"


needs_spark = [pytest.mark.spark, pytest.mark.skipif(missing() is not None, reason=str(missing()))]


def environment(folder):
    """For processes of Spark: this Python, loopback alone, nothing outside the test's folder."""
    return os.environ | {
        "PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_HOSTNAME": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(folder), "SPARK_WORKER_DIR": str(folder / "work"), "SPARK_DAEMON_MEMORY": "256m", "PYTHONPATH": os.environ.get("PYTHONPATH", "")}


def settings():
    """Small and quick to start: for minutes of tests the second compiler of the JVM costs more than it brings."""
    java = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    return {
        "spark.driver.extraJavaOptions": java, "spark.executor.extraJavaOptions": java,
        "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.driver.memory": "1g", "spark.executor.memory": "512m",
        "spark.sql.shuffle.partitions": "2", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1", "spark.sql.session.timeZone": "UTC"}


def rows_with_times(chats):
    """The messages as rows, each a second after the one before it."""
    return [row | {"place": number, "sent": (START + number) * 1_000_000} for number, row in enumerate(chats.to_pylist())]


def whole_conversations(chats, count):
    """The last messages, about so many, and only such conversations as are there from their beginning."""
    rows = rows_with_times(chats)
    before = {row["conversation_id"] for row in rows[:-count]}
    return [row for row in rows[-count:] if row["conversation_id"] not in before]


def write_parquet(rows, folder, files, seed=None):
    """Rows into some files, shuffled where a seed is given. Written in order of time otherwise, each file a part of it."""
    rows = list(rows)
    if seed is not None:
        random.Random(seed).shuffle(rows)
    schema = pa.schema([
        *((name, pa.string()) for name in ("conversation_id", "message_id", "author_id", "text")), ("place", pa.int64()), ("sent", pa.timestamp("us", "UTC"))])
    folder.mkdir()
    size = -(-len(rows) // files)
    for number in range(files):
        pa.parquet.write_table(pa.Table.from_pylist(rows[number * size : (number + 1) * size], schema), folder / f"part-{number:04}.parquet")
        # A stream takes files by their time.
        os.utime(folder / f"part-{number:04}.parquet", (START + number, START + number))
    return folder


def write_json(rows, folder, files):
    """The same as JSON lines, as the example reads them."""
    rows = list(rows)
    folder.mkdir()
    size = -(-len(rows) // files)
    for number in range(files):
        path = folder / f"part-{number:04}.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for row in rows[number * size : (number + 1) * size]:
                stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(row["sent"] // 1_000_000))
                file.write(json.dumps({name: row[name] for name in ("conversation_id", "message_id", "author_id", "text")} | {"timestamp": stamp}) + "\n")
        os.utime(path, (START + number, START + number))
    return folder


def submit(*arguments, master="local[2]", folder, **more):
    """A process of spark-submit, in a group of its own, with its output in a file."""
    words = [f"{spark_home()}/bin/spark-submit", "--master", master]
    for name, value in (settings() | more).items():
        words += ["--conf", f"{name}={value}"]
    with (folder / "submit.log").open("ab") as log:
        return subprocess.Popen([*words, *map(str, arguments)], stdout=log, stderr=log, env=environment(folder), start_new_session=True)


def spark_home():
    import pyspark

    return pathlib.Path(pyspark.__file__).parent


def finished(process, folder, seconds=120):
    """Waits for a process to end well."""
    code = process.wait(seconds)
    assert code == 0, (folder / "submit.log").read_text(errors="replace")[-4000:]


@contextlib.contextmanager
def ended(*processes):
    """Whatever happens, the processes and all that they started are gone afterwards."""
    try:
        yield
    finally:
        for process in processes:
            kill(process)


def kill(process):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_for(condition, what, seconds=60):
    """What the condition says as soon as it says something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"{what} did not come within {seconds} s")


def told(row):
    """What `jaga score` says in a record, out of a row of Spark."""
    return (
        round(row["score"], 6), round(row["disclosure"], 6), row["band"], row["label"], row["lang"], round(row["conversation_score"], 6),
        row["conversation_band"], row["support_needed"])


def expected(record):
    """The same out of a record."""
    of = record["conversation"]
    return (
        record["score"], record["disclosure"], record["band"], f"{record['track']}.{record['stage']}", record["lang"], of["score"], of["band"],
        of["support_needed"])
