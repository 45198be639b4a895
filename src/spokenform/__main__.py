"""Lets ``python -m spokenform`` do what the command does."""

import sys

from spokenform.cli import main

sys.exit(main())
