# Made by Model Stages, a simulator of MLflow's model registry.
# Run on an MLflow server, this code does there what was done in the simulator.
# Stages are deprecated since MLflow 2.9.0: aliases and tags take their place.
# This is the history of my
# registry.
# It starts from an empty registry: models of the same names must not be there yet.

from mlflow import MlflowClient

client = MlflowClient(tracking_uri="https://mlflow.example.org/team")

# Step 1, Ana
client.create_registered_model(
    name="fraud-detector",
    tags={"owner": "payments", "task": "classification"},
    description="Scores every card payment. A payment over the threshold is held back and checked by a person.",
)

# Step 2, Ana
# A server does not accept models/fraud/model_v1.pkl as a source. Write your own storage
# address in place of s3://my-bucket/models/fraud/model_v1.pkl.
run = client.create_run(experiment_id="0")
client.log_metric(run.info.run_id, "latency_ms", 9)
client.log_metric(run.info.run_id, "precision", 0.64)
client.log_metric(run.info.run_id, "recall", 0.71)
client.create_model_version(
    name="fraud-detector",
    source="s3://my-bucket/models/fraud/model_v1.pkl",
    run_id=run.info.run_id,
    description="First version: logistic regression on 12 features.",
)

# Step 3, Ana: Try it on last month's payments.
client.transition_model_version_stage(
    name="fraud-detector",
    version="1",
    stage="Staging",
)

# Step 4, Ana: Better than the hand-written rules. Going live.
client.transition_model_version_stage(
    name="fraud-detector",
    version="1",
    stage="Production",
)

# Step 5, Ben
# A server does not accept models/fraud/model_v2.pkl as a source. Write your own storage
# address in place of s3://my-bucket/models/fraud/model_v2.pkl.
run = client.create_run(experiment_id="0")
client.log_metric(run.info.run_id, "latency_ms", 31)
client.log_metric(run.info.run_id, "precision", 0.41)
client.log_metric(run.info.run_id, "recall", 0.9)
client.create_model_version(
    name="fraud-detector",
    source="s3://my-bucket/models/fraud/model_v2.pkl",
    run_id=run.info.run_id,
    description="Gradient boosting, trained on the whole year.",
)

# Step 6, Ben: Looks strong on recall.
client.transition_model_version_stage(
    name="fraud-detector",
    version="2",
    stage="Staging",
)

# Step 7, Ben: Rejected: it holds back twice as many honest customers.
client.transition_model_version_stage(
    name="fraud-detector",
    version="2",
    stage="Archived",
)

# Step 8, Mira
client.create_registered_model(
    name="churn-forecast",
    tags={"owner": "marketing"},
    description="Tells the shop which customers are about to leave.",
)

# Step 9, Mira
# A server does not accept models/churn/2026-08.pkl as a source. Write your own storage
# address in place of s3://my-bucket/models/churn/2026-08.pkl.
run = client.create_run(experiment_id="0")
client.log_metric(run.info.run_id, "auc", 0.79)
client.log_metric(run.info.run_id, "lift_at_10", 2.4)
client.create_model_version(
    name="churn-forecast",
    source="s3://my-bucket/models/churn/2026-08.pkl",
    run_id=run.info.run_id,
    description="Trained on the August data.",
)

# Step 10, Mira
client.transition_model_version_stage(
    name="churn-forecast",
    version="1",
    stage="Staging",
)

# Step 11, Mira: Good enough for the autumn campaign.
client.transition_model_version_stage(
    name="churn-forecast",
    version="1",
    stage="Production",
)

# Step 12, Ana
# A server does not accept models/fraud/model_v3.pkl as a source. Write your own storage
# address in place of s3://my-bucket/models/fraud/model_v3.pkl.
run = client.create_run(experiment_id="0")
client.log_metric(run.info.run_id, "latency_ms", 28)
client.log_metric(run.info.run_id, "precision", 0.72)
client.log_metric(run.info.run_id, "recall", 0.86)
client.create_model_version(
    name="fraud-detector",
    source="s3://my-bucket/models/fraud/model_v3.pkl",
    run_id=run.info.run_id,
    tags={"validation_status": "passed"},
    description="Gradient boosting with a calibrated threshold.",
)

# Step 13, Ana
client.transition_model_version_stage(
    name="fraud-detector",
    version="3",
    stage="Staging",
)

# Step 14, Ana: Making room for version 3.
client.transition_model_version_stage(
    name="fraud-detector",
    version="1",
    stage="Archived",
)

# Step 15, Ana: Two weeks of clean tests.
client.transition_model_version_stage(
    name="fraud-detector",
    version="3",
    stage="Production",
)

# Step 16, Ana
client.set_registered_model_alias(name="fraud-detector", alias="champion", version="3")

# Step 17, Ben
# A server does not accept models/fraud/model_v4.pkl as a source. Write your own storage
# address in place of s3://my-bucket/models/fraud/model_v4.pkl.
run = client.create_run(experiment_id="0")
client.log_metric(run.info.run_id, "latency_ms", 35)
client.log_metric(run.info.run_id, "precision", 0.75)
client.log_metric(run.info.run_id, "recall", 0.91)
client.create_model_version(
    name="fraud-detector",
    source="s3://my-bucket/models/fraud/model_v4.pkl",
    run_id=run.info.run_id,
    tags={"validation_status": "pending"},
    description="Adds features from the merchant's history.",
)

# Step 18, Ben: Please test against the Black Friday data.
client.transition_model_version_stage(
    name="fraud-detector",
    version="4",
    stage="Staging",
)

# Step 19, Ben
client.set_registered_model_alias(
    name="fraud-detector",
    alias="challenger",
    version="4",
)

# Step 20, Mira
# A server does not accept models/churn/2026-11.pkl as a source. Write your own storage
# address in place of s3://my-bucket/models/churn/2026-11.pkl.
run = client.create_run(experiment_id="0")
client.log_metric(run.info.run_id, "auc", 0.83)
client.log_metric(run.info.run_id, "lift_at_10", 2.9)
client.create_model_version(
    name="churn-forecast",
    source="s3://my-bucket/models/churn/2026-11.pkl",
    run_id=run.info.run_id,
    description="Retrained with the autumn data.",
)

# Step 21, Mira
client.transition_model_version_stage(
    name="churn-forecast",
    version="2",
    stage="Staging",
)

# Step 22, Ben
client.create_registered_model(
    name="support-router",
    description="Sends a customer's question to the right team. Not live yet.",
)

# Step 23, Ben
# A server does not accept models/router/first-try.pkl as a source. Write your own
# storage address in place of s3://my-bucket/models/router/first-try.pkl.
run = client.create_run(experiment_id="0")
client.log_metric(run.info.run_id, "accuracy", 0.68)
client.create_model_version(
    name="support-router",
    source="s3://my-bucket/models/router/first-try.pkl",
    run_id=run.info.run_id,
    description="Bag of words. A start.",
)

# Step 24, Ben
# A server does not accept models/fraud/model_v5.pkl as a source. Write your own storage
# address in place of s3://my-bucket/models/fraud/model_v5.pkl.
run = client.create_run(experiment_id="0")
client.log_metric(run.info.run_id, "latency_ms", 120)
client.log_metric(run.info.run_id, "precision", 0.38)
client.log_metric(run.info.run_id, "recall", 0.93)
client.create_model_version(
    name="fraud-detector",
    source="s3://my-bucket/models/fraud/model_v5.pkl",
    run_id=run.info.run_id,
    description="Experiment from a laptop: a small neural network.",
)
