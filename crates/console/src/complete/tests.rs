//! What is offered at many places.

use super::*;
use crate::Sandbox;
use registry::RuleSet;

/// Holds the first completions at the `|` of a text, and what they replace.
fn check(text: &str, expected: &str) {
    let cursor = text.find('|').unwrap();
    let whole = text.replacen('|', "", 1);
    let mut host = Sandbox::sample(RuleSet::Guided);
    let mut console = Console::default();
    let script = "mv = client.get_model_version('fraud-detector', 4)\nmodel_name = 'fraud-detector'\n\
                  vs = client.search_model_versions()";
    assert_eq!(console.enter(&mut host, script).stop, None);
    let found = complete(&console, &host, &whole, cursor);
    let shown: Vec<String> = found
        .iter()
        .take(4)
        .map(|found| format!("{}<{}>", found.text, found.replace.of(&whole)))
        .collect();
    assert_eq!(shown.join(" "), expected, "{text:?}");
}

#[test]
fn lines_are_begun() {
    check("und|", "undo<und>");
    check("clie|", "client<clie> MlflowClient<clie>");
    check(
        "x = 1\nmod|",
        "model_name<mod> get_model<mod> load_model<mod> mlflow models transition-version <mod>",
    );
    check(
        "mo|",
        "model_name<mo> get_model<mo> load_model<mo> mlflow models transition-version <mo>",
    );
    check("sho|", "show<sho>");
}

#[test]
fn own_words_go_on() {
    check("show f|", "fraud-detector<f>");
    check(
        "show |",
        "churn-forecast<> fraud-detector<> support-router<>",
    );
    check("rules m|", "mlflow<m>");
    check("reset |", "empty<> sample<>");
    check("restore 2|", "24<2> 23<2> 22<2> 21<2>");
    check(
        "help get_model_|",
        "get_model_version<get_model_> get_model_version_by_alias<get_model_> get_model_version_stages<get_model_> \
         get_model_version_download_uri<get_model_>",
    );
    check("help client.create_r|", "");
}

#[test]
fn command_lines_go_on() {
    let start = "mlflow models transition-version";
    check("mlflow mo|", "models<mo>");
    check("mlflow models |", "transition-version<>");
    check(
        &format!("{start} --|"),
        "--model-name<--> --version<--> --stage<--> --archive-existing-versions<-->",
    );
    check(
        &format!("{start} --model-name |"),
        "churn-forecast<> fraud-detector<> support-router<>",
    );
    check(
        &format!("{start} --model-name churn-forecast --version |"),
        "2<> 1<>",
    );
    check(&format!("{start} --stage p|"), "production<p>");
    check(&format!("{start} --stage production --s|"), "");
}

#[test]
fn members_are_offered() {
    check(
        "client.transition|",
        "transition_model_version_stage<transition>",
    );
    check(
        "client.alias|",
        "set_registered_model_alias<alias> delete_registered_model_alias<alias> get_model_version_by_alias<alias>",
    );
    check("mlflow.pyfunc.|", "load_model<>");
    check("print(mv.cur|)", "current_stage<cur>");
    check("vs[0].cur|", "current_stage<cur>");
    check(
        "client.get_registered_model('m').lat|",
        "latest_versions<lat>",
    );
    check(
        "client.get_registered_model('m').latest_versions[0].cur|",
        "current_stage<cur>",
    );
    check(
        "client.search_model_versions(\"name='m'\")[-1].cur|",
        "current_stage<cur>",
    );
    check("MlflowClient().rename|", "rename_registered_model<rename>");
    check("model_name.up|", "");
    check("client.create_run('0').info.|", "run_id<>");
    check("from mlflow import Ml|", "MlflowClient<Ml>");
    check("nothing.|", "");
}

#[test]
fn arguments_are_offered() {
    check(
        "client.get_model_version(|",
        "name=<> version=<> model_name<> mv<>",
    );
    check("client.get_model_version(name='m', ver|", "version=<ver>");
    check("client.get_model_version('f|", "fraud-detector'<f>");
    check("client.get_model_version('f|')", "fraud-detector'<f'>");
    check(
        "client.get_model_version(name=|",
        "\"churn-forecast\"<> \"fraud-detector\"<> \"support-router\"<>",
    );
    check("client.get_model_version('churn-forecast', '|", "2'<> 1'<>");
    check(
        "client.transition_model_version_stage('fraud-detector', 3, stage=\"pro|",
        "Production\"<pro>",
    );
    check(
        "client.get_latest_versions('fraud-detector', stages=['|",
        "None'<> Staging'<> Production'<> Archived'<>",
    );
    check(
        "client.get_model_version_by_alias('fraud-detector', 'ch|",
        "challenger'<ch> champion'<ch>",
    );
    check(
        "mlflow.pyfunc.load_model('|",
        "models:/churn-forecast<> models:/fraud-detector<> models:/support-router<>",
    );
    check(
        "mlflow.pyfunc.load_model('models:/fr|",
        "fraud-detector<fr>",
    );
    check("uri = 'models:/fraud-detector/p|", "Production'<p>");
    check(
        "uri = 'models:/fraud-detector@|",
        "challenger'<> champion'<>",
    );
    check("x = 'anything|", "");
    check("# comment f|", "");
}

#[test]
fn requests_go_on() {
    const SERVER: &str = "http://localhost:5000/api/2.0/mlflow/";
    check("cur|", "curl <cur>");
    check(
        "curl |",
        "http://localhost:5000/api/2.0/mlflow/<> -X<> -H<> -d<>",
    );
    check("curl -X |", "GET<> POST<> PATCH<> DELETE<>");
    check("curl -X P|", "POST<P> PATCH<P>");
    check("curl --comp|", "--compressed<--comp>");
    check(&format!("curl {SERVER}registered-models/rem|"), "");
    check(
        &format!("curl -X POST {SERVER}runs/|"),
        "runs/create<runs/> runs/log-metric<runs/>",
    );
    check(
        &format!("curl '{SERVER}stage|"),
        "model-versions/transition-stage<stage>",
    );
    let get = format!("curl '{SERVER}model-versions/get");
    check(&format!("{get}?|"), "name=<> version=<>");
    check(&format!("{get}?name=f|"), "fraud-detector<f>");
    check(&format!("{get}?name=churn-forecast&version=|"), "2<> 1<>");
    // Where quotes and backslashes stand in a word, places are counted from its end.
    check(
        &format!("curl \"{SERVER}model-versions/get?\"version=1&'name'=f|"),
        "fraud-detector<f>",
    );
    check(
        &format!("curl ht\\\u{60653}{SERVER}model-versions/get?na|"),
        "name=<na>",
    );
    check(&format!("{get}?name=f'raud'-|"), "");
    check(&format!("{get}?na'me'|"), "");
    let post = format!("curl -X POST {SERVER}model-versions/transition-stage");
    check(&format!("{post} |"), "-X<> -H<> -d<> --json<>");
    check(
        &format!("{post} -H |"),
        "'Content-Type: application/json'<>",
    );
    check(
        &format!("{post} -H 'Con|'"),
        "Content-Type: application/json'<Con'>",
    );
    check(
        &format!("{post} -d |"),
        "'{\"name\": \"<> '{\"version\": \"<> '{\"stage\": \"<> '{\"archive_existing_versions\": <>",
    );
    check(
        &format!("{post} \\\n  -d '{{|"),
        "\"name\": \"<> \"version\": \"<> \"stage\": \"<> \"archive_existing_versions\": <>",
    );
    let body = format!("{post} -d '{{\"name\": ");
    check(&format!("{post} -d '{{\"na|"), "name\": \"<na>");
    check(
        &format!("{body}|"),
        "\"churn-forecast\"<> \"fraud-detector\"<> \"support-router\"<>",
    );
    check(&format!("{body}\"f|\""), "fraud-detector\"<f\">");
    let body = format!("{body}\"churn-forecast\", ");
    check(
        &format!("{body}\"|"),
        "version\": \"<> stage\": \"<> archive_existing_versions\": <>",
    );
    check(&format!("{body}\"version\": \"|"), "2\"<> 1\"<>");
    check(&format!("{body}\"stage\": \"p|"), "Production\"<p>");
    check(
        &format!("{body}\"archive_existing_versions\": t|"),
        "true<t>",
    );
    check(
        &format!("{body}\"archive_existing_versions\": |"),
        "true<> false<>",
    );
    check(&format!("{body}\"stage\": \"x\"|"), "");
    check(
        &format!(
            "curl {SERVER}registered-models/alias --json '{{\"name\": \"fraud-detector\", \"alias\": \"ch|"
        ),
        "challenger\"<ch> champion\"<ch>",
    );
    check(
        &format!(
            "curl {SERVER}registered-models/get-latest-versions -d '{{\"stages\": [\"None\", \"A|"
        ),
        "Archived\"<A>",
    );
    check("curl http://elsewhere -d '{|", "");
}

#[test]
fn the_bare_form_goes_on() {
    let path = "POST /api/2.0/mlflow/registered-models/";
    check(
        &format!("{path}cr|"),
        "registered-models/create<registered-models/cr>",
    );
    check(
        &format!("{path}create\n{{\"|"),
        "name\": \"<> tags\": [{\"key\": \"<> description\": \"<> deployment_job_id\": \"<>",
    );
}
