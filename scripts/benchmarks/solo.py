"""The whole program alone: its speed on one thread, beside ICU for every byte, and its memory.

usage: python3 scripts/benchmarks/solo.py MESSAGES
"""

import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from benchmarks import inputs, measure, peers, whole

ROUNDS = 3


def main(count):
    texts, source = inputs.real_texts()
    with tempfile.TemporaryDirectory(prefix="jaga-bench-") as name:
        folder = pathlib.Path(name)
        files = peers.Files(folder, texts, count)
        entrants = [peers.jaga(files), *peers.bounds(folder, files)]
        print(f"  {count:,} messages of {source}, {files.bytes / count:.0f} bytes of JSON each; processor time, best of {ROUNDS}")
        best = {one.name: min(peers.timed(one, files, "0")[1] for _ in range(ROUNDS)) for one in entrants}
        for name, seconds in best.items():
            print(f"  {name:22} {count / seconds:14,.0f} messages/s  {1e6 * seconds / count:9.2f} µs a message  "
                  f"{best['Jaga'] / seconds:8.2f} times the speed of Jaga")
        print(f"  one short file         {whole.start_to_end(folder):.1f} ms, start to end")
        print(f"  peak memory            {whole.streamed_peak(count) / 1e6:.0f} MB from a pipe")


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].isdigit():
        sys.exit(__doc__)
    try:
        main(int(sys.argv[1]))
    except measure.Failure as failure:
        sys.exit(f"bench: {failure}")
