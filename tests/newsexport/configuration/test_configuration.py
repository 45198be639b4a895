"""A configuration: every fault with its line, all at once, and no secret told."""

import json
import sys
from collections.abc import Iterator
from datetime import time
from pathlib import Path

import jsonschema
import keyring
import pytest
from keyrings.alt.file import PlaintextKeyring
from typer.testing import CliRunner

from newsexport import assets
from newsexport.cli.app import app
from newsexport.configuration.document import ConfigurationError, parsed, read
from newsexport.configuration.first_configuration import FirstConfiguration, written
from newsexport.configuration.names import known_names
from newsexport.configuration.option_kinds import parse_value
from newsexport.configuration.plan import Plan, PlannedSection
from newsexport.configuration.planning import plan_of, read_services
from newsexport.configuration.schema import schema
from newsexport.delivery.deliver import ToCrossPoint, ToDevice, ToFolder, ToMail, ToRemarkable, ToWebdav
from newsexport.errors import UsageError
from newsexport.library.issue import FeedContents
from newsexport.library.timetable import DAYS, Timetable
from newsexport.net.secrets import FromCommand, FromEnvironment, FromKeyring, Literal, revealed, secret
from newsexport.sources.services.miniflux import Miniflux
from newsexport.sources.services.readeck import Readeck
from newsexport.sources.services.wallabag import Wallabag

WHOLE = """
[library]
folder = "lib"
base = "https://paper.example.org"

[serve]
lan = true
port = 8000
base = "https://paper.example.org/news"
mdns = true
connections = 20

[paper.morning]
title = "The Morning"
guid = "f14723e4-a6bb-4d80-9a77-39d3f5d6ee18"
timezone = "Europe/Berlin"
sources = ["articles", "https://example.org/feed.xml"]
since = "24h"
minutes = 25
allow_host = ["paper.local"]
keep = 14
at = "6:15"
on = "mon, thu"

[paper.morning.epub]
for = "kobo"

[paper.morning.audio]
engine = "espeak"
bitrate = 96
transcript = ["vtt", "srt"]
pauses.article = 3

[[paper.morning.section]]
title = "World"
sources = ["https://example.org/world.xml"]
max_articles = 5

[[paper.morning.deliver]]
by = "device"
keep = 7

[[paper.morning.deliver]]
by = "folder"
path = "sync"

[[paper.morning.deliver]]
by = "mail"
to = "reader@kindle.example"
sender = "ada@example.org"
host = "smtp.example.org"
password = { env = "SMTP_PASSWORD" }

[[paper.morning.deliver]]
by = "crosspoint"
address = "http://10.0.0.5"
keep = 7

[[paper.morning.deliver]]
by = "remarkable"
folder = "News"

[[paper.morning.deliver]]
by = "webdav"
address = "https://cloud.example.org/dav"
user = "ada"
password = { env = "WEBDAV_PASSWORD" }
formats = ["epub"]

[service.miniflux]
address = "https://flux.example/reader"
token = { env = "MINIFLUX_TOKEN" }

[service.saved-pages]
kind = "wallabag"
address = "http://wallabag.local"
unencrypted = true
client = "1_abc"
client_secret = { keyring = "wallabag/client" }
user = "ada"
password = { command = ["pass", "wallabag"] }
"""


def planned(text: str) -> Plan:
    return plan_of(parsed(text, "newsexport.toml", Path("/papers")), known_names())


def faults(text: str) -> list[str]:
    with pytest.raises(ConfigurationError) as refused:
        planned(text)
    return str(refused.value).splitlines()


def test_everything_that_can_be_said_is_understood() -> None:
    plan = planned(WHOLE)
    paper = plan.papers["morning"]
    assert (plan.library.place, plan.library.base) == ("/papers/lib", "https://paper.example.org/")
    assert (paper.paper.title, paper.timezone, paper.keep.issues) == ("The Morning", "Europe/Berlin", 14)
    assert paper.sections == (
        PlannedSection("", ("/papers/articles", "https://example.org/feed.xml")),
        PlannedSection("World", ("https://example.org/world.xml",), {"max_articles": 5}),
    )
    assert plan.serve == {
        "lan": True,
        "port": 8000,
        "base": "https://paper.example.org/news",
        "mdns": True,
        "connections": 20,
    }
    assert paper.options == {"since": "24h", "minutes": 25.0, "allow_host": ("paper.local",)}
    assert paper.paper.timetable == Timetable(time(6, 15), ("mon", "thu"))
    assert paper.formats["epub"] == {"for": "kobo"}
    assert paper.formats["audio"]["pauses.article"] == 3
    assert [str(kind) for kind in paper.formats["audio"]["transcript"]] == ["vtt", "srt"]  # type: ignore[attr-defined]
    assert tuple(place.destination for place in paper.deliver) == (
        ToDevice(keep=7),
        ToFolder(Path("/papers/sync")),
        ToMail(
            "reader@kindle.example",
            "ada@example.org",
            "smtp.example.org",
            password=FromEnvironment("SMTP_PASSWORD"),
        ),
        ToCrossPoint("http://10.0.0.5", keep=7),
        ToRemarkable(folder="News"),
        ToWebdav("https://cloud.example.org/dav", "ada", FromEnvironment("WEBDAV_PASSWORD"), ("epub",)),
    )


def test_places_are_told_from_each_other_by_name_or_address() -> None:
    named = WHOLE.replace('by = "crosspoint"', 'by = "crosspoint"\nname = " Bedside "')
    assert planned(named).papers["morning"].deliver[3].told == "Bedside"
    twice = '[[paper.morning.deliver]]\nby = "mail"\nsender = "a@b.example"\nhost = "h"\nto = "{}"\n'
    again = WHOLE + twice.format("reader@Kindle.example")
    with pytest.raises(ConfigurationError, match=r"deliver\[7\]: is the same place as another, mail reader@"):
        planned(again)
    planned(again + 'name = "second"')
    with pytest.raises(ConfigurationError, match=r"deliver\[7\].name: another place is called 'Bedside'"):
        planned(named + twice.format("c@d.example") + 'name = "Bedside"')
    with pytest.raises(ConfigurationError, match=r"deliver\[4\].name: expected a name in one line"):
        planned(named.replace("Bedside", "Bed\\nside"))
    unnamed = twice.format("c@d.example") + 'name = "mail e@f.example"\n' + twice.format("e@f.example")
    with pytest.raises(ConfigurationError, match=r"another place is called 'mail e@f.example'"):
        planned(WHOLE + unnamed)
    with pytest.raises(ConfigurationError, match=r"deliver\[1\].keep: at least 1 must be kept"):
        planned(WHOLE.replace("keep = 7", "keep = 0", 1))
    for path in ('path = "sync"', 'folder = "lib"'):
        key, _, _ = path.partition(" ")
        with pytest.raises(ConfigurationError, match=rf"\.{key}: "):
            planned(WHOLE.replace(path, f'{key} = "a\\u0000b"'))
    bare = planned(WHOLE.replace('"http://10.0.0.5"', '"10.0.0.5:8080"')).papers["morning"].deliver[3]
    assert bare.told == "crosspoint http://10.0.0.5:8080/newsexport"
    folder = '[[paper.morning.deliver]]\nby = "folder"\npath = "sync"\nformats = ["mp3"]\n'
    assert len(planned(WHOLE + folder).papers["morning"].deliver) == 7


def test_services_are_called_after_their_kind_or_tell_it() -> None:
    assert planned(WHOLE).services == {
        "miniflux": Miniflux("https://flux.example/reader", FromEnvironment("MINIFLUX_TOKEN")),
        "saved-pages": Wallabag(
            "http://wallabag.local",
            "1_abc",
            FromKeyring("wallabag", "client"),
            "ada",
            FromCommand(("pass", "wallabag")),
            unencrypted=True,
        ),
    }


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("[service.miniflux]", "[service.minflux]", "service.minflux.kind: there is no kind 'minflux'"),
        ('kind = "wallabag"', 'kind = "pocket"', "service.saved-pages.kind: there is no kind 'pocket'"),
        ('user = "ada"', 'name = "ada"', "service.saved-pages.name: there is no such key"),
        ('client = "1_abc"', "", "service.saved-pages: needs client"),
        ("[service.miniflux]", "[service.x]", "service.x: expected a name of two or more"),
        ("[service.saved-pages]", "[service.inbox]", "service.inbox: needs another name"),
        ('{ env = "MINIFLUX_TOKEN" }', "7", "service.miniflux.token: expected {"),
    ],
)
def test_a_fault_of_a_service_is_told_with_its_key(right: str, wrong: str, told: str) -> None:
    assert any(told in fault for fault in faults(WHOLE.replace(right, wrong)))


def test_the_services_of_a_file_are_read_without_its_papers(tmp_path: Path) -> None:
    file = tmp_path / "newsexport.toml"
    file.write_text(
        '[paper.x]\nsources = 7\n[service.readeck]\naddress = "https://r.example"\ntoken = "canary-9"\n'
    )
    file.chmod(0o600)
    assert read_services(file) == {"readeck": Readeck("https://r.example", Literal("canary-9"))}
    assert "canary" not in repr(read_services(file))
    file.chmod(0o644)
    with pytest.raises(ConfigurationError, match=r"service.readeck.token: others can read this file"):
        read_services(file)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (
            'title = "The Morning"',
            "newsexport.toml:14: paper.morning.titel: there is no such key; do you mean title?",
        ),
        ("minutes = 25", "newsexport.toml:19: paper.morning.minutes: expected a number"),
        ('for = "kobo"', "newsexport.toml:26: paper.morning.epub.for: 'koob' is not one of generic, kindle"),
        ("bitrate = 96", "newsexport.toml:30: paper.morning.audio.bitrate: expected a whole number"),
        (
            "pauses.article = 3",
            "newsexport.toml:32: paper.morning.audio.pauses.artikel: there is no such key",
        ),
        (
            "max_articles = 5",
            "newsexport.toml:37: paper.morning.section[1].max_articles: expected a whole number",
        ),
        ('by = "folder"', "newsexport.toml:44: paper.morning.deliver[2].by: expected device, folder, mail, "),
        ('address = "http://10.0.0.5"', "newsexport.toml:56: paper.morning.deliver[4].address: expected an"),
        ('at = "6:15"', "newsexport.toml:22: paper.morning.at: expected a time such as 06:30, not '24:15'"),
        (
            'on = "mon, thu"',
            "newsexport.toml:23: paper.morning.on: expected daily, weekdays, weekends or days",
        ),
        ("lan = true", "newsexport.toml:7: serve.lan: expected true or false"),
        ("port = 8000", "newsexport.toml:8: serve.port: expected 65535 or less"),
        (
            'base = "https://paper.example.org/news"',
            "newsexport.toml:9: serve.base: 'https://a/?b' is no address",
        ),
        (
            'base = "https://paper.example.org"\n',
            "newsexport.toml:4: library.base: 'https://a/#b' is no address",
        ),
        ("mdns = true", "newsexport.toml:10: serve.token: there is no such key"),
        ("connections = 20", "newsexport.toml:11: serve.connections: expected 1 or more"),
        ('timezone = "Europe/Berlin"', "newsexport.toml:16: paper.morning.timezone: expected a name such as"),
    ],
)
def test_a_fault_is_told_with_its_line_and_key(wrong: str, told: str) -> None:
    harms = {
        'title = "The Morning"': 'titel = "The Morning"',
        "minutes = 25": 'minutes = "a few"',
        'for = "kobo"': 'for = "koob"',
        "bitrate = 96": "bitrate = 96.5",
        "pauses.article = 3": "pauses.artikel = 3",
        "max_articles = 5": "max_articles = true",
        'by = "folder"': 'by = "pigeon"',
        'at = "6:15"': 'at = "24:15"',
        'on = "mon, thu"': 'on = "mondays and so on"',
        "lan = true": 'lan = "everybody"',
        "port = 8000": "port = 65536",
        'address = "http://10.0.0.5"': 'address = "ftp://10.0.0.5"',
        'base = "https://paper.example.org/news"': 'base = "https://a/?b"',
        'base = "https://paper.example.org"\n': 'base = "https://a/#b"\n',
        "mdns = true": 'token = "canary"',
        "connections = 20": "connections = 0",
        'timezone = "Europe/Berlin"': 'timezone = "Mars/Olympus"',
    }
    (fault,) = faults(WHOLE.replace(wrong, harms[wrong]))
    assert fault.startswith(told)


def test_a_number_has_the_bounds_of_the_option_of_its_name() -> None:
    (fault,) = faults(WHOLE.replace("max_articles = 5", "max_articles = 0"))
    assert fault.endswith("paper.morning.section[1].max_articles: expected 1 or more")


def test_a_server_is_announced_only_where_others_reach_it() -> None:
    (fault,) = faults(WHOLE.replace("lan = true", "lan = false"))
    assert fault.startswith("newsexport.toml:10: serve.mdns: needs lan = true")


@pytest.mark.parametrize("table", ["library", "serve"])
@pytest.mark.parametrize(
    "address",
    [
        "paper.example.org",
        "ftp://a/",
        "https://",
        "https://a/?b",
        "https://a/?",
        "https://a b/",
        "https://me@a/",
        "https://a:70000/",
        "https://ä/",
    ],
)
def test_what_is_no_address_is_none_in_either_table(table: str, address: str) -> None:
    line, written_before = {"library": (4, ".org"), "serve": (9, ".org/news")}[table]
    before = f'base = "https://paper.example{written_before}"\n'
    (fault,) = faults(WHOLE.replace(before, f'base = "{address}"\n'))
    assert fault.startswith(f"newsexport.toml:{line}: {table}.base: {address!r} is no address")


def test_a_language_is_a_tag() -> None:
    (fault,) = faults(WHOLE.replace("sources", 'language = "German!"\nsources', 1))
    assert (
        fault
        == "newsexport.toml:17: paper.morning.language: expected a tag such as en or pt-BR, not 'German!'"
    )


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ('feed = "both"', []),
        ('feed = "Articles"', []),
        ('feed = "issues"\n[paper.m.audio]\nsplit = "section"', []),
        (
            'feed = "sections"',
            ["newsexport.toml:3: paper.m.feed: 'sections' is not one of issues, articles, both"],
        ),
        (
            'feed = "both"\nformats = ["epub"]',
            ['newsexport.toml:3: paper.m.feed: both are heard; they need the format "audio"'],
        ),
        (
            'feed = "articles"\n[paper.m.audio]\nsplit = "section"',
            [
                'newsexport.toml:5: paper.m.audio.split: goes without saying where feed = "articles"; leave it out'
            ],
        ),
    ],
)
def test_a_feed_of_articles_needs_their_sound_and_says_how_that_is_split(
    told: str, expected: list[str]
) -> None:
    sound = "" if "audio" in told or "formats" in told else "\n[paper.m.audio]"
    text = f'[paper.m]\nsources = ["a.md"]\n{told}{sound}\n'
    assert faults(text) == expected if expected else planned(text).papers["m"].paper.feed in set(FeedContents)


def test_all_faults_are_told_at_once() -> None:
    assert (
        len(faults(WHOLE.replace("minutes = 25", "minuets = 25").replace("bitrate = 96", "bitrate = []")))
        == 2
    )


def test_a_paper_needs_sources_and_a_file_a_paper() -> None:
    assert "needs sources" in faults('[paper.x]\ntitle = "X"\n')[0]
    assert "no paper is planned" in faults("")[0]
    assert "at least 1" in faults('[paper.x]\nsources = ["a"]\nkeep = 0\n')[0]


@pytest.mark.parametrize("key", ["con", "aux", "nul", "com1"])
def test_a_paper_is_called_as_folders_can_be_on_every_system(key: str) -> None:
    (fault,) = faults(f'[paper.{key}]\nsources = ["a"]\n')
    assert f"paper.{key}: needs another name" in fault
    assert planned(f'[paper.{key}-paper]\nsources = ["a"]\n').papers


def test_a_mark_that_an_editor_puts_before_a_file_is_no_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "newsexport.toml"
    path.write_bytes('[paper.x]\r\nsources = ["ä"]\r\n'.encode("utf-8-sig"))
    assert plan_of(read(path), known_names()).papers["x"].sections == (
        PlannedSection("", (str(tmp_path / "ä"),)),
    )


def test_days_need_a_time_and_a_time_a_text() -> None:
    beginning = '[paper.x]\nsources = ["a"]\n'
    assert faults(f'{beginning}on = "mon"\n') == [
        "newsexport.toml:3: paper.x.on: needs at: a time of day such as 06:30"
    ]
    assert faults(f"{beginning}at = 06:30:00\n") == [
        "newsexport.toml:3: paper.x.at: expected a text in quotes"
    ]
    told = planned(f'{beginning}at = "06:30"\n').papers["x"]
    assert told.paper.timetable == Timetable(time(6, 30), DAYS)
    assert planned(beginning).papers["x"].paper.timetable is None


def test_what_is_no_toml_is_told_with_its_line() -> None:
    with pytest.raises(ConfigurationError, match=r"newsexport.toml: .*line 2"):
        planned("[paper.x]\nsources = [1 2]\n")


def test_lines_of_long_texts_are_no_keys() -> None:
    (fault,) = faults('[paper.x]\ndescription = """\nkeep = 5\n"""\nsources = ["a"]\nkeep = "b"\n')
    assert fault.startswith("newsexport.toml:6: paper.x.keep")


def test_a_password_in_a_file_that_others_can_read_is_refused_and_not_told(tmp_path: Path) -> None:
    text = WHOLE.replace('{ env = "SMTP_PASSWORD" }', '"canary-4711"')
    file = tmp_path / "newsexport.toml"
    file.write_text(text)
    file.chmod(0o644)
    with pytest.raises(ConfigurationError, match="others can read this file") as refused:
        plan_of(parsed(text, str(file), tmp_path), known_names())
    assert "canary" not in str(refused.value)
    file.chmod(0o600)
    plan = plan_of(parsed(text, str(file), tmp_path), known_names())
    assert "canary" not in repr(plan)


def test_secrets_come_from_where_they_are_kept() -> None:
    assert revealed(FromEnvironment("X"), {"X": "y"}) == "y"
    assert (
        revealed(secret({"command": [sys.executable, "-c", "print('from a program')"]})) == "from a program"
    )
    assert revealed(Literal("here")) == "here"
    with pytest.raises(UsageError, match="variable NOWHERE is not set"):
        revealed(FromEnvironment("NOWHERE"), {})
    with pytest.raises(UsageError, match="printed no password"):
        revealed(FromCommand(("false",)))
    with pytest.raises(ValueError, match="expected"):
        secret({"env": "X", "command": "y"})


def test_the_schema_takes_what_we_take_and_nothing_else() -> None:
    import tomllib

    told = schema(known_names())
    jsonschema.Draft202012Validator.check_schema(told)
    jsonschema.validate(tomllib.loads(WHOLE), told)
    for harm in (
        ('title = "The Morning"', 'titel = "x"'),
        ("bitrate = 96", 'bitrate = "x"'),
        ('by = "folder"', 'by = "x"'),
        ("port = 8000", "port = 65536"),
        ("mdns = true", 'token = "x"'),
        ('kind = "wallabag"', 'kind = "x"'),
        ('user = "ada"', "user = 7"),
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(tomllib.loads(WHOLE.replace(*harm)), told)
    assert json.dumps(told)


def test_the_schema_that_is_published_is_the_one_that_is_printed() -> None:
    """After a change: ``newsexport init --schema > assets/newsexport.schema.json``."""
    printed = CliRunner().invoke(app, ["init", "--schema"]).stdout
    assert assets.read("newsexport.schema.json").decode() == printed
    assert json.loads(printed) == schema(known_names())


@pytest.mark.parametrize("deliver", ["", "device", "folder", "mail", "crosspoint", "remarkable", "webdav"])
@pytest.mark.parametrize("formats", [["epub"], ["audio"], ["epub", "audio", "text"]])
@pytest.mark.parametrize("title", ["The Morning", 'A "quoted" \\ title\nin lines', "Утро"])
def test_what_init_writes_can_be_read(deliver: str, formats: list[str], title: str) -> None:
    beginning = FirstConfiguration(
        "morning",
        title,
        "f14723e4-a6bb-4d80-9a77-39d3f5d6ee18",
        ['feeds "a".opml'],
        {name: {} for name in formats},
        deliver=deliver,
    )
    paper = planned(written(beginning)).papers["morning"]
    assert paper.paper.title == title
    assert list(paper.formats) == formats or set(paper.formats) == set(formats)
    assert len(paper.deliver) == bool(deliver)


@pytest.fixture
def ring(tmp_path: Path) -> Iterator[PlaintextKeyring]:
    """A keyring of its own in the place of the user's."""
    before, own = keyring.get_keyring(), PlaintextKeyring()
    own.file_path = str(tmp_path / "ring.cfg")
    keyring.set_keyring(own)
    yield own
    keyring.set_keyring(before)


def test_a_password_is_read_from_the_keyring(ring: PlaintextKeyring) -> None:
    ring.set_password("smtp", "ada", "in the ring")
    assert revealed(secret({"keyring": "smtp/ada"})) == "in the ring"
    with pytest.raises(UsageError, match=r"^the keyring has nothing for smtp/bob$"):
        revealed(secret({"keyring": "smtp/bob"}))


def test_an_option_of_several_kinds_takes_each() -> None:
    assert [parse_value(value, int | str | None, Path()) for value in (3, "x")] == [3, "x"]
    with pytest.raises(TypeError, match="expected a text in quotes"):
        parse_value([], int | str | None, Path())


def test_sources_start_from_the_folder_of_the_file_and_addresses_stay_as_they_are() -> None:
    sources = [
        "in",
        "in/*.md",
        "/elsewhere/in",
        "~/in",
        "-",
        "https://a.example/feed.xml",
        "a.example/feed.xml",
        "miniflux:category/News",
    ]
    paper = planned(f"[paper.a]\nsources = {sources}\ntext = {{}}\n").papers["a"]
    assert paper.sections[0].sources == ("/papers/in", "/papers/in/*.md", *sources[2:])
