"""What a failed verify shows: what was expected, and what came instead, the most alike first."""

from __future__ import annotations

import re
from typing import Any, List

_SHOWN = 5


class VerificationError(AssertionError):
    """The requests that came are not those that were expected."""

    def __init__(self, message: str, expected: Any, actual: "List[Any]") -> None:
        super().__init__(message)
        self.expected = expected
        self.actual = actual


def _is_path(pattern: str, path: str) -> bool:
    """A * stands for any characters. A space's prefix is no part of what a test means."""
    wanted = ".*".join(re.escape(part) for part in pattern.split("*"))
    return re.fullmatch(f"(/_mock/s/[^/]+)?{wanted}", path.split("?")[0]) is not None


def _likeness(match: "dict[str, Any]", entry: "dict[str, Any]") -> int:
    """In how many of these a request is as expected."""
    return sum((
        match.get("operation") in (entry["operation"], f"{entry['operation']}V1"),
        str(match.get("method", "")).upper() == entry["method"],
        "path" in match and _is_path(match["path"], entry["path"]),
        match.get("status") == entry["status"],
    ))


def _shown(entry: "dict[str, Any]") -> str:
    operation = f" ({entry['operation']})" if entry["operation"] else ""
    return f"  {entry['method']} {entry['path']} -> {entry['status'] or 'broken off'}{operation}"


def verification_error(expected: Any, reply: Any, entries: "List[Any]") -> VerificationError:
    """The error of a verify that the mock answered with `reply`, given the requests of the space."""
    match = expected.get("match", {})
    near = sorted(reversed(entries), key=lambda entry: _likeness(match, entry), reverse=True)[:_SHOWN]
    lines = [reply["message"]]
    if near:
        lines += [f"Nearest of {len(entries)}:", *map(_shown, near)]
    return VerificationError("\n".join(lines), expected, near)
