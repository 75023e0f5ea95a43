"""Another system, listening on this machine: it answers as it is told, and keeps what it was sent."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Receiver:
    """What came in, and what is answered.

    Parameters
    ----------
    answers
        Status of each answer in turn; 204 when they are used up.
    wait_seconds
        Before the body of each answer.
    """

    answers: list[int] = field(default_factory=list)
    wait_seconds: float = 0.0
    body: bytes = b"taken"
    location: str = ""
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?from=makina"


@contextmanager
def listening(receiver: Receiver) -> Iterator[Receiver]:
    """Listen while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.got.append(({**headers, "path": self.path}, body))
            self.send_response(receiver.answers.pop(0) if receiver.answers else 200)
            if receiver.location:
                self.send_header("Location", receiver.location)
            self.send_header("Content-Length", str(len(receiver.body)))
            self.end_headers()
            try:
                for sign in receiver.body if receiver.wait_seconds else ():
                    time.sleep(receiver.wait_seconds)
                    self.wfile.write(bytes([sign]))
                    self.wfile.flush()
                if not receiver.wait_seconds:
                    self.wfile.write(receiver.body)
            except OSError:
                return

        def log_message(self, *_args: object) -> None:
            """Nothing: the test says what came."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
