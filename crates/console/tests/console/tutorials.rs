//! Snippets of the shapes that MLflow's documentation and its tutorials use for the registry, as far as the small reader takes
//! them: `tests/python/tutorials.py` has them all.

use console::{Console, Sandbox};
use registry::RuleSet;
use text::Language;
use text::console::{PrintedKind, printed};

/// Carries a snippet out under MLflow's rules on the sample, and holds what it prints.
fn check(snippet: &str, expected: &str) {
    let mut host = Sandbox::sample(RuleSet::Mlflow);
    let reply = Console::default().enter(&mut host, snippet);
    let pieces = printed(Language::English, RuleSet::Mlflow, snippet, &reply);
    assert_eq!(reply.stop, None, "{snippet}\n{pieces:#?}");
    let is_output = |kind| matches!(kind, PrintedKind::Output | PrintedKind::Value);
    let found: Vec<&str> = pieces
        .iter()
        .filter(|piece| is_output(piece.kind))
        .map(|piece| piece.text.as_str())
        .collect();
    assert_eq!(found.join("\n"), expected, "{snippet}");
}

#[test]
fn a_model_is_created() {
    check(
        "from mlflow import MlflowClient\n\nclient = MlflowClient()\nclient.create_registered_model(\"sk-learn-random-forest-reg-model\")\n",
        "<RegisteredModel: aliases={}, creation_timestamp=1767686400000, deployment_job_id=None, \
         deployment_job_state=None, description=None, last_updated_timestamp=1767686400000, latest_versions=[], \
         name='sk-learn-random-forest-reg-model', tags={}, workspace='default'>",
    );
}

#[test]
fn a_version_is_promoted() {
    check(
        "client = MlflowClient()\nclient.transition_model_version_stage(\n    name=\"fraud-detector\",\n    version=4,\n    \
         stage=\"Production\",\n    archive_existing_versions=True,\n)\nmodel_uri = f\"models:/fraud-detector/Production\"\n\
         print(mlflow.pyfunc.load_model(model_uri))\n",
        "<ModelVersion: aliases=['challenger'], creation_timestamp=1766822400000, current_stage='Production', \
         deployment_job_state=None, description=\"Adds features from the merchant's history.\", \
         last_updated_timestamp=1767686400000, metrics=None, model_id=None, name='fraud-detector', params=None, \
         run_id='run-of-fraud-detector-v4', run_link=None, source='models/fraud/model_v4.pkl', status='READY', \
         status_message=None, tags={'validation_status': 'pending'}, user_id=None, version=4, workspace='default'>\n\
         mlflow.pyfunc.loaded_model:\n  artifact_path: model\n  flavor: not known here\n  run_id: run-of-fraud-detector-v4\n",
    );
}

#[test]
fn aliases_take_the_place_of_stages() {
    check(
        "client = MlflowClient()\n\n# create \"champion\" alias for version 4 of model \"fraud-detector\"\n\
         client.set_registered_model_alias(\"fraud-detector\", \"champion\", 4)\n\n\
         # get information about the model\nprint(client.get_registered_model(\"fraud-detector\").aliases)\n\n\
         # get a model version by alias\nchampion = client.get_model_version_by_alias(\"fraud-detector\", \"champion\")\n\
         print(champion.version, champion.aliases)\n\n# delete the alias\n\
         client.delete_registered_model_alias(\"fraud-detector\", \"challenger\")\n",
        "{'challenger': 4, 'champion': 4}\n4 ['challenger', 'champion']",
    );
}

#[test]
fn a_model_is_loaded_by_alias() {
    check(
        "import mlflow.pyfunc\n\nmodel_name = \"fraud-detector\"\nalias = \"champion\"\n\n\
         champion_version = mlflow.pyfunc.load_model(f\"models:/{model_name}@{alias}\")\nprint(\"loaded\")\n",
        "loaded",
    );
}

#[test]
fn a_version_is_promoted_across_environments() {
    check(
        "client.copy_model_version(\n    src_model_uri=\"models:/fraud-detector@challenger\",\n    dst_name=\"prod.ml_team.fraud\",\n)\n\
         client.set_registered_model_alias(name=\"prod.ml_team.fraud\", alias=\"champion\", version=1)\n\
         prod_model_uri = \"models:/prod.ml_team.fraud@champion\"\nmodel = mlflow.pyfunc.load_model(prod_model_uri)\n",
        "Successfully registered model 'prod.ml_team.fraud'.\nCopied version '4' of model 'fraud-detector' to version '1' of \
         model 'prod.ml_team.fraud'.\n<ModelVersion: aliases=[], creation_timestamp=1767686400000, current_stage='None', \
         deployment_job_state=None, description=\"Adds features from the merchant's history.\", \
         last_updated_timestamp=1767686400000, metrics=None, model_id=None, name='prod.ml_team.fraud', params=None, \
         run_id='run-of-fraud-detector-v4', run_link=None, source='models:/fraud-detector/4', status='READY', \
         status_message=None, tags={'validation_status': 'pending'}, user_id=None, version=1, workspace='default'>",
    );
}
