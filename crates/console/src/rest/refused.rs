//! Why a request is not done.

use super::response::HttpResponse;
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
    pub fn response(&self) -> Option<HttpResponse> {
        match self {
            Self::Registry(refusal) => HttpResponse::refused(&refusal.kind),
            Self::Server(complaint) => {
                Some(HttpResponse::error(complaint.code, &complaint.message))
            }
        }
    }
}
