# Snippets of the shapes that the documentation and its tutorials use for the registry.
# options: --rules mlflow
import mlflow
from mlflow import MlflowClient

client = MlflowClient()

# a model is created
from mlflow import MlflowClient

client = MlflowClient()
client.create_registered_model("sk-learn-random-forest-reg-model")

# a version is created with tags and a description
import mlflow
from mlflow.tracking import MlflowClient

client = MlflowClient()
model_name = "SocialMediaTextAnalyzer"
tags = {"nlp.framework": "Spark NLP", "task": "sentiment"}
desc = "This sentiment analysis model classifies the tone-happy, sad, angry."
model = client.create_registered_model(model_name, tags, desc)
result = client.create_model_version(
    name=model_name,
    source="mlruns/0/d16076a3ec534311817565e6527539c0/artifacts/model",
    run_id="d16076a3ec534311817565e6527539c0",
    description="Trained on the spring data",
)
print(f"Version {result.version} of {result.name} is {result.status}")

# all models are listed
from pprint import pprint

client = MlflowClient()
for rm in client.search_registered_models():
    pprint({"name": rm.name, "tags": rm.tags}, indent=4)

# versions are searched
client = MlflowClient()
for mv in client.search_model_versions("name='churn-forecast'"):
    print(dict(mv)["version"], mv.current_stage)

# a version is promoted
client = MlflowClient()
client.transition_model_version_stage(
    name="fraud-detector",
    version=4,
    stage="Production",
    archive_existing_versions=True,
)
model_uri = f"models:/fraud-detector/Production"
print(mlflow.pyfunc.load_model(model_uri))

# the newest staging version goes live
latest = client.get_latest_versions("fraud-detector", stages=["Staging"])
if latest:
    staging = latest[0]
    for current in client.get_latest_versions("fraud-detector", ["Production"]):
        client.transition_model_version_stage(current.name, current.version, "Archived")
    client.transition_model_version_stage(staging.name, staging.version, "Production")
print([v.version for v in client.get_latest_versions("fraud-detector", ["Production"])])

# aliases take the place of stages
client = MlflowClient()

# create "champion" alias for version 4 of model "fraud-detector"
client.set_registered_model_alias("fraud-detector", "champion", 4)

# get information about the model
print(client.get_registered_model("fraud-detector").aliases)

# get a model version by alias
champion = client.get_model_version_by_alias("fraud-detector", "champion")
print(champion.version, champion.aliases)

# delete the alias
client.delete_registered_model_alias("fraud-detector", "challenger")

# a model is loaded by alias
import mlflow.pyfunc

model_name = "fraud-detector"
alias = "champion"

champion_version = mlflow.pyfunc.load_model(f"models:/{model_name}@{alias}")
print("loaded")

# tags say how far a version is
client.set_registered_model_tag("fraud-detector", "task", "scoring")
client.set_model_version_tag("fraud-detector", "4", "validation_status", "approved")
approved = client.search_model_versions("name = 'fraud-detector' and tags.validation_status = 'approved'")
print(len(approved), approved[0].version)
client.delete_model_version_tag("fraud-detector", "4", "validation_status")

# a version is promoted across environments
client.set_registered_model_alias("fraud-detector", "challenger", 4)
client.copy_model_version(
    src_model_uri="models:/fraud-detector@challenger",
    dst_name="prod.ml_team.fraud",
)
client.set_registered_model_alias(name="prod.ml_team.fraud", alias="champion", version=1)
prod_model_uri = "models:/prod.ml_team.fraud@champion"
model = mlflow.pyfunc.load_model(prod_model_uri)

# a model is renamed described and deleted
client = MlflowClient()
client.rename_registered_model(
    name="churn-forecast",
    new_name="churn-forecast-2",
)
client.update_model_version(
    name="churn-forecast-2",
    version=1,
    description="This model version is a random forest",
)
# Delete versions 1 and 2 of the model
versions = [1, 2]
for version in versions:
    client.delete_model_version(name="churn-forecast-2", version=version)
# Delete a registered model along with all its versions
client.delete_registered_model(name="churn-forecast-2")
print([rm.name for rm in client.search_registered_models()])

# the newest version is found without stages
versions = client.search_model_versions(f"name='fraud-detector'")
latest_version = max(versions, key=lambda mv: int(mv.version))
print("Latest version: {}".format(latest_version.version))
newest = sorted(versions, key=lambda mv: int(mv.version), reverse=True)[0].version
print(newest == latest_version.version)
oldest = client.search_model_versions("name='fraud-detector'", order_by=["version_number ASC"], max_results=1)[0]
print(oldest.version)

# a rollback goes one version back
MODEL_NAME = "fraud-detector"
PRODUCTION = "Production"

current = int(client.get_latest_versions(MODEL_NAME, stages=[PRODUCTION])[0].version)
previous = current - 2
old = client.transition_model_version_stage(name=MODEL_NAME, version=str(current), stage="Archived")
mv = client.transition_model_version_stage(name=MODEL_NAME, version=previous, stage=PRODUCTION)
print(f"Rolled back from {current} to {mv.version}")
print("-" * 20)

# an overview is printed
for rm in client.search_registered_models():
    print("=" * 14)
    print(rm.name)
    for mv in rm.latest_versions:
        print(f"  v{mv.version:<3} {mv.current_stage:>10} | {mv.run_id is not None}")

# metrics decide between champion and challenger
def_metric = "recall"
champion = client.get_model_version_by_alias("fraud-detector", "champion")
challenger = client.get_model_version_by_alias("fraud-detector", "challenger")
old = client.get_run(champion.run_id).data.metrics[def_metric]
new = client.get_run(challenger.run_id).data.metrics.get(def_metric, 0)
if new > old:
    client.set_registered_model_alias("fraud-detector", "champion", challenger.version)
    client.delete_registered_model_alias("fraud-detector", "challenger")
    print(f"promoted: {old} -> {new}")
else:
    print("kept")

# a script with a main block runs
import os
import mlflow
from mlflow import MlflowClient

mlflow.set_experiment("fraud")

if __name__ == "__main__":
    client = MlflowClient()
    model_name, stage = "fraud-detector", "Production"
    uri = "models:/" + model_name + "/" + stage
    model = mlflow.sklearn.load_model(uri)
    print(uri)
