"""Makes tiny models that tell speakers apart, in the layouts in which pyannote, WeSpeaker and 3D-Speaker models are published.

    python3 src/test/python/make_speaker_models.py

Names, shapes and metadata are those of published files; the weights are random, but for the last layer of the segmentation: where it is loud, the last of
four speakers talks, and nobody where it is not. No published weights of these kinds were at hand but those that ship. Made with onnx 1.23.
"""

import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OUT = pathlib.Path(__file__).parents[1] / "resources" / "speakers"
CHANNELS, BANDS, DIMENSIONS = 4, 80, 24
value = helper.make_tensor_value_info


def save(name, nodes, inputs, outputs, weights, metadata):
    graph = helper.make_graph([helper.make_node(kind, i, o, **a) for kind, i, o, a in nodes], "tiny", inputs, outputs,
                              [numpy_helper.from_array(v, k) for k, v in weights.items()])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    for key, text in metadata.items():
        model.metadata_props.add(key=key, value=str(text))
    onnx.checker.check_model(model)
    OUT.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(OUT / name))


def segmentation(name, speakers, metadata):
    """The layers of pyannote's network that decide where frames lie, then one dense layer."""
    rng = np.random.default_rng(7)
    classes = 1 + speakers + speakers * (speakers - 1) // 2
    last = np.full((classes, CHANNELS, 1), -1, np.float32)
    last[0], last[speakers] = 0, 40
    bias = np.full(classes, -5, np.float32)
    bias[0], bias[speakers] = 0, -6
    weights = {"w1": (rng.standard_normal((CHANNELS, 1, 251)) / 16).astype(np.float32), "w2": (np.ones((CHANNELS, CHANNELS, 5)) / 20).astype(np.float32),
               "w3": (np.ones((CHANNELS, CHANNELS, 5)) / 20).astype(np.float32), "w4": last, "b4": bias}
    pool = {"kernel_shape": [3], "strides": [3]}
    nodes = [("Conv", ["x", "w1"], ["c1"], {"strides": [10]}), ("Abs", ["c1"], ["a1"], {}), ("MaxPool", ["a1"], ["p1"], pool),
             ("Conv", ["p1", "w2"], ["c2"], {}), ("MaxPool", ["c2"], ["p2"], pool), ("Conv", ["p2", "w3"], ["c3"], {}), ("MaxPool", ["c3"], ["p3"], pool),
             ("Conv", ["p3", "w4", "b4"], ["c4"], {}), ("Transpose", ["c4"], ["t"], {"perm": [0, 2, 1]}), ("LogSoftmax", ["t"], ["y"], {"axis": -1})]
    save(name, nodes, [value("x", TensorProto.FLOAT, ["N", 1, "T"])], [value("y", TensorProto.FLOAT, ["N", "F", classes])], weights, metadata)


def embedding(name, names, metadata, bands=BANDS):
    """Mean and deviation over the frames, then one dense layer."""
    rng = np.random.default_rng(11)
    weights = {"w": (rng.standard_normal((2 * bands, DIMENSIONS)) / bands ** 0.5).astype(np.float32), "half": np.array(0.5, np.float32)}
    nodes = [("Abs", [names[0]], ["size"], {}), ("ReduceMean", ["size"], ["mean"], {"axes": [1], "keepdims": 0}), ("Mul", [names[0], names[0]], ["square"], {}),
             ("ReduceMean", ["square"], ["power"], {"axes": [1], "keepdims": 0}), ("Pow", ["power", "half"], ["deviation"], {}),
             ("Concat", ["mean", "deviation"], ["both"], {"axis": -1}), ("MatMul", ["both", "w"], [names[1]], {})]
    save(name, nodes, [value(names[0], TensorProto.FLOAT, ["B", "T", bands])], [value(names[1], TensorProto.FLOAT, ["B", DIMENSIONS])], weights, metadata)


if __name__ == "__main__":
    sherpa = {"model_type": "pyannote-segmentation-3.0", "num_speakers": 4, "powerset_max_classes": 2, "num_classes": 11, "sample_rate": 16000,
              "window_size": 160000, "receptive_field_size": 991, "receptive_field_shift": 270}
    segmentation("pyannote-four.onnx", 4, sherpa)
    segmentation("pyannote-three.onnx", 3, {})
    voices = {"sample_rate": 16000, "output_dim": DIMENSIONS, "language": "English", "comment": "random"}
    embedding("wespeaker.onnx", ("feats", "embs"), {})
    embedding("wespeaker-described.onnx", ("feats", "embs"), {"framework": "wespeaker", "normalize_samples": 0, **voices})
    embedding("3d-speaker.onnx", ("x", "embedding"), {"framework": "3d-speaker", "normalize_samples": 1, "feature_normalize_type": "global-mean", **voices})
    embedding("forty-bands.onnx", ("feats", "embs"), {"framework": "wespeaker", "normalize_samples": 0, **voices}, bands=40)
