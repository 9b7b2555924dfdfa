"""Articles in words: the rules cite "law/number", here the law gets its name."""

from collections.abc import Mapping
from types import MappingProxyType

from tracker.render.texts import N_, Texts

LAWS: Mapping[str, str] = MappingProxyType(
    {
        "clause": N_("clause %(n)s of the contract"),
        "prc-civil-code": N_("PRC Civil Code, art. %(n)s"),
        "prc-civil-procedure": N_("PRC Civil Procedure Law, art. %(n)s"),
        "de-bgb": N_("German Civil Code (BGB), s. %(n)s"),
        "eu-1182-71": N_("Regulation (EEC, Euratom) No 1182/71, art. %(n)s"),
        "uk-case": N_("English common law, %(n)s"),
        "uk-cpr": N_("Civil Procedure Rules (England and Wales), r. %(n)s"),
        "uk-insolvency": N_("Insolvency (England and Wales) Rules 2016, %(n)s"),
        "us-frcp": N_("US Federal Rules of Civil Procedure, r. %(n)s"),
        "us-ny-gcl": N_("New York General Construction Law, s. %(n)s"),
        "hk-cap1": N_("Hong Kong Interpretation and General Clauses Ordinance (Cap. 1), s. %(n)s"),
        "sg-ia": N_("Singapore Interpretation Act 1965, s. %(n)s"),
        "jp-civil-code": N_("Japanese Civil Code, art. %(n)s"),
        "jp-tax-circular": N_("Japanese basic circular on the General Act of National Taxes, art. %(n)s"),
        "tw-civil-code": N_("Taiwan Civil Code, art. %(n)s"),
        "au-wa-ia": N_("Western Australia Interpretation Act 1984, s. %(n)s"),
    }
)
"""The words for an article of each law."""


def citation(article: str, texts: Texts) -> str:
    """An article such as "prc-civil-code/201" in the reader's words; an unknown law as it stands."""
    law, _, number = article.partition("/")
    return texts.gettext(LAWS[law], n=number) if law in LAWS else article
