"""``python -m newsexport``."""

from newsexport.cli.app import main

main()
