#!/bin/sh
# Made by Model Stages, a simulator of MLflow's model registry.
# Run on an MLflow server, this code does there what was done in the simulator.
# Stages are deprecated since MLflow 2.9.0: aliases and tags take their place.
# This is the history of my
# registry.
# It starts from an empty registry: models of the same names must not be there yet.

set -eu
BASE=https://mlflow.example.org/team

# Step 1, Ana
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/registered-models/create" \
  -H 'Content-Type: application/json' \
  -d '{"name": "fraud-detector", "tags": [{"key": "owner", "value": "payments"}, {"key": "task", "value": "classification"}], "description": "Scores every card payment. A payment over the threshold is held back and checked by a person."}'

# Step 2, Ana
# A server does not accept models/fraud/model_v1.pkl as a source. Write your own storage
# address in place of s3://my-bucket/models/fraud/model_v1.pkl.
RUN_ID=$(curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/runs/create" \
  -H 'Content-Type: application/json' \
  -d '{"experiment_id": "0"}' | sed -n 's/.*"run_id": *"\([^"]*\)".*/\1/p')
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/runs/log-metric" \
  -H 'Content-Type: application/json' \
  -d '{"run_id": "'"$RUN_ID"'", "key": "latency_ms", "value": 9, "timestamp": 1749718400000}'
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/runs/log-metric" \
  -H 'Content-Type: application/json' \
  -d '{"run_id": "'"$RUN_ID"'", "key": "precision", "value": 0.64, "timestamp": 1749718400000}'
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/runs/log-metric" \
  -H 'Content-Type: application/json' \
  -d '{"run_id": "'"$RUN_ID"'", "key": "recall", "value": 0.71, "timestamp": 1749718400000}'
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/model-versions/create" \
  -H 'Content-Type: application/json' \
  -d '{"name": "fraud-detector", "source": "s3://my-bucket/models/fraud/model_v1.pkl", "run_id": "'"$RUN_ID"'", "description": "First version: logistic regression on 12 features."}'

# Step 3, Ana: Try it on last month's payments.
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/model-versions/transition-stage" \
  -H 'Content-Type: application/json' \
  -d '{"name": "fraud-detector", "version": "1", "stage": "Staging"}'

# Step 4, Ana: Better than the hand-written rules. Going live.
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/model-versions/transition-stage" \
  -H 'Content-Type: application/json' \
  -d '{"name": "fraud-detector", "version": "1", "stage": "Production"}'

# Step 5, Ben
# A server does not accept models/fraud/model_v2.pkl as a source. Write your own storage
# address in place of s3://my-bucket/models/fraud/model_v2.pkl.
RUN_ID=$(curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/runs/create" \
  -H 'Content-Type: application/json' \
  -d '{"experiment_id": "0"}' | sed -n 's/.*"run_id": *"\([^"]*\)".*/\1/p')
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/runs/log-metric" \
  -H 'Content-Type: application/json' \
  -d '{"run_id": "'"$RUN_ID"'", "key": "latency_ms", "value": 31, "timestamp": 1753952000000}'
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/runs/log-metric" \
  -H 'Content-Type: application/json' \
  -d '{"run_id": "'"$RUN_ID"'", "key": "precision", "value": 0.41, "timestamp": 1753952000000}'
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/runs/log-metric" \
  -H 'Content-Type: application/json' \
  -d '{"run_id": "'"$RUN_ID"'", "key": "recall", "value": 0.9, "timestamp": 1753952000000}'
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/model-versions/create" \
  -H 'Content-Type: application/json' \
  -d '{"name": "fraud-detector", "source": "s3://my-bucket/models/fraud/model_v2.pkl", "run_id": "'"$RUN_ID"'", "description": "Gradient boosting, trained on the whole year."}'

# Step 6, Ben: Looks strong on recall.
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/model-versions/transition-stage" \
  -H 'Content-Type: application/json' \
  -d '{"name": "fraud-detector", "version": "2", "stage": "Staging"}'

# Step 7, Ben: Rejected: it holds back twice as many honest customers.
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/model-versions/transition-stage" \
  -H 'Content-Type: application/json' \
  -d '{"name": "fraud-detector", "version": "2", "stage": "Archived"}'

# Step 8, Mira
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/registered-models/create" \
  -H 'Content-Type: application/json' \
  -d '{"name": "churn-forecast", "tags": [{"key": "owner", "value": "marketing"}], "description": "Tells the shop which customers are about to leave."}'

# Step 9, Mira
# A server does not accept models/churn/2026-08.pkl as a source. Write your own storage
# address in place of s3://my-bucket/models/churn/2026-08.pkl.
RUN_ID=$(curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/runs/create" \
  -H 'Content-Type: application/json' \
  -d '{"experiment_id": "0"}' | sed -n 's/.*"run_id": *"\([^"]*\)".*/\1/p')
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/runs/log-metric" \
  -H 'Content-Type: application/json' \
  -d '{"run_id": "'"$RUN_ID"'", "key": "auc", "value": 0.79, "timestamp": 1754902400000}'
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/runs/log-metric" \
  -H 'Content-Type: application/json' \
  -d '{"run_id": "'"$RUN_ID"'", "key": "lift_at_10", "value": 2.4, "timestamp": 1754902400000}'
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/model-versions/create" \
  -H 'Content-Type: application/json' \
  -d '{"name": "churn-forecast", "source": "s3://my-bucket/models/churn/2026-08.pkl", "run_id": "'"$RUN_ID"'", "description": "Trained on the August data."}'

# Step 10, Mira
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/model-versions/transition-stage" \
  -H 'Content-Type: application/json' \
  -d '{"name": "churn-forecast", "version": "1", "stage": "Staging"}'

# Step 11, Mira: Good enough for the autumn campaign.
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/model-versions/transition-stage" \
  -H 'Content-Type: application/json' \
  -d '{"name": "churn-forecast", "version": "1", "stage": "Production"}'

# Step 12, Ana
# A server does not accept models/fraud/model_v3.pkl as a source. Write your own storage
# address in place of s3://my-bucket/models/fraud/model_v3.pkl.
RUN_ID=$(curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/runs/create" \
  -H 'Content-Type: application/json' \
  -d '{"experiment_id": "0"}' | sed -n 's/.*"run_id": *"\([^"]*\)".*/\1/p')
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/runs/log-metric" \
  -H 'Content-Type: application/json' \
  -d '{"run_id": "'"$RUN_ID"'", "key": "latency_ms", "value": 28, "timestamp": 1756457600000}'
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/runs/log-metric" \
  -H 'Content-Type: application/json' \
  -d '{"run_id": "'"$RUN_ID"'", "key": "precision", "value": 0.72, "timestamp": 1756457600000}'
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/runs/log-metric" \
  -H 'Content-Type: application/json' \
  -d '{"run_id": "'"$RUN_ID"'", "key": "recall", "value": 0.86, "timestamp": 1756457600000}'
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/model-versions/create" \
  -H 'Content-Type: application/json' \
  -d '{"name": "fraud-detector", "source": "s3://my-bucket/models/fraud/model_v3.pkl", "run_id": "'"$RUN_ID"'", "tags": [{"key": "validation_status", "value": "passed"}], "description": "Gradient boosting with a calibrated threshold."}'

# Step 13, Ana
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/model-versions/transition-stage" \
  -H 'Content-Type: application/json' \
  -d '{"name": "fraud-detector", "version": "3", "stage": "Staging"}'

# Step 14, Ana: Making room for version 3.
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/model-versions/transition-stage" \
  -H 'Content-Type: application/json' \
  -d '{"name": "fraud-detector", "version": "1", "stage": "Archived"}'

# Step 15, Ana: Two weeks of clean tests.
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/model-versions/transition-stage" \
  -H 'Content-Type: application/json' \
  -d '{"name": "fraud-detector", "version": "3", "stage": "Production"}'

# Step 16, Ana
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/registered-models/alias" \
  -H 'Content-Type: application/json' \
  -d '{"name": "fraud-detector", "alias": "champion", "version": "3"}'

# Step 17, Ben
# A server does not accept models/fraud/model_v4.pkl as a source. Write your own storage
# address in place of s3://my-bucket/models/fraud/model_v4.pkl.
RUN_ID=$(curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/runs/create" \
  -H 'Content-Type: application/json' \
  -d '{"experiment_id": "0"}' | sed -n 's/.*"run_id": *"\([^"]*\)".*/\1/p')
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/runs/log-metric" \
  -H 'Content-Type: application/json' \
  -d '{"run_id": "'"$RUN_ID"'", "key": "latency_ms", "value": 35, "timestamp": 1759222400000}'
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/runs/log-metric" \
  -H 'Content-Type: application/json' \
  -d '{"run_id": "'"$RUN_ID"'", "key": "precision", "value": 0.75, "timestamp": 1759222400000}'
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/runs/log-metric" \
  -H 'Content-Type: application/json' \
  -d '{"run_id": "'"$RUN_ID"'", "key": "recall", "value": 0.91, "timestamp": 1759222400000}'
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/model-versions/create" \
  -H 'Content-Type: application/json' \
  -d '{"name": "fraud-detector", "source": "s3://my-bucket/models/fraud/model_v4.pkl", "run_id": "'"$RUN_ID"'", "tags": [{"key": "validation_status", "value": "pending"}], "description": "Adds features from the merchant'\''s history."}'

# Step 18, Ben: Please test against the Black Friday data.
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/model-versions/transition-stage" \
  -H 'Content-Type: application/json' \
  -d '{"name": "fraud-detector", "version": "4", "stage": "Staging"}'

# Step 19, Ben
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/registered-models/alias" \
  -H 'Content-Type: application/json' \
  -d '{"name": "fraud-detector", "alias": "challenger", "version": "4"}'

# Step 20, Mira
# A server does not accept models/churn/2026-11.pkl as a source. Write your own storage
# address in place of s3://my-bucket/models/churn/2026-11.pkl.
RUN_ID=$(curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/runs/create" \
  -H 'Content-Type: application/json' \
  -d '{"experiment_id": "0"}' | sed -n 's/.*"run_id": *"\([^"]*\)".*/\1/p')
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/runs/log-metric" \
  -H 'Content-Type: application/json' \
  -d '{"run_id": "'"$RUN_ID"'", "key": "auc", "value": 0.83, "timestamp": 1759481600000}'
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/runs/log-metric" \
  -H 'Content-Type: application/json' \
  -d '{"run_id": "'"$RUN_ID"'", "key": "lift_at_10", "value": 2.9, "timestamp": 1759481600000}'
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/model-versions/create" \
  -H 'Content-Type: application/json' \
  -d '{"name": "churn-forecast", "source": "s3://my-bucket/models/churn/2026-11.pkl", "run_id": "'"$RUN_ID"'", "description": "Retrained with the autumn data."}'

# Step 21, Mira
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/model-versions/transition-stage" \
  -H 'Content-Type: application/json' \
  -d '{"name": "churn-forecast", "version": "2", "stage": "Staging"}'

# Step 22, Ben
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/registered-models/create" \
  -H 'Content-Type: application/json' \
  -d '{"name": "support-router", "description": "Sends a customer'\''s question to the right team. Not live yet."}'

# Step 23, Ben
# A server does not accept models/router/first-try.pkl as a source. Write your own
# storage address in place of s3://my-bucket/models/router/first-try.pkl.
RUN_ID=$(curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/runs/create" \
  -H 'Content-Type: application/json' \
  -d '{"experiment_id": "0"}' | sed -n 's/.*"run_id": *"\([^"]*\)".*/\1/p')
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/runs/log-metric" \
  -H 'Content-Type: application/json' \
  -d '{"run_id": "'"$RUN_ID"'", "key": "accuracy", "value": 0.68, "timestamp": 1759827200000}'
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/model-versions/create" \
  -H 'Content-Type: application/json' \
  -d '{"name": "support-router", "source": "s3://my-bucket/models/router/first-try.pkl", "run_id": "'"$RUN_ID"'", "description": "Bag of words. A start."}'

# Step 24, Ben
# A server does not accept models/fraud/model_v5.pkl as a source. Write your own storage
# address in place of s3://my-bucket/models/fraud/model_v5.pkl.
RUN_ID=$(curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/runs/create" \
  -H 'Content-Type: application/json' \
  -d '{"experiment_id": "0"}' | sed -n 's/.*"run_id": *"\([^"]*\)".*/\1/p')
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/runs/log-metric" \
  -H 'Content-Type: application/json' \
  -d '{"run_id": "'"$RUN_ID"'", "key": "latency_ms", "value": 120, "timestamp": 1759913600000}'
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/runs/log-metric" \
  -H 'Content-Type: application/json' \
  -d '{"run_id": "'"$RUN_ID"'", "key": "precision", "value": 0.38, "timestamp": 1759913600000}'
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/runs/log-metric" \
  -H 'Content-Type: application/json' \
  -d '{"run_id": "'"$RUN_ID"'", "key": "recall", "value": 0.93, "timestamp": 1759913600000}'
curl -sS --fail-with-body -w '\n' -X POST "$BASE/api/2.0/mlflow/model-versions/create" \
  -H 'Content-Type: application/json' \
  -d '{"name": "fraud-detector", "source": "s3://my-bucket/models/fraud/model_v5.pkl", "run_id": "'"$RUN_ID"'", "description": "Experiment from a laptop: a small neural network."}'
