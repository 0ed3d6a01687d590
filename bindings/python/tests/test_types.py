"""The types that the package promises, as somebody's checker sees them."""

import pathlib

import jaga
from mypy import api

CODE = """
import jaga

scorer = jaga.Scorer(base_rate=0.01)
reveal_type(scorer.score("x").labels)
reveal_type(scorer.explain("x").evidence[0].begin)
reveal_type(scorer.conversations().score("c", "x"))
reveal_type(jaga.LABELS)
scorer.score(3)
scorer.score("x").nothing
scorer.score("x").band = "high"
"""
EXPECTED = [
    'Revealed type is "dict[str, float]"', 'Revealed type is "int | None"', 'Revealed type is "tuple[jaga._results.Score, jaga._results.ConversationScore]"',
    'Revealed type is "tuple[str, ...]"', 'Argument 1 to "score" of "Scorer" has incompatible type "int"; expected "str"', '"Score" has no attribute "nothing"',
    'Property "band" defined in "Score" is read-only']


def test_what_a_checker_sees(tmp_path, monkeypatch):
    path = tmp_path / "use.py"
    path.write_text(CODE)
    # The package lies where the tests import it from.
    monkeypatch.setenv("MYPYPATH", "" if "site-packages" in jaga.__file__ else str(pathlib.Path(jaga.__file__).parents[1]))
    said, errors, _ = api.run([str(path), "--strict", "--no-incremental", "--config-file="])
    lines = [line for line in said.splitlines() if line.startswith(str(path))]
    assert errors == "" and len(lines) == len(EXPECTED), said
    for line, expected in zip(lines, EXPECTED):
        assert expected in line.replace("builtins.", "")
