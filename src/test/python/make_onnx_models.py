"""Makes the small models in src/test/resources/onnx, and the one in src/main/resources/onnx.

usage: python src/test/python/make_onnx_models.py

Needs: onnx (made with 1.23.1). The models hold no trained weights.
"""

import pathlib

import onnx
from onnx import TensorProto, helper

HOME = pathlib.Path(__file__).resolve().parents[1] / "resources" / "onnx"
SHIPPED = pathlib.Path(__file__).resolve().parents[2] / "main" / "resources" / "onnx"


def save(name, graph, home=HOME):
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 17)], producer_name="maie-edge tests"
    )
    model.ir_version = 8
    onnx.checker.check_model(model)
    onnx.save(model, home / name)


def value(name, kind, shape):
    return helper.make_tensor_value_info(name, kind, shape)


def arithmetic():
    """sum = x + y; twice = n + n; count = size of x: floats, integers and a scalar."""
    nodes = [
        helper.make_node("Add", ["x", "y"], ["sum"]),
        helper.make_node("Add", ["n", "n"], ["twice"]),
        helper.make_node("Size", ["x"], ["count"]),
    ]
    inputs = [
        value("x", TensorProto.FLOAT, [1, "frames"]),
        value("y", TensorProto.FLOAT, []),
        value("n", TensorProto.INT64, [2]),
    ]
    outputs = [
        value("sum", TensorProto.FLOAT, [1, "frames"]),
        value("twice", TensorProto.INT64, [2]),
        value("count", TensorProto.INT64, []),
    ]
    save("arithmetic.onnx", helper.make_graph(nodes, "arithmetic", inputs, outputs))


def cache():
    """next = past with one more step: a key-value cache in miniature."""
    nodes = [helper.make_node("Concat", ["past", "step"], ["present"], axis=1)]
    inputs = [
        value("past", TensorProto.FLOAT, [1, "steps", 2]),
        value("step", TensorProto.FLOAT, [1, 1, 2]),
    ]
    outputs = [value("present", TensorProto.FLOAT, [1, "steps_more", 2])]
    save("cache.onnx", helper.make_graph(nodes, "cache", inputs, outputs))


def huge():
    """Asks for as many floats as its input says."""
    nodes = [helper.make_node("ConstantOfShape", ["shape"], ["zeros"])]
    inputs = [value("shape", TensorProto.INT64, [2])]
    outputs = [value("zeros", TensorProto.FLOAT, ["a", "b"])]
    save("zeros.onnx", helper.make_graph(nodes, "zeros", inputs, outputs))


def apart():
    """y = x + weights, which lie in a file beside the model."""
    weights = helper.make_tensor("weights", TensorProto.FLOAT, [1024], [float(i) for i in range(1024)])
    weights = onnx.numpy_helper.from_array(onnx.numpy_helper.to_array(weights), "weights")
    nodes = [helper.make_node("Add", ["x", "weights"], ["y"])]
    x, y = (value(name, TensorProto.FLOAT, ["rows", 1024]) for name in "xy")
    graph = helper.make_graph(nodes, "apart", [x], [y], [weights])
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 17)], producer_name="maie-edge tests"
    )
    model.ir_version = 8
    for written in (HOME / "apart.onnx", HOME / "apart.onnx_data"):
        written.unlink(missing_ok=True)
    onnx.save(model, HOME / "apart.onnx", save_as_external_data=True, location="apart.onnx_data")


def trial():
    """y = x * x: the least that a device has to compute."""
    x, y = (value(name, TensorProto.FLOAT, [1]) for name in "xy")
    save("trial.onnx", helper.make_graph([helper.make_node("Mul", ["x", "x"], ["y"])], "trial", [x], [y]), SHIPPED)


if __name__ == "__main__":
    HOME.mkdir(parents=True, exist_ok=True)
    SHIPPED.mkdir(parents=True, exist_ok=True)
    trial()
    arithmetic()
    cache()
    huge()
    apart()
