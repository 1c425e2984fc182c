"""What deploy/ gives a server: settings that exist and a shell reads, and units whose commands take their options."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.settings import Settings

DEPLOY = Path(__file__).parents[1] / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))


def test_every_setting_that_is_offered_exists() -> None:
    offered = re.findall(r"^JUDGEMENTS_(\w+)=", (DEPLOY / "judgements.env").read_text("utf-8"), re.MULTILINE)
    assert offered
    assert set(map(str.lower, offered)) <= set(Settings.model_fields)


def test_the_shell_reads_the_settings_as_systemd_does(tmp_path: Path) -> None:
    """`as-judgements` lets a shell read the file that the units read."""
    filled = (DEPLOY / "judgements.env").read_text("utf-8")
    addresses = "json://host/a$b slack://one/two&three"
    filled = filled.replace("JUDGEMENTS_NOTIFY_URL=", f"JUDGEMENTS_NOTIFY_URL='{addresses}'")
    (tmp_path / "judgements.env").write_text(filled, "utf-8")
    script = 'set -a; . ./judgements.env; exec "$@"'
    command = ["sh", "-c", script, "sh", sys.executable, "-c", "import os; print(os.environ['JUDGEMENTS_NOTIFY_URL'])"]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout == f"{addresses}\n"
    subprocess.run(["sh", "-n", DEPLOY / "as-judgements"], check=True)


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_units_command_takes_its_options(unit: Path) -> None:
    (command,) = re.findall(r"^ExecStart=(.+)$", unit.read_text("utf-8"), re.MULTILINE)
    program, *options = shlex.split(command)
    here = Path(sys.executable).with_name(Path(program).name)
    told = subprocess.run([here, *options, "--help"], cwd=DEPLOY.parent, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("Usage:")
