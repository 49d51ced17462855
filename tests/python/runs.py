# options: --empty --rules mlflow
import mlflow

experiment = mlflow.set_experiment("churn")
print(experiment.name, experiment.experiment_id, experiment.lifecycle_stage)
for depth in (3, 5):
    with mlflow.start_run(run_name=f"depth {depth}", tags={"team": "growth"}) as run:
        mlflow.log_param("depth", depth)
        mlflow.log_metrics({"recall": depth / 10, "loss": 0.25})
        mlflow.log_metric("loss", 0.125, step=1)
        info = mlflow.sklearn.log_model("a model", name="model", registered_model_name="churn")
        print(info.model_uri, info.registered_model_version)
client = mlflow.MlflowClient()
best = client.search_runs([experiment.experiment_id], "params.depth != '0'", order_by=["metrics.recall DESC"])[0]
print(best.info.run_name, best.data.metrics, best.data.params)
print([(m.value, m.step) for m in client.get_metric_history(best.info.run_id, "loss")])
version = client.search_model_versions(f"run_id = '{best.info.run_id}'")[0]
print(version.version, version.run_id == best.info.run_id)
client.log_metric(best.info.run_id, "recall", 0.9)
with mlflow.start_run():
    with mlflow.start_run(nested=True) as child:
        print(client.get_parent_run(child.info.run_id).info.status)
print(mlflow.active_run(), mlflow.last_active_run().info.status)
print([r.info.run_name for r in mlflow.search_runs(output_format="list", order_by=["start_time ASC"])][:2])
mlflow.register_model("runs:/nowhere/model", "churn")
