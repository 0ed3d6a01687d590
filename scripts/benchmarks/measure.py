"""Runs commands on one core and says what they cost; nothing but the standard library."""

import dataclasses
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


class Failure(Exception):
    """Something that a person can mend; the message says what and how."""


@dataclasses.dataclass
class Cost:
    """One run of a command."""

    seconds: float  # from start to end
    processor: float  # user and system time of all of its threads
    peak: int  # bytes of memory held at once


def run(command, cores="0", output=os.devnull, feed=None, environment=None):
    """Runs a command on `cores` (as taskset writes them) and returns its Cost; None leaves it every core.

    `feed` is the argument list of a program whose output is piped in; what it costs is not counted.
    """
    words = [str(word) for word in command]
    pinned = words if cores is None else ["taskset", "-c", cores, *words]
    variables = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"} | (environment or {})
    feeder = feed and subprocess.Popen([str(word) for word in feed], stdout=subprocess.PIPE)
    with open(output, "wb") as sink:
        begin = time.perf_counter()
        child = subprocess.Popen(
            pinned, stdin=feeder.stdout if feeder else subprocess.DEVNULL, stdout=sink, stderr=subprocess.PIPE,
            env=variables, cwd=ROOT)
        if feeder:
            feeder.stdout.close()
        peak = Peak(child.pid)
        errors = child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - begin
    child.stderr.close()
    child.returncode = os.waitstatus_to_exitcode(status)
    if feeder and feeder.wait() != 0 and child.returncode == 0:
        raise Failure(f"'{feed[0]}', which made the input, ended with exit code {feeder.returncode}")
    if child.returncode != 0:
        last = "\n  ".join(errors.decode(errors="replace").strip().splitlines()[-3:])
        raise Failure(f"'{' '.join(words)}' ended with exit code {child.returncode}\n  {last}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, peak.bytes())


class Peak(threading.Thread):
    """Reads a process's peak of memory until it ends. (What wait4 tells begins with the memory of this process.)"""

    INTERVAL = 0.02

    def __init__(self, process):
        super().__init__(daemon=True)
        self.path, self.found, self.ended = pathlib.Path(f"/proc/{process}/status"), 0, threading.Event()
        self.start()

    def run(self):
        while not self.ended.wait(self.INTERVAL):
            try:
                found = re.search(r"^VmHWM:\s*(\d+)", self.path.read_text(encoding="utf-8"), re.M)
            except OSError:
                return
            self.found = max(self.found, int(found.group(1)) * 1024 if found else 0)

    def bytes(self):
        self.ended.set()
        self.join()
        return self.found


def captured(command, environment=None):
    """The standard output of a command."""
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, cwd=ROOT, env=os.environ | (environment or {}))
    if done.returncode != 0:
        raise Failure(f"'{' '.join(map(str, command))}' ended with exit code {done.returncode}\n  {done.stderr.strip()[-400:]}")
    return done.stdout


def spread(values):
    """Minimum, median, maximum."""
    return min(values), statistics.median(values), max(values)


def machine():
    """What the figures were measured on, without names of hosts."""
    cpu = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8")
    model = re.search(r"^model name\s*:\s*(.*)$", cpu, re.M)
    system = re.search(r'^PRETTY_NAME="?(.*?)"?$', pathlib.Path("/etc/os-release").read_text(encoding="utf-8"), re.M)
    memory = re.search(r"^MemTotal:\s*(\d+)", pathlib.Path("/proc/meminfo").read_text(encoding="utf-8"), re.M)
    return {
        "processor": model.group(1).strip() if model else platform.machine(), "cores": os.cpu_count(),
        "memory_gb": round(int(memory.group(1)) / 1e6), "system": system.group(1) if system else platform.system()}


def slug(about):
    """A machine as part of a file name."""
    return re.sub(r"[^a-z0-9]+", "-", f"{about['processor']} {about['cores']} cores".lower()).strip("-")


def program():
    """The release build of jaga, or $JAGA."""
    path = pathlib.Path(os.environ.get("JAGA", ROOT / ".build/release/jaga"))
    if not os.access(path, os.X_OK):
        raise Failure(f"{path} is not built; run 'swift build -c release --product jaga', or name it with JAGA")
    return path


def model():
    """The model that the program is measured with."""
    return pathlib.Path(os.environ.get("JAGA_MODEL", ROOT / "Models/default.jaga"))


def compiled(source, folder, *libraries, flags=("-O2",)):
    """A C or C++ file of this folder, compiled into `folder`."""
    path = pathlib.Path(__file__).resolve().parent / source
    target = pathlib.Path(folder) / path.stem
    compilers = (["clang++", "g++"], ["-std=c++17"]) if path.suffix == ".cpp" else (["clang", "gcc"], ["-std=c11"])
    for compiler in compilers[0]:
        try:
            captured([compiler, *compilers[1], *flags, path, "-o", target, *libraries])
            return target
        except FileNotFoundError:
            continue
    raise Failure("there is no C or C++ compiler; run 'make setup'")


def say(text):
    print(text, file=sys.stderr, flush=True)
