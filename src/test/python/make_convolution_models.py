"""Makes the small models in src/test/resources/onnx/convolution: convolutions of 8-bit numbers as quantizers write them, and some that are others.

usage: python src/test/python/make_convolution_models.py

Needs: numpy, onnx (made with 1.23.1). x, shape (batch, 16, time), to y; weights are random, and small enough that no processor's sums overflow.
"""

import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HOME = pathlib.Path(__file__).resolve().parents[1] / "resources" / "onnx" / "convolution"
CHANNELS, OUTPUTS = 16, 24


def model(name, kernel=(3,), dtype=np.int8, zero=0, opset=17, group=1, computed=False, zero_points=True, channels=CHANNELS, **attributes):
    random = np.random.default_rng(5)
    weights = numpy_helper.from_array((random.integers(-60, 60, (OUTPUTS, channels // group, *kernel)) + zero).astype(dtype), "weights")
    constants = [weights, numpy_helper.from_array(np.array(zero, dtype), "weights_zero")]
    nodes = []
    x, w = "x", "weights"
    if len(kernel) == 2 or channels != CHANNELS:
        constants.append(numpy_helper.from_array(np.array([0, channels, 1, -1] if len(kernel) == 2 else [0, channels, -1], np.int64), "flat"))
        nodes.append(helper.make_node("Reshape", ["x", "flat"], ["x_flat"]))
        x = "x_flat"
    if computed:
        nodes.append(helper.make_node("Identity", ["weights"], ["computed"]))
        w = "computed"
    nodes.append(helper.make_node("DynamicQuantizeLinear", [x], ["x_8bit", "x_scale", "x_zero"]))
    inputs = ["x_8bit", w, "x_zero", "weights_zero"] if zero_points else ["x_8bit", w]
    if group > 1:
        attributes["group"] = group
    nodes += [helper.make_node("ConvInteger", inputs, ["sums"], **attributes), helper.make_node("Cast", ["sums"], ["sums_float"], to=TensorProto.FLOAT),
              helper.make_node("Mul", ["sums_float", "x_scale"], ["y"])]
    if not zero_points:
        constants.pop(1)
    tensor = lambda tensor_name, shape: helper.make_tensor_value_info(tensor_name, TensorProto.FLOAT, shape)
    graph = helper.make_graph(nodes, name, [tensor("x", ["batch", CHANNELS, "time"])], [tensor("y", None)], constants)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], producer_name="maie-edge tests")
    made.ir_version = 8
    onnx.save(made, HOME / f"{name}.onnx")


if __name__ == "__main__":
    HOME.mkdir(parents=True, exist_ok=True)
    model("same_length", kernel_shape=[3], pads=[1, 1], strides=[1], dilations=[1])
    model("half_length", dtype=np.uint8, zero=121, pads=[1, 1], strides=[2])
    model("uneven_pads", kernel=(5,), dtype=np.uint8, zero=128, pads=[3, 0], strides=[3])
    model("no_pads", kernel=(4,), strides=[2])
    model("one_place", kernel=(1,))
    model("groups", group=2, pads=[1, 1])
    model("skips_inputs", pads=[1, 1], dilations=[2])
    model("two_axes", kernel=(1, 3))
    model("computed_weights", computed=True, pads=[1, 1])
    model("old_pad", opset=12, pads=[1, 1])
    model("no_zero_points", dtype=np.uint8, zero=60, zero_points=False)
    model("short_rows", channels=4, pads=[1, 1])
    model("pads_by_itself", auto_pad="SAME_UPPER")
