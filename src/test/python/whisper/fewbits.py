"""More graphs of one model, from its committed ones of 32-bit floats; adds what onnxruntime's Python says to them.

    python -m whisper.fewbits            (in the folder src/test/python)

`_bnb4` is NF4 in blocks of 64 as bitsandbytes has it; `_q4f16` is `_q4` with all else in 16-bit floats, inputs and
outputs included. onnxruntime computes both on a processor. The decoder in two files is of 8 bits.
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


def branch(merged, name, suffix):
    """One branch of a merged decoder as a graph of its own; `then_branch` continues from caches."""
    graph = merged.graph
    choice = next(node for node in graph.node if node.op_type == "If")
    inner = next(a.g for a in choice.attribute if a.name == name)
    continues = name == "then_branch"
    renamed = dict(zip((o.name for o in inner.output), choice.output))
    nodes = [node for node in graph.node if node.op_type != "If"] + list(inner.node)
    for node in nodes:
        for names in (node.input, node.output):
            for i, each in enumerate(names):
                names[i] = renamed.get(each, each)
    outputs = [o for o in graph.output if not (continues and ".encoder." in o.name)]
    read = {each for node in nodes for each in node.input}
    inputs = [i for i in graph.input if i.name in read]
    made = {each for o in outputs for each in [o.name]} | read
    nodes = [node for node in nodes if made & set(node.output)]
    weights = [t for t in graph.initializer if t.name in read] + list(inner.initializer)
    alone = onnx.helper.make_graph(nodes, name, inputs, outputs, weights)
    split = onnx.helper.make_model(alone, opset_imports=merged.opset_import, ir_version=merged.ir_version)
    return compact(models.variant(split, suffix, True))


def two_files(folder, features):
    """Behind the prompt whose tokens lead longest: those of eight bits seldom lead as clearly as a test needs."""
    ids, graphs, said = json.loads((folder / "generation_config.json").read_text()), published.TwoFiles(folder), []
    for language in ids["lang_to_id"].values():
        prompt = [ids["decoder_start_token_id"], language, ids["task_to_id"]["transcribe"]]
        said.append(published.greedy(folder, "_quantized", features, prompt, graphs=graphs) | dict(prompt=prompt))
    return max(said, key=lambda each: len(each["tokens"]))


def make():
    folder = published.TARGET / KIND
    for suffix in SUFFIXES:
        for name in golden.MERGED:
            graph = expanded(onnx.load(folder / f"onnx/{name}.onnx"))
            onnx.save(quantized(graph, suffix), folder / f"onnx/{name}{suffix}.onnx")
    for name, part in (("decoder_model", "else_branch"), ("decoder_with_past_model", "then_branch")):
        merged = expanded(onnx.load(folder / "onnx/decoder_model_merged.onnx"))
        onnx.save(branch(merged, part, "_quantized"), folder / f"onnx/{name}_quantized.onnx")
    made = json.loads((folder / "golden.json").read_text())
    features = np.fromfile(published.TARGET / made["onnxruntime_features"], "<f4").reshape(1, made["onnxruntime_bands"], -1)
    said = [published.greedy(folder, suffix, features, made["onnxruntime_prompt"]) for suffix in SUFFIXES]
    made["onnxruntime"] = [known for known in made["onnxruntime"] if known["suffix"] not in SUFFIXES] + said
    made["onnxruntime_two_files"] = two_files(folder, features)
    (folder / "golden.json").write_text(json.dumps(made, ensure_ascii=False, indent=None) + "\n")
    print([(each["suffix"], len(each["tokens"]), each["lead"]) for each in [*said, made["onnxruntime_two_files"]]])


if __name__ == "__main__":
    make()
