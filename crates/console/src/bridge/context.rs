//! A call under way, and why one is not carried out.

use super::kept::Kept;
use crate::diagnostic::Complaint;
use crate::registry_host::RegistryHost;
use crate::reply::Output;
use crate::runs::Runs;
use registry::{Invalid, Refusal, RefusalKind};
use serde_json::Value;

/// Why a call was not carried out.
#[derive(Clone, PartialEq, Debug)]
pub enum CallError {
    /// The registry or the team refuses.
    Refused(Box<Refusal>),
    /// MLflow complains without asking the registry.
    Complained(Complaint),
    /// The call is none that the registry answers: what of it is wrong. Python has the words.
    Unknown(&'static str),
}

impl From<Refusal> for CallError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl From<Invalid> for CallError {
    fn from(invalid: Invalid) -> Self {
        Refusal::from(invalid).into()
    }
}

impl From<RefusalKind> for CallError {
    fn from(kind: RefusalKind) -> Self {
        Refusal::from(kind).into()
    }
}

impl From<Complaint> for CallError {
    fn from(complaint: Complaint) -> Self {
        Self::Complained(complaint)
    }
}

pub(super) type CallResult = Result<Value, CallError>;

/// What a call under way works with.
pub(super) struct CallContext<'a> {
    pub(super) host: &'a mut dyn RegistryHost,
    pub(super) runs: &'a mut Runs,
    pub(super) kept: &'a mut Kept,
    pub(super) outputs: &'a mut Vec<Output>,
}
