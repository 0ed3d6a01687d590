"""The Python of the documents runs: the blocks of each document one after the other, in the checkout."""

import re

import pytest
from conftest import ROOT
from spark_support import needs_spark

DOCUMENTS = ["Documentation/Guides/Python.md", "bindings/python/README.md", pytest.param("Documentation/Guides/Spark.md", marks=needs_spark)]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_python_blocks(name, monkeypatch, capsys, request):
    if "Spark" in name:
        request.getfixturevalue("spark")
    monkeypatch.chdir(ROOT)
    blocks = re.findall(r"^```python\n(.*?)^```$", (ROOT / name).read_text("utf-8"), re.M | re.S)
    assert blocks
    names = {}
    for number, block in enumerate(blocks, 1):
        exec(compile(block, f"{name}, block {number}", "exec"), names)
    said = capsys.readouterr().out
    assert said or "print" not in "".join(blocks)
    # What it teaches is what it prints.
    assert "JagaClassifier" not in "".join(blocks) or "['look' 'fine'] ['fine' 'look']" in said
