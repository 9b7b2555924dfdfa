"""People at the other side: by which keys they go, how birthdays are written, and what must not be said of them."""

from datetime import date
from typing import Any

import pytest

from tests.support.cast import bare, drafted
from tracker.rules.contact_form import customers_of
from tracker.rules.contract_file import read_contract
from tracker.rules.customers import Birthday, Contact, Customer

NEEDED = "This is needed."
NO_BIRTHDAY = "Write a birthday such as 1990-02-28 or, without the year, 02-28."


def with_people(*contacts: Any, **party: Any) -> dict[str, Any]:
    other = {"role": "B", "name": "Hualong Trading", "contacts": list(contacts), **party}
    return bare(parties=[{"role": "A", "name": "Acme", "us": True}, other])


def kept(*contacts: Any) -> list[dict[str, str]]:
    people: list[dict[str, str]] = drafted(with_people(*contacts)).parties[1].details["contacts"]
    return people


def keys(*names: str) -> list[str]:
    return [person["key"] for person in kept(*({"name": name} for name in names))]


def told(*contacts: Any) -> list[str]:
    return sorted(f"{problem.place}: {problem}" for problem in read_contract(with_people(*contacts))[1])


def test_a_person_is_kept_with_what_is_said_and_nothing_else() -> None:
    whole = {
        **{"key": "wang", "name": "王芳", "title": "Buyer", "email": "wang@hualong.example", "phone": "+86 10 5555"},
        **{"birthday": "02-29", "customer_class": "VIP"},
    }
    assert kept(whole, {"name": "Li Wei", "title": " "}) == [whole, {"key": "Li-Wei", "name": "Li Wei"}]


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["Li Wei"], ["Li-Wei"]),
        (["Dr. Li, Wei (buyer)"], ["Dr.-Li-Wei-buyer"]),
        (["(Li)"], ["Li"]),
        (["!?"], ["contact"]),
        (["X"], ["X"]),
        (["Li", "Li", "Li"], ["Li", "Li-2", "Li-3"]),
        (["y" * 57, "y" * 56], ["y" * 56, "y" * 56 + "-2"]),
    ],
)
def test_a_person_without_a_key_goes_by_the_name(names: list[str], found: list[str]) -> None:
    assert keys(*names) == found


def test_no_key_is_given_that_another_person_has() -> None:
    people = [{"name": "Wu", "key": "Li"}, {"name": "Wu", "key": "Li-2"}, {"name": "Li"}]
    assert [person["key"] for person in kept(*people)] == ["Li", "Li-2", "Li-3"]


@pytest.mark.parametrize(
    ("written", "birthday"),
    [
        ("1992-02-29", "1992-02-29"),
        (date(1992, 2, 29), "1992-02-29"),
        ("02-29", "02-29"),
        ("--7-5", "07-05"),
        ("12/31", "12-31"),
        ("7月5日", "07-05"),
    ],
)
def test_a_birthday_is_kept_with_its_year_or_without(written: object, birthday: str) -> None:
    assert kept({"name": "Li", "birthday": written})[0]["birthday"] == birthday


@pytest.mark.parametrize(
    ("fields", "problems"),
    [
        ({"name": None}, [f"name: {NEEDED}"]),
        ({"key": "x" * 60, "customer_class": "y" * 40}, []),
        ({"key": "x" * 61}, ["key: This is too long: at most 60 characters."]),
        ({"customer_class": "y" * 41}, ["customer_class: This is too long: at most 40 characters."]),
        ({"birthday": "02-30"}, [f"birthday: {NO_BIRTHDAY}"]),
        ({"birthday": "1992-02-29 12:00"}, [f"birthday: {NO_BIRTHDAY}"]),
        ({"mail": "li@hualong.example"}, ["mail: Unknown field; did you mean “email”?"]),
    ],
)
def test_what_must_not_be_is_told_with_its_place(fields: dict[str, Any], problems: list[str]) -> None:
    assert told({"name": "Wu"}, {"name": "Li", **fields}) == [f"parties[1].contacts[1].{text}" for text in problems]


def test_two_people_of_one_key_are_told_at_the_second() -> None:
    assert told({"name": "Li", "key": "li"}, {"name": "Wu", "key": "li"}) == [
        "parties[1].contacts[1].key: Two contacts have the key “li”."
    ]
    assert told({"name": "Li"}, {"name": "Wu", "key": "Li"}) == [
        "parties[1].contacts[1].key: Two contacts have the key “Li”."
    ]


def test_greetings_need_class_and_birthday_of_the_people_on_the_other_side() -> None:
    people = [
        {"name": "王芳", "birthday": "1992-02-29", "customer_class": "VIP"},
        {"name": "Li Wei", "birthday": "12-31"},
        {"name": "Wu"},
    ]
    document = with_people(*people, customer_class="new")
    document["parties"][0]["contacts"] = [{"name": "Ana"}]
    document["parties"].append({"role": "C", "name": "Meihe"})
    assert customers_of(drafted(document).parties) == (
        Customer(
            "B",
            "Hualong Trading",
            "new",
            (
                Contact("王芳", "王芳", Birthday(2, 29), "VIP"),
                Contact("Li-Wei", "Li Wei", Birthday(12, 31), ""),
                Contact("Wu", "Wu", None, ""),
            ),
        ),
        Customer("C", "Meihe", "", ()),
    )
