"""Contract documents with their amendments: what a document means for a contract that was amended before."""

from collections.abc import Mapping
from typing import Any

from tracker.actions.documents import document_of
from tracker.records.contracts import Contract
from tracker.rules.rewording import corrected

Document = Mapping[str, Any]


def as_correction(contract: Contract, document: Document) -> Document:
    """A checked document that says nothing of amendments, with those recorded: it corrects what was recorded wrongly,
    so that it is corrected as well in what was agreed before an amendment that left it alone."""
    stored = document_of(contract)
    return corrected(stored, with_law(stored, document))


def with_law(stored: Document, document: Document) -> Document:
    """The document with the law as it is where it names none."""
    return document if document.get("law") else {**document, "law": stored["law"]}
