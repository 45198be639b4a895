"""Lets ``python -m epubpreflight`` do what the command does."""

import sys

from epubpreflight.cli import main

sys.exit(main())
