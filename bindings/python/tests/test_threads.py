"""The GIL is given away, forks of a busy process go on, and nothing is left behind."""

import concurrent.futures
import gc
import multiprocessing
import os
import pathlib
import signal
import threading
import time
import tracemalloc

import jaga
import pyarrow as pa
import pytest

RISKY = "gw isiin 50rb, asal kirim foto yg kmrn dulu yaa"
COLUMN = pa.array([RISKY, "umur berapa dek?", "besok ada ulangan", "lagi ngapain"] * 2000)


def test_python_goes_on_meanwhile(scorer):
    """One piece of a column is one call; without the GIL another thread counts as fast as ever, with it not at all."""
    def counted(until):
        count, begin = 0, time.monotonic()
        while not until(time.monotonic() - begin):
            count += 1
        return count / (time.monotonic() - begin)

    alone = counted(lambda seconds: seconds > 0.2)
    shares = []
    for _ in range(5):
        thread = threading.Thread(target=scorer.score_many, args=(COLUMN,), kwargs={"threads": 1})
        thread.start()
        shares.append(counted(lambda _: not thread.is_alive()) / alone)
    assert max(shares) > 0.2


@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="one processor")
def test_two_threads_are_faster_than_one(scorer):
    def seconds(threads):
        work = [threading.Thread(target=scorer.score_many, args=(COLUMN,), kwargs={"threads": 1}) for _ in range(threads)]
        begin = time.monotonic()
        for one in work:
            one.start()
        for one in work:
            one.join()
        return (time.monotonic() - begin) / threads

    # Each pair side by side; other work of the machine may disturb some.
    assert max(seconds(1) / seconds(2) for _ in range(8)) > 1.25


def test_threads_share_a_transcript(tmp_path):
    path = tmp_path / "chat.jsonl"
    path.write_text("".join(f'{{"text":"halo {number}"}}\n' for number in range(20_000)) + "no json\n")
    with jaga.Transcript(path, rows=50) as transcript, concurrent.futures.ThreadPoolExecutor(4) as pool:
        parts = list(pool.map(lambda _: [text for batch in transcript for text in batch.column("text").to_pylist()], range(4)))
        assert sorted(text for part in parts for text in part) == sorted(f"halo {number}" for number in range(20_000))
        assert transcript.skipped == 1


def test_closing_a_transcript_under_way(tmp_path):
    path = tmp_path / "chat.jsonl"
    path.write_text("".join(f'{{"text":"halo {number}"}}\n' for number in range(50_000)))
    for _ in range(20):
        transcript = jaga.Transcript(path, rows=40_000)
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            job = pool.submit(lambda: sum(len(batch) for batch in transcript))
            transcript.close()
            try:
                assert job.result() == 50_000
            except ValueError as error:
                assert str(error) == "the transcript is closed; open it again"


def test_forks_of_a_busy_process(scorer):
    """Threads are inside the library when the process forks; the child has none of them, and nothing that they held."""
    expected, table = scorer.score(RISKY), scorer.score_many([RISKY] * 50)
    stop = threading.Event()

    def work(many):
        while not stop.is_set():
            scorer.score_many([RISKY] * 50, threads=2) if many else scorer.score(RISKY)

    busy = [threading.Thread(target=work, args=(many,)) for many in (False, False, True, True)]
    for one in busy:
        one.start()
    try:
        for _ in range(40):
            child = os.fork()
            if child == 0:
                signal.alarm(20)
                right = scorer.score(RISKY) == expected and scorer.score_many([RISKY] * 50, threads=2).equals(table)
                os._exit(0 if right and scorer.conversations().score("c", RISKY)[0] == expected else 1)
            assert os.waitpid(child, 0)[1] == 0, "a child hangs or gives other results"
    finally:
        stop.set()
        for one in busy:
            one.join()


def _in_child(text):
    with jaga.Scorer() as opened:
        return opened.score(text), opened.score_many([text] * 10).column("score").to_pylist()


def test_spawned_pool(scorer):
    texts = [RISKY, "umur berapa dek?", "halo"] * 2
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        found = pool.map_async(scorer.score, texts).get(120)
        opened = pool.map_async(_in_child, texts).get(120)
    assert found == [scorer.score(text) for text in texts]
    assert opened == [(scorer.score(text), [scorer.score(text).score] * 10) for text in texts]


def test_python_keeps_nothing(scorer):
    # Made once: pyarrow keeps some objects of its own when it turns lists into arrays.
    texts, numbers, ids = pa.array([RISKY, None]), pa.array([1]), pa.array(["c", "c"])

    def cycle():
        with jaga.Scorer() as opened:
            opened.score_many(texts, labels=True, evidence=True, conversation=ids)
            tracker = opened.conversations(64)
            tracker.restore("d", (tracker.score("c", RISKY), tracker.state("c"))[1])
            opened.explain(RISKY)._repr_html_()
            try:
                opened.score_many(numbers)
            except TypeError:
                pass

    def held():
        """Bytes that were allocated from the package's own lines; other tests may have left threads that allocate too."""
        gc.collect()
        own = tracemalloc.Filter(True, str(pathlib.Path(jaga.__file__).parent / "*"))
        return sum(trace.size for trace in tracemalloc.take_snapshot().filter_traces([own]).traces)

    tracemalloc.start()
    try:
        for _ in range(5):
            cycle()
        with jaga.Scorer() as kept:
            # What is held is seen.
            assert kept.score(RISKY) and held() > 0
        del kept
        before, arrow = held(), pa.total_allocated_bytes()
        for _ in range(40):
            cycle()
        # A hundred bytes a cycle would be seen.
        assert held() - before < 4000
        assert pa.total_allocated_bytes() == arrow
    finally:
        tracemalloc.stop()
