"""Abbreviations of German, as patterns and what they stand for; the longer before the shorter."""

from __future__ import annotations

from spokenform.word_lists import pairs, shortened

_DAYS = pairs(
    """Mo = Montag; Di = Dienstag; Mi = Mittwoch; Do = Donnerstag; Fr = Freitag; Sa = Samstag; So = Sonntag"""
)


def _weekdays() -> tuple[tuple[str, str], ...]:
    """``Mo.-Fr.`` is Montag bis Freitag, ``Di., 3.5.`` Dienstag; alone they are too like other words."""
    short = "|".join(_DAYS)
    spans = [(rf"\b{day}\.?\s?[-–]\s?(?=(?:{short})\b)", f"{name} bis ") for day, name in _DAYS.items()]
    lasts = [(rf"(?:(?<=tag bis )|(?<=woch bis )){day}\b\.?", name) for day, name in _DAYS.items()]
    alone = [(rf"\b{day}\.(?=,?\s(?:\d|den\s\d))", name) for day, name in _DAYS.items()]
    # "Sa 9-14 Uhr" is a day only where hours follow.
    hours = [(rf"\b{day}\b\.?:?(?=\s\d[\d.:–-]*\sUhr)", name) for day, name in _DAYS.items()]
    until = [(rf"\b{day}\.(?=\sbis\s(?:{short})\b)", name) for day, name in _DAYS.items()]
    until += [
        (rf"(?:(?<=tag bis )|(?<=woch bis )|(?<=\b[aA]m )){day}\.", name) for day, name in _DAYS.items()
    ]
    dated = [(rf"\b{day}\b(?=,?\s\d{{1,2}}\.\s?(?:\d|[A-Z]))", name) for day, name in _DAYS.items()]
    listed = [(rf"\b{day}\b\.?(?=(?:,\s(?:{short})\b)+\s\d)", name) for day, name in _DAYS.items()]
    return (*listed, *spans, *lasts, *alone, *hours, *until, *dated)


def _places() -> tuple[tuple[str, str], ...]:
    """What tells towns of one name apart: ``Frankfurt a. M.``, ``Halle a. d. Saale``."""
    town = r"(?<=[a-zäöüß]\s)"
    return (
        (rf"{town}a\.\s?M\.", "am Main"),
        (rf"{town}a\.\s?Rh?\.", "am Rhein"),
        (rf"{town}o\.\s?d\.\s?T\.", "ob der Tauber"),
        (rf"{town}a\.\s?d\.\s?S\.", "an der Saale"),
        (rf"{town}a\.\s?d\.\s?D\.", "an der Donau"),
        (rf"{town}a\.\s?d\.\s?O\.", "an der Oder"),
        (rf"{town}i\.\s?Br\.", "im Breisgau"),
        (rf"{town}i\.\s?d\.\s?O(?:Pf)?\.", "in der Oberpfalz"),
        (rf"{town}i\.\s?Westf\.", "in Westfalen"),
        (rf"{town}v\.\s?d\.\s?H\.", "vor der Höhe"),
        (rf"{town}a\.\s?d\.\s?(?=[A-ZÄÖÜ][a-zäöü])", "an der "),
        (rf"{town}o\.\s?d\.\s?(?=[A-ZÄÖÜ][a-zäöü])", "ob der "),
        (rf"{town}v\.\s?d\.\s?(?=Höhe)", "vor der "),
        (r"\bv\.\s?d\.\s?(?=[A-ZÄÖÜ][a-zäöü])", "von der "),
        (rf"{town}i\.\s?d\.\s?(?=[A-ZÄÖÜ][a-zäöü])", "in der "),
        (rf"{town}a\.\s?(?=[A-ZÄÖÜ][a-zäöü]{{2}})", "am "),
        (rf"{town}b\.\s?(?=[A-ZÄÖÜ][a-zäöü]{{2}})", "bei "),
        (r"\bü\.\s?d\.\s?M\.", "über dem Meeresspiegel"),
        (r"\bü\.\s?NHN\b|\bü\.\s?NN\b\.?", "über Normalnull"),
    )


ABBREVIATIONS: tuple[tuple[str, str], ...] = (
    *shortened(
        """u. a. m. = und anderes mehr; n. V. = nach Verlängerung; i. E. = im Elfmeterschießen
        n. E. = nach Elfmeterschießen; d. M. = dieses Monats; d. J. = dieses Jahres"""
    ),
    (r"\bd\.(?=\s\d)", "des"),
    *_places(),
    *shortened(
        """i. H. v. = in Höhe von; v. l. n. r. = von links nach rechts; m. E. = meines Erachtens
        o. g. = oben genannt; z. Hd. = zu Händen; z. B. = zum Beispiel; u. a. = unter anderem
        d. h. = das heißt; i. d. R. = in der Regel; u. U. = unter Umständen; o. ä.|o. Ä. = oder ähnlich
        s. o. = siehe oben; s. u. = siehe unten; z. T. = zum Teil; v. a. = vor allem"""
    ),
    (r"\bz\.\s?Zt?\.|\bzzt\.", "zurzeit"),
    *shortened(
        """n. Chr. = nach Christus; v. Chr. = vor Christus; u. v. m.|uvm. = und vieles mehr
        i. V. = in Vertretung; a. D. = außer Dienst"""
    ),
    (r"\bDr\.(?:\s(?:med|dent|jur|phil|theol|oec|habil|h\.\s?c|rer\.\s?nat|rer\.\s?pol|iur)\.)+", "Doktor"),
    (r"\bDr\.", "Doktor"),
    (r"\b(?:BT-)?Drs\.(?=\s\d)", "Drucksache"),
    (r"(?<=\d )S\.(?=[,;)])", "Seiten"),
    (r"\bCa\.", "Circa"),
    (r"(?<=[\d½¼] )TL\b", "Teelöffel"),
    (r"(?<=[\d½¼] )EL\b", "Esslöffel"),
    (r"(?:(?<=1/2 )|(?<=½ ))(?:Std\.?|h\b)", "Stunde"),
    (r"\bPräs\.(?=\s[A-ZÄÖÜ])", "Präsident"),
    (r"(?<=[A-Z])\.(?=\d\b)", " "),
    (r"\bGr\.(?=\W|$)", "Große"),
    (r"\bzw\.(?=\s)", "zwischen"),
    (r"\bZw\.(?=\s)", "Zwischen"),
    (r"\bPkte?\.", "Punkte"),
    *shortened("Vj. = Vorjahr; Whg. = Wohnung"),
    (r"\bQ([1-4])(?:/|\s)(?=\d{4})", r"\1. Quartal "),
    (r"½ Mio\.?", "eine halbe Million"),
    (r"½ Mrd\.?", "eine halbe Milliarde"),
    (r"\b1 von (?=\d)", "einer von "),
    (r"(?<=Abs\.\s\d\s)S\.(?=\s\d)", "Satz"),
    (r"(?<=\d[a-z]\s)GG\b", "Grundgesetz"),
    (r"\bVors\.", "Vorsitzende"),
    (r"(?<=\d)\s?ff\.", " und folgende"),
    (r"(?<=\d)\s?f\.(?=\W|$)", " folgende"),
    (r"\bMwSt\.?", "Mehrwertsteuer"),
    (r"(?i:(?<=\bzwischen ))(-?\d[\d.,]*)\s?[-–]\s?(?=\d)", r"\1 und "),
    *shortened("jun.|jr. = junior; sen. = senior"),
    (r"\b([nN]ör|[sS]ü)dl\.(?=\s(?:Breite|Länge))", r"\1dlicher"),
    (r"\b([öÖ]|[wW]e)stl\.(?=\s(?:Breite|Länge))", r"\1stlicher"),
    (r"\b([nN]ör|[sS]ü)dl\.", r"\1dlich"),
    (r"\b([öÖ]|[wW]e)stl\.", r"\1stlich"),
    (r"\bMt\.(?=\s[A-Z])", "Mount"),
    (r"\bv\.\s?H\.", "von Hundert"),
    (r"\b([PL])[Kk][Ww](s?)\b", r"\1 K W\2"),
    (r"\bver\.di\b", "Verdi"),
    (r"\b([MS]|Tec)-?DAX\b", r"\1-Dax"),
    *shortened("gegr. = gegründet; verh. = verheiratet"),
    (r"\bled\.(?=\W|$)", "ledig"),
    *shortened("verst. = verstorben; Stellv. = Stellvertretender; stellv. = stellvertretender"),
    (r"\bJhd?t?s?\.", "Jahrhundert"),
    *shortened("Jhs. = Jahrhunderts; Verf. = Verfasser; Red. = Redaktion"),
    (r"\bBM(?=\s[A-Z])", "Bürgermeister"),
    (r"\bOB(?=\s[A-Z][a-z])", "O B"),
    (r"\bMrd\.-", "Milliarden-"),
    (r"\bMio\.-", "Millionen-"),
    *shortened(
        """Lfd.|lfd. = laufende; mtl.|monatl. = monatlich; tägl. = täglich; wöchentl. = wöchentlich
        div. = diverse; versch. = verschiedene; tlw. = teilweise; vorauss. = voraussichtlich
        o. J. = ohne Jahr; p. a. = pro Jahr; i. A. = im Auftrag; i. S. = im Sinne
        i. d. F. = in der Fassung; h. c. = honoris causa; e. V. = e V; Zi. = Zimmer; Einw. = Einwohner
        Mitgl. = Mitglieder"""
    ),
    (r"\bBRD\b", "B R D"),
    (r"\bdpa\b", "D P A"),
    (r"\bStGB\b", "Strafgesetzbuch"),
    (r"\bStPO\b", "Strafprozessordnung"),
    (r"\bStVO\b", "Straßenverkehrsordnung"),
    (r"(?<=\d\s)GG\b", "Grundgesetz"),
    (r"(?<=\d)\sSp\.", " Spielen"),
    *shortened("eig. = eigentlich; allg. = allgemein; geg. = gegen; dt. = deutsche; Fa. = Firma"),
    (r"\bHbf\b\.?", "Hauptbahnhof"),
    (r"\bBhf\b\.?", "Bahnhof"),
    *shortened("Prof. = Professor; Dipl. = Diplom; Ing. = Ingenieur; Hr. = Herr"),
    (r"\bFr\.(?=\s[A-Z])", "Frau"),
    (r"\bNrn?\.", "Nummer"),
    (r"\bSt\.(?=[\s-][A-Z])", "Sankt"),
    *shortened(
        """bzw. = beziehungsweise; usw. = und so weiter; etc. = et cetera; ca. = circa; vgl. = vergleiche"""
    ),
    (r"\bS\.(?=\s\d)", "Seite"),
    *shortened(
        """Abs. = Absatz; Art. = Artikel; Kap. = Kapitel; Bd. = Band; Abb. = Abbildung; inkl. = inklusive
        exkl. = exklusive; max. = maximal; mind. = mindestens"""
    ),
    (r"\bmin\.(?=\s\d)", "mindestens"),
    *shortened("evtl. = eventuell; ggf. = gegebenenfalls; sog. = sogenannte"),
    (r"\bgeb\.(?=\s[A-ZÄÖÜ][a-zäöü])", "geborene"),
    *shortened("geb. = geboren; Kfm. = Kaufmann"),
    (r"(?<=\w\s)u\.(?=\s[A-ZÄÖÜ])", "und"),
    (r"\bgest\.", "gestorben"),
    (r"(?<=[a-zß])str\.", "straße"),
    (r"\bStr\.", "Straße"),
    (r"(?<=[a-z])pl\.(?=\s\d)", "platz"),
    (r"\bTel\.:?", "Telefon"),
    (r"\bJh\.", "Jahrhundert"),
    (r"\bMin\.(?=\s|$)", "Minuten"),
    (r"(?<=[a-zß]{3})/(?=(?:Tag|Monat|Jahr|Stunde|Woche|Minute|Nacht|Kopf|Person|Einwohner)\b)", " pro "),
    (r"\bAz\.:?", "Aktenzeichen"),
    (r"(?<=\bAktenzeichen\s)1(?=\s[A-Z])", "eins"),
    *shortened("erm. = ermäßigt; tgl. = täglich; geschl. = geschlossen"),
    (r"\b9/11\b", "9 11"),
    (r"(?<=\d\.\s)OG\b", "Obergeschoss"),
    (r"(?<=\d\.\s)UG\b", "Untergeschoss"),
    *shortened(
        """rd. = rund; bzgl. = bezüglich; lt. = laut; ehem. = ehemaliger; bish. = bisheriger
        Fam. = Familie; Gebr. = Gebrüder; Ges. = Gesellschaft; einschl. = einschließlich
        ausschl. = ausschließlich"""
    ),
    (r"\binsb(?:es)?\.", "insbesondere"),
    *shortened(
        """vorm. = vormittags; nachm. = nachmittags; Anf. = Anfang; Jg. = Jahrgang; Aufl. = Auflage
        zit. = zitiert; betr. = betrifft"""
    ),
    (r"\bgem\.(?=\s§)", "gemäß"),
    *shortened("i. Vj. = im Vorjahr; ggü. = gegenüber; n. P. = nach Punkten"),
    (r"\bBft\b\.?", "Beaufort"),
    (r"(\b[A-Z][A-Za-z]{0,3}\s\d{1,4})/(?=\d\d(?![\d/.]))", r"\1 "),
    (r"(?<![\w,.])(\d{1,3})\s?[x×](?=\s[a-zäöü]|\W*$)", r"\1-mal"),
    (r"\bCo\.(?=\s[KO]|\W*$)", "Co"),
    (r"\bem\.", "emeritus"),
    (r"\bPriv\.-?\s?Doz\.", "Privatdozent"),
    *shortened("Doz. = Dozent; Abg. = Abgeordnete"),
    (r"\bGen\.(?=\s[A-Z])", "General"),
    *shortened("Hptm. = Hauptmann; Pfr. = Pfarrer"),
    (r"(?<=[a-zäöü])nr\.", "nummer"),
    *shortened("Postf. = Postfach; Kto. = Konto"),
    (r"(?<=\d\s)J\.", "Jahre"),
    (r"(?<=\d\.\s)Geb\.", "Geburtstag"),
    (r"\bUdSSR\b", "U D S S R"),
    *shortened("Std. = Stunden; Sek. = Sekunden; Anm. = Anmerkung"),
    (r"\bGmbH\b", "G m b H"),
    (r"\bKm(?=\s\d)|\bkm(?=\s\d)", "Kilometer"),
    *_weekdays(),
    (r"(?<=[a-zäöüß])[*:_](?=innen|in\b|r\b)", ""),
    (r"(?<=[a-zäöüß])/-?(?=innen|in\b)", ""),
    (r"\b24/7\b", "vierundzwanzig sieben"),
    (r"^Mio\.?$", "Millionen"),
    (r"^Mrd\.?$", "Milliarden"),
    *shortened("ggü. = gegenüber; bspw. = beispielsweise; Hrsg. = Herausgeber; Bez. = Bezirk"),
    (r"\bMinn?\.", "Minuten"),
    *shortened("wg. = wegen; zzgl. = zuzüglich; abzgl. = abzüglich; jährl. = jährlich"),
)
