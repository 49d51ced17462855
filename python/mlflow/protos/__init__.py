"""The few names of MLflow's protocol that scripts compare with."""
