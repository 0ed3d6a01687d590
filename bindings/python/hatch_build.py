"""Puts libjaga.so and the default model into the wheel.

JAGA_LIBRARY_FOLDER names a folder that holds both; without it scripts/build-library of the checkout builds them (some minutes the first time).
"""

import os
import pathlib
import platform
import subprocess
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FILES = ("libjaga.so", "default.jaga")


class LibraryHook(BuildHookInterface):
    """Only wheels carry the library; an editable installation finds the one of its checkout."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or version == "editable":
            return
        folder = self.library_folder()
        for name in FILES:
            if not (folder / name).is_file():
                raise FileNotFoundError(f"{folder / name} is not there; run scripts/build-library, or set JAGA_LIBRARY_FOLDER to its output")
            build_data["force_include"][str(folder / name)] = f"jaga/lib/{name}"
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-linux_{platform.machine()}"

    def library_folder(self) -> pathlib.Path:
        named = os.environ.get("JAGA_LIBRARY_FOLDER")
        if named:
            return pathlib.Path(named).resolve()
        checkout = pathlib.Path(self.root).resolve().parents[1]
        script = checkout / "scripts" / "build-library"
        if not script.is_file():
            raise FileNotFoundError(
                "the library cannot be built outside a checkout of Jaga; set JAGA_LIBRARY_FOLDER to a folder with libjaga.so and default.jaga")
        folder = checkout / ".build-library" / "lib"
        subprocess.run([str(script), str(folder)], cwd=checkout, check=True)
        return folder
