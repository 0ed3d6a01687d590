"""The programs that Jaga is compared with, and the two bounds: how each is prepared, and the command that scores a file."""

import dataclasses
import json
import pathlib
import re
import shutil
import subprocess
import sys

from . import inputs, measure

HERE = pathlib.Path(__file__).resolve().parent
DIMENSION, PAIRS = 16, 2


@dataclasses.dataclass
class Contender:
    """Something that is timed over the same messages."""

    name: str
    does: str  # one line for the table's legend
    command: object  # function of (size, output path): the argument list; size is "all" or "none"
    # Bounds time themselves, without reading the file; the start of the others is timed with an empty input and taken off.
    times_itself: bool = False


class Files:
    """The input in everybody's format, in a folder: `all` and, to time the start alone, `none`."""

    def __init__(self, folder, texts, count):
        self.folder, self.count = pathlib.Path(folder), count
        for size, number in [("all", count), ("none", 0)]:
            with open(self.of("jsonl", size), "w", encoding="utf-8") as file:
                inputs.write_jsonl(texts, number, file)
            with open(self.of("txt", size), "w", encoding="utf-8") as file:
                file.writelines(inputs.plain(text) + "\n" for text in inputs.repeated(texts, number))
            with open(self.of("vw", size), "w", encoding="utf-8") as file:
                file.writelines("| " + vw_text(text) + "\n" for text in inputs.repeated(texts, number))
        self.bytes = self.of("jsonl", "all").stat().st_size

    def of(self, form, size):
        return self.folder / f"{size}.{form}"


def vw_text(text):
    """Colons and bars mean something to Vowpal Wabbit."""
    return re.sub(r"[:|]", " ", inputs.plain(text))


def jaga(files):
    program, model = measure.program(), measure.model()
    return Contender(
        "Jaga", "JSON lines in, full records out, one thread",
        lambda size, output: [
            program, "score", "--threads", "1", "--output", "jsonl", "--model", model, files.of("jsonl", size)])


def fasttext(folder, files):
    if not shutil.which("fasttext"):
        raise measure.Failure("fasttext is missing; scripts/bench-peers installs Debian's package of that name")
    train = folder / "fasttext.txt"
    train.write_text(
        "".join(f"__label__{label} {inputs.plain(text)}\n" for text, label in inputs.training()), encoding="utf-8")
    measure.captured([
        "fasttext", "supervised", "-input", train, "-output", folder / "fasttext", "-dim", DIMENSION, "-wordNgrams", PAIRS,
        "-thread", 1, "-verbose", 0])
    return Contender(
        "fastText", f"dimension {DIMENSION}, word pairs, predict-prob, one label a line out",
        lambda size, output: ["fasttext", "predict-prob", folder / "fasttext.bin", files.of("txt", size), 1])


def vowpal_wabbit(folder, files):
    labels = {label: number for number, label in enumerate(sorted({label for _, label in inputs.training()}), 1)}
    train, model = folder / "train.vw", folder / "vw.model"
    train.write_text(
        "".join(f"{labels[label]} | {vw_text(text)}\n" for text, label in inputs.training()), encoding="utf-8")
    program = [sys.executable, "-m", "vowpalwabbit", "--quiet"]
    measure.captured([*program, "--data", train, "--oaa", len(labels), "--ngram", PAIRS, "-b", 22, "-f", model])
    return Contender(
        "Vowpal Wabbit", "word pairs, one against all, one label a line out",
        lambda size, output: [*program, "-t", "-i", model, "--data", files.of("vw", size), "-p", folder / "vw.out"])


def python_peer(name, does, script, folder, files, form):
    path = HERE / script
    return Contender(name, does, lambda size, output: [sys.executable, "-B", path, files.of(form, size), folder])


def scikit_learn(folder, files):
    with open(folder / "train.json", "w", encoding="utf-8") as file:
        json.dump(inputs.training(), file)
    measure.captured([sys.executable, "-B", HERE / "peer_sklearn.py", "--train", folder])
    return python_peer(
        "scikit-learn", "word pairs, ComplementNB, predict_proba; nothing written", "peer_sklearn.py", folder, files, "txt")


def json_loads(folder, files):
    return python_peer("Python json.loads", "parsing alone; nothing written", "peer_json.py", folder, files, "jsonl")


def bounds(folder, files):
    """simdjson's parse of the same file, and a tokenizer that sends every byte through ICU."""
    parse = measure.compiled("simdjson.cpp", folder, "-lsimdjson")
    tokenize = measure.compiled("icu.cpp", folder, "-licui18n", "-licuuc")
    return [
        Contender("simdjson", "parsing alone, every text touched; the file in memory before", lambda size, output: [
            parse, files.of("jsonl", size)], times_itself=True),
        Contender("ICU for every byte", "NFKC_Casefold and word boundaries of the text alone", lambda size, output: [
            tokenize, files.of("txt", size)], times_itself=True)]


def contenders(folder, files, without=()):
    """Jaga first, then peers, then bounds; those named in `without` (as in the table) left out."""
    makers = {
        "fastText": fasttext, "scikit-learn": scikit_learn, "Vowpal Wabbit": vowpal_wabbit, "Python json.loads": json_loads}
    found = [jaga(files)]
    for name, make in makers.items():
        if name not in without:
            measure.say(f"  {name}: training" if make is not json_loads else f"  {name}")
            found.append(make(folder, files))
    return found + [bound for bound in bounds(folder, files) if bound.name not in without]


def timed(contender, files, core):
    """Seconds and processor seconds of one pass over all messages, without the start, and the peak of memory in bytes."""
    output = files.folder / "out"
    whole = measure.run(contender.command("all", output), cores=core, output=output)
    if contender.times_itself:
        fields = output.read_text().split()
        if int(fields[0]) != files.count:
            raise measure.Failure(f"{contender.name} read {fields[0]} messages of {files.count}")
        return float(fields[2]), float(fields[3]), whole.peak
    if contender.name == "Jaga":
        count_records(output, files.count)
    start = measure.run(contender.command("none", output), cores=core, output=output)
    processor = whole.processor - start.processor
    if processor <= 0:
        raise measure.Failure(f"{contender.name} takes no longer than its start; give more messages")
    # On one core no clock can show less than the processor's; it seems so when others hold up the start alone.
    return max(whole.seconds - start.seconds, processor), processor, whole.peak


def count_records(path, expected):
    """A run that leaves messages out must not look fast."""
    found = int(subprocess.run(["wc", "-l", path], capture_output=True, text=True, check=True).stdout.split()[0])
    if found != expected:
        raise measure.Failure(f"Jaga wrote {found} records of {expected}; the input has repetitions, or the run broke off")
