"""Secrets and signatures of webhooks, as Standard Webhooks describes them.

A secret has to be at hand to sign with, so a hash of it will not do. It is kept nowhere: it is worked out
from the installation's key, the endpoint's id and a number that each rotation raises. Whoever reads the
database learns no secret, and whoever has the key alone can forge nothing without the ids.

References
----------
Standard Webhooks, https://www.standardwebhooks.com: ids, timestamps, symmetric signatures ``v1``.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

PREFIX = "whsec_"


def secret_of(key: bytes, endpoint_id: UUID, number: int) -> str:
    """The secret of an endpoint, as people are shown it.

    Examples
    --------
    >>> first, second = (secret_of(b"k" * 32, UUID(int=1), number) for number in (1, 2))
    >>> first.startswith("whsec_"), len(base64.b64decode(first[6:])), first == second
    (True, 32, False)
    """
    about = b"makina webhook " + endpoint_id.bytes + str(number).encode()
    return PREFIX + base64.b64encode(hmac.digest(key, about, "sha256")).decode()


def secret_hash(secret: str) -> str:
    """What is kept of a secret: whether another one is the same can be told by it, and nothing else."""
    return hashlib.sha256(secret.encode()).hexdigest()


def signed_headers(message_id: str, at: datetime, body: bytes, secrets: Iterable[str]) -> Mapping[str, str]:
    """The headers that tell a receiver who sent a body, and when.

    Parameters
    ----------
    at
        When it is sent; a receiver refuses what is old.
    secrets
        One signature is made with each: during a rotation two of them are right.

    Examples
    --------
    >>> from datetime import UTC
    >>> at = datetime(2021, 2, 25, 13, 36, 54, tzinfo=UTC)
    >>> secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    >>> headers = signed_headers("msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}', [secret])
    >>> headers["webhook-timestamp"], headers["webhook-signature"].partition(",")[0]
    ('1614260214', 'v1')
    """
    timestamp = str(int(at.timestamp()))
    content = b".".join((message_id.encode(), timestamp.encode(), body))
    signatures = (f"v1,{_signature(secret, content)}" for secret in secrets)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(signatures),
    }


def _signature(secret: str, content: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return base64.b64encode(hmac.digest(key, content, "sha256")).decode()
