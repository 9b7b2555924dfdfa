"""Documents by the command line, and how they travel in contract files."""

import hashlib
from pathlib import Path
from typing import Any

from tests.cli.conftest import Shell
from tests.cli.documents import GOOD
from tracker.ports.contract_files import as_bundle
from tracker.ports.plain_yaml import dump, parse

PDF = b"%PDF-1.4\n%paper\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
LATER = PDF + b"\n"
WANTED = """\
  - code: document-on-file
    side: us
    due: 10 days after contract_change_signed
    paper: change-agreement
facts:
  - {kind: contract_change_signed, day: 2026-05-25, subject: Blue}
"""
WITH_PAPERS = GOOD.replace("facts:\n", WANTED)


def desk(shell: Shell) -> None:
    shell.ok("import", shell.write("a.yaml", WITH_PAPERS))


def elsewhere(shell: Shell) -> Shell:
    """Another instance, in which Ana is."""
    folder = shell.folder / "elsewhere"
    url = f"sqlite:///{shell.folder}/elsewhere.db"
    other = Shell({"TRACKER_INSTANCE": str(folder), "TRACKER_DATABASE_URL": url}, shell.clock, shell.folder)
    other.ok("user", "add", "ana@acme.example")
    return other


def exported(shell: Shell) -> str:
    path = str(shell.folder / "S-7.zip")
    shell.ok("export", "S-7", "-o", path)
    return path


def test_a_missing_document_is_listed_until_it_is_on_file(shell: Shell) -> None:
    desk(shell)
    (missing,) = shell.json("papers", "list", "--missing")
    assert missing["key"].endswith(":document-on-file/contract_change_signed-1")
    assert {**missing, "key": ""} == {
        "contract": "S-7",
        "key": "",
        "kind": "change-agreement",
        "act_by": "2026-06-04",
        "subject": "Blue",
    }
    assert shell.ok("papers", "list", "S-7", "--missing").startswith("S-7  2026-06-04  Change agreement  Blue  ")
    path = shell.write("变更协议.pdf", PDF)
    said = shell.ok("papers", "add", "S-7", path, "--kind", "change-agreement", "--fact", "contract_change_signed-1")
    assert said == "change-agreement-1\nS-7 settled: Document on file\n"
    assert shell.json("papers", "list", "--missing") == []
    assert shell.ok("papers", "list") == ("S-7  2026-06-01  Change agreement  变更协议.pdf  change-agreement-1\n")
    states = {row["code"]: row["state"] for row in shell.json("deadlines")}
    assert states["document-on-file"] == "done"


def test_a_newer_version_is_put_beside_the_older(shell: Shell) -> None:
    desk(shell)
    shell.ok("papers", "add", "S-7", shell.write("draft.pdf", PDF), "--kind", "other", "--on", "2026-05-30")
    said = shell.ok("papers", "add", "S-7", shell.write("final.pdf", LATER), "--new-version-of", "other-1")
    assert said == "other-1: version 2\n"
    (paper,) = shell.json("papers", "list", "S-7")
    assert [(one["number"], one["name"]) for one in paper["versions"]] == [(1, "draft.pdf"), (2, "final.pdf")]
    assert (paper["day"], paper["versions"][1]["sha256"]) == ("2026-05-30", hashlib.sha256(LATER).hexdigest())


def test_what_cannot_be_put_on_file_is_told(shell: Shell) -> None:
    desk(shell)
    said = shell.refused("papers", "add", "S-7", shell.write("a.pdf", b"MZ"), "--kind", "other", "--fact", "ended-1")
    assert said == ("fact: There is no fact “ended-1”.\nfiles: a.pdf is not the kind of file its name says.\n")
    assert "say in the note where" in shell.refused("papers", "add", "S-7", "--kind", "other")
    assert "FILE" in shell.refused("papers", "add", "S-7", "--new-version-of", "other-1")
    assert "--kind" in shell.run("papers", "add", "S-7").stderr
    assert "no such thing" in shell.refused("papers", "list", "S-8")
    assert shell.contents()["files"] == []


def test_documents_of_a_closed_contract_are_nobody_elses_business(shell: Shell) -> None:
    shell.ok("import", shell.write("a.yaml", WITH_PAPERS + "access: {only: []}\n"))
    shell.ok("papers", "add", "S-7", "--kind", "other", "--note", "Cabinet 3")
    for words in (("papers", "list"), ("papers", "list", "--missing")):
        assert shell.ok("--as", "dora@acme.example", *words) == ""
        assert shell.ok("--as", "ana@acme.example", *words) != ""
    shell.refused("--as", "ben@acme.example", "papers", "add", "S-7", "--kind", "other", "--note", "Mine")


# ------------------------------------------------------------------------ files


def with_papers(shell: Shell) -> None:
    """A contract with two documents, one of them in two versions, one file on disk twice named."""
    desk(shell)
    more = ("--fact", "contract_change_signed-1", "--title", "Blue", "--note", "sealed")
    shell.ok("papers", "add", "S-7", shell.write("变更协议.pdf", PDF), "--kind", "change-agreement", *more)
    shell.ok("papers", "add", "S-7", shell.write("final.pdf", LATER), "--new-version-of", "change-agreement-1")
    key = next(row["key"] for row in shell.json("deadlines") if row["code"] == "payment")
    shell.ok("complete", key, "--on", "2026-05-20", "--evidence", shell.write("final.pdf", LATER))
    shell.ok("papers", "add", "S-7", "--kind", "signed-contract", "--note", "Cabinet 3")


def test_documents_travel_in_a_bundle_and_arrive_as_they_were(shell: Shell) -> None:
    with_papers(shell)
    path = exported(shell)
    bundle = Path(path).read_bytes()
    assert shell.ok("import", path) == "S-7: unchanged\n"
    other = elsewhere(shell)
    other.ok("import", path)
    assert other.contents()["files"] == shell.contents()["files"]
    assert other.json("papers", "list") == shell.json("papers", "list")
    assert other.json("deadlines") == shell.json("deadlines")
    assert other.run("export", "S-7").stdout_bytes == bundle
    assert other.ok("import", path) == "S-7: unchanged\n"


def test_without_the_bundle_every_file_that_is_missing_is_told_and_nothing_is_saved(shell: Shell) -> None:
    with_papers(shell)
    other = elsewhere(shell)
    path = other.write("S-7.yaml", shell.ok("export", "S-7", "--format", "yaml"))
    said = other.refused("import", path)
    assert "papers[0].versions[0] (line" in said
    assert "变更协议.pdf is not in this file; import the .zip bundle that holds it." in said
    assert "papers[0].versions[1] (line" in said
    assert other.json("papers", "list") == []
    assert other.contents()["files"] == []


def bundled(shell: Shell, paper: dict[str, Any], *files: bytes) -> str:
    """The bundle of a contract with one document."""
    document = parse(WITH_PAPERS)[0] | {"papers": [{"kind": "other", "day": "2026-05-30", **paper}]}
    named = {hashlib.sha256(content).hexdigest(): ("x.pdf", content) for content in files}
    return shell.write("b.zip", as_bundle(document, {}, named))


def versions(*files: tuple[bytes, str]) -> dict[str, Any]:
    return {"versions": [{"sha256": hashlib.sha256(content).hexdigest(), "name": name} for content, name in files]}


def test_a_file_that_brings_a_version_more_adds_it_and_takes_none_away(shell: Shell) -> None:
    shell.ok("import", bundled(shell, versions((PDF, "a.pdf"), (LATER, "b.pdf")), PDF, LATER))
    shell.ok("import", bundled(shell, versions((PDF, "a.pdf")), PDF))
    third = PDF + b"\n\n"
    said = shell.ok("import", bundled(shell, {"title": "Renamed", **versions((PDF, "a.pdf"), (third, "c.pdf"))}, third))
    assert said.startswith("S-7: changed")
    (paper,) = shell.json("papers", "list")
    assert (paper["title"], [one["name"] for one in paper["versions"]]) == ("Renamed", ["a.pdf", "b.pdf", "c.pdf"])


def test_a_version_that_came_back_stays_in_its_place(shell: Shell) -> None:
    path = bundled(shell, versions((PDF, "a.pdf"), (LATER, "b.pdf"), (PDF, "a.pdf")), PDF, LATER)
    shell.ok("import", path)
    (paper,) = shell.json("papers", "list")
    assert [one["name"] for one in paper["versions"]] == ["a.pdf", "b.pdf", "a.pdf"]
    assert shell.ok("import", path) == "S-7: unchanged\n"


def test_a_disguised_file_in_a_bundle_is_refused(shell: Shell) -> None:
    said = shell.refused("import", bundled(shell, versions((b"MZ\x90", "x.pdf")), b"MZ\x90"))
    assert "papers[0].versions[0]" in said
    assert "x.pdf is not the kind of file its name says." in said
    assert shell.contents()["files"] == []


def test_the_hash_of_a_document_out_of_sight_does_not_open_it(shell: Shell) -> None:
    shell.ok("import", shell.write("a.yaml", WITH_PAPERS + "access: {only: []}\n"))
    shell.ok("papers", "add", "S-7", shell.write("a.pdf", PDF), "--kind", "other")
    document = parse(WITH_PAPERS)[0] | {"number": "S-8", "owner": "ben@acme.example"}
    document["papers"] = [{"kind": "other", "day": "2026-05-30", **versions((PDF, "a.pdf"))}]
    path = shell.write("b.yaml", dump(document))
    assert "a.pdf is not in this file" in shell.refused("--as", "ben@acme.example", "import", path)
    shell.ok("--as", "ana@acme.example", "import", path)


def test_a_known_file_keeps_its_kind_under_every_name(shell: Shell) -> None:
    desk(shell)
    shell.ok("papers", "add", "S-7", shell.write("a.pdf", PDF), "--kind", "other")
    document = parse(WITH_PAPERS)[0] | {"papers": [{"kind": "other", "key": "o", "day": "2026-05-30"}]}
    document["papers"][0] |= versions((PDF, "..\\run.docx"))
    assert "run.docx is not the kind of file its name says." in shell.refused(
        "import", shell.write("b.yaml", dump(document))
    )
    document["papers"][0] |= versions((PDF, "../CON.pdf"))
    shell.ok("import", shell.write("b.yaml", dump(document)))
    assert [paper["versions"][0]["name"] for paper in shell.json("papers", "list")] == ["_CON.pdf", "a.pdf"]


def test_what_is_wrong_with_a_document_is_told_with_its_place(shell: Shell) -> None:
    wrong = (
        WITH_PAPERS
        + """\
papers:
  - {kind: invented, day: 2026-05-30, note: here}
  - {kind: other, day: 2026-06-02, note: here, fact: ended-7}
  - {kind: other, day: 2026-05-30}
"""
    )
    said = shell.refused("import", shell.write("a.yaml", wrong))
    assert "papers[0].kind (line" in said
    assert "papers[2].versions (line" in said
    assert "Give a file, or say in the note where the document lies." in said
    fixed = wrong.replace("invented", "consent").replace("2026-05-30}", "2026-05-30, note: here}")
    said = shell.refused("import", shell.write("a.yaml", fixed))
    assert "papers[1].day" in said
    assert "This day is still to come." in said
    assert "There is no fact “ended-7”." in said
    twice = wrong.replace("invented", "consent").replace("2026-05-30}", "2026-05-30, note: here, key: other-1}")
    assert "Two documents have the key “other-1”." in shell.refused("import", shell.write("a.yaml", twice))


def test_a_backup_holds_the_documents(shell: Shell) -> None:
    with_papers(shell)
    kept, papers = shell.contents()["files"], shell.json("papers", "list")
    backup = str(shell.folder / "backup.zip")
    shell.ok("backup", backup)
    for path in (Path(shell.environment["TRACKER_INSTANCE"]) / "evidence").rglob("*"):
        if path.is_file():
            path.unlink()
    shell.ok("restore", backup, "--force")
    assert shell.contents()["files"] == kept
    assert shell.json("papers", "list") == papers
    assert len(kept) == 2


def test_a_bundle_whose_file_is_lost_is_not_written(shell: Shell) -> None:
    with_papers(shell)
    for path in (Path(shell.environment["TRACKER_INSTANCE"]) / "evidence").rglob("*"):
        if path.is_file():
            path.unlink()
    said = shell.refused("export", "S-7", "-o", str(shell.folder / "lost.zip"))
    assert "变更协议.pdf is missing from the evidence folder; restore it from a backup." in said
    assert not (shell.folder / "lost.zip").exists()
