"""The requests whose answers by a real server are kept, for the simulated REST answers to be compared with."""

import json

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
        import urllib.parse

        return urllib.parse.urlencode(fields, doseq=True)
    return json.dumps(fields, ensure_ascii=False)


def record(server, file):
    server.empty()
    lines = []
    for verb, path, sent, kind in requests():
        is_query = verb == "GET"
        status, answer = server.ask(
            verb,
            API + path,
            body=None if is_query else sent,
            query=sent if is_query else None,
            kind=kind,
        )
        try:
            answer = json.loads(answer)
        except ValueError:
            # What is no JSON is a page for people; only its status counts.
            answer = None
        line = {"verb": verb, "path": path, "sent": sent, "type": kind, "status": status, "answer": answer}
        lines.append(json.dumps(line, ensure_ascii=False, separators=(",", ":")))
    file.write_text("\n".join(lines) + "\n")
    print(f"{len(lines)} answers recorded in {file}")
