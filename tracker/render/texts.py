"""Words in the reader's language: messages, dates, sums.

The catalogues are the `.po` files under `tracker/translations/`, read at run time and kept; the English text is the
message id, so a message nobody translated is shown in English rather than not at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime as DateTime
from datetime import tzinfo
from decimal import Decimal
from functools import cache
from importlib import resources
from types import MappingProxyType

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages import pofile
from babel.messages.catalog import Catalog
from babel.numbers import format_currency, format_decimal

from tracker.rules.problems import N_ as N_  # at hand where texts are

#: Every language of the product, by its BCP 47 tag, under its own name.
LANGUAGES: Mapping[str, str] = MappingProxyType({"en": "English", "zh-Hans": "简体中文", "zh-Hant": "繁體中文"})

_SOURCE = "en"
# British English writes 5 Mar 2026 and names a currency whenever it is not its own: neither can be misread.
_LOCALES = {"en": "en_GB", "zh-Hans": "zh_Hans_CN", "zh-Hant": "zh_Hant_TW"}

_Key = tuple[str | None, str]  # (context, English)


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """All that is said to one reader. `messages` holds the translations by (context, English singular)."""

    language: str
    locale: Locale
    messages: Mapping[_Key, str]

    def gettext(self, message: str, **values: object) -> str:
        """The message in the reader's language; `%(name)s` is filled in when values are given."""
        return _filled(self._find(None, message) or message, values)

    def pgettext(self, context: str, message: str, **values: object) -> str:
        """Like `gettext`, for a word whose translation depends on where it stands."""
        return _filled(self._find(context, message) or message, values)

    def ngettext(self, singular: str, plural: str, n: int, **values: object) -> str:
        """The form for `n` things; `n` itself is at hand as `%(n)s` when values are given or the form uses it."""
        return _filled(self._plural(None, singular, plural, n), {"n": n, "num": n, **values})

    def npgettext(self, context: str, singular: str, plural: str, n: int, **values: object) -> str:
        """`ngettext` with a context."""
        return _filled(self._plural(context, singular, plural, n), {"n": n, "num": n, **values})

    def date(self, day: Date) -> str:
        """A day, never in figures alone: 5 Mar 2026, 2026年3月5日."""
        return format_date(day, "medium", locale=self.locale)

    def long_date(self, day: Date) -> str:
        """A day with its weekday: Thursday, 5 March 2026."""
        return format_date(day, "full", locale=self.locale)

    def weekday(self, day: Date) -> str:
        """The day's name: Thursday, 星期四."""
        return format_date(day, "EEEE", locale=self.locale)

    def day_of_year(self, day: Date) -> str:
        """A day of any year: 5 March, 3月5日."""
        return format_date(day, "d MMMM" if self.language == _SOURCE else "M月d日", locale=self.locale)

    def month(self, day: Date) -> str:
        """The month a day lies in: March 2026, 2026年3月."""
        return format_date(day, "MMMM y" if self.language == _SOURCE else "y年M月", locale=self.locale)

    def datetime(self, instant: DateTime, zone: tzinfo, *, name_zone: bool = False) -> str:
        """An instant on the clock of `zone`, to the minute, with the zone's name on request."""
        local = instant.astimezone(zone)
        clock = format_datetime(local, "HH:mm", locale=self.locale)
        where = f" ({zone})" if name_zone else ""
        return f"{self.date(local.date())} {clock}{where}"

    def money(self, amount: Decimal, currency: str) -> str:
        """A sum under its ISO 4217 code (CNY 1,200.00), since ¥ and $ each name several currencies."""
        return format_currency(amount, currency, "¤¤ #,##0.00", locale=self.locale, currency_digits=True)

    def number(self, value: int | Decimal) -> str:
        """A figure with its thousands set apart."""
        return format_decimal(value, locale=self.locale)

    def _find(self, context: str | None, message: str) -> str:
        return self.messages.get((context, message), "")

    def _plural(self, context: str | None, singular: str, plural: str, n: int) -> str:
        # Chinese, the only other language so far, has one form; English alone chooses.
        return self._find(context, singular) or (singular if n == 1 else plural)


@cache
def texts(language: str) -> Texts:
    """The texts of a language of `LANGUAGES`.

    Raises:
        KeyError: it is not one of them.
    """
    return Texts(language, Locale.parse(_LOCALES[language]), _messages(language))


def _messages(language: str) -> Mapping[_Key, str]:
    if language == _SOURCE:
        return MappingProxyType({})
    translated = (message for message in read_catalogue(language) if message.id and not message.fuzzy)
    return MappingProxyType({(message.context, _first(message.id)): _first(message.string) for message in translated})


def read_catalogue(language: str) -> Catalog:
    """The catalogue of a language other than English, as it stands in the package."""
    folder = resources.files("tracker") / "translations" / language.replace("-", "_") / "LC_MESSAGES"
    with (folder / "messages.po").open("rb") as file:
        return pofile.read_po(file, locale=language.replace("-", "_"))


def _first(forms: str | list[str] | tuple[str, ...] | None) -> str:
    return forms if isinstance(forms, str) else (forms or ("",))[0]


def _filled(text: str, values: Mapping[str, object]) -> str:
    return text % values if values else text
