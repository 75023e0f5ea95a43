"""From which network a request comes."""

from __future__ import annotations

from fastapi import Request


def network_of(request: Request) -> str | None:
    """The address a request comes from, as the server sees it; None where there is none (a local socket).

    Behind a proxy the server takes the address that the proxy names, but only from proxies that
    ``FORWARDED_ALLOW_IPS`` lists (`docs/operations.md`); a header that anybody else sends counts for nothing.
    """
    return request.client.host[:45] if request.client else None
