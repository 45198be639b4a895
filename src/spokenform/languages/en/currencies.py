"""Currencies: how they are written in English newspapers, and how they are said.

Names from the Unicode CLDR 46 (``en`` currencies); codes from ISO 4217; the signs with a
country's letter (``A$``, ``HK$``) as The Economist and the Financial Times write them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Currency:
    """Names of one and of several, of a hundredth and of several; no hundredth where none is said."""

    one: str
    many: str
    cent: str = ""
    cents: str = ""


def _decimal(one: str, many: str = "") -> Currency:
    return Currency(one, many or f"{one}s", "cent", "cents")


DOLLAR, POUND, EURO = _decimal("dollar"), Currency("pound", "pounds", "penny", "pence"), _decimal("euro")
US = _decimal("U S dollar")
YEN, WON, RUPEE = (
    Currency("yen", "yen"),
    Currency("won", "won"),
    Currency("rupee", "rupees", "paisa", "paise"),
)
KRONA = Currency("krona", "kronor", "ore", "ore")
KRONE = Currency("krone", "kroner", "ore", "ore")
FRANC = Currency("Swiss franc", "Swiss francs", "centime", "centimes")
YUAN = Currency("yuan", "yuan")
REAL = Currency("real", "reais", "centavo", "centavos")
RAND = _decimal("rand", "rand")
ROUBLE = Currency("rouble", "roubles", "kopeck", "kopecks")
LIRA = Currency("lira", "lira")
ZLOTY = Currency("zloty", "zlotys", "grosz", "groszy")

# What stands before the figure.
SIGNS: dict[str, Currency] = {
    "US$": US,
    "US $": US,
    "N": Currency("naira", "naira"),
    "W": WON,
    "Rmb": YUAN,
    "$": DOLLAR,
    "£": POUND,
    "€": EURO,
    "¥": YEN,
    "₹": RUPEE,
    "₨": RUPEE,
    "₩": WON,
    "AU$": _decimal("Australian dollar"),
    "A$": _decimal("Australian dollar"),
    "CA$": _decimal("Canadian dollar"),
    "Can$": _decimal("Canadian dollar"),
    "CDN$": _decimal("Canadian dollar"),
    "C$": _decimal("Canadian dollar"),
    "HK$": _decimal("Hong Kong dollar"),
    "NZ$": _decimal("New Zealand dollar"),
    "S$": _decimal("Singapore dollar"),
    "NT$": _decimal("Taiwan dollar"),
    "R$": REAL,
    "Mex$": Currency("Mexican peso", "Mexican pesos"),
    "MX$": Currency("Mexican peso", "Mexican pesos"),
    "J$": _decimal("Jamaican dollar"),
    "TT$": _decimal("Trinidad dollar"),
    "Z$": _decimal("Zimbabwean dollar"),
    "Rs.": RUPEE,
    "Rs": RUPEE,
    "₽": ROUBLE,
    "₺": LIRA,
    "₪": Currency("shekel", "shekels", "agora", "agorot"),
    "฿": Currency("baht", "baht"),
    "₫": Currency("dong", "dong"),
    "₦": Currency("naira", "naira"),
    "₱": Currency("peso", "pesos", "centavo", "centavos"),
    "₴": Currency("hryvnia", "hryvnias"),
    "₵": Currency("cedi", "cedis"),
    "₡": Currency("colón", "colones"),
    "₲": Currency("guaraní", "guaraníes"),
    "₸": Currency("tenge", "tenge"),
    "₼": Currency("manat", "manat"),
    "₾": Currency("lari", "lari"),
    "₿": Currency("bitcoin", "bitcoins"),
    "৳": Currency("taka", "taka"),
    "﷼": Currency("rial", "rials"),
    "zł": ZLOTY,
    "kr": KRONE,
    "Kr": KRONE,
    "Kč": Currency("koruna", "korunas"),
    "Ft": Currency("forint", "forints"),
    "Fr": FRANC,
    "SFr": FRANC,
    "RM": Currency("ringgit", "ringgit", "sen", "sen"),
    "Rp": Currency("rupiah", "rupiah"),
    "R": RAND,
    "KSh": Currency("Kenyan shilling", "Kenyan shillings"),
    "USh": Currency("Ugandan shilling", "Ugandan shillings"),
    "GH₵": Currency("cedi", "cedis"),
    "E£": Currency("Egyptian pound", "Egyptian pounds"),
    "IR£": Currency("Irish pound", "Irish pounds"),
    "RMB": YUAN,
    "CN¥": YUAN,
    "元": YUAN,
    "円": YEN,
}

# ISO 4217 codes, before the figure or after it.
CODES: dict[str, Currency] = {
    "USD": US,
    "EUR": EURO,
    "GBP": POUND,
    "JPY": YEN,
    "CHF": FRANC,
    "CNY": YUAN,
    "RMB": YUAN,
    "INR": RUPEE,
    "AUD": SIGNS["A$"],
    "CAD": SIGNS["C$"],
    "NZD": SIGNS["NZ$"],
    "HKD": SIGNS["HK$"],
    "SGD": SIGNS["S$"],
    "SEK": Currency("Swedish krona", "Swedish kronor"),
    "NOK": Currency("Norwegian krone", "Norwegian kroner"),
    "DKK": Currency("Danish krone", "Danish kroner"),
    "ISK": Currency("Icelandic króna", "Icelandic krónur"),
    "PLN": ZLOTY,
    "CZK": SIGNS["Kč"],
    "HUF": SIGNS["Ft"],
    "RUB": ROUBLE,
    "TRY": LIRA,
    "ILS": SIGNS["₪"],
    "THB": SIGNS["฿"],
    "VND": SIGNS["₫"],
    "NGN": SIGNS["₦"],
    "ZAR": RAND,
    "BRL": REAL,
    "MXN": SIGNS["MX$"],
    "KRW": WON,
    "UAH": SIGNS["₴"],
    "PHP": SIGNS["₱"],
    "IDR": SIGNS["Rp"],
    "MYR": SIGNS["RM"],
    "EGP": SIGNS["E£"],
    "KES": SIGNS["KSh"],
    "AED": Currency("dirham", "dirhams"),
    "SAR": Currency("riyal", "riyals"),
    "PKR": Currency("Pakistani rupee", "Pakistani rupees"),
    "ARS": Currency("Argentine peso", "Argentine pesos"),
    "CLP": Currency("Chilean peso", "Chilean pesos"),
    "COP": Currency("Colombian peso", "Colombian pesos"),
    "TWD": SIGNS["NT$"],
    "RON": Currency("leu", "lei"),
    "BGN": Currency("lev", "leva"),
    "BTC": SIGNS["₿"],
    "QAR": Currency("Qatari riyal", "Qatari riyals"),
    "KWD": Currency("Kuwaiti dinar", "Kuwaiti dinars"),
    "MAD": Currency("Moroccan dirham", "Moroccan dirhams"),
    "GHS": SIGNS["₵"],
    "UGX": SIGNS["USh"],
    "TZS": Currency("Tanzanian shilling", "Tanzanian shillings"),
    "LKR": Currency("Sri Lankan rupee", "Sri Lankan rupees"),
    "BDT": SIGNS["৳"],
}

# What stands after the figure.
SUFFIXES: dict[str, Currency] = {
    "€": EURO,
    "£": POUND,
    "$": DOLLAR,
    "kr": KRONE,
    "kr.": KRONE,
    "zł": ZLOTY,
    "₽": ROUBLE,
    "Kč": SIGNS["Kč"],
    "Ft": SIGNS["Ft"],
    "¥": YEN,
    "₴": SIGNS["₴"],
    "₫": SIGNS["₫"],
    "₺": LIRA,
    **CODES,
}

# A letter stands close to its figure; what is further off ("a $20 T-shirt") begins a word.
LETTERS = {"k": "thousand", "m": "million", "b": "billion", "t": "trillion"}
MAGNITUDES = LETTERS | {
    "hundred": "hundred",
    "thousand": "thousand",
    "lakh": "lakh",
    "crore": "crore",
    "lakh crore": "lakh crore",
    "thousand crore": "thousand crore",
    "cr": "crore",
    "mn": "million",
    "mln": "million",
    "mil": "million",
    "million": "million",
    "mio": "million",
    "bn": "billion",
    "bln": "billion",
    "billion": "billion",
    "tn": "trillion",
    "trn": "trillion",
    "tln": "trillion",
    "trillion": "trillion",
}
