"""Python statements for the comparison of the simulated MLflow with the real one: written by hand, and made from a seed."""

import random

NAMES = ["m", "n", "fraud model", "nope", "ü.x", "", " ", "a/b", "a:b", ".", "..", "x" * 30]
STAGES = ["Staging", "Production", "Archived", "None", "staging", "PRODUCTION", "prod", "", " ", "None ", "archived"]
VERSIONS = [1, 2, 3, "1", "2", "3", "02", " 2 ", "+1", "1.5", "v1", "", "latest", 0, -1, 99, "99", True, 2.0, 1.9, "１", "1_0"]
ODD_VERSIONS = [None, [1], 10**20, "99999999999999999999", float("nan"), float("inf"), {}]
ALIASES = ["champion", "Champion", "ch-1", "1", "latest", "LATEST", "v1", "V2", "a b", "", "a.b", "é", "_", "v", "a" * 256]
KEYS = ["k", "team", "a b", "a:b", "a/b", "a//b", "/x", "../x", "", ".", "k*", "k" * 251, "ü", "validation-status"]
VALUES = ["v", "", "x y", 1, 0.5, None, True, "ü", [1, "a"], {"a": 1}]
SOURCES = ["s3://b/m", "dbfs:/m", "models:/m/1", "models:/nope/1", "models:/m/99", "/tmp/m", "", "x", "mlflow-artifacts:/0/r/artifacts/m"]
URIS = ["models:/m/1", "models:/m/Production", "models:/m/staging", "models:/m/latest", "models:/m@champion", "models:/m@nope",
        "models:/nope/1", "models:/m/", "models:/m/1/x", "models:m/1", "runs:/x/m", "x", "", "models:/m/prod", "models:/m/99"]
FILTERS = ["name = 'm'", "name='m'", "name LIKE 'm%'", "name ilike 'M'", "name != 'm'", "tags.k = 'v'", "tags.`a b` = 'x y'", "",
           "name = m", "foo = 'x'", "version_number > 1", "run_id = 'abc'", "name = 'm' AND tags.k = 'v'", "name IN ('m', 'n')",
           "source_path = 's3://b/m'", "name >", "version_number = '1'", "name = 'm' OR name = 'n'"]
ORDERS = [None, [], ["name"], ["name DESC"], ["version_number DESC"], ["creation_timestamp ASC"], ["last_updated_timestamp DESC"],
          ["foo"], ["name foo"], ["timestamp"], ["name ASC", "version_number ASC"], ["version_number"]]
TAGS = [None, {}, {"z": 1, "a": 2}, {"k": None}, {"a//b": "x"}, {"k": "v", "l": "w", "b": ""}, {"": 1}]
DESCRIPTIONS = [None, "", "text", "ü\n2", 5]

# What a script does first, so that there is something to ask for.
START = """
import mlflow
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
client = MlflowClient()
client.create_registered_model("m", {"z": 1, "a": 2}, "a model")
client.create_registered_model("n")
client.create_model_version("m", "s3://b/m", description="")
client.create_model_version("m", "s3://b/m2", tags={"k": "v", "b": "w"}, run_id="abc", run_link="http://x")
client.create_model_version("m", "s3://b/m3")
client.set_registered_model_alias("m", "champion", 2)
""".strip().splitlines()

HAND = r'''
mlflow.__version__
client.create_registered_model(None)
client.create_registered_model(3)
client.create_registered_model("x", tags=[1])
client.create_registered_model("x", tags={1: 2})
client.create_registered_model("x", tags={None: 2})
client.create_registered_model()
client.create_registered_model("x", foo=1)
client.create_registered_model("m")
client.create_registered_model(name="byname", description="d", tags={"b": "2", "a": "1"})
list(client.get_registered_model("byname").tags.items())
list(client.get_model_version("m", 2).tags.items())
client.set_model_version_tag("m", 2, "a", "z")
list(client.get_model_version("m", 2).tags.items())
client.delete_model_version_tag("m", 2, "k")
client.set_model_version_tag("m", 2, "k", "again")
list(client.get_model_version("m", 2).tags)
client.rename_registered_model("m", None)
client.rename_registered_model("m", 4)
client.rename_registered_model("n", "n2")
client.rename_registered_model("n2", "m")
client.rename_registered_model("nope", "x")
client.rename_registered_model("n2", "n")
client.update_registered_model("m")
client.update_registered_model("m", "")
client.update_registered_model("m", "text")
client.update_registered_model("nope", "text")
client.update_model_version("m", 1)
client.update_model_version("m", 1, "")
client.update_model_version("m", 1, "d").description
client.update_model_version("nope", 1, "d")
client.update_model_version("m", 99, "d")
client.transition_model_version_stage("m", 1, None)
client.transition_model_version_stage("m", 1, 1)
client.transition_model_version_stage("nope", 1, None)
client.transition_model_version_stage("m", 1, "Staging", "yes")
client.transition_model_version_stage("m", 1, "Archived", 1)
client.transition_model_version_stage("m", 2, "Production", archive_existing_versions=True)
client.transition_model_version_stage("m", 3, "Production", archive_existing_versions=False)
client.transition_model_version_stage("m", 3)
client.transition_model_version_stage("m", 3, stage="Staging", foo=1)
[v.version for v in client.get_latest_versions("m")]
[v.aliases for v in client.get_latest_versions("m", ["Production"])]
client.get_latest_versions("m", "Production")
client.get_latest_versions("m", [None])
client.get_latest_versions("m", 5)
client.get_latest_versions("m", [])
client.get_latest_versions("m", ["prod"])
client.get_latest_versions("nope")
client.get_latest_versions("nope", [None])
client.get_model_version("m", 10**20)
client.get_model_version("m", None)
client.get_model_version("m", 2.0)
client.get_model_version("m", float("nan"))
client.get_model_version("m", "１")
client.get_model_version("m", [1])
client.get_model_version(None, 1)
client.get_model_version(5, 1)
client.set_model_version_tag("m", 1, "k", None)
client.set_model_version_tag("m", 1)
client.set_model_version_tag("m", 1, 3, 4)
client.set_model_version_tag("m")
client.set_model_version_tag("m", 0, "k", "v")
client.set_model_version_tag("m", "0", "k", "v")
client.set_model_version_tag("m", 1, "k", "v", stage="Staging")
client.set_model_version_tag("m", key="k", value="v", stage="Archived")
client.set_model_version_tag("m", key="k2", value="v", stage="Production")
client.set_model_version_tag("m", key="k2", value="v", stage="prod")
client.delete_model_version_tag("m", key="k2", stage="Production")
client.delete_model_version_tag("m", 1, "not there")
client.set_registered_model_tag("m", None, "v")
client.set_registered_model_tag("m", "k", 5)
client.set_registered_model_alias("m", "zz", 1)
client.set_registered_model_alias("m", "aa", 1)
client.set_registered_model_alias("m", None, 1)
client.set_registered_model_alias("m", 5, 1)
client.set_registered_model_alias("m", "x", None)
client.get_model_version("m", 1).aliases
client.get_registered_model("m").aliases
client.get_model_version_by_alias("m", "nope")
client.get_model_version_by_alias("m", "champion").version
client.get_model_version_by_alias("nope", "champion")
client.get_model_version_by_alias("m", None)
client.delete_registered_model_alias("m", "zz")
client.delete_registered_model_alias("m", "zz")
client.create_model_version("m", None).source
client.create_model_version("m", 3)
client.create_model_version("m", "models:/m/1").source
client.create_model_version("m", "models:/nope/1")
client.create_model_version("m", "models:/m/99")
client.create_model_version("nope", "s")
client.create_model_version("m", "s", model_id="m-1")
client.create_model_version("m")
client.get_model_version_download_uri("m", 2)
client.get_model_version_download_uri("m", 99)
client.get_model_version_download_uri("nope", 1)
client.get_model_version_download_uri("m", 5)
client.get_model_version_stages("m", 1)
client.get_model_version_stages("nope", None)
client.search_registered_models(max_results=0)
client.search_registered_models(max_results=-3)
client.search_registered_models(max_results="3")
client.search_registered_models(max_results=None)
client.search_registered_models(max_results=1001)
client.search_registered_models(max_results=1, page_token="xx")
client.search_registered_models(filter_string=3)
client.search_registered_models(order_by=[3])
page = client.search_registered_models(max_results=1)
type(page).__name__, len(page), page.token
client.search_registered_models(max_results=1, page_token=page.token)[0].name
[m.name for m in client.search_registered_models()]
client.search_model_versions(max_results=0)
client.search_model_versions(max_results=-1)
client.search_model_versions(max_results="3")
client.search_model_versions(max_results=200001)
page = client.search_model_versions("name = 'm'", max_results=2)
[v.version for v in page], page.token, page.to_list() == list(page)
[v.version for v in client.search_model_versions("name = 'm'", max_results=2, page_token=page.token)]
[v.version for v in client.search_model_versions("name = 'm'", order_by=["version_number ASC"])]
[v.aliases for v in client.search_model_versions("name = 'm'")]
client.copy_model_version("models:/m/2", "copied")
client.copy_model_version("models:/m@champion", "copied")
client.copy_model_version("models:/m/Production", "copied").version
client.copy_model_version("models:/m", "copied")
client.copy_model_version(None, "copied")
client.copy_model_version("runs:/a/b", "copied")
client.copy_model_version("models:/nope/1", "copied")
client.copy_model_version("models:/m/1", "")
client.get_model_version("copied", 1).tags, client.get_model_version("copied", 1).run_id
client.get_model_version_download_uri("copied", 1)
client.delete_model_version("m", 3)
client.delete_model_version("m", 3)
client.delete_model_version("m", "x")
client.delete_registered_model("copied")
client.delete_registered_model("copied")
mv = client.get_model_version("m", 1)
mv == client.get_model_version("m", 1)
mv != client.get_model_version("m", 2)
mv == 3
mv in [client.get_model_version("m", 1)]
hash(mv)
dict(mv) == dict(client.get_model_version("m", 1))
sorted(dict(mv))
sorted(vars(mv))
sorted(dict(client.get_registered_model("m")))
sorted(vars(client.get_registered_model("m")))
mv.foo
mv.version = 5
mv.description = "local"; mv.description
type(mv), type(client.get_registered_model("m")), type(client)
mv.current_stage.lower(), mv.status, mv.user_id, mv.run_link, mv.creation_timestamp == mv.last_updated_timestamp
isinstance(mv.version, int), isinstance(mv.creation_timestamp, int)
from mlflow.entities.model_registry import ModelVersion, RegisteredModel; isinstance(mv, ModelVersion)
ModelVersion("a", "1", 5)
RegisteredModel("a")
from mlflow.entities.model_registry import RegisteredModelAlias, ModelVersionTag; RegisteredModelAlias("a", 1), ModelVersionTag("k", "v") == ModelVersionTag("k", "v")
from mlflow.entities import Metric, Param, RunTag; Metric("a", 1.0, 5, 0), Param("a", "b"), RunTag("a", "b")
from mlflow.store.entities import PagedList; PagedList([1, 2], "t").token
from mlflow.tracking import MlflowClient as Same; Same is MlflowClient
from mlflow.tracking.client import MlflowClient as Same; Same is MlflowClient
from mlflow.entities.model_registry.model_version_status import ModelVersionStatus as S; S.from_string("READY"), S.to_string(3)
S.from_string("x")
from mlflow.protos.databricks_pb2 import RESOURCE_DOES_NOT_EXIST, ErrorCode; ErrorCode.Name(RESOURCE_DOES_NOT_EXIST)
e = MlflowException("text"); e.error_code, str(e), e.get_http_status_code(), e.message, repr(e)
MlflowException("text", RESOURCE_DOES_NOT_EXIST).serialize_as_json()
MlflowException.invalid_parameter_value("text").serialize_as_json()
MlflowException("text").serialize_as_json()
from mlflow.exceptions import RestException; str(RestException({"error_code": "RESOURCE_DOES_NOT_EXIST", "message": "m"}))
mlflow.foo
client.foo
from mlflow import foo
import mlflow.foo
mlflow.tracking.foo
mlflow.get_registry_uri() == mlflow.get_tracking_uri()
client.get_run("nope")
client.get_run(None)
mlflow.register_model("runs:/nope/model", "q")
mlflow.register_model("runs:/nope", "q")
mlflow.register_model("models:/nope/1", "q")
mlflow.register_model("models:/m/1", "q")
mlflow.register_model("s3://b/x", "q", tags={"a": 1})
mlflow.register_model("s3://b/x", "a/b")
mlflow.register_model("s3://b/x")
mlflow.set_model_version_tag("q", 1, "k", "v")
[m.name for m in mlflow.search_registered_models()]
[v.version for v in mlflow.search_model_versions(filter_string="name = 'q'")]
mlflow.search_registered_models(max_results=1)[0].name
exp = mlflow.set_experiment("e"); exp.name, exp.experiment_id, exp.lifecycle_stage, exp.tags
mlflow.set_experiment("")
mlflow.set_experiment()
mlflow.create_experiment("second")
mlflow.get_experiment("77")
mlflow.get_experiment("x")
mlflow.get_experiment_by_name("nope")
[e.name for e in mlflow.search_experiments()]
run = mlflow.start_run(run_name="r1"); run.info.run_name, run.info.status, run.info.experiment_id
mlflow.log_param("a", 1)
mlflow.log_param("a", 1)
mlflow.log_param("a", 2)
mlflow.log_params({"b": 2, "c": None})
mlflow.log_metric("x", "y")
mlflow.log_metric("x", 1)
mlflow.log_metric("x", 0.5, step=2)
mlflow.log_metric("x", True, step=1)
mlflow.log_metric("a*", 1)
mlflow.log_metric("x")
mlflow.log_metrics({"q": 2, "p": 0.25})
mlflow.set_tag("t", 1)
mlflow.set_tags({"u": 2, "t": 3})
mlflow.start_run()
mlflow.active_run()
mlflow.active_run().info.run_name
child = mlflow.start_run(run_name="r2", nested=True)
client.get_parent_run(child.info.run_id).info.run_name
mlflow.end_run()
mlflow.end_run()
mlflow.active_run()
mlflow.last_active_run().info.run_name
found = mlflow.get_run(run.info.run_id); found.data.metrics, found.data.params, found.info.status
{k: v for k, v in found.data.tags.items() if not k.startswith("mlflow.source") and k != "mlflow.user"}
[(m.key, m.value, m.step) for m in client.get_metric_history(run.info.run_id, "x")]
client.get_metric_history(run.info.run_id, "nope")
sorted(dict(found)), sorted(found.to_dictionary())
[r.info.run_name for r in mlflow.search_runs(output_format="list")]
[r.info.run_name for r in client.search_runs([exp.experiment_id], "metrics.x > 0.2")]
[r.info.run_name for r in client.search_runs([exp.experiment_id], "params.a = '1' and tags.t = '3'")]
[r.info.run_name for r in client.search_runs([exp.experiment_id], order_by=["metrics.x DESC"])]
[r.info.run_name for r in client.search_runs([exp.experiment_id], order_by=["start_time ASC"])]
mlflow.search_runs(output_format="x")
mlflow.search_runs(experiment_ids=["1"], experiment_names=["e"])
[r.info.run_name for r in mlflow.search_runs(experiment_names=["e"], output_format="list")]
client.create_model_version("m", "s", run_id=run.info.run_id).run_id == run.info.run_id
client.log_metric(run.info.run_id, "z", 3); client.get_run(run.info.run_id).data.metrics["z"]
client.log_param(run.info.run_id, "zz", 3)
client.set_terminated(run.info.run_id); client.get_run(run.info.run_id).info.status
client.set_terminated(run.info.run_id, "nope")
client.delete_run(run.info.run_id); client.get_run(run.info.run_id).info.lifecycle_stage
client.create_run("77")
client.log_metric("nope", "a", 1)
with mlflow.start_run() as r: mlflow.log_metric("m", 1)
mlflow.get_run(r.info.run_id).data.metrics
try: client.get_model_version("m", 77)
except MlflowException as e: print(e.error_code, e.get_http_status_code(), e)
print(mv.name, mv)
f"{mv.version:>3}|{mv.name!r}"
'''.strip()


def hand():
    """The statements that are written by hand. A line that starts with `except` belongs to the one before it."""
    found = []
    for line in HAND.splitlines():
        if line.startswith("except"):
            found[-1] += "\n" + line
        else:
            found.append(line)
    return found


def made(seed, count):
    """Statements made from a seed."""
    dice = random.Random(seed)
    one = dice.choice

    def name():
        return repr(one(["m", "m", "m", "m", "n", "n"] + NAMES))

    def version():
        return repr(one([1, 2, "1", "3", 2] * 3 + VERSIONS + [it for it in ODD_VERSIONS if dice.random() < 0.2]))

    def shown(value):
        return {"nan": "float('nan')", "inf": "float('inf')"}.get(value, value)

    templates = [
        lambda: f"client.create_registered_model({name()}, {one(TAGS)!r}, {one(DESCRIPTIONS[:4])!r})",
        lambda: f"client.rename_registered_model({name()}, {name()})",
        lambda: f"client.update_registered_model({name()}, {one(DESCRIPTIONS[:4])!r})",
        lambda: f"client.delete_registered_model({repr(one(NAMES[1:]))})",
        lambda: f"client.get_registered_model({name()})",
        lambda: f"client.set_registered_model_tag({name()}, {one(KEYS)!r}, {one(VALUES)!r})",
        lambda: f"client.delete_registered_model_tag({name()}, {one(KEYS)!r})",
        lambda: f"client.set_registered_model_alias({name()}, {one(ALIASES)!r}, {version()})",
        lambda: f"client.delete_registered_model_alias({name()}, {one(ALIASES)!r})",
        lambda: f"client.get_model_version_by_alias({name()}, {one(ALIASES)!r})",
        lambda: f"client.create_model_version({name()}, {one(SOURCES)!r}, tags={one(TAGS)!r}, description={one(DESCRIPTIONS[:4])!r})",
        lambda: f"client.create_model_version({name()}, {one(SOURCES)!r}, {one([None, 'abc', 'r2'])!r}, run_link={one([None, 'l'])!r})",
        lambda: f"client.copy_model_version({one(URIS)!r}, {name()})",
        lambda: f"client.update_model_version({name()}, {version()}, {one(DESCRIPTIONS[:4])!r})",
        lambda: f"client.transition_model_version_stage({name()}, {version()}, {one(STAGES)!r})",
        lambda: f"client.transition_model_version_stage('m', {version()}, {one(STAGES[:6])!r}, {one([True, False])})",
        lambda: f"client.transition_model_version_stage(name={name()}, version={version()}, stage={one(STAGES)!r}, "
        f"archive_existing_versions={one([True, False, 1, 0, None])})",
        lambda: f"client.delete_model_version({name()}, {version()})" if dice.random() < 0.3 else "client.get_registered_model('m').aliases",
        lambda: f"client.get_model_version({name()}, {version()})",
        lambda: f"client.get_model_version_download_uri({name()}, {version()})",
        lambda: f"client.set_model_version_tag({name()}, {version()}, {one(KEYS)!r}, {one(VALUES)!r})",
        lambda: f"client.delete_model_version_tag({name()}, {version()}, {one(KEYS)!r})",
        lambda: f"client.set_model_version_tag('m', key={one(KEYS)!r}, value={one(VALUES)!r}, stage={one(STAGES)!r})",
        lambda: f"client.get_latest_versions({name()}, {one([None, [], ['Production'], ['staging', 'None'], ['prod'], 'Production'])!r})",
        lambda: f"client.search_registered_models({one(FILTERS)!r}, {one([1, 2, 100, 0, 1001])}, {one(ORDERS)!r})",
        lambda: f"client.search_model_versions({one(FILTERS)!r}, {one([1, 2, 100, 0, 200001])}, {one(ORDERS)!r})",
        lambda: f"mlflow.register_model({one(URIS + SOURCES)!r}, {name()})",
        lambda: f"dict(client.get_model_version({name()}, {version()}))",
        lambda: f"list(client.get_model_version('m', {version()}).tags.items())",
    ]
    return [shown_all(one(templates)(), shown) for _ in range(count)]


def shown_all(statement, shown):
    """Floats that have no literal are written as calls."""
    for value in ("nan", "inf"):
        for before, after in ((" ", ")"), (" ", ","), ("=", ","), ("=", ")")):
            statement = statement.replace(f"{before}{value}{after}", f"{before}{shown(value)}{after}")
    return statement


# What runs the statements, in the real MLflow and in the simulated one alike. `STATEMENTS` is put before it.
DRIVER = r'''
import contextlib, io, json, sys
names = {}


def one(number, text):
    out, err = io.StringIO(), io.StringIO()
    result = None
    hook = sys.displayhook
    sys.displayhook = lambda value: print(repr(value)) if value is not None else None
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            exec(compile("\n" * number + text, "<statement>", "single"), names)
    except BaseException as error:
        result = [type(error).__name__, getattr(error, "error_code", None), str(error)]
    finally:
        sys.displayhook = hook
    print("@@" + json.dumps([text, out.getvalue(), err.getvalue(), result]))


for number, text in enumerate(STATEMENTS):
    one(number, text)
one(0, "[m for m in client.search_registered_models(order_by=['name'])]")
one(0, "[v for v in client.search_model_versions(order_by=['name', 'version_number'])]")
'''
