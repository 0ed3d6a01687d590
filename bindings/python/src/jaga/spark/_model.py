"""One model for a cluster: opened on the driver, shipped once to each executor, opened once by each Python worker."""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import tempfile
import threading
from dataclasses import dataclass
from typing import Any

from .._library import InputError, ModelError
from .._scorer import Path, Scorer

# What this process has handed to Spark: application → its folder of copies, and the names that Spark has taken.
_shipped: dict[str, tuple[str, set[str]]] = {}
_shipping = threading.Lock()
# What this worker has open: (paths, what the files were, base rate) → scorer. Jobs come and go in a worker, and few models do.
_opened: dict[tuple[Any, ...], Scorer] = {}
LIMIT = 4


@dataclass(frozen=True)
class ModelSource:
    """What a task needs to know to open the driver's model; some dozens of bytes, so that it can go with every task.

    model, lexicon  names among Spark's files; None is the model of the package
    model_id        what the driver opened: a worker that opens another one fails, rather than mix two models' scores
    """

    model: str | None
    lexicon: str | None
    base_rate: float | None
    model_id: str

    def scorer(self) -> Scorer:
        """The scorer of this worker. Cost: two looks at the files; milliseconds the first time, for the model is mapped and its checksum read.

        Raises ModelError when the file did not arrive or is another model than the driver's.
        """
        paths = [None if name is None else _received(name) for name in (self.model, self.lexicon)]
        key = (*((path, _identity(path)) for path in paths), self.base_rate)
        scorer = _opened.get(key)
        if scorer is None:
            scorer = Scorer(paths[0], base_rate=self.base_rate, lexicon=paths[1])
            while len(_opened) >= LIMIT:
                _opened.pop(next(iter(_opened)))
            _opened[key] = scorer
        if scorer.model_id != self.model_id:
            raise ModelError(
                f"the worker opened model {scorer.model_id}, and the driver {self.model_id}; install one version of the package on all machines and set "
                "JAGA_MODEL on none of them, or give the file as model=…, which ships it")
        return scorer


def ship(session: Any, model: Path | None, base_rate: float | None, lexicon: Path | None) -> ModelSource:
    """Opens the model here, and gives what is not of the package to Spark, which brings it once to each executor.

    Raises what `Scorer` raises, and InputError through Spark Connect, which has no way to ship it. Cost: one reading of the files for their digest and a copy the first time in an
    application; nothing but the digest later.
    """
    model = model or os.environ.get("JAGA_MODEL") or None
    with Scorer(model, base_rate=base_rate, lexicon=lexicon) as scorer:
        model_id = scorer.model_id
    names = [None if path is None else _sent(session, os.fsdecode(path)) for path in (model, lexicon)]
    return ModelSource(names[0], names[1], base_rate, model_id)


def _sent(session: Any, path: str) -> str:
    """The name under which a file is found on every executor. Its digest is part of it: two models of one name do not meet."""
    try:
        context = session.sparkContext
    except Exception:
        raise InputError(
            "a model or lexicon of your own cannot be shipped through Spark Connect; run the job by spark-submit, or install a package that carries the model") from None
    with _shipping:
        known = _shipped.get(context.applicationId)
        if known is None:
            known = _shipped[context.applicationId] = (tempfile.mkdtemp(prefix="jaga-spark-"), set())
            atexit.register(shutil.rmtree, known[0], True)
        folder, taken = known
        # A copy: executors that start later fetch the same bytes, whatever becomes of the original; the digest is that of the copy.
        part = os.path.join(folder, "part")
        shutil.copyfile(path, part)
        with open(part, "rb") as file:
            digest = hashlib.sha256()
            while chunk := file.read(1 << 20):
                digest.update(chunk)
        # Nothing of the file's own name: Spark reads some signs in it as parts of an address.
        name = f"jaga-{digest.hexdigest()[:24]}{'.jaga' if path.endswith('.jaga') else ''}"
        if name in taken:
            os.remove(part)
            return name
        copy = os.path.join(folder, name)
        os.replace(part, copy)
        context.addFile(copy)
        taken.add(name)
    return name


def _received(name: str) -> str:
    from pyspark import SparkFiles

    path = SparkFiles.get(name)
    if not os.path.isfile(path):
        raise ModelError(f"the file {name} is not among Spark's files on this worker; was the SparkContext that shipped it stopped? Call the function anew")
    return path


def _identity(path: str | None) -> tuple[int, ...] | None:
    """What tells a file from another one that took its place."""
    if path is None:
        return None
    found = os.stat(path)
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
