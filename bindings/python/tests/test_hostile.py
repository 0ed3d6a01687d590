"""What a stranger may do to the package: wrong kinds, damage, copies, interruptions, other people's libraries."""

import copy
import os
import pickle
import shutil
import signal
import struct
import subprocess
import sys
import time
import uuid

import jaga
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from jaga._library import ABI

RISKY = "gw isiin 50rb, asal kirim foto yg kmrn dulu yaa"
MISSING = "; it is a missing one: give None there, or the list as a pandas Series"


@pytest.mark.parametrize("wrong, sentence", [
    (None, "many texts are a list or a column, and this is NoneType"),
    (3, "many texts are a list or a column, and this is int"),
    ({"text": ["a"]}, "many texts are a list or a column, and this is dict; for one text use score()"),
    ({"a", "b"}, "many texts are a list or a column, and this is set; for one text use score()"),
    (b"a", "many texts are a list or a column, and this is bytes; for one text use score()"),
    ([b"a"], "every text is a str or None, and the one at index 0 is bytes; decode bytes first, as with .decode('utf-8')"),
    (["a", b"b"], "every text is a str or None, and the one at index 1 is bytes; decode bytes first, as with .decode('utf-8')"),
    (["a", float("nan")], "every text is a str or None, and the one at index 1 is float" + MISSING),
    (["a", None, pd.NA], "every text is a str or None, and the one at index 2 is NAType" + MISSING),
    ([pd.NaT, "a"], "every text is a str or None, and the one at index 0 is NaTType" + MISSING),
    (["a", 1.5], "every text is a str or None, and the one at index 1 is float; make numbers text first, with str() of each"),
    (["\ud800", 3], "every text is a str or None, and the one at index 1 is int; make numbers text first, with str() of each"),
    ([["a"]], "every text is a str or None, and the one at index 0 is list"),
    ([2**100], "every text is a str or None, and the one at index 0 is int; make numbers text first, with str() of each"),
    (np.array([b"a"]), "every text is a str or None, and the one at index 0 is bytes; decode bytes first, as with .decode('utf-8')"),
    (np.array("a"), "texts lie in one dimension"),
    (np.array([1, 2]), "every text is a str or None, and the one at index 0 is int; make numbers text first, with str() of each"),
    (pd.Series([1, 2]), "a column of text is needed, and this is one of int64"),
    (pl.LazyFrame({"text": ["a"]}), "a LazyFrame has no rows yet; collect() it first"),
    (pa.array([b"a"]), "a column of text is needed, and this is one of binary"),
    (pa.array([["a"]]), "a column of text is needed, and this is one of list<item: string>")], ids=repr)
def test_what_holds_no_text(scorer, wrong, sentence):
    with pytest.raises(TypeError) as caught:
        scorer.score_many(wrong)
    assert str(caught.value) == sentence


@pytest.mark.parametrize("column", [
    pd.Series(["RAHASIA kita", 3]).astype("category"), pd.Series(["RAHASIA kita", 3], dtype=object), ["RAHASIA kita", 3],
    pd.Series(["RAHASIA kita", b"x"])], ids=lambda one: str(getattr(one, "dtype", "list")))
def test_errors_hold_no_text(scorer, column):
    with pytest.raises(TypeError) as caught:
        scorer.score_many(column)
    seen, error = [], caught.value
    while error is not None:
        seen.append(repr(error))
        error = error.__cause__ or error.__context__
    # Nor does what an error came from, unless it is shown to nobody.
    assert not any("RAHASIA" in one for one in seen), seen


@pytest.mark.parametrize("buffer, begin", [(0, 41), (0, 100_000_000), (1, 0), (-1, 0), (0, -1)])
def test_views_that_point_beyond_their_buffers(scorer, buffer, begin):
    data = b"x" * 60
    views = pa.py_buffer(struct.pack("<i4sii", 20, data[:4], buffer, begin))
    column = pa.Array.from_buffers(pa.string_view(), 1, [None, views, pa.py_buffer(data)])
    with pytest.raises(jaga.InputError, match="row 0"):
        scorer.score_many(column)
    views = pa.py_buffer(struct.pack("<i4sii", 20, data[:4], 0, 40))
    whole = pa.Array.from_buffers(pa.string_view(), 1, [None, views, pa.py_buffer(data)])
    assert scorer.score_many(whole).column("score").to_pylist() == [scorer.score("x" * 20).score]


@pytest.mark.parametrize("kind", ["object", "category", "string[python]"])
def test_half_a_surrogate_in_pandas(scorer, kind):
    column = pd.Series(["umur berapa \ud800", "halo"], dtype=object).astype(kind)
    expected = scorer.score_many(["umur berapa \ufffd", "halo"]).column("score")
    assert pa.table(scorer.score_many(column, output="arrow")).column("score").to_pylist() == expected.to_pylist()


@pytest.mark.parametrize("missing", [
    np.array([None, float("nan"), pd.NA, pd.NaT], dtype=object), np.array([float("nan")] * 4), pd.Series([float("nan")] * 4), pd.Series([None] * 4),
    pl.Series([None] * 4), pa.nulls(4), pa.array([None] * 4, pa.string_view()), pa.array([None] * 4, pa.string()).dictionary_encode()],
    ids=lambda one: f"{type(one).__name__} {getattr(one, 'dtype', getattr(one, 'type', ''))}")
def test_nothing_but_missing(scorer, missing):
    assert scorer.score_many(missing).column("score").to_pylist() == [None] * 4


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view()], ids=str)
def test_views_of_every_layout(scorer, kind):
    texts = [RISKY, None, "umur berapa dek?", "", "halo 😀", "x" * 40] * 3
    expected = [None if text is None else scorer.score(text).score for text in texts]
    whole = pa.array(texts).cast(kind)
    for column in (whole, whole.dictionary_encode(), whole.cast(pa.string()).dictionary_encode()):
        assert scorer.score_many(column).column("score").to_pylist() == expected
        for begin, length in ((3, 7), (17, 1), (18, 0), (8, 10)):
            assert scorer.score_many(column.slice(begin, length)).column("score").to_pylist() == expected[begin:begin + length]
    chunks = pa.chunked_array([whole.slice(0, 2), whole.slice(2, 0), whole.slice(2, 16)])
    assert scorer.score_many(chunks).column("score").to_pylist() == expected


def test_dictionaries(scorer):
    def scores(column):
        return scorer.score_many(column).column("score").to_pylist()

    halo, risky = scorer.score("halo").score, scorer.score(RISKY).score
    assert scores(pa.DictionaryArray.from_arrays(pa.array([0, 1, None, 2], pa.int8()), pa.array(["halo", None, RISKY]))) == [halo, None, None, risky]
    assert scores(pa.DictionaryArray.from_arrays(pa.array([0, 1, 0], pa.uint64()), pa.array(["halo", RISKY]))) == [halo, risky, halo]
    two = pa.chunked_array([pa.array(["halo", RISKY]).dictionary_encode(), pa.array([RISKY, "halo"]).dictionary_encode()])
    assert scores(two) == [halo, risky, risky, halo]
    with pytest.raises(TypeError, match="this is one of dictionary<values=int64"):
        scorer.score_many(pa.array([1, 2]).dictionary_encode())


def test_arrow_that_is_broken(scorer):
    def column(offsets, data):
        return pa.Array.from_buffers(pa.string(), len(offsets) - 1, [None, pa.py_buffer(np.array(offsets, np.int32).tobytes()), pa.py_buffer(data)])

    assert scorer.score_many(column([0, 3], b"\xff\xfea")).column("score").to_pylist() == [scorer.score("\ufffd\ufffda").score]
    with pytest.raises(jaga.InputError, match="row 1: the offsets are negative or run backwards"):
        scorer.score_many(column([0, 3, 1], b"abc"))
    assert scorer.score_many(["halo"]).num_rows == 1


def test_more_rows_than_a_piece(scorer):
    from jaga import _arrow

    texts = [RISKY if row % 97 == 0 else None if row % 89 == 0 else f"halo {row % 50}" for row in range(2 * _arrow.PIECE + 5)]
    known = {text: None if text is None else scorer.score(text).band for text in set(texts)}
    for output in ("arrow", "pandas", "polars"):
        bands = scorer.score_many(texts, output=output)["band"]
        found = bands.to_pylist() if output == "arrow" else bands.to_list()
        assert [None if one is None or one != one else one for one in found] == [known[text] for text in texts]
    # A conversation that reaches over the border is one conversation.
    table = scorer.score_many(texts, conversation=["c"] * len(texts))
    tracker = scorer.conversations()
    last = [tracker.score("c", text)[1] for text in texts if text is not None][-1]
    assert table.column("conversation_score").to_pylist()[-1] == last.score


def test_ids_are_text_or_whole_numbers(scorer):
    def scored(ids, **options):
        return scorer.score_many(["umur berapa dek?", "halo", "sendirian di rumah?"], conversation=ids, **options).column("conversation_score").to_pylist()

    expected = scored(["7", "8", "7"])
    assert scored([7, 8, 7]) == scored(np.array([7, 8, 7])) == scored(pd.Series([7, 8, 7])) == scored(pl.Series([7, 8, 7])) == expected
    assert scored(pa.array(["7", "8", "7"]).dictionary_encode()) == expected
    assert scored([7, 8, 7], author=[1, 2, 1]) == scored(["7", "8", "7"], author=["1", "2", "1"])


FLOAT = "; whole numbers become float where some are missing: keep them as Int64, as pandas' astype('Int64') does, or as text"
TEXT = "; make ids text first, with str() of each or a cast to string"
UUIDS = [uuid.UUID(int=7), uuid.UUID(int=8)]


@pytest.mark.parametrize("ids, sentence", [
    ([7.0, 8.0], "every id is a str, an int or None, and the one at index 0 is float" + FLOAT),
    (pd.Series([7.0, float("nan")]), "a column of ids is needed, and this is one of double" + FLOAT),
    (pa.array([7.0, 8.0], pa.float32()), "a column of ids is needed, and this is one of float" + FLOAT),
    (UUIDS, "every id is a str, an int or None, and the one at index 0 is UUID" + TEXT),
    (pd.Series(UUIDS), "every id is a str, an int or None, and the one at index 0 is UUID" + TEXT),
    (np.array(UUIDS), "every id is a str, an int or None, and the one at index 0 is UUID" + TEXT),
    ([True, False], "every id is a str, an int or None, and the one at index 0 is bool" + TEXT),
    ([b"a", b"b"], "every id is a str, an int or None, and the one at index 0 is bytes" + TEXT),
    (pa.array([b"a", b"b"]), "a column of ids is needed, and this is one of binary" + TEXT),
    (["a", 7], "ids are text, or whole numbers of 64 bits, and these are both or larger; make ids text first, with str() of each"),
    ([2**100, 7], "ids are text, or whole numbers of 64 bits, and these are both or larger; make ids text first, with str() of each")],
    ids=lambda one: "" if isinstance(one, str) else repr(one))
def test_ids_of_other_kinds(scorer, ids, sentence):
    for options in ({"conversation": ids}, {"conversation": ["a", "b"], "author": ids}):
        with pytest.raises(TypeError) as caught:
            scorer.score_many(["halo", "apa"], **options)
        assert str(caught.value) == sentence


def test_ids_of_other_kinds_one_by_one(scorer):
    tracker = scorer.conversations()
    for wrong, remedy in ((7.0, FLOAT), (uuid.UUID(int=7), TEXT), (True, TEXT), (b"7", TEXT)):
        for call in (lambda one: tracker.score(one, "halo"), lambda one: tracker.score("c", "halo", one), tracker.summary, tracker.state, tracker.forget):
            with pytest.raises(TypeError) as caught:
                call(wrong)
            assert str(caught.value) == f"an id is a str or an int, and this is {type(wrong).__name__}{remedy}"


def test_ids_one_by_one_are_those_of_columns(scorer):
    tracker, text = scorer.conversations(), ["umur berapa dek?", "halo", "sendirian di rumah?"]
    found = [tracker.score(chat, one, who)[1].score for chat, one, who in zip([7, None, 7], text, [1, None, None])]
    assert found == scorer.score_many(text, conversation=[7, None, 7], author=[1, None, None]).column("conversation_score").to_pylist()
    assert tracker.summary(7) == tracker.summary("7") and tracker.summary(7).messages == 2
    other = scorer.conversations()
    other.restore(7, tracker.state(7))
    assert other.state("7") == tracker.state("7")
    other.forget(7)
    assert other.state("7") is None


def test_half_a_surrogate_in_names(root):
    half = "a path holds half of a surrogate pair, which no file's name has; take the name as os.listdir gives it, or spell it anew"
    for call in (lambda: jaga.Scorer("x\ud800.jaga"), lambda: jaga.Scorer(lexicon="x\ud800"), lambda: jaga.Transcript("x\ud800"), lambda: jaga.read_transcript("\udfff")):
        with pytest.raises(jaga.InputError) as caught:
            call()
        assert str(caught.value) == half and caught.value.__context__ is None
    with pytest.raises(jaga.InputError, match="'json\ufffd' is not a format; pass NULL or one of jsonl, csv"):
        jaga.Transcript(root / "Examples/gamers-whatsapp.txt", "json\ud800")
    # What stands for a byte that is no UTF-8 is a name.
    with pytest.raises(jaga.ModelError, match="cannot be opened"):
        jaga.Scorer("/nowhere/x\udcff.jaga")


@pytest.mark.parametrize("threads, options, rows", [
    (0, {}, 8), (1, {}, 1), (8, {}, 1), (9, {}, 2), (64, {}, 8), (1000, {}, 8), (0, {"evidence": True}, 1), (0, {"conversation": True}, 1)], ids=str)
def test_pieces_grow_with_the_threads(scorer, monkeypatch, threads, options, rows):
    """As many rows for each thread as eight threads have of one piece, where 64 processors are there."""
    from jaga import _arrow

    lengths, whole = [], _arrow.score_batch

    def looked_at(model, tracker, value, flags, threads):
        lengths.append(len(value))
        return whole(model, tracker, value[:1], flags, threads)

    monkeypatch.setattr(_arrow, "score_batch", looked_at)
    monkeypatch.setattr(_arrow.os, "cpu_count", lambda: 64)
    column = pa.array(["halo"] * (10 * _arrow.PIECE))
    scorer.score_many(column, threads=threads, **({"conversation": column} if "conversation" in options else options))
    assert lengths[0] == rows * _arrow.PIECE and sum(lengths) == len(column)


@pytest.mark.parametrize("rows", [1, 63, 64, 65, 129, 5000])
def test_more_threads_than_parts(scorer, rows):
    texts = [f"umur berapa {row} dek?" for row in range(rows)]
    expected = scorer.score_many(texts, threads=1).column("score").to_pylist()
    for threads in (2, 9, 64, 300):
        assert scorer.score_many(texts, threads=threads).column("score").to_pylist() == expected


def test_names_of_columns(scorer):
    expected = [scorer.score("a").score]
    assert scorer.score_many(pd.DataFrame({0: ["a"], 1: ["c"]}), text=0, conversation=1).column("score").to_pylist() == expected
    for twice in (pd.DataFrame([["a", "b"]], columns=["text", "text"]), pa.table([["a"], ["b"]], names=["text", "text"])):
        with pytest.raises(jaga.InputError, match="there are 2 columns 'text'; rename all but one"):
            scorer.score_many(twice)


def test_options_of_other_kinds(scorer):
    for options in ({"threads": "2"}, {"threads": 1.5}, {"threads": None}, {"conversation": ["c"], "tracker": 3}):
        with pytest.raises(TypeError):
            scorer.score_many(["a"], **options)
    for call in (lambda: scorer.conversations(1.5), lambda: jaga.Scorer(base_rate="x"), lambda: jaga.Scorer(3), lambda: jaga.Transcript("x", rows="y"),
                 lambda: jaga.Transcript("x", None), lambda: scorer.conversations().restore("c", "text"), lambda: scorer.conversations().score("c", None), lambda: scorer.conversations().summary(None)):
        with pytest.raises(TypeError):
            call()
    with pytest.raises(jaga.InputError, match="a path is empty; for the default model leave it out"):
        jaga.Scorer("")
    with pytest.raises(jaga.InputError, match="pass a tracker of the same model"):
        scorer.score_many(["a"], conversation=["c"], tracker=jaga.Scorer(base_rate=0.01).conversations())


def test_copies(scorer, root):
    for made in (copy.copy(scorer), copy.deepcopy(scorer), pickle.loads(pickle.dumps(scorer))):
        assert made.score(RISKY) == scorer.score(RISKY)
        made.close()
    explained = scorer.explain(RISKY)
    assert pickle.loads(pickle.dumps(explained)) == explained and len({scorer.score(RISKY), scorer.score(RISKY)}) == 1
    for held in (scorer.conversations(), jaga.Transcript(root / "Examples/gamers-whatsapp.txt"), scorer._model):
        for way in (copy.copy, copy.deepcopy, pickle.dumps):
            with pytest.raises(TypeError, match="cannot be copied or pickled"):
                way(held)
    never = jaga.Scorer.__new__(jaga.Scorer)
    with pytest.raises(ValueError, match="the scorer is closed; make a new one"):
        never.score("a")


def test_models_that_are_damaged(root, tmp_path):
    data = (root / "Models/default.jaga").read_bytes()
    path = tmp_path / "some.jaga"
    for damaged, sentence in [
        (b"", "is not a Jaga model"), (data[:7], "is not a Jaga model"), (data[:64], "has 64 bytes instead of"), (data[:-1], "copy it again"),
        (data + b"x", "copy it again"), (data[:-9] + bytes([data[-9] ^ 1]) + data[-8:], "its checksum does not match")]:
        path.write_bytes(damaged)
        with pytest.raises(jaga.ModelError, match=f"some.jaga: .*{sentence}"):
            jaga.Scorer(path)
    with pytest.raises(jaga.ModelError, match="is not an overlay"):
        jaga.Scorer(lexicon=root / "Models/default.jaga")


def test_a_giant_message(scorer):
    text = "halo umur berapa " * 300_000
    assert scorer.score_many([text, "halo"]).column("score").to_pylist() == [scorer.score(text).score, scorer.score("halo").score]
    assert scorer.score("x" * 5_000_000).band == "none"


class Pressed(Exception):
    """Stands for KeyboardInterrupt, which would end pytest."""


@pytest.mark.parametrize("options", [{}, {"evidence": True}, {"threads": 1}, {"conversation": True}], ids=str)
def test_interrupted(scorer, options):
    def press(*_):
        raise Pressed

    column = pa.array([RISKY, "umur berapa dek?", "besok ada ulangan", "lagi ngapain"] * 250_000)
    if "conversation" in options:
        options = {"conversation": pa.array(["c"] * len(column))}
    before, begin = signal.signal(signal.SIGALRM, press), time.monotonic()
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        with pytest.raises(Pressed):
            scorer.score_many(column, **options)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    # The whole column takes ten seconds and more.
    assert time.monotonic() - begin < 8
    assert scorer.score_many([RISKY]).column("score").to_pylist() == [scorer.score(RISKY).score]


def run_python(code, **environment):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ, **environment})
    return done.returncode, done.stdout.strip(), done.stderr


def test_ctrl_c():
    code = "import jaga, pyarrow; s = jaga.Scorer(); print(1, flush=True); s.score_many(pyarrow.array(['umur berapa dek?'] * 5_000_000))"
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    child.stdout.readline()
    time.sleep(1)
    child.send_signal(signal.SIGINT)
    begin = time.monotonic()
    errors = child.communicate(timeout=60)[1]
    assert "KeyboardInterrupt" in errors and time.monotonic() - begin < 10


def stub(folder, code, *options):
    """A library of somebody else."""
    path = folder / "libother.so"
    (folder / "other.c").write_text(code)
    subprocess.run([shutil.which("clang") or "cc", "-shared", "-fPIC", folder / "other.c", "-o", path, *options], check=True)
    return path


SCORE = "import jaga\ntry: jaga.Scorer()\nexcept jaga.JagaError as error: print(error)"


def test_a_library_of_another_version(tmp_path):
    path = stub(tmp_path, "int jaga_abi_version(void) { return 99; }")
    assert run_python(SCORE, JAGA_LIBRARY=str(path))[:2] == (0, f"{path} has ABI 99, and this package speaks ABI {ABI}; install both from one version")


def test_a_library_of_somebody_else(tmp_path):
    path = stub(tmp_path, "int other(void) { return 1; }")
    assert run_python(SCORE, JAGA_LIBRARY=str(path))[1] == f"{path} is no library of Jaga, and this package speaks ABI {ABI}; install both from one version"


def test_a_library_that_needs_what_is_not_there(tmp_path):
    gone = tmp_path / "libgone.so"
    stub(tmp_path, "int gone(void) { return 1; }").rename(gone)
    path = stub(tmp_path, "int gone(void); int other(void) { return gone(); }", f"-L{tmp_path}", "-lgone", "-Wl,--no-as-needed")
    gone.unlink()
    said = run_python(SCORE, JAGA_LIBRARY=str(path))[1]
    assert "libgone.so" in said and "it needs the system's ICU, simdjson, expat, zlib and zstd; in a checkout 'make setup' installs them" in said


def test_no_library(tmp_path):
    assert run_python(SCORE, JAGA_LIBRARY=str(tmp_path / "x.so"))[1].startswith(f"libjaga.so was not found at {tmp_path}/x.so; install the wheel, run scripts/")
    (tmp_path / "text.so").write_text("no library")
    assert "cannot be loaded" in run_python(SCORE, JAGA_LIBRARY=str(tmp_path / "text.so"))[1]


def test_no_model(tmp_path):
    code, said, _ = run_python(SCORE, JAGA_MODEL=str(tmp_path / "none.jaga"))
    assert code == 0 and "none.jaga" in said


def test_names_of_the_package():
    assert {"LABELS", "Scorer", "score_many"} - {*dir(jaga), *dir(jaga.Scorer)} == set()
    assert set(jaga.__all__) <= {*dir(jaga)}
    with pytest.raises(AttributeError, match="module 'jaga' has no attribute 'nothing'"):
        jaga.nothing
