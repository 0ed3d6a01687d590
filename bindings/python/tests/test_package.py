"""The wheel: what lies in it, what it says of itself, and what a build says that cannot be done."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from importlib.metadata import version

import jaga
import pytest
from conftest import PROGRAM, ROOT

PACKAGE = ROOT / "bindings/python"
FOLDER = pathlib.Path(os.environ.get("JAGA_LIBRARY_FOLDER", ROOT / ".build-library/lib")).resolve()


def build(kind, output, source=PACKAGE, folder=str(FOLDER)):
    environment = {**os.environ, "JAGA_LIBRARY_FOLDER": folder, "NO_COLOR": "1"}
    if not folder:
        del environment["JAGA_LIBRARY_FOLDER"]
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", output], cwd=source, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    code, said = build("wheel", folder)
    assert code == 0, said
    (path,) = folder.iterdir()
    return path


def test_one_version():
    declared = tomllib.loads((PACKAGE / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    program = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    assert declared == jaga.__version__ == program
    if "site-packages" in jaga.__file__:
        assert version("jaga") == declared


def test_the_wheel_holds_what_it_needs(wheel):
    with zipfile.ZipFile(wheel) as file:
        names = set(file.namelist())
        assert {"jaga/lib/libjaga.so", "jaga/lib/default.jaga", "jaga/py.typed"} <= names
        assert {f"jaga/{path.name}" for path in (PACKAGE / "src/jaga").glob("*.py")} <= names
        assert file.read("jaga/lib/default.jaga") == (FOLDER / "default.jaga").read_bytes()
        (license_name,) = (name for name in names if name.endswith("licenses/LICENSE"))
        assert file.read(license_name) == (ROOT / "LICENSE").read_bytes()
        assert not [name for name in names if "test" in name or name.endswith((".pyc", ".sqlite"))]


def test_the_tag_is_honest(wheel):
    # It takes libraries from the system that it is built on, so it must not promise to run on every Linux; and it runs on any Python 3.
    tag = f"py3-none-{sysconfig.get_platform().replace('-', '_').replace('.', '_')}"
    assert wheel.name == f"jaga-{jaga.__version__}-{tag}.whl" and "manylinux" not in wheel.name
    with zipfile.ZipFile(wheel) as file:
        (name,) = (name for name in file.namelist() if name.endswith("/WHEEL"))
        said = file.read(name).decode()
    assert f"Tag: {tag}\n" in said + "\n" and "Root-Is-Purelib: false" in said


def test_a_folder_from_the_root_of_the_checkout(tmp_path):
    code, said = build("wheel", tmp_path, folder=os.path.relpath(FOLDER, ROOT))
    assert code == 0, said


def test_a_folder_without_a_library(tmp_path):
    code, said = build("wheel", tmp_path, folder=str(tmp_path / "nowhere"))
    assert code != 0 and "Traceback" not in said
    assert "nowhere/libjaga.so is not there; run scripts/build-library, or set JAGA_LIBRARY_FOLDER to the folder that it filled" in said


@pytest.mark.parametrize("code, sentence", [
    ("int jaga_abi_version(void) { return 99; }", r"libjaga.so has ABI 99, and this package speaks ABI \d+; run scripts/build-library of this checkout"),
    ("int other(void) { return 1; }", r"libjaga.so cannot be loaded, or is no library of Jaga \(.*jaga_abi_version.*\); run scripts/build-library of this checkout"),
    ("#include <stdlib.h>\nint jaga_abi_version(void) { abort(); }", r"libjaga.so cannot be loaded, or is no library of Jaga \(the process that loaded it ended with code -6\)"),
    (None, r"libjaga.so cannot be loaded, or is no library of Jaga \(.*\); run scripts/build-library of this checkout")], ids=["version", "other", "ends", "text"])
def test_a_library_of_another_version(tmp_path, code, sentence):
    folder = tmp_path / "lib"
    folder.mkdir()
    (folder / "default.jaga").write_bytes(b"")
    (folder / "libjaga.so").write_text("no library")
    if code is not None:
        (tmp_path / "other.c").write_text(code)
        subprocess.run([shutil.which("clang") or "cc", "-shared", "-fPIC", tmp_path / "other.c", "-o", folder / "libjaga.so"], check=True)
    done, said = build("wheel", tmp_path / "out", folder=str(folder))
    assert done != 0 and "Traceback" not in said
    assert re.search(sentence, " ".join(said.split())), said


def test_a_source_archive(tmp_path):
    code, said = build("sdist", tmp_path)
    assert code == 0, said
    (archive,) = tmp_path.iterdir()
    with tarfile.open(archive) as file:
        assert all(one.isfile() for one in file.getmembers())
        file.extractall(tmp_path / "deep/deeper", filter="data")
    (source,) = (tmp_path / "deep/deeper").iterdir()
    assert (source / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
    code, said = build("wheel", tmp_path / "out", source=source, folder="")
    assert code != 0 and "Traceback" not in said
    assert "the library can only be built in a checkout of Jaga, and this is none; run 'pip install ./bindings/python' there" in said
    code, said = build("wheel", tmp_path / "out", source=source)
    assert code == 0, said


def test_a_build_that_fails_says_what_it_needs(tmp_path):
    checkout = tmp_path / "checkout"
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "src/jaga/__init__.py"):
        path = checkout / "bindings/python" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((PACKAGE / name).read_bytes())
    script = checkout / "scripts/build-library"
    script.parent.mkdir()
    script.write_text("#!/bin/sh\necho no compiler >&2\nexit 1\n")
    script.chmod(0o755)
    code, said = build("wheel", tmp_path / "out", source=checkout / "bindings/python", folder="")
    assert code != 0 and "Traceback" not in said
    assert re.search(r"no compiler.*scripts/build-library failed, its message stands above; it needs Swift 6.3", said, re.S)
