"""A mail server to send real mail to: it takes messages, refuses an address, or never answers.

Or it answers without end, a sign at a time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Event, Thread

UNKNOWN = "nobody@example.org"
# Refused for now: servers do so to see whether the sender tries again.
GREYLISTED = "later@example.org"
REFUSALS = {UNKNOWN: "550 no such user", GREYLISTED: "450 try again later"}


@dataclass
class Sink:
    """Where it listens, and what it was sent: the receivers and the message."""

    port: int
    sent: list[tuple[list[str], EmailMessage]]


class Conversation(StreamRequestHandler):
    """What one client says and is answered."""

    server: "Server"

    def handle(self) -> None:
        if not self.server.answers:
            self.server.closing.wait(30)
        elif self.server.drips:
            while not self.server.closing.wait(0.1):
                self.wfile.write(b"2")
        else:
            self.talk()

    def talk(self) -> None:
        self.say("220 sink")
        receivers: list[str] = []
        while line := self.rfile.readline().decode().strip():
            command = line.upper()
            receiver = line.partition("<")[2].partition(">")[0]
            if command.startswith("RCPT") and receiver in REFUSALS:
                self.say(REFUSALS[receiver])
                continue
            if command.startswith("RCPT"):
                receivers.append(receiver)
            if command.startswith("DATA"):
                self.say("354 go on")
                self.server.sent.append((receivers, self.message()))
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

    def __init__(self, *, answers: bool, drips: bool) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.answers, self.drips, self.closing = answers, drips, Event()
        self.sent: list[tuple[list[str], EmailMessage]] = []


@contextmanager
def mail_server(*, answers: bool = True, drips: bool = False) -> Iterator[Sink]:
    """A server on a port of its own; `UNKNOWN` is nobody's address there."""
    with Server(answers=answers, drips=drips) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield Sink(server.server_address[1], server.sent)
        finally:
            server.closing.set()
            server.shutdown()
