"""Writes what the tests of vad and vad.silero compare with.

usage: python src/test/python/make_vad_goldens.py --audio FOLDER

Needs silero-vad 6.2.3 from PyPI with its torch, numpy and onnx, and ffmpeg. The package runs unchanged; nothing of it is
copied. The model is the one in models/silero-vad, which is the package's own silero_vad.onnx. FOLDER holds jfk.flac,
libri-1272-141231-0002.wav and ami/*.flac. Written below src/test/resources:

- golden/vad/sample.json: probabilities and regions of a sample recording that ships with the program.
- golden/vad/regions-recordings.json: probabilities of jfk.flac and AMI dev00, rounded to 1e-4, and the regions that the
  original finds on the rounded values for every set of rules.
- golden/vad/regions-shared.json: regions of the original, model and rules together, for further recordings.
- golden/vad/regions-random.json: random probabilities in thousandths and the original's regions.
- silero/v4.onnx, silero/v4.json: a model with the interface of version 4 and random weights, and its probabilities for
  the samples ((7919 * i) % 2001 - 1000) / 1000 * (i / 5000).
"""

import argparse
import json
import pathlib
import subprocess

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from silero_vad import utils_vad

ROOT = pathlib.Path(__file__).resolve().parents[3]
HOME = ROOT / "src" / "test" / "resources"
MODEL = ROOT / "models" / "silero-vad" / "silero_vad.onnx"
SAMPLE = ROOT / "src" / "main" / "dist" / "samples" / "kennedy.flac"
SCRIPT = "src/test/python/make_vad_goldens.py"
WINDOW = 512

# keyword arguments of get_speech_timestamps
RULES = {
    "defaults": {},
    "meeting": {"min_speech_duration_ms": 200, "min_silence_duration_ms": 500},
    "no padding": {"speech_pad_ms": 0},
    "own negative threshold": {"threshold": 0.6, "neg_threshold": 0.2, "min_silence_duration_ms": 300},
    "low threshold": {"threshold": 0.12, "min_speech_duration_ms": 0, "min_silence_duration_ms": 0},
    "wide padding": {"min_speech_duration_ms": 100, "min_silence_duration_ms": 200, "speech_pad_ms": 400},
    "at most 2 s": {"max_speech_duration_s": 2.0, "min_silence_duration_ms": 400},
    "at most 1.3 s, wide padding": {
        "max_speech_duration_s": 1.3,
        "min_silence_duration_ms": 1000,
        "speech_pad_ms": 100,
    },
    "at most 3 s, long pauses only": {
        "max_speech_duration_s": 3.0,
        "min_silence_duration_ms": 2000,
        "min_silence_at_max_speech": 300,
    },
}
TOGETHER = {
    "defaults": {},
    "at most 5 s": {"max_speech_duration_s": 5.0, "min_silence_duration_ms": 500},
}
FURTHER = ["libri-1272-141231-0002.wav", "ami/dev01.flac", "ami/trn02.flac", "ami/trn05.flac", "ami/trn09.flac"]


def described(rules):
    """The rules with the original's defaults, as the tests read them."""
    return {
        "threshold": rules.get("threshold", 0.5),
        "negative_threshold": rules.get("neg_threshold"),
        "min_speech_ms": rules.get("min_speech_duration_ms", 250),
        "min_silence_ms": rules.get("min_silence_duration_ms", 100),
        "max_speech_s": rules.get("max_speech_duration_s"),
        "pad_ms": rules.get("speech_pad_ms", 30),
        "min_silence_at_max_speech_ms": rules.get("min_silence_at_max_speech", 98),
    }


class Recital:
    """Stands in for the model: answers with the given probabilities, one a window."""

    def __init__(self, probabilities):
        self.probabilities = probabilities

    def reset_states(self):
        self.next = iter(self.probabilities)

    def __call__(self, chunk, rate):
        return torch.tensor(next(self.next), dtype=torch.float64)


def decoded(path):
    command = ["ffmpeg", "-nostdin", "-v", "error", "-i", str(path), "-ac", "1", "-ar", "16000", "-f", "s16le", "-"]
    pcm = subprocess.run(command, check=True, capture_output=True).stdout
    return torch.from_numpy(np.frombuffer(pcm, "<i2").astype(np.float32) / 32768)


def found(model, samples, rules):
    return [[r["start"], r["end"]] for r in utils_vad.get_speech_timestamps(samples, model, **rules)]


def probabilities(model, samples):
    """One a window; the last window is filled up with zeros."""
    model.reset_states()
    padded = torch.nn.functional.pad(samples, (0, -len(samples) % WINDOW))
    return [float(model(padded[at : at + WINDOW], 16000)) for at in range(0, len(padded), WINDOW)]


def on_given(given, length):
    return {key: found(Recital(given), torch.zeros(length), rules) for key, rules in RULES.items()}


def compact(name, document, rows):
    """JSON with one line for each element of the list `rows`, so that a change shows as lines."""
    head = json.dumps({k: v for k, v in document.items() if k != rows}, indent=1)[:-2]
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in document[rows])
    (HOME / "golden" / "vad" / name).write_text(f'{head},\n "{rows}": [\n{lines}\n]}}\n')


def sample(model):
    samples = decoded(SAMPLE)
    document = {
        "written_by": SCRIPT,
        "recording": SAMPLE.name,
        "samples": len(samples),
        "probabilities": [round(p, 4) for p in probabilities(model, samples)],
        "regions": found(model, samples, {}),
    }
    (HOME / "golden" / "vad" / "sample.json").write_text(json.dumps(document) + "\n")


def recordings(model, audio, origin):
    rows = []
    for name in ("jfk.flac", "ami/dev00.flac"):
        samples = decoded(audio / name)
        given = [round(p, 4) for p in probabilities(model, samples)]
        regions = on_given(given, len(samples))
        rows.append({"recording": name, "samples": len(samples), "probabilities": given, "regions": regions})
    compact("regions-recordings.json", {**origin, "recordings": rows}, "recordings")


def random_probabilities(rng):
    """Speech and silence in runs, with wavering, values around both thresholds, and exact ties."""
    n = int(rng.integers(1, 260))
    p = []
    while len(p) < n:
        level = rng.choice([0.02, 0.2, 0.35, 0.42, 0.5, 0.62, 0.97])
        spread = rng.choice([0.0, 0.03, 0.2])
        p += list(level + spread * rng.standard_normal(int(rng.geometric(rng.choice([0.5, 0.2, 0.04])))))
    return [int(v) for v in np.round(np.clip(p[:n], 0, 1) * 1000)]


def random_cases(origin, count=160):
    cases = []
    for seed in range(count):
        rng = np.random.default_rng([43, seed])
        thousandths = random_probabilities(rng)
        length = len(thousandths) * WINDOW - int(rng.integers(0, WINDOW))
        regions = on_given([v / 1000 for v in thousandths], length)
        cases.append({"samples": length, "thousandths": thousandths, "regions": regions})
    compact("regions-random.json", {**origin, "cases": cases}, "cases")


def together(model, audio):
    rows = []
    for name in FURTHER:
        samples = decoded(audio / name)
        regions = {key: found(model, samples, rules) for key, rules in TOGETHER.items()}
        rows.append({"recording": name, "samples": len(samples), "regions": regions})
    document = {"written_by": SCRIPT, "recordings": rows}
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
    document = {"written_by": SCRIPT, "probabilities": found}
    (folder / "v4.json").write_text(json.dumps(document) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--audio", required=True, type=pathlib.Path)
    audio = parser.parse_args().audio
    model = utils_vad.OnnxWrapper(str(MODEL), force_onnx_cpu=True)
    origin = {
        "written_by": SCRIPT,
        "window_samples": WINDOW,
        "sample_rate": 16000,
        "rules": "get_speech_timestamps of silero-vad 6.2.3 (MIT)",
        "onnxruntime": onnxruntime.__version__,
        "options": {key: described(rules) for key, rules in RULES.items()},
    }
    sample(model)
    recordings(model, audio, origin)
    random_cases(origin)
    together(model, audio)
    version_4()


if __name__ == "__main__":
    main()
