//! The functions of `mlflow`, and the lesson's own.

use super::super::statement::Operation;
use super::param::{
    FILTER, MODEL_ID, MOST, ORDER, STEP, SYNCHRONOUS, TIMESTAMP, fluent_search, ignored, param,
    text,
};
use super::{Arguments, Method, Owner, Param, Takes, ask, row};
use registry::call::Question;
use registry::parameter::{KEY, NAME, TAGS, VALUE};
use registry::uri;

const fn function(
    name: &'static str,
    params: &'static [Param],
    operation: fn(&mut Arguments) -> Operation,
) -> Method {
    row(Owner::Mlflow, name, params, operation)
}

/// The functions of `mlflow` itself. Without a run of their own they mean the active one.
pub static FUNCTIONS: [Method; 9] = [
    function(
        "register_model",
        &[
            text("model_uri"),
            NAME,
            ignored("await_registration_for"),
            TAGS,
        ],
        |given| Operation::Register {
            uri: given.text(),
            name: given.text(),
            tags: given.tags(),
        },
    ),
    function(
        "search_registered_models",
        &[MOST, FILTER, ORDER],
        |given| Operation::SearchModels(fluent_search(given)),
    ),
    function("search_model_versions", &[MOST, FILTER, ORDER], |given| {
        Operation::SearchVersions(fluent_search(given))
    }),
    function(
        "start_run",
        &[
            param("run_id", Takes::TextOrNone),
            ignored("experiment_id"),
            param("run_name", Takes::TextOrNone),
            ignored("nested"),
            ignored("parent_run_id"),
            ignored("tags"),
            ignored("description"),
        ],
        |given| Operation::StartRun {
            run_id: given.text(),
            name: given.text(),
        },
    ),
    function("end_run", &[ignored("status")], |_| Operation::EndRun),
    function("active_run", &[], |_| Operation::ActiveRun),
    function(
        "log_metric",
        &[
            KEY,
            VALUE,
            STEP,
            SYNCHRONOUS,
            TIMESTAMP,
            param("run_id", Takes::TextOrNone),
            MODEL_ID,
        ],
        |given| {
            let metrics = vec![(given.text(), given.text())];
            Operation::LogMetrics {
                run_id: given.text(),
                metrics,
            }
        },
    ),
    function(
        "log_metrics",
        &[
            param("metrics", Takes::Metrics),
            STEP,
            SYNCHRONOUS,
            param("run_id", Takes::TextOrNone),
            TIMESTAMP,
            MODEL_ID,
        ],
        |given| {
            let metrics = given.tags();
            Operation::LogMetrics {
                run_id: given.text(),
                metrics,
            }
        },
    ),
    function("log_param", &[KEY, VALUE, SYNCHRONOUS], |_| {
        Operation::Nothing
    }),
];

/// `mlflow.pyfunc.load_model` and its like.
pub static LOAD_URI: Method = row(
    Owner::Flavor,
    "load_model",
    &[
        param("model_uri", Takes::ModelsUri),
        ignored("suppress_warnings"),
        ignored("dst_path"),
        ignored("model_config"),
    ],
    |given| ask(Question::ResolveUri { uri: given.text() }),
);

/// The lesson's `load_model`, which takes a file. Given a `models:/` URI it asks the registry.
pub static LOAD_FILE: Method = row(Owner::Lesson, "load_model", &[text("path")], |given| {
    let path = given.text();
    if uri::is_models_scheme(&path) {
        ask(Question::ResolveUri { uri: path })
    } else {
        Operation::LoadFile { path }
    }
});

/// The lesson's `get_model`.
pub static GET_MODEL: Method = row(Owner::Lesson, "get_model", &[text("stage")], |given| {
    Operation::GetModel {
        stage: given.text(),
    }
});
