"""Compares Python statements in the real MLflow with the same in the simulated one.

usage: python.py CONSOLE SEED COUNT FOLDER

CONSOLE is the built example `console`. COUNT statements are made from SEED, beside those written by hand. Each statement's
output, exception and code, and the registry at the end, have to be the same, but for what `accepted.txt` lists.
"""

import json
import os
import pathlib
import re
import subprocess
import sys

from statements import DRIVER, START, hand, made

EACH = 60
ACCEPTED = pathlib.Path(__file__).with_name("accepted.txt")


def plain(text):
    """A text without what is by chance: times, IDs, paths, the order of sets, and what SQLite says."""
    text = re.sub(r"\b1[5-9]\d{11}\b", "TIME", text)
    text = re.sub(r"\b[0-9a-f]{32}\b|\brun-\d+\b", "RUN", text)
    text = re.sub(r"(already exists\.) Error: .*", r"\1", text, flags=re.S)
    text = re.sub(r"\d{4}/\d\d/\d\d \d\d:\d\d:\d\d (?=INFO)", "", text)
    # How it was installed, and its database, are no part of what it does.
    text = re.sub(r"\S+: UserWarning: Versions of mlflow .*\n.*\n|.*Creating initial MLflow database.*\n|.*Updating database tables\n", "", text)
    text = re.sub(r"(?:\S+/)?(mlflow/tracking/client\.py):\d+(.*\n)(?:  latest_versions? = .*\n)?(?:  latest = .*\n)?", r"\1\2", text)
    text = re.sub(r"\{'[\w', ]+'\}", lambda found: "{" + ", ".join(sorted(found[0][1:-1].split(", "))) + "}", text)
    return re.sub(r" from 'mlflow' \([^)]*\)", " from 'mlflow'", text)


def results(lines):
    return [json.loads(plain_json(line[2:])) for line in lines.splitlines() if line.startswith("@@")]


def plain_json(line):
    return json.dumps([plain(it) if isinstance(it, str) else it and [it[0], it[1], plain(it[2])] for it in json.loads(line)])


def run(command, script, folder, env):
    """What a script prints."""
    file = folder / "statements.py"
    file.write_text(script, encoding="utf-8")
    done = subprocess.run([*command, str(file)], capture_output=True, text=True, cwd=folder, env=env, timeout=900)
    found = results(done.stdout)
    if not found:
        raise SystemExit(f"{command[0]} has run nothing: {done.stdout[-2000:]} {done.stderr[-2000:]}")
    return found


def accepted():
    """The differences that are meant: a pattern, a tab, and why."""
    lines = [line for line in ACCEPTED.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [re.compile(line.split("\t")[0]) for line in lines]


def compare(real, ours, meant, used):
    """The differences, each as text."""
    if len(real) != len(ours):
        yield f"{len(real)} statements ran in the real MLflow, {len(ours)} in the simulated one"
    for one, other in zip(real, ours):
        if one == other:
            continue
        told = f"{one[0]}\n  real: {one[1:]}\n  ours: {other[1:]}"
        match = next((it for it in meant if it.search(told)), None)
        if match is None:
            yield told
        else:
            used.add(match.pattern)


def main():
    console, seed, count, folder = os.path.abspath(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), pathlib.Path(sys.argv[4])
    batches = [hand()]
    for at in range(0, count, EACH):
        batches.append(made(seed + at, min(EACH, count - at)))
    meant, used, wrong, total = accepted(), set(), 0, 0
    for number, statements in enumerate(batches):
        statements = START + statements
        place = folder / f"python-{seed}-{number}"
        place.mkdir(parents=True)
        script = f"STATEMENTS = {json.dumps(statements)}\n{DRIVER}"
        env = {**os.environ, "MLFLOW_TRACKING_URI": f"sqlite:///{place / 'mlflow.db'}", "PYTHONWARNINGS": "default::FutureWarning"}
        env.update(MLFLOW_DISABLE_TELEMETRY="true", DO_NOT_TRACK="true")
        real = run([sys.executable], script, place, env)
        ours = run([console, "--empty", "--rules", "mlflow"], script, place, dict(os.environ))
        total += len(statements)
        for told in compare(real, ours, meant, used):
            wrong += 1
            print(told)
    print(f"{total} Python statements from seed {seed}; {wrong} differences, {len(used)} kinds of them accepted")
    sys.exit(1 if wrong else 0)


main()
