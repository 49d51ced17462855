//! The parameters that only questions, runs and functions have, and the searches out of their arguments.

use super::super::search::Search;
use registry::parameter::{Arguments, Param, Takes};

/// Takes the tail of a search: filter, most, order.
pub(super) fn search(given: &mut Arguments) -> Search {
    Search {
        filter: given.text(),
        most: given.count(),
        order_by: given.texts(),
    }
}

/// Takes the tail of one of `mlflow`'s searches, which take their arguments in another order.
pub(super) fn fluent_search(given: &mut Arguments) -> Search {
    Search {
        most: given.count(),
        filter: given.text(),
        order_by: given.texts(),
    }
}

pub(super) const fn param(name: &'static str, takes: Takes) -> Param {
    Param::new(name, takes)
}

pub(super) const fn ignored(name: &'static str) -> Param {
    param(name, Takes::Ignored)
}

pub(super) const fn text(name: &'static str) -> Param {
    param(name, Takes::Text)
}

pub(super) const RUN: Param = text("run_id");
pub(super) const FILTER: Param = param("filter_string", Takes::TextOrNone);
pub(super) const MOST: Param = param("max_results", Takes::Count);
pub(super) const ORDER: Param = param("order_by", Takes::Texts);
pub(super) const PAGE: Param = ignored("page_token");
pub(super) const STEP: Param = ignored("step");
pub(super) const TIMESTAMP: Param = ignored("timestamp");
pub(super) const SYNCHRONOUS: Param = ignored("synchronous");
pub(super) const MODEL_ID: Param = ignored("model_id");
