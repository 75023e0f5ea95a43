"""``compose.yaml`` as Docker Compose reads it: settings and commands of each service, and the roles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from tests.architecture.sources import text_of

SECRETS = {"MAKINA_OWNER_PASSWORD": "own4secret", "MAKINA_APP_PASSWORD": "app4secret"}


def _interpolated(text: str) -> str:
    """``${NAME:?error}`` and ``${NAME:-default}`` replaced, with `SECRETS` as the environment."""
    return re.sub(
        r"\$\{(\w+)(?::[?-]([^}]*))?\}", lambda found: SECRETS.get(found[1], found[2] or ""), text
    ).replace("$$", "$")


def compose() -> Mapping[str, Any]:
    """The whole file; what its anchors merge is merged."""
    read: Mapping[str, Any] = yaml.safe_load(_interpolated(text_of("compose.yaml")))
    return read


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
