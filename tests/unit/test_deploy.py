"""The files of deploy/ against the code they start; nothing of them is started here but what checks them."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from welfare_pipeline.cli.entry import COMMANDS, welfare
from welfare_pipeline.contracts.policy_alerts import HOOK_VARIABLE, PASSWORD_VARIABLE
from welfare_pipeline.lake.encryption import KEY_VARIABLE
from welfare_pipeline.lake.secret import VARIABLE

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
SHIPPED = ROOT / "welfare_pipeline" / "defs" / "dagster.yaml"
INSTRUCTIONS = {
    "FROM", "RUN", "WORKDIR", "COPY", "USER", "ENV", "VOLUME", "HEALTHCHECK", "ENTRYPOINT", "CMD",
}  # fmt: skip
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))


def settings(file: Path) -> Any:
    return yaml.safe_load(file.read_text("utf-8"))


def require_options(command: str, words: list[str]) -> None:
    """See that a command has the options it is started with."""
    assert command in COMMANDS
    told = CliRunner().invoke(welfare, [command, "--help"]).output
    assert [word for word in words if word.startswith("--") and word not in told] == []


def test_the_image_is_made_of_files_that_are_there_and_installs_by_hash() -> None:
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    told = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
    assert {word for word, _ in told} <= INSTRUCTIONS
    for words in (rest.split() for word, rest in told if word == "COPY"):
        assert [name for name in words[:-1] if not (ROOT / name).exists()] == []
    assert "--require-hashes -r requirements-postgres.lock" in text
    assert [rest for word, rest in told if word == "USER"] == ["welfare"]


def test_containers_start_commands_there_are_and_only_the_proxy_is_open() -> None:
    services = settings(DEPLOY / "compose.yaml")["services"]
    assert {*services} == {"postgres", "daemon", "web", "proxy"}
    for name in ("daemon", "web"):
        command, *options = services[name]["command"]
        require_options(command, options)
    assert "--read-only" in services["web"]["command"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    known = {VARIABLE, KEY_VARIABLE, PASSWORD_VARIABLE, HOOK_VARIABLE, "WELFARE_DATA"}
    environment = services["daemon"]["environment"]
    assert {name for name in environment if name.startswith("WELFARE_")} == known
    for service in services.values():
        for volume in service.get("volumes", []):
            if volume.startswith("./"):
                assert (DEPLOY / volume.split(":")[0]).exists()


def test_every_variable_of_the_compose_file_is_in_the_example_and_no_secret_is() -> None:
    asked = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text("utf-8")))
    example = dict(re.findall(r"^(\w+)=(.*)$", (DEPLOY / "env.example").read_text("utf-8"), re.MULTILINE))
    assert asked == example.keys()
    assert not any(example[name] for name in (VARIABLE, KEY_VARIABLE, PASSWORD_VARIABLE, "DAGSTER_PG_PASSWORD"))


def test_dagster_is_set_as_shipped_but_for_where_its_history_is() -> None:
    deployed = settings(DEPLOY / "dagster.yaml")
    storage = deployed.pop("storage")["postgres"]["postgres_db"]
    assert deployed == settings(SHIPPED)
    assert storage["scheme"] == "postgresql+psycopg2"
    told = (ROOT / "docs" / "production.md").read_text("utf-8")
    assert "scheme: postgresql+psycopg2" in told
    named = {entry["env"] for entry in storage.values() if isinstance(entry, dict)}
    assert named <= set(re.findall(r"DAGSTER_PG_\w+", (DEPLOY / "compose.yaml").read_text("utf-8")))


@pytest.mark.parametrize("unit", UNITS, ids=lambda file: file.stem)
def test_units_start_commands_there_are_as_a_user_of_their_own(unit: Path) -> None:
    pairs = re.findall(r"^(\w+)=(.*)$", unit.read_text("utf-8"), re.MULTILINE)
    told = dict(pairs)
    program, command, *options = told["ExecStart"].split()
    assert program.endswith("/bin/welfare")
    require_options(command, options)
    assert (told["User"], told["UMask"], told["NoNewPrivileges"]) == ("welfare", "0077", "true")
    assert told["ReadWritePaths"] in pairs[[name for name, _ in pairs].index("Environment")][1]
    if shutil.which("systemd-analyze"):
        checked = subprocess.run(
            ["systemd-analyze", "verify", str(unit)],  # noqa: S607  the machine's own
            capture_output=True,
            text=True,
            check=False,
        )
        said = [line for line in checked.stderr.splitlines() if unit.name in line and "not executable" not in line]
        assert said == []


def test_the_proxy_asks_who_is_there_before_anything_is_passed_on(tmp_path: Path) -> None:
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    assert text.index("auth_basic_user_file") < text.index("location /")
    assert 'proxy_set_header Authorization ""' in text
    nginx, openssl = shutil.which("nginx"), shutil.which("openssl")
    if not nginx or not openssl:
        pytest.skip("there is no nginx or openssl to check the rest")
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=made-up"]
    keys = ["-keyout", str(tmp_path / "privkey.pem"), "-out", str(tmp_path / "fullchain.pem")]
    subprocess.run([openssl, *made, *keys], check=True, capture_output=True)
    (tmp_path / "welfare.users").write_text("somebody:x\n", "utf-8")
    local = text.replace("/etc/nginx/tls", str(tmp_path)).replace(
        "/etc/nginx/welfare.users", f"{tmp_path}/welfare.users"
    )
    whole = f"pid {tmp_path}/pid; error_log {tmp_path}/log; events {{}} http {{ access_log off; {local} }}"
    (tmp_path / "nginx.conf").write_text(whole, "utf-8")
    checked = subprocess.run(
        [nginx, "-t", "-c", str(tmp_path / "nginx.conf")], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr
