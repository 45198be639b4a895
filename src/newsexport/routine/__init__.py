"""A paper that comes out by itself: its whole run, one at a time, and what became of the last ones.

What a run needs is loaded when a run is wanted: ``status`` only reads what became of earlier ones.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from newsexport.storage.folders import Folders

if TYPE_CHECKING:
    from newsexport.routine.run import PaperRun, RunOptions, run_paper

__all__ = ["Folders", "PaperRun", "RunOptions", "run_paper"]

if not TYPE_CHECKING:  # a type checker knows the names, and that there are no others

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = value = getattr(import_module("newsexport.routine.run"), name)
        return value
