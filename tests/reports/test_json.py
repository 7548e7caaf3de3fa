"""The JSON contract, held by a schema that is written from the design and not from the code."""

import json

import jsonschema
import pytest

from shapecalc.reports.formats import CHECK_FORMATS, SUMMARY_FORMATS, render
from shapecalc.reports.report import Style
from tests.programs import BRANCHES, BROKEN, HOSTILE, LENET, OPEN, OTHER, report

LINE = {"type": ["integer", "null"], "minimum": 1}
COUNT = {"type": ["integer", "string", "null"]}
DIM = {"type": ["integer", "string", "null"]}
SHAPE = {"type": ["array", "null"], "items": DIM}
SHAPES = {"type": "array", "items": SHAPE}
STRING = {"type": "string"}
OPTIONAL = {"type": ["string", "null"]}


def record(properties, optional=()):
    return {
        "type": "object",
        "properties": properties,
        "required": [key for key in properties if key not in optional],
        "additionalProperties": False,
    }


WEIGHT = record(
    {"name": STRING, "shape": SHAPE, "trainable": {"type": "boolean"}, "dtype": OPTIONAL}
)
DTYPE = {"anyOf": [OPTIONAL, {"type": "array", "items": OPTIONAL}]}
LAYER = record(
    {
        "name": STRING, "class": STRING, "line": LINE, "column": LINE, "input_shapes": SHAPES,
        "output_shape": {"anyOf": [SHAPE, SHAPES]}, "params": COUNT, "trainable": COUNT,
        "connections": COUNT, "bias_connections": COUNT, "macs": COUNT,
        "weights": {"type": "array", "items": WEIGHT},
        "inbound": {"type": "array", "items": STRING}, "dtype": DTYPE, "activation_memory": COUNT,
        "layers": {"type": "array", "items": {"$ref": "#/$defs/layer"}},
    },
    optional=["layers"],
)  # fmt: skip
PARAMS = record(
    {"total": COUNT, "trainable": COUNT, "non_trainable": COUNT, "exact": {"type": "boolean"}}
)
COVERAGE = record({k: {"type": "integer"} for k in ("layers", "exact", "symbolic", "unknown")})
MEMORY = record(
    {
        "weights": COUNT,
        "weights_by_dtype": {"type": "object", "additionalProperties": COUNT},
        "activations": COUNT, "peak": COUNT, "training_estimate": COUNT, "optimizer": STRING,
    }
)  # fmt: skip
ASSUMPTION = record({"condition": STRING, "line": LINE})
MODEL = record(
    {
        "name": STRING, "kind": {"enum": ["sequential", "functional", "subclass"]},
        "variable": OPTIONAL, "line": LINE, "function": OPTIONAL,
        "condition": OPTIONAL, "inputs": SHAPES,
        "outputs": SHAPES, "params": PARAMS, "connections": COUNT, "bias_connections": COUNT,
        "macs": COUNT, "memory": MEMORY, "coverage": COVERAGE,
        "assumptions": {"type": "array", "items": ASSUMPTION},
        "layers": {"type": "array", "items": LAYER},
    }
)  # fmt: skip
POSITION = {"type": "integer", "minimum": 1}
EDIT = record(
    {
        "line": POSITION, "column": POSITION, "end_line": POSITION, "end_column": POSITION,
        "replacement": STRING,
    }
)  # fmt: skip
FIX = record(
    {
        "applicability": {"enum": ["safe", "unsafe"]}, "message": STRING,
        "edits": {"type": "array", "items": EDIT, "minItems": 1},
    }
)  # fmt: skip
DIAGNOSTIC = record(
    {
        "code": {"type": "string", "pattern": "^SHC[0-9]{3}$"},
        "severity": {"enum": ["error", "warning", "info"]}, "message": STRING, "line": LINE,
        "column": LINE, "end_line": LINE, "end_column": LINE,
        "notes": {"type": "array", "items": STRING}, "help": OPTIONAL, "function": OPTIONAL,
        "fix": {"anyOf": [{"type": "null"}, FIX]},
    }
)  # fmt: skip


def document(file):
    return {
        **record({"version": {"const": 1}, "files": {"type": "array", "items": record(file)}}),
        "$defs": {"layer": LAYER},
    }


DIAGNOSTICS = {"type": "array", "items": DIAGNOSTIC}
SUMMARY = document(
    {"path": STRING, "models": {"type": "array", "items": MODEL}, "diagnostics": DIAGNOSTICS}
)
CHECK = document(
    {"path": STRING, "diagnostics": DIAGNOSTICS, "coverage": COVERAGE, "not_analysed": OPTIONAL}
)


def summary(*texts):
    return json.loads(render(SUMMARY_FORMATS["json"], report(*texts), Style()))


TEXTS = [LENET, BRANCHES, OPEN, BROKEN, HOSTILE, OTHER, "x = (", ""]


@pytest.mark.parametrize("text", TEXTS)
def test_summary_holds_the_contract(text):
    jsonschema.validate(summary(text), SUMMARY)


@pytest.mark.parametrize("text", TEXTS)
def test_check_holds_the_contract(text):
    data = json.loads(render(CHECK_FORMATS["json"], report(text), Style()))
    jsonschema.validate(data, CHECK)
    assert data["files"][0]["diagnostics"] == summary(text)["files"][0]["diagnostics"]


@pytest.mark.parametrize(
    "path", [("version",), ("files", 0, "path"), ("files", 0, "models", 0, "layers", 0, "macs")]
)
def test_the_schema_would_see_a_missing_key(path):
    data = summary(LENET)
    holder = data
    for key in path[:-1]:
        holder = holder[key]
    del holder[path[-1]]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, SUMMARY)


def in_order(value, schema):
    """Whether the keys of every object stand in the order of the contract."""
    if isinstance(value, dict):
        properties = schema.get("properties", {key: {} for key in value})
        assert [k for k in properties if k in value] == list(value)
        for key, item in value.items():
            in_order(item, properties[key])
    elif isinstance(value, list):
        for item in value:
            if "items" in schema:
                in_order(item, schema["items"] if "$ref" not in schema["items"] else LAYER)


@pytest.mark.parametrize("text", [LENET, BRANCHES])
def test_keys_stand_in_the_order_of_the_contract(text):
    in_order(summary(text), SUMMARY)


def test_numbers():
    (model,) = summary(LENET)["files"][0]["models"]
    assert (model["name"], model["kind"], model["variable"]) == ("lenet", "sequential", "model")
    assert model["line"] == 4
    assert model["inputs"] == [[None, 32, 32, 1]]
    assert model["outputs"] == [[None, 10]]
    # LeCun et al. 1998, C1 and S2; then 14·14·6 units joined to 10.
    conv, pool, _, dense = model["layers"][1:]
    assert (conv["params"], conv["connections"], conv["bias_connections"]) == (156, 117600, 4704)
    assert pool["connections"] == 28 * 28 * 6
    assert dense["params"] == 14 * 14 * 6 * 10 + 10
    assert model["params"] == {
        "total": 156 + 11770, "trainable": 156 + 11770, "non_trainable": 0, "exact": True,
    }  # fmt: skip
    assert conv["weights"][0] == {
        "name": "kernel", "shape": [5, 5, 1, 6], "trainable": True, "dtype": "float32",
    }  # fmt: skip
    assert (conv["dtype"], conv["activation_memory"]) == ("float32", 4 * 28 * 28 * 6)
    # Input, C1, S2, the same lined up, and the output; most are alive while S2 is made.
    units = [32 * 32, 28 * 28 * 6, 14 * 14 * 6, 14 * 14 * 6, 10]
    weights, activations = 4 * (156 + 11770), 4 * sum(units)
    assert model["memory"] == {
        "weights": weights, "weights_by_dtype": {"float32": weights}, "activations": activations,
        "peak": 4 * (units[1] + units[2]), "training_estimate": 4 * weights + activations,
        "optimizer": "adam",
    }  # fmt: skip
    assert (conv["line"], conv["column"]) == (6, 5)


def test_formulas_and_open_axes():
    (model,) = summary(OPEN)["files"][0]["models"]
    assert model["inputs"] == [[None, None, None, 3]]
    conv = next(layer for layer in model["layers"] if layer["class"] == "Conv2D")
    batch, height, _, channels = conv["output_shape"]
    assert (batch, channels) == (None, 8)
    # (H - 3)//2 + 1, however it is written.
    assert eval(height, {"H": 31}) == 15  # noqa: S307 - our own formula
    assert isinstance(conv["macs"], str)
    assert conv["params"] == 3 * 3 * 3 * 8 + 8
    assert [a["line"] for a in model["assumptions"]] == [5, 5]
    assert model["coverage"]["symbolic"] >= 1


def test_nested_models_have_layers():
    models = summary(BRANCHES)["files"][0]["models"]
    branches = next(m for m in models if m["name"] == "branches")
    inner = next(layer for layer in branches["layers"] if layer["name"] == "inner")
    assert [layer["class"] for layer in inner["layers"]][-1] == "Conv2D"
    add = next(layer for layer in branches["layers"] if layer["name"] == "sum")
    assert add["inbound"] == ["image", "inner"]


def test_what_is_unknown_is_null_and_not_exact():
    (model,) = summary(BROKEN)["files"][0]["models"]
    assert model["params"]["exact"] is False
    assert (model["connections"], model["macs"]) == (None, None)
    assert model["layers"][-1]["macs"] is None
    assert model["layers"][-1]["output_shape"] == [None, None, None, 8]
