"""``compose.yaml`` as Docker Compose reads it: settings and commands of each service, and the roles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from tests.architecture.sources import text_of

SECRETS = {"MAKINA_OWNER_PASSWORD": "own4secret", "MAKINA_APP_PASSWORD": "app4secret"}


def compose() -> Mapping[str, Any]:
    """The whole file; what its anchors merge is merged."""
    read: Mapping[str, Any] = _interpolated(yaml.safe_load(text_of("compose.yaml")))
    return read


def _interpolated(value: Any) -> Any:
    """``${NAME:?error}`` and ``${NAME:-default}`` replaced in every text, from `SECRETS`."""
    if isinstance(value, dict):
        return {name: _interpolated(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_interpolated(inner) for inner in value]
    if not isinstance(value, str):
        return value
    variable = r"\$\{(\w+)(?::[?-]([^}]*))?\}"
    return re.sub(variable, lambda found: SECRETS.get(found[1], found[2] or ""), value).replace("$$", "$")


def settings_of(service: str, socket_folder: str) -> dict[str, str]:
    """Environment of a service, with the database at a socket of this machine instead of another host."""
    environment: Mapping[str, str] = compose()["services"][service]["environment"]
    return {
        name: re.sub(r"@database/(\w+)$", rf"@/\1?host={socket_folder}", value)
        for name, value in environment.items()
    }


def roles_script() -> str:
    """The shell script that the database's container runs when it is new."""
    script: str = compose()["configs"]["roles"]["content"]
    return script
