"""Instructions of `jaga score` by module, counted by callgrind: the same on every run, whatever else the machine does."""

import collections
import os
import pathlib
import re
import subprocess

from . import inputs, measure

# Messages of corpora/ in the two inputs; the difference of the two runs leaves the start out.
SMALL, LARGE = 500, 2500
LIBRARIES = [("libicu", "ICU"), ("libsimdjson", "simdjson"), ("libswift", "Swift's library"), ("libFoundation", "Swift's library"),
             ("libc.so", "C library"), ("libc-", "C library"), ("ld-linux", "C library"), ("libstdc++", "C library"),
             ("libm.so", "C library")]
# How a line of costs begins in a callgrind file.
COST = tuple("0123456789+-*")
# The functions of the C++ targets, which have no module in their names.
SHIMS = [("cicu_", "CICU"), ("jaga_json", "CSIMDJSON"), ("jaga_utf8", "CSIMDJSON"), ("simdjson::", "CSIMDJSON")]
# Longest first: one module's name may begin another's.
MODULE = re.compile("|".join(sorted((path.name for path in (measure.ROOT / "Sources").glob("Jaga*")), key=len, reverse=True)))


def module_of(function, library):
    """The module that a function counts for: its Swift module, or its library. A generic function of Swift's library made for a type
    of ours counts for that type's module; made for a type of Swift's own, for the library, since who asked for it is not in its name."""
    name = pathlib.PurePosixPath(library).name
    for beginning, shown in LIBRARIES:
        if name.startswith(beginning):
            return shown
    if re.match(r"_?\$s", function):
        match = MODULE.search(function)
        return match.group() if match else "Swift's library"
    for beginning, shown in SHIMS:
        if function.startswith(beginning):
            return shown
    return "other"


def self_costs(text):
    """Self cost by (function, library) of a callgrind file."""
    names = {"fn": {}, "ob": {}}
    costs = collections.Counter()
    library = function = ""
    skip = False
    for line in text.splitlines():
        if line.startswith(COST):
            if skip:
                skip = False
            else:
                # A cost of zero may be left out.
                costs[function, library] += int((line.split() + ["0"])[1])
        elif line.startswith("calls="):
            skip = True
        else:
            match = re.match(r"(fn|ob|cfn|cob)=\((\d+)\)(?: (.*))?$", line)
            if not match:
                continue
            kind, number, name = match.groups()
            table = names[kind.removeprefix("c")]
            if name is not None:
                table[number] = name
            if kind == "fn":
                function = table[number]
            elif kind == "ob":
                library = table[number]
    return costs


def by_module(text):
    costs = collections.Counter()
    for (function, library), count in self_costs(text).items():
        costs[module_of(function, library)] += count
    return costs


class Counter:
    """Counts runs of the program in a folder."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        # Valgrind gives up on the debug information that Swift writes; a copy without it runs the same instructions.
        self.program = self.folder / "jaga"
        measure.captured(["strip", "-g", "-o", self.program, measure.program()])

    def run(self, path, *options):
        """Instructions of one run by (function, library)."""
        out = self.folder / "callgrind.out"
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", self.program, "score", "--threads", "1",
                   "--output", "jsonl", "--model", measure.model(), *options, path]
        # Hash tables of Swift's library begin the same way in every run.
        environment = os.environ | {"SWIFT_DETERMINISTIC_HASHING": "1"}
        done = subprocess.run([str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                              env=environment, cwd=measure.ROOT)
        if done.returncode != 0:
            raise measure.Failure("callgrind failed: " + " ".join(done.stderr.strip().splitlines()[-3:]))
        return out.read_text(encoding="utf-8", errors="replace")

    def steady(self, small, large, *options):
        """Instructions by module of what `large` has more than `small`, the greatest first."""
        costs = by_module(self.run(large, *options))
        costs.subtract(by_module(self.run(small, *options)))
        return dict(costs.most_common())


def corpus_inputs(folder, risky=None):
    """Two inputs of messages of corpora/, the longer beginning like the shorter, and how many messages and bytes of text it has more."""
    texts = selection(inputs.corpus_texts(risky), LARGE)
    paths = []
    for count in (SMALL, LARGE):
        paths.append(pathlib.Path(folder) / f"corpus-{risky}-{count}.jsonl")
        with open(paths[-1], "w", encoding="utf-8") as file:
            inputs.write_jsonl(texts, count, file)
    return *paths, LARGE - SMALL, sum(len(text.encode()) for text in texts[SMALL:])


def selection(texts, count):
    """`count` of the texts at even distances, shuffled by a fixed rule so that any beginning is like the whole."""
    picked = [texts[at * len(texts) // count] for at in range(count)]
    return [picked[at * 997 % count] for at in range(count)]
