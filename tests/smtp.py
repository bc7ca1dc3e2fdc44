"""A mail server to send real mail to: it takes messages, refuses an address, or never answers.

Or it answers without end, a sign at a time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Event, Thread

UNKNOWN = "nobody@example.org"
# Refused for now: servers do so to see whether the sender tries again.
GREYLISTED = "later@example.org"


@dataclass
class Sink:
    """Where it listens, and what it was sent: the receivers and the message."""

    port: int
    sent: list[tuple[list[str], EmailMessage]] = field(default_factory=list)


@contextmanager
def mail_server(*, answers: bool = True, drips: bool = False) -> Iterator[Sink]:
    """A server on a port of its own; `UNKNOWN` is nobody's address there."""
    closing = Event()

    class Conversation(StreamRequestHandler):
        def handle(self) -> None:
            if not answers:
                closing.wait(30)
                return
            if drips:
                while not closing.wait(0.1):
                    self.wfile.write(b"2")
                return
            self.say("220 sink")
            receivers: list[str] = []
            while line := self.rfile.readline().decode().strip():
                command = line.upper()
                if command.startswith("RCPT") and UNKNOWN in line:
                    self.say("550 no such user")
                    continue
                if command.startswith("RCPT") and GREYLISTED in line:
                    self.say("450 try again later")
                    continue
                if command.startswith("RCPT"):
                    receivers.append(line.partition("<")[2].partition(">")[0])
                if command.startswith("DATA"):
                    self.say("354 go on")
                    sink.sent.append((receivers, self.message()))
                self.say("221 bye" if command.startswith("QUIT") else "250 ok")

        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def message(self) -> EmailMessage:
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line)
            return message_from_bytes(b"".join(lines), policy=policy.default)

    class Server(ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Conversation) as server:
        sink = Sink(server.server_address[1])
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield sink
        finally:
            closing.set()
            server.shutdown()
