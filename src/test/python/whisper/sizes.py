"""Whisper models of the published sizes with random weights, to measure speed and memory with.

    python -m whisper.sizes FOLDER SIZE...          (in the folder src/test/python)

FOLDER/SIZE is a model folder in the published layout with the graphs that quantise.py of transformers.js makes
(8 bits for every operator that can have them, one scale per tensor); FOLDER/SIZE/ggml-f16.bin holds the same weights in
whisper.cpp's format. Both decode exactly TOKENS tokens per window: the end of the text never wins, and the longest text
has that length.
"""

import json
import pathlib
import struct
import sys

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import GenerationConfig, WhisperConfig, WhisperFeatureExtractor, WhisperForConditionalGeneration
from transformers.models.whisper.tokenization_whisper import LANGUAGES

from whisper import exported

TOKENS = 100
SECONDS = 30
TIMESTAMPS = 1501
PLAIN = 50257
POSITIONS = 448
SIZES = {"tiny": (384, 4, 6), "base": (512, 6, 8), "small": (768, 12, 12)}


def plain_tokens():
    """Every byte, one merged pair, made-up words: nothing is encoded with it, only decoded."""
    consonants, vowels = "bcdfghjklmnprstvwz", "aeiou"
    words = [" " + a + b + c + d + e for a in consonants for b in vowels for c in consonants for d in vowels
             for e in consonants]
    return [bytes([byte]) for byte in range(256)] + [b" b"] + [word.encode() for word in words[:PLAIN - 257]]


def alphabet():
    """GPT-2's way to write bytes as letters."""
    shown = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
    hidden = [byte for byte in range(256) if byte not in shown]
    return {byte: chr(byte) for byte in shown} | {byte: chr(256 + i) for i, byte in enumerate(hidden)}


def special_tokens():
    codes = list(LANGUAGES)[:99]
    named = ["endoftext", "startoftranscript"] + codes + [
        "translate", "transcribe", "startoflm", "startofprev", "nospeech", "notimestamps"]
    return [f"<|{name}|>" for name in named] + [f"<|{step * 0.02:.2f}|>" for step in range(TIMESTAMPS)]


def tokenizer(folder):
    plain, special, letters = plain_tokens(), special_tokens(), alphabet()
    added = [dict(id=PLAIN + i, content=text, single_word=False, lstrip=False, rstrip=False, normalized=False,
                  special=PLAIN + i <= PLAIN + 106) for i, text in enumerate(special)]
    written = {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": added, "normalizer": None,
        "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True},
        "post_processor": None,
        "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
        "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None,
                  "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False,
                  "vocab": {"".join(letters[byte] for byte in token): i for i, token in enumerate(plain)},
                  "merges": ["\u0120 b"]}}
    (folder / "tokenizer.json").write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")
    return plain, {text: PLAIN + i for i, text in enumerate(special)}


def random_model(size, ids):
    width, layers, heads = SIZES[size]
    torch.manual_seed(1)
    end = ids["<|endoftext|>"]
    config = WhisperConfig(
        vocab_size=PLAIN + len(ids), num_mel_bins=80, encoder_layers=layers, decoder_layers=layers,
        encoder_attention_heads=heads, decoder_attention_heads=heads, encoder_ffn_dim=4 * width,
        decoder_ffn_dim=4 * width, d_model=width, max_source_positions=SECONDS * 50, max_target_positions=POSITIONS,
        decoder_start_token_id=ids["<|startoftranscript|>"], bos_token_id=end, eos_token_id=end, pad_token_id=end,
        suppress_tokens=None, begin_suppress_tokens=None)
    model = WhisperForConditionalGeneration(config).eval()
    with torch.no_grad():
        # its score is 0, which is never the highest of fifty thousand
        model.model.decoder.embed_tokens.weight[end] = 0
        model.model.decoder.embed_positions.weight.normal_(0, 0.02)
    return model


def generation(ids):
    prompt = 3
    never = [ids["<|endoftext|>"], ids["<|nospeech|>"]] + list(range(ids["<|0.00|>"] + 1, PLAIN + len(ids)))
    codes = list(LANGUAGES)[:99]
    return GenerationConfig(
        max_length=TOKENS + prompt, decoder_start_token_id=ids["<|startoftranscript|>"],
        eos_token_id=ids["<|endoftext|>"], bos_token_id=ids["<|endoftext|>"], pad_token_id=ids["<|endoftext|>"],
        no_timestamps_token_id=ids["<|notimestamps|>"], prev_sot_token_id=ids["<|startofprev|>"], is_multilingual=True,
        max_initial_timestamp_index=50, suppress_tokens=never, begin_suppress_tokens=[220],
        lang_to_id={f"<|{code}|>": ids[f"<|{code}|>"] for code in codes},
        task_to_id={"transcribe": ids["<|transcribe|>"], "translate": ids["<|translate|>"]}, return_timestamps=True)


def graphs(folder, model):
    """As PyTorch's exporter writes them, which is as near to what is published as can be made without a network."""
    target = folder / "onnx"
    target.mkdir(exist_ok=True)
    with torch.no_grad():
        exported.graphs(model, target)
    for name in ("encoder_model", "decoder_model_merged"):
        eight_bits(target / f"{name}.onnx", QuantType.QInt8, target / f"{name}_int8.onnx")
    for plain in exported.FILES:
        (target / f"{plain}.onnx").unlink()


def eight_bits(plain, kind, target):
    quantize_dynamic(plain, target, weight_type=kind, extra_options={"EnableSubgraph": True, "MatMulConstBOnly": True})


def ggml_name(name):
    """A tensor's name in openai's checkpoints, which whisper.cpp reads."""
    name = name.removeprefix("model.")
    for ours, theirs in (
            ("layers.", "blocks."), ("self_attn_layer_norm", "attn_ln"), ("encoder_attn_layer_norm", "cross_attn_ln"),
            ("final_layer_norm", "mlp_ln"), ("self_attn.", "attn."), ("encoder_attn.", "cross_attn."),
            ("q_proj", "query"), ("k_proj", "key"), ("v_proj", "value"), ("out_proj", "out"), ("fc1", "mlp.0"),
            ("fc2", "mlp.2"), ("embed_tokens.weight", "token_embedding.weight"),
            ("embed_positions.weight", "positional_embedding")):
        name = name.replace(ours, theirs)
    return name.replace("encoder.layer_norm", "encoder.ln_post").replace("decoder.layer_norm", "decoder.ln")


def ggml(file, size, model, plain):
    width, layers, heads = SIZES[size]
    # whisper.cpp ends a window after half of these minus 4
    positions = 2 * (TOKENS + 4)
    filters = np.asarray(WhisperFeatureExtractor(feature_size=80).mel_filters, dtype=np.float32).T
    with open(file, "wb") as out:
        out.write(struct.pack("12i", 0x67676D6C, model.config.vocab_size, SECONDS * 50, width, heads, layers, positions,
                              width, heads, layers, 80, 1))
        out.write(struct.pack("2i", *filters.shape) + np.ascontiguousarray(filters).tobytes())
        out.write(struct.pack("i", len(plain)))
        for token in plain:
            out.write(struct.pack("i", len(token)) + token)
        for key, value in model.state_dict().items():
            if key == "proj_out.weight":
                continue
            name, array = ggml_name(key), value.float().numpy()
            if name == "decoder.positional_embedding":
                array = array[:positions]
            if name.endswith(("conv1.bias", "conv2.bias")):
                array = array.reshape(-1, 1)
            half = array.ndim > 1 and not name.endswith("positional_embedding") and not name.endswith("bias")
            out.write(struct.pack("3i", array.ndim, len(name), int(half)))
            out.write(struct.pack(f"{array.ndim}i", *reversed(array.shape)) + name.encode())
            out.write(np.ascontiguousarray(array.astype(np.float16 if half else np.float32)).tobytes())


def make(folder, size):
    folder = pathlib.Path(folder) / size
    folder.mkdir(parents=True, exist_ok=True)
    plain, ids = tokenizer(folder)
    model = random_model(size, ids)
    graphs(folder, model)
    ggml(folder / "ggml-f16.bin", size, model, plain)
    model.generation_config = generation(ids)
    WhisperFeatureExtractor(feature_size=80, chunk_length=SECONDS).save_pretrained(folder)
    model.generation_config.save_pretrained(folder)
    # last, as it says that the folder is complete
    model.config.save_pretrained(folder)


if __name__ == "__main__":
    for wanted in sys.argv[2:]:
        make(sys.argv[1], wanted)
