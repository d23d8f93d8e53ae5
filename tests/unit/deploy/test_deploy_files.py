"""What stands in deploy/ is right as far as it can be checked without a container engine or a cluster."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.cli import NOUNS
from bot.config import KEYS, SECRETS
from bot.metrics import Metrics
from bot.web import PATH

ROOT = Path(__file__).resolve().parents[3]
DEPLOY = ROOT / "deploy"
BIN = Path(sys.executable).parent
KNOWN = {*KEYS, *(f"{key}_FILE" for key in SECRETS)}
MANIFESTS = sorted((DEPLOY / "kubernetes").glob("*.yaml"))


def documents(path: Path) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all(path.read_text(encoding="utf-8")))


def every_manifest() -> list[dict[str, Any]]:
    return [document for path in MANIFESTS for document in documents(path)]


def pods() -> list[dict[str, Any]]:
    return [one["spec"]["template"]["spec"] for one in every_manifest() if "template" in one.get("spec", {})]


def ran(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=100)


def test_the_container_file_passes_hadolint() -> None:
    done = ran(str(BIN / "hadolint"), "deploy/Containerfile")
    assert done.returncode == 0, done.stdout


def test_the_compose_file_follows_the_compose_specification() -> None:
    done = ran(
        str(BIN / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec", "deploy/compose.yaml"
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.name)
def test_the_manifests_follow_the_schema_of_kubernetes(path: Path) -> None:
    done = ran(str(BIN / "kubernetes-validate"), "--strict", str(path))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed here")
def test_the_unit_is_understood_and_exposes_little(tmp_path: Path) -> None:
    unit = (DEPLOY / "trillium.service").read_text(encoding="utf-8")
    here = tmp_path / "trillium.service"
    here.write_text(unit.replace("/opt/trillium/bin/oinp", sys.executable), encoding="utf-8")
    done = ran("systemd-analyze", "verify", str(here))
    assert "trillium.service" not in done.stderr, done.stderr
    exposure = ran("systemd-analyze", "security", "--offline=true", "--threshold=20", str(here))
    assert exposure.returncode == 0, exposure.stdout[-300:]


def settings_in(text: str) -> set[str]:
    return set(re.findall(r"\b(?:OINP|TELEGRAM)_[A-Z_]+[A-Z]\b", text))


@pytest.mark.parametrize(
    "path", sorted(p for p in DEPLOY.rglob("*") if p.is_file()), ids=lambda path: path.name
)
def test_every_setting_named_in_deploy_exists(path: Path) -> None:
    assert settings_in(path.read_text(encoding="utf-8")) <= KNOWN


def commands() -> list[list[str]]:
    compose = documents(DEPLOY / "compose.yaml")[0]["services"].values()
    given = [one["command"] for one in compose if "trillium" in one.get("image", "")]
    given += [container["args"] for pod in pods() for container in pod["containers"]]
    unit = re.search(r"^ExecStart=\S+/oinp (.*)$", (DEPLOY / "trillium.service").read_text(), re.MULTILINE)
    assert unit
    return [*given, unit[1].split()]


def test_every_command_that_is_started_exists() -> None:
    assert {command[0] for command in commands()} == {"run", "web", "worker", "db"}
    assert all(command[0] in NOUNS for command in commands())


def test_containers_run_without_rights_on_a_read_only_root() -> None:
    for pod in pods():
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["automountServiceAccountToken"] is False
        for container in pod["containers"]:
            context = container["securityContext"]
            assert context["readOnlyRootFilesystem"] is True
            assert context["allowPrivilegeEscalation"] is False
            assert context["capabilities"] == {"drop": ["ALL"]}
            assert "limits" in container["resources"]
    services = documents(DEPLOY / "compose.yaml")[0]["services"]
    for name in ("migrate", "web", "worker"):
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
    assert re.search(r"^USER 10001:10001$", (DEPLOY / "Containerfile").read_text(), re.MULTILINE)


def test_long_running_containers_have_probes_at_addresses_that_exist() -> None:
    addresses = {"/healthz", "/readyz"}
    for one in every_manifest():
        if one["kind"] in ("Deployment", "StatefulSet"):
            (container,) = one["spec"]["template"]["spec"]["containers"]
            for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
                assert container[probe]["httpGet"]["path"] in addresses


def test_the_world_sees_nothing_but_telegrams_address() -> None:
    ingresses = [one for one in every_manifest() if one["kind"] == "Ingress"]
    shown = [
        (path["path"], path["pathType"])
        for one in ingresses
        for rule in one["spec"]["rules"]
        for path in rule["http"]["paths"]
    ]
    assert shown == [(PATH, "Exact")]
    caddy = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    assert f"path {PATH}\n" in caddy
    assert "respond 404" in caddy
    services = documents(DEPLOY / "compose.yaml")[0]["services"]
    assert [name for name, one in services.items() if "ports" in one] == ["proxy"]


def test_no_secret_stands_in_deploy() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in DEPLOY.rglob("*") if path.is_file())
    assert not re.search(r"\d{6,}:[A-Za-z0-9_-]{20,}", text)
    assert not re.search(r"postgres(?:ql)?://[^\s:]+:[^\s@]+@", text)


def test_dashboard_and_alarms_ask_for_metrics_that_are_counted() -> None:
    counted = {family.name for family in Metrics().registry.collect()}
    alarms = documents(DEPLOY / "alarms.yaml")[0]
    asked = [rule["expr"] for group in alarms["groups"] for rule in group["rules"]]
    panels = json.loads((DEPLOY / "grafana.json").read_text(encoding="utf-8"))["panels"]
    asked += [target["expr"] for panel in panels for target in panel["targets"]]
    for name in {name for expression in asked for name in re.findall(r"\b(?:oinp|process)_\w+", expression)}:
        assert re.sub(r"_(total|bucket|count|sum)$", "", name) in counted | {"process_resident_memory_bytes"}


def test_the_wheel_that_goes_into_the_image_runs_by_itself(tmp_path: Path) -> None:
    built = ran(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path))
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "site")
        names = packed.namelist()
    for part in (
        "rules/data/",
        "knowledge/noc/groups/72.yaml",
        "bot/store/migrations/versions/0001",
        "html.j2",
    ):
        assert any(part in name for name in names), part
    assert not any("_compiled" in name or name.startswith("tests") for name in names)
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import bot; print(bot.__file__); from bot.cli import main; main(['db', 'upgrade'])",
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site"), "OINP_DATA_DIR": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(tmp_path / "site") in told.stdout
    assert "Made the database" in told.stdout
