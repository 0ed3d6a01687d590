#!/usr/bin/env python3
"""Holds the functions of SQLite to the C library and the program, over messages of the corpora.

usage: scripts/library/compare-sqlite.py FOLDER JAGA FILE …      FOLDER holds libjaga.so and jagasqlite.so

Each text is a conversation of its own: the doubles are compared bit by bit with jaga_score_text, and to all printed digits with 'jaga score'. Also: NULL gives
NULL, numbers are read as text, a text may hold a zero, the functions may stand in an index, a missing model is told, and so is a function that cannot be made.
"""

import ctypes as c
import json
import os
import subprocess
import sys

from compare import Score, check, load, move


def query(folder, sql, bail=("-bail",), **environment):
    ran = subprocess.run(
        ["sqlite3", *bail, "-noheader", "-separator", "\t", ":memory:"], input=f".load {folder}/jagasqlite\n{sql}\n",
        capture_output=True, text=True, env={**os.environ, **environment})
    return ran.stdout, ran.stderr


def expect(found, expected):
    if found != expected:
        sys.exit(f"SQLite gives {found!r} instead of {expected!r}")


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__.split("\n\n")[1])
    folder, jaga, files = sys.argv[1], sys.argv[2], sys.argv[3:]
    library, model = load(f"{folder}/libjaga.so"), c.c_void_p()
    check(library, library.jaga_model_open(None, 0, c.byref(model)))
    texts = [json.loads(line)["text"] for path in files for line in open(path, encoding="utf-8")]
    rows = ",\n".join("(cast(x'%s' as text))" % text.encode().hex() for text in texts)
    out, errors = query(folder, f"""create table messages(text text);
insert into messages values {rows};
select printf('%!.17g', jaga_score(text)), printf('%!.17g', jaga_disclosure(text)), jaga_band(text), jaga_label(text), jaga_language(text),
  json_extract(jaga_explain(text), '$.score') from messages order by rowid;""")
    found = [line.split("\t") for line in out.splitlines()]
    if len(found) != len(texts):
        sys.exit(f"SQLite gives {len(found)} rows for {len(texts)} texts: {errors.strip()}")
    # Ids of their own, so that no text counts as the repetition of another.
    ran = subprocess.run([jaga, "score", "-", "--format", "jsonl", "--output", "jsonl"], capture_output=True, check=True,
                         input="\n".join(json.dumps({"text": text}) for text in texts).encode())
    for row, (text, values, line) in enumerate(zip(texts, found, ran.stdout.splitlines(), strict=True), 1):
        score, data = Score(), text.encode()
        check(library, library.jaga_score_text(model, data, c.c_size_t(len(data)), c.byref(score)))
        printed = json.loads(line)
        expect([float(values[0]), float(values[1])], [score.score, score.disclosure])
        for value, name in ((values[0], "score"), (values[1], "disclosure"), (values[5], "score")):
            expect((row, f"{float(value):.6f}"), (row, f"{printed[name]:.6f}"))
        expect((row, values[2], move(values[3]), values[4]),
               (row, printed["band"], (printed["track"], printed["stage"]), printed["lang"]))
    expect(query(folder, "select jaga_score(null) is null and jaga_explain(null) is null and jaga_label(null) is null;")[0], "1\n")
    expect(query(folder, "select jaga_score(123) = jaga_score('123');")[0], "1\n")
    expect(query(folder, "select jaga_band('a' || char(0) || 'b');")[0], "none\n")
    expect(query(folder, "create table t(x); create index i on t(jaga_band(x)); insert into t values('halo'); "
                         "select count(*) from t where jaga_band(x) = 'none';")[0], "1\n")
    expect(query(folder, "select jaga_model_id();")[0], library_id(library, model) + "\n")
    error = query(folder, "select 1;", JAGA_MODEL="/nowhere/x.jaga")[1]
    if "/nowhere/x.jaga: cannot be opened" not in error:
        sys.exit(f"SQLite does not tell that the model is missing: {error!r}")
    # A statement that runs holds on to one of the functions: then not all can be made anew, and those that are there go on.
    out, error = query(folder, f"select load_extension('{folder}/jagasqlite'), jaga_explain('a');\nselect jaga_band('umur berapa dek?');", bail=())
    expect(out, "watch\n")
    if "cannot be made: unable to delete/modify user-function" not in error:
        sys.exit(f"SQLite does not tell that a function cannot be made: {error!r}")
    print(f"{len(texts)} messages: the same from SQLite, the library and the program")


def library_id(library, model):
    return library.jaga_model_id(model).decode()


if __name__ == "__main__":
    main()
