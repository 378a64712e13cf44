"""Writes what the tests of vad.silero compare with.

usage: python src/test/python/make_vad_goldens.py --original CHECKOUT --silero FILE --audio FOLDER

CHECKOUT is a copy of github.com/snakers4/silero-vad (MIT); it runs unchanged, nothing of it is copied.
Needs: numpy, onnx, onnxruntime, torch (made with onnx 1.23.1, onnxruntime 1.30.0), and ffmpeg.

- golden/vad/regions-shared.json: the regions of the original, model and rules together, for the
  recordings that regions-recordings.json leaves out.
- silero/v4.onnx, silero/v4.json: a model with the interface of version 4 and random weights, and
  its probabilities for the samples ((7919 * i) % 2001 - 1000) / 1000 * (i / 5000).
"""

import argparse
import importlib.util
import json
import pathlib
import subprocess
import sys
import types

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper

HOME = pathlib.Path(__file__).resolve().parents[1] / "resources"
NAMES = ["libri-1272-141231-0002.wav", "ami/dev01.flac", "ami/trn02.flac", "ami/trn05.flac", "ami/trn09.flac"]
RULES = {
    "defaults": {},
    "at most 5 s": {"max_speech_duration_s": 5.0, "min_silence_duration_ms": 500},
}


def original(checkout):
    for name in ("torchaudio",):
        if importlib.util.find_spec(name) is None:
            sys.modules[name] = types.ModuleType(name)
    path = next(pathlib.Path(checkout).glob("**/silero_vad/utils_vad.py"))
    spec = importlib.util.spec_from_file_location("original_utils_vad", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def decoded(path):
    command = ["ffmpeg", "-nostdin", "-v", "error", "-i", str(path), "-ac", "1", "-ar", "16000", "-f", "s16le", "-"]
    pcm = subprocess.run(command, check=True, capture_output=True).stdout
    return torch.from_numpy(np.frombuffer(pcm, "<i2").astype(np.float32) / 32768)


def regions(module, silero, audio):
    model = module.OnnxWrapper(silero, force_onnx_cpu=True)
    rows = []
    for name in NAMES:
        samples = decoded(pathlib.Path(audio) / name)
        found = {
            key: [[r["start"], r["end"]] for r in module.get_speech_timestamps(samples, model, **rules)]
            for key, rules in RULES.items()
        }
        rows.append({"recording": name, "samples": len(samples), "regions": found})
    document = {"written_by": "src/test/python/make_vad_goldens.py", "recordings": rows}
    (HOME / "golden" / "vad" / "regions-shared.json").write_text(json.dumps(document, indent=1) + "\n")


def version_4():
    rng = np.random.default_rng(4)

    def weights(name, shape, scale=1.0):
        return numpy_helper.from_array((scale * rng.standard_normal(shape)).astype(np.float32), name)

    constants = [
        weights("decay", (2, 1, 64), 0.2),
        weights("gain", (2, 1, 64), 2.0),
        weights("readout", (2, 1, 64)),
        numpy_helper.from_array(np.array([1, 1, 64, 8], np.int64), "pools"),
        numpy_helper.from_array(np.array([1, 1], np.int64), "one"),
        numpy_helper.from_array(np.array([0.5], np.float32), "half"),
        numpy_helper.from_array(np.array([16000], np.int64), "rate16k"),
    ]
    nodes = [
        helper.make_node("Reshape", ["input", "pools"], ["pooled"]),
        helper.make_node("ReduceMean", ["pooled"], ["features"], axes=[3], keepdims=0),
        helper.make_node("Mul", ["h", "decay"], ["kept"]),
        helper.make_node("Mul", ["features", "gain"], ["new"]),
        helper.make_node("Add", ["kept", "new"], ["mixed"]),
        helper.make_node("Tanh", ["mixed"], ["hn"]),
        helper.make_node("Mul", ["c", "half"], ["halved"]),
        helper.make_node("Add", ["halved", "hn"], ["cn"]),
        helper.make_node("Mul", ["cn", "readout"], ["read"]),
        helper.make_node("ReduceMean", ["read"], ["mean"], axes=[0, 1, 2], keepdims=0),
        helper.make_node("Equal", ["sr", "rate16k"], ["is16k"]),
        helper.make_node("Cast", ["is16k"], ["factor"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["mean", "factor"], ["checked"]),
        helper.make_node("Reshape", ["checked", "one"], ["logit"]),
        helper.make_node("Sigmoid", ["logit"], ["output"]),
    ]

    def value(name, shape, kind=TensorProto.FLOAT):
        return helper.make_tensor_value_info(name, kind, shape)

    graph = helper.make_graph(
        nodes,
        "v4",
        [value("input", ["batch", "samples"]), value("sr", [], TensorProto.INT64), value("h", [2, "batch", 64]), value("c", [2, "batch", 64])],
        [value("output", ["batch", 1]), value("hn", [2, "batch", 64]), value("cn", [2, "batch", 64])],
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 16)], producer_name="maie-edge tests")
    model.ir_version = 8
    onnx.checker.check_model(model)
    folder = HOME / "silero"
    folder.mkdir(exist_ok=True)
    onnx.save(model, folder / "v4.onnx")
    session = onnxruntime.InferenceSession(str(folder / "v4.onnx"))
    i = np.arange(5000)
    samples = (((7919 * i) % 2001 - 1000) / 1000 * (i / 5000)).astype(np.float32)
    padded = np.pad(samples, (0, -len(samples) % 512))
    h = c = np.zeros((2, 1, 64), np.float32)
    found = []
    for at in range(0, len(padded), 512):
        inputs = {"input": padded[None, at : at + 512], "h": h, "c": c, "sr": np.array(16000, np.int64)}
        p, h, c = session.run(None, inputs)
        found.append(round(float(p[0, 0]), 6))
    document = {"written_by": "src/test/python/make_vad_goldens.py", "probabilities": found}
    (folder / "v4.json").write_text(json.dumps(document) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for argument in ("original", "silero", "audio"):
        parser.add_argument(f"--{argument}", required=True)
    arguments = parser.parse_args()
    regions(original(arguments.original), arguments.silero, arguments.audio)
    version_4()
