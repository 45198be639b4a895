"""The words of French."""

from __future__ import annotations

from spokenform import numerals
from spokenform.language import Language
from spokenform.word_lists import listed, metric, pairs, several, short_months, shortened, words


def _of(unit: str) -> str:
    """After *million* and *milliard* stands *de*: ``d'euros``."""
    return f"d'{unit}" if unit[0] in "aeéiou" else f"de {unit}"


_DAYS = pairs(
    """lun = lundi; mar = mardi; mer = mercredi; jeu = jeudi; ven = vendredi; sam = samedi; dim = dimanche"""
)


def _weekdays() -> tuple[tuple[str, str], ...]:
    """``lun.-ven.`` is lundi à vendredi, ``mar. 3`` mardi."""
    short = "|".join(_DAYS)
    spans = [(rf"\b{day}\.\s?[-–]\s?(?=(?:{short})\b)", f"{name} à ") for day, name in _DAYS.items()]
    lasts = [(rf"(?<=di à ){day}\b\.?|(?<=che à ){day}\b\.?", name) for day, name in _DAYS.items()]
    alone = [(rf"\b{day}\.(?=\s\d)", name) for day, name in _DAYS.items()]
    listed = [
        (rf"\b{day}\.(?=,?\s(?:et\s|ou\s)?(?:{short})\.)|(?<=sauf ){day}\.", name)
        for day, name in _DAYS.items()
    ]
    between = [(rf"(?<=\b(?:d|a)u ){day}\.", name) for day, name in _DAYS.items()]
    return (*listed, *spans, *lasts, *alone, *between)


def _part(bottom: int) -> tuple[str, str]:
    """``tiers``, ``quart``, ``cinquième``."""
    if bottom == 3:
        return "tiers", "tiers"
    named = "quart" if bottom == 4 else numerals.ordinal(bottom, "fr")
    return named, f"{named}s"


LANGUAGE = Language(
    tag="fr",
    months=listed("""janvier février mars avril mai juin juillet août septembre octobre novembre décembre"""),
    short_months=short_months("janv/jan févr/fév - avr - - juil - sept oct nov déc"),
    comma="virgule",
    percent="pour cent",
    permille="pour mille",
    minus="moins",
    plus="plus",
    until="à",
    score="à",
    dot="point",
    at="arobase",
    hashtag="hashtag",
    one="un",
    conjunction="et",
    per="par",
    of=_of,
    half="un demi",
    part=_part,
    decimals_together=True,
    feminine=words(
        """heure livre tonne minute seconde année fois femme voix roupie couronne personne victime voiture
        maison école entreprise commune ville région place journée semaine nuit page famille étape saison
        équipe plainte attaque route ligne usine banque médaille rencontre balle bombe fille mère lettre
        chaîne classe ferme île langue marque piste porte salle scène table tête vache vie rue loi part
        fleur centaine dizaine douzaine vingtaine trentaine infirmière ouvrière œuvre pièce zone"""
    ),
    rate_units={"h": "heure"},
    domains=words("eu fr io"),
    tall="mesur|haut|taille|long|large|homme|femme",
    thousand="mille",
    cents_link="",
    partitive=r"de\s|d['’]",
    amount_ends=("ns", "ds"),
    no_nouns=words("contre face à au aux en et chez dans après avec sur lors pour"),
    labels="article|numéro|page|ligne|chapitre|paragraphe|s[eé]rie|groupe|canal|salle",
    chapters=r"\b(?P<name>[Cc]hapitre|[Aa]cte|[Tt]ome|[Pp]artie|[Aa]rticle|[Pp]hase|[Tt]ype|Apollo|Vatican|mondiale|[Tt]itre|[Aa]nnexe|[Nn]iveau|"
    r"[Ll]ivre|[Vv]olume)\s(?P<n>[IVXL]{2,}|[IVX])\b(?!\.\s?\d)",
    by="sur",
    particles=words(
        """le la les l de du des d en au aux et à a un une sur pour dans par ou où ni mais que qui qu se ne
        pas plus est sont ont son sa ses ce cette ces il elle contre chez sous avec sans"""
    ),
    power="puissance",
    arc=(("degré", "degrés"), ("minute", "minutes"), ("seconde", "secondes")),
    compass={"N": "nord", "S": "sud", "E": "est", "O": "ouest", "W": "ouest"},
    feminine_ending=r"(?:tion|sion|té|ée|ance|ence|ette|elle|euse|rice|ure|ade|aine)s?$",
    feminine_one="une",
    cents=("centime", "centimes"),
    currencies=several(
        """€ EUR euros euro = euro; $ dollars dollar = dollar
        US$ USD = dollar américain/dollars américains; £ GBP = livre; ¥ JPY = yen
        CHF = franc suisse/francs suisses; FCFA XOF = franc C F A/francs C F A; ₽ = rouble; ₹ = roupie
        ₺ = livre turque/livres turques; $CA CAD C$ = dollar canadien/dollars canadiens; zł = zloty
        kr = couronne; R$ = real/reals; DH = dirham; DA = dinar"""
    ),
    magnitudes=several(
        """Mds Md milliards milliard = milliard; M millions million = million; k = mille/mille
        Bn billions = billion"""
    ),
    units=metric(
        "kilo centi milli déci hecto micro nano méga giga téra",
        """m = mètre; g = gramme; l L = litre; W = watt; Wh = wattheure; V = volt; Hz = hertz/hertz
        B o = octet; J = joule; Pa = pascal; s = seconde; A = ampère; t = tonne; bit = bit; N = newton
        Sv = sievert; eV = électronvolt; cal = calorie; Ω = ohm; Bq = becquerel
        bit/s b/s = bit par seconde/bits par seconde""",
    )
    | several(
        """ha = hectare; m² m2 = mètre carré/mètres carrés; km² km2 = kilomètre carré/kilomètres carrés
        m³ m3 = mètre cube/mètres cubes; km/h = kilomètre par heure/kilomètres par heure
        m/s = mètre par seconde/mètres par seconde; dB = décibel; pt pts = point
        pb pdb = point de base/points de base; Mpx Mpix = mégapixel; lb lbs = livre; oz = once; ft = pied
        yd = yard; gal = gallon; mph = mille par heure/milles par heure
        ppm = partie par million/parties par million; ppb = partie par milliard/parties par milliard
        kms = kilomètre; kgs = kilogramme; Mt = million de tonnes/millions de tonnes
        Gt = milliard de tonnes/milliards de tonnes; kWc = kilowatt-crête/kilowatts-crête
        MWc = mégawatt-crête/mégawatts-crête; Nm = newton-mètre/newtons-mètres
        km/s = kilomètre par seconde/kilomètres par seconde; h = heure
        cm³ cm3 = centimètre cube/centimètres cubes; cm² cm2 = centimètre carré/centimètres carrés
        °C ℃ = degré Celsius/degrés Celsius; °F = degré Fahrenheit/degrés Fahrenheit; ° = degré
        ch = cheval/chevaux; min = minute; sec = seconde; mn = minute"""
    )
    | {"l/100 km": ("litre aux cent kilomètres", "litres aux cent kilomètres")},
    abbreviations=(
        (r"\bM\.(?=\s[A-ZÀ-Þ]|\set\sM)", "Monsieur"),
        (r"\bMM\.(?=\s[A-Z])", "Messieurs"),
        (r"\bMmes\b\.?", "Mesdames"),
        (r"\bMme\b\.?", "Madame"),
        (r"\bMlles\b", "Mesdemoiselles"),
        (r"\bMlle\b\.?", "Mademoiselle"),
        (r"\bDr\b\.?(?=\s[A-Z])", "docteur"),
        (r"\bPr\b\.?(?=\s[A-Z])", "professeur"),
        (r"(?<!hashtag )\bMe\b(?=\s[A-ZÀ-Þ])", "Maître"),
        (r"\bMgr\b\.?", "Monseigneur"),
        (r"\bav\.\s?(?=J\.)", "avant "),
        (r"\bapr?\.\s?(?=J\.)", "après "),
        (r"\bJ\.-?\s?C\.?(?!\w)", "Jésus-Christ"),
        (r"\b([Ll]es|[Aa]nnées) ([1-9]0)s\b", r"\1 \2"),
        (r"(?<=[IVX][eè])\s?s\.|(?<=[IVX]er)\s?s\.", " siècle"),
        (r"(?<=[IVX][eè])\s?ss\.", " siècles"),
        (r"\b([Ee]ntre )(-?\d[\d ,]*?)\s?[-–]\s?(?=\d)", r"\1\2 et "),
        (r"\b(bruts?|nets?)\s?/\s?h(?:eure)?\b", r"\1 de l'heure"),
        (r"\b(bruts?|nets?)\s?/\s?(?=mois|an|jour|semaine)", r"\1 par "),
        (r"(?<=/)sem\.|(?<=par )sem\.|(?<=\d )sem\.", "semaine"),
        (r"/(?=an\b|j\b)", " par "),
        (r"(?<=par )j\b\.?", "jour"),
        (r"\b4\s?[x×]\s?4\b", "quatre quatre"),
        (r"(?<=\d)\s?[x×](?=\s[a-zà-ÿ])", " fois"),
        (r"\b[nN](?:[°º]s|os)\s?(?=\d)", "numéros "),
        (r"\bkm(?=\s\d)", "kilomètre"),
        (r"(?<=e )trim\.", "trimestre"),
        (r"\bGal\b(?=\s[A-Z])", "général"),
        (r"\bCdt\b(?=\s[A-Z])", "commandant"),
        (r"\b[cC]ol\.(?=\s[A-Z])", "colonel"),
        (r"\b[lL]t\b\.?(?=\s[A-Z])", "lieutenant"),
        (r"\bMr\b\.?(?=\s[A-Z])", "Monsieur"),
        (r"\bboul\.", "boulevard"),
        (r"\b9/11\b", "9 11"),
        (r"\b([Gg]uerre de )(\d\d)-(\d\d)\b", r"\1\2 \3"),
        (r"(?<=\de)/(?=\d)", " sur "),
        (r"\b[nN][°º](?=\s[a-z])", "numéro"),
        (r"\btlj\b", "tous les jours"),
        (r"\bN\.-D\.", "Notre-Dame"),
        (r"\bP\.-?S\.", "post-scriptum"),
        (r"(?<![\d-])(\d{1,2})\s?[-–]\s?(?=\d{1,2}\s?h\b)", r"\1 à "),
        (r"\bsvp\b|\bSVP\b", "s'il vous plaît"),
        (r"\b[rR][dD][vV]\b", "rendez-vous"),
        (r"\bndlr\b|\bNDLR\b", "note de la rédaction"),
        (r"\bCEDEX\b", "Cedex"),
        (r"\bM\.(?=\s[A-ZÀ-Þ]\b)", "Monsieur"),
        (r"\bav\.(?=\s[a-zA-Z])", "avenue"),
        (r"\bbds?\b\.?(?=\s[A-Zd])|\bbld\b\.?", "boulevard"),
        (r"\bpl\.(?=\s[a-zA-Z])", "place"),
        (r"\bfg\b\.?(?=\s[A-Z])", "faubourg"),
        (r"\b[eE]nv\.", "environ"),
        (r"\barr\.(?=\W|$)", "arrondissement"),
        (r"\bt\.(?=\s(?:\d|[IVX]+\b))", "tome"),
        (r"\béd\.", "édition"),
        (r"(?<=\d)\s?K(?=€)", " k"),
        (r"\b49[-.]3\b", "49 3"),
        (r"\b([LRD])\.?\s?(\d{2,4})-(\d+)", r"\1 \2 tiret \3"),
        (r"(?<=\ble )(3[0-9])(\d\d)\b(?=[,.;:!?)]|$)", r"\1 \2"),
        (r"\bT([1-4]) (?=[12]\d{3}\b)", r"\1e trimestre "),
        (r"(?<=\d\s)pers\.", "personnes"),
        (r"(?<!p\.)(?<!p\.\s)\bex\.(?=\W|$)", "exemple"),
        (r"\bal\.(?=\s\d)", "alinéa"),
        (r"\bvs\.?(?=\s)", "contre"),
        (r"\ba\.p\.(?=\W|$)", "après prolongation"),
        (r"\bs\.\s?p\.(?=\W|$)", "sur penalty"),
        (r"\bc\.\s?s\.\s?c\.(?=\W|$)", "contre son camp"),
        (r"\b(le )9-3\b", r"\1 9 3"),
        (r"\bv\.(?=\s1\d{3}\b)", "vers"),
        (r"\bt\.a\.b\.?", "tirs au but"),
        (r"\bmdr\b", "mort de rire"),
        (r"\bquest\.", "question"),
        (r"\bCie\b", "compagnie"),
        (r"\betc(?:\.{1,3}|…)?(?=\W|$)", "et cetera"),
        (r"\bpp\.(?=\s?\d)", "pages"),
        (r"\bp\.(?=\s?\d)", "page"),
        (r"(?<=[a-zé]{3})/(?=(?:jour|mois|an|heure|semaine|minute|nuit|personne|habitant)\b)", " par "),
        (r"\bSts?(?=[-\s][A-ZÀ-Þ])", "Saint"),
        (r"\bSte(?=[-\s][A-Z])", "Sainte"),
        (r"\bc\.?-?à\.?-?d\.(?=\W|$)", "c'est-à-dire"),
        (r"\bp\.\s?ex\.", "par exemple"),
        (r"\bart\.(?=\s(?:\d|[LRD]\b|[LRD]\d))", "article"),
        (r"\b(articles? \d{1,4})-(\d{1,3})\b", r"\1 tiret \2"),
        (r"\bvol\.(?=\s\d)", "volume"),
        (r"\b[cC]hap\.", "chapitre"),
        (r"\b[fF]ig\.(?=\s\d)", "figure"),
        (r"(?<=\d )p\.(?=[,;)]|$)", "pages"),
        (r"\b[tT]él\.?\s?:?(?=\s)", "téléphone"),
        (r"\b[nN][°ºo]s?\s?(?=\d)", "numéro "),
        (r"\b[Cc]f\.", "confer"),
        (r"\bnb\b", "nombre"),
        (r"\bmax\.", "maximum"),
        (r"\bmin\.(?=\s\d)", "minimum"),
        (r"\bhab\.(?=\W|$)", "habitants"),
        *shortened("dép. = département; apr. = après; dir. = direction"),
        *_weekdays(),
        (r"(?<=[a-zé])[·.](?=(?:ne|e|le|rice|euse)s?\b|ne·s|e·s)|(?<=[a-z])·(?=s\b)", ""),
        (r"\b24\s?h\s?/\s?24\b", "24 heures sur 24"),
        (r"\b7\s?j\s?/\s?7\b", "7 jours sur 7"),
        (r"(?<=\d)\s/\s(?=\d)|(?<=\b\d)/(?=(?:10|20)\b)|(?<=\b1\d)/(?=20\b)|(?<=\b20)/(?=20\b)", " sur "),
        (r"\bjr?s?\b(?<=\d j)", "jours"),
        (r"\bBd\b", "boulevard"),
        (r"\bkm/h\b(?<!\d km/h)(?<!\dkm/h)", "kilomètres par heure"),
        (r"\b11-Septembre\b", "11 septembre"),
    ),
    signs=pairs(
        """& = et; + = plus; = = égale; ± = plus ou moins; × = fois; § = paragraphe; % = pour cent
        ‰ = pour mille; € = euros; $ = dollars; £ = livres; @ = arobase; ° = degrés; ≈ = environ
        ~ = environ; < = inférieur à; > = supérieur à; ≥ = au moins; ≤ = au plus; → = vers; √ = racine de
        π = pi; ∞ = infini; ÷ = divisé par"""
    ),
    acronyms=words(
        """OTAN NATO NASA UNESCO UNICEF OPEP ONU SIDA COVID FIFA UEFA ASEAN BRICS INSEE ENA SMIC CROUS FNAC
        RIB DOM TOM PAC CAC ZEP COP ISIS NUPES PACS URSSAF"""
    ),
    spelled=words(
        """ADN ADP AFP AIEA AMF APL BCE CEDH CPAM CJUE CHU DGSE DGSI EDF EELV ENS FO IA IEP INA IRA IUT IVG
        LFI LR MRP OCDE OGM OMC OMS ONG OQTF PCF PIB PS RATP RN RPR RSA TER TVA UDI UE UFC UMP USA"""
    ),
)
