"""What stands in the way of closing a contract, in words."""

from collections.abc import Callable, Mapping

from tracker.render.texts import Texts
from tracker.rules.survival import Certificate, Obstacle


def obstacle_line(obstacle: Obstacle, number: int, texts: Texts) -> str:
    """One obstacle, met `number` times, as a sentence."""
    if obstacle in _PLAIN:
        return _PLAIN[obstacle](texts)
    return _COUNTED[obstacle](texts, number)


def free_line(certificate: Certificate, texts: Texts) -> str:
    """That nothing stands in the way."""
    if certificate is Certificate.PROVEN:
        return texts.gettext("Nothing stands in the way: all is done, and the certificate of ending is on record.")
    return texts.gettext("Nothing stands in the way: all is done. No certificate of ending is asked for.")


_PLAIN: Mapping[Obstacle, Callable[[Texts], str]] = {
    Obstacle.NO_END: lambda t: t.gettext("No end is known."),
    Obstacle.NOT_ENDED: lambda t: t.gettext("It has not ended yet."),
    Obstacle.END_NOT_CONFIRMED: lambda t: t.gettext("Nobody has confirmed the end."),
    Obstacle.NO_CERTIFICATE: lambda t: t.gettext("No certificate of ending is on record."),
    Obstacle.CERTIFICATE_UNPROVEN: lambda t: t.gettext(
        "Nothing shows the certificate of ending: bring a file or a link."
    ),
}
_COUNTED: Mapping[Obstacle, Callable[[Texts, int], str]] = {
    Obstacle.TO_DO: lambda t, n: t.ngettext("%(n)s duty is still to be done.", "%(n)s duties are still to be done.", n),
    Obstacle.TO_SHOW: lambda t, n: t.ngettext(
        "%(n)s duty is done, but its evidence is missing.", "%(n)s duties are done, but their evidence is missing.", n
    ),
    Obstacle.TO_REVIEW: lambda t, n: t.ngettext(
        "%(n)s duty waits for its reviewer.", "%(n)s duties wait for their reviewers.", n
    ),
    Obstacle.DISPUTED: lambda t, n: t.ngettext("%(n)s duty is disputed.", "%(n)s duties are disputed.", n),
    Obstacle.SUSPENDED: lambda t, n: t.ngettext("%(n)s duty is suspended.", "%(n)s duties are suspended.", n),
    Obstacle.LEFT_OVER: lambda t, n: t.ngettext(
        "%(n)s duty from before the end is still open.", "%(n)s duties from before the end are still open.", n
    ),
}
