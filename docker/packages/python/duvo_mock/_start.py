"""Starting the program, and finding one that runs."""

from __future__ import annotations

import atexit
import json
import os
import platform
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
import threading
from typing import Any, List, Optional
from urllib.parse import urlsplit
from urllib.request import urlopen

from ._base import Server
from ._calls import OPTIONS
from ._client import Mock
from ._nearest import hint

_START_S, _STOP_S, _LOG_KEPT = 30.0, 5.0, 1 << 16
_READY = re.compile(r"duvo-mock ready url=(\S+) key=(\S+)")
_OTHERWISE = (
    "run the image, `docker run --rm --read-only -p 127.0.0.1:8787:8787 duvo-mock`, "
    "and use duvo_mock.attach('http://127.0.0.1:8787')"
)


def find_binary() -> str:
    """The path of the program, DUVO_MOCK_BINARY if that is set. On a machine without one, one sentence."""
    chosen = os.environ.get("DUVO_MOCK_BINARY")
    path = chosen or os.path.join(os.path.dirname(os.path.abspath(__file__)), "bin", "duvo-mock")
    if not os.path.exists(path):
        raise RuntimeError(f"duvo-mock has no binary for {sys.platform}-{platform.machine()}: {_OTHERWISE}")
    return path


def _flags(name: str, value: Any) -> "List[str]":
    if name not in OPTIONS:
        raise TypeError(f"start() has no option {name!r}{hint(name, OPTIONS)}")
    flag, kind = OPTIONS[name]
    if value is None:
        return []
    if kind != "flag":
        return [word for one in (value if isinstance(value, (list, tuple)) else [value]) for word in (flag, str(one))]
    if not isinstance(value, bool):
        raise TypeError(f"start(): {name} is True or False")
    return [flag] if value else []


class _Program:
    """The process, from its start to its end."""

    def __init__(self, options: "dict[str, Any]") -> None:
        self._dir: "Optional[str]" = None
        self.log = ""
        arguments = [word for name, value in options.items() for word in _flags(name, value)]
        if options.get("fixtures") is not None:
            files = self._with_files(options["fixtures"])
            rest = {name: value for name, value in options.items() if name != "fixtures"}
            arguments = [word for name, value in {**rest, "fixtures": files}.items() for word in _flags(name, value)]
        environment = {name: value for name, value in os.environ.items() if name != "DUVO_MOCK_BINARY"}
        # A new session: Ctrl-C at the suite is the suite's to answer, and it stops the server at its own end.
        self.process = subprocess.Popen(
            [find_binary(), "serve", *arguments], env=environment, start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace")
        self._reader = threading.Thread(target=self._read_log, daemon=True)
        self._reader.start()

    def _with_files(self, fixtures: Any) -> "List[str]":
        """Fixture documents become files, which are read before the server is ready."""
        names = []
        for i, one in enumerate(fixtures if isinstance(fixtures, (list, tuple)) else [fixtures]):
            if isinstance(one, dict):
                self._dir = self._dir or tempfile.mkdtemp(prefix="duvo-mock-")
                path = os.path.join(self._dir, f"{i}.json")
                with open(path, "w", encoding="utf-8") as file:
                    json.dump(one, file)
                one = path
            names.append(os.fspath(one))
        return names

    def _read_log(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self.log = (self.log + line)[-_LOG_KEPT:]

    def ready(self) -> "tuple[str, str]":
        """Its URL and a key, once it accepts requests."""
        assert self.process.stdout
        late = threading.Timer(_START_S, self.process.kill)
        late.start()
        try:
            line = self.process.stdout.readline()
        finally:
            late.cancel()
            if self._dir:
                shutil.rmtree(self._dir, ignore_errors=True)
        found = _READY.match(line)
        if not found:
            self.kill()
            raise RuntimeError(f"start(): the server did not start: {self.log.strip() or f'not ready in {_START_S:.0f} s'}")
        return found[1], found[2]

    def kill(self) -> None:
        self.process.kill()
        self._close()

    def _close(self) -> None:
        self.process.wait()
        self._reader.join()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream:
                stream.close()

    def stop(self) -> None:
        """The end of stdin is what it stops at; a signal if that was switched off."""
        atexit.unregister(self.stop)
        assert self.process.stdin
        self.process.stdin.close()
        self.process.terminate()
        try:
            self.process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self._close()


class StartedMock(Mock):
    """A mock that start() started."""

    _program: _Program

    @property
    def log(self) -> str:
        """The end of what the server wrote on stderr."""
        return self._program.log

    @property
    def pid(self) -> int:
        return self._program.process.pid


def _authority(url: str) -> "Optional[str]":
    """The authority of a mock that made its certificate itself; asked of this machine alone, as nothing vouches for it."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme != "https" or not (host in ("localhost", "::1") or host.startswith("127.")):
        return None
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with urlopen(f"https://{parts.netloc}/_mock/ca.pem", context=context, timeout=_START_S) as reply:
        return str(reply.read().decode("ascii"))


def start_mock(options: "dict[str, Any]") -> StartedMock:
    program = _Program({"port": 0, "exit_with_stdin": True, **options})
    try:
        url, key = program.ready()
        token = options.get("admin_token") or os.environ.get("DUVO_MOCK_ADMIN_TOKEN")
        mock = StartedMock(Server(url, _authority(url), token), url, key, program.stop)
    except BaseException:
        program.kill()
        raise
    mock._program = program
    atexit.register(program.stop)
    return mock


def attach_mock(url: str, key: str, admin_token: "Optional[str]", ca: "Optional[str]") -> Mock:
    origin = url.rstrip("/")
    mock = Mock(Server(origin, ca or _authority(origin), admin_token), origin, key)
    mock.version()
    return mock
