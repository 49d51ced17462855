"""Runs a learner's script in a real Python, with a simulated MLflow and stand-ins for what is not here.

`Runner` is the same in a browser's worker and in a terminal. What it prints, its warnings, tracebacks and notes come out as
events, in the order in which they happen.
"""

from model_stages_runner.run import Runner as Runner
