"""Jaga in pipelines and grids of scikit-learn.

`JagaFeatures` turns texts into logits; `JagaClassifier` learns labels of your own from them.

>>> from jaga.sklearn import JagaClassifier
>>> model = JagaClassifier().fit(["umur berapa dek?", "besok ada ulangan"], ["look", "fine"])
>>> list(model.classes_)
['fine', 'look']
"""

from __future__ import annotations

import os
from typing import Any

from . import _arrow, _library
from ._scorer import Scorer

_arrow.need("numpy", "sklearn")
_arrow.need("sklearn", "sklearn")

import numpy as np  # noqa: E402
from sklearn.base import BaseEstimator, ClassifierMixin, TransformerMixin  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402
from sklearn.utils.multiclass import check_classification_targets  # noqa: E402
from sklearn.utils.validation import check_is_fitted, column_or_1d  # noqa: E402

Path = str | os.PathLike[str]
LEAST = 1e-12


def _texts(values: Any) -> list[str]:
    """One text a row: a list, Series or array of str, or a table of one column."""
    if isinstance(values, (str, bytes)):
        raise ValueError("many texts are a list or a column, and this is one text")
    values = values.to_numpy() if hasattr(values, "to_numpy") else values
    array = np.asarray(values, dtype=object)
    if array.ndim == 2 and array.shape[1] == 1:
        array = array[:, 0]
    if array.ndim != 1:
        raise ValueError(f"texts are one column, and these have the shape {array.shape}")
    if len(array) == 0:
        raise ValueError("there are no texts; at least one is needed")
    wrong = next((place for place, one in enumerate(array) if not isinstance(one, str)), None)
    if wrong is not None:
        raise ValueError(f"every text is a str, and the one at index {wrong} is {type(array[wrong]).__name__}; leave out what has no text, with its class")
    return list(array)


class _WithScorer(BaseEstimator):
    """Opens the model when it is first needed; what is pickled or cloned are the parameters alone."""

    model: Path | None
    base_rate: float | None
    lexicon: Path | None
    threads: int

    def _logits(self, texts: Any) -> Any:
        made = (self.model, self.base_rate, self.lexicon)
        opened = self.__dict__.get("_opened")
        if opened is None or opened[0] != made:
            opened = (made, Scorer(self.model, base_rate=self.base_rate, lexicon=self.lexicon))
            self._opened = opened
        table = opened[1].score_many(_texts(texts), labels=True, threads=self.threads)
        labels = np.concatenate([chunk.flatten().to_numpy() for chunk in table.column("labels").chunks]).reshape(-1, _library.MOVES)
        shares = np.column_stack([table.column("score").to_numpy(), table.column("disclosure").to_numpy(), labels])
        shares = np.clip(shares, LEAST, 1 - LEAST)
        return np.log(shares) - np.log1p(-shares)

    def __getstate__(self) -> dict[str, Any]:
        state = dict(super().__getstate__())
        state.pop("_opened", None)
        return state

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array = False
        tags.input_tags.one_d_array = True
        tags.input_tags.string = True
        return tags


class JagaFeatures(TransformerMixin, _WithScorer):
    """Texts to an array of n rows and 22 columns: the logits of `score`, `disclosure` and the 20 moves, each text by itself.

    Probabilities are cut at 1e-12 from 0 and 1. Nothing is learned: fit opens the model. Parameters as of `jaga.Scorer`; threads 0: one for each
    processor. Needs pyarrow. Raises ValueError for what is not one column of str.
    """

    def __init__(self, model: Path | None = None, base_rate: float | None = None, lexicon: Path | None = None, threads: int = 0) -> None:
        self.model = model
        self.base_rate = base_rate
        self.lexicon = lexicon
        self.threads = threads

    def fit(self, X: Any, y: Any = None) -> JagaFeatures:
        """Checks that the texts are texts and the model opens."""
        self._logits(_texts(X)[:1])
        self.n_features_out_ = 2 + _library.MOVES
        return self

    def transform(self, X: Any) -> Any:
        """The logits; microseconds a text."""
        return self._logits(X)

    def get_feature_names_out(self, input_features: Any = None) -> Any:
        """`score`, `disclosure`, and the moves."""
        return np.asarray(["score", "disclosure", *_library.labels()[: _library.MOVES]], dtype=object)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.requires_fit = False
        return tags


class JagaClassifier(ClassifierMixin, _WithScorer):
    """Logistic regression on the 22 logits of `JagaFeatures`: labels of your own from some hundred examples.

    C, class_weight, max_iter as of scikit-learn's LogisticRegression; from each logit the mean of the training texts is taken first, and it is divided by
    their standard deviation. Sets `classes_`, `coef_`, `intercept_`.
    """

    def __init__(
        self, model: Path | None = None, base_rate: float | None = None, lexicon: Path | None = None, threads: int = 0,
        C: float = 1.0, class_weight: Any = None, max_iter: int = 1000,
    ) -> None:
        self.model = model
        self.base_rate = base_rate
        self.lexicon = lexicon
        self.threads = threads
        self.C = C
        self.class_weight = class_weight
        self.max_iter = max_iter

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> JagaClassifier:
        """Learns. y: a class for each text, at least two classes."""
        if y is None:
            raise ValueError("JagaClassifier requires y to be passed, but the target y is None")
        texts, y = _texts(X), column_or_1d(y, warn=True)
        check_classification_targets(y)
        if len(texts) != len(y):
            raise ValueError(f"there are {len(texts)} texts and {len(y)} classes; give one class for each text")
        logits = self._logits(texts)
        self.mean_ = logits.mean(axis=0)
        self.scale_ = np.maximum(logits.std(axis=0), LEAST)
        self.learner_ = LogisticRegression(C=self.C, class_weight=self.class_weight, max_iter=self.max_iter)
        self.learner_.fit((logits - self.mean_) / self.scale_, y, sample_weight)
        self.classes_, self.coef_, self.intercept_ = self.learner_.classes_, self.learner_.coef_, self.learner_.intercept_
        return self

    def _scaled(self, texts: Any) -> Any:
        return (self._logits(texts) - self.mean_) / self.scale_

    def decision_function(self, X: Any) -> Any:
        """Logits of the classes: n values for two classes, n rows of as many columns as there are classes otherwise."""
        check_is_fitted(self)
        return self.learner_.decision_function(self._scaled(X))

    def predict_proba(self, X: Any) -> Any:
        """Probabilities in the order of `classes_`, n rows."""
        check_is_fitted(self)
        return self.learner_.predict_proba(self._scaled(X))

    def predict(self, X: Any) -> Any:
        """The most likely class of each text."""
        check_is_fitted(self)
        return self.learner_.predict(self._scaled(X))
