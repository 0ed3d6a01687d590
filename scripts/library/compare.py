#!/usr/bin/env python3
"""Holds the C library to the program: every record of the given files, as 'jaga score' prints it, against jaga_tracker_score.

usage: scripts/library/compare.py LIBRARY JAGA FILE …

Files are read through jaga_reader_*. Compared, record by record, to all printed digits: score, disclosure, labels, band, track and stage, language,
and the conversation's part; a message without a conversation is scored alone, by jaga_score_text too. Exits 1 at the first difference.
"""

import ctypes as c
import json
import subprocess
import sys


class Schema(c.Structure):
    pass


Schema._fields_ = [
    ("format", c.c_char_p), ("name", c.c_char_p), ("metadata", c.c_void_p), ("flags", c.c_int64),
    ("n_children", c.c_int64), ("children", c.c_void_p), ("dictionary", c.c_void_p),
    ("release", c.CFUNCTYPE(None, c.POINTER(Schema))), ("private_data", c.c_void_p)]


class Array(c.Structure):
    pass


Array._fields_ = [
    ("length", c.c_int64), ("null_count", c.c_int64), ("offset", c.c_int64), ("n_buffers", c.c_int64),
    ("n_children", c.c_int64), ("buffers", c.POINTER(c.c_void_p)), ("children", c.POINTER(c.POINTER(Array))),
    ("dictionary", c.c_void_p), ("release", c.CFUNCTYPE(None, c.POINTER(Array))), ("private_data", c.c_void_p)]


class Score(c.Structure):
    _fields_ = [("score", c.c_double), ("disclosure", c.c_double), ("labels", c.c_double * 20), ("band", c.c_uint8),
                ("top", c.c_uint8), ("language", c.c_uint8), ("reserved", c.c_uint8 * 5)]


class Conversation(c.Structure):
    _fields_ = [("score", c.c_double), ("messages", c.c_int64), ("first_alert", c.c_int64), ("band", c.c_uint8),
                ("top", c.c_uint8), ("support", c.c_uint8), ("reserved", c.c_uint8 * 5)]


def load(path):
    library = c.CDLL(path)
    for name in ("jaga_last_error", "jaga_model_id", "jaga_label_name", "jaga_band_name", "jaga_language_name",
                 "jaga_version"):
        getattr(library, name).restype = c.c_char_p
    library.jaga_model_open.argtypes = [c.c_char_p, c.c_double, c.POINTER(c.c_void_p)]
    return library


def check(library, status):
    if status != 0:
        sys.exit(f"status {status}: {library.jaga_last_error().decode()}")


def texts(array):
    """The values of a utf8 column, as bytes; None for null."""
    count = array.length
    if count == 0:
        return []
    valid = c.cast(array.buffers[0], c.POINTER(c.c_uint8)) if array.buffers[0] else None
    offsets = c.cast(array.buffers[1], c.POINTER(c.c_int32))
    data = c.string_at(array.buffers[2], offsets[count])
    return [data[offsets[row]:offsets[row + 1]] if valid is None or valid[row >> 3] >> (row & 7) & 1 else None
            for row in range(count)]


def messages(library, path):
    """(conversation id or None, author id, text) of every message."""
    reader = c.c_void_p()
    check(library, library.jaga_reader_open(path.encode(), None, c.byref(reader)))
    while True:
        schema, array = Schema(), Array()
        check(library, library.jaga_reader_next(reader, c.c_int64(0), c.byref(schema), c.byref(array)))
        columns = [texts(array.children[place].contents) for place in (0, 2, 3)]
        array.release(c.byref(array))
        schema.release(c.byref(schema))
        if not columns[0]:
            break
        yield from zip(*columns)
    library.jaga_reader_close(reader)


def move(name):
    return tuple(name.split(".")) if "." in name else ("", "")


def record(library, score, conversation):
    """What the program prints of a result."""
    names = [library.jaga_label_name(label).decode() for label in range(20)]
    shown = {name: f"{value:.6f}" for name, value in zip(names, score.labels) if value >= 0.05}
    if not shown:
        best = max(range(20), key=lambda label: score.labels[label])
        shown = {names[best]: f"{score.labels[best]:.6f}"}
    return {
        "score": f"{score.score:.6f}", "disclosure": f"{score.disclosure:.6f}", "labels": shown,
        "band": library.jaga_band_name(score.band).decode(),
        "move": move(library.jaga_label_name(score.top).decode()),
        "lang": library.jaga_language_name(score.language).decode(),
        "conversation": (f"{conversation.score:.6f}", library.jaga_band_name(conversation.band).decode(),
                         move(library.jaga_label_name(conversation.top).decode()), bool(conversation.support)),
    }


def printed(line):
    """The same of a printed record."""
    found = json.loads(line, parse_float=lambda digits: f"{float(digits):.6f}")

    def number(value):
        return value if isinstance(value, str) else f"{value:.6f}"

    part = found["conversation"]
    return {
        "score": number(found["score"]), "disclosure": number(found["disclosure"]),
        "labels": {name: number(value) for name, value in found["labels"].items()}, "band": found["band"],
        "move": (found["track"], found["stage"]), "lang": found["lang"],
        "conversation": (number(part["score"]), part["band"], (part["track"], part["stage"]), part["support_needed"]),
    }


def compare(library, model, jaga, path):
    ran = subprocess.run([jaga, "score", path, "--output", "jsonl"], capture_output=True, stdin=subprocess.DEVNULL)
    if ran.returncode not in (0, 2):
        sys.exit(f"jaga score {path}: {ran.stderr.decode().strip()}")
    lines = ran.stdout.splitlines()
    tracker = c.c_void_p()
    check(library, library.jaga_tracker_new(model, c.c_int64(0), c.byref(tracker)))
    count = 0
    for identity, author, text in messages(library, path):
        score, conversation, alone = Score(), Conversation(), Score()
        identity = identity or b""
        check(library, library.jaga_tracker_score(
            tracker, identity, c.c_size_t(len(identity)), author, c.c_size_t(len(author)), text, c.c_size_t(len(text)),
            c.byref(score), c.byref(conversation)))
        if not identity:
            check(library, library.jaga_score_text(model, text, c.c_size_t(len(text)), c.byref(alone)))
            if bytes(alone) != bytes(score):
                sys.exit(f"{path}: message {count + 1}: jaga_score_text and jaga_tracker_score differ")
        if count >= len(lines):
            sys.exit(f"{path}: the library reads more than {len(lines)} messages")
        expected, found = printed(lines[count]), record(library, score, conversation)
        for key, value in expected.items():
            # Equal labels may be told in another order, never with other numbers.
            if found[key] != value and not (key == "labels" and sorted(found[key].values()) == sorted(value.values())):
                sys.exit(f"{path}: message {count + 1}: {key} is {value} in the program and {found[key]} in the library")
        count += 1
    if count != len(lines):
        sys.exit(f"{path}: the program scores {len(lines)} messages, the library reads {count}")
    library.jaga_tracker_free(tracker)
    return count


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__.split("\n\n")[1])
    library, model = load(sys.argv[1]), c.c_void_p()
    check(library, library.jaga_model_open(b"Models/default.jaga", 0, c.byref(model)))
    version = subprocess.run([sys.argv[2], "--version"], capture_output=True, text=True, check=True).stdout
    if library.jaga_version().decode() not in version.split():
        sys.exit(f"the library has version {library.jaga_version().decode()}, the program says {version.strip()!r}")
    total = sum(compare(library, model, sys.argv[2], path) for path in sys.argv[3:])
    library.jaga_model_close(model)
    print(f"{total} messages of {len(sys.argv) - 3} files: the same from the program and the library")


if __name__ == "__main__":
    main()
