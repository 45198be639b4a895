"""Chinese: its words."""

from __future__ import annotations

from functools import cache

from spokenform import numerals
from spokenform.languages import wide
from spokenform.rules import Rule
from spokenform.word_lists import pairs

# Before these two is said otherwise than alone.
COUNTED = frozenset("个個名位次天人家只隻条條座辆輛架艘场場岁歲万萬千亿億种種项項件支队隊公米斤吨噸小块塊倍")


def _amount(said: str, following: str) -> str:
    """``2个`` is 两个."""
    return "两" if said == "二" and following[:1] in COUNTED else said


LANGUAGE = wide.Wide(
    tag="zh",
    point="点",
    percent="百分之{}",
    permille="千分之{}",
    minus="负",
    below="零下",
    date="{}年{}月{}日",
    hour="{}点",
    minute="{}分",
    fraction="{}分之{}",
    speed="每小时{}公里",
    score="比",
    until="到",
    dot="点",
    signs=pairs(
        """& = 和; + = 加; = = 等于; ± = 正负; × = 乘; ÷ = 除以; ° = 度; € = 欧元; $ = 美元; £ = 英镑
        ￥ = 元; ¥ = 元; % = 百分之"""
    ),
    currencies=pairs(
        """US$ = 美元; HK$ = 港元; NT$ = 新台币; A$ = 澳元; C$ = 加元; $ = 美元; € = 欧元; £ = 英镑; ¥ = 元
        ￥ = 元; CNY = 元; RMB = 元; USD = 美元; EUR = 欧元; GBP = 英镑; JPY = 日元; ₽ = 卢布; ₹ = 卢比
        ₩ = 韩元"""
    ),
    units=pairs(
        """km/h = 公里每小时; km² = 平方公里; km2 = 平方公里; m² = 平方米; m2 = 平方米; m³ = 立方米
        km = 公里; cm = 厘米; mm = 毫米; m = 米; kg = 公斤; mg = 毫克; g = 克; t = 吨; ml = 毫升; mL = 毫升
        L = 升; l = 升; ha = 公顷; kWh = 千瓦时; kW = 千瓦; MW = 兆瓦; GW = 吉瓦; W = 瓦; V = 伏; Hz = 赫兹
        MHz = 兆赫; GHz = 吉赫; ℃ = 摄氏度; °C = 摄氏度; ℉ = 华氏度; ° = 度; dB = 分贝; hPa = 百帕
        min = 分钟; h = 小时; s = 秒"""
    ),
    year=lambda figures: numerals.digits(figures, "zh").replace(" ", ""),
    amount=_amount,
)


@cache
def rules(_tag: str) -> tuple[Rule, ...]:
    """All rules of Chinese."""
    return wide.rules(LANGUAGE, "GB/T 15835; Unicode CLDR 46")
