//! The methods of `MlflowClient`.

use std::sync::LazyLock;

use super::super::statement::Operation;
use super::param::{
    FILTER, MODEL_ID, MOST, ORDER, PAGE, RUN, STEP, SYNCHRONOUS, TIMESTAMP, ignored, param, search,
};
use super::{Arguments, Makes, Method, Owner, Param, Takes, ask, row};
use registry::call::{Question, RawCall, Written};
use registry::parameter::{ALIAS, CHANGES, ChangingMethod, KEY, NAME, VALUE, VERSION};

const fn client(
    name: &'static str,
    params: &'static [Param],
    operation: fn(&mut Arguments) -> Operation,
) -> Method {
    row(Owner::Client, name, params, operation)
}

/// A method that changes the registry.
const fn changing(method: &ChangingMethod) -> Method {
    Method {
        owner: Owner::Client,
        name: method.name,
        params: method.params,
        makes: if method.is_by_hand {
            Makes::Operation(create)
        } else {
            Makes::Change
        },
        is_deprecated: method.is_deprecated,
    }
}

/// `create_model_version`, whose metrics are those of a run.
fn create(given: &mut Arguments) -> Operation {
    let (name, source) = (given.text(), given.text());
    let run_id = given.text();
    Operation::Create {
        call: RawCall::CreateModelVersion {
            name,
            source,
            tags: given.tags(),
            description: given.text(),
            metrics: Written::new(),
        },
        run_id,
    }
}

/// Every method of the client that the simulator has. The parameters and their order are those of MLflow 3.18.0.
pub static METHODS: LazyLock<Vec<Method>> = LazyLock::new(|| {
    let changes = CHANGES.iter().map(changing);
    changes.chain(ASKING).collect()
});

/// Those that ask, and those that are about runs.
static ASKING: [Method; 13] = [
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
        |given| Operation::SearchModels(search(given)),
    ),
    client(
        "search_model_versions",
        &[FILTER, MOST, ORDER, PAGE],
        |given| Operation::SearchVersions(search(given)),
    ),
    client("get_model_version_stages", &[NAME, VERSION], |_| {
        Operation::Stages
    })
    .deprecated(),
    client(
        "get_model_version_download_uri",
        &[NAME, VERSION],
        |given| Operation::DownloadUri {
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
            Operation::CreateRun { name: given.text() }
        },
    ),
    client("get_run", &[RUN], |given| Operation::GetRun {
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
        |given| Operation::LogMetrics {
            run_id: given.text(),
            metrics: vec![(given.text(), given.text())],
        },
    ),
    client("log_param", &[RUN, KEY, VALUE, SYNCHRONOUS], |given| {
        Operation::RunNote {
            run_id: given.text(),
        }
    }),
    client(
        "set_terminated",
        &[RUN, ignored("status"), ignored("end_time")],
        |given| Operation::RunNote {
            run_id: given.text(),
        },
    ),
];

/// The methods that the real client has, with blanks between them. Most of them are not simulated.
pub const CLIENT_METHODS: &str = "add_dataset_to_experiments bulk_register_skills copy_model_version create_dataset create_experiment \
    create_logged_model create_mcp_access_endpoint create_mcp_server create_mcp_server_version \
    create_model_version create_prompt create_prompt_version create_registered_model create_run create_skill \
    create_skill_version create_webhook create_workspace delete_dataset delete_dataset_tag delete_experiment \
    delete_experiment_tag delete_logged_model delete_logged_model_tag delete_mcp_access_endpoint delete_mcp_server \
    delete_mcp_server_alias delete_mcp_server_tag delete_mcp_server_version delete_mcp_server_version_tag \
    delete_model_version delete_model_version_tag delete_prompt delete_prompt_alias delete_prompt_tag \
    delete_prompt_version delete_prompt_version_tag delete_registered_model delete_registered_model_alias \
    delete_registered_model_tag delete_run delete_skill delete_skill_alias delete_skill_tag delete_skill_version \
    delete_skill_version_tag delete_tag delete_trace_tag delete_traces delete_webhook delete_workspace \
    detach_prompt_from_run download_artifacts end_span end_trace finalize_logged_model get_dataset get_experiment \
    get_experiment_by_name get_latest_mcp_server_version get_latest_skill_version get_latest_versions \
    get_logged_model get_mcp_access_endpoint get_mcp_server get_mcp_server_version get_mcp_server_version_by_alias \
    get_metric_history get_model_version get_model_version_by_alias get_model_version_download_uri \
    get_model_version_stages get_parent_run get_prompt get_prompt_version get_prompt_version_by_alias \
    get_registered_model get_run get_skill get_skill_version get_skill_version_by_alias get_trace get_webhook \
    get_workspace get_workspace_store_uri link_prompt_version_to_model link_prompt_version_to_run \
    link_prompt_versions_to_trace link_traces_to_run list_artifacts list_logged_model_artifacts \
    list_logged_prompts list_webhooks list_workspaces load_prompt load_table log_artifact log_artifacts log_batch \
    log_dict log_figure log_image log_inputs log_metric log_model_artifact log_model_artifacts log_model_params \
    log_outputs log_param log_stream log_table log_text parse_prompt_uri refresh_mcp_server_version_tools \
    register_prompt remove_dataset_from_experiments rename_experiment rename_registered_model restore_experiment \
    restore_run search_datasets search_experiments search_logged_models search_mcp_access_endpoints \
    search_mcp_server_versions search_mcp_servers search_model_versions search_prompt_versions search_prompts \
    search_registered_models search_runs search_skill_versions search_skills search_traces set_dataset_tags \
    set_experiment_tag set_logged_model_tags set_mcp_server_alias set_mcp_server_tag set_mcp_server_version_tag \
    set_model_version_tag set_prompt_alias set_prompt_tag set_prompt_version_tag set_registered_model_alias \
    set_registered_model_tag set_skill_alias set_skill_tag set_skill_version_tag set_tag set_terminated \
    set_trace_tag start_span start_trace test_webhook tracking_uri transition_model_version_stage \
    unlink_traces_from_run update_mcp_access_endpoint update_mcp_server update_mcp_server_version \
    update_model_version update_registered_model update_run update_skill update_skill_version update_webhook \
    update_workspace";
