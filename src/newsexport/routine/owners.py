"""What is kept of the papers of one configuration, and not of another that has some of the same names."""

from __future__ import annotations

from newsexport.configuration.plan import PaperPlan, Plan
from newsexport.events import Noted, Report
from newsexport.library.issue import Paper
from newsexport.storage.folders import Folders
from newsexport.storage.staging import check


def owned(plan: Plan, folders: Folders) -> Folders:
    """The folders as those of a configuration."""
    return folders.owned_by(plan.document.name, plan.library.place)


def dropped(plan: Plan, folders: Folders) -> list[PaperPlan]:
    """The papers that a configuration no longer has, delivered nowhere; what waited may wait still."""
    names = (name for name in folders.papers() if name not in plan.papers)
    return [PaperPlan(Paper(name, name), "", (), {}, {}) for name in names]


def claimed(plan: Plan, paper: str, folders: Folders, report: Report) -> Folders:
    """The same before a run of a paper; that another configuration had one of that name before is told.

    Raises:
        OutputError: it cannot be written down whose it is, or what would become of the run.
    """
    folders = owned(plan, folders)
    first = folders.claim(paper)
    check(folders.of_paper(paper, ".json"))
    if first:
        told = f"{first.configuration} has a paper of this name, in the library {first.place}"
        report(
            Noted(
                f"{paper}: {told}; what is kept of the two is kept apart, but what was read of one counts"
                " for both: another name tells them apart"
            )
        )
    return folders
