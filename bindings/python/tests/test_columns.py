"""Columns of every kind in, tables of every kind out."""

import subprocess
import sys

import jaga
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

TEXTS = ["gw isiin 50rb, asal kirim foto dulu", None, "umur berapa dek?", "", "halo"]
FULL = [text or "" for text in TEXTS]


@pytest.fixture(scope="module")
def expected(scorer):
    return [None if text is None else scorer.score(text).score for text in TEXTS]


COLUMNS = {
    "list": TEXTS, "tuple": tuple(TEXTS), "iterator": None, "numpy objects": np.array(TEXTS, dtype=object),
    "arrow": pa.array(TEXTS), "large": pa.array(TEXTS, pa.large_string()), "view": pa.array(TEXTS, pa.string_view()),
    "dictionary": pa.array(TEXTS).dictionary_encode(), "chunks": pa.chunked_array([TEXTS[:2], [], TEXTS[2:]], pa.string()),
    "slice": pa.array(["x", *TEXTS, "y"]).slice(1, len(TEXTS)), "table": pa.table({"text": TEXTS}),
    "batch": pa.RecordBatch.from_pydict({"n": range(5), "text": TEXTS}), "pandas": pd.Series(TEXTS),
    "pandas frame": pd.DataFrame({"text": TEXTS}), "pandas arrow": pd.Series(TEXTS, dtype="string[pyarrow]"),
    "pandas NaN": pd.Series([np.nan if text is None else text for text in TEXTS], dtype=object), "polars": pl.Series(TEXTS),
    "polars frame": pl.DataFrame({"text": TEXTS}), "polars categories": pl.Series(TEXTS, dtype=pl.Categorical)}


@pytest.mark.parametrize("kind", COLUMNS)
def test_columns(scorer, expected, kind):
    column = iter(TEXTS) if kind == "iterator" else COLUMNS[kind]
    table = scorer.score_many(column)
    assert isinstance(table, pa.Table)
    assert table.column("score").to_pylist() == expected
    assert table.column_names == ["score", "disclosure", "band", "label", "lang"]
    assert all(table.column(name).null_count == 1 for name in table.column_names)


def test_numpy_text(scorer):
    assert scorer.score_many(np.array(FULL)).column("score").to_pylist() == [scorer.score(text).score for text in FULL]


@pytest.mark.parametrize("empty", [[], pa.array([], pa.string()), pd.Series([], dtype=object), pl.Series([], dtype=pl.String)])
def test_no_rows(scorer, empty):
    table = scorer.score_many(empty, labels=True, evidence=True)
    assert len(table) == 0 and table.column_names[-2:] == ["labels", "evidence"]
    assert len(scorer.score_many(empty, conversation=empty)) == 0


def test_only_nulls(scorer):
    assert scorer.score_many([None, None]).column("score").to_pylist() == [None, None]


def test_labels(scorer):
    rows = scorer.score_many(TEXTS, labels=True).column("labels").to_pylist()
    assert rows == [None if text is None else list(scorer.score(text).probabilities) for text in TEXTS]


def test_evidence_lies_on_the_words(scorer):
    row = scorer.score_many(TEXTS, evidence=True).to_pylist()[0]
    data = TEXTS[0].encode()
    assert "kirim foto" in {data[one["begin"]:one["end"]].decode() for one in row["evidence"]}


def test_outputs(scorer, expected):
    frame = pd.DataFrame({"text": TEXTS}, index=list("edcba"))
    made = scorer.score_many(frame, output="same")
    assert list(made.index) == list("edcba") and list(made["band"])[2] == "watch"
    assert list(made["score"].dropna()) == [one for one in expected if one is not None]
    kept = scorer.score_many(pl.Series(TEXTS), output="same")
    assert isinstance(kept, pl.DataFrame) and kept["score"].to_list() == expected
    assert isinstance(scorer.score_many(TEXTS, output="same"), pa.Table)
    assert isinstance(scorer.score_many(pl.Series(TEXTS), output="pandas"), pd.DataFrame)
    with pytest.raises(jaga.InputError, match="output is one of arrow, pandas, polars, same, and this is 'spark'"):
        scorer.score_many(TEXTS, output="spark")


def test_bands_are_in_order_in_pandas(scorer):
    texts = [*TEXTS, *FULL]
    made = scorer.score_many(pd.DataFrame({"text": texts, "c": "c"}), conversation="c", output="same")
    plain = scorer.score_many(texts, conversation=["c"] * len(texts))
    for name in ("band", "conversation_band"):
        assert list(made[name].cat.categories) == list(jaga.BANDS) and made[name].cat.ordered
        said = plain.column(name).to_pylist()
        assert [None if one is None else str(one) for one in made[name].astype(object).where(made[name].notna(), None)] == said
        assert list(made[name] >= "watch") == [one is not None and one != "none" for one in said]
    assert len(scorer.score_many([], output="pandas")) == 0


def test_conversations(scorer):
    rows = pa.table({"chat": ["a", "b", "a", None, "a"], "who": ["x", "x", "x", "x", "y"], "body": FULL})
    made = scorer.score_many(rows, text="body", conversation="chat", author="who").to_pylist()
    tracker = scorer.conversations()
    for row, chat, who, text in zip(made, ["a", "b", "a", "", "a"], ["x", "x", "x", "x", "y"], FULL):
        one, so_far = tracker.score(chat, text, who)
        assert (row["score"], row["band"], row["label"]) == (one.score, one.band, one.label)
        assert (row["conversation_score"], row["conversation_band"], row["support_needed"]) == (so_far.score, so_far.band, so_far.support_needed)
    assert made[2]["score"] != scorer.score(FULL[2]).score


def test_a_tracker_goes_on(scorer):
    whole = scorer.score_many(FULL, conversation=["c"] * 5)
    tracker = scorer.conversations()
    parts = [scorer.score_many(FULL[at:at + 2], conversation=["c"] * len(FULL[at:at + 2]), tracker=tracker) for at in (0, 2, 4)]
    assert pa.concat_tables(parts).to_pylist() == whole.to_pylist()
    assert tracker.summary("c").messages == 5


def test_more_conversations_than_a_tracker_usually_has(scorer, recwarn):
    """Interleaved, so that one that were given up would begin anew."""
    count, texts = 70_000, ["umur berapa dek?", "sendirian di rumah?"]
    ids = pa.array(range(count))
    made = scorer.score_many([text for text in texts for _ in range(count)], conversation=pa.concat_arrays([ids, ids])).column("conversation_score")
    tracker = scorer.conversations()
    first, second = (tracker.score("c", text)[1].score for text in texts)
    assert first != second and made.to_pylist() == [first] * count + [second] * count
    assert not [one for one in recwarn if one.category is UserWarning]


def test_a_tracker_that_gives_conversations_up_says_so(scorer):
    tracker = scorer.conversations(64)
    before = [tracker.score(f"x{number}", "halo") for number in range(200)] and tracker.evictions
    with pytest.warns(UserWarning, match=r"the tracker gave up \d+ conversations, .* scorer.conversations\(capacity=…\)") as caught:
        scorer.score_many(["halo"] * 500, conversation=list(range(500)), tracker=tracker)
    assert len(caught) == 1 and caught[0].filename == __file__ and f"gave up {tracker.evictions - before} " in str(caught[0].message)


HEADER = "; if it comes from a file without a header, give the columns names first"


@pytest.mark.parametrize("table", [
    pd.DataFrame([["c2", "a", "halo"]], columns=["c1", "b", "RAHASIA"]), pd.DataFrame([[1, 2]], columns=["RAHASIA kita, ya?", 7]),
    pa.table([["x"], ["y"]], names=["RAHASIA", "RAHASIA kita"]), pl.DataFrame({"RAHASIA": ["x"], "Chat": ["y"]})], ids=lambda one: type(one).__module__)
def test_a_file_without_a_header_is_not_quoted(scorer, table):
    with pytest.raises(jaga.InputError) as caught:
        scorer.score_many(table)
    count, among = table.shape[1], ", among them Chat" if isinstance(table, pl.DataFrame) else ""
    assert str(caught.value) == f"there is no column 'text'; the table has {count} columns{among}" + HEADER


@pytest.mark.parametrize("arguments, error, sentence", [
    (("one text",), TypeError, "many texts are a list or a column, and this is str; for one text use score()"),
    (([1, 2],), TypeError, "every text is a str or None, and the one at index 0 is int; make numbers text first, with str() of each"),
    ((["geheim", 2],), TypeError, "every text is a str or None, and the one at index 1 is int; make numbers text first, with str() of each"),
    ((pa.array([1, 2]),), TypeError, "a column of text is needed, and this is one of int64"),
    ((np.array([["a"], ["b"]], dtype=object),), TypeError, "every text is a str or None, and the one at index 0 is list"),
    ((pa.table({"body": ["x"]}),), jaga.InputError, "there is no column 'text'; the table has 1 column, among them body" + HEADER)])
def test_what_is_no_column(scorer, arguments, error, sentence):
    with pytest.raises(error) as caught:
        scorer.score_many(*arguments)
    assert str(caught.value) == sentence


def test_options_that_do_not_fit(scorer):
    for options, sentence in [
        ({"author": ["a"]}, "author and tracker need a conversation"),
        ({"conversation": "chat"}, "'chat' names a column, and the texts are no table; give the column itself"),
        ({"conversation": ["a", "b"]}, "columns have as many rows as there are texts, and these have text 1, conversation_id 2"),
        ({"threads": -1}, "threads is a number from 0 on, and this is -1")]:
        with pytest.raises(jaga.InputError) as caught:
            scorer.score_many(["x"], **options)
        assert str(caught.value) == sentence


@pytest.mark.parametrize("code, gone, sentence", [
    ("import jaga.sklearn", "numpy", "this needs numpy; install it with: pip install 'jaga[sklearn]'"),
    ("import jaga.sklearn", "sklearn", "this needs sklearn; install it with: pip install 'jaga[sklearn]'"),
    ("import jaga.duckdb; jaga.duckdb.register(None)", "duckdb", "this needs duckdb; install it with: pip install 'jaga[duckdb]'"),
    ("import jaga; jaga.Scorer().score_many(['x'], output='polars')", "polars", "this needs polars; install it with: pip install polars"),
    ("import jaga; jaga.Scorer().score_many(['x'], output='pandas')", "pandas", "this needs pandas; install it with: pip install pandas")])
def test_what_is_not_installed(code, gone, sentence):
    before = f"""
import sys
class Gone:
    def find_spec(self, name, *_):
        if name == {gone!r}: raise ImportError(name)
sys.meta_path.insert(0, Gone())
"""
    done = subprocess.run([sys.executable, "-c", before + code], capture_output=True, text=True)
    assert done.returncode == 1 and done.stderr.splitlines()[-1] == f"ImportError: {sentence}"


def test_without_pyarrow():
    code = """
import sys
for name in ("pyarrow", "numpy", "pandas", "polars"): sys.modules[name] = None
import jaga
print(jaga.Scorer().score("umur berapa dek?").band)
try: jaga.Scorer().score_many(["x"])
except ImportError as error: print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["watch", "this needs pyarrow; install it with: pip install 'jaga[arrow]'"]
