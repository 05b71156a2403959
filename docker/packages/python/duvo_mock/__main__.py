"""`duvo-mock` on the PATH, and `python -m duvo_mock`: the program itself takes the place of this process."""

import os
import sys

from ._start import find_binary


def main() -> None:
    try:
        program = find_binary()
        os.execv(program, [program, *sys.argv[1:]])
    except (OSError, RuntimeError) as error:
        sys.exit(f"duvo-mock: {error}")


if __name__ == "__main__":
    main()
