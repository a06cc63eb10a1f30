"""What a user says of teachers, and what is made of it."""

import pytest

from madata.generators.ask import ask
from madata.generators.run import UserError
from madata.generators.voices import Servers, Voices, read_voices

A, B = "http://a:8000/v1", "http://b:8000/v1"


def test_nobody_named_means_the_templates():
    assert read_voices(["scripted"], []) == (Voices(), Servers())


def test_two_servers_of_one_model_are_one_teacher():
    voices, servers = read_voices([A, B], ["qwen"])
    assert [model.name for model in voices.models] == ["qwen"]
    assert [(served.url, served.model) for served in servers.served] == [(A, "qwen"), (B, "qwen")]


def test_weights_and_revisions():
    voices, _ = read_voices([A, B], ["org/qwen@4f2a11=3", "llama"], cast="agent", self_play=True, temperature=0.5)
    qwen, llama = voices.models
    assert (qwen.name, qwen.revision, qwen.weight, qwen.temperature) == ("org/qwen", "4f2a11", 3, 0.5)
    assert (llama.name, llama.revision, llama.weight) == ("llama", "", 1)
    assert (voices.mode, voices.cast) == ("self-play", "agent")


def test_a_reader_may_be_served_elsewhere():
    voices, servers = read_voices([A], ["qwen"], reader=(B, "llama"))
    assert voices.reader == "llama" and [served.model for served in servers.served] == ["qwen", "llama"]


def test_a_directory_is_served_under_its_name(tmp_path):
    (tmp_path / "small=1").mkdir()
    voices, servers = read_voices([], [], serve=str(tmp_path / "small=1"))
    assert voices.models[0].name == "small=1" and servers.served == () and servers.serve


@pytest.mark.parametrize(
    ("arguments", "options", "word"),
    [
        (([A], []), {}, "--model 0 times"),
        (([A, B, A], ["x", "y"]), {}, "--teacher is given 3 times"),
        ((["scripted", A], ["x"]), {}, "alone"),
        (([], ["x"]), {}, "need a server"),
        ((["scripted"], []), {"self_play": True}, "need a server"),
        (([], []), {"cast": "one"}, "need a server"),
        (([A], ["x"]), {"cast": "one"}, "add --self-play"),
        (([], []), {"cast": "relay"}, "need a server"),
        (([A], ["x"]), {"cast": "relay"}, "name these two"),
        (([A, B], ["x"]), {"cast": "relay"}, "name these two"),
        (([A], ["x=0"]), {}, "weight from 1"),
        (([A], ["x y"]), {}, "NAME@REVISION"),
        (([A, B], ["x=2", "x=3"]), {}, "another weight"),
        ((["localhost:8000"], ["x"]), {}, "address of a server"),
        ((["ftp://a/v1"], ["x"]), {}, "address of a server"),
        ((["http://a:99999999/v1"], ["x"]), {}, "address of a server"),
        (([A], ["x"]), {"serve": "m"}, "leave out --teacher"),
    ],
)
def test_mistakes_get_one_line(arguments, options, word):
    with pytest.raises(UserError, match=word) as error:
        read_voices(*arguments, **options)
    assert "\n" not in str(error.value)


def test_in_a_relay_the_model_named_first_opens():
    voices, _ = read_voices([A, B], ["large", "small"], cast="relay", self_play=True)
    assert [model.name for model in voices.models] == ["large", "small"]


def test_one_model_among_scripts_needs_scripts_that_go_on():
    one, _ = read_voices([A], ["x"], cast="one", self_play=True)
    assert ask("negotiation", 5, voices=one).cast == "one"
    with pytest.raises(UserError, match="--cast one: task tom has no scripted agents beside models") as error:
        ask("tom", 5, voices=one)
    assert "\n" not in str(error.value)


def test_a_key_in_an_address_is_refused_and_not_repeated():
    with pytest.raises(UserError, match="MADATA_API_KEY") as error:
        read_voices(["http://me:sk-secret@a/v1"], ["x"])
    assert "sk-secret" not in str(error.value)
