"""Accepted costs of `jaga score`, kept in Benchmarks/Thresholds/score.json, and how far a measurement may be from them."""

import json
import shutil
import tempfile

from . import callgrind, inputs, measure, whole

FILE = measure.ROOT / "Benchmarks/Thresholds/score.json"
# Kinds of messages that are measured apart.
KINDS = ("everyday", "risky")
# Shares by which a cost may be above or below what is kept. What is left below it would hide the next rise.
ABOVE, BELOW = 0.05, 0.10
# Instructions a message that a module may change by in any case: rounding of small modules.
SLACK = 25
# Messages whose allocations are counted: the second input has so many more than the first.
WARM, COUNTED = 10_000, 40_000
# What is no fault for everyday messages whatever is kept: the program promises this much in the steady state.
ALLOCATION_LIMIT = 0.01
RENEW = "renew it with scripts/check-speed --write, in the commit that explains it"


def measured():
    """Instructions and allocations a message, over everyday messages of corpora/ and over risky ones, whose evidence costs more."""
    if not shutil.which("valgrind"):
        raise measure.Failure("valgrind is missing; run 'scripts/setup --speed'")
    found = {}
    with tempfile.TemporaryDirectory(prefix="jaga-speed-") as folder:
        counter = callgrind.Counter(folder)
        for kind in KINDS:
            small, large, messages, size = callgrind.corpus_inputs(folder, kind == "risky")
            modules = counter.steady(small, large)
            total = sum(modules.values())
            found[kind] = {
                "input": f"{messages:,} messages of corpora, {size:,} bytes of text",
                "instructions_per_message": {"all": round(total / messages)} | {
                    name: round(count / messages) for name, count in modules.items() if count >= messages},
                "instructions_per_byte": round(total / size),
                "allocations_per_message": round(
                    whole.allocations(folder, inputs.corpus_texts(kind == "risky"), WARM, COUNTED), 4)}
    return found


def read():
    if not FILE.is_file():
        raise measure.Failure("Benchmarks/Thresholds/score.json is gone; make it with scripts/check-speed --write")
    return json.loads(FILE.read_text(encoding="utf-8"))


def write(found):
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def faults(kept, found):
    """A sentence for every cost that is too far from what is kept."""
    for kind in KINDS:
        yield from (f"{kind} messages: {fault}" for fault in faults_of(kept[kind], found[kind], kind))


def faults_of(kept, found, kind):
    """Only the sum counts for libraries, whose versions differ."""
    if kept["input"] != found["input"]:
        yield f"the input is now {found['input']}, the thresholds are for {kept['input']}; {RENEW}"
        return
    before, now = kept["instructions_per_message"], found["instructions_per_message"]
    for name in sorted({*before, *now}, key=lambda name: (name != "all", name)):
        if name == "all" or name.startswith("Jaga"):
            yield from one_fault(f"instructions a message, {name}", before.get(name, 0), now.get(name, 0), SLACK)
    accepted, count = kept["allocations_per_message"], found["allocations_per_message"]
    free = ALLOCATION_LIMIT if kind == "everyday" else 0
    if count > max(free, accepted * (1 + ABOVE)):
        yield f"allocations a message: {count} instead of {accepted}; find them with heaptrack, or {RENEW}"
    elif count < accepted * (1 - BELOW) and accepted > ALLOCATION_LIMIT:
        yield f"allocations a message: {count}, far below the threshold of {accepted}; {RENEW}"


def one_fault(what, accepted, count, slack):
    if count > accepted * (1 + ABOVE) and count - accepted > slack:
        yield f"{what}: {count:,} instead of {accepted:,}{share(accepted, count)}; make it cheaper, or {RENEW}"
    elif count < accepted * (1 - BELOW) and accepted - count > slack:
        yield f"{what}: {count:,}, far below the threshold of {accepted:,}{share(accepted, count)}; {RENEW}"


def share(accepted, count):
    return f" ({100 * (count / accepted - 1):+.0f} %)" if accepted else ""
