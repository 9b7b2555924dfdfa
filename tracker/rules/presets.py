"""The conventions of several laws. They are offered, never assumed: contracts use their own words.

Articles are cited as "law/number"; `tracker.render.citations` names the laws. A period counted back never moves
forward: no law here says so for contracts, and the courts that were asked refused (BGH, III ZR 172/04).
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from tracker.rules.conventions import Articles, Convention, MonthRule, Preset, Roll


def _articles(law: str, **numbers: str) -> Articles:
    return Articles(**{rule: f"{law}/{number}" for rule, number in numbers.items()})


def _back(after: Convention, *, clear: bool = False, latest: bool = False, roll: Roll = Roll.NONE) -> Convention:
    """The convention for counting back that goes with one for counting on."""
    return replace(after, roll=roll, clear_days=clear, solve_latest=latest)


_PLAIN = Convention()

_PRC = Convention(
    roll=Roll.FOLLOWING,
    articles=_articles(
        "prc-civil-code", excluded="201", included="204", days="200", months="202", month_end="202", roll="203"
    ),
)
_PRC_COURT = replace(
    _PRC,
    articles=_articles(
        "prc-civil-procedure", excluded="85", included="85", days="85", months="85", month_end="85", roll="85"
    ),
)
_DE = Convention(
    roll=Roll.FOLLOWING,
    articles=_articles(
        "de-bgb", excluded="187(1)", included="187(2)", days="188(1)", months="188(2)", month_end="188(3)", roll="193"
    ),
)
_EU = Convention(
    roll=Roll.FOLLOWING,
    min_working_days=2,
    articles=_articles(
        "eu-1182-71",
        excluded="3(1)",
        days="3(2)(b)",
        months="3(2)(c)",
        month_end="3(2)(c)",
        minimum="3(5)",
        roll="3(4)",
    ),
)
_EU_HOURS = replace(_EU, roll=Roll.NONE, articles=replace(_EU.articles, days="eu-1182-71/3(2)(a)"))
_UK = Convention(
    articles=_articles(
        "uk-case",
        excluded="Lester v Garland (1808)",
        included="Matthew v Sedman [2021] UKSC 19",
        months="Dodds v Walker [1981] 1 WLR 1027",
        month_end="Dodds v Walker [1981] 1 WLR 1027",
    )
)
_CPR = Convention(
    roll=Roll.FOLLOWING,
    skip_off_days_up_to=5,
    articles=_articles(
        "uk-cpr", excluded="2.8(3)", days="2.8(2)", months="2.10", clear="2.8(3)", skip="2.8(4)", roll="2.8(5)"
    ),
)
_INSOLVENCY = replace(
    _CPR, articles=replace(_CPR.articles, months="uk-insolvency/Sch. 5", month_end="uk-insolvency/Sch. 5")
)
_FRCP = Convention(
    roll=Roll.FOLLOWING,
    articles=_articles("us-frcp", excluded="6(a)(1)(A)", days="6(a)(1)(B)", roll="6(a)(1)(C)"),
)
_FRCP_HOURS = replace(_FRCP, articles=replace(_FRCP.articles, days="us-frcp/6(a)(2)(B)", roll="us-frcp/6(a)(2)(C)"))
_FRCP_BACK = replace(_back(_FRCP, roll=Roll.PRECEDING), articles=replace(_FRCP.articles, roll="us-frcp/6(a)(5)"))
_NY = Convention(
    roll=Roll.FOLLOWING,
    articles=_articles("us-ny-gcl", excluded="20", days="20", months="30", month_end="30", roll="25"),
)
_HK = Convention(
    roll=Roll.FOLLOWING,
    skip_off_days_up_to=6,
    articles=_articles("hk-cap1", excluded="71(1)(a)", months="3", skip="71(1)(d)", roll="71(1)(b)"),
)
_SG = Convention(
    roll=Roll.FOLLOWING,
    skip_off_days_up_to=6,
    articles=_articles("sg-ia", excluded="50(a)", months="2", skip="50(d)", roll="50(b)"),
)
_JP = Convention(
    month_rule=MonthRule.START_DAY,
    roll=Roll.FOLLOWING,
    articles=_articles(
        "jp-civil-code", excluded="140", included="140", days="141", months="143", month_end="143", roll="142"
    ),
)
_JP_BACK = replace(_back(_JP, clear=True), articles=replace(_JP.articles, clear="jp-tax-circular/10"))
_TW = Convention(
    month_rule=MonthRule.START_DAY,
    roll=Roll.FOLLOWING,
    articles=_articles("tw-civil-code", excluded="120", days="121", months="121", month_end="121", roll="122"),
)
_WA = Convention(
    roll=Roll.FOLLOWING,
    articles=_articles(
        "au-wa-ia", excluded="61(1)(b)", included="61(1)(a)", months="62", clear="61(1)(f)", roll="61(1)(e)"
    ),
)
_WA_BACK = replace(_back(_WA, clear=True), articles=replace(_WA.articles, excluded="au-wa-ia/61(1)(c)"))

_ALL = (
    Preset("plain", _PLAIN, _PLAIN),
    Preset("prc-civil-code", _PRC, _back(_PRC), safe_clear_days=True, place="CN"),
    Preset("prc-civil-procedure", _PRC_COURT, _back(_PRC_COURT), safe_clear_days=True, place="CN"),
    Preset("de-bgb", _DE, _back(_DE), before_months=_back(_DE, latest=True), safe_clear_days=True, place="DE"),
    Preset("eu-1182-71", _EU, _back(_EU), after_hours=_EU_HOURS),
    Preset("uk-common-law", _UK, _UK, place="GB-ENG"),
    Preset("uk-cpr", _CPR, _back(_CPR, clear=True), before_months=_back(_CPR), place="GB-ENG"),
    Preset(
        "uk-insolvency", _INSOLVENCY, _back(_INSOLVENCY, clear=True), before_months=_back(_INSOLVENCY), place="GB-ENG"
    ),
    Preset("us-frcp", _FRCP, _FRCP_BACK, after_hours=_FRCP_HOURS, place="US"),
    Preset("us-ny-gcl", _NY, _back(_NY), place="US-NY"),
    Preset("hk-cap1", _HK, _back(_HK), place="HK"),
    Preset("sg-ia", _SG, _back(_SG), place="SG"),
    Preset("jp-civil-code", _JP, _JP_BACK, place="JP"),
    Preset("tw-civil-code", _TW, _back(_TW), place="TW"),
    Preset("au-wa", _WA, _WA_BACK, place="AU-WA"),
)

PRESETS: Mapping[str, Preset] = MappingProxyType({preset.name: preset for preset in _ALL})
"""Every preset by its name."""
