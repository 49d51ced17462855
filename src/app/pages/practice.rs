//! stub
use crate::app::dom::El;
use crate::app::state::Session;
pub fn overview(_session: Session) -> Vec<El> { Vec::new() }
