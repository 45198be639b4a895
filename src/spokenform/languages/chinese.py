"""Chinese numbers, which num2words has no words for (GB/T 15835)."""

from __future__ import annotations

FIGURES = "零一二三四五六七八九"
SCALES = ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十"))


def cardinal(value: int) -> str:
    """Hundreds of millions and ten thousands, as Chinese counts."""
    if value < 10:
        return FIGURES[value]
    size, unit = next(scale for scale in SCALES if value >= scale[0])
    head, rest = divmod(value, size)
    first = "" if size == 10 and head == 1 else cardinal(head)
    gap = FIGURES[0] if rest and rest < size // 10 else ""
    return f"{first}{unit}{gap}{cardinal(rest) if rest else ''}"


def digits(figures: str) -> str:
    """Figure by figure."""
    return "".join(FIGURES[int(figure)] for figure in figures)


def decimal(whole: str, part: str) -> str:
    """``4.5`` in words."""
    return f"{cardinal(int(whole))}点{digits(part)}"
