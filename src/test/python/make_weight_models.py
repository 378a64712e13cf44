"""Makes the small models in src/test/resources/onnx/weights: one large tensor of 32-bit floats each, named after the operator that reads it.

usage: python src/test/python/make_weight_models.py

Needs: numpy, onnx (made with 1.23.1). x, shape (batch, 32, 32), to y.
"""

import pathlib

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save

HOME = pathlib.Path(__file__).resolve().parents[1] / "resources" / "onnx" / "weights"
RANDOM = np.random.default_rng(6)


def node(kind, inputs, output, **attributes):
    return helper.make_node(kind, inputs.split(), [output], **attributes)


def model(name, shape, *nodes):
    x, y = (helper.make_tensor_value_info(*value) for value in (("x", TensorProto.FLOAT, ["batch", 32, 32]), ("y", TensorProto.FLOAT, None)))
    weights = [numpy_helper.from_array(RANDOM.standard_normal(shape).astype(np.float32), "weights"),
               numpy_helper.from_array(np.array([5, 2, 2, 7]), "places"), numpy_helper.from_array(np.array([-1, 32]), "rows")]
    graph = helper.make_graph(list(nodes), name, [x], [y], weights)
    save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), HOME / f"{name}.onnx")


if __name__ == "__main__":
    HOME.mkdir(parents=True, exist_ok=True)
    model("MatMul", (32, 67), node("MatMul", "x weights", "y"))
    model("Gemm", (67, 32), node("Reshape", "x rows", "flat"), node("Gemm", "flat weights", "y", transB=1))
    sums = [node("Reshape", "x rows", "flat"), node("Gather", "flat places", "part"), node("Add", "part chosen", "y")]
    model("Gather", (67, 32), node("Gather", "weights places", "chosen"), *sums)
    model("Conv", (41, 32, 3), node("Conv", "x weights", "y", pads=[1, 1]))
    model("Add", (32, 32), node("Add", "x weights", "y"))
    model("MatMul_and_Add", (32, 32), node("MatMul", "x weights", "product"), node("Add", "product weights", "y"))
    inside = helper.make_graph([node("Add", "product weights", "inner")], "yes", [], [helper.make_tensor_value_info("inner", TensorProto.FLOAT, None)])
    other = helper.make_graph([node("Identity", "product", "same")], "no", [], [helper.make_tensor_value_info("same", TensorProto.FLOAT, None)])
    model("MatMul_and_Add_inside", (32, 32), node("MatMul", "x weights", "product"), node("ReduceSum", "x", "sum", keepdims=0),
          node("Cast", "sum", "is_any", to=TensorProto.BOOL), node("If", "is_any", "y", then_branch=inside, else_branch=other))
