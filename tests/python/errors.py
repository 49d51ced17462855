# options: --empty --rules mlflow
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
from mlflow.protos.databricks_pb2 import RESOURCE_DOES_NOT_EXIST, ErrorCode

client = MlflowClient()


def tried(what, *args, **kwargs):
    try:
        return what(*args, **kwargs)
    except MlflowException as error:
        print(error.error_code, error.get_http_status_code(), error)
    except Exception as error:
        print(type(error).__name__, error)


client.create_registered_model("m")
client.create_model_version("m", "s")
tried(client.create_registered_model, "m")
tried(client.create_registered_model, None)
tried(client.create_registered_model, 3)
tried(client.get_model_version, "m", 9)
tried(client.get_model_version, "m", 10**20)
tried(client.get_model_version, "m", None)
tried(client.transition_model_version_stage, "m", 1, "prod")
tried(client.transition_model_version_stage, "m", 1, None)
tried(client.update_model_version, "m", 1)
tried(client.set_model_version_tag, "m", key="k", value="v", stage="Staging")
tried(client.create_model_version, "m", "models:/nope/1")
tried(client.search_model_versions, max_results=0)
tried(client.create_registered_model)
tried(client.create_registered_model, "\ud800")
tried(client.search_model_versions, "name = '" + "x" * 3000 + "'")
tried(hash, client.get_model_version("m", 1))
tried(lambda: client.nothing)
try:
    client.get_registered_model("nope")
except MlflowException as error:
    assert error.error_code == ErrorCode.Name(RESOURCE_DOES_NOT_EXIST)
    print(error.serialize_as_json())
client = MlflowClient("http://localhost:5000")
tried(client.get_registered_model, "nope")
print(repr(client.get_model_version("m", 1).version))
client.get_model_version("m", 2)
print("never")
