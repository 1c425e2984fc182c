"""What takes notifications, on loopback: keeps what it is sent."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


class Receiver:
    """Answers with `status`, or with the next of `statuses` while there is one; 0: it does not answer for a second.

    What it is sent is `received`, also what it does not take.
    """

    def __init__(self, status: int = 200) -> None:
        received: list[dict[str, Any]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                answer = receiver.statuses.pop(0) if receiver.statuses else receiver.status
                sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                received.append({**sent, "taken": answer == 200})
                if answer == 0:
                    receiver.ended.wait(1)
                    return
                self.send_response(answer)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the library's name
                pass

        self.received, self.status, self.ended = received, status, threading.Event()
        self.statuses: list[int] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        """Its address, as apprise takes it."""
        return self.patient(600)

    def patient(self, seconds: float) -> str:
        """Its address for a sender that waits so long for an answer."""
        asked = f"rto={seconds}&cto={seconds}"
        return f"json://secret-user:secret-pass@127.0.0.1:{self._server.server_address[1]}/secret-path?{asked}"

    @property
    def titles(self) -> list[str]:
        """The titles of what it was sent, in order."""
        return [one["title"] for one in self.received]

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()
