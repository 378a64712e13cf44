"""Makes the small models in src/test/resources/onnx/reshape: Reshapes whose sizes are read from tensors.

usage: python src/test/python/make_reshape_models.py

Needs: numpy, onnx (made with 1.23.1). x, shape (batch, length, 32), and in some p, to y. In the first half sizes can be written down before a run,
in the second one they cannot.
"""

import pathlib

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save

HOME = pathlib.Path(__file__).resolve().parents[1] / "resources" / "onnx" / "reshape"
X = ["batch", "length", 32]


def value(name, shape=None, kind=TensorProto.FLOAT):
    return helper.make_tensor_value_info(name, kind, shape)


def node(kind, inputs, output, **attributes):
    return helper.make_node(kind, inputs.split(), output.split(), name=output.split()[0], **attributes)


def number(name, content, kind=np.int64):
    return numpy_helper.from_array(np.array(content, kind), name)


NUMBERS = [number("zero", 0), number("one", 1), number("first", [0]), number("second", [1]), number("rest", [-1]), number("four", [4]),
           number("wide", [32]), number("half", 0.5, np.float32), number("two", 2, np.float32)]


def size(tensor, axis, output):
    """One size of a tensor, as PyTorch's exporter reads it; a tensor of one number."""
    return [node("Shape", tensor, f"{output}_of"), node("Gather", f"{output}_of {axis}", f"{output}_alone"),
            node("Unsqueeze", f"{output}_alone first", output)]


def reshape(tensor, sizes, output, **attributes):
    return [node("Concat", sizes, f"{output}_sizes", axis=0), node("Reshape", f"{tensor} {output}_sizes", output, **attributes)]


def model(name, *nodes, inputs=(), outputs=(), weights=(), opset=17, domains=()):
    graph = helper.make_graph(flat(nodes), name, [value("x", X), *inputs], [value("y"), *outputs], [*NUMBERS, *weights])
    save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset), *(helper.make_opsetid(domain, 1) for domain in domains)], ir_version=8), HOME / f"{name}.onnx")


def flat(nodes):
    return [each for item in nodes for each in (item if isinstance(item, list) else [item])]


def branch(name, *nodes):
    nodes = flat(nodes)
    return helper.make_graph(nodes, name, [], [value(nodes[-1].output[0])])


def heads(tensor="x"):
    """Divided into heads, turned and joined again."""
    return [*size(tensor, "zero", "batch_size"), *size(tensor, "one", "length_size"),
            node("Mul", f"{tensor} half", "scaled"), *reshape("scaled", "batch_size length_size rest four", "divided"),
            node("Transpose", "divided", "turned", perm=[0, 2, 1, 3]), node("Transpose", "turned", "back", perm=[0, 2, 1, 3]),
            *reshape("back", "batch_size length_size rest", "y")]


def normalised(tensor, output):
    """As in graphs before operator set 17."""
    return [node("ReduceMean", tensor, "mean", axes=[-1]), node("Sub", f"{tensor} mean", "centred"), node("Pow", "centred two", "squares"),
            node("ReduceMean", "squares", "variance", axes=[-1]), node("Add", "variance half", "positive"), node("Sqrt", "positive", "deviation"),
            node("Div", "centred deviation", output)]


def can_be_written_down(random):
    weights = number("weights", random.integers(-128, 127, (32, 32)), np.int8)
    table = number("table", random.standard_normal((40, 32)), np.float32)
    bias = number("bias", random.standard_normal(32), np.float32)
    model("heads", *heads())
    model("list_of_one", node("Shape", "x", "of"), node("Gather", "of first", "batch_size"), node("Gather", "of second", "length_size"),
          *reshape("x", "batch_size length_size rest four", "divided"), node("Identity", "divided", "y"))
    model("product", *size("x", "zero", "batch_size"), *size("x", "one", "length_size"),
          node("DynamicQuantizeLinear", "x", "rounded scale offset"), node("MatMulInteger", "rounded weights offset", "sums"),
          node("Cast", "sums", "floats", to=TensorProto.FLOAT), node("Mul", "scale half", "both_scales"), node("Mul", "floats both_scales", "scaled"),
          node("Add", "bias scaled", "moved"), *reshape("moved", "batch_size length_size rest four", "y"), weights=[weights, bias])
    blocks = number("blocks", random.integers(0, 255, (32, 1, 16)), np.uint8)
    scales = number("scales", random.standard_normal(32), np.float32)
    few_bits = node("MatMulNBits", "x blocks scales", "product", domain="com.microsoft", K=32, N=32, bits=4, block_size=32)
    model("few_bits", *size("x", "zero", "batch_size"), *size("x", "one", "length_size"), few_bits,
          *reshape("product", "batch_size length_size rest four", "y"), weights=[blocks, scales], domains=["com.microsoft"])
    positions = [node("Shape", "x", "shape_of_x"), node("Gather", "shape_of_x one", "count"), node("Range", "zero count one", "range"),
                 node("Unsqueeze", "range first", "row"), node("ConstantOfShape", "pair", "ones", value=number("", [1])),
                 node("Expand", "row ones", "rows"), node("Tile", "rows ones", "places"), node("Gather", "table places", "positions"),
                 node("Add", "x positions", "placed")]
    model("decoder", *positions, *normalised("placed", "normal"), *size("normal", "zero", "batch_size"), *size("normal", "one", "length_size"),
          *reshape("normal", "batch_size length_size rest four", "queries"), node("Transpose", "queries", "query", perm=[0, 2, 1, 3]),
          *reshape("normal", "batch_size rest eight four", "keys"), node("Transpose", "keys", "new", perm=[0, 2, 1, 3]),
          node("Concat", "p new", "key", axis=2), node("Transpose", "key", "turned_key", perm=[0, 1, 3, 2]),
          node("MatMul", "query turned_key", "scores"), node("Softmax", "scores", "shares", axis=-1), node("MatMul", "shares key", "mixed"),
          node("Transpose", "mixed", "straight", perm=[0, 2, 1, 3]), *reshape("straight", "batch_size length_size rest", "joined"),
          node("Add", "placed joined", "y"), inputs=[value("p", ["batch", 8, "past", 4])],
          weights=[table, number("eight", [8]), number("pair", [2])], opset=14)
    model("same_name", *size("p", "zero", "batch_size"), *reshape("x", "batch_size rest four", "y"), inputs=[value("p", ["batch", "other", 32])])
    model("in_branch", node("ReduceSum", "x", "sum", keepdims=0), node("Greater", "sum zero_sum", "is_positive"),
          node("If", "is_positive", "y", then_branch=branch("yes", *heads()),
               else_branch=branch("no", *size("x", "zero", "no_size"), *reshape("x", "no_size rest", "joined"))),
          weights=[number("zero_sum", 0, np.float32)])


def cannot(random):
    wide = dict(inputs=[value("p", ["other", "length", 32])])
    model("other_place", *size("x", "one", "length_size"), *reshape("x", "length_size rest", "y"))
    model("other_tensor", *size("p", "zero", "other_size"), *reshape("x", "other_size rest four", "y"), **wide)
    model("repeated", *size("x", "zero", "batch_size"), node("Add", "x p", "sums"), *reshape("sums", "batch_size rest four", "y"), **wide)
    model("computed", *size("x", "zero", "batch_size"), *size("x", "one", "length_size"), node("Mul", "batch_size length_size", "rows"),
          *reshape("x", "rows wide", "y"))
    model("zero_is_zero", *size("x", "zero", "batch_size"), *reshape("x", "batch_size rest four", "y", allowzero=1))
    model("fewer_rows", *size("x", "zero", "batch_size"), node("Compress", "x chosen", "some", axis=0),
          *reshape("some", "batch_size rest", "y"), weights=[number("chosen", [True, False, True], bool)])
    model("mixed_up", *size("x", "zero", "batch_size"), node("Transpose", "x", "turned", perm=[1, 0, 2]),
          *reshape("turned", "batch_size rest", "y"))
    model("seen", *size("x", "zero", "batch_size"), *reshape("x", "batch_size rest four", "y"),
          outputs=[value("y_sizes", kind=TensorProto.INT64)])
    model("used_inside", *size("x", "zero", "batch_size"), *reshape("x", "batch_size rest four", "plain"),
          node("ReduceSum", "x", "sum", keepdims=0), node("Greater", "sum zero_sum", "is_positive"),
          node("If", "is_positive", "chosen", then_branch=branch("yes", node("Reshape", "plain plain_sizes", "kept")),
               else_branch=branch("no", node("Identity", "plain", "passed"))),
          node("Identity", "chosen", "y"), weights=[number("zero_sum", 0, np.float32)])


if __name__ == "__main__":
    HOME.mkdir(parents=True, exist_ok=True)
    generator = np.random.default_rng(5)
    can_be_written_down(generator)
    cannot(generator)
