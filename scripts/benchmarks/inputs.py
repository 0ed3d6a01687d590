"""Inputs of the measurements: messages of $JAGA_DATA or of corpora/, repeated to a size, in conversations of 20.

usage: python3 inputs.py COUNT      writes JSON lines to standard output
"""

import itertools
import json
import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CONVERSATION = 20
VOICES = ROOT / "corpora/voices"


def data_folder():
    return pathlib.Path(os.environ.get("JAGA_DATA", ROOT.parent / "shared/data"))


def lines(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def real_texts():
    """The texts of messages-real-*.jsonl, and where they are from; those of corpora/ where there are none."""
    files = sorted(data_folder().glob("messages-real-*.jsonl"))
    if files:
        return [row["text"] for path in files for row in lines(path)], "messages-real-*.jsonl"
    return corpus_texts(), "corpora/voices"


def corpus_texts(risky=None):
    """Messages and turns of corpora/, voice by voice: the input that needs no outside data. `risky` True gives those whose label is a
    move or a disclosure, False those that mean no harm, which is what a pipeline sees nearly always."""
    return [text for name in sorted(path.name for path in VOICES.iterdir()) for text, label in labelled(name)
            if risky is None or risky == (label != "benign")]


def labelled(voice):
    """Texts of a voice with their first label: single messages, then turns."""
    folder = VOICES / voice
    if (folder / "messages.jsonl").is_file():
        yield from ((row["text"], row["labels"][0]) for row in lines(folder / "messages.jsonl"))
    if (folder / "transcripts.jsonl").is_file():
        for row in lines(folder / "transcripts.jsonl"):
            yield from ((turn["text"], turn["labels"][0]) for turn in row["messages"])


def training():
    """What the peers learn from: the voices that Jaga's model learned from."""
    voices = json.loads((ROOT / "corpora/splits.json").read_text(encoding="utf-8"))["train"]
    return [pair for voice in sorted(voices) for pair in labelled(voice)]


def plain(text):
    """A text as one line."""
    return " ".join(text.split())


def write_jsonl(texts, count, file, first=0):
    """Messages `first` to `first + count` of the endless repetition of `texts`, as JSON lines."""
    bodies = [json.dumps(text, ensure_ascii=False) for text in texts]
    for begin in range(first, first + count, 4096):
        file.write("".join(
            f'{{"conversation_id":"c{at // CONVERSATION}","message_id":"m{at}",'
            f'"author_id":"a{at // CONVERSATION % 977}-{at % 2}","text":{bodies[at % len(bodies)]}}}\n'
            for at in range(begin, min(begin + 4096, first + count))))


def write_texts(texts, file):
    """Texts as JSON lines, each a conversation of its own."""
    for text in texts:
        file.write(f'{{"text":{json.dumps(text, ensure_ascii=False)}}}\n')


def repeated(texts, count):
    return itertools.islice(itertools.cycle(texts), count)


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].isdigit():
        sys.exit(__doc__)
    sys.stdout.reconfigure(encoding="utf-8")
    write_jsonl(real_texts()[0], int(sys.argv[1]), sys.stdout)
