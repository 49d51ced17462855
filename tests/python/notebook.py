# Databricks notebook source
# options: --empty --rules mlflow --env model_name=churn
%pip install mlflow==3.18.0
!pip install scikit-learn
dbutils.library.restartPython()
!ls -l
%sh echo hello
from mlflow import MlflowClient
dbutils.widgets.text("stage", "Staging")
%time client = MlflowClient()
client.create_registered_model(dbutils.widgets.get("model_name")).name
client.create_model_version("churn", "s").version
client.transition_model_version_stage("churn", 1, dbutils.widgets.get("stage"))
1 + 1
"a text"
None
%sh echo hello
client.get_registered_model("churn").name
dbutils.widgets.getAll()
dbutils.notebook.entry_point.getDbutils().notebook().getContext().apiToken().get()
dbutils.notebook.run("./other", 60)
dbutils.jobs.taskValues.set(key="version", value=1)
