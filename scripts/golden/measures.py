#!/usr/bin/env python3
"""Writes the golden figures that the tests of evaluation compare with, from scikit-learn, numpy and scripts/evaluation/measures.py.

usage: $(scripts/python-environment) scripts/golden/measures.py

Writes into Tests/JagaEvaluationTests/Fixtures:
  measures-golden.json   arrays of scores and decisions, and what the reference makes of them; "repeats" are resamples
  gold.jsonl             invented messages and transcripts whose texts say nothing (words such as "kata")
  predictions.jsonl      invented predictions of them
  figures-golden.json    the figures of these two files, population/dimension/group/head/measure -> value; null is undefined
The same versions give the same files; see "versions" in them.
"""

import json
import math
import pathlib
import random
import sys

import numpy as np
import sklearn
from sklearn import metrics

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts" / "evaluation"))
import measures  # noqa: E402

FIXTURES = ROOT / "Tests" / "JagaEvaluationTests" / "Fixtures"
TRACKS = {
    "grooming": ["contact", "trust", "assessment", "isolation", "sexualisation", "approach"],
    "sextortion": ["lure", "capture", "threat", "demand", "pressure"],
    "topup": ["offer", "condition", "request", "payment", "leverage"],
    "trade": ["recruit", "advertise", "migrate", "transact"]}
LABELS = [f"{track}.{stage}" for track, stages in TRACKS.items() for stage in stages]
BETAS = {"f1": 1, "f0.5": 0.5, "f3": 3}
LENGTHS = [(3, "1-3 words"), (8, "4-8 words"), (20, "9-20 words"), (10**9, "21+ words")]
BASE_RATE = 0.002


def plain(value):
    """JSON's null for NaN."""
    return None if value is None or math.isnan(value) else float(value)


def rank_figures(scores, positive):
    scores, positive = np.asarray(scores, dtype=float), np.asarray(positive, dtype=float)
    both = 0 < positive.sum() < len(positive)
    return {
        "roc_auc": plain(metrics.roc_auc_score(positive, scores)) if both else None,
        "pr_auc": plain(metrics.average_precision_score(positive, scores)) if positive.sum() else None,
        "brier": plain(metrics.brier_score_loss(positive, scores, pos_label=1)) if len(scores) else None,
        "ece": plain(measures.calibration_error(scores, positive, debiased=False)),
        "ece_debiased": plain(measures.calibration_error(scores, positive))}


def decision_figures(gold, said):
    """Precision is undefined when nothing is said, recall when nothing is gold, F when neither."""
    gold, said = np.asarray(gold, dtype=bool), np.asarray(said, dtype=bool)
    out = {
        "precision": plain(metrics.precision_score(gold, said, zero_division=np.nan)),
        "recall": plain(metrics.recall_score(gold, said, zero_division=np.nan)),
        "false_positive_rate": plain(measures.share((said & ~gold).sum(), (~gold).sum()))}
    for name, beta in BETAS.items():
        empty = not (gold.any() or said.any())
        out[name] = None if empty else plain(metrics.fbeta_score(gold, said, beta=beta, zero_division=0))
    return out


def cases(source):
    for name, count, decimals in [
            ("fine", 400, 6), ("ties", 300, 1), ("few", 7, 2), ("one class", 20, 3), ("all equal", 12, 0), ("single", 1, 2)]:
        positive = [source.random() < (1 if name == "one class" else 0.3) for _ in range(count)]
        scores = [
            round(min(1, max(0, source.gauss(0.6 if flag else 0.35, 0.25))), decimals) if name != "all equal" else 0.5
            for flag in positive]
        repeats = [source.choice([0, 0, 1, 1, 1, 2, 3, 5]) for _ in range(count)]
        again = np.repeat(np.arange(count), repeats)
        said = [score >= 0.5 for score in scores]
        yield {
            "name": name, "scores": scores, "positive": positive, "repeats": repeats,
            "once": rank_figures(scores, positive), "repeated": rank_figures(np.array(scores)[again], np.array(positive)[again]),
            "decisions": decision_figures(positive, said)}


def averages(source):
    gold = np.array([[source.random() < 0.3 for _ in range(5)] for _ in range(60)])
    said = np.array([[flag if source.random() < 0.7 else source.random() < 0.4 for flag in row] for row in gold])
    figures = {}
    for average in ["micro", "macro"]:
        figures[average] = {
            "precision": metrics.precision_score(gold, said, average=average),
            "recall": metrics.recall_score(gold, said, average=average)} | {
            name: metrics.fbeta_score(gold, said, beta=beta, average=average) for name, beta in BETAS.items()}
    return {"gold": gold.tolist(), "said": said.tolist(), "figures": figures}


def confusion(source):
    gold = [source.randrange(4) for _ in range(50)]
    said = [value if source.random() < 0.6 else source.randrange(4) for value in gold]
    return {"gold": gold, "said": said, "cells": metrics.confusion_matrix(gold, said, labels=range(4)).ravel().tolist()}


def quantiles(source):
    values = sorted(round(source.gauss(0, 5), 3) for _ in range(23))
    points = [0, 0.025, 0.25, 0.5, 0.75, 0.975, 1]
    return {"values": values, "points": points, "quantiles": np.percentile(values, [100 * point for point in points]).tolist()}


# Files


def messages(source):
    """Gold messages, some in conversations, and a prediction for each."""
    gold, said = [], []
    for number in range(240):
        kind = source.random()
        labels = (
            source.sample(LABELS, source.choice([1, 1, 2])) if kind < 0.45
            else ["disclosure"] + (["topup.request"] if source.random() < 0.1 else []) if kind < 0.55 else ["benign"])
        row = {
            "id": f"m{number}", "text": " ".join(["kata"] * source.choice([1, 2, 3, 4, 5, 8, 9, 12, 20, 21, 30])),
            "lang": source.choice(["id", "en", "mix"]), "labels": labels, "voice": f"voice-{source.randrange(3)}"}
        if number % 4 == 0:
            row["conversation_id"] = f"c{number // 12}"
        if number % 17 == 0:
            del row["lang"]
        risky = any("." in label for label in labels)
        score = round(min(1, max(0, source.gauss(0.65 if risky else 0.25, 0.25))), 6 if number % 3 else 1)
        named = source.sample(LABELS, source.choice([1, 2, 3]))
        if risky and source.random() < 0.6 and labels[0] in LABELS and labels[0] not in named:
            named[0] = labels[0]
        parts = {name: round(score * source.random(), 6) for name in named}
        if score > 0.7:
            parts[named[0]] = score
        top = max(parts, key=parts.get)
        record = {
            "conversation_id": row.get("conversation_id", str(number + 1)), "message_id": row["id"], "score": score,
            "band": "high" if score > 0.8 else "review" if score > 0.6 else "none", "track": top.split(".")[0],
            "stage": top.split(".")[1], "labels": parts,
            "disclosure": round(min(1, max(0, source.gauss(0.7 if "disclosure" in labels else 0.1, 0.2))), 6)}
        gold.append(row)
        said.append(record)
    source.shuffle(said)
    return gold, said


def message_figures(gold, said):
    by_id = {record["message_id"]: record for record in said}
    rows = []
    for row in gold:
        record = by_id[row["id"]]
        words = len(row["text"].split())
        rows.append(row | {
            "record": record, "risky": any("." in label for label in row["labels"]), "told": "disclosure" in row["labels"],
            "length": next(name for most, name in LENGTHS if words <= most)})
    out = {}
    groups = [("all", "all", rows)]
    for dimension in ["lang", "voice", "length"]:
        for name in sorted({row.get(dimension, "unstated") for row in rows}):
            groups.append((dimension, name, [row for row in rows if row.get(dimension, "unstated") == name]))
    for dimension, name, some in groups:
        for head, figures in group_figures(some).items():
            for measure, value in figures.items():
                out[f"messages/{dimension}/{name}/{head}/{measure}"] = value
    score = np.array([row["record"]["score"] for row in rows])
    for label in LABELS:
        truth = [label in row["labels"] for row in rows]
        probability = [row["record"]["labels"].get(label, 0) for row in rows]
        figures = decision_figures(truth, np.array(probability) >= 0.5) | rank_figures(probability, truth)
        out |= {f"messages/label/{label}/label/{measure}": value for measure, value in figures.items()}
    for track in TRACKS:
        out |= {f"messages/label/{track}/track/{measure}": value for measure, value in decision_figures(
            [row["labels"][0].split(".")[0] == track for row in rows],
            [move and row["record"]["track"] == track for move, row in zip(score >= 0.5, rows)]).items()}
    return out


def group_figures(rows):
    score = np.array([row["record"]["score"] for row in rows])
    disclosure = np.array([row["record"]["disclosure"] for row in rows])
    risky = np.array([row["risky"] for row in rows])
    told = np.array([row["told"] for row in rows])
    move = decision_figures(risky, score >= 0.5) | rank_figures(score, risky)
    move["roc_auc_harmless"] = plain(measures.auc(score[risky], score[~risky & ~told]))
    tpr, fpr = move["recall"], move["false_positive_rate"]
    move["precision_at_base_rate"] = None if tpr is None or fpr is None else plain(
        measures.share(BASE_RATE * tpr, BASE_RATE * tpr + (1 - BASE_RATE) * fpr))
    top = [f"{row['record']['track']}.{row['record']['stage']}" in row["labels"] for row in rows]
    move["top_label"] = plain(measures.share((np.array(top) & risky).sum(), risky.sum()))
    tell = decision_figures(told, disclosure >= 0.5) | rank_figures(disclosure, told)
    tell["taken_for_move"] = plain(measures.share(((score >= 0.5) & told & ~risky).sum(), (told & ~risky).sum()))
    out = {"move": move, "disclosure": tell}
    truth = np.array([[label in row["labels"] for label in LABELS] for row in rows])
    said = np.array([[row["record"]["labels"].get(label, 0) >= 0.5 for label in LABELS] for row in rows])
    tracks = np.array([[row["labels"][0].split(".")[0] == track for track in TRACKS] for row in rows])
    named = np.array([[s >= 0.5 and row["record"]["track"] == track for track in TRACKS] for s, row in zip(score, rows)])
    for name, gold, decided in [("labels", truth, said), ("tracks", tracks, named)]:
        columns = [decision_figures(gold[:, index], decided[:, index]) for index in range(gold.shape[1])]
        micro = decision_figures(gold.ravel(), decided.ravel())
        for measure in ["precision", "recall", *BETAS]:
            defined = [column[measure] for column in columns if column[measure] is not None]
            out.setdefault(f"{name}_macro", {})[measure] = sum(defined) / len(defined) if defined else None
            out.setdefault(f"{name}_micro", {})[measure] = micro[measure]
    return out


def transcripts(source):
    gold, said = [], []
    for number in range(40):
        label = source.choice([*TRACKS, *TRACKS, "benign", "benign", "disclosure"])
        length = source.choice([3, 8, 12, 30, 55])
        row = {
            "id": f"t{number}", "lang": source.choice(["id", "en"]), "label": label,
            "messages": [{"author": "ab"[index % 2], "text": "kata"} for index in range(length)]}
        alarm = source.randrange(length) if source.random() < (0.8 if label in TRACKS else 0.3) else None
        if label in TRACKS:
            row["first_risk"] = source.randrange(length)
        helped = source.random() < (0.8 if label == "disclosure" else 0.1)
        track = label if label in TRACKS and source.random() < 0.7 else source.choice(list(TRACKS))
        for index in range(length):
            band = "review" if alarm is not None and index >= alarm else "watch"
            said.append({
                "conversation_id": row["id"], "message_id": str(index), "score": 0.5, "band": "none", "disclosure": 0.1,
                "conversation": {"band": band, "track": track, "support_needed": helped and index == length - 1}})
        gold.append(row | {"alarm": alarm, "helped": helped, "track": track})
    return gold, said


def transcript_figures(gold):
    out = {}
    for dimension, name, rows in [("all", "all", gold)] + [
            ("lang", lang, [row for row in gold if row["lang"] == lang]) for lang in ["id", "en"]]:
        risky = np.array([row["label"] in TRACKS for row in rows])
        alarmed = np.array([row["alarm"] is not None for row in rows])
        told = np.array([row["label"] == "disclosure" for row in rows])
        helped = np.array([row["helped"] for row in rows])
        right = [row for row in rows if row["label"] in TRACKS and row["alarm"] is not None]
        lags = [row["alarm"] - row["first_risk"] for row in right]
        alarm = decision_figures(risky, alarmed)
        alarm["right_track"] = measures.share(sum(row["track"] == row["label"] for row in right), len(right))
        lower, median, upper = np.percentile(lags, [25, 50, 75])
        alarm |= {"lag_median": median, "lag_lower_quartile": lower, "lag_upper_quartile": upper}
        alarm["premature"] = measures.share(sum(lag < -2 for lag in lags), len(lags))
        p = math.log(3) / 89
        alarm["speed"] = 1 - float(np.median([-1 + 2 / (1 + math.exp(-p * row["alarm"])) for row in right]))
        alarm["latency_f1"] = alarm["f1"] * alarm["speed"]
        for o in [5, 50]:
            costs = []
            for row in rows:
                if row["label"] in TRACKS:
                    costs.append(1 if row["alarm"] is None else 1 - 1 / (1 + math.exp(row["alarm"] + 1 - o)))
                else:
                    costs.append(0 if row["alarm"] is None else risky.mean())
            alarm[f"erde_{o}"] = float(np.mean(costs))
        support = decision_figures(told, helped)
        for head, figures in [("alarm", alarm), ("support", {key: support[key] for key in ["recall", "false_positive_rate"]})]:
            out |= {f"transcripts/{dimension}/{name}/{head}/{measure}": value for measure, value in figures.items()}
    return out


def write(name, value):
    (FIXTURES / name).write_text(json.dumps(value, separators=(",", ":")) + "\n", encoding="utf-8")


def write_lines(name, rows):
    (FIXTURES / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def main():
    FIXTURES.mkdir(parents=True, exist_ok=True)
    source = random.Random(20261128)
    versions = {"scikit-learn": sklearn.__version__, "numpy": np.__version__}
    write("measures-golden.json", {
        "versions": versions, "cases": list(cases(source)), "averages": averages(source), "confusion": confusion(source),
        "quantiles": quantiles(source)})
    gold, said = messages(source)
    chats, replies = transcripts(source)
    write_lines("gold.jsonl", gold + [
        {key: value for key, value in row.items() if key not in ("alarm", "helped", "track")} for row in chats])
    write_lines("predictions.jsonl", said + replies)
    write("figures-golden.json", {
        "versions": versions, "base_rate": BASE_RATE, "figures": message_figures(gold, said) | transcript_figures(chats)})


if __name__ == "__main__":
    main()
