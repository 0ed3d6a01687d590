"""Spark frames in one process of two cores: the same bits as `jaga score`, and what nobody should give."""

import datetime
import json

import jaga
import pytest
from conftest import said
from spark_support import START, expected, needs_spark, rows_with_times, told, write_parquet

pytestmark = needs_spark
SCHEMA = "c string, a string, text string, n int"
CHAT = [("c1", "a", "umur berapa dek?", 1), ("c1", "a", "sendirian di rumah?", 2), ("c1", "a", "jangan bilang mama ya", 3)]


@pytest.fixture(scope="module")
def frame(spark, chats, tmp_path_factory):
    """All messages at hand, in no order."""
    return spark.read.parquet(str(write_parquet(rows_with_times(chats), tmp_path_factory.mktemp("frame") / "in", 5, seed=8)))


def test_messages_have_the_programs_figures(frame, chats, records):
    from jaga.spark import score_messages

    rows = score_messages(frame).toArrow().sort_by("place").to_pylist()
    assert [(round(row["score"], 6), round(row["disclosure"], 6), row["band"], row["label"], row["lang"]) for row in rows] == [
        said(record) for record in records["alone"]]
    assert [(row["text"], row["conversation_id"], row["author_id"]) for row in rows] == [
        (row["text"], row["conversation_id"], row["author_id"]) for row in chats.to_pylist()]


@pytest.mark.parametrize("partitions", [None, 7])
def test_conversations_have_the_programs_figures(frame, records, partitions):
    from jaga.spark import score_conversations

    scored = score_conversations(frame, conversation="conversation_id", author="author_id", time="sent", partitions=partitions)
    rows = scored.toArrow().sort_by("place").to_pylist()
    assert [told(row) for row in rows] == [expected(record) for record in records["tracked"]]


def test_evidence_and_labels(spark, scorer):
    from jaga.spark import score_messages

    texts = [text for _, _, text, _ in CHAT] + [None, "", "besok ada ulangan"]
    df = spark.createDataFrame([(number, text) for number, text in enumerate(texts)], "n int, text string")
    rows = sorted(score_messages(df, labels=True, evidence=True, prefix="jaga_").collect(), key=lambda row: row["n"])
    for row, made in zip(rows, scorer.score_many(texts, labels=True, evidence=True).to_pylist(), strict=True):
        assert [row[f"jaga_{name}"] for name in ("score", "band", "label", "lang", "labels")] == [made[name] for name in ("score", "band", "label", "lang", "labels")]
        assert (None if row["jaga_evidence"] is None else [one.asDict() for one in row["jaga_evidence"]]) == made["evidence"]


def test_rows_that_are_alone_and_rows_without_text(spark, scorer):
    from jaga.spark import score_conversations

    rows = [*CHAT, ("c1", "a", None, 4), ("c1", "a", "pindah ke aplikasi lain yuk", 5), (None, "a", CHAT[2][2], 6), ("", "a", CHAT[2][2], 7)]
    found = {row["n"]: row for row in score_conversations(spark.createDataFrame(rows, SCHEMA), conversation="c", author="a", order="n").collect()}
    tracker = scorer.conversations()
    for conversation, author, text, number in rows:
        if text is None:
            assert found[number]["score"] is None and found[number]["conversation_band"] is None
        else:
            message, so_far = tracker.score(conversation or "", text, author)
            assert (found[number]["score"], found[number]["conversation_score"]) == (message.score, so_far.score)


def test_one_conversation_larger_than_a_batch(spark, scorer):
    from jaga.spark import score_conversations

    texts = [CHAT[number % 3][2] if number % 50 == 0 else f"halo {number}" for number in range(25_000)]
    df = spark.createDataFrame([("c", "a", text, number) for number, text in enumerate(texts)], SCHEMA).repartition(3)
    made = {row["n"]: row["conversation_score"] for row in score_conversations(df, conversation="c", author="a", order="n").select("n", "conversation_score").collect()}
    whole = scorer.score_many(texts, conversation=["c"] * len(texts), author=["a"] * len(texts)).column("conversation_score").to_pylist()
    assert [made[number] for number in range(len(texts))] == whole


def test_repetitions_and_gaps_as_the_program_has_them(spark, run_jaga, tmp_path):
    from jaga.spark import score_conversations

    days = [0, 1, 1.5, 40, 41, 42, 90]
    rows = [("c", "a", CHAT[number % 3][2], f"m{5 if number == 4 else number}", START + int(day * 86_400)) for number, day in enumerate(days)]
    rows += [("d", "a", "halo", f"x{number}", START + number * 86_400) for number in range(100)]
    rows.sort(key=lambda row: row[4])
    path = tmp_path / "chat.jsonl"
    path.write_text("".join(
        json.dumps({"conversation_id": c, "author_id": a, "text": text, "message_id": m, "timestamp": f"{datetime.datetime.fromtimestamp(at, datetime.timezone.utc):%Y-%m-%dT%H:%M:%SZ}"}) + "\n"
        for c, a, text, m, at in rows))
    lines = [json.loads(line) for line in run_jaga("score", path, "--forget-after", "30", "--no-progress").splitlines()]
    df = spark.createDataFrame(rows, "c string, a string, text string, m string, at long").selectExpr("*", "timestamp_seconds(at) AS sent")
    scored = score_conversations(df, conversation="c", author="a", time="sent", message="m", forget_after=datetime.timedelta(days=30))
    assert sorted((row["c"], row["m"], *told(row)) for row in scored.collect()) == sorted(
        (line["conversation_id"], line["message_id"], *expected(line)) for line in lines)
    assert len(lines) == len(rows) - 1
    without = {(row["c"], row["m"]): told(row) for row in score_conversations(df, conversation="c", author="a", time="sent", message="m").collect()}
    assert without != {(row["c"], row["m"]): told(row) for row in scored.collect()}


def test_a_model_and_a_lexicon_of_ones_own(spark, root, run_jaga, tmp_path):
    from jaga.spark import score_messages

    folder = next(path for path in sorted((root / "Examples/lexicons").iterdir()) if path.is_dir())
    run_jaga("lexicon", "compile", folder, "--output", tmp_path / "my.overlay")
    model = tmp_path / "own.jaga"
    model.write_bytes((root / "Models/default.jaga").read_bytes())
    df = spark.createDataFrame(CHAT, SCHEMA)
    own = jaga.Scorer(model, base_rate=0.01, lexicon=tmp_path / "my.overlay")
    for _ in range(2):
        found = {row["n"]: row["score"] for row in score_messages(df, model=model, base_rate=0.01, lexicon=tmp_path / "my.overlay").collect()}
        assert found == {number: own.score(text).score for _, _, text, number in CHAT}
    with pytest.raises(jaga.ModelError, match="nowhere.jaga"):
        score_messages(df, model=tmp_path / "nowhere.jaga")
    with pytest.raises(jaga.InputError, match="base rate"):
        score_messages(df, base_rate=2)


def test_a_worker_with_another_model(spark, monkeypatch):
    from jaga.spark import _functions, score_messages
    from jaga.spark._model import ModelSource
    from pyspark.errors import PythonException

    monkeypatch.setattr(_functions, "ship", lambda *_: ModelSource(None, None, None, "00000000"))
    with pytest.raises(PythonException, match="the worker opened model .*, and the driver 00000000; install one version"):
        score_messages(spark.createDataFrame(CHAT, SCHEMA)).collect()


def test_frames_that_are_empty(spark):
    from jaga.spark import score_conversations, score_messages

    df = spark.createDataFrame([], SCHEMA)
    assert score_messages(df, labels=True, evidence=True).collect() == []
    scored = score_conversations(df, conversation="c", author="a", order="n", labels=True, evidence=True, message="a")
    assert scored.collect() == [] and scored.columns[-3:] == ["support_needed", "labels", "evidence"]


def test_names_that_need_care(spark):
    from jaga.spark import score_conversations

    df = spark.createDataFrame(CHAT, "`from` string, `Wer war's` string, Text string, `message id` int")
    rows = score_conversations(df, conversation="FROM", author="Wer war's", order="message id").collect()
    assert sorted(row["message id"] for row in rows) == [1, 2, 3]


def test_bytes_that_are_no_text(spark, scorer):
    from jaga.spark import score_conversations

    df = spark.sql("SELECT CAST(X'68ff61' AS STRING) AS text, CAST(X'ff' AS STRING) AS c, id AS n FROM range(3)")
    found = [row["conversation_score"] for row in score_conversations(df, conversation="c", author="c", order="n", message="text").select("n", "conversation_score").collect()]
    assert found == [scorer.conversations().score("c", "h\ufffda", "a")[1].score]


def test_ids_that_a_collation_takes_for_one(spark, scorer):
    from jaga.spark import score_conversations

    rows = [("C1" if number % 2 else "c1", "a", text, number) for number, (_, _, text, _) in enumerate(CHAT * 4)]
    df = spark.createDataFrame(rows, SCHEMA).selectExpr("c COLLATE UTF8_LCASE AS c", "a", "text", "n")
    found = {row["n"]: row["conversation_score"] for row in score_conversations(df, conversation="c", author="a", order="n").collect()}
    tracker = scorer.conversations()
    assert found == {number: tracker.score(c, text, a)[1].score for c, a, text, number in rows}


@pytest.mark.parametrize(("change", "message"), [
    ({"text": "body"}, "there is no column 'body' for the text; the table has 4 columns, among them text; if"),
    ({"text": "n"}, "the column 'n' for the text is of type int, and string is needed; cast it first"),
    ({"conversation": "n"}, "the column 'n' for the conversation is of type int"),
    ({"time": "n"}, "the column 'n' for the time is of type int, and timestamp or timestamp_ntz is needed"),
    ({"order": ()}, "rows of a Spark frame have no order"),
    ({"partitions": 0}, "partitions is a number from 1 to 2147483647, and this is 0"),
    ({"forget_after": datetime.timedelta(days=1)}, "forget_after needs the column of times")])
def test_what_cannot_be(spark, change, message):
    from jaga.spark import score_conversations

    with pytest.raises(jaga.InputError, match=message):
        score_conversations(spark.createDataFrame(CHAT, SCHEMA), **({"conversation": "c", "author": "a", "order": "n"} | change))


def test_frames_that_cannot_be(spark):
    from jaga.spark import score_conversation_stream, score_conversations, score_messages
    import pandas

    df = spark.createDataFrame(CHAT, SCHEMA)
    with pytest.raises(TypeError, match="takes a Spark DataFrame, and this is pandas"):
        score_messages(pandas.DataFrame({"text": ["halo"]}))
    with pytest.raises(jaga.InputError, match="column 3 of 3 has the name of one before it"):
        score_messages(df.selectExpr("text", "a", "c AS A"))
    with pytest.raises(jaga.InputError, match="column 2 of 2 has a dot"):
        score_messages(df.selectExpr("text", "c AS `a.b`"))
    with pytest.raises(jaga.InputError, match="the frame has a column 'band' already; give a prefix"):
        score_messages(df.selectExpr("text", "c AS Band"))
    with pytest.raises(TypeError, match="the text is the name of a column, a str, and this is Column"):
        score_messages(df, df["text"])
    with pytest.raises(jaga.InputError, match="needs a stream"):
        score_conversation_stream(df.selectExpr("*", "now() AS t"), conversation="c", time="t")
    with pytest.raises(jaga.InputError, match="the column 'w' is of type interval month, which Arrow does not carry"):
        score_messages(df.selectExpr("text", "INTERVAL 1 MONTH AS w"))
    with pytest.raises(TypeError, match="order is the name of a column or a list of names, and this is Column"):
        score_conversations(df, conversation="c", order=df["n"])
    with pytest.raises(TypeError, match="partitions is an int, and this is bool"):
        score_conversations(df, conversation="c", order="n", partitions=True)
    with pytest.raises(TypeError, match="forget_after is a datetime.timedelta"):
        score_conversations(df, conversation="c", order="n", forget_after=3)


def test_a_stream_where_a_frame_should_be(spark, tmp_path):
    from jaga.spark import score_conversations, score_messages

    (tmp_path / "in").mkdir()
    stream = spark.readStream.schema(SCHEMA).json(str(tmp_path / "in"))
    with pytest.raises(jaga.InputError, match="use score_conversation_stream"):
        score_conversations(stream, conversation="c", order="n")
    assert score_messages(stream).isStreaming
