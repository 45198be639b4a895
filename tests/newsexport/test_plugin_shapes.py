"""Every plug-in of ours fits its shape: for mypy, which checks the annotations here, and at run time."""

import tomllib
from pathlib import Path

from newsexport.collecting.context import OfflineWeb
from newsexport.engines.command import CommandEngine
from newsexport.engines.edge import EdgeEngine
from newsexport.engines.espeak import EspeakEngine
from newsexport.engines.gtts import GttsEngine
from newsexport.engines.hibari import HibariEngine
from newsexport.engines.openai import OpenAIEngine
from newsexport.engines.piper import PiperEngine
from newsexport.engines.silent import SilentEngine
from newsexport.exporters.audio import AudioExporter
from newsexport.exporters.epub.exporter import EpubExporter
from newsexport.exporters.json import JsonExporter
from newsexport.exporters.pdf.exporter import PdfExporter
from newsexport.exporters.readaloud import ReadAloudExporter
from newsexport.exporters.script import ScriptExporter
from newsexport.exporters.text import TextExporter
from newsexport.net.client import Client
from newsexport.protocols import (
    Auditions,
    ChecksReadiness,
    Exporter,
    HasVoices,
    NamesParts,
    ReadsEditions,
    Source,
    SpeaksMany,
    SpeechEngine,
    TellsSpeaker,
    Web,
)
from newsexport.sources.address_list import AddressListSource, BookmarksSource, OpmlSource, SitemapSource
from newsexport.sources.archive import ArchiveSource
from newsexport.sources.book import BookSource
from newsexport.sources.document import DocumentSource
from newsexport.sources.edition import EditionSource, ScriptSource
from newsexport.sources.feed import FeedSource, JsonFeedSource
from newsexport.sources.mail import MailSource
from newsexport.sources.markdown import MarkdownSource
from newsexport.sources.page import MhtmlSource, PageSource, WebArchiveSource
from newsexport.sources.saved import SavedCsvSource, SavedJsonSource
from newsexport.sources.text import TextSource

SOURCES: tuple[Source, ...] = (
    TextSource(),
    MarkdownSource(),
    EditionSource(),
    PageSource(),
    FeedSource(),
    JsonFeedSource(),
    OpmlSource(),
    AddressListSource(),
    SitemapSource(),
    SavedJsonSource(),
    SavedCsvSource(),
    BookmarksSource(),
    ArchiveSource(),
    MailSource(),
    MhtmlSource(),
    WebArchiveSource(),
    BookSource(),
    DocumentSource(),
    ScriptSource(),
)
EXPORTERS: tuple[Exporter, ...] = (
    EpubExporter(),
    TextExporter(),
    JsonExporter(),
    AudioExporter(),
    ReadAloudExporter(),
    PdfExporter(),
    ScriptExporter(),
)
ENGINES: tuple[SpeechEngine, ...] = (
    EspeakEngine(),
    HibariEngine(),
    EdgeEngine(),
    GttsEngine(),
    OpenAIEngine(),
    CommandEngine(),
    PiperEngine(),
    SilentEngine(),
)

READING_EDITIONS: tuple[ReadsEditions, ...] = (EditionSource(), ScriptSource())
WITH_VOICES: tuple[HasVoices, ...] = (
    EspeakEngine(),
    HibariEngine(),
    EdgeEngine(),
    GttsEngine(),
    OpenAIEngine(),
    PiperEngine(),
)
AUDITIONING: tuple[Auditions, ...] = (EspeakEngine(), HibariEngine(), GttsEngine(), PiperEngine())
TELLING: tuple[TellsSpeaker, ...] = (
    EspeakEngine(),
    HibariEngine(),
    EdgeEngine(),
    GttsEngine(),
    OpenAIEngine(),
    PiperEngine(),
)
CHECKING: tuple[ChecksReadiness, ...] = (
    EspeakEngine(),
    HibariEngine(),
    EdgeEngine(),
    GttsEngine(),
    OpenAIEngine(),
    CommandEngine(),
    PiperEngine(),
)
WITH_MANY: tuple[SpeaksMany, ...] = (EdgeEngine(), GttsEngine(), OpenAIEngine())
WITH_PARTS: tuple[NamesParts, ...] = (AudioExporter(),)
WEBS: tuple[Web, ...] = (OfflineWeb(), Client())


def test_no_plug_in_of_ours_is_missing_above() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    announced = {path for group in project["project"]["entry-points"].values() for path in group.values()}
    checked = {f"{type(one).__module__}:{type(one).__name__}" for one in (*SOURCES, *EXPORTERS, *ENGINES)}
    assert announced == checked


def test_what_a_plug_in_can_do_besides_is_seen_by_its_methods() -> None:
    assert [one for one in SOURCES if isinstance(one, ReadsEditions)] == list(READING_EDITIONS)
    assert [one for one in ENGINES if isinstance(one, HasVoices)] == list(WITH_VOICES)
    assert [one for one in ENGINES if isinstance(one, ChecksReadiness)] == list(CHECKING)
    assert [one for one in ENGINES if isinstance(one, Auditions)] == list(AUDITIONING)
    assert [one for one in ENGINES if isinstance(one, TellsSpeaker)] == list(TELLING)
    assert [one for one in ENGINES if isinstance(one, SpeaksMany)] == list(WITH_MANY)
    assert [one for one in EXPORTERS if isinstance(one, NamesParts)] == list(WITH_PARTS)
