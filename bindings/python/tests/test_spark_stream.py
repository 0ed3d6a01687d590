"""Streams of conversations: their state, late messages, gaps, and a query that was killed."""

import datetime
import decimal
import glob
import json
import os
import random
import time

import jaga
import pyarrow as pa
import pyarrow.parquet
import pytest
from spark_support import (
    EXAMPLE, HEAVY, START, ended, expected, finished, kill, needs_spark, submit, told, wait_for, whole_conversations, write_json, write_parquet)

pytestmark = needs_spark
TEXTS = ["umur berapa dek?", "sendirian di rumah?", "jangan bilang mama ya", "kirim foto dulu dong", "pindah ke aplikasi lain yuk"]
DAY = 86_400


def run(spark, folder, frames, options=None):
    """Starts the query and ends it when it has read the frames, each in a micro-batch of its own; all rows that came out so far."""
    from jaga.spark import score_conversation_stream

    for one in frames:
        one.coalesce(1).write.mode("append").parquet(str(folder / "in"))
    stream = spark.readStream.schema(frames[0].schema).option("maxFilesPerTrigger", 1).parquet(str(folder / "in"))
    scored = score_conversation_stream(stream, **({"conversation": "c", "author": "a", "time": "sent", "shards": 3} | (options or {})))
    query = scored.writeStream.format("parquet").option("checkpointLocation", str(folder / "checkpoint")).trigger(availableNow=True).start(str(folder / "out"))
    assert query.awaitTermination(100)
    return spark.read.parquet(str(folder / "out"))


def frame(spark, rows):
    """Rows of conversation, author, text, message id and seconds."""
    return spark.createDataFrame([(*row[:4], START + row[4]) for row in rows], "c string, a string, text string, m string, at long").selectExpr(
        "c", "a", "text", "m", "timestamp_seconds(at) AS sent")


def test_micro_batches_have_the_programs_figures(spark, chats, records, tmp_path):
    # Cut by time into micro-batches: the conversations at a cut go on after it.
    some = whole_conversations(chats, 3000)
    frames = [spark.read.parquet(str(write_parquet(some[first : first + 1000], tmp_path / f"part{first}", 1))) for first in range(0, 3000, 1000)]
    run(spark, tmp_path, frames, {"conversation": "conversation_id", "author": "author_id", "shards": 4, "forget_after": None})
    found = spark.read.parquet(str(tmp_path / "out")).toArrow().sort_by("place").to_pylist()
    assert [row["place"] for row in found] == [row["place"] for row in some]
    assert [told(row) for row in found] == [expected(records["tracked"][row["place"]]) for row in some]
    assert not any(row["late"] for row in found)


def test_messages_without_a_time_move_no_clock(spark, scorer, tmp_path):
    from pyspark.sql.functions import lit

    # The first rows of an old backfill have no time: those that follow go on in their conversations all the same.
    rows = [("c", "a", text, None, number * 60) for number, text in enumerate(TEXTS)]
    undated = frame(spark, [rows[0]]).withColumn("sent", lit(None).cast("timestamp"))
    out = run(spark, tmp_path, [undated, *(frame(spark, [row]) for row in rows[1:4])], {"shards": 1, "forget_after": datetime.timedelta(days=1)})
    found = {row["text"]: row["conversation_score"] for row in out.collect()}
    tracker = scorer.conversations()
    for text in TEXTS[:4]:
        assert found[text] == tracker.score("c", text, "a")[1].score


def test_shards_stay_what_they_were(spark, tmp_path):
    rows = [(f"c{number}", "a", TEXTS[0], None, number) for number in range(12)]
    run(spark, tmp_path, [frame(spark, rows)], {"shards": 4})
    with pytest.raises(Exception, match="the checkpoint was begun with shards=4, and this is shards=7"):
        run(spark, tmp_path, [frame(spark, rows)], {"shards": 7})


def test_state_and_late_messages(spark, scorer, tmp_path):
    rows = [("c", "a", text, None, number * 60) for number, text in enumerate(TEXTS)]
    out = run(spark, tmp_path, [frame(spark, [rows[2], rows[0]]), frame(spark, [rows[4], rows[1]]), frame(spark, [rows[3]])])
    found = {row["text"]: row for row in out.collect()}
    tracker = scorer.conversations()
    for number, late in ((0, False), (2, False), (1, True), (4, False), (3, True)):
        message, so_far = tracker.score("c", TEXTS[number], "a")
        row = found[TEXTS[number]]
        assert (row["score"], row["conversation_score"], row["late"]) == (message.score, so_far.score, late)
    stored = b"".join(open(name, "rb").read() for name in glob.glob(str(tmp_path / "checkpoint/**"), recursive=True) if "/state/" in name and not name.endswith("/") and "." in name.rsplit("/", 1)[1])
    assert stored and not any(text.encode() in stored for text in TEXTS)


def test_idle_conversations_are_dropped(spark, scorer, tmp_path):
    """A gap begins a conversation anew; what is over by the newest message of its shard is gone from the store; a date in the future moves nothing."""
    first = [("c", "a", TEXTS[0], None, 0), ("d", "a", TEXTS[0], None, 0), ("e", "a", TEXTS[0], None, 100 * 365 * DAY)]
    frames = [frame(spark, first), frame(spark, [(c, "a", TEXTS[1], None, 2 * DAY) for c in "de"]), frame(spark, [("x", "a", "halo", None, 40 * DAY)]), frame(spark, [("x", "a", "halo", None, 80 * DAY)])]
    frames.append(frame(spark, [("c", "a", TEXTS[1], None, 81 * DAY), ("x", "a", "halo", None, 82 * DAY)]))
    out = run(spark, tmp_path, frames, {"forget_after": datetime.timedelta(days=30), "shards": 1})
    found = {(row["c"], row["text"]): row for row in out.collect()}
    tracker = scorer.conversations()
    alone, _ = tracker.score("new", TEXTS[1], "a")
    tracker.score("going on", TEXTS[0], "a")
    after, _ = tracker.score("going on", TEXTS[1], "a")
    assert alone.score != after.score
    assert found["c", TEXTS[1]]["score"] == alone.score
    assert found["d", TEXTS[1]]["score"] == after.score
    assert found["e", TEXTS[1]]["score"] == after.score and found["e", TEXTS[1]]["late"] is False
    state = spark.read.format("statestore").option("path", str(tmp_path / "checkpoint")).option("stateVarName", "conversations").option("flattenMapTypes", True).load()
    # c and x have messages of these days; the last ones of d and e are 80 days older than the newest.
    assert state.count() == 2


def test_a_message_that_comes_again_is_left_out(spark, tmp_path):
    rows = [("c", "a", text, f"m{number}", number * 60) for number, text in enumerate(TEXTS)]
    out = run(spark, tmp_path, [frame(spark, [rows[0], rows[1], rows[1], (*rows[1][:4], 90)]), frame(spark, [rows[1], rows[2]])], {"message": "m"})
    assert sorted(row["m"] for row in out.collect()) == ["m0", "m1", "m2"]


def test_states_of_another_model(spark, root, scorer, tmp_path, run_jaga):
    folder = next(path for path in sorted((root / "Examples/lexicons").iterdir()) if path.is_dir())
    run_jaga("lexicon", "compile", folder, "--output", tmp_path / "my.overlay")
    run(spark, tmp_path, [frame(spark, [("c", "a", TEXTS[0], None, 0)])])
    out = run(spark, tmp_path, [frame(spark, [("c", "a", TEXTS[1], None, 60)])], {"lexicon": tmp_path / "my.overlay"})
    found = {row["text"]: row for row in out.collect()}
    assert found[TEXTS[1]]["conversation_score"] == jaga.Scorer(lexicon=tmp_path / "my.overlay").conversations().score("c", TEXTS[1], "a")[1].score


def test_other_columns_come_out_as_they_went_in(spark, tmp_path):
    nested = "STRUCT<list: ARRAY<DOUBLE>, map: MAP<STRING, TIMESTAMP>>"
    columns = {
        "big": "IF(n = 1, NULL, 9007199254740993L)", "half": "IF(n = 1, CAST('NaN' AS DOUBLE), 0.1D)", "exact": "CAST(IF(n = 1, NULL, 12345678901234567890.123) AS DECIMAL(38, 6))",
        "bytes": "IF(n = 1, X'00ff', NULL)", "day": "DATE'1900-01-01'", "twice": "TIMESTAMP'2026-10-25 02:30:00.123456 Europe/Berlin'", "zoneless": "TIMESTAMP_NTZ'2026-10-25 02:30:00.123456'",
        "from": "IF(n = 1, '', NULL)", "a b": "true", "nest": f"CAST(named_struct('list', array(1D, NULL), 'map', map('k', TIMESTAMP'1970-01-01 00:00:00.000001 UTC')) AS {nested})"}
    spark.conf.set("spark.sql.session.timeZone", "Europe/Berlin")
    try:
        df = spark.range(3).selectExpr("id AS n", "'c' AS c", "'a' AS a", "'halo' AS text", "timestamp_seconds(1700000000 + id) AS sent").selectExpr(
            "*", *(f"{sql} AS `{name}`" for name, sql in columns.items()))
        out = run(spark, tmp_path, [df], {"order": ["big", "day"]})
        assert out.columns[: len(df.columns)] == df.columns and [field.dataType for field in out.schema][: len(df.columns)] == [field.dataType for field in df.schema]
        assert sorted(map(str, out.select(df.columns).collect())) == sorted(map(str, df.collect()))
        assert decimal.Decimal("12345678901234567890.123000") in [row["exact"] for row in out.collect()]
    finally:
        spark.conf.set("spark.sql.session.timeZone", "UTC")


def test_hostile_rows(spark, tmp_path):
    """Bytes that are no UTF-8, rows without anything, times without a value, a shard of rows that are alone."""
    sql = "SELECT CAST(X'68ff61' AS STRING) AS text, CAST(X'ff' AS STRING) AS c, CAST(NULL AS STRING) AS a, CAST(NULL AS TIMESTAMP) AS sent UNION ALL SELECT NULL, NULL, NULL, NULL UNION ALL SELECT '', '', '', now() - INTERVAL 400 YEARS"
    out = run(spark, tmp_path, [spark.sql(sql), spark.sql(sql)])
    rows = out.collect()
    assert len(rows) == 6 and sum(row["score"] is None for row in rows) == 2
    assert {row["text"] for row in rows} == {"h\ufffda", None, ""}


def test_labels_and_evidence(spark, scorer, tmp_path):
    """In the light of what came in micro-batches before, span by span; names with a prefix."""
    rows = [("c", "a", text, None, number * 60) for number, text in enumerate(TEXTS)]
    out = run(spark, tmp_path, [frame(spark, rows[:2]), frame(spark, [*rows[2:], ("c", "a", None, None, 900)])], {"labels": True, "evidence": True, "prefix": "jaga_"})
    found = {row["text"]: row for row in out.collect()}
    made = scorer.score_many(TEXTS, conversation=["c"] * len(TEXTS), author=["a"] * len(TEXTS), labels=True, evidence=True).to_pylist()
    for text, one in zip(TEXTS, made, strict=True):
        assert found[text]["jaga_labels"] == one["labels"] and len(one["labels"]) == 20
        assert [span.asDict() for span in found[text]["jaga_evidence"]] == one["evidence"]
    assert sum(len(one["evidence"]) for one in made) > 3
    assert found[None]["jaga_labels"] is None and found[None]["jaga_evidence"] is None


def test_what_cannot_be(spark, tmp_path):
    from jaga.spark import score_conversation_stream

    (tmp_path / "in").mkdir()

    def stream(schema="c string, a string, text string, sent timestamp"):
        return spark.readStream.schema(schema).parquet(str(tmp_path / "in"))

    with pytest.raises(jaga.InputError, match="shards is a number from 1 to"):
        score_conversation_stream(stream(), conversation="c", time="sent", shards=0)
    with pytest.raises(jaga.InputError, match="the column 'odd' is of type map<int,string>, which does not go through"):
        score_conversation_stream(stream("c string, text string, sent timestamp, odd map<int, string>"), conversation="c", time="sent")
    with pytest.raises(jaga.InputError, match="the frame has a column 'late' already"):
        score_conversation_stream(stream("c string, text string, sent timestamp, Late int"), conversation="c", time="sent")
    spark.conf.set("spark.sql.streaming.stateStore.providerClass", "org.apache.spark.sql.execution.streaming.state.HDFSBackedStateStoreProvider")
    try:
        with pytest.raises(jaga.InputError, match="state of conversations needs RocksDB; set spark.conf.set"):
            score_conversation_stream(stream(), conversation="c", time="sent")
    finally:
        spark.conf.set("spark.sql.streaming.stateStore.providerClass", "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider")


def test_a_killed_stream_goes_on(chats, records, tmp_path):
    """spark-submit of the example, killed right after a commit and at random moments; what it wrote in the end is what the program says, each message once."""
    rows = whole_conversations(chats, 4000 * HEAVY)
    kills = 6 if HEAVY > 1 else 3
    files = 6 * kills
    write_json(rows, tmp_path / "in", files)
    words = [EXAMPLE, "stream", tmp_path / "in", tmp_path / "out", tmp_path / "checkpoint", "--files", 1, "--shards", 8, "--partitions", 1]
    # Shown when the test fails; JAGA_SEED=… chooses the same moments again, as far as the machine does.
    seed = int(os.environ.get("JAGA_SEED", random.randrange(1 << 32)))
    print(f"JAGA_SEED={seed}")
    moments = random.Random(seed)

    def written(kind):
        return len(glob.glob(str(tmp_path / f"checkpoint/{kind}/[0-9]*")))

    def reached(kind, count):
        wait_for(lambda: process.poll() is not None or written(kind) >= count, f"{count} of {kind}", 90)
        assert process.poll() is None, (tmp_path / "submit.log").read_text(errors="replace")[-3000:]
        return time.monotonic()

    for number in range(kills):
        process = submit(*words, "--seconds", 0, folder=tmp_path)
        with ended(process):
            before = written("commits")
            if number == 0:
                begin = reached("commits", before + 2)
                spell = reached("commits", before + 3) - begin
            else:
                # The micro-batch that was interrupted goes first; from the beginning of the one after it on, anywhere within two.
                reached("offsets", before + 2)
                time.sleep(moments.uniform(0, 2 * spell))
            kill(process)
        print(f"killed with {written('offsets')} micro-batches begun and {written('commits')} ended")
    assert 3 <= written("commits") < files
    process = submit(*words, "--once", folder=tmp_path)
    with ended(process):
        finished(process, tmp_path)
    # Files that a killed batch left behind are not in the sink's list; so Spark reads it, not whoever lists the folder.
    listed = {}
    for path in sorted(glob.glob(str(tmp_path / "out/_spark_metadata/[0-9]*"))):
        with open(path) as file:
            for line in list(file)[1:]:
                listed[json.loads(line)["path"]] = True
    table = pa.concat_tables(pyarrow.parquet.read_table(path.removeprefix("file://")) for path in listed)
    places = {(row["conversation_id"], row["message_id"]): row["place"] for row in rows}
    found = sorted((places[row["conversation_id"], row["message_id"]], *told(row)) for row in table.to_pylist())
    assert found == [(row["place"], *expected(records["tracked"][row["place"]])) for row in rows]
