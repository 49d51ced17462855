//! Snippets of the shapes that MLflow's documentation and its tutorials use for the registry. They just work.

use model_stages::console::{Console, Sandbox};
use model_stages::registry::RuleSet;
use model_stages::text::Language;
use model_stages::text::console::{PrintedKind, printed};

/// Carries a snippet out under MLflow's rules on the sample, and holds what it prints.
fn check(snippet: &str, expected: &str) {
    let mut world = Sandbox::sample(RuleSet::Mlflow);
    let reply = Console::default().enter(&mut world, snippet);
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
fn a_version_is_created_with_tags_and_a_description() {
    check(
        "import mlflow\nfrom mlflow.tracking import MlflowClient\n\nclient = MlflowClient(tracking_uri=\"http://127.0.0.1:5000\")\n\
         model_name = \"SocialMediaTextAnalyzer\"\n\
         tags = {\"nlp.framework\": \"Spark NLP\", \"task\": \"sentiment\"}\n\
         desc = \"This sentiment analysis model classifies the tone-happy, sad, angry.\"\n\
         model = client.create_registered_model(model_name, tags, desc)\n\
         result = client.create_model_version(\n    name=model_name,\n    source=\"mlruns/0/d16076a3ec534311817565e6527539c0/artifacts/model\",\n    \
         run_id=\"d16076a3ec534311817565e6527539c0\",\n    description=\"Trained on the spring data\",\n)\n\
         print(f\"Version {result.version} of {result.name} is {result.status}\")\n",
        "Version 1 of SocialMediaTextAnalyzer is READY",
    );
}

#[test]
fn all_models_are_listed() {
    check(
        "from pprint import pprint\n\nclient = MlflowClient()\nfor rm in client.search_registered_models():\n    \
         pprint({\"name\": rm.name, \"tags\": rm.tags}, indent=4)\n",
        "{'name': 'churn-forecast', 'tags': {'owner': 'marketing'}}\n{   'name': 'fraud-detector',\n    'tags': {'owner': \
         'payments', 'task': 'classification'}}\n{'name': 'support-router', 'tags': {}}",
    );
}

#[test]
fn versions_are_searched() {
    check(
        "client = MlflowClient()\nfor mv in client.search_model_versions(\"name='churn-forecast'\"):\n    \
         print(dict(mv)[\"version\"], mv.current_stage)\n",
        "2 Staging\n1 Production",
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
         <PyFuncModel name='fraud-detector' version=4 source='models/fraud/model_v4.pkl'>",
    );
}

#[test]
fn the_newest_staging_version_goes_live() {
    check(
        "latest = client.get_latest_versions(\"fraud-detector\", stages=[\"Staging\"])\nif latest:\n    staging = latest[0]\n    \
         for current in client.get_latest_versions(\"fraud-detector\", [\"Production\"]):\n        \
         client.transition_model_version_stage(current.name, current.version, \"Archived\")\n    \
         client.transition_model_version_stage(staging.name, staging.version, \"Production\")\n\
         print([v.version for v in client.get_latest_versions(\"fraud-detector\", [\"Production\"])])\n",
        "[4]",
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
fn tags_say_how_far_a_version_is() {
    check(
        "client.set_registered_model_tag(\"fraud-detector\", \"task\", \"scoring\")\n\
         client.set_model_version_tag(\"fraud-detector\", \"4\", \"validation_status\", \"approved\")\n\
         approved = client.search_model_versions(\"name = 'fraud-detector' and tags.validation_status = 'approved'\")\n\
         print(len(approved), approved[0].version)\nclient.delete_model_version_tag(\"fraud-detector\", \"4\", \"validation_status\")\n",
        "1 4",
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
         run_id='run-of-prod.ml_team.fraud-v1', run_link=None, source='models:/fraud-detector/4', status='READY', \
         status_message=None, tags={'validation_status': 'pending'}, user_id=None, version=1, workspace='default'>",
    );
}

#[test]
fn a_model_is_registered_from_a_run() {
    check(
        "import mlflow\n\nwith mlflow.start_run() as run:\n    mlflow.log_params({\"max_depth\": 2, \"random_state\": 42})\n    \
         mlflow.log_metrics({\"mse\": 0.25})\n\nmodel_uri = f\"runs:/{run.info.run_id}/sklearn-model\"\n\
         mv = mlflow.register_model(model_uri, \"RandomForestRegressionModel\")\nprint(f\"Name: {mv.name}\")\nprint(f\"Version: {mv.version}\")\n",
        "Successfully registered model 'RandomForestRegressionModel'.\nCreated version '1' of model \
         'RandomForestRegressionModel'.\nName: RandomForestRegressionModel\nVersion: 1",
    );
}

#[test]
fn a_model_is_registered_from_a_run_elsewhere() {
    check(
        "result = mlflow.register_model(\n    \"runs:/d16076a3ec534311817565e6527539c0/sklearn-model\", \"sk-learn-random-forest-reg\"\n)\n",
        "Successfully registered model 'sk-learn-random-forest-reg'.\nCreated version '1' of model 'sk-learn-random-forest-reg'.",
    );
}

#[test]
fn a_model_is_renamed_described_and_deleted() {
    check(
        "client = MlflowClient()\nclient.rename_registered_model(\n    name=\"churn-forecast\",\n    new_name=\"churn-forecast-2\",\n)\n\
         client.update_model_version(\n    name=\"churn-forecast-2\",\n    version=1,\n    description=\"This model version is a random forest\",\n)\n\
         # Delete versions 1 and 2 of the model\nversions = [1, 2]\nfor version in versions:\n    \
         client.delete_model_version(name=\"churn-forecast-2\", version=version)\n# Delete a registered model along with all its versions\n\
         client.delete_registered_model(name=\"churn-forecast-2\")\nprint([rm.name for rm in client.search_registered_models()])\n",
        "<ModelVersion: aliases=[], creation_timestamp=1762502400000, current_stage='Production', \
         deployment_job_state=None, description='This model version is a random forest', \
         last_updated_timestamp=1767690000000, metrics=None, model_id=None, name='churn-forecast-2', params=None, \
         run_id='run-of-churn-forecast-2-v1', run_link=None, source='models/churn/2026-08.pkl', status='READY', \
         status_message=None, tags={}, user_id=None, version=1, workspace='default'>\n['fraud-detector', 'support-router']",
    );
}

#[test]
fn the_newest_version_is_found_without_stages() {
    check(
        "versions = client.search_model_versions(f\"name='fraud-detector'\")\nlatest_version = max(versions, key=lambda mv: int(mv.version))\n\
         print(\"Latest version: {}\".format(latest_version.version))\n\
         newest = sorted(versions, key=lambda mv: int(mv.version), reverse=True)[0].version\nprint(newest == latest_version.version)\n\
         oldest = client.search_model_versions(\"name='fraud-detector'\", order_by=[\"version_number ASC\"], max_results=1)[0]\nprint(oldest.version)\n",
        "Latest version: 5\nTrue\n1",
    );
}

#[test]
fn a_rollback_goes_one_version_back() {
    check(
        "MODEL_NAME = \"fraud-detector\"\nPRODUCTION = \"Production\"\n\n\
         current = int(client.get_latest_versions(MODEL_NAME, stages=[PRODUCTION])[0].version)\nprevious = current - 2\n\
         old = client.transition_model_version_stage(name=MODEL_NAME, version=str(current), stage=\"Archived\")\n\
         mv = client.transition_model_version_stage(name=MODEL_NAME, version=previous, stage=PRODUCTION)\n\
         print(f\"Rolled back from {current} to {mv.version}\")\nprint(\"-\" * 20)\n",
        "Rolled back from 3 to 1\n--------------------",
    );
}

#[test]
fn an_overview_is_printed() {
    check(
        ">>> for rm in client.search_registered_models():\n...     print(\"=\" * 14)\n...     print(rm.name)\n...     \
         for mv in rm.latest_versions:\n...         print(f\"  v{mv.version:<3} {mv.current_stage:>10} | {mv.run_id is not None}\")\n",
        "==============\nchurn-forecast\n  v1   Production | True\n  v2      Staging | True\n==============\nfraud-detector\n  v2     \
         Archived | True\n  v3   Production | True\n  v4      Staging | True\n  v5         None | True\n==============\n\
         support-router\n  v1         None | True",
    );
}

#[test]
fn metrics_decide_between_champion_and_challenger() {
    check(
        "def_metric = \"recall\"\nchampion = client.get_model_version_by_alias(\"fraud-detector\", \"champion\")\n\
         challenger = client.get_model_version_by_alias(\"fraud-detector\", \"challenger\")\n\
         old = client.get_run(champion.run_id).data.metrics[def_metric]\nnew = client.get_run(challenger.run_id).data.metrics.get(def_metric, 0)\n\
         if new > old:\n    client.set_registered_model_alias(\"fraud-detector\", \"champion\", challenger.version)\n    \
         client.delete_registered_model_alias(\"fraud-detector\", \"challenger\")\n    print(f\"promoted: {old} -> {new}\")\nelse:\n    print(\"kept\")\n",
        "promoted: 0.86 -> 0.91",
    );
}

#[test]
fn a_script_with_a_main_block_runs() {
    check(
        "import os\nimport mlflow\nfrom mlflow import MlflowClient\n\nmlflow.set_tracking_uri(\"http://localhost:5000\")\n\
         mlflow.set_experiment(\"fraud\")\n\nif __name__ == \"__main__\":\n    client = MlflowClient()\n    \
         model_name, stage = \"fraud-detector\", \"Production\"\n    uri = \"models:/\" + model_name + \"/\" + stage\n    \
         model = mlflow.sklearn.load_model(uri)\n    print(uri)\n",
        "models:/fraud-detector/Production",
    );
}
