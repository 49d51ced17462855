# options: --empty --rules mlflow
import mlflow
import mlflow.genai


def tried(what):
    try:
        print(what())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


client = mlflow.MlflowClient()
tried(lambda: mlflow.evaluate)
tried(lambda: mlflow.genai.evaluate)
tried(lambda: client.get_trace)
tried(lambda: client.get_model_version_tags)
tried(lambda: mlflow.no_such_name)
tried(lambda: client.create_registered_model("m").to_proto())
tried(lambda: mlflow.pyfunc.load_model("/home/me/model"))
tried(lambda: mlflow.search_runs().empty)
from mlflow.models import infer_signature
from mlflow.tracking import no_such_name
