"""Makes the small models in src/test/resources/onnx/cross: decoders of one layer that attend to the audio in several forms.

usage: python src/test/python/make_cross_attention_models.py

Needs: numpy, onnx (made with 1.23.2). x, shape (batch, length, 8), to y, with 2 heads of size 4. Keys and values are inputs, or made of
hidden, shape (batch, frames, 8), and returned. Which branch is taken depends on the sign of the sum of x.
"""

import pathlib

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save

HOME = pathlib.Path(__file__).resolve().parents[1] / "resources" / "onnx" / "cross"
HEADS, SIZE = 2, 4
KEY, VALUE = "past_key_values.0.encoder.key", "past_key_values.0.encoder.value"
PRESENT = "present.0.encoder.value"
CONSTANTS = {"split": [0, 0, HEADS, SIZE], "joined": [0, 0, HEADS * SIZE], "minus_one": [-1], "two": [2], "four": [4], "many": [2**63 - 1]}


def value(name, kind=TensorProto.FLOAT, shape=None):
    return helper.make_tensor_value_info(name, kind, shape)


def node(kind, inputs, output, **attributes):
    return helper.make_node(kind, inputs.split(), [output], name=output, **attributes)


def split(tensor, output):
    return [node("Reshape", f"{tensor} split", f"{output}_split"), node("Transpose", f"{output}_split", output, perm=[0, 2, 1, 3])]


def attention(prefix="", keys=KEY, values=VALUE, axis=-1, function="Softmax", between=(), mixed="weights", output="y",
              factor=None):
    """With four axes; between lies between the weights and the product; a factor scales the keys."""
    p = prefix
    attributes = {"axis": axis} if function == "Softmax" else {}
    return [*split("x", f"{p}query"), node("Transpose", keys, f"{p}turned", perm=[0, 1, 3, 2]),
            *([node("Mul", f"{p}turned {factor}", f"{p}scaled")] if factor else []),
            node("MatMul", f"{p}query {p}{'scaled' if factor else 'turned'}", f"{p}scores"), node(function, f"{p}scores", f"{p}weights", **attributes), *between,
            node("MatMul", f"{p}{mixed} {values}", f"{p}mix"), node("Transpose", f"{p}mix", f"{p}heads_last", perm=[0, 2, 1, 3]),
            node("Reshape", f"{p}heads_last joined", output)]


def merged(prefix="", output="y"):
    """With three axes: every head is a row of its own."""
    p = prefix
    return [*split("x", f"{p}query_apart"), node("Identity", KEY, f"{p}key_apart"), node("Identity", VALUE, f"{p}value_apart"),
            *[step for part in ("query", "key", "value") for step in rows(p, part)],
            node("Transpose", f"{p}key", f"{p}turned", perm=[0, 2, 1]), node("MatMul", f"{p}query {p}turned", f"{p}scores"),
            node("Softmax", f"{p}scores", f"{p}weights", axis=-1), node("MatMul", f"{p}weights {p}value", f"{p}mix"),
            node("Shape", f"{p}query_apart", f"{p}shape"), node("Reshape", f"{p}mix {p}shape", f"{p}apart_again"),
            node("Transpose", f"{p}apart_again", f"{p}heads_last", perm=[0, 2, 1, 3]), node("Reshape", f"{p}heads_last joined", output)]


def rows(p, part):
    apart = f"{p}{part}_apart"
    return [node("Shape", apart, f"{p}{part}_shape"), node("Slice", f"{p}{part}_shape two four", f"{p}{part}_last"),
            node("Concat", f"minus_one {p}{part}_last", f"{p}{part}_rows", axis=0), node("Reshape", f"{apart} {p}{part}_rows", f"{p}{part}")]


def returned():
    """Keys and values are made of the audio's hidden states."""
    return [*split("hidden", "key"), *split("hidden", "value"), node("Identity", "value", PRESENT),
            *attention(keys="key", values="value")]


def model(name, nodes, outputs=("y",), inputs=(KEY, VALUE), shape=("batch", HEADS, "frames", SIZE)):
    weights = [numpy_helper.from_array(np.array(numbers, np.int64), key) for key, numbers in CONSTANTS.items()]
    weights += [numpy_helper.from_array(np.array(0, np.float32), "zero"), numpy_helper.from_array(np.array(0.5, np.float32), "half"),
                numpy_helper.from_array(np.array(3), "last"),
                numpy_helper.from_array(np.array([0.5, 2], np.float32).reshape(1, HEADS, 1, 1), "by_head")]
    given = [value("x", shape=["batch", "length", HEADS * SIZE])]
    given += [value(i, shape=["batch", "frames", HEADS * SIZE] if i == "hidden" else shape) for i in inputs]
    made = [value(o, shape=["batch", HEADS, "frames", SIZE] if o == PRESENT else None) for o in outputs]
    graph = helper.make_graph(nodes, name, given, made, weights)
    save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), HOME / f"{name}.onnx")


def choice(name, yes, no, **more):
    branches = {key: helper.make_graph(nodes, key, [], [value(nodes[-1].output[0])])
                for key, nodes in (("then_branch", yes), ("else_branch", no))}
    model(name, [node("ReduceSum", "x", "sum", keepdims=0), node("Greater", "sum zero", "positive"),
                 node("If", "positive", "y", **branches)], **more)


if __name__ == "__main__":
    HOME.mkdir(parents=True, exist_ok=True)
    cast = [node("Cast", "weights", "wide", to=TensorProto.DOUBLE), node("Cast", "wide", "narrow", to=TensorProto.FLOAT)]
    model("plain", attention())
    model("cast_between", attention(between=cast, mixed="narrow"))
    model("merged_heads", merged())
    model("values_returned", returned(), outputs=("y", PRESENT), inputs=("hidden",))
    model("seen_by_another_name", attention(), outputs=("y", "weights"))
    choice("both_branches", attention("yes_", output="yes"), attention("no_", output="no"))
    choice("two_forms", attention("yes_", output="yes"), merged("no_", output="no"))
    choice("two_forms_turned", merged("yes_", output="yes"), attention("no_", output="no"))
    by_size = [node("Shape", KEY, "sizes"), node("Gather", "sizes last", "size"), node("Cast", "size", "size_float", to=1),
               node("Sqrt", "size_float", "root")]
    added = [node("Add", "weights zero", "masked")]  # so that no other pass takes the attention
    plain_end = dict(between=added, mixed="masked")
    model("scaled_keys", attention(factor="half", **plain_end))
    model("keys_scaled_by_size", by_size + attention(factor="root", **plain_end))
    by_slice = [node("Shape", KEY, "sizes"), node("Slice", "sizes minus_one many", "size"), *by_size[2:]]
    model("keys_scaled_by_slice", by_slice + attention(factor="root", **plain_end))
    choice("scaled_keys_in_branches", attention("yes_", output="yes", factor="half"), attention("no_", output="no", factor="half"))
    model("keys_scaled_by_head", attention(factor="by_head", **plain_end))
    # those in which nothing is found
    model("other_axis", attention(axis=-2))
    model("no_softmax", attention(function="Sigmoid"))
    model("other_name", attention(keys="keys", values="values"), inputs=("keys", "values"))
    model("two_products", [*attention("one_", output="one_y"), *attention("two_", output="two_y"), node("Add", "one_y two_y", "y")])
    model("unknown_heads", merged(), shape=("batch", "heads", "frames", SIZE))
    choice("one_branch", attention("yes_", output="yes"), [node("Neg", "x", "no")])
    double = [node("Add", "weights weights", "changed")]
    model("changed_weights", attention(between=double, mixed="changed"))
