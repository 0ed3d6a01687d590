"""Measures what the service does with replies to polls.

usage: scripts/poll-figures [--write | --check | --training]

  --write      put the tables between the markers of Documentation/ModelCard.md
  --check      exit with 1 when they differ from those in the model card, or a share is worse than its floor
  --training   for whoever writes cues: how the urgent disclosures of the training and calibration voices are marked, and the ids of those that are
               missed or marked without need. The model has learned from these voices, so this is no figure to report

Disclosures of the test voices are posted to /v1/rapidpro with their own question, or with an open one where they have none; harmless replies
with their own. Cases and their urgency are read from the store. Which disclosures are urgent says corpora/urgent.json. Bounds are Wilson's, 95 %.
"""

import argparse
import datetime
import math
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import daemon  # noqa: E402
import poll_replies  # noqa: E402

CARD = daemon.ROOT / "Documentation/ModelCard.md"
BEGIN, END = "<!-- poll-figures:begin -->", "<!-- poll-figures:end -->"

# Figure -> (what is asked for, what a change must not fall behind: what is reached now, which is less). Shares of harmless replies are upper bounds.
LEAST = {
    "disclosures with a supportive answer and a case": (0.95, 0.88),
    "urgent ones marked immediate": (1.0, 0.76)}
MOST = {"harmless replies with a case": (0.005, 0.035)}


def wilson(count, total, z=1.959964):
    """The 95 % score interval of a share."""
    share, weight = count / total, z * z / total
    middle = (share + weight / 2) / (1 + weight)
    half = z / (1 + weight) * math.sqrt(share * (1 - share) / total + weight / total / 4)
    return max(0.0, middle - half), min(1.0, middle + half)


def cell(rows, holds):
    if not rows:
        return "-"
    count = sum(map(holds, rows))
    low, high = wilson(count, len(rows))
    return f"{count}: {count / len(rows):.1%} ({low:.1%} to {high:.1%})".replace("%", " %")


def is_supported(row):
    return row["action"] == "support"


def is_case(row):
    return row["case"] is not None


def is_immediate(row):
    return row["case"] == "immediate"


def table(head, columns, groups):
    """One line a group of (name, rows); columns are (title, test)."""
    lines = [f"| {head} | replies | " + " | ".join(title for title, _ in columns) + " |", "|---" + "|---:" * (len(columns) + 1) + "|"]
    for name, rows in groups:
        lines.append(f"| {name} | {len(rows)} | " + " | ".join(cell(rows, test) for _, test in columns) + " |")
    return lines


def by(rows, key, title):
    return [(title.format(value), [row for row in rows if row[key] == value])
            for value in sorted({row[key] for row in rows}, key=str)]


def page(rows, model, asked_otherwise):
    told, harmless = [row for row in rows if row["told"]], [row for row in rows if not row["told"]]
    urgent, others = [row for row in told if row["urgent"]], [row for row in told if not row["urgent"]]
    support, case, immediate = ("`support`", is_supported), ("any case", is_case), ("case marked immediate", is_immediate)
    asked = [("asked their own question", [row for row in told if row["own"]]),
             ("asked an open question", [row for row in told if not row["own"]])]
    groups = [("all", told), *asked, *by(told, "voice", "`{}`"), *by(told, "lang", "language {}")]
    lines = [f"Model {model[:8]}. Every case came with an answer for the contact.", ""]
    lines += table("disclosures", [support, case, immediate], groups) + [""]
    kinds = [("all", urgent), *by(urgent, "urgent", "{}"), *by(urgent, "voice", "`{}`"), *by(urgent, "lang", "language {}")]
    lines += table("urgent disclosures", [immediate, case], [*kinds, ("disclosures that are not urgent", others)]) + [""]
    groups = [("all", harmless), *by(harmless, "voice", "`{}`"), *by(harmless, "lang", "language {}")]
    lines += table("harmless replies", [support, case, immediate], groups) + [""]
    lines += ["What a question does to the same texts, by the share with `support`:", ""] + contrast(rows, asked_otherwise) + [""]
    lines += ["| asked for | bound | reached |", "|---|---:|---:|"]
    for name, (value, bound, _, is_least) in figures(rows).items():
        lines.append(f"| {name} | {'at least' if is_least else 'at most'} {bound:.1%} | {value:.1%} |".replace("%", " %"))
    return "\n".join(lines) + "\n"


def contrast(rows, asked_otherwise):
    """The same texts with other questions; `asked_otherwise` is a list of (title, rows)."""
    kinds = [("disclosures without a question of their own", lambda row: row["told"] and not row["own"]),
             ("harmless replies", lambda row: not row["told"])]
    columns = [*asked_otherwise, ("their own question", [row for row in rows if row["own"]])]
    lines = ["| texts | " + " | ".join(title for title, _ in columns) + " |", "|---" + "|---:" * len(columns) + "|"]
    for name, belongs in kinds:
        lines.append(f"| {name} | " + " | ".join(cell([row for row in some if belongs(row)], is_supported) for _, some in columns) + " |")
    return lines


def training():
    """What the cues make of voices that they may be tuned on."""
    gold = [row for row in poll_replies.gold(poll_replies.TRAINING) if row["told"] and not row["considered"]]
    rows, _ = poll_replies.answered(gold)
    urgent, others = [row for row in rows if row["urgent"]], [row for row in rows if not row["urgent"]]
    case, immediate = ("any case", is_case), ("case marked immediate", is_immediate)
    groups = [("urgent", urgent), *by(urgent, "urgent", "{}"), *by(urgent, "lang", "language {}"), ("not urgent", others)]
    print("\n".join(table("disclosures of training voices", [immediate, case], groups)))
    for title, some in [("missed", [row for row in urgent if not is_immediate(row)]), ("without need", list(filter(is_immediate, others)))]:
        print(f"\n{title}: " + " ".join(row["id"] for row in some))


def figures(rows):
    """Name -> (share, what is asked for, floor, whether these are lower bounds)."""
    told = [row for row in rows if row["told"]]
    parts = {
        "disclosures with a supportive answer and a case": (told, lambda row: is_supported(row) and is_case(row) and row["answer"]),
        "urgent ones marked immediate": ([row for row in told if row["urgent"]], is_immediate),
        "harmless replies with a case": ([row for row in rows if not row["told"]], is_case)}
    return {name: (sum(map(test, some)) / len(some), *(LEAST | MOST)[name], name in LEAST) for name, (some, test) in parts.items()}


def worse(rows):
    for name, (value, _, floor, is_least) in figures(rows).items():
        if value < floor if is_least else value > floor:
            yield f"{name}: {value:.4f}, {'at least' if is_least else 'at most'} {floor} was reached"


def split(card):
    """The model card before, between and behind the markers."""
    if card.count(BEGIN) != 1 or card.count(END) != 1:
        raise daemon.Failure(f"{CARD.relative_to(daemon.ROOT)} lacks the markers {BEGIN} and {END}; put them back")
    before, rest = card.split(BEGIN)
    block, after = rest.split(END)
    return before, block, after


def run():
    parser = argparse.ArgumentParser(
        prog="scripts/poll-figures", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, usage=argparse.SUPPRESS)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--write", action="store_true")
    what.add_argument("--check", action="store_true")
    what.add_argument("--training", action="store_true")
    options = parser.parse_args()
    if options.training:
        training()
        return
    gold = poll_replies.gold()
    rows, model = poll_replies.answered(gold)
    some = [row for row in gold if not (row["told"] and row["own"])]
    others = [(title, poll_replies.answered(poll_replies.with_question(some, question))[0])
              for title, question in [("no question", poll_replies.NONE), ("the open question", poll_replies.OPEN)]]
    text = page(rows, model, others)
    print(text, end="")
    before, block, after = split(CARD.read_text(encoding="utf-8"))
    if options.write:
        heading = f"`scripts/poll-figures --write`, {datetime.date.today()}:"
        CARD.write_text(f"{before}{BEGIN}\n{heading}\n\n{text}{END}{after}", encoding="utf-8")
    if options.check:
        lines = list(worse(rows))
        # The first line has the day, which may differ.
        if block.strip().partition("\n")[2].strip() != text.strip():
            lines.append("figures differ from those in the model card; look why, then run scripts/poll-figures --write")
        if lines:
            raise daemon.Failure("\n  ".join(["not as kept:", *lines]))


if __name__ == "__main__":
    daemon.main(run)
