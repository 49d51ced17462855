# options: --empty --rules mlflow
import json
import urllib.request

import requests

base = "http://localhost:5000/api/2.0/mlflow"
answer = requests.post(f"{base}/registered-models/create", json={"name": "it's \"here\""})
print(answer, answer.json()["registered_model"]["name"], answer.headers["Content-Type"])
answer = requests.post(f"{base}/registered-models/create", data=json.dumps({"name": "m"}))
print(answer.status_code, answer.json()["message"])
answer = requests.get(f"{base}/registered-models/get", params={"name": "nope"})
print(answer.ok, answer.status_code, answer.json()["error_code"])
try:
    answer.raise_for_status()
except requests.exceptions.HTTPError as error:
    print(error, error.response.status_code)
session = requests.Session()
session.headers["Content-Type"] = "application/json"
session.post(f"{base}/model-versions/create", data=json.dumps({"name": "it's \"here\"", "source": "s3://bucket/model"}))
asked = urllib.request.Request(
    f"{base}/model-versions/transition-stage",
    data=json.dumps({"name": "it's \"here\"", "version": "1", "stage": "Staging"}).encode(),
    headers={"Content-Type": "application/json"},
)
with urllib.request.urlopen(asked) as opened:
    print(opened.status, json.load(opened)["model_version"]["current_stage"])
try:
    requests.get("https://example.com/")
except requests.ConnectionError as error:
    print(error)
urllib.request.urlopen("https://example.com/")
