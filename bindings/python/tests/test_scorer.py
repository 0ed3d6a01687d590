"""One scorer: what it gives, for many threads and processes, and for what nobody should send."""

import concurrent.futures
import gc
import multiprocessing
import os
import pickle
import random
import resource

import jaga
import pytest

RISKY = "gw isiin 50rb, asal kirim foto yg kmrn dulu yaa"
TEXTS = [RISKY, "umur berapa dek?", "besok ada ulangan matematika", "kak tolong, ada yang ancam mau sebar fotoku", "", "😀", "lagi ngapain"]


def test_a_score(scorer):
    made = scorer.score(RISKY)
    assert (made.band, made.track, made.stage, made.label, made.lang) == ("high", "topup", "request", "topup.request", "id")
    assert 0.99 < made.score < 1 and list(made.labels) == ["topup.request", "topup.condition"]
    assert len(made.probabilities) == len(jaga.LABELS) == 20
    assert made.probabilities[jaga.LABELS.index("topup.request")] == made.labels["topup.request"]
    with pytest.raises(AttributeError):
        made.score = 0


def test_a_disclosure(scorer):
    made = scorer.score(TEXTS[3])
    assert made.disclosure > 0.5 > made.score


def test_base_rate(scorer):
    rare = jaga.Scorer(base_rate=0.001).score(TEXTS[1])
    usual = scorer.score(TEXTS[1])
    assert rare.score < usual.score and rare.band == usual.band
    for rate in (0, 1, -1, float("nan")):
        with pytest.raises(jaga.InputError, match="a base rate lies above 0 and below 1"):
            jaga.Scorer(base_rate=rate)


def test_versions():
    from importlib.metadata import version

    assert jaga.__version__ == version("jaga")
    assert jaga.BANDS == ("none", "watch", "review", "high") and jaga.LANGUAGES == ("id", "en", "mix", "other")


def test_a_model_that_is_none(tmp_path):
    with pytest.raises(jaga.ModelError, match="nowhere.jaga"):
        jaga.Scorer(tmp_path / "nowhere.jaga")
    damaged = tmp_path / "damaged.jaga"
    damaged.write_bytes(b"JAGA" + bytes(1000))
    with pytest.raises(jaga.ModelError, match="damaged.jaga"):
        jaga.Scorer(damaged)
    with pytest.raises(jaga.InputError, match="zero byte"):
        jaga.Scorer("a\0b")


def test_overlay(root, run_jaga, tmp_path, scorer):
    lists = root / "Examples/lexicons"
    folder = next(path for path in sorted(lists.iterdir()) if path.is_dir())
    run_jaga("lexicon", "compile", folder, "--output", tmp_path / "my.overlay")
    added = jaga.Scorer(lexicon=tmp_path / "my.overlay")
    assert added.model_id.startswith(scorer.model_id + "+")


def test_closing():
    with jaga.Scorer() as opened:
        tracker, explained = opened.conversations(), opened.explain(RISKY)
    opened.close()
    for call in (lambda: opened.score(""), lambda: opened.score_many([""]), lambda: opened.explain(""), opened.conversations, lambda: opened.model_id):
        with pytest.raises(ValueError, match="the scorer is closed; make a new one"):
            call()
    assert repr(opened) == "<jaga.Scorer, closed>"
    assert tracker.score("c", RISKY)[0] == explained.score


def test_pickle(scorer):
    again = pickle.loads(pickle.dumps(jaga.Scorer(base_rate=0.01)))
    assert again.score(RISKY) == jaga.Scorer(base_rate=0.01).score(RISKY) != scorer.score(RISKY)


def test_eight_threads(scorer):
    expected = [scorer.score(text) for text in TEXTS]
    column = TEXTS * 500
    table = scorer.score_many(column)

    def work(number):
        for _ in range(200):
            assert [scorer.score(text) for text in TEXTS] == expected
        assert scorer.score_many(column, threads=2).equals(table)
        return number

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(8))) == list(range(8))


def test_closing_under_way(scorer):
    expected = scorer.score_many(TEXTS * 2000).column("score").to_pylist()
    for _ in range(10):
        opened = jaga.Scorer()
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            job = pool.submit(opened.score_many, TEXTS * 2000)
            opened.close()
            try:
                assert job.result().column("score").to_pylist() == expected
            except ValueError as error:
                assert "closed" in str(error)


SHARED = None


def _in_child(text):
    return SHARED.score(text).score, SHARED.score_many([text] * 100, threads=2).column("score").to_pylist()


def test_fork_pool(scorer):
    global SHARED
    SHARED = scorer
    scorer.score_many(TEXTS, threads=2)
    with multiprocessing.get_context("fork").Pool(4) as pool:
        found = pool.map_async(_in_child, TEXTS * 4).get(60)
    assert found == [(scorer.score(text).score, [scorer.score(text).score] * 100) for text in TEXTS * 4]


def test_spawned_process(scorer):
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply_async(scorer.score, (RISKY,)).get(60) == scorer.score(RISKY)


def _memory():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize()


def test_opening_and_closing_leaks_nothing():
    def cycles(count):
        for _ in range(count):
            with jaga.Scorer() as opened:
                opened.score(RISKY)
                opened.explain(RISKY)
                opened.conversations(64).score("c", RISKY)

    files = len(os.listdir("/proc/self/fd"))
    cycles(50)
    gc.collect()
    before = _memory()
    cycles(150)
    gc.collect()
    assert _memory() - before < 8 << 20
    assert len(os.listdir("/proc/self/fd")) == files


def test_hostile_texts(scorer):
    chance = random.Random(8)
    texts = ["\0", "a\0b", "\ud800", "\udc00x\ud800", "x" * 1_000_000, "\u202e\u200b" * 500, "🏳️‍🌈" * 300, "\n\r\t", "ﷺ" * 400]
    texts += ["".join(chr(chance.choice((chance.randrange(0x80), chance.randrange(0x110000)))) for _ in range(chance.randrange(200))) for _ in range(500)]
    alone = [scorer.score(text) for text in texts]
    for made in alone:
        assert 0 <= made.score <= 1 and 0 <= made.disclosure <= 1 and made.band in jaga.BANDS
    assert scorer.score_many(texts).column("score").to_pylist() == [made.score for made in alone]
    for text in texts[:60]:
        if len(text) < 10_000:
            explained = scorer.explain(text)
            assert explained.score == scorer.score(text)
            assert all(term.words for term in explained.evidence if term.begin != term.end)


def test_half_a_pair_becomes_the_replacement(scorer):
    assert scorer.score("hai \ud83d dek") == scorer.score("hai \ufffd dek")
    assert scorer.score("hai \ud83d\ude00 dek") == scorer.score("hai 😀 dek")


@pytest.mark.parametrize("wrong", [None, 3, b"x", ["x"]])
def test_what_is_no_text(scorer, wrong):
    with pytest.raises(TypeError, match="a text is a str, and this is"):
        scorer.score(wrong)
    with pytest.raises(TypeError):
        scorer.explain(wrong)
