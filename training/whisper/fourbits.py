"""Graphs of four bits, from the committed ones of 32-bit floats; adds what onnxruntime's Python says to them.

    python -m whisper.fourbits            (in the folder training)

`_bnb4` is NF4 in blocks of 64 as bitsandbytes has it; `_q4f16` is `_q4` with all else in 16-bit floats, inputs and
outputs included. onnxruntime computes both on a processor.
"""

import json

import numpy as np
import onnx
from onnx import numpy_helper
from onnxruntime.quantization.matmul_bnb4_quantizer import MatMulBnb4Quantizer

from whisper import golden, models, published
from whisper.graph import compact

KIND = "distil"
SUFFIXES = ("_bnb4", "_q4f16")


def expanded(model):
    """What graph.compact was given: quantizers look for weights, not for casts of them."""
    graph, kept = model.graph, []
    weights = {t.name: t for t in graph.initializer}
    for node in graph.node:
        if node.op_type in ("Cast", "Transpose") and node.input[0] in weights and node.name.endswith(f"/{node.op_type}"):
            array = numpy_helper.to_array(weights[node.input[0]])
            made = array.astype(np.float32) if node.op_type == "Cast" else np.ascontiguousarray(array.T)
            weights[node.output[0]] = numpy_helper.from_array(made, node.output[0])
            if node.op_type == "Cast":
                del weights[node.input[0]]
        else:
            kept.append(node)
    del graph.node[:], graph.initializer[:]
    graph.node.extend(kept)
    graph.initializer.extend(weights.values())
    return model


def quantized(graph, suffix):
    if suffix == "_bnb4":
        quantizer = MatMulBnb4Quantizer(graph, MatMulBnb4Quantizer.NF4, 64)
        quantizer.process()
        return compact(quantizer.model.model)
    return models.half(models.four_bits(graph))


def make():
    folder = published.TARGET / KIND
    for suffix in SUFFIXES:
        for name in golden.MERGED:
            graph = expanded(onnx.load(folder / f"onnx/{name}.onnx"))
            onnx.save(quantized(graph, suffix), folder / f"onnx/{name}{suffix}.onnx")
    made = json.loads((folder / "golden.json").read_text())
    features = np.fromfile(published.TARGET / made["onnxruntime_features"], "<f4").reshape(1, made["onnxruntime_bands"], -1)
    said = [published.greedy(folder, suffix, features, made["onnxruntime_prompt"]) for suffix in SUFFIXES]
    made["onnxruntime"] = [known for known in made["onnxruntime"] if known["suffix"] not in SUFFIXES] + said
    (folder / "golden.json").write_text(json.dumps(made, ensure_ascii=False, indent=None) + "\n")
    print([(each["suffix"], len(each["tokens"]), each["lead"]) for each in said])


if __name__ == "__main__":
    make()
