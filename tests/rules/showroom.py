"""A small kind of contract with one of everything that kinds can bring."""

import tomllib

from tracker.rules.kind_file import read_kind
from tracker.rules.kinds import Kind

SHOWROOM = """
format = "kind/1"
code = "showroom"
language = "en"
name = "Showroom"
[[parties]]
role = "A"
name = "Landlord"
[[parties]]
role = "B"
name = "Tenant"
[[parties]]
role = "C"
name = "Guarantor"
[sections]
all = "All"
[blanks.years]
section = "all"
type = "period"
label = "Length"
required = true
[blanks.until]
section = "all"
type = "date"
label = "End"
[blanks.goes_on]
section = "all"
type = "choice"
label = "Then"
default = "agreement"
required = true
[blanks.goes_on.choices]
none = "it ends"
agreement = "as agreed"
automatic = "it goes on"
[blanks.before]
section = "all"
type = "period"
label = "Notice"
[blanks.insured]
section = "all"
type = "choice"
label = "Insured by"
default = "B"
[blanks.insured.choices]
B = "the tenant"
C = "the guarantor"
[blanks.way]
section = "all"
type = "text"
label = "Notice by"
[blanks.travel]
section = "all"
type = "period"
label = "On the way"
[blanks.pets]
section = "all"
type = "yes/no"
label = "Pets"
default = "no"
required = true
[term]
length = "{years}"
end = "{until}"
[renewal]
only_if = { goes_on = ["agreement", "automatic"] }
mode = "{goes_on}"
[[renewal.notice]]
at_least = "{before}"
[[delivery]]
method = "{way}"
allowance = "{travel}"
[[obligations]]
key = "insured"
code = "insurance-proof"
title = { en = "Proof of insurance", zh-Hans = "保险证明" }
side = "{insured}"
due = "30 days before term_end"
[[obligations]]
key = "pets"
code = "pet-report"
title = { en = "Report on pets", zh-Hans = "宠物报告" }
only_if = { pets = ["yes"] }
due = "{before} before term_end"
"""


def showroom(text: str = SHOWROOM) -> Kind:
    """The kind as its file has it."""
    kind, problems = read_kind(tomllib.loads(text))
    assert kind is not None, problems
    return kind


KIND = showroom()
