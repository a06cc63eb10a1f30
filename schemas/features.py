"""How the `datasets` library types an episode: what varies by family is `Json()`, all else has its Arrow type.

    load_dataset("json", data_files="runs/x/episodes/*.jsonl", features=madata.features())

Without it `datasets` infers types from the first part and raises "Couldn't cast" when a later part holds
another family.
"""

from datasets import Features, Json, List, Value

STRING, INTEGER = Value("string"), Value("int64")


def features() -> Features:
    """The features of a JSONL file of episodes."""
    agent = {"id": STRING, "name": STRING, "role": STRING, "private": Json()}
    turn = {
        "index": INTEGER,
        "time": INTEGER,
        "speaker": STRING,
        "audience": List(STRING),
        "channel": STRING,
        "act": Json(),
        "text": STRING,
        "event": INTEGER,
    }
    question = {
        "id": STRING,
        "ability": STRING,
        "order": INTEGER,
        "query": Json(),
        "text": STRING,
        "options": List(STRING),
        "answer": List(STRING),
        "evidence": List(INTEGER),
        "view": STRING,
    }
    provenance = {
        "generator": STRING,
        "mode": STRING,
        "teachers": List({"name": STRING, "revision": STRING, "sampling": Json()}),
        "spoken": Json(),
        "attempts": INTEGER,
        "source": Json(),
    }
    return Features(
        {
            "schema_version": STRING,
            "id": STRING,
            "task": STRING,
            "family": STRING,
            "capabilities": List(STRING),
            "seed": STRING,
            "difficulty": Json(),
            "conventions": Json(),
            "agents": List(agent),
            "world": Json(),
            "outcome": Json(),
            "structure": STRING,
            "turns": List(turn),
            "questions": List(question),
            "provenance": provenance,
        }
    )
