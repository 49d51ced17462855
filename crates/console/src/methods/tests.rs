//! Every row of the table, tried.

use super::*;
use registry::call::VersionArgument;
use registry::parameter::CHANGES;

/// Holds what a method does with arguments in the order of its parameters; those that a call does not carry are left
/// out.
fn check(owner: Owner, name: &str, given: &[Given], expected: &str) {
    let method = all().find(|method| method.owner == owner && method.name == name);
    let operation = method
        .unwrap()
        .operation(&mut Arguments::new(given.to_vec()));
    let shown = format!("{operation:?}");
    let shown = shown.strip_prefix("Call(").map_or(shown.as_str(), |call| {
        call.strip_suffix(')').unwrap_or(call)
    });
    let shown = shown
        .strip_prefix("Ask(")
        .map_or(shown, |ask| &ask[..ask.len() - 1]);
    assert_eq!(shown, expected, "{name}");
}

fn text(text: &str) -> Given {
    Given::Text(text.to_owned())
}

fn tags() -> Given {
    Given::Tags(vec![("k".to_owned(), "v".to_owned())])
}

fn client(name: &str, given: &[Given], expected: &str) {
    check(Owner::Client, name, given, expected);
}

fn mlflow(name: &str, given: &[Given], expected: &str) {
    check(Owner::Mlflow, name, given, expected);
}

/// So many texts: `a`, `b` and so on.
fn texts<const N: usize>() -> [Given; N] {
    std::array::from_fn(|at| text(["a", "b", "c", "d"][at]))
}

fn stages() -> Given {
    Given::Texts(vec!["s".to_owned()])
}

#[test]
fn arguments_about_models() {
    let [a, b] = texts();
    let two = texts::<2>();
    let three = texts::<3>();
    client(
        "create_registered_model",
        &[a.clone(), tags(), b.clone()],
        r#"CreateRegisteredModel { name: "a", tags: [("k", "v")], description: "b" }"#,
    );
    client(
        "rename_registered_model",
        &two,
        r#"RenameRegisteredModel { name: "a", new_name: "b" }"#,
    );
    client(
        "update_registered_model",
        &two,
        r#"UpdateRegisteredModel { name: "a", description: "b" }"#,
    );
    client(
        "delete_registered_model",
        &two,
        r#"DeleteRegisteredModel { name: "a" }"#,
    );
    client(
        "set_registered_model_tag",
        &three,
        r#"SetRegisteredModelTag { name: "a", key: "b", value: "c" }"#,
    );
    client(
        "delete_registered_model_tag",
        &two,
        r#"DeleteRegisteredModelTag { name: "a", key: "b" }"#,
    );
    client(
        "set_registered_model_alias",
        &three,
        r#"SetRegisteredModelAlias { name: "a", alias: "b", version: "c" }"#,
    );
    client(
        "delete_registered_model_alias",
        &two,
        r#"DeleteRegisteredModelAlias { name: "a", alias: "b" }"#,
    );
}

#[test]
fn arguments_about_versions() {
    let [a, b, c, d] = texts();
    let two = texts::<2>();
    let three = texts::<3>();
    let version = || Given::TagVersion(VersionArgument::Given("2".to_owned()));
    client(
        "create_model_version",
        &[a.clone(), b.clone(), c.clone(), tags(), d],
        r#"Create { call: CreateModelVersion { name: "a", source: "b", tags: [("k", "v")], description: "d", metrics: [] }, run_id: "c" }"#,
    );
    client(
        "copy_model_version",
        &two,
        r#"CopyModelVersion { src_model_uri: "a", dst_name: "b" }"#,
    );
    client(
        "update_model_version",
        &three,
        r#"UpdateModelVersion { name: "a", version: "b", description: "c" }"#,
    );
    client(
        "delete_model_version",
        &two,
        r#"DeleteModelVersion { name: "a", version: "b" }"#,
    );
    client(
        "transition_model_version_stage",
        &[a.clone(), b.clone(), c.clone(), Given::Flag(true)],
        r#"TransitionModelVersionStage { name: "a", version: "b", stage: "c", archive_existing_versions: true }"#,
    );
    client(
        "set_model_version_tag",
        &[a.clone(), version(), b.clone(), c.clone()],
        r#"SetModelVersionTag { name: "a", version: Given("2"), key: "b", value: "c" }"#,
    );
    client(
        "delete_model_version_tag",
        &[a.clone(), version(), b.clone()],
        r#"DeleteModelVersionTag { name: "a", version: Given("2"), key: "b" }"#,
    );
}

#[test]
fn arguments_of_questions() {
    let [a, _] = texts();
    let two = texts::<2>();
    client(
        "get_registered_model",
        &two,
        r#"GetRegisteredModel { name: "a" }"#,
    );
    client(
        "get_model_version",
        &two,
        r#"GetModelVersion { name: "a", version: "b" }"#,
    );
    client(
        "get_model_version_by_alias",
        &two,
        r#"GetModelVersionByAlias { name: "a", alias: "b" }"#,
    );
    client(
        "get_latest_versions",
        &[a.clone(), stages()],
        r#"GetLatestVersions { name: "a", stages: ["s"] }"#,
    );
    let search = [a.clone(), Given::Count(Some(3)), stages()];
    client(
        "search_registered_models",
        &search,
        r#"SearchModels(Search { filter: "a", most: Some(3), order_by: ["s"] })"#,
    );
    client(
        "search_model_versions",
        &search,
        r#"SearchVersions(Search { filter: "a", most: Some(3), order_by: ["s"] })"#,
    );
    client("get_model_version_stages", &two, "Stages");
    client(
        "get_model_version_download_uri",
        &two,
        r#"DownloadUri { name: "a", version: "b" }"#,
    );
}

#[test]
fn arguments_about_runs() {
    let two = texts::<2>();
    let three = texts::<3>();
    let [a] = texts();
    client("create_run", &two, r#"CreateRun { name: "b" }"#);
    client("get_run", &two, r#"GetRun { run_id: "a" }"#);
    client(
        "log_metric",
        &three,
        r#"LogMetrics { run_id: "a", metrics: [("b", "c")] }"#,
    );
    client("log_param", &three, r#"RunNote { run_id: "a" }"#);
    client("set_terminated", &two, r#"RunNote { run_id: "a" }"#);
    mlflow("start_run", &two, r#"StartRun { run_id: "a", name: "b" }"#);
    mlflow("end_run", &[], "EndRun");
    mlflow("active_run", &[], "ActiveRun");
    mlflow(
        "log_metric",
        &three,
        r#"LogMetrics { run_id: "c", metrics: [("a", "b")] }"#,
    );
    mlflow(
        "log_metrics",
        &[tags(), a.clone()],
        r#"LogMetrics { run_id: "a", metrics: [("k", "v")] }"#,
    );
    mlflow("log_param", &two, "Nothing");
}

#[test]
fn arguments_of_functions() {
    let [a, b] = texts();
    let two = texts::<2>();
    mlflow(
        "register_model",
        &[a.clone(), b.clone(), tags()],
        r#"Register { uri: "a", name: "b", tags: [("k", "v")] }"#,
    );
    let search = [Given::Count(Some(3)), a.clone(), stages()];
    mlflow(
        "search_registered_models",
        &search,
        r#"SearchModels(Search { filter: "a", most: Some(3), order_by: ["s"] })"#,
    );
    mlflow(
        "search_model_versions",
        &search,
        r#"SearchVersions(Search { filter: "a", most: Some(3), order_by: ["s"] })"#,
    );
    check(
        Owner::Flavor,
        "load_model",
        &two,
        r#"ResolveUri { uri: "a" }"#,
    );
    check(
        Owner::Lesson,
        "load_model",
        &two,
        r#"LoadFile { path: "a" }"#,
    );
    check(
        Owner::Lesson,
        "load_model",
        &[text("models:/m/1")],
        r#"ResolveUri { uri: "models:/m/1" }"#,
    );
    check(
        Owner::Lesson,
        "get_model",
        &two,
        r#"GetModel { stage: "a" }"#,
    );
}

/// Whatever the table of changing methods has, each argument comes to a field of the call, and in MLflow's order.
#[test]
fn arguments_of_changes_come_to_their_places() {
    for method in CHANGES.iter().filter(|method| !method.is_by_hand) {
        let (mut given, mut marks) = (Vec::new(), Vec::new());
        for param in method.params {
            let mark = format!("argument-{}", given.len());
            let (argument, mark) = match param.takes {
                Takes::Ignored | Takes::Empty => continue,
                Takes::Flag => (Given::Flag(true), "true".to_owned()),
                Takes::Tags => (Given::Tags(vec![(mark.clone(), String::new())]), mark),
                Takes::TagVersion => {
                    let version = VersionArgument::Given(mark.clone());
                    (Given::TagVersion(version), mark)
                }
                _ => (text(&mark), mark),
            };
            given.push(argument);
            marks.push(mark);
        }
        let operation = METHODS.iter().find(|row| row.name == method.name).unwrap();
        let shown = format!("{:?}", operation.operation(&mut Arguments::new(given)));
        let mut left = shown.as_str();
        for mark in &marks {
            let at = left.find(mark.as_str());
            let at = at.unwrap_or_else(|| panic!("{shown} has no {mark} there"));
            left = &left[at..];
        }
    }
}

#[test]
fn every_other_row_is_tried_above() {
    assert_eq!(
        METHODS.len() - CHANGES.len() + FUNCTIONS.len(),
        22,
        "a new row belongs into the first test"
    );
}
