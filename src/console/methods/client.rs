//! The methods of `MlflowClient`.

use super::super::Does;
use super::param::{
    ALIAS, DESCRIPTION, DESCRIPTION_OR_NONE, FILTER, JOB, KEY, MODEL_ID, MOST, NAME, ORDER, PAGE,
    RUN, STEP, SYNCHRONOUS, TAG_VERSION, TAGS, TIMESTAMP, VALUE, VERSION, ignored, param, text,
};
use super::{Arguments, Method, Owner, Param, Takes, ask, row};
use crate::registry::call::{Call, Question, Written};

const fn client(
    name: &'static str,
    params: &'static [Param],
    does: fn(&mut Arguments) -> Does,
) -> Method {
    row(Owner::Client, name, params, does)
}

/// Every method of the client that the simulator has. The parameters and their order are those of MLflow 3.17.2.
pub static METHODS: [Method; 28] = [
    client(
        "create_registered_model",
        &[NAME, TAGS, DESCRIPTION_OR_NONE, JOB],
        |given| {
            Does::Call(Call::CreateRegisteredModel {
                name: given.text(),
                tags: given.tags(),
                description: given.text(),
            })
        },
    ),
    client(
        "rename_registered_model",
        &[NAME, text("new_name")],
        |given| {
            Does::Call(Call::RenameRegisteredModel {
                name: given.text(),
                new_name: given.text(),
            })
        },
    ),
    client(
        "update_registered_model",
        &[NAME, DESCRIPTION, JOB],
        |given| {
            Does::Call(Call::UpdateRegisteredModel {
                name: given.text(),
                description: given.text(),
            })
        },
    ),
    client("delete_registered_model", &[NAME], |given| {
        Does::Call(Call::DeleteRegisteredModel { name: given.text() })
    }),
    client("set_registered_model_tag", &[NAME, KEY, VALUE], |given| {
        Does::Call(Call::SetRegisteredModelTag {
            name: given.text(),
            key: given.text(),
            value: given.text(),
        })
    }),
    client("delete_registered_model_tag", &[NAME, KEY], |given| {
        Does::Call(Call::DeleteRegisteredModelTag {
            name: given.text(),
            key: given.text(),
        })
    }),
    client(
        "set_registered_model_alias",
        &[NAME, ALIAS, VERSION],
        |given| {
            Does::Call(Call::SetRegisteredModelAlias {
                name: given.text(),
                alias: given.text(),
                version: given.text(),
            })
        },
    ),
    client("delete_registered_model_alias", &[NAME, ALIAS], |given| {
        Does::Call(Call::DeleteRegisteredModelAlias {
            name: given.text(),
            alias: given.text(),
        })
    }),
    client(
        "create_model_version",
        &[
            NAME,
            text("source"),
            param("run_id", Takes::TextOrNone),
            TAGS,
            ignored("run_link"),
            DESCRIPTION_OR_NONE,
            ignored("await_creation_for"),
            param("model_id", Takes::Empty),
        ],
        |given| {
            let (name, source) = (given.text(), given.text());
            let run_id = given.text();
            Does::Create {
                call: Call::CreateModelVersion {
                    name,
                    source,
                    tags: given.tags(),
                    description: given.text(),
                    metrics: Written::new(),
                },
                run_id,
            }
        },
    ),
    client(
        "copy_model_version",
        &[text("src_model_uri"), text("dst_name")],
        |given| {
            Does::Call(Call::CopyModelVersion {
                src_model_uri: given.text(),
                dst_name: given.text(),
            })
        },
    ),
    client(
        "update_model_version",
        &[NAME, VERSION, DESCRIPTION],
        |given| {
            Does::Call(Call::UpdateModelVersion {
                name: given.text(),
                version: given.text(),
                description: given.text(),
            })
        },
    ),
    client("delete_model_version", &[NAME, VERSION], |given| {
        Does::Call(Call::DeleteModelVersion {
            name: given.text(),
            version: given.text(),
        })
    }),
    client(
        "transition_model_version_stage",
        &[
            NAME,
            VERSION,
            text("stage"),
            param("archive_existing_versions", Takes::Flag),
        ],
        |given| {
            Does::Call(Call::TransitionModelVersionStage {
                name: given.text(),
                version: given.text(),
                stage: given.text(),
                archive_existing_versions: given.flag(),
            })
        },
    )
    .deprecated(),
    client(
        "set_model_version_tag",
        &[NAME, TAG_VERSION, KEY, VALUE, param("stage", Takes::Empty)],
        |given| {
            Does::Call(Call::SetModelVersionTag {
                name: given.text(),
                version: given.tag_version(),
                key: given.text(),
                value: given.text(),
            })
        },
    ),
    client(
        "delete_model_version_tag",
        &[NAME, TAG_VERSION, KEY, param("stage", Takes::Empty)],
        |given| {
            Does::Call(Call::DeleteModelVersionTag {
                name: given.text(),
                version: given.tag_version(),
                key: given.text(),
            })
        },
    ),
    client("get_registered_model", &[NAME], |given| {
        ask(Question::GetRegisteredModel { name: given.text() })
    }),
    client("get_model_version", &[NAME, VERSION], |given| {
        ask(Question::GetModelVersion {
            name: given.text(),
            version: given.text(),
        })
    }),
    client("get_model_version_by_alias", &[NAME, ALIAS], |given| {
        ask(Question::GetModelVersionByAlias {
            name: given.text(),
            alias: given.text(),
        })
    }),
    client(
        "get_latest_versions",
        &[NAME, param("stages", Takes::Texts)],
        |given| {
            ask(Question::GetLatestVersions {
                name: given.text(),
                stages: given.texts(),
            })
        },
    )
    .deprecated(),
    client(
        "search_registered_models",
        &[FILTER, MOST, ORDER, PAGE],
        |given| Does::SearchModels(given.search()),
    ),
    client(
        "search_model_versions",
        &[FILTER, MOST, ORDER, PAGE],
        |given| Does::SearchVersions(given.search()),
    ),
    client("get_model_version_stages", &[NAME, VERSION], |_| {
        Does::Stages
    })
    .deprecated(),
    client(
        "get_model_version_download_uri",
        &[NAME, VERSION],
        |given| Does::DownloadUri {
            name: given.text(),
            version: given.text(),
        },
    ),
    client(
        "create_run",
        &[
            param("experiment_id", Takes::Printed),
            ignored("start_time"),
            ignored("tags"),
            param("run_name", Takes::TextOrNone),
        ],
        |given| {
            given.text();
            Does::CreateRun { name: given.text() }
        },
    ),
    client("get_run", &[RUN], |given| Does::GetRun {
        run_id: given.text(),
    }),
    client(
        "log_metric",
        &[
            RUN,
            KEY,
            VALUE,
            TIMESTAMP,
            STEP,
            SYNCHRONOUS,
            ignored("dataset_name"),
            ignored("dataset_digest"),
            MODEL_ID,
        ],
        |given| Does::LogMetrics {
            run_id: given.text(),
            metrics: vec![(given.text(), given.text())],
        },
    ),
    client("log_param", &[RUN, KEY, VALUE, SYNCHRONOUS], |given| {
        Does::RunNote {
            run_id: given.text(),
        }
    }),
    client(
        "set_terminated",
        &[RUN, ignored("status"), ignored("end_time")],
        |given| Does::RunNote {
            run_id: given.text(),
        },
    ),
];

/// Methods that the real client has and the simulator has not.
pub const OTHER_METHODS: [&str; 12] = [
    "create_experiment",
    "delete_run",
    "download_artifacts",
    "get_experiment",
    "get_experiment_by_name",
    "list_artifacts",
    "log_artifact",
    "log_batch",
    "search_experiments",
    "search_runs",
    "set_tag",
    "update_run",
];
