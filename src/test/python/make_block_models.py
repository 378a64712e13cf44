"""Makes the small models in src/test/resources/onnx/blocks: products with 8-bit weights as ONNX Runtime's quantizer writes them.

usage: python src/test/python/make_block_models.py

Needs: numpy, onnx (made with 1.23.2). x, shape (batch, length, 64), to y with 48 numbers in the last axis. floats.onnx multiplies with the
same weights as 32-bit floats. Which branch is taken depends on the sign of the sum of x.
"""

import pathlib

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save

HOME = pathlib.Path(__file__).resolve().parents[1] / "resources" / "onnx" / "blocks"
INPUTS, OUTPUTS, SCALE, ZERO = 64, 48, 0.0078125, 121
RANDOM = np.random.default_rng(3)
WEIGHTS = RANDOM.integers(0, 256, (INPUTS, OUTPUTS), np.uint8)
FLOATS = ((WEIGHTS.astype(np.float32) - ZERO) * SCALE).astype(np.float32)


def value(name, shape=None):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def node(kind, inputs, outputs, **attributes):
    return helper.make_node(kind, inputs.split(), outputs.split(), name=outputs.split()[0], **attributes)


def rounded(source="x"):
    return node("DynamicQuantizeLinear", source, "number scale zero_point")


def product(weights="weights", output="y", scale="weights_scale", zero="weights_zero"):
    return [node("MatMulInteger", f"number {weights} zero_point {zero}", f"{output}_sum"), node("Cast", f"{output}_sum", f"{output}_cast", to=1),
            node("Mul", f"scale {scale}", f"{output}_scales"), node("Mul", f"{output}_cast {output}_scales", output)]


def vocabulary(output="y"):
    return [node("Transpose", "rows", "turned", perm=[1, 0]), node("DequantizeLinear", "turned weights_scale weights_zero", "table"),
            node("MatMul", "x table", output)]


def model(name, nodes, inputs=INPUTS, outputs=("y",), **more):
    tensors = {"weights": WEIGHTS, "rows": np.ascontiguousarray(WEIGHTS.T), "weights_scale": np.array(SCALE, np.float32),
               "weights_zero": np.array(ZERO, np.uint8), "zero": np.array(0, np.float32), **more}
    used = {i for n in nodes for i in n.input} | {i for n in nodes for a in n.attribute for g in ([a.g] if a.type == 5 else [])
                                                 for m in g.node for i in m.input}
    weights = [numpy_helper.from_array(tensor, key) for key, tensor in tensors.items() if key in used]
    graph = helper.make_graph(nodes, name, [value("x", ["batch", "length", inputs])], [value(o) for o in outputs], weights)
    save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), HOME / f"{name}.onnx")


def choice(yes, no):
    branches = {key: helper.make_graph(nodes, key, [], [value(nodes[-1].output[0])])
                for key, nodes in (("then_branch", yes), ("else_branch", no))}
    return [node("ReduceSum", "x", "sum", keepdims=0), node("Greater", "sum zero", "positive"), node("If", "positive", "y", **branches)]


def tokens():
    """Ids of tokens, shape (batch, length), below the number of rows of the table."""
    return [node("ReduceMax", "x", "highest", axes=[-1], keepdims=0), node("Mul", "highest eight", "steps"), node("Abs", "steps", "above"),
            node("Cast", "above", "ids", to=7)]


def decoder(*lookups):
    """A table of tokens that is looked up outside of a choice and multiplied with inside of it, as in a merged decoder."""
    turned = node("Transpose", "table", "turned", perm=[1, 0])
    yes = [node("MatMul", "hidden square", "wide"), node("MatMul", "wide turned", "yes")]
    return [*tokens(), turned, *lookups, node("Add", "x row", "hidden"), *choice(yes, [node("MatMul", "hidden turned", "no")])]


if __name__ == "__main__":
    HOME.mkdir(parents=True, exist_ok=True)
    model("floats", [node("MatMul", "x weights", "y")], weights=FLOATS)
    model("integers", [rounded(), *product()])
    model("vocabulary", vocabulary())
    model("branches", choice([rounded(), *product(output="yes")], vocabulary("no")))
    model("branches_turned", choice(vocabulary("yes"), [rounded(), *product(output="no")]))
    # those that stay as they are
    model("uneven_inputs", [rounded(), *product()], inputs=40, weights=np.ascontiguousarray(WEIGHTS[:40]))
    model("signed", [rounded(), *product()], weights=(WEIGHTS.astype(np.int16) - 128).astype(np.int8), weights_zero=np.array(ZERO - 128, np.int8))
    model("scale_by_output", [rounded(), *product()], weights_scale=np.full(OUTPUTS, SCALE, np.float32))
    model("seen_sum", [rounded(), *product(), node("Cast", "y_sum", "z", to=1)], outputs=("y", "z"))
    # one of two products stays, and needs the rounded numbers
    model("one_of_two", [rounded(), *product(output="one"), *product("signed", "two", zero="signed_zero"), node("Add", "one two", "both"),
                         node("Mul", "both half", "y")], signed=(WEIGHTS.astype(np.int16) - 128).astype(np.int8),
          signed_zero=np.array(ZERO - 128, np.int8), half=np.array(0.5, np.float32))
    # decoders of 32-bit floats
    table = dict(table=np.ascontiguousarray(FLOATS.T), square=RANDOM.normal(0, 0.1, (INPUTS, INPUTS)).astype(np.float32),
                 eight=np.array(8, np.float32))
    model("decoder", decoder(node("Gather", "table ids", "row")), **table)
    model("decoder_seen_table", decoder(node("Gather", "table ids", "found"), node("ReduceMax", "table", "largest", keepdims=0),
                                        node("Add", "found largest", "row")), **table)
    model("decoder_positions", decoder(node("Gather", "positions ids", "row")), positions=RANDOM.normal(0, 0.1, (OUTPUTS, INPUTS)).astype(np.float32),
          **table)
    model("decoder_uneven", [node("MatMul", "x weights", "y")], inputs=40, weights=np.ascontiguousarray(FLOATS[:40]))
