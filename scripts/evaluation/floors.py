"""The floors that a model must keep, and the poll bot's own threshold."""

import math

import evasion
import fairness

# Disclosure probability from which the poll bot offers support: below the usual one, since a kind answer too many does no harm. Chosen on
# polls of training voices, out of fold.
POLL_THRESHOLD = 0.3

# part -> figure -> (least, most); None where there is no bound.
MESSAGES = {
    "AUC": (0.96, None), "F1": (0.88, None), "track macro-F1": (0.80, None), "top label": (0.68, None),
    "disclosure recall": (0.90, None), "disclosure as a move": (None, 0.04)}
POLLS = {"harmless as disclosure": (None, 0.005), "disclosure recall": (0.95, None)}
TRANSCRIPTS = {
    "recall": (0.93, None), "false alarms": (None, 0.05), "right track": (0.85, None), "median lag": (-1, 1),
    "premature": (None, 0.10), "supported": (1, None)}
REAL = {"move": (None, 0.01), "review": (None, 0.001), "high": (None, 0.0002), "disclosure": (None, 0.002)}
REAL_TRANSCRIPTS = {"review": (None, 0.005)}
CALIBRATION = {"ECE": (None, 0.03)}


def below(bounds, figures):
    for name, (least, most) in bounds.items():
        value = figures.get(name)
        value = value["value"] if isinstance(value, dict) else value
        if value is None:
            yield f"{name} is missing"
            continue
        if math.isnan(value):
            continue
        if least is not None and value < least:
            yield f"{name} {value:.4f}, at least {least}"
        if most is not None and value > most:
            yield f"{name} {value:.4f}, at most {most}"


# Where a floor is not met yet, or is met with room: what a change must not fall behind. (part, figure) -> (least, most).
KEPT = {
    ("messages", "AUC"): (0.97, None), ("messages", "F1"): (0.855, None), ("messages", "track macro-F1"): (0.79, None),
    ("messages", "top label"): (0.84, None), ("messages", "disclosure recall"): (0.76, None),
    ("polls", "harmless as disclosure"): (None, 0.065), ("polls", "disclosure recall"): (0.79, None),
    ("transcripts", "recall"): (0.80, None), ("transcripts", "false alarms"): (None, 0.065),
    ("transcripts", "premature"): (None, 0.15), ("transcripts", "supported"): (0.86, None),
    ("real transcripts", "review"): (None, 0.012)}


def missed(out, kept=None):
    """One line for every floor that the figures do not meet; with `kept`, its bounds stand before those of the tables."""
    lines = []

    def outside(figures, bounds, part=None):
        return below({name: (kept or {}).get((part, name), bound) for name, bound in bounds.items()}, figures)

    for part, bounds in [("messages", MESSAGES), ("transcripts", TRANSCRIPTS)]:
        for name, figures in out.get(part, {}).items():
            # What must not get worse is held for all voices together: one voice alone is small.
            if name == "all":
                lines += [f"{part}: {line}" for line in outside(figures, bounds, part)]
            elif kept is None:
                lines += [f"{part}, {name}: {line}" for line in outside(figures, bounds)]
    if out.get("polls"):
        lines += [f"polls: {line}" for line in outside(out["polls"], POLLS, "polls")]
    for name, figures in out.get("calibration", {}).items():
        lines += [f"calibration, {name}: {line}" for line in outside(figures, CALIBRATION, "calibration")]
    for kind, (_, _, left) in evasion.KINDS.items():
        if "evasion" not in out:
            break
        figures, plain = out["evasion"][kind], out["evasion"]["plain"]
        bounds = {"recall left": (left, None)}
        for alarm in ["benign as a move", "real as a move"]:
            bounds[alarm] = (None, 1.5 * plain[alarm] + 0.01 if not math.isnan(plain[alarm]) else math.inf)
        lines += [f"evasion, {kind}: {line}" for line in outside(figures, bounds)]
    for row in out.get("fairness", []):
        bounds = {"largest": (None, fairness.LARGEST), "mean": (None, fairness.MEAN)}
        lines += [f"fairness, {row['group']}: {line}" for line in outside(row, bounds)]
    if "real" in out:
        lines += [f"real messages: {line}" for line in outside(out["real"]["all"], REAL, "real")]
        lines += [f"real transcripts: {line}" for line in outside(out["real"].get("transcripts", {}), REAL_TRANSCRIPTS, "real transcripts")]
    return lines
