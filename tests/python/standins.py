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
if accuracy > 0.9:
    print("never")
