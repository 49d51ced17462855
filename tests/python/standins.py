# options: --empty --rules mlflow
import mlflow
import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split

data = pd.read_csv("churn.csv")
X_train, X_test, y_train, y_test = train_test_split(data.drop("left", axis=1), data["left"])
model = RandomForestClassifier(n_estimators=10).fit(X_train, y_train)
accuracy = accuracy_score(y_test, model.predict(X_test))
print(f"accuracy {accuracy:.3f}", np.mean([1, 2]) * 2)
with mlflow.start_run() as run:
    mlflow.log_metric("accuracy", accuracy)
    mlflow.sklearn.log_model(model, "model", registered_model_name="churn")
print(mlflow.get_run(run.info.run_id).data.metrics)
try:
    print(len(data))
except NotImplementedError as error:
    print(error)
result = mlflow.models.evaluate("models:/churn/1", data, targets="left", model_type="classifier")
mlflow.evaluate(model.predict, data, extra_metrics=[accuracy])
reached = mlflow.models.MetricThreshold(threshold=0.8, min_relative_change=0.05, greater_is_better=True)
print(result.metrics, reached, reached.threshold)


def tried(what):
    try:
        print(what())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


tried(lambda: mlflow.validate_evaluation_results({"accuracy": reached}, result))
tried(lambda: mlflow.validate_evaluation_results({"accuracy": 0.8}, result))
tried(lambda: result.metrics["accuracy"] > 0.8)
tried(lambda: mlflow.models.evaluate("models:/churn/1"))
tried(lambda: mlflow.models.evaluate("models:/churn/1", [1], model_type="regressor"))
tried(lambda: mlflow.models.evaluate("models:/churn/1", data))
tried(lambda: mlflow.models.evaluate("models:/churn/7", data, model_type="text"))
tried(lambda: mlflow.models.MetricThreshold(threshold="0.8", greater_is_better=True))
tried(lambda: mlflow.models.MetricThreshold(min_absolute_change=-1, greater_is_better=True))
tried(lambda: mlflow.models.MetricThreshold(min_relative_change=1, greater_is_better=True))
tried(lambda: mlflow.models.MetricThreshold(min_relative_change=2.0, greater_is_better=True))
tried(lambda: mlflow.models.MetricThreshold(threshold=1))
tried(lambda: mlflow.models.MetricThreshold(threshold=1, greater_is_better=1))
tried(lambda: mlflow.models.MetricThreshold(greater_is_better=True))
print(mlflow.models.MetricThreshold(min_absolute_change=2, greater_is_better=False))
if accuracy > 0.9:
    print("never")
