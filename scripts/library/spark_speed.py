"""Spark in local[2] beside `jaga score --threads 2`, in turns, and the state of conversations; called by scripts/bench-spark, which says how."""

import argparse
import glob
import os
import pathlib
import statistics
import sys
import tempfile
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
    import json

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


def timed(job):
    begin = time.perf_counter()
    job()
    return time.perf_counter() - begin


def speeds(spark, folder, count, rounds):
    """Messages a second by contender, one figure for each round; contenders take turns, after a round that is not counted."""
    from jaga.spark import score_conversations, score_messages

    import jaga
    import pyarrow.parquet

    program = measure.program()
    frame = spark.read.parquet(str(folder / "in"))
    texts = pyarrow.parquet.read_table(folder / "in", columns=["text"]).column("text")
    scorer = jaga.Scorer()
    contenders = {
        "`jaga score --threads 2`": lambda: measure.run([program, "score", folder / "in.jsonl", "--threads", "2", "--no-progress"], cores=None),
        "`score_many`, two threads": lambda: scorer.score_many(texts, threads=2),
        "`score_messages`": lambda: score_messages(frame).write.format("noop").mode("overwrite").save(),
        "`score_conversations`": lambda: score_conversations(
            frame, conversation="conversation_id", author="author_id", time="sent").write.format("noop").mode("overwrite").save()}
    found = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name, job in contenders.items():
            seconds = timed(job)
            measure.say(f"  {'warming up' if number == 0 else f'round {number}'}: {name}: {count / seconds:,.0f} messages/s")
            if number:
                found[name].append(count / seconds)
    return found


def streaming(spark, folder, count):
    """The stream over the same files, one a micro-batch: messages a second after the first, conversations, bytes of the store for each."""
    from jaga.spark import score_conversation_stream

    stream = spark.readStream.schema("conversation_id string, message_id string, author_id string, text string, sent timestamp").option("maxFilesPerTrigger", 1)
    scored = score_conversation_stream(
        stream.parquet(str(folder / "in")), conversation="conversation_id", author="author_id", time="sent", message="message_id", shards=16)
    query = scored.writeStream.format("noop").option("checkpointLocation", str(folder / "checkpoint")).trigger(availableNow=True).start()
    query.awaitTermination()
    batches = [one for one in query.recentProgress if one["numInputRows"]]
    later = batches[len(batches) // 2:]
    seconds = sum(one["durationMs"]["triggerExecution"] for one in later) / 1000
    rows = batches[-1]["stateOperators"][0]["numRowsTotal"]
    metrics = batches[-1]["stateOperators"][0].get("customMetrics", {})
    return {
        "rate": sum(one["numInputRows"] for one in later) / seconds, "conversations": count // inputs.CONVERSATION, "rows": rows,
        "store_bytes": metrics.get("rocksdbSstFileSize", 0)}


def states():
    """Bytes of the library's state of each transcript of the corpora."""
    import jaga

    scorer = jaga.Scorer()
    sizes = []
    for path in sorted(glob.glob(str(inputs.VOICES / "*/transcripts.jsonl"))):
        tracker = scorer.conversations(1 << 20)
        table = jaga.read_transcript(path)
        ids = table.column("conversation_id").to_pylist()
        scorer.score_many(table, conversation="conversation_id", author="author_id", tracker=tracker)
        sizes += [len(tracker.state(name)) for name in dict.fromkeys(ids)]
    return sizes


def section(found):
    """What the guide shows."""
    native = found["speed"]["`jaga score --threads 2`"]
    rows = []
    for name, rates in found["speed"].items():
        low, middle, high = measure.spread(rates)
        share = statistics.median(one / other for one, other in zip(rates, native, strict=True))
        core_hours = 1e9 / (middle / 2) / 3600
        rows.append([name, results.rate(low), results.rate(middle), results.rate(high), f"{share:.2f}", results.rate(middle / 2), f"{core_hours:,.0f}"])
    stream = found["stream"]
    rows.append([
        "`score_conversation_stream`", "", results.rate(stream["rate"]), "", f"{stream['rate'] / statistics.median(native):.2f}", results.rate(stream["rate"] / 2),
        f"{1e9 / (stream['rate'] / 2) / 3600:,.0f}"])
    text = f"{found['messages']:,} messages of {found['source']} in conversations of {inputs.CONVERSATION}, {found['rounds']} rounds in turns on two cores; {results.origin(found)}\n\n"
    text += results.table(["", "messages/s: minimum", "median", "maximum", "share of the program's", "a core", "core-hours for 10⁹"], rows)
    low, middle, high = measure.spread(found["state_bytes"])
    text += (
        f"\nState of a conversation, of {len(found['state_bytes']):,} transcripts of the corpora: {low:,} bytes at least, {middle:,.0f} in the middle, {high:,} at most.\n\n")
    daily = []
    for name, rate in (("`score_messages`", None), ("`score_conversations`", None), ("`score_conversation_stream`", stream["rate"])):
        a_core = (rate or statistics.median(found["speed"][name])) / 2
        cores = DAILY / 86_400 / a_core
        daily.append([name, f"{cores:,.1f}", f"{cores / 0.5:,.0f}", f"{DAILY / a_core / 3600 / 10 * found['price']:,.2f}", f"{DAILY / a_core / 3600 * found['price']:,.0f}"])
    live = DAILY / 20 * 30
    text += results.table(["10 billion messages a day", "cores, busy all day", "cores at half load", f"$ for 10⁹ at ${found['price']:g} a core-hour", "$ a day"], daily)
    text += (
        f"\nState, were each conversation new and of 20 messages, and kept for 30 days: {live:,.0f} conversations × {middle + 20 * 8:,.0f} bytes (state and 20 message ids) = "
        f"{live * (middle + 160) / 1e12:,.1f} TB.\n")
    return text


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench-spark", description=__doc__)
    parser.add_argument("--messages", type=int, default=400_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--price", type=float, default=0.05, help="of a core for an hour, in dollars (default 0.05)")
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        texts, source = inputs.real_texts()
        written(texts, options.messages, folder)
        spark = session(folder)
        try:
            found = results.head() | {
                "messages": options.messages, "rounds": options.rounds, "source": source, "price": options.price,
                "speed": speeds(spark, folder, options.messages, options.rounds), "stream": streaming(spark, folder, options.messages), "state_bytes": states()}
        finally:
            spark.stop()
    text = section(found)
    print(text)
    if options.keep:
        PAGE.write_text(results.section_written(PAGE.read_text(encoding="utf-8"), "spark", text), encoding="utf-8")
        found["state_bytes"] = dict(zip(("minimum", "median", "maximum"), measure.spread(found["state_bytes"]), strict=True)) | {"count": len(found["state_bytes"])}
        for path in results.kept(found, "# Spark beside the program\n\n" + text, "spark"):
            print(path)
    share = statistics.median(one / other for one, other in zip(found["speed"]["`score_messages`"], found["speed"]["`jaga score --threads 2`"], strict=True))
    if share < 0.5:
        sys.exit(f"bench-spark: score_messages reaches {share:.2f} of the program's rate, and at least 0.5 is asked for; is the machine busy with other things?")


if __name__ == "__main__":
    try:
        main()
    except measure.Failure as failure:
        sys.exit(f"bench-spark: {failure}")
