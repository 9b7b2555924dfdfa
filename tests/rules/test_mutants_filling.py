"""A small kind of contract filled in and read back: what each of its blanks brings, drops and asks for."""

from typing import Any

import pytest

from tests.rules.showroom import KIND, SHOWROOM, showroom
from tracker.rules.kind_fill import fill, values_of

GIVEN = {"years": "3 years", "goes_on": "agreement", "before": "60 days", "insured": "B", "pets": "no"}
Document = dict[str, Any]


def made(document: Document | None = None, us: str = "", **changes: str) -> Document:
    done, problems = fill(KIND, {**GIVEN, **changes}, document, us=us)
    assert done is not None, problems
    return done


def asked(document: Document | None = None, **changes: str) -> dict[str, str]:
    return {problem.place: str(problem) for problem in fill(KIND, {**GIVEN, **changes}, document)[1]}


def duty(document: Document, key: str) -> Document:
    return next(item for item in document["obligations"] if item["key"] == key)


def test_everything_that_has_its_blanks_comes() -> None:
    assert made(way="courier", travel="5 days", pets="yes") == {
        "format": "contract/1",
        "kind": "showroom",
        "language": "en",
        "term": {"length": "3 years"},
        "renewal": {"mode": "agreement", "notice": [{"at_least": "60 days"}]},
        "delivery": [{"method": "courier", "allowance": "5 days"}],
        "obligations": [
            {
                "key": "insured",
                "code": "insurance-proof",
                "title": "Proof of insurance",
                "side": "them",
                "due": "30 days before term_end",
            },
            {"key": "pets", "code": "pet-report", "title": "Report on pets", "due": "60 days before term_end"},
        ],
    }


def test_a_kind_without_a_law_of_its_own_writes_none() -> None:
    assert "law" not in made()
    assert showroom(f"{SHOWROOM}\n[law]\ncalendar = 'CN'").law == {"calendar": "CN"}


def test_where_nobody_is_marked_the_first_party_is_us() -> None:
    assert KIND.us == "A"
    assert duty(made(), "insured")["side"] == "them"
    assert duty(made(us="B"), "insured")["side"] == "us"
    tenant = {"parties": [{"role": "A"}, {"role": "B", "us": True}, {"role": "C"}]}
    assert duty(made(tenant), "insured")["side"] == "us"
    assert duty(made(tenant, insured="C"), "insured")["side"] == "them"


@pytest.mark.parametrize("name", ["years", "goes_on", "pets"])
def test_a_required_blank_is_asked_for_by_name(name: str) -> None:
    asks = {"years": "This is needed."} if name == "years" else {}
    assert {problem.place: str(problem) for problem in fill(KIND, {**GIVEN, name: ""})[1]} == asks
    given = {key: value for key, value in GIVEN.items() if key != name}
    assert {problem.place for problem in fill(KIND, given)[1]} == asks.keys()


def test_a_term_in_the_contracts_own_words_asks_for_nothing() -> None:
    own = {"term": {"length": "“until the fair is over”"}}
    assert asked(own, years="") == {}
    assert made(own, years="")["term"] == own["term"]


def test_a_term_needs_one_of_its_blanks_and_a_way_of_delivery_both() -> None:
    assert made(until="2029-12-31")["term"] == {"length": "3 years", "end": "2029-12-31"}
    assert "delivery" not in made(way="courier")
    assert "delivery" not in made(travel="5 days")


def test_what_no_longer_comes_leaves_no_empty_lists() -> None:
    before = made(way="courier", travel="5 days")
    after = made(before, before="", way="")
    assert (after["renewal"], after.get("delivery")) == ({"mode": "agreement"}, None)
    assert "renewal" not in made(before, goes_on="none")


def test_a_window_without_its_time_and_a_renewal_without_its_mode_do_not_come() -> None:
    sided = SHOWROOM.replace('at_least = "{before}"', 'side = "A"\nat_least = "{before}"')
    kind = showroom(
        sided.replace('only_if = { goes_on = ["agreement", "automatic"] }', 'length = "{years}"').replace(
            'default = "agreement"\nrequired = true', ""
        )
    )
    done, problems = fill(kind, {**GIVEN, "before": ""})
    assert problems == []
    assert done is not None
    assert done["renewal"] == {"mode": "agreement", "length": "3 years"}
    done, problems = fill(kind, {**GIVEN, "goes_on": ""})
    assert problems == []
    assert done is not None
    assert "renewal" not in done


@pytest.mark.parametrize("field", ["first", "until"])
def test_a_series_without_the_day_it_begins_or_ends_on_does_not_come(field: str) -> None:
    due = f'due = "on period_end"\nevery = "1 year"\n{field} = "{{until}}"'
    kind = showroom(SHOWROOM.replace('due = "{before} before term_end"', due))
    for until, keys in (("2029-12-31", ["insured", "pets"]), ("", ["insured"])):
        done, problems = fill(kind, {**GIVEN, "pets": "yes", "until": until})
        assert problems == []
        assert done is not None
        assert [body["key"] for body in done["obligations"]] == keys


def test_a_title_of_the_contracts_own_stays() -> None:
    document = made()
    duty(document, "insured")["title"] = "Insurance paper"
    assert duty(made(document), "insured")["title"] == "Insurance paper"
    chinese = made({**made(), "language": "zh-Hans"})
    assert duty(chinese, "insured")["title"] == "保险证明"


def test_a_side_is_read_back_whoever_is_us() -> None:
    for insured in ("B", "C"):
        for us in ("B", "C"):
            parties = [{"role": role, "us": role == us} for role in ("A", "B", "C")]
            assert values_of(KIND, made({"parties": parties}, insured=insured)).values["insured"] == insured


def test_a_side_that_two_parties_could_be_is_read_as_the_first_of_them() -> None:
    assert values_of(KIND, made(insured="C")).values["insured"] == "B"


def test_what_comes_with_yes_is_read_back_as_yes() -> None:
    assert values_of(KIND, made(pets="yes")).values["pets"] == "yes"
    assert values_of(KIND, made(pets="no")).values["pets"] == "no"


def test_what_the_document_does_not_show_has_its_default_or_nothing() -> None:
    assert values_of(KIND, {}).values == {
        "years": "",
        "until": "",
        "goes_on": "none",
        "before": "",
        "insured": "B",
        "way": "",
        "travel": "",
        "pets": "no",
    }
    assert values_of(KIND, {}).without == {"insured"}


def test_a_way_of_delivery_in_the_contracts_own_words_is_not_the_kinds() -> None:
    own = {"method": "pigeon", "allowance": "as the wind blows"}
    document = made({"delivery": [own]}, way="courier", travel="5 days")
    assert document["delivery"] == [own, {"method": "courier", "allowance": "5 days"}]
    assert values_of(KIND, document).values["way"] == "courier"


def test_duties_say_who_has_them_and_which_blanks_they_use() -> None:
    assert [(item.key, item.side, item.blanks) for item in KIND.duties("en")] == [
        ("insured", "{insured}", ("insured",)),
        ("pets", "both", ("before", "pets")),
    ]
