"""Bodies of a media type that schemathesis does not know: lines of JSON."""

import json

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def lines(context, value):
    return {"data": value if isinstance(value, bytes) else str(value).encode()}


@schemathesis.hook.apply_to(path="/v1/score/stream")
def map_body(context, body):
    """A line that can be read before whatever was made up."""
    return json.dumps({"text": body, "conversation_id": "stream"}) + "\n" + body if isinstance(body, str) else body
