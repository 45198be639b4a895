"""Japanese: its words."""

from __future__ import annotations

from functools import cache

from spokenform import numerals
from spokenform.languages import wide
from spokenform.rules import Rule
from spokenform.word_lists import pairs

LANGUAGE = wide.Wide(
    tag="ja",
    point="点",
    percent="{}パーセント",
    permille="{}パーミル",
    minus="マイナス",
    below="マイナス",
    date="{}年{}月{}日",
    hour="{}時",
    minute="{}分",
    fraction="{}分の{}",
    speed="時速{}キロ",
    score="対",
    until="から",
    dot="ドット",
    signs=pairs(
        """& = アンド; + = プラス; = = イコール; ± = プラスマイナス; × = かける; ÷ = 割る; ° = 度
        € = ユーロ; $ = ドル; £ = ポンド; ￥ = 円; ¥ = 円"""
    ),
    currencies=pairs(
        """US$ = 米ドル; A$ = 豪ドル; HK$ = 香港ドル; NT$ = 台湾ドル; $ = ドル; € = ユーロ; £ = ポンド
        ¥ = 円; ￥ = 円; JPY = 円; USD = ドル; EUR = ユーロ; GBP = ポンド; CNY = 元; ₽ = ルーブル
        ₹ = ルピー; ₩ = ウォン"""
    ),
    units=pairs(
        """km/h = キロ毎時; km² = 平方キロメートル; km2 = 平方キロメートル; m² = 平方メートル
        m2 = 平方メートル; m³ = 立方メートル; km = キロメートル; cm = センチメートル; mm = ミリメートル
        m = メートル; kg = キログラム; mg = ミリグラム; g = グラム; t = トン; ml = ミリリットル
        mL = ミリリットル; L = リットル; l = リットル; ha = ヘクタール; kWh = キロワット時; kW = キロワット
        MW = メガワット; GW = ギガワット; W = ワット; V = ボルト; Hz = ヘルツ; MHz = メガヘルツ
        GHz = ギガヘルツ; GB = ギガバイト; MB = メガバイト; TB = テラバイト; ℃ = 度; °C = 度; ° = 度
        dB = デシベル; hPa = ヘクトパスカル"""
    ),
    year=lambda figures: numerals.cardinal(int(figures), "ja"),
)


@cache
def rules(_tag: str) -> tuple[Rule, ...]:
    """All rules of Japanese."""
    return wide.rules(LANGUAGE, "Unicode CLDR 46; NHK, numbers on air")
