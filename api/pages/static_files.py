"""Our style sheets and scripts, and how long browsers may keep them."""

from __future__ import annotations

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "public, no-cache"


class StaticAssets(StaticFiles):
    """Files whose address names their version are kept for ever, the others asked for again (304)."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with its time to live."""
        response = await super().get_response(path, scope)
        if response.status_code < 400:
            versioned = scope.get("query_string", b"").startswith(b"v=")
            response.headers["Cache-Control"] = FOR_EVER if versioned else ASK_AGAIN
        return response
