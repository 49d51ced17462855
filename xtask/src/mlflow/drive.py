"""Runs exported histories on a real MLflow server and compares what it then has with what it should have.

usage: drive.py EXPORTER SEED COUNT FOLDER RECORDING

EXPORTER is the built example `export_histories`. Everything the server writes goes into FOLDER. With a RECORDING that is
not empty, the answers of the server to a list of requests are kept there as well, one a line.
"""

import contextlib
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import warnings

API = "/api/2.0/mlflow/"
# The server is up when it answers; on two busy cores that can take a while.
START_SECONDS = 180


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Server:
    """An MLflow server on loopback, with a store of its own, that is stopped whatever happens."""

    def __init__(self, folder):
        self.folder = folder
        self.base = f"http://127.0.0.1:{free_port()}"

    def __enter__(self):
        store = self.folder / "store.sqlite"
        self.log = open(self.folder / "server.log", "w")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mlflow", "server", "--host", "127.0.0.1"]
            + ["--port", self.base.rsplit(":", 1)[1], "--workers", "1"]
            + ["--backend-store-uri", f"sqlite:///{store}"]
            + ["--default-artifact-root", str(self.folder / "artifacts")],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                with urllib.request.urlopen(self.base + "/health", timeout=5) as answer:
                    if answer.status == 200:
                        return self
            except OSError:
                pass
            if self.process.poll() is not None or time.monotonic() > end:
                self.__exit__()
                raise SystemExit((self.folder / "server.log").read_text()[-4000:])
            time.sleep(0.5)

    def __exit__(self, *_):
        # The server starts others; they are one group.
        for how in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, how)
                self.process.wait(timeout=20)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                pass
        self.log.close()

    def ask(self, verb, path, body=None, query=None, kind="application/json"):
        """The status and the body of an answer. `body` is sent as it is if it is a text."""
        url = self.base + path
        if query:
            url += "?" + query
        data = None
        if body is not None:
            data = (body if isinstance(body, str) else json.dumps(body)).encode()
        headers = {"Content-Type": kind} if kind else {}
        request = urllib.request.Request(url, data=data, method=verb, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def get(self, path, **query):
        status, text = self.ask("GET", API + path, query=urllib.parse.urlencode(query))
        assert status == 200, (path, status, text)
        return json.loads(text)

    def pages(self, path, key, size):
        """All pages of a search, as the server gives them."""
        token = ""
        while True:
            page = self.get(path, max_results=size, page_token=token)
            yield page
            token = page.get("next_page_token", "")
            if not token:
                return

    def models(self):
        pages = self.pages("registered-models/search", "registered_models", 100)
        return [model for page in pages for model in page.get("registered_models", [])]

    def answers(self):
        """The server's answers to both searches, in small pages, one after the other."""
        pages = list(self.pages("registered-models/search", "registered_models", 3))
        pages += self.pages("model-versions/search", "model_versions", 4)
        return "\n".join(json.dumps(page) for page in pages)

    def empty(self):
        for model in self.models():
            status, text = self.ask("DELETE", API + "registered-models/delete", {"name": model["name"]})
            assert status == 200, text

    def registry(self):
        """The registry as the exporter's `expected` has it."""
        runs = {}
        found = {}
        for model in self.models():
            found[model["name"]] = {
                "description": model.get("description", ""),
                "tags": tags(model),
                "aliases": {alias["alias"]: alias["version"] for alias in model.get("aliases", [])},
                "versions": {},
            }
        for page in self.pages("model-versions/search", "model_versions", 1000):
            for version in page.get("model_versions", []):
                run_id = version.get("run_id")
                if run_id and run_id not in runs:
                    run = self.get("runs/get", run_id=run_id)["run"]
                    metrics = run["data"].get("metrics", [])
                    runs[run_id] = {metric["key"]: metric["value"] for metric in metrics}
                found[version["name"]]["versions"][version["version"]] = {
                    "stage": version["current_stage"],
                    "source": version.get("source", ""),
                    "description": version.get("description", ""),
                    "tags": tags(version),
                    "metrics": runs.get(run_id, {}),
                }
        return found


def tags(of):
    return {tag["key"]: tag.get("value", "") for tag in of.get("tags", [])}


def differences(expected, found, place=""):
    """What differs, a line each. Numbers are compared as numbers: the server keeps binary fractions."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in sorted(expected.keys() | found.keys()):
            here = f"{place}/{key}"
            if key not in expected:
                yield f"{here}: should not be there, found {found[key]!r}"
            elif key not in found:
                yield f"{here}: is missing, should be {expected[key]!r}"
            else:
                yield from differences(expected[key], found[key], here)
    elif isinstance(found, (int, float)):
        if float(expected) != float(found):
            yield f"{place}: should be {expected}, is {found}"
    elif expected != found:
        yield f"{place}: should be {expected!r}, is {found!r}"


def run_python(file):
    exec(compile(file.read_text(), str(file), "exec"), {"__name__": "__main__"})


def run_shell(file):
    done = subprocess.run(["sh", str(file)], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise RuntimeError(f"exit code {done.returncode}: {done.stdout[-1000:]} {done.stderr[-1000:]}")


def run_notebook(file):
    import nbformat

    book = nbformat.read(str(file), as_version=nbformat.NO_CONVERT)
    assert (book.nbformat, book.nbformat_minor) == (4, 5), (book.nbformat, book.nbformat_minor)
    nbformat.validate(book)
    names = {"__name__": "__main__"}
    for cell in book.cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, f"{file} {cell.id}", "exec"), names)


FORMS = {"py": run_python, "sh": run_shell, "ipynb": run_notebook}


def histories(server, exporter, seed, count, folder):
    """Runs every history in every form. Gives the number of differences."""
    given = [str(seed), str(count), server.base, str(folder)]
    subprocess.run([exporter, *given], check=True)
    wrong = 0
    versions = 0
    for at in range(count):
        expected = json.loads((folder / f"{at}.json").read_text())
        versions += sum(len(model["versions"]) for model in expected.values())
        for form, run in FORMS.items():
            server.empty()
            file = folder / f"{at}.{form}"
            try:
                # What MLflow says along the way is of no use here.
                with open(os.devnull, "w") as nowhere, contextlib.redirect_stderr(nowhere):
                    run(file)
                found = list(differences(expected, server.registry()))
            except Exception as error:
                found = [f"{type(error).__name__}: {str(error)[:2000]}"]
            for line in found:
                print(f"seed {seed + at}, {form}: {line}")
            wrong += len(found)
            if form == "py":
                (folder / f"{at}.answers").write_text(server.answers())
    # What the server answers has to come in again as what it was.
    wrong += subprocess.run([exporter, "--read", *given]).returncode
    forms = ", ".join(FORMS)
    print(f"{count} histories from seed {seed}, each as {forms}; {versions} versions; {wrong} differences")
    return wrong


def check_that_differences_are_found():
    expected = {"m": {"tags": {"a": ""}, "versions": {"1": {"stage": "None", "metrics": {"a": "0.10"}}}}}
    for wrong in [
        {},
        {"m": {"tags": {}, "versions": expected["m"]["versions"]}},
        {"m": {"tags": {"a": ""}, "versions": {}}},
        {"m": {"tags": {"a": ""}, "versions": {"1": {"stage": "Staging", "metrics": {"a": 0.1}}}}},
        {"m": {"tags": {"a": ""}, "versions": {"1": {"stage": "None", "metrics": {"a": 0.2}}}}},
        {**expected, "n": {}},
    ]:
        assert len(list(differences(expected, wrong))) == 1, wrong
    right = {"m": {"tags": {"a": ""}, "versions": {"1": {"stage": "None", "metrics": {"a": 0.1}}}}}
    assert list(differences(expected, right)) == []


def main():
    check_that_differences_are_found()
    exporter, seed, count, folder, recording = sys.argv[1:]
    folder = pathlib.Path(folder)
    warnings.simplefilter("ignore")
    with Server(folder) as server:
        wrong = histories(server, exporter, int(seed), int(count), folder)
        if recording:
            from filters import record as record_filters
            from record import record

            record(server, pathlib.Path(recording), int(seed))
            record_filters(server, pathlib.Path(recording).with_name("filters.jsonl"), int(seed))
    sys.exit(1 if wrong else 0)


main()
