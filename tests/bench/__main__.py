"""``python -m tests.bench [key …]``: measures the bars, prints a table and JSON; 1 where one is missed."""

import json
import sys
from importlib import import_module

MODULES = ("answers", "games", "daily_burst")


def main(wanted: list[str]) -> int:
    found = []
    for module in wanted or MODULES:
        found += import_module(f"tests.bench.{module}").measure()
    print(f"{'key':<28}{'value':>12}{'bar':>12}  what")
    for bar in found:
        sign = "≥" if bar.at_least else "≤"
        mark = "" if bar.holds else "  MISSED"
        print(f"{bar.key:<28}{bar.value:>12,.2f}{f'{sign} {bar.limit:,}':>12}  {bar.what}{mark}")
    rows = {
        bar.key: {"value": round(bar.value, 4), "bar": bar.limit, "holds": bar.holds, **bar.details} for bar in found
    }
    print(json.dumps(rows, indent=2))
    return 0 if all(bar.holds for bar in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
