"""Letters about proof of which the golden files are made: ``python -m tests.render.proof_samples`` writes them anew."""

from dataclasses import replace
from datetime import date

from tests.render.letter_samples import COVER, GOLDEN, LANGUAGES
from tracker.render.proof_letter import Asking, ProofNote, write_proof_note

WAITING = ProofNote(
    asking=Asking.JUDGE,
    contract_number="2024-017",
    contract_title="Office lease 办公室租赁合同",
    what="Pay the rent & the deposit",
    done_on=date(2026, 1, 20),
    since=date(2026, 1, 22),
    by="王芳 (Ana)",
    note="By bank, <both> parts",
    link="https://tracker.example/obligations/3",
)
SENT_BACK = replace(
    WAITING,
    asking=Asking.AGAIN,
    judge="Ben",
    missing="The receipt is of another month. 收据月份不符。",
    action_day=date(2026, 1, 31),
    own=True,
)
SAMPLES = {"show": replace(WAITING, asking=Asking.SHOW, link=""), "judge": WAITING, "again": SENT_BACK}

if __name__ == "__main__":
    for language in LANGUAGES:
        for name, note in SAMPLES.items():
            (GOLDEN / f"proof-{name}-{language}.eml").write_bytes(write_proof_note(note, COVER, language))
