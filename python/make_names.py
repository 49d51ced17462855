"""Writes `mlflow/_names.json`: the public names of the real MLflow, so that the simulation calls nothing missing that exists.

usage: python make_names.py [--check]

The Python that runs it has MLflow 3.18.0 installed. Only its source is read; nothing of it is run. `--check` compares.
"""

from __future__ import annotations

import ast
import importlib.util
import json
import pathlib
import sys

# What is generated, vendored or for MLflow's own tests and server says nothing to a script.
LEFT_OUT = {"server", "protos", "ml_package_versions", "store", "assistant", "R", "java"}
CLASSES = {"mlflow.tracking.client": "MlflowClient"}


def public(tree: ast.Module) -> list[str]:
    """Returns the names that a module defines or imports at its top."""
    found = set()
    statements = list(tree.body)
    for statement in statements:
        if isinstance(statement, (ast.If, ast.Try)):
            statements.extend(ast.iter_child_nodes(statement))
        elif isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(statement.name)
        elif isinstance(statement, (ast.Assign, ast.AnnAssign)):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            found.update(target.id for target in targets if isinstance(target, ast.Name))
        elif isinstance(statement, ast.ImportFrom) and (statement.module or "").startswith("mlflow"):
            found.update(alias.asname or alias.name for alias in statement.names)
    return sorted(name for name in found if not name.startswith("_"))


def main() -> None:
    here = str(pathlib.Path(__file__).parent)
    sys.path[:] = [place for place in sys.path if place not in ("", here)]
    root = pathlib.Path(importlib.util.find_spec("mlflow").origin).parent
    names: dict[str, list[str] | None] = {}
    for file in sorted(root.rglob("*.py")):
        parts = ["mlflow", *file.relative_to(root).with_suffix("").parts]
        if parts[-1] == "__init__":
            parts.pop()
        if any(part.startswith("_") for part in parts) or (len(parts) > 1 and parts[1] in LEFT_OUT):
            continue
        module = ".".join(parts)
        tree = ast.parse(file.read_text(encoding="utf-8"))
        # Deep inside, it is enough to know that there is such a module.
        names[module] = public(tree) if len(parts) <= 2 else None
        if module in CLASSES:
            of = next(it for it in tree.body if isinstance(it, ast.ClassDef) and it.name == CLASSES[module])
            methods = [it.name for it in of.body if isinstance(it, ast.FunctionDef) and not it.name.startswith("_")]
            names[CLASSES[module]] = sorted(set(methods))
    lines = ",\n".join(f"{json.dumps(module)}: {json.dumps(found)}" for module, found in sorted(names.items()))
    target = pathlib.Path(__file__).parent / "mlflow" / "_names.json"
    text = "{\n" + lines + "\n}\n"
    if "--check" not in sys.argv:
        target.write_text(text, encoding="utf-8")
    elif target.read_text(encoding="utf-8") != text:
        sys.exit(f"{target.name} is not what MLflow has: make_names.py writes it anew")


main()
