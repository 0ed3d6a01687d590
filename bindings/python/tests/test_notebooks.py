"""The notebooks run from their first cell to the last, and are committed without what they print."""

import nbformat
import pytest
from conftest import ROOT
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

NOTEBOOKS = sorted((ROOT / "Examples/notebooks").glob("*.ipynb"))


def read(path):
    return nbformat.read(path, as_version=4)


def executed(notebook, monkeypatch):
    # Drawings in the notebook, not in windows and not nowhere.
    monkeypatch.delenv("MPLBACKEND", raising=False)
    return NotebookClient(notebook, timeout=180, resources={"metadata": {"path": str(ROOT / "Examples/notebooks")}}).execute()


def outputs(notebook, kind):
    return [one["data"][kind] for cell in notebook.cells for one in cell.get("outputs", []) if kind in one.get("data", {})]


def test_there_is_one():
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_is_committed_clean(path):
    notebook = read(path)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == [] and cell.execution_count is None, "clear the outputs before the notebook is committed"
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert str(ROOT) not in path.read_text("utf-8")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs(path, monkeypatch):
    made = executed(read(path), monkeypatch)
    assert all(cell.execution_count for cell in made.cells if cell.cell_type == "code")
    assert len(outputs(made, "image/png")) >= 3
    assert any("<mark" in page for page in outputs(made, "text/html"))
    said = [one for cell in made.cells for one in cell.get("outputs", []) if one.get("name") == "stderr"]
    assert said == []


def test_a_claim_that_is_wrong_fails(monkeypatch):
    notebook = read(NOTEBOOKS[0])
    notebook.cells = [nbformat.v4.new_code_cell("assert 1 + 1 == 3")]
    with pytest.raises(CellExecutionError):
        executed(notebook, monkeypatch)
