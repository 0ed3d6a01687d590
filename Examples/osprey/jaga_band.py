"""An Osprey function that asks Jaga about a message: JagaBand(text=MessageText, room=RoomId, message=MessageId, author=UserId) == 'review'

Register the class in your plugin's register_udfs. JAGA_URL and JAGA_TOKEN say where Jaga is; where it cannot be asked, the answer is 'unknown'.
"""

import json
import os
import urllib.request

from osprey.engine.executor.execution_context import ExecutionContext
from osprey.engine.udf.arguments import ArgumentsBase
from osprey.engine.udf.base import UDFBase


class JagaBandArguments(ArgumentsBase):
    text: str
    room: str
    message: str
    author: str


class JagaBand(UDFBase[JagaBandArguments, str]):
    def execute(self, execution_context: ExecutionContext, arguments: JagaBandArguments) -> str:
        body = {"text": arguments.text, "conversation_id": arguments.room, "message_id": arguments.message, "author_id": arguments.author}
        request = urllib.request.Request(
            os.environ.get("JAGA_URL", "http://127.0.0.1:8787") + "/v1/score", data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "Authorization": "Bearer " + os.environ.get("JAGA_TOKEN", "")})
        try:
            with urllib.request.urlopen(request, timeout=2) as answer:
                record = json.load(answer)
        except OSError:
            return "unknown"
        return "support" if record["disclosure"] >= 0.5 else record["band"]
