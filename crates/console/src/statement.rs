//! One statement, and what it does.

use super::search::{self, Search};
use super::span::Span;
use registry::call::{RawCall, Written};

/// What a statement does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Operation {
    /// Nothing that the registry would notice.
    Nothing,
    /// A call to the registry.
    Call(RawCall),
    /// `create_model_version`, whose metrics are those of a run.
    Create {
        call: RawCall,
        run_id: String,
    },
    /// The lesson's `load_model('model_v3.pkl')`: a file, whatever it is.
    LoadFile {
        path: String,
    },
    /// The lesson's `get_model(stage='production')`.
    GetModel {
        stage: String,
    },
    SearchModels(Search),
    SearchVersions(Search),
    /// `search_registered_models`, page by page
    PageOfModels(search::Paged),
    /// `search_model_versions`, page by page
    PageOfVersions(search::Paged),
    Stages,
    /// `get_model_version_download_uri`
    DownloadUri {
        name: String,
        version: String,
    },
    Register {
        uri: String,
        name: String,
        tags: Written,
    },
    CreateRun {
        name: String,
    },
    StartRun {
        run_id: String,
        name: String,
    },
    EndRun,
    ActiveRun,
    GetRun {
        run_id: String,
    },
    /// `log_metric`, `log_metrics`; the active run where no run is named.
    LogMetrics {
        run_id: String,
        metrics: Written,
    },
    /// Something about a run that the registry does not notice; only whether there is such a run.
    RunNote {
        run_id: String,
    },
}

/// One statement of a command line or of the REST server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statement {
    pub at: Span,
    pub operation: Operation,
}
