"""Python's json.loads over every line of a file, and nothing else.

usage: python3 peer_json.py FILE [FOLDER]
"""

import json
import sys

with open(sys.argv[1], "rb") as file:
    for line in file:
        json.loads(line)
