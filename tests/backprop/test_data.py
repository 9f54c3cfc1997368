"""Statements about `load_mnist_01`: what it returns, where it looks, and what it says when a source fails."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import types
from pathlib import Path

import numpy as np
import pytest

from backprop import data
from backprop.errors import DataError

ROOT = Path(__file__).parents[2]
REAL = os.environ.get("MNIST_NPZ")
needs_mnist = pytest.mark.skipif(not REAL, reason="MNIST_NPZ does not name MNIST's mnist.npz")

FALLBACK_SHAPES = [(64, 288), (1, 288), (64, 72), (1, 72)]


@pytest.fixture(autouse=True)
def nowhere(monkeypatch, tmp_path):
    """Start every test with an empty home, no variable set and no TensorFlow: no test meets the network."""
    for name in ("MNIST_NPZ", "KERAS_HOME", "BACKPROP_DATA", "XDG_CACHE_HOME", "TF_CPP_MIN_LOG_LEVEL"):
        monkeypatch.setenv(name, "")  # So that what the loader sets is undone too.
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    monkeypatch.setenv("BACKPROP_CACHE", str(tmp_path / "cache"))
    monkeypatch.setitem(sys.modules, "tensorflow", None)


@pytest.fixture
def raw(monkeypatch):
    """Return a miniature MNIST of 60 and 30 images, whose hashes stand in for the real ones."""
    rng = np.random.default_rng(0)
    arrays = {}
    for part, m in (("train", 60), ("test", 30)):
        arrays[f"x_{part}"] = rng.integers(0, 256, (m, 28, 28), dtype=np.uint8)
        arrays[f"y_{part}"] = np.arange(m, dtype=np.uint8) % 10
    monkeypatch.setattr(data, "RAW_SHA256", {name: hashlib.sha256(a).hexdigest() for name, a in arrays.items()})
    return arrays


@pytest.fixture
def mnist(raw, tmp_path, monkeypatch):
    """Return the path of the miniature's file, which MNIST_NPZ names."""
    return write_npz(tmp_path / "mnist.npz", raw, monkeypatch)


def write_npz(path, arrays, monkeypatch=None):
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **arrays)
    if monkeypatch:
        monkeypatch.setenv("MNIST_NPZ", str(path))
    return path


def load(capsys):
    """Return the arrays and the lines that were printed; nothing may go to stderr."""
    capsys.readouterr()
    arrays = data.load_mnist_01()
    printed = capsys.readouterr()
    assert printed.err == ""
    return arrays, printed.out.splitlines()


def assert_is_miniature(arrays, raw):
    for part, X, y in (("train", *arrays[:2]), ("test", *arrays[2:])):
        chosen = raw[f"y_{part}"] < 2
        np.testing.assert_array_equal(X, raw[f"x_{part}"][chosen].reshape(-1, 784).T / 255)
        np.testing.assert_array_equal(y, raw[f"y_{part}"][chosen][None])
    assert [a.shape for a in arrays] == [(784, 12), (1, 12), (784, 6), (1, 6)]
    assert_plain(arrays)


def assert_plain(arrays):
    for array in arrays:
        assert type(array) is np.ndarray
        assert array.dtype == np.float64
        assert array.flags.c_contiguous
        assert array.flags.writeable


def assert_falls_back(arrays, lines, *sentences):
    """The fallback came, each of `sentences` is one line in this order, and the last line names the sizes."""
    assert [a.shape for a in arrays] == FALLBACK_SHAPES
    assert len(lines) == len(sentences) + 1
    for line, sentence in zip(lines, sentences, strict=False):
        assert sentence in line
    assert "(64, 288)" in lines[-1]
    assert "(64, 72)" in lines[-1]


# The right data


def test_a_file_that_the_variable_names_is_loaded_without_a_word(mnist, raw, capsys):
    arrays, lines = load(capsys)
    assert lines == []
    assert_is_miniature(arrays, raw)


def test_the_second_load_gives_the_same_arrays_without_the_file(mnist, raw, capsys):
    load(capsys)
    mnist.unlink()
    arrays, lines = load(capsys)
    assert lines == []
    assert_is_miniature(arrays, raw)


def test_writing_into_the_arrays_leaves_the_kept_copy_as_it_was(mnist, raw, capsys):
    load(capsys)
    before = data.cache_file().read_bytes()
    arrays, _ = load(capsys)
    for array in arrays:
        array[:] = 7.0
    assert data.cache_file().read_bytes() == before
    arrays, lines = load(capsys)
    assert lines == []
    assert_is_miniature(arrays, raw)


def test_arrays_in_use_outlive_a_copy_that_is_replaced_and_deleted(mnist, raw, capsys):
    load(capsys)
    arrays, _ = load(capsys)
    data._keep(data.read_npz(mnist))
    data.cache_file().unlink()
    assert_is_miniature(arrays, raw)


def test_keras_own_cache_is_used_in_the_home_folder(raw, tmp_path, capsys):
    write_npz(tmp_path / "home" / ".keras" / "datasets" / "mnist.npz", raw)
    arrays, lines = load(capsys)
    assert lines == []
    assert_is_miniature(arrays, raw)


def test_keras_own_cache_is_used_where_keras_home_says(raw, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "elsewhere"))
    write_npz(tmp_path / "elsewhere" / "datasets" / "mnist.npz", raw)
    assert_is_miniature(load(capsys)[0], raw)


def test_tensorflow_is_asked_when_there_is_no_file_and_its_chatter_is_not_shown(raw, monkeypatch, capsys):
    def load_data():
        print("Downloading data from somewhere")
        return (raw["x_train"], raw["y_train"]), (raw["x_test"], raw["y_test"])

    stub_tensorflow(monkeypatch, load_data)
    arrays, lines = load(capsys)
    assert lines == []
    assert_is_miniature(arrays, raw)
    assert os.environ["TF_CPP_MIN_LOG_LEVEL"] == "3"


def stub_tensorflow(monkeypatch, load_data):
    mnist = types.SimpleNamespace(load_data=load_data)
    keras = types.SimpleNamespace(datasets=types.SimpleNamespace(mnist=mnist))
    monkeypatch.setitem(sys.modules, "tensorflow", types.SimpleNamespace(keras=keras))


@pytest.mark.parametrize(
    ("variables", "folder"),
    [
        ({"BACKPROP_CACHE": "own", "XDG_CACHE_HOME": "xdg"}, "own"),
        ({"XDG_CACHE_HOME": "xdg"}, "xdg/backprop"),
        ({}, "home/.cache/backprop"),
    ],
)
def test_the_copy_is_kept_where_the_variables_say(variables, folder, mnist, tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("BACKPROP_CACHE")
    for name, value in variables.items():
        monkeypatch.setenv(name, str(tmp_path / value))
    load(capsys)
    assert [path.suffix for path in (tmp_path / folder).iterdir()] == [".npy"]


def test_the_raw_arrays_come_as_they_are_in_the_file_and_are_the_readers_to_change(mnist, raw, capsys):
    for _ in range(2):  # from the file, and from the kept copy
        (x_train, y_train), (x_test, y_test) = data.load_mnist()
        assert capsys.readouterr().out == ""
        for name, array in {"x_train": x_train, "y_train": y_train, "x_test": x_test, "y_test": y_test}.items():
            assert type(array) is np.ndarray
            np.testing.assert_array_equal(array, raw[name])
            array[:] = 0


def test_only_so_many_pictures_are_for_training_where_that_is_asked_and_all_are_there_to_judge(mnist, raw, capsys):
    try:
        data.train_with(7)
        (x_train, y_train), (x_test, y_test) = data.load_mnist()
        assert (len(x_train), len(y_train), len(x_test), len(y_test)) == (7, 7, 30, 30)
        np.testing.assert_array_equal(x_train, raw["x_train"][:7])
        assert data.load_mnist_01()[0].shape[1] == np.count_nonzero(raw["y_train"][:7] < 2)
        assert data.digits_01()[0].shape == (64, 288)
    finally:
        data.train_with(None)
    assert len(data.load_mnist()[0][0]) == 60


def test_by_hand_the_small_digits_become_those_of_digits_01(monkeypatch, capsys):
    monkeypatch.setenv("BACKPROP_DATA", "digits")
    (x_train, y_train), (x_test, y_test) = data.load_mnist()
    assert "scikit-learn's 8x8 digits: x_train (1" in capsys.readouterr().out
    assert len(x_train) + len(x_test) == 1797
    for x, y, X, labels in ((x_train, y_train, *data.digits_01()[:2]), (x_test, y_test, *data.digits_01()[2:])):
        np.testing.assert_array_equal(x.reshape(len(x), -1).T[:, y < 2] / x_train.max(), X)
        np.testing.assert_array_equal(y[y < 2], labels[0])


# Files that are refused


def test_a_variable_that_names_no_file_is_told_so(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MNIST_NPZ", str(tmp_path / "gone.npz"))
    assert_falls_back(*load(capsys), f"MNIST_NPZ names {tmp_path / 'gone.npz'}, but there is no such file")


@pytest.mark.parametrize("share", [0, 0.001, 0.5, 0.99])
def test_half_a_download_is_refused_with_its_name(share, mnist, capsys):
    whole = mnist.read_bytes()
    mnist.write_bytes(whole[: int(share * len(whole))])
    assert_falls_back(*load(capsys), f"{mnist} is damaged, perhaps by an incomplete download")


def test_a_file_with_a_broken_middle_is_refused_with_its_name(mnist, capsys):
    content = bytearray(mnist.read_bytes())
    middle = len(content) // 3
    content[middle : middle + 64] = bytes(64)
    mnist.write_bytes(content)
    assert_falls_back(*load(capsys), f"{mnist} is damaged")


@pytest.mark.parametrize("content", [b"<html>404</html>", b"\x80\x04N."], ids=["a web page", "a pickle"])
def test_a_file_of_another_kind_is_refused(content, mnist, capsys):
    mnist.write_bytes(content)
    assert_falls_back(*load(capsys), f"{mnist} is damaged")


def test_a_folder_is_refused(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MNIST_NPZ", str(tmp_path))
    assert_falls_back(*load(capsys), f"{tmp_path} cannot be read")


def test_a_single_array_is_refused(mnist, raw, capsys):
    with mnist.open("wb") as file:
        np.save(file, raw["x_train"])
    assert_falls_back(*load(capsys), f"{mnist} has no array x_train")


def test_an_archive_of_other_arrays_is_refused_with_the_missing_name(mnist, raw, capsys):
    write_npz(mnist, {"y_train": raw["y_train"], "images": raw["x_train"]})
    assert_falls_back(*load(capsys), f"{mnist} has no array x_train")


def test_an_array_of_objects_is_never_unpickled(mnist, raw, capsys):
    write_npz(mnist, raw | {"y_test": np.array([print, None], dtype=object)})
    assert_falls_back(*load(capsys), f"{mnist} is damaged")


@pytest.mark.parametrize("name", ["x_train", "y_train", "x_test", "y_test"])
def test_one_changed_byte_is_refused_with_the_array_and_the_file(name, mnist, raw, capsys):
    changed = raw[name].copy()
    changed.flat[-1] ^= 1
    write_npz(mnist, raw | {name: changed})
    assert_falls_back(*load(capsys), f"{name} in {mnist} is not MNIST's")


@pytest.mark.parametrize(
    "reshape",
    [lambda x: x.view(np.int8), lambda x: x.reshape(60, 784), lambda x: x / 255],
    ids=["int8", "flattened", "floats"],
)
def test_the_right_bytes_in_another_form_are_refused(reshape, mnist, raw, capsys):
    write_npz(mnist, raw | {"x_train": reshape(raw["x_train"])})
    assert_falls_back(*load(capsys), f"x_train in {mnist} is")


def test_as_many_labels_as_images_are_wanted(mnist, raw, capsys):
    write_npz(mnist, raw | {"x_train": raw["x_train"].reshape(30, 56, 28)})
    assert_falls_back(*load(capsys), f"{mnist} has 30 images for 60 labels")


def test_after_a_refused_file_the_next_source_is_used(mnist, raw, tmp_path, capsys):
    mnist.write_bytes(b"")
    write_npz(tmp_path / "home" / ".keras" / "datasets" / "mnist.npz", raw)
    arrays, lines = load(capsys)
    assert len(lines) == 1
    assert str(mnist) in lines[0]
    assert_is_miniature(arrays, raw)


def test_a_refused_file_is_not_kept(mnist, capsys):
    mnist.write_bytes(b"")
    load(capsys)
    assert not data.cache_file().exists()


# The kept copy


def damage_by_truncation(path, record):
    path.write_bytes(path.read_bytes()[:-8])


def damage_by_growth(path, record):
    path.write_bytes(path.read_bytes() + b"\0")


def damage_by_emptying(path, record):
    path.write_bytes(b"")


def damage_by_wrong_shape(path, record):
    np.save(path, np.zeros((784, 12)))


def damage_by_mismatched_sizes(path, record):
    fields = [(name, np.uint8, (60, 28, 28) if name.startswith("x") else (59,)) for name in data.RAW_SHA256]
    np.save(path, np.zeros((), fields))


def damage_by_scalar_fields(path, record):
    np.save(path, np.zeros((), [(name, np.uint8) for name in data.RAW_SHA256]))


def damage_by_one_bit(path, record):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def damage_by_zeros(path, record):
    path.write_bytes(path.read_bytes()[: -record.nbytes] + bytes(record.nbytes))


@pytest.mark.parametrize(
    "damage",
    [
        damage_by_truncation,
        damage_by_growth,
        damage_by_emptying,
        damage_by_wrong_shape,
        damage_by_mismatched_sizes,
        damage_by_scalar_fields,
        damage_by_one_bit,
        damage_by_zeros,
    ],
)
def test_a_damaged_copy_is_named_once_and_built_again(damage, mnist, raw, capsys):
    load(capsys)
    damage(data.cache_file(), data.read_npz(mnist))
    arrays, lines = load(capsys)
    assert len(lines) == 1
    assert f"{data.cache_file()} is damaged" in lines[0]
    assert_is_miniature(arrays, raw)

    mnist.unlink()
    arrays, lines = load(capsys)
    assert lines == []
    assert_is_miniature(arrays, raw)


def test_a_copy_that_cannot_be_opened_is_said_so_and_the_data_still_come(mnist, raw, capsys):
    data.cache_file().mkdir(parents=True)
    arrays, lines = load(capsys)
    assert "cannot be read" in lines[0]
    assert_is_miniature(arrays, raw)


def test_a_cache_folder_that_cannot_be_written_is_one_sentence_and_the_data_still_come(mnist, raw, tmp_path, capsys):
    (tmp_path / "cache").write_text("a file where a folder should be")
    arrays, lines = load(capsys)
    assert len(lines) == 1
    assert f"no copy for next time could be saved in {tmp_path / 'cache'}" in lines[0]
    assert_is_miniature(arrays, raw)


def test_a_failed_write_leaves_nothing_behind(mnist, raw, monkeypatch, capsys):
    def full_disk(source, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(data.os, "replace", full_disk)
    arrays, lines = load(capsys)
    assert len(lines) == 1
    assert "No space left on device" in lines[0]
    assert list(data.cache_file().parent.iterdir()) == []
    assert_is_miniature(arrays, raw)


def test_a_copy_of_other_data_is_not_taken_for_mnist(mnist, raw, monkeypatch, capsys):
    load(capsys)
    monkeypatch.setattr(data, "RAW_SHA256", data.RAW_SHA256 | {"y_test": "0" * 64})
    assert_falls_back(*load(capsys), "y_test")


def test_two_processes_that_write_at_once_leave_a_whole_copy_at_every_moment(mnist, raw, capsys):
    code = (
        "import sys; from backprop import data\n"
        f"data.RAW_SHA256 = {data.RAW_SHA256!r}\n"
        "record = data.read_npz(sys.argv[1])\n"
        "for _ in range(30): data._keep(record)"
    )
    data._keep(data.read_npz(mnist))
    command = [sys.executable, "-c", code, str(mnist)]
    writers = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    while any(writer.poll() is None for writer in writers):
        arrays, lines = load(capsys)
        assert lines == []
        assert_is_miniature(arrays, raw)
    assert [writer.communicate()[0] for writer in writers] == ["", ""]
    assert [writer.returncode for writer in writers] == [0, 0]
    assert list(data.cache_file().parent.iterdir()) == [data.cache_file()]


# Without MNIST


def test_without_mnist_and_tensorflow_the_small_digits_come_with_one_line(capsys):
    arrays, lines = load(capsys)
    assert_falls_back(arrays, lines)
    assert "TensorFlow cannot be imported" in lines[0]
    assert "scikit-learn's 8x8 digits" in lines[0]


def test_without_a_network_the_line_says_what_tensorflow_said(monkeypatch, capsys):
    def load_data():
        print("Downloading data from somewhere")
        raise OSError("URL fetch failure: name not known\nand a long story")

    stub_tensorflow(monkeypatch, load_data)
    arrays, lines = load(capsys)
    assert_falls_back(arrays, lines)
    assert "TensorFlow cannot download MNIST (URL fetch failure: name not known)" in lines[0]


def test_a_download_that_is_not_mnist_is_refused(raw, monkeypatch, capsys):
    stub_tensorflow(monkeypatch, lambda: ((raw["x_train"], raw["y_train"]), (raw["x_test"][::-1], raw["y_test"])))
    arrays, lines = load(capsys)
    assert_falls_back(arrays, lines)
    assert "x_test in TensorFlow's download is not MNIST's" in lines[0]


def test_the_fallback_can_be_asked_for_even_where_mnist_is(mnist, monkeypatch, capsys):
    monkeypatch.setenv("BACKPROP_DATA", "digits")
    arrays, lines = load(capsys)
    assert_falls_back(arrays, lines)
    assert lines[0].startswith("BACKPROP_DATA=digits asks for")


def test_another_wish_is_refused(monkeypatch):
    monkeypatch.setenv("BACKPROP_DATA", "letters")
    with pytest.raises(DataError, match="'letters'"):
        data.load_mnist_01()


def test_without_scikit_learn_too_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.datasets", None)
    with pytest.raises(DataError, match="pip install scikit-learn"):
        data.load_mnist_01()


def test_the_small_digits_are_quiet_plain_and_in_order(capsys):
    from sklearn.datasets import load_digits

    X_train, y_train, X_test, y_test = arrays = data.digits_01()
    assert capsys.readouterr().out == ""
    assert_plain(arrays)
    assert [a.shape for a in arrays] == FALLBACK_SHAPES

    digits = load_digits()
    chosen = digits.target < 2
    np.testing.assert_array_equal(np.hstack([y_train, y_test])[0], digits.target[chosen])
    np.testing.assert_array_equal(np.hstack([X_train, X_test]).T * 16, digits.data[chosen])
    assert X_train.min() == 0
    assert X_train.max() == 1


def test_importing_the_module_imports_neither_tensorflow_nor_sklearn():
    code = "import sys, backprop.data; print([name for name in ('tensorflow', 'sklearn') if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


# The real MNIST


@pytest.fixture
def real(monkeypatch):
    monkeypatch.setenv("MNIST_NPZ", REAL)


@needs_mnist
def test_mnist_has_the_shapes_and_values_that_the_notebooks_say(real, capsys):
    arrays, lines = load(capsys)
    X_train, y_train, X_test, y_test = arrays
    assert lines == []
    assert_plain(arrays)
    assert [a.shape for a in arrays] == [(784, 12665), (1, 12665), (784, 2115), (1, 2115)]
    for X in (X_train, X_test):
        assert (X.min(), X.max()) == (0, 1)
    for y, ones in ((y_train, 6742), (y_test, 1135)):
        assert set(np.unique(y)) == {0.0, 1.0}
        assert y.sum() == ones


@needs_mnist
def test_mnist_keeps_its_order_and_its_second_load_is_the_same(real, capsys):
    first, _ = load(capsys)
    kept, lines = load(capsys)
    assert lines == []
    for a, b in zip(first, kept, strict=True):
        np.testing.assert_array_equal(a, b)
    with np.load(REAL) as archive:
        for part, X, y in (("train", *kept[:2]), ("test", *kept[2:])):
            images, labels = archive[f"x_{part}"], archive[f"y_{part}"]
            chosen = np.flatnonzero(labels < 2)
            for column in (0, 1, len(chosen) - 1):
                np.testing.assert_array_equal(X[:, column].reshape(28, 28), images[chosen[column]] / 255)
            np.testing.assert_array_equal(y[0], labels[chosen])


@needs_mnist
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from Linux' /proc")
def test_mnist_stays_below_200_mb_on_the_first_load_and_on_the_second(real):
    # VmHWM, not ru_maxrss: a child inherits the latter from its parent, and a large pytest would hide a growth.
    code = (
        "import backprop.data\n"
        "def status(key): return next(line for line in open('/proc/self/status') if line.startswith(key))\n"
        "before = status('VmRSS')\n"
        "arrays = backprop.data.load_mnist_01()\n"
        "assert sum(a.sum() for a in arrays) > 0 and arrays[0].shape == (784, 12665)\n"
        "print(before, status('VmHWM'))"
    )
    for _ in range(2):
        ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
        before, peak = (int(kilobytes) for kilobytes in re.findall(r"(\d+) kB", ran.stdout))
        assert 50_000 < peak - before < 200_000
