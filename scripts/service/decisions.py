"""Decides items in the console, exports the decisions, and lets `jaga evaluate` judge by them.

usage: decisions.py

Held to are the three ways of the export: with the operator's messages, with texts that the service keeps, and with ids alone beside the service's own records. In
each of them every decided message must be gold, and the figures of the first and the third way must agree, since the model is the same.
"""

import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from daemon import ROOT, Daemon, Failure, command, main  # noqa: E402
from reviewer import Reviewer  # noqa: E402
from samples import risky  # noqa: E402

COUNT = 6


def jaga(*words):
    paths = (os.environ.get("JAGA"), ROOT / ".build/release/jaga", ROOT / ".build/debug/jaga")
    program = next((str(path) for path in paths if path and os.access(path, os.X_OK)), None)
    if program is None:
        raise Failure("jaga is not built; run 'swift build -c release --product jaga'")
    done = subprocess.run([program, *map(str, words)], capture_output=True, text=True)
    if done.returncode != 0:
        raise Failure(f"jaga {' '.join(map(str, words))} ended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def labelled(text):
    lines = [json.loads(line) for line in text.splitlines()]
    return {(line["conversation_id"], line["message_id"]): line["labels"] for line in lines if "labels" in line}


def figures(text):
    """Figures over all messages, by head and measure."""
    return {
        (row["head"], row["measure"]): row["value"] for row in csv.DictReader(text.splitlines())
        if row["population"] == "messages" and row["dimension"] == "all" and row["measure"] in ("precision", "recall", "roc_auc")}


def export(folder, path, *words):
    code, output, errors = command(folder, "decisions", "export", *words)
    if code != 0:
        raise Failure(errors.strip())
    path.write_text(output, encoding="utf-8")
    return output


def run():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        code, token, errors = command(folder, "token", "add", "writer", "--scopes", "score,review,admin")
        if code != 0:
            raise Failure(errors)
        key = folder / "text.key"
        key.write_text("00" * 32)
        key.chmod(0o600)
        messages = [message for number in range(COUNT) for message in risky(f"c{number}")]
        own = folder / "chats.jsonl"
        own.write_text("".join(json.dumps(message) + "\n" for message in messages), encoding="utf-8")
        with Daemon(folder, "--keep-text", "--text-key", str(key), "--set", "review.secondShare=0") as daemon:
            headers = {"Authorization": f"Bearer {token.strip()}"}
            if daemon.ask("/v1/score", {"messages": messages}, headers=headers)[0] != 200:
                raise Failure("messages were not scored")
            reviewer = Reviewer(daemon, token.strip())
            decided = [one for one in (reviewer.decide_next() for _ in range(3 * COUNT)) if one]
            records = folder / "records.jsonl"
            first = export(folder, folder / "gold.jsonl", "--messages", str(own))
            second = export(folder, folder / "kept.jsonl", "--text-key", str(key))
            third = export(folder, folder / "ids.jsonl", "--records", str(records))
            daemon.stop()
        gold = labelled(first)
        if not gold or len(decided) < COUNT:
            raise Failure("nothing was decided, so nothing was shown")
        if labelled(second) != gold or labelled(third) != gold:
            raise Failure("the three ways give different labels")
        conversations = {conversation for conversation, _ in gold}
        if sum(1 for _ in first.splitlines()) != len(risky("c")) * len(conversations):
            raise Failure("the operator's conversations are not whole")
        if any(json.loads(line)["text"] for line in third.splitlines()):
            raise Failure("there is text where none may be")
        by_model = figures(jaga("evaluate", folder / "gold.jsonl", "--by", "none", "--output", "csv", "--resamples", "20"))
        by_records = figures(jaga(
            "evaluate", folder / "ids.jsonl", "--predictions", records, "--by", "none", "--output", "csv", "--resamples", "20"))
        jaga("evaluate", folder / "kept.jsonl", "--by", "none", "--resamples", "20")
        if not by_model or by_model != by_records:
            raise Failure(f"the figures differ: {by_model} by the model, {by_records} by the records")
    print(f"decisions: {len(decided)} decided, {len(gold)} messages are gold in three ways; jaga evaluate reads each, with equal figures")


if __name__ == "__main__":
    main(run)
