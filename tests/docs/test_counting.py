"""What docs/counting.md says is so."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from click.testing import CliRunner

from tracker.cli import main
from tracker.cli.desk import Desk
from tracker.rules.conventions import Preset
from tracker.rules.presets import PRESETS

PAGE = (Path(__file__).parents[2] / "docs" / "counting.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```console\n\$ tracker (.+)\n((?:.*\n)*?)```", PAGE)


def articles(preset: Preset) -> Iterator[str]:
    """Numbers of the provisions that the preset's rules for the first day, the last day and months rest on."""
    for convention in filter(None, (preset.after, preset.before, preset.before_months)):
        cited = asdict(convention.articles)
        if not convention.clear_days:
            cited["clear"] = ""
        cited["included"] = cited["days"] = ""  # told in words, or on the line above
        yield from (article.partition("/")[2] for article in cited.values() if article)


@pytest.mark.parametrize(("command", "told"), EXAMPLES, ids=[command for command, _ in EXAMPLES])
def test_every_example_gives_what_it_shows(command: str, told: str, tmp_path: Path) -> None:
    desk = Desk({"TRACKER_INSTANCE": str(tmp_path / "none")})
    assert CliRunner().invoke(main, shlex.split(command), obj=desk).stdout == told


def test_there_are_examples() -> None:
    assert len(EXAMPLES) == 5


@pytest.mark.parametrize("name", PRESETS)
def test_the_table_names_every_preset_with_its_articles(name: str) -> None:
    (row,) = re.findall(rf"^\| `{name}` \|.*$", PAGE, re.MULTILINE)
    missing = [number for number in articles(PRESETS[name]) if f"({number})" not in row]
    assert missing == []
