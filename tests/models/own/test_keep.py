"""An own network is kept when it has been proved, and what cannot be used changes nothing."""

from __future__ import annotations

import os
import pickle
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from models import catalogue
from models.errors import ModelError
from models.own import keep
from models.own import trial as trial_
from models.own.keep import StoppedError, add, remove
from models.own.trial import read_model
from models.stop import Stop
from models.text import Text

pytest.importorskip("onnxruntime")
onnx_files = pytest.importorskip("tests.models.own.onnx_files", reason="onnx is not installed")
odd = pytest.importorskip("tests.models.inspection.odd_files", reason="onnx is not installed")
LIMIT = 60.0


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FUSIFORM_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file passes its trial, in no time; for what has nothing to do with it."""
    monkeypatch.setattr(keep, "_try", lambda *_: None)


def own_files() -> dict[str, bytes]:
    folder = catalogue.own_folder()
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def refusal(path: Path, name: str | None = None, patience: float = LIMIT) -> str:
    before = own_files()
    with pytest.raises(ModelError) as caught:
        add(path, name, patience=patience)
    assert own_files() == before
    text = caught.value.text
    assert not text.ja.isascii()
    return text.en


def good(folder: Path, name: str = "My detector.onnx") -> Path:
    path = folder / name
    path.write_bytes(onnx_files.written(onnx_files.detector()))
    return path


def test_a_good_file_is_kept_under_its_own_name(home: Path) -> None:
    path = good(home, "Mein Détecteur 顔 (2).ONNX")
    entry = add(path)
    assert entry.name == "mein-détecteur-顔-2"
    assert catalogue.state(entry) == "own"
    assert catalogue.weights(entry.name).read_bytes() == path.read_bytes()
    assert len(own_files()) == 1


def evil() -> bytes:
    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.mkdir, (os.environ["FUSIFORM_HOME"] + "-taken-over",)

    return pickle.dumps(Evil())


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: b"", "it is empty"),
        (lambda: b"just words", "it is a text"),
        (evil, "pickle"),
        (lambda: onnx_files.written(onnx_files.weighted())[:100], "cut or damaged"),
        (lambda: b"\x08\x07" + np.random.default_rng(1).bytes(3000), "cut or damaged"),
        (lambda: b"\x08\x07", "no network in it"),
        (lambda: onnx_files.written(onnx_files.weighted("/etc/passwd")), "/etc/passwd"),
        (lambda: onnx_files.written(onnx_files.weighted_in_a_constant("weights.bin")), "weights.bin"),
        (lambda: onnx_files.written(onnx_files.foreign()), "org.example"),
        (lambda: onnx_files.written(onnx_files.identity()), "face_8"),
    ],
)
def test_whatever_else_it_is_is_said_and_nothing_of_it_is_kept_or_run(
    home: Path, make: object, said: str
) -> None:
    assert callable(make)
    path = home / "given.onnx"
    path.write_bytes(make())
    sentence = refusal(path)
    assert said in sentence
    assert sentence.startswith("given.onnx ")
    assert "Expected is " in sentence
    assert not (home / "home-taken-over").exists()


def test_every_cut_of_a_file_is_refused_as_data_or_by_the_trial() -> None:
    """Most are no message any more; where one ends between two fields, there is no network in it."""
    data = onnx_files.written(onnx_files.weighted())
    assert read_model(data)[1] is None
    for length in range(1, len(data) - 20, 7):
        assert read_model(data[:length])[1], length


def test_what_is_not_there_or_no_file(home: Path) -> None:
    assert "no such file" in refusal(home / "none.onnx")
    assert "could not be added" in refusal(home)


def test_a_huge_file_is_not_even_read(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep, "MOST_BYTES", 1 << 20)
    path = good(home)
    with path.open("ab") as file:
        file.truncate(3 << 20)
    assert "3 MiB, and 1 are the most" in refusal(path)


def crash(_path: str) -> None:
    os._exit(11)


def hang(_path: str) -> None:
    time.sleep(LIMIT)


def fail(_path: str) -> Text | None:
    raise MemoryError("too large")


@pytest.mark.parametrize(
    ("trial", "patience", "said"),
    [(crash, LIMIT, "ended its process"), (hang, 3.0, "within 3 seconds"), (fail, LIMIT, "too large")],
)
def test_what_crashes_hangs_or_fails_in_its_trial_harms_nobody(
    home: Path, monkeypatch: pytest.MonkeyPatch, trial: object, patience: float, said: str
) -> None:
    kept = add(good(home), "kept")
    monkeypatch.setattr(keep, "trial", trial)
    assert said in refusal(good(home), "kept", patience)
    assert catalogue.weights(kept.name).exists()


def test_a_trial_can_be_stopped(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep, "trial", hang)
    stop, caught = Stop(), []

    def work() -> None:
        try:
            add(good(home), stop=stop)
        except ModelError as error:
            caught.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    stop.ask()
    thread.join(LIMIT / 4)
    assert not thread.is_alive()
    assert isinstance(caught[0], StoppedError)
    assert own_files() == {}


@pytest.mark.usefixtures("quick")
def test_a_name_takes_the_place_of_the_former_and_without_one_nothing_is_replaced(home: Path) -> None:
    first = add(good(home), "mine")
    other = home / "other.onnx"
    other.write_bytes(onnx_files.written(onnx_files.weighted()))
    assert add(other, "mine") == catalogue.find("mine") != first
    assert list(own_files()) == ["mine.onnx"]
    assert own_files()["mine.onnx"] == other.read_bytes()
    assert add(other).name == "mine", "the same content is there already"
    assert add(good(home)).name == "my-detector"
    path = good(home)
    path.write_bytes(onnx_files.written(onnx_files.foreign()))
    assert add(path).name == "my-detector-2"


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    "name", ["yunet", "face-detector", "a b", "../x", "", ".hidden", "con", "x" * 65, "a,b", "a:b"]
)
def test_names_that_cannot_be(home: Path, name: str) -> None:
    if name:
        assert "cannot be called" in refusal(good(home), name)
    else:
        assert add(good(home), name).name == "my-detector"


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("file", "name"),
    [("yunet.onnx", "yunet-2"), ("CON.onnx", "my-con"), ("---.onnx", "network"), ("Ａ.onnx", "a")],
)
def test_files_whose_names_cannot_be(home: Path, file: str, name: str) -> None:
    assert add(good(home, file)).name == name


@pytest.mark.usefixtures("quick")
def test_it_can_be_taken_away_again(home: Path) -> None:
    entry = add(good(home))
    remove(entry.name)
    assert own_files() == {}
    with pytest.raises(ModelError, match="no network"):
        remove(entry.name)
    with pytest.raises(ModelError, match="part of the program"):
        remove("face-detector")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
def test_a_network_that_wants_all_the_memory_fails_alone(home: Path) -> None:
    from onnx import helper, numpy_helper

    model = onnx_files.detector()
    model.graph.node[0].output[0] = "face"
    model.graph.initializer.append(numpy_helper.from_array(np.array([1 << 33], np.int64), "shape"))
    model.graph.node.append(helper.make_node("ConstantOfShape", ["shape"], ["huge"]))
    model.graph.node.append(helper.make_node("ReduceSum", ["huge"], ["sum"], keepdims=0))
    model.graph.node.append(helper.make_node("Add", ["face", "sum"], ["face_8"]))
    path = home / "bomb.onnx"
    path.write_bytes(onnx_files.written(model))
    assert "cannot be used" in refusal(path)


@pytest.mark.parametrize("name", ["sequence", "float16", "channels last", "multiples of 128", "if", "new"])
def test_what_can_be_looked_at_passes_its_trial(
    home: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(trial_, "_limit_memory", lambda: None)
    path = home / "odd.onnx"
    path.write_bytes(odd.SHOWN[name]().SerializeToString())
    assert trial_.trial(str(path)) == "layers"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("1-D", "No picture goes into odd.onnx"),
        ("two inputs", "No picture goes into odd.onnx"),
        ("words", "found was int64 1 × 16"),
        ("too new", "Opset 999 is under development"),
        ("a circle", "it does not run here"),
    ],
)
def test_what_cannot_is_told_why(home: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str) -> None:
    monkeypatch.setattr(trial_, "_limit_memory", lambda: None)
    path = home / "odd.onnx"
    path.write_bytes(odd.REFUSED[name]().SerializeToString())
    verdict = trial_.trial(str(path))
    assert isinstance(verdict, Text)
    assert said in verdict.en
    assert not verdict.ja.isascii()


def test_an_endless_loop_is_refused_after_a_while(home: Path) -> None:
    path = home / "endless.onnx"
    path.write_bytes(odd.loops(1 << 60).SerializeToString())
    assert "within 8 seconds" in refusal(path, patience=8.0)
