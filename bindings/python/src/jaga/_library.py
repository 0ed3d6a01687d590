"""libjaga.so by ctypes: its structs, its functions, its errors. Calls release the GIL."""

from __future__ import annotations

import ctypes
import functools
import numbers
import os
import pathlib
from ctypes import POINTER, c_char_p, c_double, c_int32, c_int64, c_size_t, c_uint8, c_void_p
from typing import NoReturn

MOVES = 20
ABI = 2


class JagaError(Exception):
    """What the library cannot do, in one sentence with its remedy; never the text of a message."""


class ModelError(JagaError):
    """A model or overlay cannot be found or opened."""


class InputError(JagaError, ValueError):
    """An argument, an array or a file's content that cannot be used."""


class StateError(JagaError):
    """The state of a conversation is damaged, or of another model or version."""


class ReadError(JagaError, OSError):
    """A file cannot be read."""


ERRORS: dict[int, type[Exception]] = {1: ModelError, 2: InputError, 3: InputError, 4: StateError, 5: ReadError, 6: MemoryError}


class CScore(ctypes.Structure):
    _fields_ = [
        ("score", c_double), ("disclosure", c_double), ("labels", c_double * MOVES),
        ("band", c_uint8), ("top", c_uint8), ("language", c_uint8), ("reserved", c_uint8 * 5)]


class CConversation(ctypes.Structure):
    _fields_ = [
        ("score", c_double), ("messages", c_int64), ("first_alert", c_int64),
        ("band", c_uint8), ("top", c_uint8), ("support", c_uint8), ("reserved", c_uint8 * 5)]


class CModelOptions(ctypes.Structure):
    _fields_ = [("size", c_size_t), ("path", c_char_p), ("overlay_path", c_char_p), ("base_rate", c_double)]


class CTerm(ctypes.Structure):
    _fields_ = [
        ("begin", c_int64), ("end", c_int64), ("logit", c_double), ("label", c_int32), ("reserved", c_int32),
        ("head", c_char_p), ("source", c_char_p)]


class CArrowOptions(ctypes.Structure):
    _fields_ = [
        ("size", c_size_t), ("text_column", c_char_p), ("conversation_column", c_char_p), ("author_column", c_char_p),
        ("flags", c_int32), ("threads", c_int32)]


class CArrowSchema(ctypes.Structure):
    _fields_ = [
        ("format", c_char_p), ("name", c_char_p), ("metadata", c_char_p), ("flags", c_int64), ("n_children", c_int64),
        ("children", c_void_p), ("dictionary", c_void_p), ("release", c_void_p), ("private_data", c_void_p)]


class CArrowArray(ctypes.Structure):
    _fields_ = [
        ("length", c_int64), ("null_count", c_int64), ("offset", c_int64), ("n_buffers", c_int64), ("n_children", c_int64),
        ("buffers", c_void_p), ("children", c_void_p), ("dictionary", c_void_p), ("release", c_void_p),
        ("private_data", c_void_p)]


BYTES = (c_char_p, c_size_t)
ARROW = (POINTER(CArrowSchema), POINTER(CArrowArray))
# Functions with a status as their result; those with another one stand below.
FALLIBLE = {
    "jaga_model_open_options": (POINTER(CModelOptions), POINTER(c_void_p)),
    "jaga_score_text": (c_void_p, *BYTES, POINTER(CScore)),
    "jaga_tracker_new": (c_void_p, c_int64, POINTER(c_void_p)),
    "jaga_tracker_score": (c_void_p, *BYTES, *BYTES, *BYTES, POINTER(CScore), POINTER(CConversation)),
    "jaga_tracker_conversation": (c_void_p, *BYTES, POINTER(CConversation)),
    "jaga_tracker_state": (c_void_p, *BYTES, c_char_p, c_size_t, POINTER(c_size_t)),
    "jaga_tracker_restore": (c_void_p, *BYTES, c_char_p, c_size_t),
    "jaga_tracker_forget": (c_void_p, *BYTES),
    "jaga_explain": (c_void_p, *BYTES, POINTER(c_void_p)),
    "jaga_explanation_score": (c_void_p, POINTER(CScore)),
    "jaga_explanation_term": (c_void_p, c_int32, c_int64, POINTER(CTerm)),
    "jaga_score_arrow": (c_void_p, c_void_p, *ARROW, POINTER(CArrowOptions), *ARROW),
    "jaga_reader_open": (c_char_p, c_char_p, POINTER(c_void_p)),
    "jaga_reader_next": (c_void_p, c_int64, *ARROW),
}
OTHERS = {
    "jaga_version": (c_char_p, ()),
    "jaga_abi_version": (c_int32, ()),
    "jaga_last_error": (c_char_p, ()),
    "jaga_label_count": (c_int32, ()),
    "jaga_label_name": (c_char_p, (c_int32,)),
    "jaga_band_name": (c_char_p, (c_int32,)),
    "jaga_language_name": (c_char_p, (c_int32,)),
    "jaga_model_close": (None, (c_void_p,)),
    "jaga_model_id": (c_char_p, (c_void_p,)),
    "jaga_tracker_free": (None, (c_void_p,)),
    "jaga_tracker_evictions": (c_int64, (c_void_p,)),
    "jaga_explanation_free": (None, (c_void_p,)),
    "jaga_explanation_count": (c_int64, (c_void_p, c_int32)),
    "jaga_explanation_json": (c_char_p, (c_void_p,)),
    "jaga_reader_skipped": (c_int64, (c_void_p,)),
    "jaga_reader_warnings": (c_int64, (c_void_p,)),
    "jaga_reader_repeated": (c_int64, (c_void_p,)),
    "jaga_reader_close": (None, (c_void_p,)),
}


def _candidates() -> list[pathlib.Path]:
    named = os.environ.get("JAGA_LIBRARY")
    if named:
        return [pathlib.Path(named)]
    here = pathlib.Path(__file__).resolve().parent
    # An editable installation lies in its checkout: bindings/python/src/jaga.
    return [here / "lib" / "libjaga.so", *(parent / ".build-library" / "lib" / "libjaga.so" for parent in here.parents[3:4])]


@functools.cache
def library() -> ctypes.CDLL:
    """The library, loaded once: $JAGA_LIBRARY, else the one of the package, else the one of the checkout.

    Raises JagaError when there is none, or when it has another ABI. Cost: some milliseconds the first time.
    """
    candidates = _candidates()
    path = next((one for one in candidates if one.is_file()), None)
    if path is None:
        raise JagaError(f"libjaga.so was not found at {' or '.join(map(str, candidates))}; install the wheel, run scripts/build-library, or set JAGA_LIBRARY")
    try:
        loaded = ctypes.CDLL(str(path))
    except OSError as error:
        raise JagaError(f"{path} cannot be loaded: {error}; it needs the system's ICU, simdjson, expat, zlib and zstd; in a checkout 'make setup' installs them") from error
    # First of all: a library of another ABI may lack the functions below, or mean something else by them.
    abi = loaded.jaga_abi_version() if hasattr(loaded, "jaga_abi_version") else None
    if abi != ABI:
        found = "is no library of Jaga" if abi is None else f"has ABI {abi}"
        raise JagaError(f"{path} {found}, and this package speaks ABI {ABI}; install both from one version")
    for name, arguments in FALLIBLE.items():
        function = getattr(loaded, name)
        function.restype, function.argtypes = c_int32, arguments
    for name, (result, parameters) in OTHERS.items():
        function = getattr(loaded, name)
        function.restype, function.argtypes = result, parameters
    return loaded


def check(status: int) -> None:
    """Raises what a status other than 0 means, with the library's own sentence."""
    if status != 0:
        said = (library().jaga_last_error() or b"").decode("utf-8", "replace")
        raise ERRORS.get(status, JagaError)(said or f"libjaga.so failed with status {status}")


def encode(text: str) -> bytes:
    """UTF-8; half of a surrogate pair, which UTF-8 cannot say, becomes U+FFFD."""
    if not isinstance(text, str):
        raise TypeError(f"a text is a str, and this is {type(text).__name__}")
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        # UTF-16 joins pairs that belong together before the rest is replaced.
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode("utf-8")


def remedy_for_ids(value: object) -> str:
    """What to do about an id of another kind, by a value or by Arrow's name of its type."""
    if isinstance(value, float) or (isinstance(value, str) and value in ("double", "float", "halffloat")):
        return "; whole numbers become float where some are missing: keep them as Int64, as pandas' astype('Int64') does, or as text"
    return "; make ids text first, with str() of each or a cast to string"


def remedy_for_texts(value: object) -> str:
    """What to do about a text of another kind; nothing for what cannot be known."""
    if (isinstance(value, float) and value != value) or type(value).__name__ in ("NAType", "NaTType"):
        return "; it is a missing one: give None there, or the list as a pandas Series"
    if isinstance(value, (bytes, bytearray)):
        return "; decode bytes first, as with .decode('utf-8')"
    return "; make numbers text first, with str() of each" if isinstance(value, numbers.Number) else ""


def encode_id(value: str | int) -> bytes:
    """The same for the id of a conversation or an author; as in columns, whole numbers are text."""
    if isinstance(value, numbers.Integral) and not isinstance(value, bool):
        return str(int(value)).encode()
    if not isinstance(value, str):
        raise TypeError(f"an id is a str or an int, and this is {type(value).__name__}{remedy_for_ids(value)}")
    return encode(value)


def encode_path(path: str | os.PathLike[str], what: str = "a path") -> bytes:
    """A file's name as the system has it. Raises InputError for what cannot be one."""
    try:
        made = os.fsencode(path)
    except UnicodeEncodeError:
        made = None
    # After the exception is gone, which would be shown beside this one.
    if made is None:
        raise InputError(f"{what} holds half of a surrogate pair, which no file's name has; take the name as os.listdir gives it, or spell it anew")
    if b"\0" in made:
        raise InputError(f"{what} holds a zero byte")
    return made


def _names(name_of: str, count: int) -> tuple[str, ...]:
    return tuple(getattr(library(), name_of)(number).decode() for number in range(count))


@functools.cache
def labels() -> tuple[str, ...]:
    """Every label by its number: the 20 moves, `disclosure`, `benign`."""
    return _names("jaga_label_name", library().jaga_label_count())


@functools.cache
def bands() -> tuple[str, ...]:
    """`none`, `watch`, `review`, `high`."""
    return _names("jaga_band_name", 4)


@functools.cache
def languages() -> tuple[str, ...]:
    """`id`, `en`, `mix`, `other`."""
    return _names("jaga_language_name", 4)


class Handle:
    """A pointer that the library gave, freed when the last reference to this object goes.

    Whoever calls holds a reference for as long as the call takes, so that close() in one thread cannot pull it away from another.
    """

    __slots__ = ("pointer", "_free", "__weakref__")

    def __init__(self, pointer: int, free: str) -> None:
        self.pointer: int | None = pointer
        self._free = getattr(library(), free)

    def __reduce__(self) -> NoReturn:
        raise TypeError("what the library gave cannot be copied or pickled")

    def __del__(self) -> None:
        pointer, self.pointer = getattr(self, "pointer", None), None
        if pointer:
            self._free(pointer)
