"""What schemathesis cannot know: bodies of lines of JSON, and the id of the gateway's channel, which is a secret."""

import json
import os

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def lines(context, value):
    return {"data": value if isinstance(value, bytes) else str(value).encode()}


@schemathesis.hook.apply_to(path="/v1/score/stream")
def map_body(context, body):
    """A line that can be read before whatever was made up."""
    return json.dumps({"text": body, "conversation_id": "stream"}) + "\n" + body if isinstance(body, str) else body


@schemathesis.hook.apply_to(path_regex="^/c/ex/")
def map_path_parameters(context, path_parameters):
    """Mostly with the right id; now and then with what was made up, for a 404."""
    made_up = str((path_parameters or {}).get("channel", ""))
    return {**(path_parameters or {}), "channel": made_up if made_up.endswith("0") else os.environ["JAGA_CHANNEL"]}
