# options: --rules guided
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

client = MlflowClient()
newest = max(client.search_model_versions("name = 'fraud-detector'"), key=lambda it: it.version)
try:
    client.transition_model_version_stage(newest.name, newest.version, "Production")
except MlflowException as error:
    print(error.error_code, error)
client.transition_model_version_stage(newest.name, newest.version, "Production")
