"""``newsexport lexicon``: pronunciations on their way from and to other programs."""

import json
from pathlib import Path

import pytest
from lxml import etree
from tests.newsexport.cli.cli_runs import newsexport

from spokenform.lexicon import read

NAMES = """
[[entry]]
word = "Wexcombe"
spoken = "Wex-kum"
language = "en"

[[entry]]
phrase = "Tarn Bridge"
ipa = "ˌtɑːn ˈbɹɪdʒ"
language = "en-GB"

[[entry]]
word = "Lindenau"
spoken = "Lindeno"
language = "de"
"""


@pytest.fixture
def names(tmp_path: Path) -> Path:
    file = tmp_path / "names.toml"
    file.write_text(NAMES, "utf-8")
    return file


def test_a_list_becomes_a_pls_that_others_can_read(names: Path, tmp_path: Path) -> None:
    target = tmp_path / "names.pls"
    done = newsexport("lexicon", str(names), "--language", "en-GB", "-o", str(target))
    assert (done.exit_code, done.stdout) == (0, f"{target}\n")
    root = etree.parse(target).getroot()
    assert root.get("alphabet") == "ipa"
    graphemes = [element.text for element in root.iter("{*}grapheme")]
    assert graphemes == ["Wexcombe", "Tarn Bridge"]


def test_a_pls_becomes_a_list_again(names: Path, tmp_path: Path) -> None:
    newsexport("lexicon", str(names), "--language", "de", "-o", str(tmp_path / "de.pls"))
    done = newsexport("lexicon", str(tmp_path / "de.pls"), "-o", str(tmp_path / "back.toml"))
    assert done.exit_code == 0
    assert [entry.written for entry in read(tmp_path / "back.toml").entries] == ["Lindenau"]


def test_the_later_file_is_the_stronger(names: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text('[[entry]]\nword = "Wexcombe"\nspoken = "Wexcoom"\nlanguage = "en"\n', "utf-8")
    told = newsexport("lexicon", str(names), str(other), "--json", "--language", "en").stdout.splitlines()
    said = [entry["spoken"] for line in told if (entry := json.loads(line)).get("written") == "Wexcombe"]
    assert said[-1] == "Wexcoom"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["missing.toml"], "missing.toml: No such file"),
        (["names.toml", "-o", "all.pls"], "all.pls: a PLS is in one language; give --language"),
        (["names.toml", "--language", "no tag"], "--language: expected a tag"),
    ],
)
def test_what_cannot_be_meant_is_told_in_one_line(
    arguments: list[str], message: str, names: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(names.parent)
    done = newsexport("lexicon", *arguments)
    assert done.exit_code == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
