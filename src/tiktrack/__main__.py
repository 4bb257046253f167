"""``python -m tiktrack``."""

from tiktrack.cli import main

main()
