"""Starts jaga-server and runs schemathesis against it; see scripts/service/schemathesis.

usage: python scripts/service/violations.py SECONDS [schemathesis option …]
"""

import os
import pathlib
import subprocess
import sys
import tempfile

import daemon

HERE = pathlib.Path(__file__).resolve().parent
# Every scope: what a scope refuses is for the tests in Swift.
SCOPES = "score,review,admin"


def run():
    seconds, options = sys.argv[1], sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        code, secret, words = daemon.command(folder, "token", "add", "schemathesis", "--scopes", SCOPES, "--rate", "100000000")
        if code != 0:
            raise daemon.Failure(f"no token could be made:\n{words}")
        # Nobody takes the bot's messages here; that is no fault of the service, so none is given up within the run.
        bot, path = daemon.poll_bot(folder, channel_retrySeconds=3_600, channel_tries=100)
        with daemon.Daemon(folder, *bot) as service:
            before = service.resident()
            done = subprocess.run(
                [str(pathlib.Path(sys.executable).with_name("schemathesis")), "--config-file", str(HERE / "schemathesis.toml"),
                 "run", service.url + "/openapi.json", "--max-time", seconds, *options],
                env=os.environ | {"JAGA_TOKEN": secret.strip(), "JAGA_CHANNEL": path.rsplit("/", 1)[1], "PYTHONPATH": str(HERE)}, cwd=folder)
            if not service.is_running:
                raise daemon.Failure("jaga-server ended during the run:\n  " + "\n  ".join(service.log[-5:]))
            faults = [line for line in service.log if '"level":"error"' in line]
            print(f"memory {before >> 20} MB before, {service.resident() >> 20} MB after; {len(faults)} errors in the log")
            if faults:
                raise daemon.Failure("the log has errors:\n  " + "\n  ".join(faults[:5]))
    if done.returncode != 0:
        raise daemon.Failure("schemathesis found violations; they stand above, each with a curl line that shows it")


if __name__ == "__main__":
    daemon.main(run)
