"""Discord's own description of its API, where it lies beside the repository: every request of a test is held against it."""

import json
import re
from functools import cache
from pathlib import Path

from jsonschema import Draft202012Validator

DESCRIPTION = Path(__file__).resolve().parents[4] / "shared" / "discord-openapi.json"
METHODS = ("get", "post", "put", "patch", "delete")
JSON = "application/json"


def is_there():
    return DESCRIPTION.is_file()


@cache
def _description():
    return json.loads(DESCRIPTION.read_text())


@cache
def _operations():
    """Method, pattern of the path, and the operation; paths with the fewest blanks first."""
    found = []
    for path, methods in _description()["paths"].items():
        pattern = re.compile(
            "".join("[^/]+" if p.startswith("{") else re.escape(p) for p in re.split(r"(\{\w+\})", path))
        )
        found += [(path.count("{"), m, path, pattern, methods[m]) for m in METHODS if m in methods]
    return sorted(found, key=lambda entry: entry[0])


@cache
def _validator(method, path):
    operation = _description()["paths"][path][method]
    schema = operation.get("requestBody", {}).get("content", {}).get(JSON, {}).get("schema")
    if schema is None:
        return None
    return Draft202012Validator({"components": _description()["components"], **schema})


def request_problems(entry):
    """What the description has against one request."""
    method = entry.method.lower()
    for _, known, path, pattern, _ in _operations():
        if known == method and pattern.fullmatch(entry.path):
            return _body_problems(method, path, entry.json)
    return [f"{entry.method} {entry.path} is not described"]


def _body_problems(method, path, body):
    validator = _validator(method, path)
    if validator is None or body is None:
        return []
    return [f"{method} {path}: {_deepest(error)}" for error in validator.iter_errors(body)]


def _deepest(error):
    """Of the alternatives that all fail, what the likeliest one says."""
    while error.context:
        error = max(error.context, key=lambda inner: len(inner.absolute_path))
    return f"{list(error.absolute_path)}: {error.message[:200]}"
