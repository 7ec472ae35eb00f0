"""There is no Docker engine where the tests run: what the files say is held against the project instead."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from bot.settings import SPECS

ROOT = Path(__file__).parent.parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()
SETTING_NAMES = {spec.name for spec in SPECS}


def test_every_file_that_the_image_copies_exists_and_is_let_in():
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.M):
        for name in line.split():
            assert (ROOT / name).exists(), name
            assert name in let_in, f"{name} is kept out by .dockerignore"


def test_the_image_installs_the_lock_file_with_its_hashes_and_runs_as_nobody_in_particular():
    assert "--require-hashes -r requirements.lock" in DOCKERFILE
    assert re.search(r"^USER lalabot$", DOCKERFILE, re.M)
    assert re.search(r'^CMD \["lalabot", "run"\]$', DOCKERFILE, re.M)


def test_the_image_and_the_services_set_only_settings_that_exist():
    named = set(re.findall(r"(LALABOT_\w+|DATABASE_URL|DISCORD_\w+|SLACK_\w+)=", DOCKERFILE))
    for service in COMPOSE["services"].values():
        named |= {name for name in service.get("environment", {}) if not name.startswith("POSTGRES")}
    assert named
    assert named <= SETTING_NAMES


def test_the_port_and_the_data_folder_are_those_of_the_bot():
    default_port = next(spec.default for spec in SPECS if spec.name == "LALABOT_PORT")
    assert f"EXPOSE {default_port}" in DOCKERFILE
    bot = COMPOSE["services"]["bot"]
    assert bot["ports"] == [f"127.0.0.1:{default_port}:{default_port}"]
    assert bot["volumes"] == ["lalabot-data:/app/data"]
    assert "lalabot-data" in COMPOSE["volumes"]


def test_several_bots_share_postgresql_only_in_the_profile_for_it():
    services = COMPOSE["services"]
    assert services["worker"]["profiles"] == services["db"]["profiles"] == ["scale"]
    assert services["worker"]["environment"]["DATABASE_URL"].startswith("postgresql+asyncpg://")
    assert services["worker"]["depends_on"]["db"]["condition"] == "service_healthy"
    assert "profiles" not in services["bot"]


def test_the_lock_file_pins_every_dependency():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    locked = (ROOT / "requirements.lock").read_text()
    for requirement in project["dependencies"]:
        name = re.split(r"[\[<>=]", requirement)[0].replace(".", "-")
        assert re.search(rf"^{re.escape(name)}(\[\w+\])?==", locked, re.M | re.I), name


@pytest.mark.parametrize("lock", ["requirements.lock", ".ci/dev.lock"])
def test_a_lock_file_names_no_registry(lock):
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert "--index-url" not in text
