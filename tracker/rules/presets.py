"""The conventions of several laws. They are offered, never assumed: contracts use their own words.

Articles are cited as "law/number"; `tracker.render.citations` names the laws.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from tracker.rules.conventions import Articles, Convention, MonthRule, Preset, Roll

_PLAIN = Preset("plain", after=Convention(), before=Convention())

_PRC = Convention(
    roll=Roll.FOLLOWING,
    articles=Articles(
        day="prc-civil-code/201",
        length="prc-civil-code/200",
        month_end="prc-civil-code/202",
        roll="prc-civil-code/203",
    ),
)
_PRC_CIVIL_CODE = Preset(
    "prc-civil-code", after=_PRC, before=replace(_PRC, roll=Roll.NONE), safe_clear_days=True, place="CN"
)

_PRC_COURT = replace(
    _PRC,
    articles=Articles(
        day="prc-civil-procedure/85",
        length="prc-civil-procedure/85",
        month_end="prc-civil-code/202",
        roll="prc-civil-procedure/85",
    ),
)
_PRC_CIVIL_PROCEDURE = Preset(
    "prc-civil-procedure",
    after=_PRC_COURT,
    before=replace(_PRC_COURT, roll=Roll.NONE),
    safe_clear_days=True,
    place="CN",
)

_DE = Convention(
    roll=Roll.FOLLOWING,
    articles=Articles(
        day="de-bgb/187", length="de-bgb/188", month_end="de-bgb/188(3)", clear="de-bgb/187", roll="de-bgb/193"
    ),
)
_DE_BACK = replace(_DE, roll=Roll.NONE)
_DE_BGB = Preset(
    "de-bgb",
    after=_DE,
    before=_DE_BACK,
    before_months=replace(_DE_BACK, solve_latest=True),
    safe_clear_days=True,
    place="DE",
)

_EU = Convention(
    roll=Roll.FOLLOWING,
    min_working_days=2,
    articles=Articles(
        day="eu-1182-71/3(1)",
        length="eu-1182-71/3(2)",
        month_end="eu-1182-71/3(2)(c)",
        minimum="eu-1182-71/3(5)",
        roll="eu-1182-71/3(4)",
    ),
)
_EU_1182_71 = Preset("eu-1182-71", after=_EU, before=replace(_EU, roll=Roll.NONE))

_UK = Convention(
    articles=Articles(
        day="uk-case/Lester v Garland", length="uk-case/Dodds v Walker", month_end="uk-case/Dodds v Walker"
    )
)
_UK_COMMON_LAW = Preset("uk-common-law", after=_UK, before=_UK, place="GB-ENG")

_CPR = Convention(
    roll=Roll.FOLLOWING,
    skip_off_days_up_to=5,
    articles=Articles(
        day="uk-cpr/2.8(3)", length="uk-cpr/2.8", clear="uk-cpr/2.8(2)", skip="uk-cpr/2.8(4)", roll="uk-cpr/2.8(5)"
    ),
)
_CPR_BACK = replace(_CPR, roll=Roll.NONE, clear_days=True)
_UK_CPR = Preset(
    "uk-cpr", after=_CPR, before=_CPR_BACK, before_months=replace(_CPR_BACK, clear_days=False), place="GB-ENG"
)

_INSOLVENCY = replace(
    _CPR,
    articles=replace(_CPR.articles, length="uk-insolvency/Sch. 5", month_end="uk-insolvency/Sch. 5"),
)
_INSOLVENCY_BACK = replace(_INSOLVENCY, roll=Roll.NONE, clear_days=True)
_UK_INSOLVENCY = Preset(
    "uk-insolvency",
    after=_INSOLVENCY,
    before=_INSOLVENCY_BACK,
    before_months=replace(_INSOLVENCY_BACK, clear_days=False),
    place="GB-ENG",
)

_FRCP = Convention(
    roll=Roll.FOLLOWING,
    articles=Articles(day="us-frcp/6(a)(1)(A)", length="us-frcp/6(a)(1)(B)", roll="us-frcp/6(a)(1)(C)"),
)
_US_FRCP = Preset(
    "us-frcp",
    after=_FRCP,
    before=replace(_FRCP, roll=Roll.PRECEDING, articles=replace(_FRCP.articles, roll="us-frcp/6(a)(5)")),
    place="US",
)

_NY = Convention(
    roll=Roll.FOLLOWING,
    articles=Articles(day="us-ny-gcl/20", length="us-ny-gcl/30", month_end="us-ny-gcl/30", roll="us-ny-gcl/25"),
)
_US_NY_GCL = Preset("us-ny-gcl", after=_NY, before=replace(_NY, roll=Roll.NONE), place="US-NY")

_HK = Convention(
    roll=Roll.FOLLOWING,
    skip_off_days_up_to=6,
    articles=Articles(day="hk-cap1/71(1)(a)", length="hk-cap1/3", skip="hk-cap1/71(1)(d)", roll="hk-cap1/71(1)(b)"),
)
_HK_CAP1 = Preset("hk-cap1", after=_HK, before=replace(_HK, roll=Roll.NONE), place="HK")

_SG = Convention(
    roll=Roll.FOLLOWING,
    skip_off_days_up_to=6,
    articles=Articles(day="sg-ia/50(a)", length="sg-ia/2", skip="sg-ia/50(d)", roll="sg-ia/50(b)"),
)
_SG_IA = Preset("sg-ia", after=_SG, before=replace(_SG, roll=Roll.NONE), place="SG")

_JP = Convention(
    month_rule=MonthRule.START_DAY,
    roll=Roll.FOLLOWING,
    articles=Articles(
        day="jp-civil-code/140",
        length="jp-civil-code/143",
        month_end="jp-civil-code/143",
        clear="jp-tax-circular/10",
        roll="jp-civil-code/142",
    ),
)
_JP_CIVIL_CODE = Preset("jp-civil-code", after=_JP, before=replace(_JP, roll=Roll.NONE, clear_days=True), place="JP")

_TW = Convention(
    month_rule=MonthRule.START_DAY,
    roll=Roll.FOLLOWING,
    articles=Articles(
        day="tw-civil-code/120", length="tw-civil-code/121", month_end="tw-civil-code/121", roll="tw-civil-code/122"
    ),
)
_TW_CIVIL_CODE = Preset("tw-civil-code", after=_TW, before=replace(_TW, roll=Roll.NONE), place="TW")

_WA = Convention(
    roll=Roll.FOLLOWING,
    articles=Articles(
        day="au-wa-ia/61(1)(b)",
        length="au-wa-ia/61",
        month_end="au-wa-ia/62",
        clear="au-wa-ia/61(1)(f)",
        roll="au-wa-ia/61(1)(e)",
    ),
)
_AU_WA = Preset("au-wa", after=_WA, before=replace(_WA, roll=Roll.NONE, clear_days=True), place="AU-WA")

PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        preset.name: preset
        for preset in (
            _PLAIN,
            _PRC_CIVIL_CODE,
            _PRC_CIVIL_PROCEDURE,
            _DE_BGB,
            _EU_1182_71,
            _UK_COMMON_LAW,
            _UK_CPR,
            _UK_INSOLVENCY,
            _US_FRCP,
            _US_NY_GCL,
            _HK_CAP1,
            _SG_IA,
            _JP_CIVIL_CODE,
            _TW_CIVIL_CODE,
            _AU_WA,
        )
    }
)
"""Every preset by its name."""
