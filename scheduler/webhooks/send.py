"""Send one request to another system: bounded in time and size, redirected nowhere."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from threading import Timer

from scheduler.webhooks.addresses import AddressRefused, Target, addresses_of

CONNECT_SECONDS = 5.0
WHOLE_SECONDS = 15.0
KEPT_BYTES = 500
"""So much of an answer is read and kept."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    Parameters
    ----------
    status
        None where there was no answer.
    begins
        How the body of the answer begins, printable.
    problem
        Why there was no answer, or why the answer is none.
    """

    status: int | None
    milliseconds: int
    begins: str = ""
    problem: str | None = None

    @property
    def is_taken(self) -> bool:
        """Whether the other side has taken the message over."""
        return self.status is not None and 200 <= self.status < 300


class _Connection(http.client.HTTPConnection):
    """A connection to an address that was looked at before, whatever the host's name leads to by now."""

    def __init__(self, target: Target, address: str) -> None:
        super().__init__(target.host, target.port, timeout=CONNECT_SECONDS)
        self._target, self._address = target, address
        self._wire: socket.socket | None = None

    def connect(self) -> None:
        """Reach the address; on a secure target the certificate has to be the host's."""
        plain = socket.create_connection((self._address, self._target.port), CONNECT_SECONDS)
        try:
            plain.settimeout(WHOLE_SECONDS)
            name = self._target.host
            wire = _tls().wrap_socket(plain, server_hostname=name) if self._target.is_secure else plain
            # Kept: the connection lets go of it as soon as only the answer's body is still to come.
            self.sock = self._wire = wire
        except BaseException:
            plain.close()
            raise

    def cut(self) -> None:
        """End whatever the connection waits for."""
        if self._wire is not None:
            with suppress(OSError):
                self._wire.shutdown(socket.SHUT_RDWR)


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def post(
    target: Target,
    body: bytes,
    headers: Mapping[str, str],
    *,
    private_addresses: bool,
    whole_seconds: float = WHOLE_SECONDS,
) -> Answer:
    """What a target answers to a JSON body; whatever goes wrong is an answer too.

    Parameters
    ----------
    private_addresses
        Whether the operator lets webhooks reach private addresses.
    whole_seconds
        After this the connection is cut, however slowly the other side still talks.
    """
    began = time.monotonic()

    def spent() -> int:
        return round((time.monotonic() - began) * 1000)

    try:
        addresses = addresses_of(target, private_addresses=private_addresses)
    except AddressRefused as refused:
        return Answer(None, spent(), problem=str(refused))
    connection = _Connection(target, addresses[0])
    guard = Timer(whole_seconds, connection.cut)
    guard.daemon = True
    guard.start()
    try:
        connection.request("POST", target.path, body, {**headers, "Content-Type": "application/json"})
        response = connection.getresponse()
        begins = _printable(response.read(KEPT_BYTES))
        problem = "redirects are not followed" if 300 <= response.status < 400 else None
        return Answer(response.status, spent(), begins, problem)
    except (OSError, http.client.HTTPException, ValueError) as error:
        late = spent() >= whole_seconds * 1000
        words = f"no whole answer within {whole_seconds:g} s" if late else _in_words(error)
        return Answer(None, spent(), problem=words[:300])
    finally:
        guard.cancel()
        connection.close()


def _in_words(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted: {error.verify_message}"
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, ConnectionRefusedError):
        return "nobody listens there"
    return f"{type(error).__name__}: {error}"


def _printable(content: bytes) -> str:
    text = content.decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() else " " for sign in text)[:KEPT_BYTES]
