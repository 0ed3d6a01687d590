"""Scores chat on a Spark cluster: conversations of a folder at once, or of a folder that keeps growing.

    spark-submit Examples/spark/score_chats.py batch INPUT OUTPUT
    spark-submit Examples/spark/score_chats.py stream INPUT OUTPUT CHECKPOINT [--once]

INPUT is a folder of JSON lines with `conversation_id`, `message_id`, `author_id`, `text` and `timestamp`; OUTPUT is a folder of Parquet: the same rows, without
their text, with scores. The stream reads each file once, remembers conversations in CHECKPOINT, and goes on from there after a stop, a kill or a loss of power; --once
scores what has come since the last time, and ends.
"""

import argparse
import datetime

from pyspark.sql import SparkSession

from jaga.spark import score_conversation_stream, score_conversations

SCHEMA = "conversation_id string, message_id string, author_id string, text string, timestamp timestamp"
COLUMNS = {
    "conversation": "conversation_id", "author": "author_id", "time": "timestamp", "message": "message_id",
    "forget_after": datetime.timedelta(days=30)}


def batch(session, options):
    scored = score_conversations(session.read.schema(SCHEMA).json(options.input), partitions=options.partitions, model=options.model, **COLUMNS)
    scored.drop("text").write.mode("overwrite").parquet(options.output)
    session.read.parquet(options.output).groupBy("band").count().orderBy("count").show()


def stream(session, options):
    session.conf.set(
        "spark.sql.streaming.stateStore.providerClass", "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider")
    # The number of partitions of the state; like the number of shards it stays what it was at the first start.
    session.conf.set("spark.sql.shuffle.partitions", options.partitions or 2 * session.sparkContext.defaultParallelism)
    messages = session.readStream.schema(SCHEMA).option("maxFilesPerTrigger", options.files).json(options.input)
    scored = score_conversation_stream(messages, shards=options.shards, model=options.model, **COLUMNS)
    # Files and their list are written together with the offsets, so that each row is there once.
    query = scored.drop("text").writeStream.format("parquet").option("checkpointLocation", options.checkpoint)
    trigger = {"availableNow": True} if options.once else {"processingTime": f"{options.seconds} seconds"}
    query.trigger(**trigger).start(options.output).awaitTermination()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ways = parser.add_subparsers(dest="way", required=True)
    for way in (batch, stream):
        one = ways.add_parser(way.__name__)
        one.set_defaults(run=way)
        one.add_argument("input")
        one.add_argument("output")
        one.add_argument("--model", help="a model file of your own; the package's when left out")
        one.add_argument("--partitions", type=int, help="parts of the work")
    one.add_argument("checkpoint")
    one.add_argument("--once", action="store_true")
    one.add_argument("--files", type=int, default=100, help="files of a micro-batch")
    one.add_argument("--shards", type=int, default=256, help="groups of conversations")
    one.add_argument("--seconds", type=int, default=10, help="time between micro-batches")
    options = parser.parse_args()
    session = SparkSession.builder.appName("jaga").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    try:
        options.run(session, options)
    finally:
        session.stop()


if __name__ == "__main__":
    main()
