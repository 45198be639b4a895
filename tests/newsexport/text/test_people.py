"""Names of people, free of what is glued to them."""

import pytest

from newsexport.text.people import is_byline, people_in


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("By Ada FennTwitter", ["Ada Fenn"]),
        ("Ada Fenn Staff Writer", ["Ada Fenn"]),
        ("Ada Fenn, Senior Political Correspondent", ["Ada Fenn"]),
        ("By Ada Fenn and 3 others", ["Ada Fenn"]),
        ("Ada Fenn + 2 more", ["Ada Fenn"]),
        ("Von Ada Fenn und Bo Lind", ["Ada Fenn", "Bo Lind"]),
        ("Par Ada Fenn et Bo Lind, publié le 18 novembre 2025", ["Ada Fenn", "Bo Lind"]),
        ("Written by Ada Fenn, Bo Lind & Cy Dow", ["Ada Fenn", "Bo Lind", "Cy Dow"]),
        ("Ada Fenn, Ph.D.", ["Ada Fenn, Ph.D."]),
        ("Ada Fenn, Staff Writer, and Bo Lind, Editor", ["Ada Fenn", "Bo Lind"]),
        ("By Ada Fenn | 18 November 2025", ["Ada Fenn"]),
        ("By Ada Fenn Updated 18 November 2025", ["Ada Fenn"]),
        ("Ada Fenn in Skerry", ["Ada Fenn"]),
        ("Text: Ada Fenn", ["Ada Fenn"]),
        ("作者：林晓", ["林晓"]),
        ("記者・林 晓", ["林 晓"]),
        ("автор: Ада Фенн", ["Ада Фенн"]),
        ("Center for Sea Evaluation and Research", ["Center for Sea Evaluation and Research"]),
        ("Van Morrison", ["Van Morrison"]),
        ("Twitter", []),
        ("TwitterNews", []),
        ("undefined", []),
        ("By", []),
        ("ada@gazette.example", []),
        ("BY ADA FENN, BO LIND AND CY ODE", ["ADA FENN", "BO LIND", "CY ODE"]),
        ("Ada Fenn, Skerry", ["Ada Fenn"]),
        ("Maria & Katerina", ["Maria", "Katerina"]),
        ("Photo: Bo Lind", []),
        ("記者林晓／台北報導", ["林晓"]),
        ("홍길동 기자 hong@gazette.example", ["홍길동"]),
        ("द्वारा राम शर्मा", ["राम शर्मा"]),
        ("โดย สมชาย ใจดี", ["สมชาย ใจดี"]),
        ("بقلم: أحمد علي", ["أحمد علي"]),
        ("Text: Ada Fenn Foto: Bo Lind", ["Ada Fenn"]),
        ("Ein Kommentar von Ada Fenn", ["Ada Fenn"]),
        ("Ada Fenn (dpa)", ["Ada Fenn"]),
        ("Ada Fenn, Associated Press", ["Ada Fenn"]),
        ("Associated Press", ["Associated Press"]),
        ("Ada M. Fenn, M.D., M.P.H.", ["Ada M. Fenn, M.D., M.P.H."]),
        ("Fenn, Ada", ["Fenn, Ada"]),
        ("Ursula von der Leyen", ["Ursula von der Leyen"]),
        ("Publicada por Mariana Teles à(s) 08:12", ["Mariana Teles"]),
        ("Eingestellt von Ada Fenn um 08:12", ["Ada Fenn"]),
        ("Publié par Ada Fenn à 08:12", ["Ada Fenn"]),
        ("Pubblicato da Ada Fenn alle 08:12", ["Ada Fenn"]),
        ("Gepost door Ada Fenn op 08:12", ["Ada Fenn"]),
        ("投稿者 佐江木玲 時刻: 8:12", ["佐江木玲"]),
        ("文：佐江木玲 編集委員・大田陸", ["佐江木玲", "大田陸"]),
        ("ジョン・スミス", ["ジョン・スミス"]),
        ("本报记者 陈明、李华", ["陈明", "李华"]),
        ("홍길동 선임기자 hong@x.kr", ["홍길동"]),
        ("By Ada Fenn, MD*", ["Ada Fenn, MD"]),
        ("Bo Lind, MD & Ada Fenn, PhD", ["Bo Lind, MD", "Ada Fenn, PhD"]),
    ],
)
def test_a_name_is_freed_of_what_is_glued_to_it(line: str, people: list[str]) -> None:
    assert list(people_in(line)) == people


@pytest.mark.parametrize(
    "line",
    [
        "By Ada Fenn",
        "Ada Fenn · 18 November 2025 · 3 min read",
        "By Ada Fenn, Staff Writer",
        "Updated 1 December 2025. Posted 18 November 2025 at 14:05 GMT",
        "Tuesday, Nov. 18, 2025 2:05 p.m.",
        "Dienstag, 18. November 2025, 14:05 Uhr",
        "发布于2025年11月18日 10:05",
        "Publié le 18 novembre 2025 à 14h05",
        "Publié le 18 novembre 2025 à 14h05, mis à jour le 19 novembre 2025 à 9h00",
        "Par Ada Fenn (avec AFP)",
        "Von Ada Fenn und Bo Lind, Skerry\nStand: 18.11.2025, 18:45 Uhr · Lesezeit: 3 Min.",
        "Por Ada Fenn — Porto Novo",
        "18/11/2025 14h05 Atualizado há 2 dias",
        "BY ADA FENN, CHIEF REPORTER",
        "Door Ada Fenn en Bo Lind",
        "社会佐江木玲 編集委員・大田陸2026年3月4日 8時12分",
        "記者 佐江木玲、大田陸",
        "2026年3月4日 8時12分",
    ],
)
def test_a_line_of_names_and_dates_is_one(line: str) -> None:
    language = "de" if "Uhr" in line else "pt" if "dias" in line else ""
    names = (
        ("佐江木玲", "大田陸") if "陸" in line else ("Ada Fenn", "Bo Lind") if "Bo" in line else ("Ada Fenn",)
    )
    assert is_byline(line, names, language)


@pytest.mark.parametrize(
    "line",
    [
        "Ada Fenn resigned on 18 November 2025.",
        "On 18 November 2025 the wall fell.",
        "2026年3月4日、東水門は閉鎖された。",
        "2026年3月4日東水門閉鎖",
        "November",
        "By Tuesday",
        "Ada and the ferry",
        "Ada Fenn, Skerry",
        "By Ada Fenn, Skerry sails again",
        "Von Ada Fenn (sie kam als Erste)",
        "3 min",
        "2025",
    ],
)
def test_a_sentence_with_names_and_dates_is_none(line: str) -> None:
    assert not is_byline(line, ("Ada Fenn",), "en")
