//! The methods of `MlflowClient`.

use super::super::statement::Does;
use super::param::{
    ALIAS, DESCRIPTION, DESCRIPTION_OR_NONE, FILTER, JOB, KEY, MODEL_ID, MOST, NAME, ORDER, PAGE,
    RUN, STEP, SYNCHRONOUS, TAG_VERSION, TAGS, TIMESTAMP, VALUE, VERSION, ignored, param, text,
};
use super::{Arguments, Method, Owner, Param, Takes, ask, row};
use registry::call::{Call, Question, Written};

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

/// Methods that the real client has and this table has not, with blanks between them.
pub const OTHER_METHODS: &str = "add_dataset_to_experiments bulk_register_skills create_dataset create_experiment create_logged_model \
    create_mcp_access_endpoint create_mcp_server create_mcp_server_version create_prompt create_prompt_version \
    create_skill create_skill_version create_webhook create_workspace delete_dataset delete_dataset_tag \
    delete_experiment delete_experiment_tag delete_logged_model delete_logged_model_tag delete_mcp_access_endpoint \
    delete_mcp_server delete_mcp_server_alias delete_mcp_server_tag delete_mcp_server_version \
    delete_mcp_server_version_tag delete_prompt delete_prompt_alias delete_prompt_tag delete_prompt_version \
    delete_prompt_version_tag delete_run delete_skill delete_skill_alias delete_skill_tag delete_skill_version \
    delete_skill_version_tag delete_tag delete_trace_tag delete_traces delete_webhook delete_workspace \
    detach_prompt_from_run download_artifacts end_span end_trace finalize_logged_model get_dataset get_experiment \
    get_experiment_by_name get_latest_mcp_server_version get_latest_skill_version get_logged_model \
    get_mcp_access_endpoint get_mcp_server get_mcp_server_version get_mcp_server_version_by_alias get_metric_history \
    get_parent_run get_prompt get_prompt_version get_prompt_version_by_alias get_skill get_skill_version \
    get_skill_version_by_alias get_trace get_webhook get_workspace get_workspace_store_uri \
    link_prompt_version_to_model link_prompt_version_to_run link_prompt_versions_to_trace link_traces_to_run \
    list_artifacts list_logged_model_artifacts list_logged_prompts list_webhooks list_workspaces load_prompt \
    load_table log_artifact log_artifacts log_batch log_dict log_figure log_image log_inputs log_model_artifact \
    log_model_artifacts log_model_params log_outputs log_stream log_table log_text parse_prompt_uri \
    refresh_mcp_server_version_tools register_prompt remove_dataset_from_experiments rename_experiment \
    restore_experiment restore_run search_datasets search_experiments search_logged_models \
    search_mcp_access_endpoints search_mcp_server_versions search_mcp_servers search_prompt_versions search_prompts \
    search_runs search_skill_versions search_skills search_traces set_dataset_tags set_experiment_tag \
    set_logged_model_tags set_mcp_server_alias set_mcp_server_tag set_mcp_server_version_tag set_prompt_alias \
    set_prompt_tag set_prompt_version_tag set_skill_alias set_skill_tag set_skill_version_tag set_tag set_trace_tag \
    start_span start_trace test_webhook tracking_uri unlink_traces_from_run update_mcp_access_endpoint \
    update_mcp_server update_mcp_server_version update_run update_skill update_skill_version update_webhook \
    update_workspace";
