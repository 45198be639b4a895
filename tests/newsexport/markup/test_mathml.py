"""Formulas that a page has in MathML alone keep what tells a half from twelve."""

from __future__ import annotations

import pytest

from newsexport.markup import blocks, parse, prepared
from newsexport.model import plain_blocks


def _row(*parts: str) -> str:
    return f"<mrow>{''.join(parts)}</mrow>"


MINUS_B = "<mo>−</mo><mi>b</mi>"
ROWS = "".join(f"<mtr><mtd><mn>{a}</mn></mtd><mtd><mn>{b}</mn></mtd></mtr>" for a, b in ((1, 0), (0, 1)))
ROOT = "<msqrt><msup><mi>b</mi><mn>2</mn></msup><mo>−</mo><mn>4</mn><mi>a</mi><mi>c</mi></msqrt>"


@pytest.mark.parametrize(
    ("inside", "read"),
    [
        ("<mi>q</mi><mo>=</mo><msqrt><mi>n</mi></msqrt><mo>+</mo><mfrac><mn>1</mn><mn>2</mn></mfrac>", "q = √n + 1/2"),
        (f"<mfrac>{_row(MINUS_B, '<mo>±</mo>', ROOT)}{_row('<mn>2</mn><mi>a</mi>')}</mfrac>", "(−b ± √(b² − 4ac))/(2a)"),
        ("<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi>", "∑ᵢ₌₁ⁿ i"),
        ("<msup><mi>f</mi><mo>′</mo></msup><mo>&#x2061;</mo><mo>(</mo><mi>x</mi><mo>)</mo>", "f′ (x)"),
        ("<mover><mi>x</mi><mo>¯</mo></mover><mo>&lt;</mo><mn>3.5</mn>", "x\u0304 < 3.5"),
        ("<mmultiscripts><mi>C</mi><mprescripts/><mn>6</mn><mn>14</mn></mmultiscripts>", "₆¹⁴C"),
        ("<mroot><mrow><mi>x</mi><mo>+</mo><mn>1</mn></mrow><mn>3</mn></mroot>", "³√(x + 1)"),
        ("<msup><mi>e</mi><mrow><mi>i</mi><mi>π</mi></mrow></msup><mo>=</mo><mo>−</mo><mn>1</mn>", "e^(iπ) = −1"),
        (f"<mo>(</mo><mtable>{ROWS}</mtable><mo>)</mo>", "(1, 0; 0, 1)"),
        ("<mo>(</mo><mfrac linethickness='0'><mi>n</mi><mi>k</mi></mfrac><mo>)</mo>", "(n, k)"),
        ("<mfenced open='[' close=']'><mi>a</mi><mi>b</mi></mfenced>", "[a, b]"),
        ("<msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup><mi>x</mi><mspace width='.2em'/><mi>d</mi><mi>x</mi>", "∫₀¹ x dx"),
        ("<semantics><mrow><mi>a</mi></mrow><annotation encoding='text/plain'>b</annotation></semantics>", "a"),
        ("a formula in words", "a formula in words"),
    ],
)  # fmt: skip
def test_reads_mathml_in_a_line(inside: str, read: str) -> None:
    root = prepared(parse(f"<html><body><p>It is <math>{inside}</math>, they say.</p></body></html>"))
    assert list(plain_blocks(blocks(root))) == [f"It is {read}, they say."]
