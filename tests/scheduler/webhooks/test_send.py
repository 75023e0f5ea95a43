"""Requests to other systems, over real connections."""

from __future__ import annotations

import socket
import time

from scheduler.webhooks.addresses import checked_target
from scheduler.webhooks.send import KEPT_BYTES, Answer, post
from tests.scheduler.webhooks.receiver import Receiver, listening


def send(receiver: Receiver, **more: float) -> Answer:
    target = checked_target(receiver.url, private_addresses=True)
    return post(target, b'{"a":1}', {"webhook-id": "evt_1"}, private_addresses=True, **more)


def test_a_body_arrives_with_its_headers_and_the_answer_is_kept():
    with listening(Receiver()) as receiver:
        answer = send(receiver)
    ((headers, body),) = receiver.got
    assert (headers["path"], headers["webhook-id"], body) == ("/hook?from=makina", "evt_1", b'{"a":1}')
    assert headers["content-type"] == "application/json"
    assert headers["host"] == f"127.0.0.1:{receiver.port}"
    assert (answer.status, answer.begins, answer.is_taken) == (200, "taken", True)


def test_a_redirect_is_a_failure_and_nobody_follows_it():
    with listening(Receiver()) as elsewhere, listening(Receiver([302], location=elsewhere.url)) as receiver:
        answer = send(receiver)
    assert (answer.status, answer.is_taken, answer.problem) == (302, False, "redirects are not followed")
    assert elsewhere.got == []


def test_of_a_long_answer_only_the_beginning_is_kept_and_it_is_printable():
    with listening(Receiver(body=b"\x00\xff<b>" + b"x" * 100_000)) as receiver:
        answer = send(receiver)
    assert answer.is_taken
    assert len(answer.begins) == KEPT_BYTES
    assert answer.begins.isprintable()


def test_an_answer_that_drips_is_cut_off():
    with listening(Receiver(wait_seconds=0.2, body=b"x" * 100)) as receiver:
        began = time.monotonic()
        answer = send(receiver, whole_seconds=0.7)
    assert time.monotonic() - began < 5
    assert answer.begins in ("", "x", "xx", "xxx", "xxxx") or answer.status is None


def test_a_side_that_never_answers_is_left():
    silent = socket.create_server(("127.0.0.1", 0))
    receiver = Receiver(port=silent.getsockname()[1])
    answer = send(receiver, whole_seconds=0.5)
    silent.close()
    assert (answer.status, answer.problem) == (None, "no whole answer within 0.5 s")


def test_a_closed_port_says_so():
    gone = socket.create_server(("127.0.0.1", 0))
    receiver = Receiver(port=gone.getsockname()[1])
    gone.close()
    answer = send(receiver)
    assert (answer.status, answer.problem) == (None, "nobody listens there")


def test_this_machine_is_not_reached_unless_the_operator_says_so():
    with listening(Receiver()) as receiver:
        target = checked_target(receiver.url, private_addresses=True)
        answer = post(target, b"{}", {}, private_addresses=False)
    assert (answer.status, answer.problem) == (None, "127.0.0.1 is a private address")
    assert receiver.got == []


def test_a_certificate_that_nobody_vouches_for_is_refused():
    with listening(Receiver()) as receiver:
        plain = checked_target(receiver.url.replace("http:", "https:"), private_addresses=True)
        answer = post(plain, b"{}", {}, private_addresses=True)
    assert answer.status is None
    assert receiver.got == []
