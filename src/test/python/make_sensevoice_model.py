"""Makes a tiny model of random weights in the layout in which sherpa-onnx publishes SenseVoice, and what sherpa-onnx hears with it.

    python3 src/test/python/make_sensevoice_model.py

Names, shapes, element types and metadata are those of published files; the network is one dense layer. golden.json holds the tags, tokens and times
by sherpa-onnx 2.0.1 in the signal of the CTC models, then the same backwards. Made with onnx 1.23.
"""

import json
import pathlib

import numpy as np
import onnx
import sherpa_onnx
from onnx import TensorProto, helper, numpy_helper

RESOURCES = pathlib.Path(__file__).parents[1] / "resources"
OUT = RESOURCES / "sensevoice" / "tiny"
WIDTH, TAGS, RATE = 560, 4, 16000
SPECIAL = ["<unk>", "<s>", "</s>", "<|zh|>", "<|en|>", "<|yue|>", "<|ja|>", "<|ko|>", "<|nospeech|>", "<|HAPPY|>", "<|EMO_UNKNOWN|>", "<|Speech|>", "<|BGM|>",
           "<|withitn|>", "<|woitn|>"]
PIECES = ["\u2581mot", "\u2581hai", "\u2581ba", "\u4f60", "\u597d", "a", "n", "o", "."]
TOKENS = SPECIAL + PIECES
LANGUAGES = {"auto": 0, "zh": 3, "en": 4, "yue": 7, "ja": 11, "ko": 12}
FORMS = {"with_itn": 14, "without_itn": 15}


def row(token):
    scores = np.full(len(TOKENS), -5, np.float32)
    scores[TOKENS.index(token)] = 5
    return scores


def make():
    rng = np.random.default_rng(29)
    languages = np.stack([row({0: "<|en|>", 3: "<|zh|>", 4: "<|en|>", 7: "<|yue|>", 11: "<|ja|>", 12: "<|ko|>"}.get(i, "<|nospeech|>")) for i in range(16)])
    forms = np.stack([row("<|withitn|>" if i == 14 else "<|woitn|>") for i in range(16)])
    bias = np.zeros(len(TOKENS), np.float32)
    bias[:len(SPECIAL)], bias[0] = -50, 4
    fixed = {"languages": languages, "forms": forms, "said": np.stack([row("<|HAPPY|>"), row("<|BGM|>")])[None],
             "dense": (4 * rng.standard_normal((WIDTH, 24)) / WIDTH ** 0.5).astype(np.float32), "out": (5 * rng.standard_normal((24, len(TOKENS))) / 24 ** 0.5).astype(np.float32),
             "bias": bias, "one": np.array([1], np.int64)}
    nodes = [("Gather", ["languages", "language"], ["l"], {}), ("Unsqueeze", ["l", "one"], ["ll"], {}), ("Gather", ["forms", "text_norm"], ["f"], {}),
             ("Unsqueeze", ["f", "one"], ["ff"], {}), ("MatMul", ["x", "dense"], ["d"], {}), ("Tanh", ["d"], ["t"], {}), ("MatMul", ["t", "out"], ["o"], {}),
             ("Add", ["o", "bias"], ["frames"], {}), ("Concat", ["ll", "said", "ff", "frames"], ["logits"], {"axis": 1})]
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        [helper.make_node(kind, i, o, **attributes) for kind, i, o, attributes in nodes], "tiny",
        [value("x", TensorProto.FLOAT, ["N", "T", WIDTH])] + [value(n, TensorProto.INT32, ["N"]) for n in ("x_length", "language", "text_norm")],
        [value("logits", TensorProto.FLOAT, ["N", "T4", len(TOKENS)])], [numpy_helper.from_array(v, k) for k, v in fixed.items()])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    numbers = lambda values: ",".join(f"{v:.5f}" for v in values)
    metadata = {"lfr_window_size": 7, "lfr_window_shift": 6, "normalize_samples": 0, **FORMS, **{f"lang_{k}": v for k, v in LANGUAGES.items()},
                "neg_mean": numbers(-11 + 0.1 * rng.standard_normal(WIDTH)), "inv_stddev": numbers(0.3 + 0.02 * rng.standard_normal(WIDTH)),
                "model_type": "sense_voice_ctc", "version": 1, "model_author": "nobody", "maintainer": "k2-fsa", "vocab_size": len(TOKENS), "comment": "random"}
    for key, text in metadata.items():
        model.metadata_props.add(key=key, value=str(text))
    onnx.checker.check_model(model)
    OUT.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(OUT / "model.onnx"))
    (OUT / "tokens.txt").write_text("".join(f"{t} {i}\n" for i, t in enumerate(TOKENS)), encoding="utf-8")


def hear(language):
    one = np.fromfile(RESOURCES / "ctc" / "signal.s16le", "<i2").astype(np.float32) / 32768
    recognizer = sherpa_onnx.OfflineRecognizer.from_sense_voice(model=str(OUT / "model.onnx"), tokens=str(OUT / "tokens.txt"), language=language, use_itn=True)
    stream = recognizer.create_stream()
    stream.accept_waveform(RATE, np.concatenate([one, one[::-1]]))
    recognizer.decode_stream(stream)
    result = stream.result
    return {"language": result.lang, "emotion": result.emotion, "event": result.event,
            "tokens": [[token, round(time / 0.06)] for token, time in zip(result.tokens, result.timestamps)]}


if __name__ == "__main__":
    make()
    golden = {language or "auto": hear(language) for language in ("", "ja")}
    (RESOURCES / "sensevoice" / "golden.json").write_text(json.dumps(golden, ensure_ascii=False) + "\n", encoding="utf-8")
    print(golden)
