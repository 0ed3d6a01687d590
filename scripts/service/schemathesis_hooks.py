"""Bodies of media types that schemathesis does not know."""

import json

import schemathesis
from hypothesis import strategies

message = strategies.fixed_dictionaries(
    {"text": strategies.text(max_size=50)},
    optional={"conversation_id": strategies.sampled_from(["a", "b"]), "message_id": strategies.text(max_size=5), "author_id": strategies.sampled_from(["x", "y"])})
lines = strategies.lists(message, max_size=20).map(
    lambda messages: "".join(json.dumps(each) + "\n" for each in messages).encode())
schemathesis.openapi.media_type("application/x-ndjson", lines)
