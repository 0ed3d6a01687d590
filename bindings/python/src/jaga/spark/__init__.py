"""Scoring on a cluster: columns of scores for Spark's frames, batch and streaming.

    from jaga.spark import score_conversations, score_messages

    scored = score_messages(df)
    scored = score_conversations(df, conversation="conversation_id", author="author_id", time="sent")
    scored = score_conversation_stream(stream, conversation="conversation_id", author="author_id", time="sent")

Results are the same bits as those of `jaga score`. The package has to be installed where Spark's Python workers run; a model of your own is shipped. The guide
*From one machine to a cluster* says what that needs. Needs pyspark 4.3 or newer, pyarrow, pandas and numpy: pip install 'jaga[spark]'.
"""

from .. import _arrow

for _name in ("pyspark", "pyarrow", "pandas"):
    _arrow.need(_name, "spark")

from ._functions import score_conversation_stream, score_conversations, score_messages  # noqa: E402

__all__ = ["score_conversation_stream", "score_conversations", "score_messages"]
