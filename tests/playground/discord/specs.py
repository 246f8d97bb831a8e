"""Discord's own specifications as validators: the OpenAPI document and the gateway's schemas."""

import json
from pathlib import Path
from typing import Any

from tests.playground.discord.events import FILES, OPENAPI, SCHEMAS
from tests.schemas import Schema, document


class Specs:
    """Says what is wrong with an answer, a request's body or an event; an empty list if nothing is."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._openapi = document(folder / "openapi.json")
        self._known: dict[str, Schema] = {}

    def paths(self, method: str) -> list[str]:
        """Every path that takes this method."""
        return [path for path, operations in self._openapi["paths"].items() if method.lower() in operations]

    def answer(self, method: str, path: str, status: int, body: Any) -> list[str]:
        """Check an answer's JSON against the path's response schema."""
        operation = self._openapi["paths"][path][method.lower()]
        responses = operation["responses"]
        found = responses.get(str(status)) or responses.get(f"{str(status)[0]}XX")
        if found is None:
            return [f"{method} {path} does not answer {status}"]
        if "$ref" in found:
            found = self._at(found["$ref"])
        if status == 400 and isinstance(body, dict):
            # The document says that nested codes are numbers; Discord's own examples have words there (reference.mdx).
            body = {name: value for name, value in body.items() if name != "errors"}
        if "content" not in found:
            return [] if body is None else ["a body where there should be none"]
        return self._against(found["content"]["application/json"]["schema"], body)

    def request(self, method: str, path: str, body: Any) -> list[str]:
        """Check a request's JSON against the path's request schema."""
        content = self._openapi["paths"][path][method.lower()]["requestBody"]["content"]
        return self._against(content["application/json"]["schema"], body)

    def event(self, name: str, data: Any) -> list[str]:
        """Check a gateway event by its name; one that nothing describes is a problem."""
        if name in FILES:
            return self._file(FILES[name]).problems({"d": data})
        if name in SCHEMAS:
            return self._against(SCHEMAS[name], data)
        return [f"no schema describes {name}"]

    def frame(self, frame: Any) -> list[str]:
        """Check a frame of the client: identifying, resuming, asking for members."""
        return self._file("Send").problems({"d": frame})

    def _against(self, schema: Any, body: Any) -> list[str]:
        text = json.dumps(schema)
        if text not in self._known:
            self._known[text] = Schema(_absolute(schema), {OPENAPI: self._openapi})
        return self._known[text].problems(body)

    def _file(self, name: str) -> Schema:
        if name not in self._known:
            self._known[name] = Schema(document(self._folder / f"discord_{name}.json"))
        return self._known[name]

    def _at(self, reference: str) -> Any:
        spot = self._openapi
        for step in reference.removeprefix("#/").split("/"):
            spot = spot[step]
        return spot


def _absolute(schema: Any) -> Any:
    """References into the OpenAPI document, from outside it."""
    if isinstance(schema, list):
        return [_absolute(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: OPENAPI + value if name == "$ref" and value.startswith("#") else _absolute(value)
        for name, value in schema.items()
    }
