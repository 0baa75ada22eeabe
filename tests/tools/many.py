#!/usr/bin/env python3
"""Makes many inputs of few: the fixtures under other names and with other bytes, for runs of thousands.

    tests/tools/many.py FOLDER COUNT

A PDF gets a comment after its end, a text one more line at its end, so that each has a hash of its own and says the same.
"""
import sys
from pathlib import Path

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


def is_utf8(path: Path) -> bool:
    """A line of ASCII at the end makes nonsense of a text in UTF-16."""
    return path.name.endswith(".raw.txt") and b"\0" not in path.read_bytes()


def main() -> None:
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    kinds = sorted(p for p in FIXTURES.glob("*/*") if p.suffix == ".pdf" or is_utf8(p))
    for i in range(count):
        of = kinds[i % len(kinds)]
        bytes_ = of.read_bytes()
        bytes_ += f"\n% {i}\n".encode() if of.suffix == ".pdf" else f"\n{i}\n".encode()
        (folder / f"{i:05}-{of.stem}{of.suffix}").write_bytes(bytes_)


main()
