//! Why a request is not done.

use super::answer::Answer;
use crate::diagnostic::Complaint;
use registry::{Invalid, Refusal, RefusalKind};

/// Why a request is not done.
#[derive(Clone, PartialEq, Debug)]
pub enum Refused {
    /// The registry or the team refuses.
    Registry(Refusal),
    /// The server refuses, and the registry is not asked.
    Server(Complaint),
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self::Registry(refusal)
    }
}

impl From<Invalid> for Refused {
    fn from(invalid: Invalid) -> Self {
        Self::Registry(invalid.into())
    }
}

impl From<RefusalKind> for Refused {
    fn from(kind: RefusalKind) -> Self {
        Self::Registry(kind.into())
    }
}

impl Refused {
    /// The server's answer; nothing where it is the team that refuses.
    #[must_use]
    pub fn answer(&self) -> Option<Answer> {
        match self {
            Self::Registry(refusal) => Answer::refused(&refusal.kind),
            Self::Server(complaint) => Some(Answer::error(complaint.code, &complaint.message)),
        }
    }
}
