"""A real cluster on this machine: a master and two workers, and the example by spark-submit, with an executor and a Python worker killed in the middle of it."""

import contextlib
import glob
import os
import pathlib
import re
import signal
import subprocess

import pyarrow.parquet
import pytest
from spark_support import (
    EXAMPLE, HEAVY, ended, environment, expected, finished, kill, needs_spark, spark_home, submit, told, wait_for, whole_conversations, write_json)

pytestmark = needs_spark
# 127.0.0.1, the same within IPv6, and ::1.
LOOPBACK = {"0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000"}


def started(folder, name, *words):
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen([f"{spark_home()}/bin/spark-class", *words], stdout=log, stderr=log, env=environment(folder), start_new_session=True)


def printed(folder, name, pattern):
    path = folder / f"{name}.log"
    return wait_for(lambda: re.search(pattern, path.read_text(errors="replace")), f"'{pattern}' in {name}.log")


@pytest.fixture
def cluster(tmp_path):
    """The address of a master with two workers of one core each, on loopback alone; all of it is gone at the end."""
    at = ("--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
    processes = [started(tmp_path, "master", "org.apache.spark.deploy.master.Master", *at)]
    try:
        address = printed(tmp_path, "master", r"Starting Spark master at (spark://127\.0\.0\.1:\d+)").group(1)
        for name in ("worker1", "worker2"):
            processes.append(started(
                tmp_path, name, "org.apache.spark.deploy.worker.Worker", *at, "--cores", "1", "--memory", "1g", "--work-dir", str(tmp_path / name), address))
        for name in ("worker1", "worker2"):
            printed(tmp_path, name, "Successfully registered with master")
        yield address
    finally:
        for process in reversed(processes):
            kill(process)


def descendants(process):
    """Processes below one, near ones first: (id, command line)."""
    parents, lines = {}, {}
    for path in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            parents[int(path.name)] = int((path / "stat").read_text().rsplit(")", 1)[1].split()[1])
            lines[int(path.name)] = (path / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (OSError, ValueError):
            continue
    found, wave = [], {process}
    while wave:
        wave = {child for child, parent in parents.items() if parent in wave}
        found += [(child, lines.get(child, "")) for child in wave]
    return found


def mine(*parts):
    """Processes that this one started, whose command line has one of the parts."""
    return [pid for pid, line in descendants(os.getpid()) if any(part in line for part in parts)]


def listening(processes):
    """Addresses, in the kernel's spelling, on which they take connections."""
    sockets = {os.readlink(link) for pid in processes for link in glob.glob(f"/proc/{pid}/fd/*") if os.path.islink(link)}
    found = set()
    for table in ("tcp", "tcp6"):
        for line in pathlib.Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and f"socket:[{fields[9]}]" in sockets:
                found.add(fields[1].rsplit(":", 1)[0])
    return found


def test_a_killed_executor_changes_nothing(cluster, chats, records, tmp_path):
    rows = whole_conversations(chats, 12_000 * HEAVY)
    write_json(rows, tmp_path / "in", 8)
    words = [EXAMPLE, "batch", tmp_path / "in", tmp_path / "out", "--partitions", "24"]
    more = {"spark.cores.max": "2", "spark.executor.cores": "1", "spark.task.maxFailures": "8"}
    process = submit(*words, master=cluster, folder=tmp_path, **more)
    with ended(process):
        def done():
            assert process.poll() is None, (tmp_path / "submit.log").read_text(errors="replace")[-4000:]
            return len(glob.glob(str(tmp_path / "out/_temporary/0/task_*")))

        # Past the shuffle, in the stage that scores: what the first executor had sorted for others is lost with it.
        wait_for(lambda: done() >= 2, "the first task", 90)
        executors = mine("CoarseGrainedExecutorBackend")
        assert len(executors) == 2
        assert listening([*executors, *mine("deploy.master.Master", "deploy.worker.Worker", "score_chats.py")]) <= LOOPBACK
        os.kill(executors[0], signal.SIGKILL)
        at_executor = done()
        wait_for(lambda: done() >= at_executor + 3, "a task after that", 90)
        # A daemon forks the workers, so a worker has nothing below it.
        workers = [pid for pid in mine("pyspark.daemon") if not descendants(pid)]
        with contextlib.suppress(ProcessLookupError):
            os.kill(workers[-1], signal.SIGKILL)
        finished(process, tmp_path)
    log = (tmp_path / "submit.log").read_text(errors="replace")
    assert "none" in log and "+----" in log
    found = sorted(pyarrow.parquet.read_table(tmp_path / "out").to_pylist(), key=lambda row: int(row["message_id"]))
    places = {(row["conversation_id"], row["message_id"]): row["place"] for row in rows}
    made = sorted((places[row["conversation_id"], row["message_id"]], *told(row)) for row in found)
    assert made == [(row["place"], *expected(records["tracked"][row["place"]])) for row in rows]
