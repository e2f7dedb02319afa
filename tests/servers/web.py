"""A web server over TLS in a thread: what the sign-in service and the Graph stand-in are made of."""

import json
import socket
import ssl
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.servers.ca import Authority


class Answering(BaseHTTPRequestHandler):
    """Reads one request and writes one answer."""

    protocol_version = "HTTP/1.1"

    def body(self) -> bytes:
        """What was sent with the request."""
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def answer(self, status: int, told: object = None, headers: Mapping[str, str] | None = None) -> None:
        """Bytes as they are, nothing as nothing, and anything else as JSON."""
        data = told if isinstance(told, bytes) else b"" if told is None else json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain" if isinstance(told, bytes) else "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing on the screen."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, handler: type[BaseHTTPRequestHandler], context: ssl.SSLContext) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self._context = context

    def finish_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        # Shaken hands with in the thread of the request: a client that stays silent keeps nobody else waiting.
        assert isinstance(request, socket.socket)
        try:
            with self._context.wrap_socket(request, server_side=True) as secured:
                self.RequestHandlerClass(secured, client_address, self)  # type: ignore[arg-type]
        except OSError:
            pass  # a client that does not trust us, or hung up

    def handle_error(self, request: object, client_address: object) -> None:
        """Says nothing: what breaks off here, a test sees at its client."""


class Web:
    """One web server, between ``start`` and ``stop``."""

    def __init__(self, handler: type[BaseHTTPRequestHandler], authority: Authority) -> None:
        self._server = _Server(handler, authority.of_server())
        self.port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def start(self) -> None:
        """Listens."""
        self._thread.start()

    def stop(self) -> None:
        """Listens no more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
