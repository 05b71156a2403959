"""What is said of a name that there is not."""

from __future__ import annotations

import difflib
from typing import Iterable

_MANY = 100  # names, which nobody reads in an error


def hint(name: str, names: Iterable[str]) -> str:
    """The nearest right name, or else all of them, behind a semicolon."""
    known = list(names)
    near = difflib.get_close_matches(name, known, 1)
    if near:
        return f"; did you mean {near[0]!r}?"
    return f"; there are {', '.join(known)}" if 0 < len(known) < _MANY else ""
