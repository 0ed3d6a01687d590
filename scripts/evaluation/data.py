"""Gold data and what jaga says about it."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TRACKS = ["grooming", "sextortion", "topup", "trade"]
REVIEW = {"review", "high"}


def fail(text):
    sys.exit(f"evaluate: {text}")


def rows_of(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


class Jaga:
    """The program with a model. Records come back in the order of what went in."""

    def __init__(self, program, model=None):
        self.program, self.model = pathlib.Path(program), model
        if not os.access(self.program, os.X_OK):
            fail(f"{program} is not built; run 'swift build -c release --product jaga', or name it with --jaga")

    def score(self, messages, level="message", options=()):
        """Scores dictionaries with `text` and optional ids; one record a message or a conversation."""
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
            for row in messages:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
            file.flush()
            return self.score_file(file.name, level, options)

    def score_file(self, path, level="message", options=()):
        command = [str(self.program), "score", str(path), "--level", level, "--output", "jsonl", *options]
        if self.model:
            command += ["--model", str(self.model)]
        done = subprocess.run(command, stdout=subprocess.PIPE)
        if done.returncode != 0:
            fail(f"'{' '.join(command)}' ended with exit code {done.returncode}")
        return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines() if line]

    def identity(self):
        done = subprocess.run(
            [str(self.program), "score", "-", "--output", "jsonl"] + (["--model", str(self.model)] if self.model else []),
            input=b'{"text":"ya"}\n', stdout=subprocess.PIPE, check=True)
        return json.loads(done.stdout)["model"]


def voices(split):
    """The names of the voices of a part of the split: train, calibration or test."""
    return json.loads((ROOT / "corpora/splits.json").read_text(encoding="utf-8"))[split]


def gold_messages(names):
    return [row for name in names for row in rows_of(ROOT / f"corpora/voices/{name}/messages.jsonl")]


def gold_transcripts(names):
    return [row for name in names for row in rows_of(ROOT / f"corpora/voices/{name}/transcripts.jsonl")]


def as_conversations(gold, text=lambda row: row["text"]):
    """Single messages as conversations of their own; a poll's question is the message before its answer, by somebody else."""
    for number, row in enumerate(gold):
        if row.get("question"):
            yield {"conversation_id": str(number), "message_id": "question", "author_id": "poll", "text": row["question"]}
        yield {"conversation_id": str(number), "message_id": "answer", "author_id": "child", "text": text(row)}


def scored_messages(jaga, gold, text=lambda row: row["text"], options=()):
    """What jaga says about each gold message, as flat dictionaries."""
    records = [
        record for record in jaga.score(as_conversations(gold, text), options=options) if record["message_id"] == "answer"]
    if len(records) != len(gold):
        fail(f"jaga gave {len(records)} records for {len(gold)} messages")
    return [judged(row, record) for row, record in zip(gold, records)]


def judged(gold, record):
    label = gold.get("labels", ["benign"])[0]
    labels = record.get("labels") or {}
    return {
        "id": gold["id"], "voice": gold.get("voice"), "lang": gold.get("lang"), "labels": gold.get("labels", ["benign"]),
        "label": label, "risky": any("." in name for name in gold.get("labels", [])),
        "told": "disclosure" in gold.get("labels", []), "polled": bool(gold.get("question")),
        "score": record["score"], "disclosure": record["disclosure"], "band": record["band"], "track": record.get("track"),
        "top": max(labels, key=labels.get) if labels else None}


def scored_transcripts(jaga, gold):
    messages = [
        {"conversation_id": row["id"], "message_id": str(index), "author_id": turn["author"], "text": turn["text"]}
        for row in gold for index, turn in enumerate(row["messages"])]
    records = {record["conversation_id"]: record for record in jaga.score(messages, level="conversation")}
    out = []
    for row in gold:
        record = records[row["id"]]
        out.append({
            "id": row["id"], "voice": row.get("voice"), "lang": row["lang"], "label": row.get("label", "benign"),
            "risky": row.get("label") in TRACKS, "first_risk": row.get("first_risk"), "alert": record.get("first_alert_index"),
            "track": record.get("track"), "band": record["band"], "support": bool(record.get("support_needed"))})
    return out
