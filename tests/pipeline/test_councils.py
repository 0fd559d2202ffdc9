"""Settings of councils and of the night: checked when they are read, and what is wrong is told with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.nightly.settings import night_settings
from pipeline.sources.councils import Choice, Folder, ModernGov, council, councils
from pipeline.sources.lined_yaml import SettingsError

SOUND = """name: Thornmere Borough Council
sources:
  - kind: moderngov
    address: https://democracy.thornmere.example/
"""

# Each with the text, the line that the message must name, and words that it must hold.
FAULTS = {
    "a word that is not known": (SOUND + "    comittees: {}\n", 5, "comittees"),
    "a number that cannot be": (SOUND + "    window:\n      back: -3\n", 6, "sources.0.window.back"),
    "words for a number": (SOUND + "    window: {back: soon}\n", 5, "back"),
    "an impolite pause": (SOUND + "    manners:\n      pause_seconds: 0.5\n", 3, "pause_seconds"),
    "no web address": (SOUND.replace("https:", "ftp:"), 4, "mgWebService.asmx"),
    "a source of an unknown kind": (SOUND.replace("moderngov", "cmis"), 3, "cmis"),
    "a name that stands twice": (SOUND + "name: Another\n", 5, "stands twice"),
    "no name": (SOUND.partition("\n")[2], 1, "name"),
    "no source": ("name: Thornmere\nsources: []\n", 2, "sources"),
    "no YAML": ("name: Thornmere\nsources: [\n", 3, "no YAML"),
    "a pack without a place for the meeting": (SOUND + "    pack: pack.pdf\n", 5, "{meeting}"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_mistake_is_told_with_its_file_and_line(fault: str, tmp_path: Path) -> None:
    text, line, words = FAULTS[fault]
    file = _written(tmp_path / "thornmere.yml", text)
    with pytest.raises(SettingsError) as caught:
        council(file)
    assert f"{file}:{line}: " in str(caught.value)
    assert words in str(caught.value)


def test_all_mistakes_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    text = SOUND + "    window: {back: -1}\n    privat: true\n"
    with pytest.raises(SettingsError) as caught:
        council(_written(tmp_path / "thornmere.yml", text))
    assert len(str(caught.value).splitlines()) == 2


def test_the_example_of_a_council_is_sound_and_shows_every_setting(repository: Path) -> None:
    file = repository / "pipeline" / "knowledge" / "councils" / "example.yml"
    [source] = council(file).sources
    assert isinstance(source, ModernGov)
    shown = file.read_text(encoding="utf-8")
    assert [name for name in ModernGov.model_fields if f"{name}:" not in shown] == []


def test_a_council_is_known_by_the_name_of_its_file(tmp_path: Path) -> None:
    one = council(_written(tmp_path / "west-thornmere.yml", SOUND))
    assert (one.key, one.label, one.name) == (
        "west-thornmere",
        "moderngov:west-thornmere",
        "Thornmere Borough Council",
    )
    with pytest.raises(SettingsError, match="named like"):
        council(_written(tmp_path / "West Thornmere.yml", SOUND))


def test_a_folder_is_taken_from_the_place_of_its_file(tmp_path: Path) -> None:
    text = "name: Thornmere\nsources:\n  - {kind: folder, path: papers}\n"
    [source] = council(_written(tmp_path / "thornmere.yml", text)).sources
    assert source == Folder(kind="folder", path=tmp_path / "papers")


def test_a_folder_of_councils_is_read_whole_and_an_empty_one_is_a_mistake(tmp_path: Path) -> None:
    for name in ("thornmere", "east-thornmere"):
        _written(tmp_path / f"{name}.yml", SOUND)
    assert [one.key for one in councils((tmp_path,))] == ["east-thornmere", "thornmere"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(SettingsError, match="no council"):
        councils((tmp_path / "empty",))
    with pytest.raises(SettingsError, match="two files are named thornmere"):
        councils((tmp_path, tmp_path / "thornmere.yml"))


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Overview and Scrutiny Committee", True),
        ("HEALTH  SCRUTINY Panel", True),
        ("Cabinet", True),
        ("Cabinet Member Decisions", False),
        ("Licensing Scrutiny Panel", False),
        ("Planning Committee", False),
    ],
)
def test_committees_are_chosen_by_their_names(name: str, wanted: bool) -> None:
    choice = Choice(include=("*scrutiny*", "cabinet"), exclude=("*licensing*",))
    assert choice.wants(name) is wanted


def test_paths_of_a_night_start_at_its_file(tmp_path: Path) -> None:
    (tmp_path / "councils").mkdir()
    text = (
        "contact: papers@example.org\ncouncils: [councils]\ndatabase: sqlite:///night.db\nreports: reports\n"
    )
    settings = night_settings(_written(tmp_path / "nightly.yml", text))
    assert settings.database == f"sqlite:///{tmp_path}/night.db"
    assert settings.councils == (tmp_path / "councils",)
    assert settings.reports_folder == tmp_path / "reports"
    assert settings.batch.store_folder == tmp_path / "night.store"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("councils: [.]\n", 1, "contact"),
        ("contact: nobody\ncouncils: [.]\n", 1, "contact"),
        ("contact: a@example.org\ncouncils: [.]\nmail:\n  host: mail.example.org\n", 3, "sender"),
        (
            "contact: a@example.org\ncouncils: [.]\nmail: {host: h, sender: s, to: [t], user: u, security: none}\n",
            3,
            "password",
        ),
    ],
)
def test_a_mistake_in_a_nights_settings_is_told_with_its_line(
    text: str, line: int, words: str, tmp_path: Path
) -> None:
    file = _written(tmp_path / "nightly.yml", text)
    with pytest.raises(SettingsError) as caught:
        night_settings(file)
    assert f"{file}:{line}: " in str(caught.value)
    assert words in str(caught.value)


def test_councils_that_are_not_there_are_a_mistake(tmp_path: Path) -> None:
    text = "contact: a@example.org\ncouncils: [nowhere]\n"
    with pytest.raises(SettingsError, match="nowhere is not there"):
        night_settings(_written(tmp_path / "nightly.yml", text))


def _written(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file
