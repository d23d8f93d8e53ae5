"""The child process: `python -m bot.printing KIND` reads JSON and writes the finished file."""

from __future__ import annotations

import json
import sys
from importlib import import_module

from bot.printing import is_maker


def main(arguments: list[str]) -> int:
    """0 and the file on standard output; 2 when there is no such maker."""
    if len(arguments) != 1 or not is_maker(arguments[0]):
        sys.stderr.write("usage: python -m bot.printing KIND, with its data as JSON on standard input\n")
        return 2
    maker = import_module(f"bot.printing.{arguments[0]}")
    sys.stdout.buffer.write(maker.make(json.load(sys.stdin)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
