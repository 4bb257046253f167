"""``tiktrack init``: the file that it writes is read, whole and with every comment taken away."""

from __future__ import annotations

import re
from pathlib import Path

from tests.helpers import tiktrack
from tiktrack.config import configure
from tiktrack.config.layers import KEYS
from tiktrack.yamlfile import parse


def test_it_is_read_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "tiktrack.yaml"
    done = tiktrack("init", 'a "quoted" folder', "café.csv", "--file", str(file))
    assert done.returncode == 0, done.stderr
    found = configure({}, {}, start=tmp_path, file=file).settings
    assert found.paths == (str(tmp_path / 'a "quoted" folder'), str(tmp_path / "café.csv"))


def test_every_setting_stands_there_with_a_value_that_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "tiktrack.yaml"
    assert tiktrack("init", "--file", str(file)).returncode == 0
    text = re.sub(r"^# (?=[a-z_]+:|  )", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    (tmp_path / "columns.yaml").write_text("kind: ads\ncolumns: {spend: Money}\n", encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    (document,) = parse(text, str(file))
    assert set(document) == KEYS
    settings = configure({}, {}, start=tmp_path, file=file).settings
    assert settings.profile == "ecommerce"
    assert settings.suppress[0].rule == "legacy-event-name"


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    file = tmp_path / "tiktrack.yaml"
    file.write_text("fail_on: low\n", encoding="utf-8")
    done = tiktrack("init", "--file", str(file))
    assert done.returncode == 2
    assert "--force" in done.stderr
    assert file.read_text(encoding="utf-8") == "fail_on: low\n"
    assert tiktrack("init", "--file", str(file), "--force").returncode == 0
