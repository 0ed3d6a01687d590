"""How the cost of `jaga score` grows; each series gives rows (series, line, x, measure, value)."""

import csv
import json
import pathlib
import re
import tempfile

from . import callgrind, inputs, measure, results, whole

COLUMNS = ["series", "line", "x", "measure", "value"]
LENGTHS = [1, 4, 16, 64, 256, 1024, 4096, 16_384, 40_000]
# Words in every input of `length`, so that all of them cost about as much to measure.
WORDS = 40_000
MODELS = [0.25, 0.5, 1, 2, 4]
LEXICONS = [0, 100, 1000, 10_000]
CONVERSATIONS = [1, 10, 100, 1000, 5000]
HELD = [1000, 10_000, 100_000, 1_000_000]
THREADS = [1, 2, 3, 4, 8]
THREADED_MESSAGES = 1_000_000


class Bench:
    """A folder, a counter, and the inputs that several series share."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.counter = callgrind.Counter(folder)
        self.none = self.file("none", [])
        self.small, self.large, self.messages, _ = callgrind.corpus_inputs(folder, risky=False)

    def file(self, name, texts, conversation=inputs.CONVERSATION):
        """Texts as JSON lines, `conversation` of them in each conversation."""
        path = self.folder / f"{name}.jsonl"
        with open(path, "w", encoding="utf-8") as file:
            for at, text in enumerate(texts):
                file.write(json.dumps({
                    "conversation_id": f"c{at // conversation}", "message_id": f"m{at}", "author_id": f"a{at % 2}", "text": text},
                    ensure_ascii=False) + "\n")
        return path

    def instructions(self, path, *options):
        return sum(callgrind.by_module(self.counter.run(path, *options)).values())

    def steady(self, *options):
        """Instructions a message over everyday messages of corpora/."""
        return sum(self.counter.steady(self.small, self.large, *options).values()) / self.messages


def words_of(texts):
    return [word for text in texts for word in inputs.plain(text).split(" ")]


def length(bench, scale):
    """From one word to 40,000 words a message: everyday words, and words of risky messages in look-alike letters now and then."""
    everyday, risky = (words_of(inputs.corpus_texts(kind)) for kind in (False, True))
    foreign = str.maketrans("aeo", "аео")
    hostile = [word.translate(foreign) if at % 8 == 0 else word for at, word in enumerate(risky)]
    start = bench.instructions(bench.none)
    for line, words in [("everyday words", everyday), ("risky words, one in eight disguised", hostile)]:
        count = WORDS // scale
        words = (words * (count // len(words) + 1))[:count]
        for size in (size for size in LENGTHS if size <= count):
            texts = [" ".join(words[at:at + size]) for at in range(0, count - size + 1, size)]
            cost = bench.instructions(bench.file("length", texts)) - start
            yield line, size, "instructions a word", cost / (len(texts) * size)


def model(bench, _):
    """Models of a share of the corpora, and of the corpora with more copies whose words are all new."""
    names = sorted(json.loads((measure.ROOT / "corpora/splits.json").read_text(encoding="utf-8"))["train"])
    for share in MODELS:
        corpora = bench.folder / f"corpora-{share}"
        whole.trained(corpora, names[::round(max(1, 1 / share))], max(1, round(share)), altered)
        path = corpora / "model.jaga"
        size = path.stat().st_size / 1e6
        yield "scoring", size, "instructions a message", bench.steady("--model", path)
        yield "start", size, "instructions", bench.instructions(bench.none, "--model", path)


def altered(text, copy):
    """Every word has a letter more, another one in every copy."""
    ending = "zqxj"[copy % 4]
    return re.sub(r"[A-Za-z]{3,}", lambda match: match.group() + ending, text)


def lexicon(bench, _):
    """An operator's lexicon of so many entries of three phrases, made of words that the messages hold, beside the model's own."""
    words = sorted({word for text in inputs.corpus_texts() for word in re.findall(r"[a-z]{4,}", text)})
    for count in LEXICONS:
        options = []
        if count:
            folder, path = bench.folder / f"lexicon-{count}", bench.folder / f"{count}.overlay"
            folder.mkdir()
            (folder / "made.yaml").write_text(lexicon_source(words, count), encoding="utf-8")
            measure.captured([measure.program(), "lexicon", "compile", folder, "--output", path])
            options = ["--lexicon", path]
        yield "scoring", count, "instructions a message", bench.steady(*options)
        yield "start", count, "instructions", bench.instructions(bench.none, *options)


def lexicon_source(words, count):
    def word(number):
        return words[number % len(words)]

    entries = "".join(
        f'  - id: any.trade.recruit.made-{at}\n    label: trade.recruit\n    weight: 0.1\n    note: made\n    phrases:\n'
        f'      - "{word(7 * at)} {word(13 * at + 1)}"\n      - "{word(7 * at + 3)} ~2 {word(17 * at + 2)}"\n'
        f'      - "{word(11 * at + 5)} {word(19 * at + 7)} {word(23 * at + 9)}"\n'
        for at in range(count))
    return f"language: any\ntrack: trade\nentries:\n{entries}"


def conversations(bench, scale):
    """The same messages in more and more conversations: instructions; and memory, with two messages in each."""
    texts = callgrind.selection(inputs.corpus_texts(risky=False), 5000)
    start = bench.instructions(bench.none)
    for count in CONVERSATIONS:
        cost = bench.instructions(bench.file("conversations", texts, conversation=5000 // count)) - start
        yield "5,000 messages", count, "instructions a message", cost / 5000
    for count in HELD:
        count //= scale
        body = texts[:1000]
        path = bench.file("held", (body[at % 1000] for at in range(2 * count)), conversation=2)
        yield "two messages in each", count, "peak memory, MB", measure.run(whole.scoring(path)).peak / 1e6
        path.unlink()


def threads(bench, scale):
    """Threads against one, by the clock on the wall."""
    path = bench.folder / "threads.jsonl"
    with open(path, "w", encoding="utf-8") as file:
        inputs.write_jsonl(inputs.real_texts()[0], THREADED_MESSAGES // scale, file)
    best = dict.fromkeys(THREADS, float("inf"))
    for _ in range(3):
        for count in THREADS:
            best[count] = min(best[count], measure.run(whole.scoring(path, threads=count), cores=None).seconds)
    for count, seconds in best.items():
        yield "whole program", count, "messages a second", THREADED_MESSAGES // scale / seconds


SERIES = {"length": length, "model": model, "lexicon": lexicon, "conversations": conversations, "threads": threads}


def measured(names, scale):
    rows = []
    for name in names:
        measure.say(f"{name}: {SERIES[name].__doc__}")
        with tempfile.TemporaryDirectory(prefix="jaga-growth-") as folder:
            for line, x, what, value in SERIES[name](Bench(folder), scale):
                rows.append([name, line, f"{x:.6g}", what, f"{value:.6g}"])
                measure.say("  " + "  ".join(rows[-1][1:]))
    return rows


def newest():
    """The rows of the newest record."""
    files = sorted(results.FOLDER.glob("*-growth.csv"))
    if not files:
        raise measure.Failure("Benchmarks/Results holds no *-growth.csv; make one with scripts/bench-growth --keep")
    with open(files[-1], encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def kept(rows, names):
    """Writes the record of the day; series that were not measured now stay as they were in it."""
    path = results.place(results.head(), "growth").with_suffix(".csv")
    if path.exists():
        with open(path, encoding="utf-8", newline="") as file:
            rows = [row for row in list(csv.reader(file))[1:] if row[0] not in names] + rows
    rows.sort(key=lambda row: list(SERIES).index(row[0]))
    results.FOLDER.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows])
    return path.relative_to(measure.ROOT)
