"""The date as it is printed under a masthead and beside a byline, and as it is announced."""

from datetime import date

from newsexport.languages import primary

# Month names of the languages in which a date with a name reads the same everywhere.
# fmt: off
MONTHS = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August",
           "September", "October", "November", "December"),
    "de": ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August",
           "September", "Oktober", "November", "Dezember"),
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
           "septembre", "octobre", "novembre", "décembre"),
    "es": ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
           "septiembre", "octubre", "noviembre", "diciembre"),
    "it": ("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto",
           "settembre", "ottobre", "novembre", "dicembre"),
    "nl": ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
           "september", "oktober", "november", "december"),
    "pt": ("janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto",
           "setembro", "outubro", "novembro", "dezembro"),
}
DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    "it": ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"),
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "pt": ("segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado",
           "domingo"),
}
# fmt: on
PATTERNS = {
    "de": "{day}. {month} {year}",
    "es": "{day} de {month} de {year}",
    "pt": "{day} de {month} de {year}",
}
# The first of a month, where it is an ordinal and the other days are not. Brazil writes 1º,
# Portugal 1; the ordinal is understood in both.
FIRST = {"fr": "1er", "it": "1º", "pt": "1º"}


def dateline(day: date, language: str) -> str:
    """``23 November 2026`` in the languages we know the months of, ISO 8601 in all others.

    The system's locales are not asked: they differ from machine to machine.
    """
    tag = primary(language)
    if tag not in MONTHS:
        return day.isoformat()
    pattern = PATTERNS.get(tag, "{day} {month} {year}")
    number = FIRST.get(tag, "1") if day.day == 1 else day.day
    return pattern.format(day=number, month=MONTHS[tag][day.month - 1], year=day.year)


def spoken_dateline(day: date, language: str) -> str:
    """``Monday, 23 November 2026``; without the day of the week where we do not know its name."""
    names = DAYS.get(primary(language))
    return f"{names[day.weekday()]}, {dateline(day, language)}" if names else dateline(day, language)
