"""Writes `mlflow/_names.json`: the public names of the real MLflow, so that the simulation calls nothing missing that exists.

usage: python make_names.py FOLDER

FOLDER is that of the installed package `mlflow` 3.18.0. Only its source is read; nothing of it is run.
"""

from __future__ import annotations

import ast
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
    root = pathlib.Path(sys.argv[1])
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
    target.write_text("{\n" + lines + "\n}\n", encoding="utf-8")


main()
