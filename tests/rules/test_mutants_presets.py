"""Every preset as a table: what it chooses, and the provision that each rule rests on."""

from dataclasses import fields

from tracker.rules.conventions import Articles, Convention, Preset
from tracker.rules.presets import PRESETS

CHOICES = """
plain                | after: | before: |
prc-civil-code       | after: roll=following | before: | safe_clear_days place=CN
prc-civil-procedure  | after: roll=following | before: | safe_clear_days place=CN
de-bgb               | after: roll=following | before: | before_months: solve_latest | safe_clear_days place=DE
eu-1182-71           | after: min_working_days=2 roll=following | before: min_working_days=2 |
uk-common-law        | after: | before: | place=GB-ENG
uk-cpr               | after: skip_off_days_up_to=5 roll=following | before: clear_days skip_off_days_up_to=5 \
                     | before_months: skip_off_days_up_to=5 | place=GB-ENG
uk-insolvency        | after: skip_off_days_up_to=5 roll=following | before: clear_days skip_off_days_up_to=5 \
                     | before_months: skip_off_days_up_to=5 | place=GB-ENG
us-frcp              | after: roll=following | before: roll=preceding | place=US
us-ny-gcl            | after: roll=following | before: | place=US-NY
hk-cap1              | after: skip_off_days_up_to=6 roll=following | before: skip_off_days_up_to=6 | place=HK
sg-ia                | after: skip_off_days_up_to=6 roll=following | before: skip_off_days_up_to=6 | place=SG
jp-civil-code        | after: month_rule=start_day roll=following | before: clear_days month_rule=start_day | place=JP
tw-civil-code        | after: month_rule=start_day roll=following | before: month_rule=start_day | place=TW
au-wa                | after: roll=following | before: clear_days | place=AU-WA
"""
CITED = """
plain               |
prc-civil-code      | excluded 201, included 204, days 200, months 202, month_end 202, roll 203
prc-civil-procedure | excluded 85, included 85, days 85, months 85, month_end 85, roll 85
de-bgb              | excluded 187(1), included 187(2), days 188(1), months 188(2), month_end 188(3), roll 193
eu-1182-71          | excluded 3(1), days 3(2)(b), months 3(2)(c), month_end 3(2)(c), minimum 3(5), roll 3(4)
uk-case             | excluded Lester v Garland (1808), included Matthew v Sedman [2021] UKSC 19, \
                      months Dodds v Walker [1981] 1 WLR 1027, month_end Dodds v Walker [1981] 1 WLR 1027
uk-cpr              | excluded 2.8(3), days 2.8(2), months 2.10, clear 2.8(3), skip 2.8(4), roll 2.8(5)
uk-insolvency       | excluded uk-cpr/2.8(3), days uk-cpr/2.8(2), months Sch. 5, month_end Sch. 5, \
                      clear uk-cpr/2.8(3), skip uk-cpr/2.8(4), roll uk-cpr/2.8(5)
us-frcp             | excluded 6(a)(1)(A), days 6(a)(1)(B), roll 6(a)(1)(C) | before: roll 6(a)(5)
us-ny-gcl           | excluded 20, days 20, months 30, month_end 30, roll 25
hk-cap1             | excluded 71(1)(a), months 3, skip 71(1)(d), roll 71(1)(b)
sg-ia               | excluded 50(a), months 2, skip 50(d), roll 50(b)
jp-civil-code       | excluded 140, included 140, days 141, months 143, month_end 143, roll 142 \
                    | before: clear jp-tax-circular/10
tw-civil-code       | excluded 120, days 121, months 121, month_end 121, roll 122
au-wa-ia            | excluded 61(1)(b), included 61(1)(a), months 62, clear 61(1)(f), roll 61(1)(e) \
                    | before: excluded 61(1)(c)
"""
LAWS = {"uk-common-law": "uk-case", "au-wa": "au-wa-ia"}


def lines(table: str) -> list[str]:
    return [" ".join(line.split()) for line in table.strip().splitlines()]


def chosen(convention: Convention) -> str:
    """The parameters that are not as in plain counting."""
    values = {field.name: getattr(convention, field.name) for field in fields(Convention) if field.name != "articles"}
    differing = {name: value for name, value in values.items() if value != getattr(Convention(), name)}
    return "".join(f" {name}" if value is True else f" {name}={value}" for name, value in differing.items())


def choices(preset: Preset) -> str:
    parts = [preset.name, f"after:{chosen(preset.after)}", f"before:{chosen(preset.before)}"]
    if preset.before_months:
        parts.append(f"before_months:{chosen(preset.before_months)}")
    place = f"place={preset.place}" if preset.place else ""
    return " | ".join([*parts, f"{'safe_clear_days ' if preset.safe_clear_days else ''}{place}"]).strip()


def rules(articles: Articles) -> dict[str, str]:
    return {field.name: getattr(articles, field.name) for field in fields(Articles)}


def cited(preset: Preset) -> str:
    law = LAWS.get(preset.name, preset.name)
    after, before = rules(preset.after.articles), rules(preset.before.articles)
    other = {name: article for name, article in before.items() if article != after[name]}
    parts = [told(after, law), f"before: {told(other, law)}"] if other else [told(after, law)]
    return " | ".join([law, *parts]).strip()


def told(articles: dict[str, str], law: str) -> str:
    return ", ".join(f"{name} {article.removeprefix(f'{law}/')}" for name, article in articles.items() if article)


def test_every_preset_chooses_what_its_law_says() -> None:
    assert [choices(preset) for preset in PRESETS.values()] == lines(CHOICES)


def test_every_rule_of_a_preset_cites_its_provision() -> None:
    assert [cited(preset) for preset in PRESETS.values()] == lines(CITED)


def test_months_counted_back_rest_on_the_same_provisions() -> None:
    for preset in PRESETS.values():
        assert preset.before_months is None or preset.before_months.articles == preset.before.articles
