"""Replies of the test voices, put to a running service as a RapidPro flow puts them, and what it did with each."""

import contextlib
import http.client
import json
import pathlib
import sqlite3
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from daemon import ROOT, Daemon, Failure  # noqa: E402

NONE = {"id": "", "en": ""}
# What is asked before a disclosure that came without a question: it leads nowhere by itself.
OPEN = {"id": "Ada hal lain yang ingin kamu sampaikan?", "en": "Anything else you want to tell us?"}
FLOW_LANGUAGE = {"id": "ind", "en": "eng"}
CASE = {"support", "review", "escalate"}


# Which voices, and who judged the urgency of their disclosures.
TEST = (("test",), "corpora/urgent.json")
TRAINING = (("train", "calibration"), "corpora/urgent-training.json")


def urgent(path):
    """Kind by message id, as one reader judged; and the ids of which the line does not say enough."""
    judged = json.loads((ROOT / path).read_text(encoding="utf-8"))
    return judged["urgent"], set(judged["considered"])


def gold(voices=TEST):
    """Disclosures, and harmless replies to a question; each with `told`, `own` (its own question), `urgent` (a kind or None) and `considered`."""
    (parts, path), rows = voices, []
    kinds, considered = urgent(path)
    splits = json.loads((ROOT / "corpora/splits.json").read_text(encoding="utf-8"))
    for voice in [voice for part in parts for voice in splits[part]]:
        with open(ROOT / "corpora/voices" / voice / "messages.jsonl", encoding="utf-8") as lines:
            for row in map(json.loads, filter(str.strip, lines)):
                told, own = "disclosure" in row["labels"], bool(row.get("question"))
                if told or (own and row["labels"] == ["benign"]):
                    rows.append({
                        "id": row["id"], "voice": voice, "lang": row["lang"], "text": row["text"], "told": told, "own": own,
                        "question": row.get("question") or OPEN["en" if row["lang"] == "en" else "id"],
                        "urgent": kinds.pop(row["id"], None), "considered": row["id"] in considered})
    if kinds:
        raise Failure(f"{path} names {len(kinds)} ids that are no disclosures of its voices, such as {min(kinds)}")
    return rows


def with_question(rows, question):
    """The rows with another question: `question` maps a language to one."""
    return [row | {"question": question["en" if row["lang"] == "en" else "id"]} for row in rows]


def answered(rows):
    """The rows with `action`, `answer` (a text for the contact came back) and `case` (its urgency or None); and the model's id.

    Each reply is a conversation of its own, so that nothing carries over. An answer without its case, or a case without its answer, is a failure.
    """
    with tempfile.TemporaryDirectory() as folder:
        with Daemon(folder) as service:
            with contextlib.closing(http.client.HTTPConnection(*service.address, timeout=60)) as connection:
                replies = [post(connection, row) for row in rows]
            store = service.store
            if service.stop() != 0:
                raise Failure("jaga-server did not end well")
        cases, model = kept(store)
    out = []
    for row, reply in zip(rows, replies):
        case = cases.pop(row["id"], None)
        if (reply["action"] in CASE) != (case is not None) or (case is not None) != bool(reply["referral_text"]):
            raise Failure(f"{row['id']}: action {reply['action']}, case {case}; an action, its case and its answer belong together")
        out.append(row | {"action": reply["action"], "answer": bool(reply["referral_text"]), "case": case})
    if cases:
        raise Failure(f"the store has {len(cases)} cases that belong to no reply, such as that of {min(cases)}")
    return out, model


def post(connection, row):
    body = {"text": row["text"], "conversation_id": row["id"], "question": row["question"]}
    if row["lang"] in FLOW_LANGUAGE:
        body["language"] = FLOW_LANGUAGE[row["lang"]]
    connection.request("POST", "/v1/rapidpro", json.dumps(body).encode(), {"Content-Type": "application/json"})
    answer = connection.getresponse()
    text = answer.read()
    if answer.status != 200:
        raise Failure(f"/v1/rapidpro answered {row['id']} with {answer.status}; is jaga-server built from these sources?")
    return json.loads(text)


def kept(store):
    """Urgency of each case by conversation, and the one model that they name."""
    with contextlib.closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as base:
        rows = base.execute(
            "SELECT conversation_id, review_case.urgency, model_id FROM review_case JOIN review_item USING (item)").fetchall()
    if len({model for _, _, model in rows}) != 1:
        raise Failure("the store has no case, or cases of several models")
    return {conversation: urgency for conversation, urgency, _ in rows}, rows[0][2]
