"""Filters and orders of searches whose answers by a real server are kept, for the simulated searches to be compared with."""

import itertools
import random

from record import SENT, ask, save, text

NAMES = ["fraud", "Fraud", "churn-forecast", "it's", "a b", "100%", "a_b"]
KEYS = ["k", "a-b", "a/b", "a b", "a.b", "from", "é", "validation_status", "K"]
VALUES = ["", "v", "V", "passed", "it's", "10%", "a_b", "0.93", "é"]

# What stands in a filter for a key, a comparator and a value, right and wrong ones.
KEY_TEXTS = [
    "name", "name", "Name", "attribute.name", "attributes.name", "`name`", '"name"', "'name'", "version_number", "version_number", "attribute.version_number", "run_id",
    "source_path", "source", "version", "stage", "current_stage", "status", "creation_timestamp", "last_updated_timestamp", "timestamp", "description", "alias", "aliases",
    "tags.k", "tags.k", "tag.k", "tags.K", "tags.`k`", 'tags."k"', "tags.'k'", "tags.a-b", "tags.`a-b`", 'tags."a-b"', "tags.a/b", "tags.`a/b`", "tags.a:b", "tags.`a b`", "tags.a.b",
    "tags.`a.b`", "tags.from", "tags.`from`", "tags.order", "tags.é", "tags.validation_status", "tags.validation-status", "tags .k", "tags. k", "tags.", "tags", "tags.1", "tags.k1",
    "params.k", "metrics.k", "run.k", "model.name", "TAGS.k", "x", "1", "'k'", "tags.in", "tags.as", "tags.desc", "tags.date", "mlflow.x", "tags.mlflow.x", "tags.`mlflow.prompt.is_prompt`",
    "key", "value", "type", "user", "time", "level", "select", "(name)", "name -- x\n", "name /* x */", "tags.[k]", "@name", "$name", ":name", "tags.k.", ".name", "version_number::int",
]
COMPARATORS = [
    "=", "=", "=", "!=", "<>", "==", "<", "<=", ">", ">=", "LIKE", "like", "ILIKE", "ilike", "NOT LIKE", "not  ilike", "IN", "in", "NOT IN", "not in", "IS", "IS NOT", "~", "RLIKE",
    "CONTAINS", "BETWEEN", "", "=>", "!", "is null", "IS NOT NULL", "REGEXP", "->", ":=",
]
VALUE_TEXTS = [
    "'fraud'", "'fraud'", '"fraud"', "'Fraud'", "'FRAUD'", "'churn-forecast'", "fraud", "churn-forecast", "production", "`fraud`", "'it''s'", '"it\'s"', "'it\\'s'", "'a b'", "''", '""', "'%'", "'fr%'",
    "'%aud'", "'a_b'", "'_raud'", "'100\\%'", "'v'", "'V'", "'passed'", "'10%'", "'0.93'", "'é'", "'É'", "1", "2", "-1", "0", "1.5", "2.0", "1e3", "'1'", "' 2 '", "'+1'", "'1_0'", "'x'", "'1.5'",
    "99999999999999999999", "0x1", "NULL", "null", "true", "None", "('fraud')", "('fraud',)", "('fraud', 'a b')", '("fraud", "it\'s")', "()", "( )", "(1)", "(1, 2)", "('fraud', 1)",
    "('fraud' 'x')", "(fraud)", "('fraud'", "'fraud')", "('fraud', ('a b'))", "(None)", "(1.50, True)", "(,)", "('a',,'b')", "['fraud']", "{'fraud'}", "'fraud", 'fraud"', "'", "date '2024-01-01'", "name", "tags.k",
    "upper('x')", "1 + 1", "'a' || 'b'", "'fraud' x", "s3://b/1", "'s3://b/%'", "'s3://b/1'", "?", ":x", "'fraud';", "'fraud' -- x", "'fraud' /* x */", "'fr' 'aud'", "“fraud”", "‘fraud’", "DESC", "-'x'", "*",
]
JOINTS = [" AND ", " and ", " And ", "\nAND\n", " AND AND ", " OR ", " or ", ", ", "; ", " ", " && ", "\tAND\t", " AND NOT ", "AND", " XOR ", " ORDER BY "]

# What does not come of these.
WHOLE = [
    "", " ", "\n", "AND", "name", "name=", "=", "nonsense", "name = 'fraud' AND", "AND name = 'fraud'", "(name = 'fraud')", "(name = 'fraud') AND tags.k = 'v'", "NOT name = 'fraud'",
    "name = 'fraud' AND name = 'fraud'", "name='fraud'", "name='fraud'and tags.k='v'", "name = 'fraud' name", "name LIKE 'f%' ESCAPE 'x'", "SELECT * FROM x", "WHERE name = 'fraud'",
    "-- x", "/* x */", "name = 'fraud' -- x\nAND tags.k = 'v'", "-- x\nname = 'fraud'", "/* x */ name = 'fraud'", "name = /* x */ 'fraud'", "name = 'fraud';", "name = 'fraud'; ", "; name = 'fraud'",
    ";", ";;", "name = 'fraud'; name = 'x'", "name = 'fraud' ; -- x", "name IN ('fraud') AND tags.k = 'v'", "name NOT IN ('fraud', 'x')", "name IN('fraud')", "name in ('fraud')", "NAME IN ('fraud')",
    "name IN ('fraud') OR name = 'x'", "name NOT  IN ('fraud')", "name IN 'fraud'", "name IN", "name IN ()", "run_id IN ()", "run_id IN ('x')", "tags.k IN ('v')", "version_number IN (1, 2)", "source_path IN ('x')",
    "name NOT NULL", "tags.k IS NULL", "tags.k IS NOT NULL", "name IS NULL AND x", "name IS  NULL", "name is not  null", "tags.`a``b` = 'v'", "tags.`a`b = 'v'", "tags.'a b' = 'v'", "tags.\"a b\" = 'v'",
    "version_number > 1 AND version_number < 3", "version_number >= 2", "version_number BETWEEN 1 AND 2", "version_number = 1 OR version_number = 2", "name = 'fraud' = 'x'", "name = name", "'fraud' = name", "1 = 1",
    "name = 'fraud' AND (tags.k = 'v' OR tags.k = 'w')", "name LIKE 'f%' AND name LIKE '%d' AND tags.k != 'x'", "tags.k = 'v' AND tags.k != 'w'", "tags.k = 'v' AND tags.K = 'v'", "tags.missing != 'x'", "tags.missing = ''",
    "name ILIKE 'FRAUD'", "name LIKE 'FRAUD'", "name ILIKE '%É%'", "tags.é ILIKE 'É'", "name LIKE '100\\%'", "name LIKE 'a\\_b'", "name LIKE 'a_b'", "name = 'a_b'", "name\t=\t'fraud'", "name\u00a0= 'fraud'", "name = 'fraud'\r\n",
    "name = 'fraud'\r\nAND tags.k = 'v'", "name != ''", "run_id = ''", "run_id != 'x'", "source_path LIKE 's3://%'", "source_path = 's3://b/1'", "source_path ILIKE 'S3://B/%'", "source_path > 'a'",
    "name = 'fraud' LIMIT 1", "name = 'fraud' ORDER BY name", "case when 1 then 2 end", "name = CASE", "begin", "end", "name = 'a' AND begin", "if", "name = 'x'::text", "name || 'x' = 'y'", "tags.k = 'v' AND tags.k IN ('v')",
    "tags.`mlflow.prompt.is_prompt` = 'true'", "tags.`mlflow.prompt.is_prompt` = 'false'", "tags.`mlflow.prompt.is_prompt` != 'true'", "tags.`mlflow.prompt.is_prompt` = 'true' AND name = 'p'", "name = 'p'",
    "$$x$$", "name = $$fraud$$", "[name] = 'fraud'", "tags[k] = 'v'", "tags['k'] = 'v'", "name = 'fraud' AS x", "name AS x", "name x = 'fraud'", "a.b.c = 'x'", "tags.k.v = 'x'", "tags..k = 'x'", ".k = 'x'", "name. = 'x'",
    "(" * 30 + "name" + ")" * 30 + " = 'x'", "name = " + "(" * 20 + "'x'" + ")" * 20, "name='" + "x" * 300 + "'", "validation_status = 'passed'", "tags.validation_status='passed' and name='fraud'",
]
ORDERS = [
    "name", "name ASC", "name DESC", "name asc", "name Desc", "NAME", "timestamp", "timestamp DESC", "timestamp  ASC", "TIMESTAMP", "last_updated_timestamp", "last_updated_timestamp DESC", "creation_timestamp",
    "creation_timestamp DESC", "version_number", "version_number DESC", "version", "version DESC", "attribute.name", "attribute.name DESC", "attributes.name", "attributes.version_number DESC", "tags.k", "tags.name", "tag.name DESC", "`name`", "`name` DESC",
    '"name"', '"name" ASC', "'name'", "", " ", " name", "name ", "name  DESC", "name\tDESC", "name DESC x", "name x", "name up", "name ASC DESC", "name, version_number", "name; ", "name;", "x", "x DESC", "1", "1 DESC", "3", "name DESC NULLS LAST",
    "metrics.k", "params.k DESC", "status", "stage", "current_stage", "run_id", "source_path", "description", "-name", "name--x", "name -- x", "name /* x */", "order", "order by name", "desc", "DESC name", "name()", "max(name)", "name = 'x'", "a.b.c",
    "attribute.`name`", 'attribute."version_number" DESC', "timestamp x", "timestamp timestamp", "user_id", "'name' DESC", "tags.`name`", "name::text", "name AS x", "[name]", "é", "last_updated_time", "created",
]


def scene():
    """Models with names, tags and values that filters find hard."""
    for at, name in enumerate(NAMES):
        tags = [{"key": key, "value": VALUES[(at + number) % len(VALUES)]} for number, key in enumerate(KEYS) if (at + number) % 3]
        yield "POST", "registered-models/create", {"name": name, "tags": tags}
        for version in range(at % 3 + 1):
            tags = [{"key": key, "value": VALUES[(at + version + number) % len(VALUES)]} for number, key in enumerate(KEYS) if (version + number) % 2]
            source = ["s3://b/1", "gs://B/x", "dbfs:/é"][version]
            yield "POST", "model-versions/create", {"name": name, "source": source, "tags": tags}
    yield "POST", "registered-models/create", {"name": "p", "tags": [{"key": "mlflow.prompt.is_prompt", "value": "false"}]}
    yield "PATCH", "registered-models/update", {"name": "Fraud", "description": "touched"}
    yield "PATCH", "model-versions/update", {"name": "churn-forecast", "version": "1", "description": "touched"}


def searches(seed):
    """Searches: what is searched, the filter and the orders."""
    chance = random.Random(seed)
    for of in ["registered-models", "model-versions"]:
        for filter in WHOLE:
            yield of, filter, []
        for order in ORDERS:
            yield of, "", [order]
        for first, second in [("name", "name DESC"), ("timestamp", "name"), ("timestamp", "last_updated_timestamp"), ("name", "x"), ("version_number DESC", "name"), ("name DESC", "version_number"), ("tag.name", "name")]:
            yield of, "", [first, second]
        yield of, "nonsense", ["x"]
        yield of, "name = 1", ["x"]
        yield of, "name < 'x'", ["x"]

    def compared():
        # Most are right in two of their three pieces.
        wild = chance.randrange(4)
        key = chance.choice(KEY_TEXTS if wild == 0 else KEY_TEXTS[:11] + KEY_TEXTS[24:34])
        comparator = chance.choice(COMPARATORS if wild == 1 else COMPARATORS[:14])
        value = chance.choice(VALUE_TEXTS if wild == 2 else VALUE_TEXTS[:32])
        blank = chance.choice([" ", " ", " ", "", "  ", "\t"])
        return f"{key}{blank}{comparator}{blank}{value}"

    for key, comparator in itertools.product(KEY_TEXTS, ["="]):
        yield chance.choice(["registered-models", "model-versions"]), f"{key} {comparator} 'fraud'", []
    for value in VALUE_TEXTS:
        of = chance.choice(["registered-models", "model-versions"])
        yield of, f"{chance.choice(['name', 'tags.k', 'version_number', 'source_path'])} = {value}", []
        yield of, f"name IN {value}", []
    for comparator in COMPARATORS:
        yield chance.choice(["registered-models", "model-versions"]), f"{chance.choice(['name', 'tags.k', 'version_number'])} {comparator} 'fraud'", []
    for _ in range(400):
        of = chance.choice(["registered-models", "model-versions"])
        filter = compared()
        while chance.random() < 0.35:
            filter += chance.choice(JOINTS if chance.random() < 0.3 else JOINTS[:3]) + compared()
        orders = [chance.choice(ORDERS) for _ in range(chance.choice([0, 0, 0, 1, 2]))]
        yield of, filter, orders


def record(server, file, seed):
    server.empty()
    lines = [ask(server, {"verb": verb, "path": path, "sent": text(verb, fields), "type": SENT}) for verb, path, fields in scene()]
    known = set()
    for of, filter, orders in searches(seed):
        sent = text("GET", {"filter": filter, "order_by": orders})
        if (of, sent) in known:
            continue
        known.add((of, sent))
        lines.append(ask(server, {"verb": "GET", "path": f"{of}/search", "sent": sent, "type": None}))
    server.empty()
    save(lines, file)
