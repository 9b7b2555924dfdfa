"""The organisation this installation serves."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.records.people import Organisation


def organisation_of(session: Session) -> Organisation:
    """The organisation. Raises sqlalchemy.exc.NoResultFound before the first run was completed."""
    return session.scalars(select(Organisation)).one()
