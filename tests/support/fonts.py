"""A Chinese font for pages shown in tests, so that a machine with none shows characters and not boxes."""

import os
from pathlib import Path

FONTS = Path(__file__).with_name("fonts")

_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


def font_environment(folder: Path) -> dict[str, str]:
    """The environment in which a program sees the machine's fonts and ours; `folder` takes the configuration."""
    if "FONTCONFIG_FILE" in os.environ:
        return {}
    configuration = folder / "fonts.conf"
    configuration.write_text(_CONFIGURATION.format(fonts=FONTS, cache=folder / "font-cache"))
    return {"FONTCONFIG_FILE": str(configuration)}
