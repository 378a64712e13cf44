"""Makes the small models in src/test/resources/onnx/choice: graphs that choose between two others, with work before the choice.

usage: python src/test/python/make_choice_models.py

Needs: numpy, onnx (made with 1.23.1). x, shape (batch, length, 32), to y. Which branch is taken depends on the sign of the sum of x.
"""

import pathlib

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save

HOME = pathlib.Path(__file__).resolve().parents[1] / "resources" / "onnx" / "choice"


def value(name, kind=TensorProto.FLOAT, shape=None):
    return helper.make_tensor_value_info(name, kind, shape)


def node(kind, inputs, output, **attributes):
    return helper.make_node(kind, inputs.split(), [output], name=output, **attributes)


def branch(name, *nodes):
    """A graph whose output is that of its last node."""
    return helper.make_graph(list(nodes), name, [], [value(nodes[-1].output[0])])


def model(name, before, yes, no, after=(), outputs=("y",)):
    nodes = [node("ReduceSum", "x", "sum", keepdims=0), node("Greater", "sum zero", "positive"), *before,
             node("If", "positive", "y", then_branch=branch("yes", *yes), else_branch=branch("no", *no)), *after]
    weights = [numpy_helper.from_array(np.array(0, np.float32), "zero"), numpy_helper.from_array(np.array(3), "three"),
               numpy_helper.from_array(np.array(True), "true")]
    graph = helper.make_graph(nodes, name, [value("x", shape=["batch", "length", 32])],
                              [value(output) for output in outputs], weights)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    save(made, HOME / f"{name}.onnx")


def work():
    return [node("Exp", "x", "work_1"), node("Neg", "work_1", "work_2")]


if __name__ == "__main__":
    HOME.mkdir(parents=True, exist_ok=True)
    use, pass_by = node("Abs", "work_2", "used"), node("Identity", "x", "passed")
    model("one_branch", work(), [use], [pass_by])
    model("other_branch", work(), [pass_by], [use])
    model("both_branches", work(), [use], [node("Relu", "work_2", "used_too")])
    model("seen", work(), [use], [pass_by], outputs=("y", "work_2"))
    model("used_after", work(), [use], [pass_by], after=[node("Sqrt", "work_1", "z")], outputs=("y", "z"))
    inner = node("If", "positive", "deeper", then_branch=branch("inner_yes", use), else_branch=branch("inner_no", pass_by))
    model("deeper", work(), [inner], [node("Floor", "x", "floored")])
    joined = lambda tensor, output: node("Concat", tensor, output, axis=1)
    model("joined_alone", [joined("x", "work_1"), node("Neg", "work_1", "work_2")],
          [joined("work_2", "alone"), node("Abs", "alone", "used")], [node("Concat", "work_2 x", "used_too", axis=1)])
    body = helper.make_graph(
        [node("Add", "state work_2", "next"), node("Identity", "going", "going_on")], "body",
        [value("i", TensorProto.INT64, []), value("going", TensorProto.BOOL, []), value("state")],
        [value("going_on", TensorProto.BOOL, []), value("next")])
    model("in_loop", work(), [use], [pass_by], after=[node("Loop", "three true x", "z", body=body)], outputs=("y", "z"))
