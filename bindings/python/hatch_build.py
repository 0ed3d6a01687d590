"""Puts libjaga.so and the default model into the wheel.

JAGA_LIBRARY_FOLDER names a folder that holds both, from the checkout's root if it is relative; without it scripts/build-library of the checkout builds
them (some minutes the first time).
"""

import os
import pathlib
import platform
import subprocess
import sys
from typing import Any, NoReturn

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FILES = ("libjaga.so", "default.jaga")


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

    def fail(self, what: str) -> NoReturn:
        """One sentence instead of a traceback."""
        self.app.abort(f"jaga: {what}")
        raise SystemExit(1)
