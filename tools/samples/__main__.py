"""``python -m tools.samples [FOLDER]`` writes the three accounts, by default into ``sample_data``."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.samples.accounts import broken, healthy, messy

MAKERS = {"healthy": healthy.make, "broken": broken.make, "messy": messy.make}


def write(folder: Path) -> list[Path]:
    """Writes every account below ``folder`` and names the files."""
    written = []
    for account, make in MAKERS.items():
        for name, content in make().items():
            path = folder / account / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode())
            written.append(path)
    return written


def main() -> None:
    """Writes and reports sizes."""
    default = Path(__file__).parents[2] / "sample_data"
    for path in write(Path(sys.argv[1]) if len(sys.argv) > 1 else default):
        print(f"{path.stat().st_size / 1e6:7.2f} MB  {path}")


if __name__ == "__main__":
    main()
