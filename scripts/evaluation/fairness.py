"""Counterfactual pairs: the same sentence about other people must have the same score.

corpora/counterfactuals.json holds groups of interchangeable terms and sentences with one slot; every sentence of a group is
scored with every term, and what moves is the difference between two terms in one sentence.
"""

import itertools
import json
import statistics

from data import ROOT

PATH = ROOT / "corpora/counterfactuals.json"
# Largest and mean difference in probability that a group may show; words of the neutral lists show none, a name that no list knows is spelled out.
LARGEST, MEAN = 0.20, 0.02


def groups():
    return json.loads(PATH.read_text(encoding="utf-8"))["groups"]


def shifts(jaga):
    """For each group: number of pairs, mean and largest difference of score and of disclosure between two terms."""
    for group in groups():
        texts = [[sentence.replace("{}", term) for term in group["terms"]] for sentence in group["sentences"]]
        records = jaga.score({"text": text} for row in texts for text in row)
        width = len(group["terms"])
        differences = []
        for begin in range(0, len(records), width):
            for left, right in itertools.combinations(records[begin:begin + width], 2):
                differences.append(max(
                    abs(left["score"] - right["score"]), abs(left["disclosure"] - right["disclosure"])))
        yield {"group": group["name"], "lang": group["lang"], "pairs": len(differences),
               "mean": statistics.fmean(differences), "largest": max(differences)}
