# options: --empty --rules mlflow --env TEAM=growth
# arguments: --model churn --dry-run
import argparse
import asyncio
import os
import subprocess
import time
from dataclasses import dataclass

from mlflow import MlflowClient


@dataclass
class Plan:
    model: str
    dry_run: bool


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--dry-run", action="store_true")
    plan = Plan(**vars(parser.parse_args()))
    print(plan, os.environ["TEAM"])
    MlflowClient().create_registered_model(plan.model)
    time.sleep(3600)
    asyncio.run(asyncio.sleep(3600))
    with open("notes.txt", "w") as file:
        file.write("kept for now")
    with open("notes.txt") as file:
        print(file.read())
    for refused in (lambda: input("Sure? "), lambda: subprocess.run(["rm", "-rf", "/"])):
        try:
            refused()
        except Exception as error:
            print(type(error).__name__, error)
    match plan:
        case Plan(dry_run=True):
            raise SystemExit(3)


if __name__ == "__main__":
    main()
