"""The OpenAPI document as a page shows it, which needs no script. No database."""

from typing import Any

from conditions.api.problems import MEANINGS
from conditions.wording import sentence_start

Document = dict[str, Any]
OF_SHAPES = "#/components/schemas/"


def context(document: Document) -> dict[str, Any]:
    """Return what the template shows: each address, each shape, each refusal."""
    info, shapes = document["info"], document["components"]["schemas"]
    return {
        "title": info["title"],
        "description": info["description"],
        "operations": [
            _operation(path, one["get"]) for path, one in document["paths"].items()
        ],
        "shapes": [_shape(name, shape) for name, shape in sorted(shapes.items())],
        "problems": MEANINGS.items(),
    }


def _operation(path: str, said: dict[str, Any]) -> dict[str, Any]:
    summary, _, more = said["description"].partition("\n\n")
    return {
        "id": said["operationId"],
        "path": path,
        "summary": summary,
        "description": more,
        "parameters": [
            {
                "name": one["name"],
                "place": "in the path" if one["in"] == "path" else "in the query",
                **_words(one["schema"]),
            }
            for one in said["parameters"]
        ],
        "answer": _name(said["responses"]["200"]["content"]["application/json"]),
    }


def _shape(name: str, shape: dict[str, Any]) -> dict[str, Any]:
    fields = shape.get("properties", {})
    return {
        "name": name,
        "description": shape.get("description", ""),
        "fields": [{"name": key, **_words(one)} for key, one in fields.items()],
    }


def _name(content: dict[str, Any]) -> str:
    return str(content["schema"]["$ref"]).removeprefix(OF_SHAPES)


def _words(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the type of a value in words, the shape that it names, and what it is."""
    kind, shape = _kind(schema)
    return {
        "kind": sentence_start(kind),
        "shape": shape,
        "words": schema.get("description", ""),
        "default": schema.get("default"),
    }


def _kind(schema: dict[str, Any]) -> tuple[str, str]:
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(OF_SHAPES)
        return "object", name
    if options := schema.get("anyOf"):
        kinds = [_kind(one) for one in options]
        return " or ".join(kind for kind, _ in kinds), "".join(s for _, s in kinds)
    if "const" in schema or "enum" in schema:
        values = schema.get("enum", [schema.get("const")])
        return " or ".join(str(value) for value in values), ""
    if schema.get("type") == "array":
        kind, shape = _kind(schema["items"])
        return f"list of {kind}s", shape
    if extra := schema.get("additionalProperties"):
        return f"object of {_kind(extra)[0]}s" if extra is not True else "object", ""
    return str(schema.get("format") or schema.get("type", "any")), ""
