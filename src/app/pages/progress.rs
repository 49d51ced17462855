//! stub
use crate::app::dom::El;
use crate::app::state::Session;
pub fn progress(_session: Session) -> Vec<El> { Vec::new() }
