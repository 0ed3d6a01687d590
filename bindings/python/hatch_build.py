"""Puts libjaga.so and the default model into the wheel.

JAGA_LIBRARY_FOLDER names a folder that holds both, from the checkout's root if it is relative; without it scripts/build-library of the checkout builds
them (some minutes the first time).
"""

import os
import pathlib
import platform
import re
import subprocess
import sys
from typing import Any, NoReturn

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FILES = ("libjaga.so", "default.jaga")
# In a process of its own: what a stranger's library does when it is loaded ends that one alone.
ASK = "import ctypes, sys; print(ctypes.CDLL(sys.argv[1]).jaga_abi_version())"


class LibraryHook(BuildHookInterface[BuilderConfig]):
    """Only wheels carry the library; an editable installation finds the one of its checkout."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or version == "editable":
            return
        if not sys.platform.startswith("linux"):
            self.fail(f"the library is built on Linux alone, and this is {sys.platform}; use a Linux machine or container")
        folder = self.library_folder()
        for name in FILES:
            if not (folder / name).is_file():
                self.fail(f"{folder / name} is not there; run scripts/build-library, or set JAGA_LIBRARY_FOLDER to the folder that it filled")
            build_data["force_include"][str(folder / name)] = f"jaga/lib/{name}"
        self.check_abi(folder / FILES[0])
        build_data["pure_python"] = False
        # Not manylinux: the library takes ICU, simdjson and others from the system that it is built on.
        build_data["tag"] = f"py3-none-linux_{platform.machine()}"

    def library_folder(self) -> pathlib.Path:
        checkout = pathlib.Path(self.root).resolve().parents[1]
        named = os.environ.get("JAGA_LIBRARY_FOLDER")
        if named:
            return (checkout / named).resolve()
        script = checkout / "scripts" / "build-library"
        if not script.is_file():
            self.fail(
                "the library can only be built in a checkout of Jaga, and this is none; run 'pip install ./bindings/python' there, or set "
                "JAGA_LIBRARY_FOLDER to a folder with libjaga.so and default.jaga")
        folder = checkout / ".build-library" / "lib"
        if subprocess.run([str(script), str(folder)], cwd=checkout).returncode != 0:
            self.fail("scripts/build-library failed, its message stands above; it needs Swift 6.3 and the packages that 'make setup' installs")
        return folder

    def check_abi(self, library: pathlib.Path) -> None:
        """A wheel whose library is of another version would install, and fail at its first use."""
        source = (pathlib.Path(self.root) / "src/jaga/_library.py").read_text("utf-8")
        declared = re.search(r"^ABI = (\d+)$", source, re.M)
        if declared is None:
            self.fail("src/jaga/_library.py does not say its ABI; take the package's files from one checkout")
        done = subprocess.run([sys.executable, "-c", ASK, str(library)], capture_output=True, text=True, errors="replace")
        remedy = "run scripts/build-library of this checkout, and set JAGA_LIBRARY_FOLDER to the folder that it fills, or to none"
        if done.returncode != 0:
            said = done.stderr.strip().splitlines()[-1:] or [f"the process that loaded it ended with code {done.returncode}"]
            self.fail(f"{library} cannot be loaded, or is no library of Jaga ({said[0]}); {remedy}; 'make setup' installs what it needs")
        if done.stdout.strip() != declared[1]:
            self.fail(f"{library} has ABI {done.stdout.strip()}, and this package speaks ABI {declared[1]}; {remedy}")

    def fail(self, what: str) -> NoReturn:
        """One sentence instead of a traceback."""
        self.app.abort(f"jaga: {what}")
        raise SystemExit(1)
