# options: --empty --rules mlflow
from concurrent.futures import ThreadPoolExecutor

import mlflow

mlflow.set_tracking_uri("databricks")
mlflow.set_registry_uri("databricks-uc")
client = mlflow.MlflowClient()
client.create_registered_model("m").name
with ThreadPoolExecutor(4) as pool:
    names = list(pool.map(lambda at: client.get_registered_model("m").name, range(20)))
print(len(names), set(names))
