"""JSON schemas, told quickly: hundreds of thousands of messages are held against the platforms' own in one run."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
from jsonschema_rs import ValidationError


class Schema:
    """One schema of a document; says what is wrong with a value, a line each, and nothing where nothing is."""

    def __init__(self, schema: Mapping[str, Any], known: Mapping[str, Any] | None = None) -> None:
        """Its references may lead into the documents that are `known` by their URNs."""
        draft = jsonschema_rs.Draft7 if "draft-07" in str(schema.get("$schema", "")) else jsonschema_rs.Draft202012
        registry = jsonschema_rs.Registry(list((known or {}).items()), draft=draft)
        make = jsonschema_rs.Draft7Validator if draft == jsonschema_rs.Draft7 else jsonschema_rs.Draft202012Validator
        self._validator = make(dict(schema), registry=registry)

    def problems(self, value: Any) -> list[str]:
        """Each problem with the place where it is, and with what is behind it where that is further down."""
        return [] if self._validator.is_valid(value) else [_told(error) for error in self._validator.iter_errors(value)]


@cache
def document(file: Path) -> Any:
    """A JSON document, read once."""
    return json.loads(file.read_text())


def _told(error: ValidationError) -> str:
    deepest = max(_causes(error), key=lambda one: len(one.instance_path))
    said = f"{_place(error)}: {error.message[:200]}"
    return said if deepest is error else f"{said} … {_place(deepest)}: {deepest.message[:200]}"


def _causes(error: ValidationError) -> Iterable[ValidationError]:
    """An error, and those behind it: of `anyOf`, each of what might have been meant has its own."""
    yield error
    for several in getattr(error.kind, "context", ()):
        for one in several:
            yield from _causes(one)


def _place(error: ValidationError) -> str:
    return "/".join(map(str, error.instance_path))
