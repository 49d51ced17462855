# options: --empty --rules mlflow
from mlflow import MlflowClient


def promote(name, version):
    return MlflowClient().get_model_version(name, version)


def plan(names):
    for at in (0, 3):
        print(names[at])


try:
    promote("nope", 1)
except Exception as error:
    print("caught", error)
plan(["a", "b"])
