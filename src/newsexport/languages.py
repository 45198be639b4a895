"""What must be known of a language to set it: its direction, and its name."""

# Scripts written from right to left, by the languages news is published in
# (Unicode CLDR 46, supplemental data, scripts with likely subtags that are RTL).
RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "syr", "ug", "ur", "yi"}
)


def primary(tag: str) -> str:
    """The primary subtag in lower case: ``en`` for ``en-GB``."""
    return tag.replace("_", "-").split("-", 1)[0].lower()


def direction(tag: str) -> str:
    """``rtl`` or ``ltr``, as the ``dir`` attribute takes it.

    A script subtag wins over the language: ``az-Arab`` is written from right to left.
    """
    subtags = tag.replace("_", "-").lower().split("-")
    if {"arab", "hebr", "thaa", "syrc", "nkoo"} & set(subtags):
        return "rtl"
    if {"latn", "cyrl"} & set(subtags):
        return "ltr"
    return "rtl" if subtags[0] in RIGHT_TO_LEFT else "ltr"
