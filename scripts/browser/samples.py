"""Writes invented gold and predictions for scripts/check-report into a folder.

usage: python3 scripts/browser/samples.py FOLDER
"""

import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
# What a name must not be able to do: close its element, run, load, or turn the text around it.
HOSTILE = [
    "</title></svg></script><script>window.pwned=1</script>", "\" onmouseover=\"window.pwned=1\" x=\"", "<img src=x onerror=window.pwned=1>",
    "'><svg onload=window.pwned=1>", "\u202eturned", "]]>--><b>bold</b>", "a" * 300, "=1+1", "ＡＢ\u0000\u0007", "{{x}} ${x} </style>",
]


def lines(path, records):
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")


def main():
    folder = pathlib.Path(sys.argv[1])
    weaker = []
    for line in (ROOT / "Tests/JagaEvaluationTests/Fixtures/predictions.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        record["score"] = round(record["score"] ** 2, 6)
        weaker.append(record)
    lines(folder / "weaker.jsonl", weaker)
    gold, said = [], []
    for number, name in enumerate(HOSTILE):
        for part, label in (("a", "topup.offer"), ("b", "benign")):
            gold.append({"id": f"{number}{part}{name}", "text": name, "lang": name, "voice": name, "labels": [label]})
            said.append({"message_id": f"{number}{part}{name}", "score": 0.6 if part == "a" else 0.3, "disclosure": 0.1})
        gold.append({
            "id": name, "lang": name, "voice": name, "label": "topup", "first_risk": 1,
            "messages": [{"author": name, "text": name, "labels": ["topup.offer"]}, {"author": "b", "text": name, "labels": ["topup.condition"]}]})
        said += [{"conversation_id": name, "message_id": str(turn), "score": 0.4 + turn / 5, "band": "review"} for turn in (0, 1)]
    lines(folder / "hostile.jsonl", gold)
    lines(folder / "hostile-predictions.jsonl", said)


if __name__ == "__main__":
    main()
