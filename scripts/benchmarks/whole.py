"""What the whole program costs beside its speed: threads, start, memory, allocations, training."""

import json
import pathlib
import sys

from . import inputs, measure

HERE = pathlib.Path(__file__).resolve().parent
START_RUNS = 30


def scoring(path, *options, threads=1):
    return [measure.program(), "score", "--threads", threads, "--output", "jsonl", "--model", measure.model(), *options, path]


def two_threads(path, rounds, core):
    """How many times as fast two threads on two cores are as one, by the wall clock, in the best round of each."""
    best = {1: float("inf"), 2: float("inf")}
    for _ in range(rounds):
        for threads in best:
            cost = measure.run(scoring(path, threads=threads), cores=core if threads == 1 else None)
            best[threads] = min(best[threads], cost.seconds)
    return best[1] / best[2]


def start_to_end(folder):
    """Milliseconds of `jaga score` of a file of one message, in the best of many runs."""
    path = pathlib.Path(folder) / "one.jsonl"
    path.write_text('{"text": "umur berapa dek?"}\n', encoding="utf-8")
    return 1000 * min(measure.run(scoring(path)).seconds for _ in range(START_RUNS))


def opening():
    """Milliseconds until a Scorer stands, from the file alone, in the best of many openings in one process."""
    package = measure.ROOT / "Benchmarks"
    measure.captured(["swift", "build", "-c", "release", "--package-path", package, "--product", "opening"])
    return float(measure.captured([package / ".build/release/opening", measure.model(), START_RUNS]).split()[0])


def allocation_calls(counter, path, folder):
    """Calls to the system's allocator in one whole run."""
    report = pathlib.Path(folder) / "allocations.txt"
    report.unlink(missing_ok=True)
    measure.run(scoring(path), environment={"LD_PRELOAD": str(counter), "ALLOCATIONS_FILE": str(report)})
    if not report.exists():
        raise measure.Failure("the allocation counter did not report; is LD_PRELOAD allowed here?")
    return int(report.read_text())


def allocation_counter(folder):
    return measure.compiled("allocations.c", folder, "-ldl", flags=("-O2", "-shared", "-fPIC"))


def allocations(folder, texts, warm, counted):
    """Allocations a message in the steady state: of the `counted` messages that a second run has beyond the `warm` ones of the first."""
    counter, calls = allocation_counter(folder), []
    path = pathlib.Path(folder) / "allocations.jsonl"
    for count in (warm, warm + counted):
        with open(path, "w", encoding="utf-8") as file:
            inputs.write_jsonl(texts, count, file)
        calls.append(allocation_calls(counter, path, folder))
    path.unlink()
    return (calls[1] - calls[0]) / counted


def streamed_peak(count, *options):
    """Bytes held at most while `count` messages come through a pipe."""
    return measure.run(scoring("-", *options), feed=[sys.executable, HERE / "inputs.py", count]).peak


def training(folder, messages):
    """Seconds of `jaga train` on at least so many messages and turns: copies of the corpora's training voices, each a voice of its own."""
    names = json.loads((measure.ROOT / "corpora/splits.json").read_text(encoding="utf-8"))["train"]
    copies = -(-messages // sum(1 for name in names for _ in inputs.labelled(name)))
    return trained(pathlib.Path(folder) / "corpora", names, copies, changes=lambda text, copy: text).seconds


def trained(corpora, names, copies, changes):
    """Trains corpora/model.jaga on a folder like corpora/ with `copies` of the training voices `names`; its Cost.

    Copies after the first have `changes(text, copy)` as texts, and ids and a voice of their own.
    """
    write_copies(corpora, names, copies, changes)
    return measure.run(
        [measure.program(), "train", corpora, "--lexicons", measure.ROOT / "lexicons", "--output", corpora / "model.jaga"], cores=None)


def write_copies(corpora, names, copies, changes):
    splits = json.loads((measure.ROOT / "corpora/splits.json").read_text(encoding="utf-8"))
    (corpora / "voices").mkdir(parents=True)
    (corpora / "counts").symlink_to(measure.ROOT / "corpora/counts")
    for name in [*names, *splits["calibration"]]:
        (corpora / "voices" / name).symlink_to(inputs.VOICES / name)
    train = list(names)
    for copy in range(2, copies + 1):
        for name in names:
            train.append(f"{name}-{copy}")
            (corpora / "voices" / train[-1]).mkdir()
            for source in sorted((inputs.VOICES / name).glob("*.jsonl")):
                with open(corpora / "voices" / train[-1] / source.name, "w", encoding="utf-8") as file:
                    file.writelines(
                        json.dumps(copied(row, name, copy, changes), ensure_ascii=False) + "\n" for row in inputs.lines(source))
    (corpora / "splits.json").write_text(json.dumps(splits | {"train": train, "test": []}), encoding="utf-8")


def copied(row, voice, copy, changes):
    """A message or transcript as that of the voice's copy."""
    for holder in [row, *row.get("messages", [])]:
        if "text" in holder:
            holder["text"] = changes(holder["text"], copy)
    return row | {"id": row["id"].replace(voice, f"{voice}-{copy}", 1), "voice": f"{voice}-{copy}"}
