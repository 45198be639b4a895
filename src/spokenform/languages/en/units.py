"""Units of measure: how they are written, and how they are said of one and of several.

Names from the Unicode CLDR 46 (``en`` units, long form); symbols from the SI Brochure (BIPM,
9th edition, tables 2 to 8) and, for what is not SI, from NIST Special Publication 811.
Spelling is American or British alike to the ear; the British is written.
"""

from __future__ import annotations

_PREFIXED = {
    "m": "metre",
    "g": "gram",
    "W": "watt",
    "Wh": "watt hour",
    "V": "volt",
    "Hz": "hertz",
    "J": "joule",
    "Pa": "pascal",
    "B": "byte",
    "t": "tonne",
    "l": "litre",
    "L": "litre",
    "eV": "electronvolt",
    "Sv": "sievert",
    "Bq": "becquerel",
    "N": "newton",
    "A": "amp",
    "bit": "bit",
    "bps": "bit per second",
    "cal": "calorie",
    "b/s": "bit per second",
    "B/s": "byte per second",
    "Ω": "ohm",
    "s": "second",
    "F": "farad",
    "T": "tesla",
}
_PREFIXES = {
    "m": "W g m l L V A Pa Sv s T F",
    "µ": "g m l s Sv A V F",
    "μ": "g m l s Sv A V F",
    "n": "m g s F",
    "c": "m l L",
    "d": "l L",
    "k": "m g W Wh V Hz J Pa B t l eV A bit bps cal N Bq b/s B/s Ω",
    "K": "B b/s bps",
    "M": "W Wh V Hz J Pa B t l bit bps b/s B/s eV N Bq Ω",
    "G": "W Wh Hz J Pa B bps b/s B/s t eV bit",
    "T": "W Wh Hz J B bps b/s eV",
    "P": "B J Wh",
    "E": "B J",
    "h": "Pa l",
}
_NAMES = {
    "m": "milli",
    "µ": "micro",
    "μ": "micro",
    "n": "nano",
    "c": "centi",
    "d": "deci",
    "k": "kilo",
    "K": "kilo",
    "M": "mega",
    "G": "giga",
    "T": "tera",
    "P": "peta",
    "E": "exa",
    "h": "hecto",
}


def _several(name: str) -> str:
    unit, per, rest = name.partition(" per ")
    plural = unit if unit.endswith("hertz") else f"{unit}s"
    return f"{plural}{per}{rest}"


def _both(*names: str) -> dict[str, tuple[str, str]]:
    """Symbol to the names of one and of several, from ``symbol one`` or ``symbol one/several``."""
    pairs = {}
    for line in names:
        symbols, _, said = line.partition(" = ")
        one, _, several = said.partition("/")
        for symbol in symbols.split(", "):
            pairs[symbol] = (one, several or _several(one))
    return pairs


UNITS: dict[str, tuple[str, str]] = {
    f"{prefix}{symbol}": (_NAMES[prefix] + _PREFIXED[symbol], _several(_NAMES[prefix] + _PREFIXED[symbol]))
    for prefix, symbols in _PREFIXES.items()
    for symbol in symbols.split()
} | _both(
    "m = metre",
    "g, gr = gram",
    "W = watt",
    "V = volt",
    "Hz = hertz/hertz",
    "l, L = litre",
    "t = tonne",
    "J = joule",
    "ha = hectare",
    "kms, Km, KM = kilometre",
    "kgs, Kg, KG = kilogram",
    "Ghz = gigahertz/gigahertz",
    "Mhz = megahertz/megahertz",
    "MPH = mile per hour/miles per hour",
    "KB = kilobyte",
    "Wh = watt hour",
    "dB = decibel",
    "dBA, dB(A) = decibel",
    "lx = lux/lux",
    "mph = mile per hour/miles per hour",
    "kph, kmh, kmph = kilometre per hour/kilometres per hour",
    "mpg = mile per gallon/miles per gallon",
    "kt, kts, kn = knot",
    "rpm = revolution per minute/revolutions per minute",
    "bpd, b/d = barrel per day/barrels per day",
    "ppm = part per million/parts per million",
    "ppb = part per billion/parts per billion",
    "fps = frame per second/frames per second",
    "bpm = beat per minute/beats per minute",
    "psi = pound per square inch/pounds per square inch",
    "ft = foot/feet",
    "yd, yds = yard",
    "mi = mile",
    "lb, lbs = pound",
    "oz = ounce",
    "st = stone/stone",
    "gal, gals = gallon",
    "pt, pts = point",
    "lbf = pound of force/pounds of force",
    "bbl = barrel",
    "in = inch/inches",
    "ac = acre",
    "cwt = hundredweight",
    "h, hr, hrs = hour",
    "min, mins = minute",
    "sec, secs = second",
    "yr, yrs = year",
    "wk, wks = week",
    "mth, mths, mo, mos = month",
    "boe = barrel of oil equivalent/barrels of oil equivalent",
    "sq ft, sq. ft, sq. ft., sqft, ft², ft2 = square foot/square feet",
    "sq in, sq. in., in² = square inch/square inches",
    "sq km, sq. km, sqkm, km², km2 = square kilometre",
    "sq m, sq. m, sqm, m², m2 = square metre",
    "sq mi, sq. mi, sq. mi., mi², sq miles, sq. miles = square mile",
    "sq yd, sq. yd., sq yds = square yard",
    "cm², cm2 = square centimetre",
    "mm² = square millimetre",
    "m³, m3, cu m, cu. m = cubic metre",
    "km³, cu km = cubic kilometre",
    "cm³, cm3, cc = cubic centimetre",
    "cu ft, cu. ft., ft³ = cubic foot/cubic feet",
    "kcal = kilocalorie",
    "hp, bhp = horsepower/horsepower",
    "MWp = megawatt peak/megawatts peak",
    "tCO2e = tonne of carbon dioxide equivalent/tonnes of carbon dioxide equivalent",
    "mAh = milliamp hour",
    "Ah = amp hour",
    "MP, Mpx = megapixel",
    "px = pixel",
    "ly = light year",
    "AU = astronomical unit",
    "mmHg = millimetre of mercury/millimetres of mercury",
    "°C, ℃, ºC = degree Celsius/degrees Celsius",
    "°F, ℉, ºF = degree Fahrenheit/degrees Fahrenheit",
    "°, º = degree/degrees",
    "Mb = megabit",
    "Gb = gigabit",
    "Kbps = kilobit per second/kilobits per second",
    "GtCO2 = gigatonne of C O two/gigatonnes of C O two",
)

# These stand apart from their figure or are capitals: close to it they are something else.
APART = frozenset(("pt", "A", "mo", "J", "T", "F", "AU"))

# Units that stand below a slash or after "per".
PER = {
    "h": "hour",
    "hr": "hour",
    "s": "second",
    "sec": "second",
    "min": "minute",
    "d": "day",
    "day": "day",
    "wk": "week",
    "week": "week",
    "mo": "month",
    "mth": "month",
    "month": "month",
    "yr": "year",
    "y": "year",
    "year": "year",
    "hour": "hour",
    "kg": "kilogram",
    "g": "gram",
    "t": "tonne",
    "tonne": "tonne",
    "ton": "ton",
    "l": "litre",
    "L": "litre",
    "m": "metre",
    "m²": "square metre",
    "m2": "square metre",
    "m³": "cubic metre",
    "m3": "cubic metre",
    "km": "kilometre",
    "km²": "square kilometre",
    "mi": "mile",
    "lb": "pound",
    "oz": "ounce",
    "gal": "gallon",
    "ha": "hectare",
    "dl": "decilitre",
    "dL": "decilitre",
    "ml": "millilitre",
    "mL": "millilitre",
    "kWh": "kilowatt hour",
    "MWh": "megawatt hour",
    "barrel": "barrel",
    "bbl": "barrel",
    "sq ft": "square foot",
    "person": "person",
    "head": "head",
    "night": "night",
    "share": "share",
    "litre": "litre",
    "mile": "mile",
    "100km": "hundred kilometres",
    "100 km": "hundred kilometres",
    "s²": "second squared",
}
