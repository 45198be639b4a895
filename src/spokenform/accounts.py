"""Numbers of accounts, which are said figure by figure."""

from __future__ import annotations

import re

from spokenform import numerals
from spokenform.language import Tongue

IBAN = re.compile(
    r"\b(?P<land>[A-Z]{2})(?P<figures>\d{2}\s?(?:[A-Z]\d{3}|\d{4}|[A-Z]{4})(?:\s?\d{4}){2,7}(?:\s?\d{1,3})?)(?!\w)"
)


def say_accounts(text: str, tongue: Tongue) -> str:
    """``DE12 3456 7890 1234 5678 90``: letters and figures one by one."""

    def account(match: re.Match[str]) -> str:
        signs = (
            sign if sign.isalpha() else numerals.digits(sign, tongue.language)
            for sign in match["land"] + match["figures"]
            if sign != " "
        )
        return " ".join(signs)

    return IBAN.sub(account, text)
