"""What the words beside a figure tell of it."""

from __future__ import annotations

import re

from spokenform.rules import words

# After one of these words no noun is counted or measured: the amount stands for itself.
_FUNCTION = words(
    """a about above across after again against ago all along also although am among an and annually any
    are around as at away back be because been before behind being below beneath beside between beyond
    both but by can could did do does down during each either else enough even ever every everywhere
    except few for from further had has have he her here hers herself him himself his how however i if
    in inside instead into is it its itself just last later least less like made may me might mine more
    most much must my near neither never next no nor not now of off often on once one only onto or other
    ought our ours out outside over overall own paid per raised rather said same saw seen set shall she
    should since so some soon spent still such than that the their them then there these they this those
    though through throughout till to today together tomorrow too toward towards under until up upon us
    usually very via was we well were what when whenever where whereas whether which while who whom
    whose why will with within without worldwide would yesterday yet you your apiece something odd worth
    alone yearly monthly daily higher lower extra cheaper short plus instead altogether went goes came
    comes fell rose lost won earned cost costs"""
)

# Nouns that follow an amount even where no article stands before it, as in headlines.
_BOUGHT = words(
    """aid acquisition advance agreement auction bailout bid bill bond bonus bridge budget buyout campaign
    cap coin contract credit cut damages debt deal deficit donation facility fee fine fortune fraud fund
    funding gift grant heist house increase initiative investment jackpot lawsuit loan loss mansion
    market merger mortgage note offer package payment payout penalty pension plan pledge prize profit
    programme program project rescue reward rise salary sale scheme settlement share shortfall stake
    relay race run final sprint swim hurdles dash wall fence tower drop limit zone plant farm turbine
    battery pistol gun handgun rifle shell round bullet cannon howitzer mortar lens bottle bag box jar
    tin carton reactor stretch radius walk ride hike subsidy sum surplus takeover tax ticket upgrade
    valuation verdict windfall"""
)

_DETERMINER = re.compile(
    r"(?:\b(?:an?|another|every|each|the|its|his|her|their|our|my|your|this|that|whose)|[’']s)"
    r"\s+(?:[a-z]+[- ])?$",
    re.IGNORECASE,
)
_EACH = re.compile(r"-an?-\w+ [a-z]")
_NEXT = re.compile(r"[\s-]+([A-Za-z][\w'’]*)")

# Nouns that are counted in hundreds and thousands; before them a figure is no year.
COUNTED = words(
    """acres animals barrels bodies books cars cases children copies deaths dollars employees euros
    families feet fans fighters flights guests hectares homes hospitals hotels hours houses inhabitants
    jobs kilometers kilometres litres lives locations members men metres meters migrants miles minutes
    nurses officers pages passengers patients people people's places players police policemen pounds
    protesters pupils refugees residents rooms schools seats ships shops soldiers spectators square
    staff steps stores students supporters tonnes tons trees troops units vehicles visitors volunteers
    voters votes words workers years yards women"""
)


def modifies(before: str, after: str) -> bool:
    """Whether an amount between these texts goes with a noun, as in ``a $5 note``: then it is singular."""
    follows = _NEXT.match(after)
    if not follows:
        return False
    if _EACH.match(after):
        return _DETERMINER.search(before[-40:]) is not None
    word = follows[1]
    lower = word.lower()
    if lower in _FUNCTION or lower.endswith("ed"):
        return False
    if lower in _BOUGHT or lower.removesuffix("s") in _BOUGHT:
        return True
    return _DETERMINER.search(before[-40:]) is not None


def counts(after: str) -> bool:
    """Whether the noun after a figure is one that is counted."""
    follows = _NEXT.match(after)
    return follows is not None and follows[1] in COUNTED


def ends(after: str) -> bool:
    """Whether a sentence ends here, so that the point of an abbreviation before it is also a full stop."""
    return not after.strip() or re.match(r"\s+[A-Z“\"']", after) is not None
