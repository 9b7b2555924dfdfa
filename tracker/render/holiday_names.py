"""Names of holidays as `tracker.rules.places` gives them, marked for translation. Other names are shown as they are."""

from tracker.render.texts import N_, Texts

NAMES = (
    N_("day off in exchange for a working day"),
    # mainland China
    N_("New Year's Day"),
    N_("Chinese New Year's Eve"),
    N_("Chinese New Year (Spring Festival)"),
    N_("Chinese New Year Extended Holiday"),
    N_("Tomb-Sweeping Day"),
    N_("Labor Day"),
    N_("Dragon Boat Festival"),
    N_("Mid-Autumn Festival"),
    N_("National Day"),
    # Hong Kong
    N_("The first day of January"),
    N_("Lunar New Year's Day"),
    N_("The second day of Lunar New Year"),
    N_("The third day of Lunar New Year"),
    N_("The fourth day of Lunar New Year"),
    N_("Good Friday"),
    N_("The day following Good Friday"),
    N_("Easter Monday"),
    N_("The day following Easter Monday"),
    N_("Ching Ming Festival"),
    N_("The day following Ching Ming Festival"),
    N_("Labour Day"),
    N_("The Birthday of the Buddha"),
    N_("The day following the Birthday of the Buddha"),
    N_("Tuen Ng Festival"),
    N_("The day following Tuen Ng Festival"),
    N_("Hong Kong Special Administrative Region Establishment Day"),
    N_("The day following National Day"),
    N_("The day following the Chinese Mid-Autumn Festival"),
    N_("Chung Yeung Festival"),
    N_("The day following Chung Yeung Festival"),
    N_("Christmas Day"),
    N_("The first weekday after Christmas Day"),
    N_("The second weekday after Christmas Day"),
    N_("The day following the first day of January"),
    N_("The day following Labour Day"),
    N_("The day following Hong Kong Special Administrative Region Establishment Day"),
    N_("The second day following the Chinese Mid-Autumn Festival"),
    # Singapore
    N_("Hari Raya Puasa"),
    N_("Hari Raya Haji"),
    N_("Deepavali"),
)


def holiday_name(name: str, texts: Texts) -> str:
    """A holiday's name in the reader's language, where the catalogue knows it."""
    return texts.gettext(name)
