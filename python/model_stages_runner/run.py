"""Runs scripts, one after the other, in one Python whose names last."""

from __future__ import annotations

import ast
import asyncio
import builtins
import linecache
import os
import sys
import time
import types
import warnings
from typing import Any, Callable

from model_stages_runner import databricks, prepare, standins, tracebacks, web, words
from model_stages_runner.output import Output, Stream

Event = dict[str, Any]


class Runner:
    """A Python for scripts. `emit` is given each event as it happens; `call` is the way to the registry."""

    def __init__(self, emit: Callable[[Event], None], call: Callable[[str, str], str]):
        self._emit = emit
        self._output = Output(emit)
        self._told: set[str] = set()
        self._count = 0
        self._flags = 0
        self._moved: int | None = 0
        registry = types.ModuleType("_registry", "The simulated registry.")
        registry.call = self._flushed(call)  # type: ignore[attr-defined]
        registry.note = self._note  # type: ignore[attr-defined]
        sys.modules["_registry"] = registry
        self._main = types.ModuleType("__main__")
        self._main.__builtins__ = builtins  # type: ignore[attr-defined]
        sys.modules["__main__"] = self._main
        self._streams = (Stream(self._output, "out"), Stream(self._output, "err"))
        sys.stdout, sys.stderr = self._streams
        standins.install(self._note)
        web.install()
        self._quiet()

    def _flushed(self, call: Callable[[str, str], str]) -> Callable[[str, str], str]:
        """What is printed before a step comes before it."""

        def flushed(method: str, arguments: str) -> str:
            self._flush()
            return call(method, arguments)

        return flushed

    def _flush(self) -> None:
        for stream in self._streams:
            stream.flush()

    def _note(self, name: str, text: str) -> None:
        """Tells something once."""
        if name not in self._told:
            self._told.add(name)
            self._flush()
            self._emit({"event": "note", "id": name, "text": text})

    def _quiet(self) -> None:
        """Nobody is asked, and nothing is waited for."""

        def asked(prompt: object = "") -> str:
            raise EOFError(words.INPUT)

        def slept(seconds: float) -> None:
            if seconds < 0:
                raise ValueError("sleep length must be non-negative")
            self._note("sleep", words.SLEEP.format(seconds=f"{seconds:g}"))

        async def waited(delay: float, result: Any = None) -> Any:
            self._note("sleep", words.SLEEP.format(seconds=f"{delay:g}"))
            return result

        formatted = warnings.formatwarning
        warnings.formatwarning = lambda *of, **more: tracebacks.short(formatted(*of, **more))
        builtins.input = asked
        time.sleep = slept
        asyncio.sleep = waited  # type: ignore[assignment]

    def know(self, text: str) -> None:
        """Takes in the names that the console has given values, a line each. Nothing is told but what could not be taken in."""
        import mlflow
        from mlflow import _flavors, _unknown  # noqa: F401

        lost = []
        for line in text.split("\n"):
            try:
                exec(compile(line, "<console>", "exec"), {"__mlflow__": mlflow}, self._main.__dict__)
            except Exception:
                lost.append(line.partition(" = ")[0])
        if lost:
            self._emit({"event": "note", "id": "lost", "text": words.LOST.format(names=", ".join(lost))})

    def run(
        self, text: str, argv: list[str] | None = None, env: dict[str, str] | None = None, echo: bool = True
    ) -> None:
        """Runs a script to its end, or to the first exception that nobody catches. The last event is `end`."""
        self._output.begin()
        self._count += 1
        name = "<script>" if self._count == 1 else f"<script {self._count}>"
        sys.argv = ["script.py", *(argv or [])]
        self._main.__file__ = os.path.join(os.getcwd(), "script.py")
        os.environ.update(env or {})
        sys.stdout, sys.stderr = self._streams
        end: Event = {"event": "end", "done": 0, "raised": None, "exit": None}
        try:
            statements = self._read(text, name)
            # A file shows no values, and a text that is run as one asks who runs it.
            echo = echo and not any(_asks_for_main(statement) for statement in statements)
            self._emit({"event": "begin", "statements": len(statements)})
            for statement in statements:
                self._begin(statement)
                self._do(statement, name, echo)
                self._flush()
                end["done"] += 1
        except SystemExit as error:
            end["exit"] = error.code if isinstance(error.code, int) else 0 if error.code is None else 1
            if error.code is not None and not isinstance(error.code, int):
                print(error.code, file=sys.stderr)
        except BaseException as error:
            end["raised"] = tracebacks.told(error)
            if isinstance(error, ModuleNotFoundError) and error.name and not error.name.startswith("mlflow"):
                package = error.name.partition(".")[0]
                self._note(f"package:{package}", words.NO_PACKAGE.format(package=package))
        self._flush()
        end["names"] = sorted(name for name in self._main.__dict__ if not name.startswith("_"))
        self._emit(end)

    def check(self, text: str) -> None:
        """Says how many statements a script has, or why it is none; nothing is done."""
        checked: Event = {"event": "checked", "statements": 0, "raised": None}
        try:
            name = f"<script {self._count + 1}>" if self._count else "<script>"
            checked["statements"] = len(ast.parse(self._lined(text, name, lambda line, said: None), name).body)
        except Exception as error:
            checked["raised"] = tracebacks.told(error)
        self._emit(checked)

    def _lined(self, text: str, name: str, skipped: Callable[[int, str], None]) -> str:
        """Returns the script of a text. Whoever shows a line of it finds it."""
        script, self._moved = prepare.script(text, skipped)
        linecache.cache[name] = (len(script), None, [line + "\n" for line in script.split("\n")], name)
        return script

    def _read(self, text: str, name: str) -> list[ast.stmt]:
        def skipped(line: int, text: str) -> None:
            self._emit({"event": "note", "id": "skipped", "text": words.SKIPPED.format(line=line, text=text)})

        script = self._lined(text, name, skipped)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            # All of it is Python, or none of it is begun.
            compile(script, name, "exec", flags=self._flags, dont_inherit=True)
            tree = compile(script, name, "exec", flags=self._flags | ast.PyCF_ONLY_AST, dont_inherit=True)
        if "dbutils" in script or script.startswith("# Databricks notebook"):
            for known, value in databricks.names().items():
                self._main.__dict__.setdefault(known, value)
        return tree.body

    def _begin(self, statement: ast.stmt) -> None:
        """Tells where the statement stands. Columns are counted in bytes of UTF-8, as far as they are known."""
        first: Any = min([statement, *getattr(statement, "decorator_list", [])], key=lambda it: it.lineno)
        moved = self._moved
        is_known = moved is not None and first is statement
        self._emit(
            {
                "event": "statement",
                "line": first.lineno,
                "end": statement.end_lineno,
                "column": first.col_offset + moved if is_known else None,
                "end_column": statement.end_col_offset + moved if is_known else None,
            }
        )

    def _do(self, statement: ast.stmt, name: str, echo: bool) -> None:
        """Does a statement that stands at the margin."""
        if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
            import __future__

            for alias in statement.names:
                self._flags |= getattr(__future__, alias.name).compiler_flag
        is_shown = echo and isinstance(statement, ast.Expr) and not _is_comment(statement, name)
        if is_shown:
            code = compile(
                ast.Interactive([statement]), name, "single", flags=self._flags, dont_inherit=True
            )
        else:
            module = ast.Module([statement], [])
            code = compile(module, name, "exec", flags=self._flags, dont_inherit=True)
        sys.displayhook = self._show
        exec(code, self._main.__dict__)

    def _show(self, value: Any) -> None:
        from mlflow._unknown import is_unknown

        if value is not None and not is_unknown(value):
            shown = repr(value)
            self._flush()
            builtins._ = value  # type: ignore[attr-defined]
            self._output.send("value", shown)


def _asks_for_main(statement: ast.stmt) -> bool:
    """Whether it begins with `if __name__ == …`."""
    if not isinstance(statement, ast.If) or not isinstance(statement.test, ast.Compare):
        return False
    return isinstance(statement.test.left, ast.Name) and statement.test.left.id == "__name__"


def _is_comment(statement: ast.Expr, name: str) -> bool:
    """A text of several lines, or in three quotes, that stands alone is a comment, whatever the prompt makes of it."""
    value = statement.value
    if not isinstance(value, ast.Constant) or not isinstance(value.value, str):
        return False
    written = linecache.getline(name, statement.lineno).encode()[statement.col_offset :].lstrip(b"rRuU")
    return statement.end_lineno != statement.lineno or written.startswith((b'"""', b"'''"))
