"""The forms of values: dates, times, language tags, identifiers, sets of pictures, roles of people.

Sources: W3C note on dates and times; BCP 47; RFC 9562; SMIL 3.0, section 5.4.3; HTML Living Standard,
section 4.8.4.3.9; MARC relator codes, as OPF 2.0.1 refers to them.
"""

from __future__ import annotations

import re
from datetime import date

from epubpreflight.document_schema import words

W3C_DATE = re.compile(
    r"(\d+)(?:-(\d+)(?:-(\d+)(?:T(\d+):(\d+)(?::(\d+)(?:\.(\d+))?)?(?:Z|[+-](\d+):(\d+)))?)?)?", re.ASCII
)
UNDATED = re.compile(r"(\d+)(?:-(\d+)(?:-(\d+)(?:T(\d+):(\d+))?)?)?", re.ASCII)
BCP47 = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+",
    re.IGNORECASE | re.ASCII,
)
GRANDFATHERED = frozenset(
    words(
        "art-lojban cel-gaulish en-gb-oed i-ami i-bnn i-default i-enochian i-hak i-klingon i-lux i-mingo "
        "i-navajo i-pwn i-tao i-tay i-tsu no-bok no-nyn sgn-be-fr sgn-be-nl sgn-ch-de zh-guoyu zh-hakka "
        "zh-min zh-min-nan zh-xiang"
    )
)


CLOCK = re.compile(
    r"[0-9]+:[0-5][0-9]:[0-5][0-9](\.[0-9]+)?|[0-5][0-9]:[0-5][0-9](\.[0-9]+)?|[0-9]+(\.[0-9]+)?(h|min|s|ms)?"
)


UNITS = {"h": 3600.0, "min": 60.0, "s": 1.0, "ms": 0.001, "": 1.0}


def seconds(clock: str) -> float:
    """A clock value of SMIL in seconds."""
    parts = clock.strip().split(":")
    if len(parts) > 1:
        total = 0.0
        for part in parts:
            total = total * 60 + float(part)
        return total
    found = re.fullmatch(r"([0-9.]+)(h|min|s|ms)?", clock.strip())
    return float(found.group(1)) * UNITS[found.group(2) or ""] if found else 0.0


def is_uuid(text: str) -> bool:
    """Five groups of hexadecimal digits; how many there are in each, EPUBCheck does not count."""
    return re.fullmatch(r"[0-9A-Fa-f]{1,8}(?:-[0-9A-Fa-f]{1,4}){3}-[0-9A-Fa-f]{1,12}", text) is not None


def is_date(text: str) -> bool:
    """A date in the manner of the W3C's note on dates and times."""
    found = W3C_DATE.fullmatch(text) or UNDATED.fullmatch(text)
    if not found or not 1 <= len(found.group(1)) <= 9:
        return False
    year, month, day = (int(found.group(at) or 1) for at in (1, 2, 3))
    if year > 9999:
        return False
    try:
        date(max(year, 1), month, day)
    except ValueError:
        return False
    hour, minute, second = (int(one or 0) for one in (found.groups() + (None,) * 9)[3:6])
    return hour < 24 and minute < 60 and second < 60


def is_language(tag: str) -> bool:
    """A language tag as BCP 47 has them."""
    return BCP47.fullmatch(tag) is not None or tag.lower() in GRANDFATHERED


def candidates_of(text: str) -> list[str]:
    """The addresses in a srcset (HTML Living Standard, section 4.8.4.3.9)."""
    found: list[str] = []
    rest = " ".join(text.split()).lstrip(" ,")
    while rest:
        address, _, rest = rest.partition(" ") if " " in rest else (rest, "", "")
        if address.startswith("data:") and address.endswith(","):
            address, _, rest = f"{address}{rest}".partition(" ")
            found.append(address)
        elif address.endswith(","):
            found.append(address.rstrip(","))
        else:
            found.append(address)
            rest = rest.partition(",")[2]
        rest = rest.lstrip(" ,")
    return [address for address in found if address]


RELATORS = frozenset(
    words(
        "abr acp act adi adp aft anl anm ann ant ape apl app aqt arc ard arr art asg asn ato att auc aud "
        "aui aus aut bdd bjd bkd bkp blw bnd bpd brd brl bsl cas ccp chr clb cli cll clr clt cmm cmp cmt "
        "cnd cng cns coe col com con cor cos cot cou cov cpc cpe cph cpl cpt cre crp crr crt csl csp cst "
        "ctb cte ctg ctr cts ctt cur cwt dbp dfd dfe dft dgc dgg dgs dis dln dnc dnr dpc dpt drm drt dsr "
        "dst dtc dte dtm dto dub edc edm edt egr elg elt eng enj etr evp exp fac fds fld flm fmd fmk fmo "
        "fmp fnd fpy frg gis grt his hnr hst ill ilu ins inv isb itr ive ivr jud jug lbr lbt ldr led lee "
        "lel len let lgd lie lil lit lsa lse lso ltg lyr mcp mdc med mfp mfr mod mon mrb mrk msd mte mtk "
        "mus nrt opn org orm osp oth own pad pan pat pbd pbl pdr pfr pht plt pma pmn pop ppm ppt pra prc "
        "prd pre prf prg prm prn pro prp prs prt prv pta pte ptf pth ptt pup rbr rcd rce rcp rdd red ren "
        "res rev rpc rps rpt rpy rse rsg rsp rsr rst rth rtm sad sce scl scr sds sec sgd sgn sht sll sng "
        "spk spn spy srv std stg stl stm stn str tcd tch ths tld tlp trc trl tyd tyg uvp vac vdg voc wac "
        "wal wam wat wdc wde win wit wpr wst"
    )
)
