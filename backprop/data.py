"""Where do a notebook's digits come from?

From a file the reader named, from Keras' cache, from TensorFlow's download, and where there is no MNIST at all, from
the small digits that scikit-learn carries. What MNIST gave is kept as a file that later loads map into memory.

Non-goals: shuffling, batches, and any data that is not exactly MNIST's.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from .errors import DataError
from .optional import import_tensorflow

Raw = dict[str, np.ndarray]
Pairs = tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]
Arrays = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]

# SHA-256 of the raw bytes (uint8, C order) of each array in Keras' mnist.npz.
RAW_SHA256 = {
    "x_train": "741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757",
    "y_train": "1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13",
    "x_test": "6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161",
    "y_test": "ddeff807876a9661a1110d45c266c86239a3a1b7d37da0c3716a7a683c852ff5",
}

_fell_back: bool | None = None  # whether the last digits were the small ones; None before there were any
_most: int | None = None  # how many of MNIST's pictures are for training; None: all of them


def load_mnist() -> Pairs:
    """Return (x_train, y_train), (x_test, y_test): MNIST's pictures and labels, as its files hold them.

    Shapes (60000, 28, 28), (60000,), (10000, 28, 28), (10000,), all uint8: pixels from 0 to 255, labels from 0 to 9.
    Where no MNIST can be had, one printed line says why, and scikit-learn's 8x8 digits with pixels from 0 to 16 come
    instead. `BACKPROP_DATA=digits` in the environment asks for those directly. Writing into the arrays changes no file.
    Raises DataError for another value of BACKPROP_DATA, or when scikit-learn is missing too.
    """
    raw, opening = _raw()
    if opening:
        sizes = f"x_train {raw['x_train'].shape}, x_test {raw['x_test'].shape}"
        print(f"{opening} scikit-learn's 8x8 digits: {sizes}.")
    return (raw["x_train"], raw["y_train"]), (raw["x_test"], raw["y_test"])


def load_mnist_01() -> Arrays:
    """Return X_train, y_train, X_test and y_test: the digits 0 and 1 of `load_mnist`, one image a column.

    Shapes (784, 12665), (1, 12665), (784, 2115), (1, 2115); float64, pixels from 0 to 1, labels 0. and 1., in the
    order of MNIST's files. Of scikit-learn's digits: those of `digits_01()`.
    """
    raw, opening = _raw()
    arrays = choose_01(raw)
    if opening:
        sizes = f"X_train {arrays[0].shape}, X_test {arrays[2].shape}"
        print(f"{opening} scikit-learn's 8x8 digits 0 and 1: {sizes}.")
    return arrays


def digits_01() -> Arrays:
    """Return scikit-learn's 8x8 digits 0 and 1 in the form of `load_mnist_01`, the same on every machine.

    Shapes (64, 288), (1, 288), (64, 72), (1, 72): the first 80 % train. Prints nothing.
    Raises DataError when scikit-learn is missing.
    """
    return choose_01(_small_digits())


def train_with(most: int | None) -> None:
    """Let the loaders give only the first `most` of MNIST's training pictures from now on; None: all of them."""
    global _most
    _most = most


def are_small() -> bool:
    """Say whether the loaders give scikit-learn's digits: for want of MNIST, or because they were asked for."""
    return bool(_raw()[1]) if _fell_back is None else _fell_back


def _small_digits() -> Raw:
    """Return scikit-learn's digits in the form of MNIST, cut where 80 % of the zeros and ones are before."""
    try:
        from sklearn.datasets import load_digits
    except ImportError as error:
        raise DataError("scikit-learn is missing, so there are no digits to load: pip install scikit-learn.") from error
    images, labels = load_digits(return_X_y=True)
    pixels, labels = images.reshape(-1, 8, 8).astype(np.uint8), labels.astype(np.uint8)
    chosen = np.flatnonzero(labels < 2)
    cut = chosen[len(chosen) * 8 // 10]
    return {"x_train": pixels[:cut], "y_train": labels[:cut], "x_test": pixels[cut:], "y_test": labels[cut:]}


def _raw() -> tuple[Raw, str]:
    """Return the four arrays, and how the line begins that says why they are not MNIST's; "" where they are."""
    global _fell_back
    raw, opening = _found()
    _fell_back = bool(opening)
    if _most and not opening:
        raw = {name: array[:_most] if name.endswith("train") else array for name, array in raw.items()}
    return raw, opening


def _found() -> tuple[Raw, str]:
    wish = os.environ.get("BACKPROP_DATA", "")
    if wish not in ("", "digits"):
        raise DataError(f"BACKPROP_DATA is {wish!r}, but it can only be 'digits'; unset it to load MNIST.")
    if wish == "digits":
        return _small_digits(), "BACKPROP_DATA=digits asks for"
    record = _load_kept()
    if record is None:
        try:
            record = _first_source()
        except DataError as trouble:
            return _small_digits(), f"{trouble} Instead, you get"
        _keep(record)
    return {name: record[name] for name in RAW_SHA256}, ""


# From MNIST's four arrays to what is kept, and to the digits 0 and 1 (pure).


def choose_01(raw: Raw) -> Arrays:
    """Return the zeros and ones of the raw arrays: flattened, one a column, pixels from 0 to 1."""
    found: list[np.ndarray] = []
    for part in ("train", "test"):
        labels = raw[f"y_{part}"]
        chosen = raw[f"x_{part}"][labels < 2]  # before anything becomes float64, which takes eight times the room
        flat = chosen.reshape(len(chosen), -1).T
        found += [np.divide(flat, raw["x_train"].max(), order="C"), labels[labels < 2].astype(float).reshape(1, -1)]
    X_train, y_train, X_test, y_test = found
    return X_train, y_train, X_test, y_test


def verify(name: str, array: np.ndarray, where: str) -> np.ndarray:
    """Return `array` if it is MNIST's `name`, byte for byte; raise DataError, naming it and `where`, if not."""
    if array.dtype != np.uint8 or array.ndim != (3 if name.startswith("x") else 1):
        raise DataError(
            f"{name} in {where} is {array.dtype} of shape {array.shape}, unlike MNIST's, so it is not used."
        )
    found, wanted = hashlib.sha256(np.ascontiguousarray(array).data).hexdigest(), RAW_SHA256[name]
    if found != wanted:
        raise DataError(f"{name} in {where} is not MNIST's: its SHA-256 begins {found[:8]}, not {wanted[:8]}.")
    return array


def in_one(read: Callable[[str], np.ndarray], where: str) -> np.ndarray:
    """Return the four arrays, verified, as one record with a field for each and a checksum.

    `read` gives MNIST's raw arrays by name, `where` says whose they are. Raises DataError if any array differs.
    """
    arrays = {name: verify(name, read(name), where) for name in RAW_SHA256}
    for part in ("train", "test"):
        images, labels = len(arrays[f"x_{part}"]), len(arrays[f"y_{part}"])
        if images != labels:
            raise DataError(f"{where} has {images} images for {labels} labels, so it is not used.")
    record = np.empty((), _layout({name: array.shape for name, array in arrays.items()}))
    for name in arrays:
        record[name] = arrays[name]
    record["checksum"] = _checksum(record)
    return record


def _layout(shapes: dict[str, tuple[int, ...]]) -> np.dtype:
    # One record holds all four arrays: kept as a file, its header is the manifest, and one rename replaces all of it.
    return np.dtype([*((name, np.uint8, shape) for name, shape in shapes.items()), ("checksum", np.uint64)])


def _checksum(record: np.ndarray) -> int:
    # Against accidents, not against malice: a sum of 55 MB takes a tenth of the time that a hash does. It starts at 1,
    # so that a file of zeros is not sound.
    return (1 + sum(_sum(record[name]) for name in RAW_SHA256)) % 2**64


def _sum(array: np.ndarray) -> int:
    flat = array.reshape(-1)
    whole = len(flat) // 8 * 8
    return int(flat[:whole].view(np.uint64).sum()) + int(flat[whole:].sum())


# The sources of MNIST. Each returns a record, returns None when there is nothing to try, or raises DataError.


def _first_source() -> np.ndarray:
    # Troubles on the way are printed; the last is raised, so that the fallback can say it in its own line.
    for source in (_from_variable, _from_keras_cache):
        try:
            record = source()
        except DataError as trouble:
            print(trouble)
        else:
            if record is not None:
                return record
    return _from_tensorflow()


def _from_variable() -> np.ndarray | None:
    named = os.path.expanduser(os.environ.get("MNIST_NPZ", ""))
    if named and not os.path.exists(named):
        raise DataError(f"MNIST_NPZ names {named}, but there is no such file: correct the path, or unset MNIST_NPZ.")
    return read_npz(named) if named else None


def _from_keras_cache() -> np.ndarray | None:
    home = os.environ.get("KERAS_HOME") or os.path.expanduser("~/.keras")
    path = os.path.join(home, "datasets", "mnist.npz")
    return read_npz(path) if os.path.exists(path) else None


def read_npz(path: str | Path) -> np.ndarray:
    """Return the arrays of the file `path` as a record; raise DataError if it is damaged or not MNIST's."""
    # A damaged archive raises nearly anything (BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, ...),
    # and all of it means the same to the reader.
    try:
        with open(path, "rb") as file:
            archive = np.load(file, allow_pickle=False)
            missing = [name for name in RAW_SHA256 if name not in getattr(archive, "files", ())]
            if missing:
                raise DataError(f"{path} has no array {missing[0]}, so it is not MNIST's mnist.npz and is not used.")
            return in_one(archive.__getitem__, str(path))
    except DataError:
        raise
    except Exception as error:
        raise _unreadable(path, error) from error


def _unreadable(path: str | Path, error: Exception) -> DataError:
    if isinstance(error, OSError) and error.strerror:
        return DataError(f"{path} cannot be read ({error.strerror}), so it is not used.")
    return DataError(f"{path} is damaged, perhaps by an incomplete download: delete it, and download mnist.npz again.")


def _from_tensorflow() -> np.ndarray:
    try:
        tf = import_tensorflow()
        with contextlib.redirect_stdout(io.StringIO()):
            (x_train, y_train), (x_test, y_test) = tf.keras.datasets.mnist.load_data()
    except ImportError as error:
        raise DataError("TensorFlow cannot be imported, so it cannot download MNIST.") from error
    except Exception as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise DataError(f"TensorFlow cannot download MNIST ({reason}).") from error
    raw = {"x_train": x_train, "y_train": y_train, "x_test": x_test, "y_test": y_test}
    return in_one(raw.__getitem__, "TensorFlow's download")


# The copy that is kept for the next load.


def cache_file() -> Path:
    """Return where the kept copy is, whether it exists or not; its name says of which data it was made."""
    own = os.environ.get("BACKPROP_CACHE")
    folder = own or os.path.join(os.environ.get("XDG_CACHE_HOME") or "~/.cache", "backprop")
    made_of = hashlib.sha256("".join(RAW_SHA256.values()).encode()).hexdigest()
    return Path(os.path.expanduser(folder)) / f"mnist-{made_of[:12]}.npy"


def _load_kept() -> np.ndarray | None:
    path = cache_file()
    try:
        # Copy on write: pages come from the file when touched, and what a student writes stays in the process.
        kept = np.load(path, mmap_mode="c", allow_pickle=False)
        if _is_sound(kept, path.stat().st_size):
            return np.asarray(kept)
        trouble = "is damaged"
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        trouble = f"cannot be read ({error.strerror})"
    except Exception:  # As with an archive: a damaged header raises nearly anything.
        trouble = "is damaged"
    print(f"The copy of MNIST in {path} {trouble}, so it is not used.")
    return None


def _is_sound(kept: np.ndarray, size: int) -> bool:
    if not isinstance(kept, np.memmap) or size != kept.offset + kept.nbytes:
        return False
    if kept.dtype.names != (*RAW_SHA256, "checksum"):
        return False
    shapes = {name: kept.dtype[name].shape for name in RAW_SHA256}
    alike = all(shapes[f"x_{part}"][:1] == shapes[f"y_{part}"] and shapes[f"y_{part}"] for part in ("train", "test"))
    return alike and kept.dtype == _layout(shapes) and kept["checksum"] == _checksum(kept)


def _keep(record: np.ndarray) -> None:
    path = cache_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, scratch = tempfile.mkstemp(prefix=path.stem, suffix=".part", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                np.save(file, record)
                file.flush()
                os.fsync(file.fileno())
            # Two notebooks may write at once: each renames a whole file, and the later one stays.
            os.replace(scratch, path)
        except BaseException:
            os.unlink(scratch)
            raise
    except OSError as error:
        reason = error.strerror or "is the disk full?"  # NumPy's own OSError, for a short write, has no strerror.
        print(f"MNIST is loaded, but no copy for next time could be saved in {path.parent} ({reason}).")
