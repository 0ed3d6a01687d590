#!/usr/bin/env python3
"""Writes the golden figures that the learning tests compare with, from scikit-learn and scipy.

usage: scripts/golden/naive_bayes.py

Writes Tests/JagaTrainingTests/Fixtures/naive-bayes-golden.json and Tests/JagaTrainingTests/Fixtures/platt-golden.json:
the input (a small generated table of labelled rows, without any text) and what the reference makes of it. The same versions give
the same files; see "versions" in them. Where scikit-learn is missing, it is installed into a virtual environment in a temporary
folder, which is removed afterwards.

naive Bayes: MultinomialNB on presence counts, one class against the rest, weighted rows; the evidence of a feature is the difference
of its two log probabilities. The heads P(label | move) see moves only.
scaling: the minimum of the weighted log loss with Platt's softened targets, by scipy's L-BFGS-B inside the slope's range; for
the case without weights also scikit-learn's own _sigmoid_calibration.
"""

import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "Tests" / "JagaTrainingTests" / "Fixtures"
MOVES = 20
MOVE_HEAD, DISCLOSURE_HEAD, HEADS = 20, 21, 22
DISCLOSURE, BENIGN = 20, 21


def rerun_with_scikit_learn():
    """Runs this script again in an environment of its own."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        python = str(pathlib.Path(folder) / "bin" / "python")
        subprocess.run([python, "-m", "pip", "install", "-q", "scikit-learn"], check=True)
        subprocess.run([python, __file__], check=True, env=os.environ | {"JAGA_GOLDEN_VENV": "1"})


def make_rows(source, count, features):
    """Rows of features, labels and weight: each label prefers some features, as words do."""
    rows = []
    for _ in range(count):
        kind = source.random()
        if kind < 0.45:
            labels = sorted({source.randrange(MOVES - 2) for _ in range(source.choice([1, 1, 2]))})
        else:
            labels = [DISCLOSURE] if kind < 0.6 else [BENIGN]
        chosen = set()
        for _ in range(source.randrange(0, 9)):
            preferred = (labels[0] * 3 + source.randrange(6)) % features
            # The last two features never occur.
            chosen.add(min(preferred if source.random() < 0.6 else source.randrange(features), features - 3))
        rows.append({"features": sorted(chosen), "labels": labels, "weight": source.choice([1, 1, 1, 0.5, 0.125])})
    return rows


def naive_bayes():
    import numpy as np
    from sklearn.naive_bayes import MultinomialNB

    source = random.Random(20)
    features, smoothing = 40, 0.5
    rows = make_rows(source, 120, features)
    presence = np.zeros((len(rows), features))
    for index, row in enumerate(rows):
        presence[index, row["features"]] = 1
    weights = np.array([row["weight"] for row in rows])
    is_move = np.array([any(label < MOVES for label in row["labels"]) for row in rows])

    evidence = np.zeros((features, HEADS))
    priors = np.zeros(HEADS)
    for head in range(HEADS):
        if head == MOVE_HEAD:
            target, used = is_move, np.ones(len(rows), bool)
        elif head == DISCLOSURE_HEAD:
            target, used = np.array([DISCLOSURE in row["labels"] for row in rows]), np.ones(len(rows), bool)
        else:
            target, used = np.array([head in row["labels"] for row in rows]), is_move
        # partial_fit knows both classes even where one has no rows, as for the labels 18 and 19.
        model = MultinomialNB(alpha=smoothing)
        model.partial_fit(presence[used], target[used].astype(int), classes=[0, 1], sample_weight=weights[used])
        # What the head's rows never hold says nothing; scikit-learn's figure for it is an echo of the totals.
        seen = (presence[used] * weights[used][:, None]).sum(axis=0) > 0
        evidence[:, head] = np.where(seen, model.feature_log_prob_[1] - model.feature_log_prob_[0], 0)
        priors[head] = np.log((model.class_count_[1] + 0.5) / (model.class_count_[0] + 0.5))
    return {
        "features": features,
        "smoothing": smoothing,
        "rows": rows,
        "evidence": [round(value, 12) for value in evidence.ravel().tolist()],
        "priors": [round(value, 12) for value in priors.tolist()],
    }


def platt_case(name, source, count, slope, intercept, prevalence, bounds=(0.2, 2.0)):
    """Sums whose positives follow a known sigmoid, and the best slope and intercept inside the range."""
    import numpy as np
    from scipy.optimize import minimize
    from scipy.special import expit

    sums = np.array([round(source.gauss(-0.5, 2), 6) for _ in range(count)])
    positive = np.array([source.random() < expit(slope * value + intercept) for value in sums])
    positives, negatives = positive.sum(), (~positive).sum()
    share = prevalence if prevalence is not None else positives / count
    weight = np.where(positive, share / positives, (1 - share) / negatives)
    target = np.where(positive, (positives + 1) / (positives + 2), 1 / (negatives + 2))

    def loss(parameters):
        logits = parameters[0] * sums + parameters[1]
        value = (weight * (np.logaddexp(0, logits) - target * logits)).sum()
        error = weight * (expit(logits) - target)
        return value, np.array([(error * sums).sum(), error.sum()])

    fit = minimize(loss, [1, 0], jac=True, method="L-BFGS-B", bounds=[bounds, (None, None)],
                   options={"ftol": 1e-16, "gtol": 1e-12, "maxiter": 10000})
    case = {
        "name": name,
        "sums": sums.tolist(),
        "positive": positive.tolist(),
        "prevalence": prevalence,
        "lowest": bounds[0],
        "highest": bounds[1],
        "slope": round(float(fit.x[0]), 8),
        "intercept": round(float(fit.x[1]), 8),
    }
    if prevalence is None and bounds[0] < fit.x[0] < bounds[1]:
        from sklearn.calibration import _sigmoid_calibration

        a, b = _sigmoid_calibration(sums, positive)
        case["scikitLearn"] = {"slope": round(-float(a), 6), "intercept": round(-float(b), 6)}
    return case


def platt():
    source = random.Random(21)
    return {
        "cases": [
            platt_case("plain", source, 200, 0.8, -0.3, None),
            platt_case("weighted to a quarter", source, 200, 0.8, -0.3, 0.25),
            platt_case("weighted to a rare class", source, 150, 1.2, 1.0, 0.05),
            platt_case("few positives", source, 120, 0.7, -3.0, None),
            platt_case("far off", source, 150, 0.9, 6.0, None),
            platt_case("steeper than the range", source, 200, 6.0, 2.0, 0.25),
            platt_case("flatter than the range", source, 200, 0.0, -1.0, 0.4),
            platt_case("wide range", source, 200, 3.0, 1.0, None, (0.0, 50.0)),
        ]
    }


def write(name, content):
    FIXTURES.mkdir(parents=True, exist_ok=True)
    (FIXTURES / name).write_text(json.dumps(content, separators=(",", ":")) + "\n")
    print(f"wrote {name}")


def main():
    try:
        import scipy
        import sklearn
    except ImportError:
        if "JAGA_GOLDEN_VENV" in os.environ:
            raise
        return rerun_with_scikit_learn()
    versions = {"scikit-learn": sklearn.__version__, "scipy": scipy.__version__}
    write("naive-bayes-golden.json", {"versions": versions} | naive_bayes())
    write("platt-golden.json", {"versions": versions} | platt())


main()
