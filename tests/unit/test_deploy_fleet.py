"""What is shipped to deploy: held against the schemas that can be read here; no cluster was at hand."""

import tomllib
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

DEPLOY = Path(__file__).parents[2] / "deploy"
VALUES: dict[str, Any] = yaml.safe_load((DEPLOY / "k8s" / "values.yaml").read_text("utf-8"))
MANIFESTS = list(yaml.safe_load_all((DEPLOY / "k8s" / "manifests.yaml").read_text("utf-8")))
# The names that the chart's own schema has at these places; it forbids others where it says so.
CHART = {
    "": """dagsterWebserver dagster-user-deployments postgresql generatePostgresqlPasswordSecret rabbitmq redis flower
        ingress imagePullSecrets computeLogManager scheduler runLauncher pythonLogs dagsterDaemon busybox migrate
        telemetry serviceAccount global retention additionalInstanceConfig generateCeleryConfigSecret""",
    "runLauncher": "type config",
    "runLauncher.config.k8sRunLauncher": """image imagePullPolicy jobNamespace loadInclusterConfig kubeconfigFile
        envConfigMaps envSecrets envVars volumeMounts volumes labels failPodOnRunFailure resources schedulerName
        securityContext runK8sConfig""",
    "runLauncher.config.k8sRunLauncher.runK8sConfig": """containerConfig podSpecConfig podTemplateSpecMetadata
        jobSpecConfig jobMetadata""",
    "dagsterDaemon": """enabled image runCoordinator heartbeatTolerance env envConfigMaps envSecrets deploymentLabels
        labels nodeSelector affinity tolerations podSecurityContext securityContext resources livenessProbe
        readinessProbe startupProbe annotations runMonitoring runRetries sensors schedules schedulerName volumeMounts
        volumes""",
    "dagsterDaemon.runCoordinator": "enabled type config",
    "dagsterDaemon.runCoordinator.config.queuedRunCoordinator": """maxConcurrentRuns tagConcurrencyLimits
        dequeueIntervalSeconds dequeueNumWorkers dequeueUseThreads""",
    "dagster-user-deployments": "enabled enableSubchart imagePullSecrets deployments",
    "dagster-user-deployments.deployments": """name image dagsterApiGrpcArgs codeServerArgs includeConfigInLaunchedRuns
        port env envConfigMaps envSecrets annotations nodeSelector affinity tolerations podSecurityContext
        securityContext resources livenessProbe readinessProbe startupProbe labels
        volumeMounts volumes schedulerName""",
}
REQUIRED = {
    *["imagePullPolicy", "loadInclusterConfig", "envConfigMaps", "envSecrets", "envVars", "volumeMounts", "volumes"]
}
LAUNCHER = VALUES["runLauncher"]["config"]["k8sRunLauncher"]


@pytest.mark.parametrize("place", CHART)
def test_the_values_have_no_name_that_the_chart_does_not_know(place: str) -> None:
    found: Any = VALUES
    for name in filter(None, place.split(".")):
        found = found[name]
    [found] = found if isinstance(found, list) else [found]
    assert found.keys() <= {*CHART[place].split()}


def test_the_run_launcher_has_what_the_chart_requires() -> None:
    assert VALUES["runLauncher"]["type"] == "K8sRunLauncher"
    assert LAUNCHER.keys() >= REQUIRED


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda manifest: manifest["kind"])
def test_manifests_are_what_kubernetes_takes(manifest: dict[str, Any]) -> None:
    kubernetes_validate.validate(manifest, "1.30", strict=True)


def test_a_runs_pod_as_the_values_describe_it_is_what_kubernetes_takes() -> None:
    """The job that the launcher makes of them, written out: `values.yaml` has Python's names in `runK8sConfig`."""
    container = {
        "name": "dagster",
        "image": "registry.example.go.id/welfare:0.1.0",
        "resources": LAUNCHER["resources"],
        "volumeMounts": LAUNCHER["volumeMounts"],
        "envFrom": [{"secretRef": secret} for secret in LAUNCHER["envSecrets"]],
    }
    pod = {"restartPolicy": "Never", "containers": [container], "volumes": LAUNCHER["volumes"]}
    job = {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {"name": "run", "namespace": "welfare"},
        "spec": {"ttlSecondsAfterFinished": 600, "backoffLimit": 0, "template": {"spec": pod}},
    }
    kubernetes_validate.validate(job, "1.30", strict=True)
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(
            job | {"spec": {"backOffLimit": 0, "template": {"spec": pod}}}, "1.30", strict=True
        )


def test_compose_and_units_start_what_there_is() -> None:
    compose = yaml.safe_load((DEPLOY / "fleet" / "compose.yaml").read_text("utf-8"))
    welfare = {name: service["command"] for name, service in compose["services"].items() if "build" in service}
    assert welfare == {"init": ["fleet", "init"], "serve": ["fleet", "serve"], "worker": ["fleet", "worker"]}
    for service in ("init", "serve", "worker"):
        settings = compose["services"][service]["environment"]
        assert {*settings} == {"WELFARE_BROKER", "WELFARE_DATABASE"}
        assert all("PASSWORD:?}" in address for address in settings.values())  # no password stands in the file
    for unit in ("serve", "worker"):
        text = (DEPLOY / "fleet" / f"welfare-fleet-{unit}.service").read_text("utf-8")
        assert f"welfare fleet {unit}\n" in text
        assert "User=welfare" in text


def test_the_image_is_made_from_the_lock() -> None:
    image = (DEPLOY / "fleet" / "Containerfile").read_text("utf-8")
    assert "--require-hashes -r requirements-fleet.lock" in image
    project = tomllib.loads((DEPLOY.parent / "pyproject.toml").read_text("utf-8"))["project"]
    assert VALUES["dagsterDaemon"]["image"]["tag"] == project["version"]
