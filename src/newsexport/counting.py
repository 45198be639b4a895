"""Numbers of things in words."""


def counted(number: int, one: str, many: str = "") -> str:
    """``1 article``, ``2 articles``, ``0 entries``; `many` where it is not `one` and an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def agreeing(number: int, unit: str) -> str:
    """A number and a unit that is told in the plural: ``1 article`` of ``articles``, ``3 entries``."""
    if number != 1 or not unit:
        return f"{number} {unit}".rstrip()
    head, _, rest = unit.partition(" ")
    one = head.removesuffix("ies") + "y" if head.endswith("ies") else head.removesuffix("s")
    return f"1 {one} {rest}".rstrip()
