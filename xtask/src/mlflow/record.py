"""The requests whose answers by a real server are kept, for the simulated REST answers to be compared with."""

import base64
import json
import random
import urllib.parse

API = "/api/2.0/mlflow/"
SENT = "application/json"
# What a field may wrongly be.
WRONG = [None, "", " ", 0, 1, -1, 1.5, True, "x", "1.5", "99", "v1", [], ["x"], {}, {"a": 1}]

SCENE = [
    ("POST", "registered-models/create", {"name": "m", "description": "d", "tags": [{"key": "k", "value": "v"}]}),
    ("POST", "registered-models/create", {"name": "é \"x\"", "tags": []}),
    ("POST", "model-versions/create", {"name": "m", "source": "s3://b/1"}),
    ("POST", "model-versions/create", {"name": "m", "source": "s3://b/2", "description": "two", "tags": [{"key": "t", "value": ""}]}),
    ("POST", "model-versions/create", {"name": "m", "source": "s3://b/3", "run_link": ""}),
    ("POST", "registered-models/alias", {"name": "m", "alias": "champion", "version": "2"}),
    ("POST", "model-versions/transition-stage", {"name": "m", "version": "1", "stage": "Production"}),
]

# A good request for every endpoint: verb, path, fields.
GOOD = [
    ("GET", "registered-models/get", {"name": "m"}),
    ("GET", "model-versions/get", {"name": "m", "version": "2"}),
    ("GET", "registered-models/alias", {"name": "m", "alias": "champion"}),
    ("GET", "model-versions/get-download-uri", {"name": "m", "version": "2"}),
    ("POST", "registered-models/get-latest-versions", {"name": "m", "stages": ["Production"]}),
    ("GET", "registered-models/get-latest-versions", {"name": "m"}),
    ("PATCH", "registered-models/update", {"name": "m", "description": "new"}),
    ("PATCH", "model-versions/update", {"name": "m", "version": "2", "description": "new"}),
    ("POST", "registered-models/set-tag", {"name": "m", "key": "a", "value": "b"}),
    ("DELETE", "registered-models/delete-tag", {"name": "m", "key": "a"}),
    ("POST", "model-versions/set-tag", {"name": "m", "version": "2", "key": "a", "value": "b"}),
    ("DELETE", "model-versions/delete-tag", {"name": "m", "version": "2", "key": "a"}),
    ("POST", "registered-models/alias", {"name": "m", "alias": "challenger", "version": "3"}),
    ("DELETE", "registered-models/alias", {"name": "m", "alias": "challenger"}),
    ("POST", "model-versions/transition-stage",
     {"name": "m", "version": "2", "stage": "Staging", "archive_existing_versions": True}),
    ("POST", "registered-models/create",
     {"name": "n", "description": "d", "tags": [{"key": "k", "value": "v"}]}),
    ("POST", "model-versions/create",
     {"name": "n", "source": "s3://b/1", "description": "d", "tags": [{"key": "k", "value": "v"}]}),
    ("POST", "registered-models/rename", {"name": "n", "new_name": "o"}),
    ("DELETE", "model-versions/delete", {"name": "o", "version": "1"}),
    ("DELETE", "registered-models/delete", {"name": "o"}),
    ("GET", "registered-models/search", {}),
    ("GET", "model-versions/search", {}),
]

# What is special.
ODD = [
    ("POST", "model-versions/transition-stage", '{"name": "m", "version": "1", "stage": "prod"}'),
    ("POST", "model-versions/transition-stage", '{"name": "m", "version": "1", "stage": " Production"}'),
    ("POST", "model-versions/transition-stage", '{"name": "nope", "version": "1", "stage": "prod"}'),
    ("POST", "model-versions/transition-stage", '{"name": "nope", "version": "1", "stage": "Staging"}'),
    ("POST", "model-versions/transition-stage", '{"name": "m", "version": "02", "stage": "nOnE"}'),
    ("POST", "model-versions/transition-stage",
     '{"name": "m", "version": "1", "stage": "archived", "archive_existing_versions": true}'),
    ("POST", "model-versions/transition-stage",
     '{"name": "m", "version": "1", "stage": "Production", "archive_existing_versions": "true"}'),
    ("POST", "model-versions/transition-stage", '{"name": "m", "version": "1", "stage": "Production", "why": "x"}'),
    ("POST", "model-versions/transition-stage",
     '{"name": "m", "version": 1, "stage": "Production", "archiveExistingVersions": true}'),
    ("POST", "model-versions/transition-stage",
     '{"name": "m", "version": "1", "stage": "Production", "archiveExistingVersions": true}'),
    ("POST", "model-versions/transition-stage",
     '{"name": "m", "version": "1", "stage": "Production", "archiveExistingVersions": true, "archive_existing_versions": false}'),
    ("POST", "model-versions/transition-stage", '{"name": "m", "version": "1", "stage": "Production"'),
    ("POST", "model-versions/transition-stage", "{'name': 'm', 'version': '1', 'stage': 'Production'}"),
    ("POST", "model-versions/transition-stage", '{"name": "m", "version": "1", "stage": "Production",}'),
    ("POST", "model-versions/transition-stage", "[]"),
    ("POST", "model-versions/transition-stage", '"x"'),
    ("POST", "model-versions/transition-stage", "3"),
    ("POST", "model-versions/transition-stage", "null"),
    ("POST", "model-versions/transition-stage", ""),
    ("POST", "model-versions/transition-stage", None),
    ("POST", "registered-models/rename", '{"name": "m", "newName": "p"}'),
    ("POST", "registered-models/rename", '{"name": "p", "new_name": "m"}'),
    ("POST", "registered-models/rename", '{"name": "m", "new_name": "é \\"x\\""}'),
    ("POST", "registered-models/create", '{"name": "m"}'),
    ("POST", "registered-models/create", '{"name": "a/b"}'),
    ("POST", "registered-models/create", '{"name": ".."}'),
    ("POST", "registered-models/create", '{"name": "q", "tags": [{"key": "k"}]}'),
    ("DELETE", "registered-models/delete", '{"name": "q"}'),
    ("POST", "registered-models/create", '{"name": "q", "tags": [{"value": "k"}]}'),
    ("POST", "registered-models/create", '{"name": "q", "tags": [{"key": "a=b", "value": "k"}]}'),
    ("POST", "registered-models/create", '{"name": "q", "tags": {"a": "b"}}'),
    ("POST", "registered-models/create", '{"name": "q", "tags": ["a"]}'),
    ("POST", "registered-models/create", '{"name": "q", "tags": [{"key": 1, "value": "k"}]}'),
    ("POST", "registered-models/alias", '{"name": "m", "alias": "latest", "version": "1"}'),
    ("POST", "registered-models/alias", '{"name": "m", "alias": "v1", "version": "1"}'),
    ("POST", "registered-models/alias", '{"name": "m", "alias": "a b", "version": "1"}'),
    ("POST", "registered-models/alias", '{"name": "m", "alias": "a", "version": "9"}'),
    ("GET", "registered-models/alias", "name=m&alias=nope"),
    ("GET", "registered-models/alias", "name=nope&alias=nope"),
    ("GET", "registered-models/alias", "name=m&alias=latest"),
    ("GET", "registered-models/get", "name=nope"),
    ("GET", "registered-models/get", "name=%C3%A9+%22x%22"),
    ("GET", "registered-models/get", "name=%C3%A9%20%22x%22&x=y"),
    ("GET", "registered-models/get", ""),
    ("GET", "model-versions/get", "name=m&version=9"),
    ("GET", "model-versions/get", "name=m"),
    ("GET", "model-versions/get", "name=m&version=x"),
    ("GET", "registered-models/get-latest-versions", "name=m&stages=Production&stages=none"),
    ("GET", "registered-models/get-latest-versions", "name=m&stages=prod"),
    ("GET", "registered-models/get-latest-versions", "name=nope"),
    ("POST", "model-versions/create", '{"name": "nope", "source": "s3://b/1"}'),
    ("POST", "model-versions/create", '{"name": "m", "source": "models/fraud/model_v1.pkl"}'),
    ("POST", "model-versions/create", '{"name": "m", "source": "models:/m/2"}'),
    ("POST", "model-versions/create", '{"name": "m", "source": "models:/m/99"}'),
    ("POST", "model-versions/create", '{"name": "m", "source": "https://example.com/x"}'),
    ("POST", "model-versions/create", '{"name": "m", "source": "s3://b/../x"}'),
    ("GET", "registered-models/search", "max_results=1"),
    ("GET", "registered-models/search", "max_results=2000"),
    ("GET", "registered-models/search", "max_results=x"),
    ("GET", "registered-models/search", "filter=name%3D%27m%27"),
    ("GET", "registered-models/search", "filter=nonsense"),
    ("GET", "model-versions/search", "filter=name%3D%27m%27&max_results=2"),
    ("GET", "model-versions/search", "order_by=version_number+ASC"),
    ("PUT", "model-versions/transition-stage", "{}"),
    ("POST", "model-versions/transition-stages", "{}"),
    ("GET", "registered-model/get", "name=m"),
    ("GET", "nothing", ""),
    ("POST", "runs/log-metric", '{"run_id": "0123456789abcdef0123456789abcdef", "key": "a", "value": 1, "timestamp": 1}'),
    ("POST", "runs/log-metric", '{"run_id": "0123456789abcdef0123456789abcdef", "key": "a", "value": "x", "timestamp": 1}'),
    ("POST", "runs/log-metric", '{"key": "a", "value": 1, "timestamp": 1}'),
    ("POST", "runs/log-metric", '{"run_id": "0123456789abcdef0123456789abcdef", "key": "a", "value": 1}'),
]


def requests():
    """Every request: verb, path after the API's own, body or query as text, content type."""
    for verb, path, fields in SCENE:
        yield verb, path, json.dumps(fields), SENT
    for verb, path, fields in GOOD:
        yield from spoiled(verb, path, fields)
        yield verb, path, text(verb, fields), SENT
        for other in ["GET", "POST", "PATCH", "PUT", "DELETE"]:
            if other != verb:
                yield other, path, text(other, fields), SENT
    for verb, path, sent in ODD:
        yield verb, path, sent, SENT
    verb, path, fields = GOOD[-8]
    yield verb, path, json.dumps(fields), None
    yield verb, path, json.dumps(fields), "text/plain"
    yield "POST", "model-versions/transition-stage", '{"name": "m", "version": "1", "stage": "None"}', None
    yield "POST", "model-versions/transition-stage", '{"name": "m", "version": "1", "stage": "None"}', "application/json; charset=utf-8"


def spoiled(verb, path, fields):
    """The request with a field missing, or of another kind."""
    for name in fields:
        less = {key: value for key, value in fields.items() if key != name}
        yield verb, path, text(verb, less), SENT
        if verb == "GET":
            yield verb, path, text(verb, {**fields, name: ""}), SENT
            continue
        for wrong in WRONG:
            yield verb, path, text(verb, {**fields, name: wrong}), SENT


def text(verb, fields):
    if verb == "GET":
        return urllib.parse.urlencode(fields, doseq=True)
    return json.dumps(fields, ensure_ascii=False)


# Names of models and the like, odd ones among them.
NAMES = ["fraud", "churn-forecast", "a b", "é", "x@y", "prod.ml.revenue"]
STAGES = ["None", "Staging", "Production", "Archived", "staging", "PRODUCTION", "prod", "", " Staging"]
ALIASES = ["champion", "challenger", "Champion", "prod", "latest", "v1", "a b", "1", "é"]
KEYS = ["k", "a-b", "a/b", "a b", "a.b", "é", "a=b", "", "validation_status", "../x"]
VALUES = ["", "v", "passed", "it's", "é \"x\"", "0.93"]
SOURCES = ["s3://b/1", "gs://b/x/y", "dbfs:/x", "models:/fraud/1", "models:/fraud@champion", "models:/churn-forecast/Production"]
DESCRIPTIONS = ["", "What it is for.", "two\nlines", "é"]

# Sources that a server looks at more closely.
ODD_SOURCES = [
    "models:/nope/1", "models:/fraud", "models:/fraud/99", "models:/fraud/x", "models:/fraud/latest", "models:/fraud@nope",
    "models:/fraud@champion", "models:/fraud/production", "models:/fraud/None", "models:/fraud/01", "models:/",
    "models:/fraud/1/x", "models://host/fraud/1", "models:fraud/1", "MODELS:/fraud/1", "models:/nope@x", "models:/a b/1", "models:/nope/Production",
    "runs:/0123/model", "runs:/", "runs:/x", "runs://host/0123/model", "models/fraud/model.pkl", "/tmp/model", "./model", "model.pkl",
    "file:/tmp/x", "file:///tmp/x", "file://localhost/tmp/x", "file://host/tmp/x", "http://h/x", "https://h/x", "HTTPS://h/x", "ftp://h/x", "sftp://h/x",
    "mlflow-artifacts:/x", "mlflow-artifacts://h/x", "hdfs://h/x", "hdfs:/x", "viewfs://h/x", "s3://b/../x", "s3://b/%2e%2e/x", "s3://b//x", "s3://b/./x", "s3://b/x/",
    "s3://b", "s3:/b/x", "dbfs:/x/y", "dbfs://p/x", "gs://b/x?y=../z", "wasbs://c@a.b/x", "abfss://c@a.b/x", "r2://b/x", "b2://b/x",
    "x:y", "a b", "é", "C:\\models\\x", "c:/models/x", "\\\\host\\x", "#", "?", "s3://b/x y", "s3://b/é", "..", "~", "databricks", "s3", "://x",
    "s3://b/x%00", "s3://b/x;y", "s3://b/x#y", "s3a://b/x", "oci://b/x", "git+https://h/x", "data:x",
]

BAD_TOKENS = [
    "nope", "!!!", "a", "ab", "abc", "abcd", "====", "eyJ", "é", " ", "%", "bm9wZQ==", "bm9wZQ", "W10=", "e30=", "MQ==", "bnVsbA==", "dHJ1ZQ==", "IngiCg==",
]


def token(text):
    return base64.b64encode(text.encode()).decode()


TOKENS = [token(text) for text in [
    '{"offset": 1}', '{"offset": 2}', '{"offset": 0}', '{"offset": "1"}', '{"offset": "x"}', '{"offset": null}', '{"offset": 1.9}', '{"offset": true}',
    '{"offset": 99}', '{"offset": -1}', '{"offset":1,"x":[1,"a",null]}', '{"x": "it\'s"}', '{"offset": ""}', "[1]", '"a"', "x'y\n", "\x01é",
]]
MOST = ["1", "2", "3", "0", "-1", "-2", "-3", "1000", "1001", "200000", "200001", "x", "1.5", "1.0", "", " 1", "99999999999999999999"]


def special():
    """Requests that are asked in another way: what is not the usual is told beside them."""
    name = json.dumps({"name": "fraud"})
    version = json.dumps({"name": "fraud", "version": "1"})
    # A query counts where there is one; otherwise the body of a GET request does.
    for query, body, kind in [
        (None, name, SENT), (None, name, None), (None, name, "text/plain"), ("name=nope", name, SENT), ("x=y", name, SENT), ("", name, SENT),
        (None, '{"name": 1}', SENT), (None, '{"name": "nope"}', SENT), (None, "{", SENT), (None, "[]", SENT), (None, "", SENT), (None, json.dumps(name), SENT),
        (None, '"x"', SENT), (None, "null", SENT), (None, '{"name": null}', SENT), (None, '{"name": "a b"}', SENT),
    ]:
        yield {"verb": "GET", "path": "registered-models/get", "query": query, "sent": body, "type": kind}
    for path, body in [
        ("model-versions/get", version), ("registered-models/search", "{}"), ("registered-models/search", '{"max_results": 1}'),
        ("registered-models/search", '{"max_results": "2", "order_by": ["name DESC"]}'), ("model-versions/search", '{"filter": "name = \'fraud\'"}'),
        ("model-versions/search", '{"max_results": 1, "page_token": "%s"}' % token('{"offset": 1}')), ("model-versions/search", '{"order_by": "name"}'),
        ("registered-models/alias", '{"name": "fraud", "alias": "champion"}'), ("registered-models/get-latest-versions", '{"name": "fraud", "stages": ["None", "Staging"]}'),
        ("model-versions/get-download-uri", version), ("registered-models/search", '{"maxResults": 1}'), ("model-versions/search", '{"orderBy": ["name ASC"], "maxResults": 2}'),
    ]:
        yield {"verb": "GET", "path": path, "query": None, "sent": body, "type": SENT}
    # A query beside a body of another verb counts for nothing.
    yield {"verb": "POST", "path": "registered-models/get-latest-versions", "query": "name=nope", "sent": name, "type": SENT}
    yield {"verb": "DELETE", "path": "registered-models/delete", "query": "name=fraud", "sent": None, "type": SENT}
    yield {"verb": "POST", "path": "registered-models/set-tag", "query": "name=fraud&key=a&value=b", "sent": None, "type": SENT}
    # What is JSON in JSON is read twice.
    yield {"verb": "POST", "path": "registered-models/get-latest-versions", "sent": json.dumps(name), "type": SENT}
    yield {"verb": "PATCH", "path": "model-versions/update", "sent": version, "type": SENT}
    yield {"verb": "PATCH", "path": "registered-models/update", "sent": name, "type": SENT}
    yield {"verb": "PATCH", "path": "registered-models/update", "sent": '{"name": "fraud", "description": ""}', "type": None}
    for verb in ["post", "Post", "get", "pAtCh"]:
        path = {"post": "registered-models/get-latest-versions", "patch": "registered-models/update"}.get(verb.lower(), "registered-models/get")
        sent = {"name": "fraud", "description": "p"} if verb == "pAtCh" else {"name": "fraud"}
        is_get = verb == "get"
        yield {"verb": verb, "path": path, "sent": text("GET", sent) if is_get else json.dumps(sent), "type": SENT}
    for root in ["/ajax-api/2.0/mlflow/"]:
        yield {"verb": "GET", "path": "registered-models/get", "sent": "name=fraud", "type": None, "root": root}
        yield {"verb": "POST", "path": "model-versions/transition-stage", "sent": '{"name": "fraud", "version": "1", "stage": "Staging"}', "type": SENT, "root": root}
        yield {"verb": "GET", "path": "model-versions/search", "sent": "filter=name%3D'fraud'", "type": None, "root": root}
        yield {"verb": "GET", "path": "registered-models/get", "sent": "", "type": None, "root": root}
        yield {"verb": "PUT", "path": "registered-models/get", "sent": "{}", "type": SENT, "root": root}
        yield {"verb": "GET", "path": "nothing", "sent": "", "type": None, "root": root}
    for path in ["registered-models/search", "model-versions/search"]:
        for most in MOST:
            yield {"verb": "GET", "path": path, "sent": text("GET", {"max_results": most}), "type": None}
        for page in TOKENS + BAD_TOKENS:
            yield {"verb": "GET", "path": path, "sent": text("GET", {"max_results": "2", "page_token": page}), "type": None}
        for most, page in [(1, 1), (1, 2), (2, 2), (3, 1), (-1, 1), (-2, 1), (0, 1), (100, 3), (1, 5), (1, 6), (1, 7)]:
            fields = {"max_results": most, "page_token": token('{"offset": %d}' % page), "order_by": ["name DESC"]}
            yield {"verb": "GET", "path": path, "sent": text("GET", fields), "type": None}
        yield {"verb": "GET", "path": path, "sent": "order_by=name&order_by=name", "type": None}
        yield {"verb": "GET", "path": path, "sent": "order_by=&filter=", "type": None}
        yield {"verb": "GET", "path": path, "sent": "max_results=1&max_results=2", "type": None}
    for source in ODD_SOURCES:
        yield {"verb": "POST", "path": "model-versions/create", "sent": json.dumps({"name": "copies", "source": source}), "type": SENT}
    for fields in [
        {"source": "models:/fraud/1", "run_id": "0123"}, {"source": "models:/fraud/1", "run_id": ""}, {"source": "runs:/0123/model", "run_id": "0123"},
        {"source": "runs:/0123/model", "run_id": "4567"}, {"source": "s3://b/1", "run_id": "0123"}, {"source": "/tmp/x", "run_id": "0123"},
        {"source": "mlflow-artifacts:/x", "run_id": "0123"}, {"source": "models:/m-0123"},
        {"source": "s3://b/1", "tags": [{"key": "k", "value": "v"}, {"key": "k", "value": "w"}]}, {"source": "s3://b/1", "run_link": "http://h/x"},
        {"source": "s3://b/1", "tags": [{"key": "", "value": "v"}]}, {"source": "s3://b/1", "description": None},
        {"source": "/tmp/x", "name": "nope"}, {"source": "models:/nope/1", "name": "nope"}, {"source": "models:/fraud/1", "name": "nope"}, {"source": "x", "name": "a/b"},
        {"source": "models:/fraud/1", "name": "a/b"}, {"source": "s3://b/1", "name": "a/b"}, {"source": "s3://b/1", "name": "  "},
    ]:
        yield {"verb": "POST", "path": "model-versions/create", "sent": json.dumps({"name": "copies", **fields}), "type": SENT}
    yield {"verb": "GET", "path": "registered-models/get", "sent": "name=copies", "type": None}
    yield {"verb": "GET", "path": "model-versions/search", "sent": "filter=name%3D'copies'", "type": None}


def rich(seed):
    """Every endpoint, asked about models that have much: aliases, tags, descriptions, several versions in several stages."""
    chance = random.Random(seed)
    versions = {}

    def request(verb, path, fields):
        return {"verb": verb, "path": path, "sent": text(verb, fields), "type": SENT}

    def tags():
        return [{"key": chance.choice(KEYS[:6]), "value": chance.choice(VALUES)} for _ in range(chance.randrange(3))]

    def name():
        return chance.choice([*versions, *versions, *versions, "nope"]) if versions else "nope"

    def version(of):
        return str(chance.choice([*range(1, versions.get(of, 0) + 1)] or [1])) if chance.random() < 0.93 else chance.choice(["9", "x", "02", " 1", "0"])

    for model in ["fraud", "churn-forecast", *chance.sample(NAMES[2:], 2)]:
        versions[model] = 0
        yield request("POST", "registered-models/create", {"name": model, "description": chance.choice(DESCRIPTIONS), "tags": tags()})
        for _ in range(chance.randrange(3, 6)):
            versions[model] += 1
            yield request("POST", "model-versions/create", {"name": model, "source": "s3://b/1", "description": chance.choice(DESCRIPTIONS), "tags": tags()})
        for alias in ["champion", *chance.sample(["challenger", "prod", "é"], 2)]:
            yield request("POST", "registered-models/alias", {"name": model, "alias": alias, "version": str(chance.randrange(1, versions[model] + 1))})
        for stage in ["Production", "Staging", "Archived"]:
            yield request("POST", "model-versions/transition-stage", {"name": model, "version": str(chance.randrange(1, versions[model] + 1)), "stage": stage})
    yield request("POST", "registered-models/create", {"name": "copies"})
    yield from special()
    endpoints = [
        lambda of: ("GET", "registered-models/get", {"name": of}),
        lambda of: ("GET", "model-versions/get", {"name": of, "version": version(of)}),
        lambda of: ("GET", "registered-models/alias", {"name": of, "alias": chance.choice(ALIASES)}),
        lambda of: ("GET", "model-versions/get-download-uri", {"name": of, "version": version(of)}),
        lambda of: ("POST", "registered-models/get-latest-versions", {"name": of, "stages": chance.sample(STAGES, chance.randrange(3))}),
        lambda of: ("GET", "registered-models/get-latest-versions", {"name": of, "stages": chance.sample(STAGES[:6], chance.randrange(3))}),
        lambda of: ("PATCH", "registered-models/update", {"name": of, "description": chance.choice(DESCRIPTIONS)}),
        lambda of: ("PATCH", "model-versions/update", {"name": of, "version": version(of), "description": chance.choice(DESCRIPTIONS)}),
        lambda of: ("POST", "registered-models/set-tag", {"name": of, "key": chance.choice(KEYS), "value": chance.choice(VALUES)}),
        lambda of: ("DELETE", "registered-models/delete-tag", {"name": of, "key": chance.choice(KEYS)}),
        lambda of: ("POST", "model-versions/set-tag", {"name": of, "version": version(of), "key": chance.choice(KEYS), "value": chance.choice(VALUES)}),
        lambda of: ("DELETE", "model-versions/delete-tag", {"name": of, "version": version(of), "key": chance.choice(KEYS)}),
        lambda of: ("POST", "registered-models/alias", {"name": of, "alias": chance.choice(ALIASES), "version": version(of)}),
        lambda of: ("DELETE", "registered-models/alias", {"name": of, "alias": chance.choice(ALIASES)}),
        lambda of: ("POST", "model-versions/transition-stage",
                    {"name": of, "version": version(of), "stage": chance.choice(STAGES), "archive_existing_versions": chance.random() < 0.4}),
        lambda of: ("POST", "registered-models/rename", {"name": of, "new_name": chance.choice(NAMES + ["", "a/b", "new"])}),
        lambda of: ("POST", "model-versions/create", {"name": of, "source": chance.choice(SOURCES), "tags": tags(), "description": chance.choice(DESCRIPTIONS)}),
        lambda of: ("DELETE", "model-versions/delete", {"name": of, "version": version(of)}),
        lambda of: ("POST", "registered-models/create", {"name": chance.choice(NAMES), "description": chance.choice(DESCRIPTIONS), "tags": tags()}),
        lambda of: ("GET", "registered-models/search", {"max_results": chance.randrange(1, 4), "order_by": [chance.choice(["name DESC", "timestamp DESC", "name"])]}),
        lambda of: ("GET", "model-versions/search", {"filter": f"name = '{of}'", "max_results": chance.randrange(1, 6)}),
        lambda of: ("GET", "model-versions/search", {"order_by": [chance.choice(["name DESC", "version_number", "creation_timestamp DESC"])]}),
    ]
    for _ in range(400):
        of = name()
        verb, path, fields = chance.choice(endpoints)(of)
        if path == "registered-models/rename" and of in versions and fields["new_name"] not in [*versions, "", "a/b"]:
            versions[fields["new_name"]] = versions.pop(of)
        if path == "registered-models/create" and fields["name"] not in versions:
            versions[fields["name"]] = 0
        if path == "model-versions/create" and of in versions:
            versions[of] += 1
        yield request(verb, path, fields)


def ask(server, request):
    """Asks the server; the answer is put to the request."""
    verb, sent = request["verb"], request["sent"]
    is_query = verb.upper() == "GET" and "query" not in request
    status, answer = server.ask(
        verb,
        request.get("root", API) + request["path"],
        body=None if is_query else sent,
        query=sent if is_query else request.get("query"),
        kind=request["type"],
    )
    try:
        answer = json.loads(answer)
    except ValueError:
        # What is no JSON is a page for people; only its status counts.
        answer = None
    return {**request, "status": status, "answer": answer}


def save(lines, file):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines))
    print(f"{len(lines)} answers recorded in {file}")


def record(server, file, seed):
    server.empty()
    lines = [ask(server, {"verb": verb, "path": path, "sent": sent, "type": kind}) for verb, path, sent, kind in requests()]
    # Then from nothing once more.
    server.empty()
    lines.append({"reset": True})
    lines += [ask(server, request) for request in rich(seed)]
    save(lines, file)
