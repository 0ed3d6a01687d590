"""Accepted costs of `jaga score`, kept in Benchmarks/Thresholds/score.json, and how far a measurement may be from them."""

import json
import shutil
import tempfile

from . import callgrind, inputs, measure, whole

FILE = measure.ROOT / "Benchmarks/Thresholds/score.json"
# Shares by which a cost may be above or below what is kept. What is left below it would hide the next rise.
ABOVE, BELOW = 0.05, 0.10
# Instructions a message that a module may change by in any case: rounding of small modules.
SLACK = 25
# Messages whose allocations are counted: the second input has so many more than the first.
WARM, COUNTED = 10_000, 40_000
# What the program promises in the steady state, beyond what is kept.
ALLOCATION_LIMIT = 0.01
RENEW = "renew it with scripts/check-speed --write, in the commit that explains it"


def measured():
    """Instructions and allocations a message, over messages of corpora/."""
    if not shutil.which("valgrind"):
        raise measure.Failure("valgrind is missing; run 'scripts/setup --speed'")
    with tempfile.TemporaryDirectory(prefix="jaga-speed-") as folder:
        small, small_bytes = callgrind.corpus_input(folder, callgrind.SMALL)
        large, large_bytes = callgrind.corpus_input(folder, callgrind.LARGE)
        messages, size = callgrind.LARGE - callgrind.SMALL, large_bytes - small_bytes
        modules = callgrind.Counter(folder).steady(small, large)
        total = sum(modules.values())
        return {
            "input": f"{messages:,} messages of corpora, {size:,} bytes of text",
            "instructions_per_message": {"all": round(total / messages)} | {
                name: round(count / messages) for name, count in modules.items() if count >= messages},
            "instructions_per_byte": round(total / size),
            "allocations_per_message": {
                "everyday": allocations(folder, "everyday", everyday_texts()),
                "all": allocations(folder, "all", inputs.corpus_texts())}}


def everyday_texts():
    """Messages that mean no harm, which is what a pipeline sees nearly always."""
    return [text for voice in sorted(path.name for path in inputs.VOICES.iterdir())
            for text, label in inputs.labelled(voice) if label == "benign"]


def allocations(folder, name, texts):
    """Allocations a message once the buffers have grown."""
    counter = whole.allocation_counter(folder)
    calls = []
    for count in (WARM, WARM + COUNTED):
        path = f"{folder}/{name}-{count}.jsonl"
        with open(path, "w", encoding="utf-8") as file:
            inputs.write_jsonl(texts, count, file)
        calls.append(whole.allocation_calls(counter, path, folder))
    return round((calls[1] - calls[0]) / COUNTED, 4)


def read():
    if not FILE.is_file():
        raise measure.Failure("Benchmarks/Thresholds/score.json is gone; make it with scripts/check-speed --write")
    return json.loads(FILE.read_text(encoding="utf-8"))


def write(found):
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def faults(kept, found):
    """A sentence for every cost that is too far from what is kept. Only the sum counts for libraries, whose versions differ."""
    if kept["input"] != found["input"]:
        yield f"the input is now {found['input']}, the thresholds are for {kept['input']}; {RENEW}"
        return
    before, now = kept["instructions_per_message"], found["instructions_per_message"]
    for name in sorted({*before, *now}, key=lambda name: (name != "all", name)):
        if name != "all" and not name.startswith("Jaga"):
            continue
        yield from one_fault(f"instructions a message, {name}", before.get(name, 0), now.get(name, 0), SLACK)
    for name, accepted in kept["allocations_per_message"].items():
        count = found["allocations_per_message"][name]
        if count > max(ALLOCATION_LIMIT, accepted * (1 + ABOVE)):
            yield f"allocations a message, {name}: {count} instead of {accepted}; find them with heaptrack, or {RENEW}"
        elif count < accepted * (1 - BELOW) and accepted > ALLOCATION_LIMIT:
            yield f"allocations a message, {name}: {count}, the threshold is {accepted}; {RENEW}"


def one_fault(what, accepted, count, slack):
    if count > accepted * (1 + ABOVE) and count - accepted > slack:
        yield f"{what}: {count:,} instead of {accepted:,}{share(accepted, count)}; make it cheaper, or {RENEW}"
    elif count < accepted * (1 - BELOW) and accepted - count > slack:
        yield f"{what}: {count:,}, far below the threshold of {accepted:,}{share(accepted, count)}; {RENEW}"


def share(accepted, count):
    return f" ({100 * (count / accepted - 1):+.0f} %)" if accepted else ""
