"""All that is measured, by one door: ``python -m benchmarks``.

    python -m benchmarks                        # every row of the table; takes many minutes
    python -m benchmarks --short                # what a minute is enough for
    python -m benchmarks start book --rounds 9  # these rows
    python -m benchmarks --json now.json --compare before.json
    python -m benchmarks books --articles 500   # a script of this folder, with options of its own

A row is a ratio of what newsexport takes to what something else takes, measured in turns in this run.
`--json` writes the table for a later run, which `--compare` sets beside its own. Nothing fails because
something is slow.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import runpy
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.rows import ROWS, SHORT, Row, commit

HERE = Path(__file__).parent
SCRIPTS = tuple(
    sorted(path.stem for path in HERE.glob("*.py") if path.stem not in ("__main__", "rows", "newsprint"))
)

# Of the file that `--json` writes.
VERSION = 1

# A ratio that changed by less than that may as well be noise.
NOISE = 0.1

UNITS = {"seconds": "{:.2f} s", "processor": "{:.2f} s of processor", "memory": "{:.0f} MB"}


def main(arguments: Sequence[str]) -> None:
    """Measure what was asked for, or run the script that was named."""
    if arguments and arguments[0] in SCRIPTS and arguments[0] not in ROWS:
        sys.argv = [arguments[0], *arguments[1:]]
        sys.path.insert(0, str(HERE))  # as if it were run by itself
        runpy.run_path(str(HERE / f"{arguments[0]}.py"), run_name="__main__")
        return
    given = parsed(arguments)
    before = json.loads(given.compare.read_text("utf-8")) if given.compare else {}
    rows = SHORT if given.short else ROWS
    made = []
    for name in given.row or rows:
        with tempfile.TemporaryDirectory() as folder:
            for row in (rows.get(name) or ROWS[name])(Path(folder), given.rounds):
                made.append(row)
                print(line(row, before), flush=True)
    if given.json:
        given.json.write_text(json.dumps(table(made), indent=1) + "\n", encoding="utf-8")


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """What was typed."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        epilog=f"Scripts with options of their own: {', '.join(SCRIPTS)}.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("row", nargs="*", choices=[*ROWS, []], metavar="ROW", help=", ".join(ROWS))
    parser.add_argument("--short", action="store_true", help="fewer rows, of fewer articles")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is run [default: 3]")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the table for a later run")
    parser.add_argument("--compare", type=Path, metavar="FILE", help="what an earlier run wrote")
    return parser.parse_args(arguments)


def line(row: Row, before: Mapping[str, Any]) -> str:
    """A row as a person reads it, beside what it was in an earlier run."""
    ratio = row.ratios()[row.by]
    ours, theirs = (told(row.by, row.medians(which)[row.by]) for which in (0, 1))
    faster = " as fast" if row.more_is_better else ""
    text = f"{row.name:<12} {row.what:<32} {ours:<22} {row.against:<30} {theirs:<22} {ratio:.2f}×{faster}"
    earlier = {one["name"]: one for one in before.get("rows", ())}.get(row.name)
    if earlier is None:
        return text
    was = earlier["ratios"][row.by]
    change = ratio / was - 1
    better = (change > 0) is row.more_is_better
    verdict = "as before" if abs(change) < NOISE else "better" if better else "worse"
    return f"{text}, was {was:.2f}× ({verdict})"


def told(by: str, figure: float) -> str:
    """A figure with its unit."""
    return UNITS[by].format(figure / 1e6 if by == "memory" else figure)


def table(rows: Iterable[Row]) -> dict[str, Any]:
    """The rows for a later run, and where they were made."""
    return {
        "version": VERSION,
        "commit": commit(),
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "rows": [
            {
                "name": row.name,
                "what": row.what,
                "against": row.against,
                "by": row.by,
                "more_is_better": row.more_is_better,
                "ratios": row.ratios(),
                "ours": row.medians(0),
                "theirs": row.medians(1),
            }
            for row in rows
        ],
    }


if __name__ == "__main__":
    main(sys.argv[1:])
