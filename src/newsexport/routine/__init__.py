"""A paper that comes out by itself: its whole run, one at a time, and what became of the last ones."""

from newsexport.routine.run import PaperRun, RunOptions, run_paper
from newsexport.storage.folders import Folders

__all__ = ["Folders", "PaperRun", "RunOptions", "run_paper"]
