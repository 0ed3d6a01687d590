"""Measures. Undefined is NaN, printed as a dash. A conversation is alarmed when it reached band review; right track, lag and premature (an
alarm more than two messages before the first risk) are over alarmed risky conversations."""

import math

import numpy as np

TRACKS = ["grooming", "sextortion", "topup", "trade"]


def share(part, whole):
    return part / whole if whole else math.nan


def auc(positive, negative):
    """Mann–Whitney: the chance that a positive outranks a negative, ties one half."""
    if not len(positive) or not len(negative):
        return math.nan
    values = np.concatenate([positive, negative])
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return (ranks[: len(positive)].sum() - len(positive) * (len(positive) + 1) / 2) / (len(positive) * len(negative))


def f1(gold, found):
    return share(2 * np.sum(gold & found), np.sum(gold) + np.sum(found))


class Messages:
    """Columns over scored messages, so that a bootstrap resample is an index."""

    def __init__(self, rows):
        self.rows = rows
        self.score = np.array([row["score"] for row in rows])
        self.disclosure = np.array([row["disclosure"] for row in rows])
        self.risky = np.array([row["risky"] for row in rows], dtype=bool)
        self.told = np.array([row["told"] for row in rows], dtype=bool)
        self.benign = ~self.risky & ~self.told
        self.gold_track = np.array([TRACKS.index(row["label"].split(".")[0]) if "." in row["label"] else -1 for row in rows])
        self.track = np.array([TRACKS.index(row["track"]) if row["track"] in TRACKS else -1 for row in rows])
        self.top = np.array([row["top"] in row["labels"] for row in rows], dtype=bool)

    def figures(self, pick=slice(None)):
        score, risky, told, benign = self.score[pick], self.risky[pick], self.told[pick], self.benign[pick]
        move = score >= 0.5
        tracks = [f1(self.gold_track[pick] == index, move & (self.track[pick] == index)) for index in range(len(TRACKS))]
        defined = [value for value in tracks if not math.isnan(value)]
        return {
            "messages": len(score), "AUC": auc(score[risky], score[benign]),
            "AUC, disclosures among the harmless": auc(score[risky], score[~risky]),
            "F1": f1(risky, move), "recall": share(np.sum(move & risky), np.sum(risky)),
            "benign as a move": share(np.sum(move & benign), np.sum(benign)),
            "track macro-F1": sum(defined) / len(defined) if defined else math.nan,
            "top label": share(np.sum(self.top[pick] & risky), np.sum(risky)),
            "disclosure recall": share(np.sum((self.disclosure[pick] >= 0.5) & told), np.sum(told)),
            "disclosure as a move": share(np.sum(move & told & ~risky), np.sum(told & ~risky)),
            "other as disclosure": share(np.sum((self.disclosure[pick] >= 0.5) & ~told), np.sum(~told)),
        }


def transcript_figures(rows):
    risky = [row for row in rows if row["risky"]]
    other = [row for row in rows if not row["risky"]]
    told = [row for row in rows if row["label"] == "disclosure"]
    alarmed = [row for row in risky if row["alert"] is not None]
    lags = [row["alert"] - row["first_risk"] for row in alarmed]
    return {
        "transcripts": len(rows), "recall": share(len(alarmed), len(risky)),
        "false alarms": share(sum(row["alert"] is not None for row in other), len(other)),
        "right track": share(sum(row["track"] == row["label"] for row in alarmed), len(alarmed)),
        "median lag": float(np.median(lags)) if lags else math.nan,
        "premature": share(sum(lag < -2 for lag in lags), len(lags)),
        "supported": share(sum(row["support"] for row in told), len(told)),
    }


def interval(compute, count, strata, seed, rounds=1000):
    """2.5 and 97.5 percentiles of every figure over seeded resamples within strata (voices)."""
    random = np.random.default_rng(seed)
    groups = [np.flatnonzero(strata == name) for name in sorted(set(strata))]
    samples = {}
    for _ in range(rounds):
        pick = np.concatenate([group[random.integers(0, len(group), len(group))] for group in groups])
        for name, value in compute(pick).items():
            samples.setdefault(name, []).append(value)
    return {name: tuple(np.nanpercentile(values, [2.5, 97.5])) if np.isfinite(values).any() else (math.nan, math.nan)
            for name, values in samples.items()}


def calibration_error(probability, positive, bins=15, debiased=True):
    """Expected calibration error over bins of equal mass. Debiased: the error that a calibrated predictor would show in a bin of that
    size is subtracted, bin by bin, down to 0 (after the idea of Kumar, Liang, Ma 2019); small bins say little either way."""
    order = np.argsort(probability, kind="stable")
    total = 0.0
    for part in np.array_split(order, bins):
        if not len(part):
            continue
        confidence, accuracy = probability[part].mean(), positive[part].mean()
        noise = math.sqrt(2 / math.pi * max(confidence * (1 - confidence), 0) / len(part)) if debiased else 0
        total += len(part) / len(order) * max(abs(confidence - accuracy) - noise, 0)
    return total


def brier(probability, positive):
    return float(np.mean((probability - positive) ** 2))
