"""Measures jaga on voices that training never saw, on real chat, under evasion and for fairness.

usage: scripts/evaluate [--split test|calibration] [--data DIR] [--jaga PROGRAM] [--model FILE] [--json] [--check] [--write]
                        [--only messages,polls,transcripts,calibration,evasion,fairness,real]

  --split   which voices (default: test)
  --data    folder of messages-real-measure.jsonl and transcripts-real.jsonl (default: $JAGA_DATA, else ../shared/data);
            where it is absent, those figures are left out
  --json    figures as one JSON object instead of a page
  --check   exit with 1 when a figure is worse than what scripts/evaluation/floors.py holds as kept
  --write   put the page between the markers of Documentation/ModelCard.md
  --only    some of the parts

Single messages are scored as conversations of their own, with the poll's question before its answer. A move is score >= 0.5, a
disclosure is disclosure >= 0.5. Bounds are 95 % percentiles of 1,000 seeded resamples within voices. Figures: Documentation/ModelCard.md.
"""

import argparse
import contextlib
import datetime
import io
import json
import os
import pathlib
import sys

import numpy as np

import data
import evasion
import fairness
import floors
import measures

SEED = 20261128
CARD = data.ROOT / "Documentation/ModelCard.md"
BEGIN, END = "<!-- evaluate:begin -->", "<!-- evaluate:end -->"
PARTS = ["messages", "polls", "transcripts", "calibration", "evasion", "fairness", "real"]


def main():
    options = arguments()
    jaga = data.Jaga(options.jaga, options.model)
    names = data.voices(options.split)
    gold, chats = data.gold_messages(names), data.gold_transcripts(names)
    rows = data.scored_messages(jaga, gold)
    out = {"model": jaga.identity(), "split": options.split, "voices": names}
    if "messages" in options.only:
        out["messages"] = parts(rows, message_part)
    if "polls" in options.only:
        out["polls"] = polls(rows)
    if "transcripts" in options.only:
        out["transcripts"] = parts(data.scored_transcripts(jaga, chats), transcript_part)
    if "calibration" in options.only:
        out["calibration"] = calibration(jaga, gold)
    real = options.data / "messages-real-measure.jsonl"
    has_real = real.is_file()
    if not has_real:
        print(f"evaluate: {real} is not there; real text is left out (name its folder with --data or JAGA_DATA)", file=sys.stderr)
    if "evasion" in options.only:
        out["evasion"] = evasions(jaga, gold, rows, data.rows_of(real) if has_real else [])
    if "fairness" in options.only:
        out["fairness"] = list(fairness.shifts(jaga))
    if "real" in options.only and has_real:
        out["real"] = real_text(jaga, real, options.data / "transcripts-real.jsonl")
    if options.write and (set(options.only) != set(PARTS) or not has_real or options.split != "test"):
        data.fail("--write needs all parts, the test voices and the real text; the model card is left as it is")
    missed = floors.missed(out)
    if options.json:
        print(json.dumps(without_nan(out | {"missed": missed}), indent=1, ensure_ascii=False))
    elif options.write:
        write(out, missed)
    else:
        page(out, missed)
    if options.check:
        worse = floors.missed(out, floors.KEPT)
        for line in worse:
            print(f"evaluate: {line}, which is worse than what was kept", file=sys.stderr)
        if worse:
            sys.exit(1)


def arguments():
    parser = argparse.ArgumentParser(
        prog="scripts/evaluate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, usage=argparse.SUPPRESS)
    parser.add_argument("--split", choices=["test", "calibration"], default="test")
    parser.add_argument("--data", type=pathlib.Path, default=data.ROOT / os.environ.get("JAGA_DATA", "../shared/data"))
    parser.add_argument(
        "--jaga", type=pathlib.Path, default=pathlib.Path(os.environ.get("JAGA", data.ROOT / ".build/release/jaga")))
    parser.add_argument("--model", type=pathlib.Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--only", type=lambda text: text.split(","), default=PARTS)
    options = parser.parse_args()
    for name in options.only:
        if name not in PARTS:
            parser.error(f"--only: '{name}' is none of {', '.join(PARTS)}")
    return options


# What is measured


def parts(rows, figures):
    """Figures of all rows, of each language and of each voice."""
    out = {"all": figures(rows)}
    for key in ["lang", "voice"]:
        for name in sorted({row[key] for row in rows}):
            out[f"{key} {name}"] = figures([row for row in rows if row[key] == name])
    return out


def with_bounds(compute, rows):
    strata = np.array([row["voice"] for row in rows])
    bounds = measures.interval(compute, len(rows), strata, SEED)
    return {name: {"value": value, "low": bounds[name][0], "high": bounds[name][1]}
            for name, value in compute(np.arange(len(rows))).items()}


def message_part(rows):
    return with_bounds(measures.Messages(rows).figures, rows)


def transcript_part(rows):
    return with_bounds(lambda pick: measures.transcript_figures([rows[index] for index in pick]), rows)


def polls(rows):
    """Replies to a poll's question: what the poll bot would take for a disclosure at its own threshold."""
    asked = [row for row in rows if row["polled"]]

    def figures(pick):
        some = [asked[index] for index in pick]
        told = [row for row in some if row["told"]]
        harmless = [row for row in some if not row["told"] and not row["risky"]]
        return {
            "replies": len(some), "harmless": len(harmless),
            "harmless as disclosure": measures.share(
                sum(row["disclosure"] >= floors.POLL_THRESHOLD for row in harmless), len(harmless)),
            "disclosure recall": measures.share(
                sum(row["disclosure"] >= floors.POLL_THRESHOLD for row in told), len(told))}

    return with_bounds(figures, asked) if asked else {}


def calibration(jaga, gold):
    """Calibration of the score by language, told the share of moves that the rows have (`--base-rate`): an operator knows his own share.
    What is measured is the shape, not the model's reference prevalence."""
    out = {}
    for name in ["all", *sorted({row["lang"] for row in gold})]:
        some = [row for row in gold if name in ("all", row["lang"])]
        rate = sum(any("." in name for name in row["labels"]) for row in some) / len(some)
        if not 0 < rate < 1:
            continue
        rows = data.scored_messages(jaga, some, options=["--base-rate", f"{rate:.4f}"])
        score = np.array([row["score"] for row in rows])
        risky = np.array([row["risky"] for row in rows], dtype=float)
        out[name] = {
            "messages": len(rows), "base rate": rate, "ECE": measures.calibration_error(score, risky),
            "ECE, not debiased": measures.calibration_error(score, risky, debiased=False),
            "Brier": measures.brier(score, risky)}
    return out


def evasions(jaga, gold, plain, real):
    """Recall of moves and false alarms under each kind alone, beside the plain ones; real text by every fourth message."""
    real = [{"id": row["id"], "text": row["text"], "labels": ["benign"]} for row in real[::4]]
    out = {}
    plain_real = data.scored_messages(jaga, real) if real else []
    for kind in ["plain", *evasion.KINDS]:
        if kind == "plain":
            rows, real_rows = plain, plain_real
        else:
            rows = data.scored_messages(jaga, gold, text=lambda row: evasion.variant(row["text"], kind))
            real_rows = data.scored_messages(jaga, real, text=lambda row: evasion.variant(row["text"], kind)) if real else []
        risky = [row for row in rows if row["risky"]]
        benign = [row for row in rows if not row["risky"] and not row["told"]]
        out[kind] = {
            "recall": moves(risky), "benign as a move": moves(benign), "real as a move": moves(real_rows)}
    for kind in evasion.KINDS:
        out[kind]["recall left"] = measures.share(out[kind]["recall"], out["plain"]["recall"])
    return out


def moves(rows):
    return measures.share(sum(row["score"] >= 0.5 for row in rows), len(rows))


def real_text(jaga, messages, transcripts):
    rows = data.rows_of(messages)
    records = jaga.score_file(messages)
    if len(records) != len(rows):
        data.fail(f"jaga gave {len(records)} records for the {len(rows)} messages of {messages}")
    tests = {
        "move": lambda record: record["score"] >= 0.5, "review": lambda record: record["band"] in data.REVIEW,
        "high": lambda record: record["band"] == "high", "disclosure": lambda record: record["disclosure"] >= 0.5}
    out = {}
    for name in ["all", *sorted({row["lang"] for row in rows})]:
        some = [record for row, record in zip(rows, records) if name in ("all", row["lang"])]
        out[name] = {"messages": len(some)} | {
            test: measures.share(sum(map(check, some)), len(some)) for test, check in tests.items()}
    if transcripts.is_file():
        chats = jaga.score_file(transcripts, level="conversation")
        out["transcripts"] = {
            "transcripts": len(chats),
            "review": measures.share(sum(record.get("first_alert_index") is not None for record in chats), len(chats)),
            "support": measures.share(sum(bool(record.get("support_needed")) for record in chats), len(chats))}
    return out


# Printing


def write(out, missed):
    """Puts the page into the model card."""
    text = CARD.read_text(encoding="utf-8")
    before, after = text.split(BEGIN, 1)[0], text.split(END, 1)[1]
    with io.StringIO() as lines:
        with contextlib.redirect_stdout(lines):
            page(out, missed)
        block = f"{BEGIN}\n`scripts/evaluate --write`, {datetime.date.today()}:\n\n```text\n{lines.getvalue()}```\n{END}"
    CARD.write_text(before + block + after, encoding="utf-8")
    print(f"evaluate: {CARD.relative_to(data.ROOT)} is written")


def shown(value):
    if isinstance(value, dict):
        if isinstance(value["value"], int):
            return shown(value["value"])
        return f"{shown(value['value'])} [{shown(value['low'])}, {shown(value['high'])}]"
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return "-"
    return f"{value:d}" if isinstance(value, int) else f"{value:.4f}"


def page(out, missed):
    print(f"model {out['model']}, {out['split']} voices: {', '.join(out['voices'])}")
    for part in PARTS:
        if part not in out:
            continue
        print(f"\n{part}")
        found = out[part]
        if isinstance(found, list):
            for row in found:
                print("  " + ", ".join(f"{key} {value if isinstance(value, str) else shown(value)}" for key, value in row.items()))
        elif found and all(isinstance(value, dict) and "value" not in value for value in found.values()):
            for name, figures in found.items():
                print(f"  {name}")
                for key, value in figures.items():
                    print(f"    {key:40}{shown(value)}")
        else:
            for key, value in found.items():
                print(f"    {key:40}{shown(value)}")
    print(f"\nfloors not met: {len(missed)}")
    for line in missed:
        print(f"  {line}")


def without_nan(value):
    if isinstance(value, dict):
        return {key: without_nan(item) for key, item in value.items()}
    if isinstance(value, list):
        return [without_nan(item) for item in value]
    if isinstance(value, (float, np.floating)):
        return None if np.isnan(value) else float(value)
    return int(value) if isinstance(value, np.integer) else value


if __name__ == "__main__":
    main()
