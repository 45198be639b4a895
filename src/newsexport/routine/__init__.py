"""A paper that comes out by itself: its whole run, one at a time, and what became of the last ones."""

from newsexport.routine.reading_context import Folders
from newsexport.routine.run import PaperRun, RunOptions, run_paper

__all__ = ["Folders", "PaperRun", "RunOptions", "run_paper"]
