"""Spark in local[2] beside `jaga score --threads 2`, in turns, and the state of conversations; called by scripts/bench-spark, which says how."""

import argparse
import glob
import json
import math
import os
import pathlib
import statistics
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "scripts"))

from benchmarks import inputs, measure, results

PAGE = ROOT / "Documentation/Guides/Spark.md"
STORE = "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider"
START = 1_700_000_000
PARTS = 8
DAILY = 10_000_000_000
PRICE = 0.05
NATIVE = "`jaga score --threads 2`"


def session(folder):
    os.environ.update(PYSPARK_PYTHON=sys.executable, PYSPARK_DRIVER_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1")
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.driver.memory": "2g", "spark.local.dir": str(folder),
        "spark.sql.shuffle.partitions": str(PARTS), "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.streaming.stateStore.providerClass": STORE, "spark.sql.warehouse.dir": str(folder / "warehouse")}
    made = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    made.sparkContext.setLogLevel("OFF")
    return made


def written(texts, count, folder):
    """The messages as JSON lines for the program, and as Parquet for Spark: the same rows in the same order."""
    import pyarrow
    import pyarrow.parquet

    with (folder / "in.jsonl").open("w", encoding="utf-8") as file:
        inputs.write_jsonl(texts, count, file)
    (folder / "in").mkdir()
    size = -(-count // PARTS)
    with (folder / "in.jsonl").open(encoding="utf-8") as file:
        for part in range(PARTS):
            rows = [json.loads(line) for _, line in zip(range(min(size, count - part * size)), file)]
            times = pyarrow.array([(START + part * size + number) * 1_000_000 for number in range(len(rows))], pyarrow.timestamp("us", "UTC"))
            pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows).append_column("sent", times), folder / f"in/{part}.parquet")


def used():
    """Seconds of processor so far of this process and of each below it: the JVM and Spark's Python workers are among them."""
    parents, seconds = {}, {}
    for path in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        pid = int(path.parent.name)
        parents[pid], seconds[pid] = int(fields[1]), sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
    mine, wave = {os.getpid()}, {os.getpid()}
    while wave:
        wave = {child for child, parent in parents.items() if parent in wave}
        mine |= wave
    return {pid: seconds[pid] for pid in mine if pid in seconds}


class Meter(threading.Thread):
    """Looks at processor time again and again, since what a worker used is not to be seen once it has ended."""

    def __init__(self):
        super().__init__(daemon=True)
        self.before, self.latest, self.ended = used(), {}, threading.Event()
        self.start()

    def run(self):
        while not self.ended.wait(0.1):
            self.latest |= used()

    def seconds(self):
        self.ended.set()
        self.join()
        self.latest |= used()
        return sum(value - self.before.get(pid, 0) for pid, value in self.latest.items())


def timed(job, count):
    """Messages a second by the clock on the wall, and by processor time."""
    meter, begin = Meter(), time.perf_counter()
    job()
    seconds = time.perf_counter() - begin
    return count / seconds, count / meter.seconds()


def speeds(spark, folder, count, rounds):
    """Rates by contender, a pair for each round; contenders take turns, after a round that is not counted."""
    import pyarrow.parquet

    import jaga
    from jaga.spark import score_conversations, score_messages

    program = measure.program()
    frame = spark.read.parquet(str(folder / "in"))
    texts = pyarrow.parquet.read_table(folder / "in", columns=["text"]).column("text")
    scorer = jaga.Scorer()
    contenders = {
        NATIVE: lambda: measure.run([program, "score", folder / "in.jsonl", "--threads", "2", "--no-progress"], cores=None),
        "`score_many`, two threads": lambda: scorer.score_many(texts, threads=2),
        "`score_messages`": lambda: score_messages(frame).write.format("noop").mode("overwrite").save(),
        "`score_conversations`": lambda: score_conversations(
            frame, conversation="conversation_id", author="author_id", time="sent").write.format("noop").mode("overwrite").save()}
    found = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name, job in contenders.items():
            rates = timed(job, count)
            measure.say(f"  {'warming up' if number == 0 else f'round {number}'}: {name}: {rates[0]:,.0f} messages/s, {rates[1]:,.0f} a second of processor")
            if number:
                found[name].append(rates)
    return found


def streaming(spark, folder, count):
    """The stream over the same files, one a micro-batch: the rates of the second half, and what the store holds."""
    from jaga.spark import score_conversation_stream

    def run(files):
        schema = "conversation_id string, message_id string, author_id string, text string, sent timestamp"
        stream = spark.readStream.schema(schema).option("maxFilesPerTrigger", 1).parquet(files)
        scored = score_conversation_stream(
            stream, conversation="conversation_id", author="author_id", time="sent", message="message_id", shards=16)
        query = scored.writeStream.format("noop").option("checkpointLocation", str(folder / "checkpoint")).trigger(availableNow=True).start()
        query.awaitTermination()
        return [one for one in query.recentProgress if one["numInputRows"]]

    # The first half warms up; a start again of the query goes on with the rest.
    hidden = sorted((folder / "in").glob("*.parquet"))[PARTS // 2:]
    for path in hidden:
        path.rename(path.with_suffix(".later"))
    size = run(str(folder / "in"))[0]["numInputRows"]
    for path in hidden:
        path.with_suffix(".later").rename(path)
    batches = []
    rates = timed(lambda: batches.extend(run(str(folder / "in"))), count - size * (PARTS // 2))
    return {"rates": rates, "batch": batches[-1]["numInputRows"], "conversations": batches[-1]["stateOperators"][0]["numRowsTotal"]}


def states():
    """Bytes of the library's state of a transcript of the corpora, and how many there are."""
    import jaga

    scorer = jaga.Scorer()
    sizes = []
    for path in sorted(glob.glob(str(inputs.VOICES / "*/transcripts.jsonl"))):
        tracker = scorer.conversations(1 << 20)
        table = jaga.read_transcript(path)
        ids = table.column("conversation_id").to_pylist()
        scorer.score_many(table, conversation="conversation_id", author="author_id", tracker=tracker)
        sizes += [len(tracker.state(name)) for name in dict.fromkeys(ids)]
    return dict(zip(("minimum", "median", "maximum"), measure.spread(sizes), strict=True)) | {"count": len(sizes)}


def section(found):
    """What the guide shows: everything is computed from what was measured, the cores, prices and bytes of 10 billion messages too."""
    native = found["speed"][NATIVE]
    rows, cores = [], {}
    for name, rates in found["speed"].items():
        walls, share = [statistics.median(one[clock] for one in rates) for clock in (0, 1)], []
        for clock in (0, 1):
            share.append(statistics.median(one[clock] / other[clock] for one, other in zip(rates, native, strict=True)))
        cores[name] = walls[1]
        rows.append([name, results.rate(walls[0]), f"{share[0]:.2f}", results.rate(walls[1]), f"{share[1]:.2f}", f"{1e9 / walls[1] / 3600:,.0f}"])
    name, rates = "`score_conversation_stream`", found["stream"]["rates"]
    shares = [rates[clock] / statistics.median(one[clock] for one in native) for clock in (0, 1)]
    cores[name] = rates[1]
    rows.append([name, results.rate(rates[0]), f"{shares[0]:.2f}", results.rate(rates[1]), f"{shares[1]:.2f}", f"{1e9 / rates[1] / 3600:,.0f}"])
    text = (
        f"{found['messages']:,} messages of {found['source']} in conversations of {inputs.CONVERSATION}; medians of {found['rounds']} rounds in turns, on two cores; the stream in micro-batches of "
        f"{found['stream']['batch']:,}. {results.origin(found)}\n\n")
    text += results.table(["", "messages/s", "share of the program's", "messages a second of processor", "share", "core-hours for 10⁹"], rows)
    low, middle, high = (found["state_bytes"][name] for name in ("minimum", "median", "maximum"))
    text += f"\nState of a conversation, of {found['state_bytes']['count']:,} transcripts of the corpora: {low:,.0f} to {high:,.0f} bytes, {middle:,.0f} in the middle; and 8 for each message id.\n\n"
    daily = []
    for name in list(cores)[2:]:
        busy = DAILY / 86_400 / cores[name]
        hours = 1e9 / cores[name] / 3600
        daily.append([name, f"{math.ceil(busy):,}", f"{math.ceil(2 * busy):,}", f"{hours * found['price']:,.2f}", f"{2 * busy * 24 * found['price']:,.0f}"])
    header = ["10 billion messages a day", "cores, always busy", "cores at half load", f"$ for 10⁹ at ${found['price']:g} a core-hour", "$ a day at half load"]
    text += results.table(header, daily)
    text += "\nState, if every conversation is new and kept for 30 days, without the store's own part:"
    for length, ends in ((20, ";"), (200, ".\n")):
        live, each = DAILY / length * 30, middle + length * 8
        text += f" of {length} messages each, {live / 1e9:,.1f} billion × {each:,.0f} bytes (with {length} message ids) = {live * each / 1e12:,.1f} TB{ends}"
    return text


def latest():
    """The results that were kept last."""
    files = sorted(results.FOLDER.glob("*-spark.json"))
    if not files:
        raise measure.Failure("no results are kept; measure with scripts/bench-spark --keep")
    return json.loads(files[-1].read_text(encoding="utf-8"))


def write_page(text):
    PAGE.write_text(results.section_written(PAGE.read_text(encoding="utf-8"), "spark", text), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench-spark", description=__doc__)
    parser.add_argument("--messages", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--price", type=float, help="of a core for an hour, in dollars (default 0.05)")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--again", action="store_true")
    options = parser.parse_args()
    if options.again:
        found = latest() | ({} if options.price is None else {"price": options.price})
        return write_page(section(found))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        texts, source = inputs.real_texts()
        written(texts, options.messages, folder)
        spark = session(folder)
        try:
            found = results.head() | {
                "messages": options.messages, "rounds": options.rounds, "source": source, "price": PRICE if options.price is None else options.price,
                "speed": speeds(spark, folder, options.messages, options.rounds), "stream": streaming(spark, folder, options.messages), "state_bytes": states()}
        finally:
            spark.stop()
    text = section(found)
    print(text)
    if options.keep:
        write_page(text)
        for path in results.kept(found, "# Spark beside the program\n\n" + text, "spark"):
            print(path)
    share = statistics.median(one[0] / other[0] for one, other in zip(found["speed"]["`score_messages`"], found["speed"][NATIVE], strict=True))
    if share < 0.5:
        sys.exit(f"bench-spark: score_messages reaches {share:.2f} of the program's rate, and at least 0.5 is asked for; is the machine busy with other things?")


if __name__ == "__main__":
    try:
        main()
    except measure.Failure as failure:
        sys.exit(f"bench-spark: {failure}")
