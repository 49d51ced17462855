# options: --empty --rules mlflow
import mlflow
import mlflow.genai


def tried(what):
    try:
        print(what())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


client = mlflow.MlflowClient()
tried(lambda: mlflow.run)
tried(lambda: mlflow.genai.evaluate)
tried(lambda: client.get_trace)
tried(lambda: client.get_model_version_tags)
tried(lambda: mlflow.no_such_name)
tried(lambda: client.create_registered_model("m").to_proto())
tried(lambda: mlflow.pyfunc.load_model("/home/me/model"))
tried(lambda: mlflow.search_runs().empty)
from mlflow.models import EvaluationResult, infer_signature, make_metric
from mlflow.models.evaluation import EvaluationMetric as Measured


def report(result: EvaluationResult | None = None, by: list[Measured] = ()) -> Measured | str:
    return f"nothing is measured by {make_metric}"


print(report())
tried(lambda: make_metric(eval_fn=report))
tried(lambda: isinstance("", EvaluationResult))
tried(lambda: [] + Measured.name)
from mlflow.tracking import no_such_name
