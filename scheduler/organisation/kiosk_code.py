"""The code on the screen of a kiosk, and the proof of having been there that a phone gets for it.

Both are signed with the stored hash of the kiosk's token: revoking the kiosk ends them, and whoever can read
that hash could write punches himself.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.models import Kiosk

NEW_EVERY_SECONDS = 30
ACCEPTED_SLOTS = 3
"""The present code and the two before it open: each is good for 60 to 90 seconds."""
PROOF_LASTS = timedelta(minutes=5)
"""How long a phone may take from scanning to punching."""

_SIGNATURE_CHARACTERS = 32


def code_at(kiosk: Kiosk, at: datetime) -> str:
    """The code on the screen at an instant."""
    slot = _slot(at)
    return f"{kiosk.id.hex}.{slot}.{_signed(kiosk, 'code', str(slot))}"


def kiosk_of_code(session: Session, code: str, *, now: datetime) -> Kiosk:
    """The kiosk of the session's organisation that shows, or just showed, a code.

    Raises
    ------
    SchedulerError
        ``kiosk_code_refused`` for one that is too old, forged, of a revoked kiosk or of another organisation.
    """
    kiosk_hex, _, rest = code.partition(".")
    slot, _, signature = rest.partition(".")
    kiosk = _kiosk(session, kiosk_hex)
    is_fresh = slot.isascii() and slot.isdecimal() and 0 <= _slot(now) - int(slot[:20]) < ACCEPTED_SLOTS
    if kiosk is None or not is_fresh or not _matches(signature, kiosk, "code", slot):
        raise SchedulerError("kiosk_code_refused")
    return kiosk


def proof_for(kiosk: Kiosk, employee_id: UUID, *, now: datetime) -> str:
    """What shows for `PROOF_LASTS` that somebody, and nobody else, was at a kiosk."""
    until = int((now + PROOF_LASTS).timestamp())
    return f"{kiosk.id.hex}.{until}.{_signed(kiosk, 'proof', f'{employee_id.hex}.{until}')}"


def kiosk_of_proof(session: Session, proof: str, employee_id: UUID, *, now: datetime) -> Kiosk:
    """The kiosk at which somebody was.

    Raises
    ------
    SchedulerError
        ``kiosk_code_refused`` for a proof that is too old, forged, somebody else's or of a revoked kiosk.
    """
    kiosk_hex, _, rest = proof.partition(".")
    until, _, signature = rest.partition(".")
    kiosk = _kiosk(session, kiosk_hex)
    is_fresh = until.isascii() and until.isdecimal() and now.timestamp() <= int(until[:20])
    if kiosk is None or not is_fresh or not _matches(signature, kiosk, "proof", f"{employee_id.hex}.{until}"):
        raise SchedulerError("kiosk_code_refused")
    return kiosk


def _slot(at: datetime) -> int:
    return int(at.astimezone(UTC).timestamp()) // NEW_EVERY_SECONDS


def _kiosk(session: Session, text: str) -> Kiosk | None:
    try:
        kiosk_id = UUID(hex=text)
    except ValueError:
        return None
    return session.scalar(select(Kiosk).where(Kiosk.id == kiosk_id, Kiosk.revoked_at.is_(None)))


def _signed(kiosk: Kiosk, purpose: str, text: str) -> str:
    message = f"makina kiosk {purpose} {kiosk.id.hex} {text}".encode()
    return hmac.new(kiosk.token_hash.encode(), message, hashlib.sha256).hexdigest()[:_SIGNATURE_CHARACTERS]


def _matches(signature: str, kiosk: Kiosk, purpose: str, text: str) -> bool:
    return hmac.compare_digest(signature.encode(), _signed(kiosk, purpose, text).encode())
