"""The part of SARIF 2.1.0 that shapecalc uses, written down from the standard (OASIS, 2020).

As in the standard's own schema an object has no keys but its own, and those that it must have.
What we do not write is left out, so what is valid here is valid there; what code scanning
demands beyond the standard is demanded here too.
"""

STRING = {"type": "string"}
POSITIVE = {"type": "integer", "minimum": 1}
INDEX = {"type": "integer", "minimum": -1}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
BAG = {
    "type": "object",
    "properties": {"tags": {"type": "array", "items": STRING, "uniqueItems": True}},
}


def thing(required, optional=None):
    return {
        "type": "object",
        "properties": {**required, **(optional or {}), "properties": BAG},
        "required": list(required),
        "additionalProperties": False,
    }


def many(item, least=0, **more):
    return {"type": "array", "items": item, "minItems": least, **more}


TEXT = thing({"text": STRING}, {"markdown": STRING})
REGION = thing(
    {"startLine": POSITIVE, "startColumn": POSITIVE, "endLine": POSITIVE, "endColumn": POSITIVE}
)
# A URI: no space, no backslash, no character that has to be percent-encoded.
URI = {"type": "string", "pattern": r"^[A-Za-z0-9._~:/?@!$&'()*+,;=%-]*$"}
ARTIFACT = thing({"uri": URI}, {"uriBaseId": STRING, "index": INDEX})
PHYSICAL = thing({"artifactLocation": ARTIFACT, "region": REGION})
PLACE = thing({"physicalLocation": PHYSICAL})
RELATED = thing({"physicalLocation": PHYSICAL, "message": TEXT}, {"id": INDEX})
REPLACEMENT = thing({"deletedRegion": REGION}, {"insertedContent": thing({"text": STRING})})
CHANGE = thing({"artifactLocation": ARTIFACT, "replacements": many(REPLACEMENT, 1)})
RULE = thing(
    {
        "id": STRING, "name": STRING, "shortDescription": TEXT, "fullDescription": TEXT,
        "help": TEXT, "defaultConfiguration": thing({"level": LEVEL}),
    }
)  # fmt: skip
RULE["required"].append("properties")
RESULT = thing(
    {
        "ruleId": STRING, "ruleIndex": INDEX, "level": LEVEL, "message": TEXT,
        "locations": many(PLACE, 1),
        "partialFingerprints": {"type": "object", "additionalProperties": STRING,
                                "minProperties": 1},
    },
    {
        "relatedLocations": many(RELATED, uniqueItems=True),
        "fixes": many(thing({"artifactChanges": many(CHANGE, 1)}, {"description": TEXT})),
    },
)  # fmt: skip
NOTIFICATION = thing(
    {"level": LEVEL, "message": TEXT},
    {"locations": many(thing({"physicalLocation": thing({"artifactLocation": ARTIFACT})}))},
)
DRIVER = thing(
    {"name": STRING, "version": STRING, "rules": many(RULE, uniqueItems=True)},
    {"semanticVersion": STRING, "informationUri": URI},
)
RUN = thing(
    {
        "tool": thing({"driver": DRIVER}),
        "invocations": many(
            thing(
                {"executionSuccessful": {"type": "boolean"}},
                {"toolExecutionNotifications": many(NOTIFICATION)},
            )
        ),
        "results": many(RESULT),
    },
    {"columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]}},
)
SCHEMA = {
    "type": "object",
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": many(RUN),
    },
    "required": ["$schema", "version", "runs"],
    "additionalProperties": False,
}
