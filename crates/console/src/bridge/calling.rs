//! A call under way, and why one is not carried out.

use super::kept::Kept;
use crate::diagnostic::Complaint;
use crate::reply::Output;
use crate::runs::Runs;
use crate::world::RegistryHost;
use registry::{Invalid, Refusal, RefusalKind};
use serde_json::Value;

/// Why a call was not carried out.
#[derive(Clone, PartialEq, Debug)]
pub enum Failed {
    /// The registry or the team refuses.
    Refused(Box<Refusal>),
    /// MLflow complains without asking the registry.
    Complained(Complaint),
    /// The call is none that the registry answers: what of it is wrong. Python has the words.
    Unknown(&'static str),
}

impl From<Refusal> for Failed {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl From<Invalid> for Failed {
    fn from(invalid: Invalid) -> Self {
        Refusal::from(invalid).into()
    }
}

impl From<RefusalKind> for Failed {
    fn from(kind: RefusalKind) -> Self {
        Refusal::from(kind).into()
    }
}

impl From<Complaint> for Failed {
    fn from(complaint: Complaint) -> Self {
        Self::Complained(complaint)
    }
}

pub(super) type Done = Result<Value, Failed>;

/// A call under way.
pub(super) struct Calling<'a> {
    pub(super) world: &'a mut dyn RegistryHost,
    pub(super) runs: &'a mut Runs,
    pub(super) kept: &'a mut Kept,
    pub(super) outputs: &'a mut Vec<Output>,
}
