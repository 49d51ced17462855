//! The searches of `MlflowClient`: filter, order and number of what is found, with MLflow's own complaints (3.17.2).

use std::cmp::Ordering;

use super::order::ordered;
use super::runs::Runs;
use super::trouble::Complaint;
use crate::registry::{
    ErrorCode, ModelName, ModelVersion, RegisteredModel, Registry, VersionNumber,
};

mod filter;
mod holds;
mod token;

use filter::{Of, clauses};

/// A search as written.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Search {
    /// The filter, such as `name='m'`.
    pub filter: String,
    /// How many at most.
    pub most: Option<usize>,
    /// The order, such as `version_number DESC`.
    pub order_by: Vec<String>,
}

/// The models that a search finds.
///
/// # Errors
/// MLflow's complaint.
pub fn models(registry: &Registry, search: &Search) -> Result<Vec<ModelName>, Complaint> {
    let most = most(search, 100, 1_000)?;
    let clauses =
        clauses(&search.filter, Of::Models).map_err(|message| wrong("filter_string", message))?;
    let mut found: Vec<&RegisteredModel> = registry
        .models()
        .filter(|model| clauses.iter().all(|clause| clause.fits_model(model)))
        .collect();
    for order in search.order_by.iter().rev() {
        let (key, descending) = order_key(order).map_err(wrong_order)?;
        let by = |a: &&RegisteredModel, b: &&RegisteredModel| match key {
            "name" => a.name().cmp(b.name()),
            _ => a.updated().cmp(&b.updated()),
        };
        if !matches!(key, "name" | "timestamp" | "last_updated_timestamp") {
            return Err(wrong_order(format!(
                "Invalid order by key '{key}' specified. Valid keys are '{{'name', 'timestamp'}}'"
            )));
        }
        found = ordered(&found, &|a, b| turned(by(a, b), descending));
    }
    let names = found.into_iter().take(most);
    Ok(names.map(|model| model.name().clone()).collect())
}

/// The versions that a search finds, each with its model.
///
/// # Errors
/// MLflow's complaint.
pub fn versions(
    registry: &Registry,
    runs: &Runs,
    search: &Search,
) -> Result<Vec<(ModelName, VersionNumber)>, Complaint> {
    let most = most(search, 10_000, 200_000)?;
    let clauses =
        clauses(&search.filter, Of::Versions).map_err(|message| wrong("filter_string", message))?;
    let mut found: Vec<(&RegisteredModel, &ModelVersion)> = Vec::new();
    for model in registry.models() {
        for version in model.versions().rev() {
            if clauses
                .iter()
                .all(|clause| clause.fits(model, version, runs))
            {
                found.push((model, version));
            }
        }
    }
    // What is found stands by name, and the newest versions first: so MLflow breaks ties.
    let newest_first = ["last_updated_timestamp DESC".to_owned()];
    let orders = if search.order_by.is_empty() {
        &newest_first
    } else {
        search.order_by.as_slice()
    };
    type Found<'a> = (&'a RegisteredModel, &'a ModelVersion);
    for order in orders.iter().rev() {
        let (key, descending) = order_key(order).map_err(wrong_order)?;
        let by: fn(&Found<'_>, &Found<'_>) -> Ordering = match key {
            "name" => |a, b| a.0.name().cmp(b.0.name()),
            "version_number" => |a, b| a.1.number().cmp(&b.1.number()),
            "creation_timestamp" => |a, b| a.1.created().cmp(&b.1.created()),
            "last_updated_timestamp" => |a, b| {
                let updated = |found: &Found<'_>| found.0.version_updated(found.1.number());
                updated(a).cmp(&updated(b))
            },
            _ => {
                return Err(wrong_order(format!(
                    "Invalid attribute key '{key}' specified. Valid keys are '{{'name', 'version_number', \
                     'creation_timestamp', 'last_updated_timestamp'}}'"
                )));
            }
        };
        found = ordered(&found, &|a, b| turned(by(a, b), descending));
    }
    let found = found.into_iter().take(most);
    Ok(found
        .map(|(model, version)| (model.name().clone(), version.number()))
        .collect())
}

const fn turned(order: Ordering, descending: bool) -> Ordering {
    if descending { order.reverse() } else { order }
}

fn most(search: &Search, usual: usize, limit: usize) -> Result<usize, Complaint> {
    let message = match search.most {
        None => return Ok(usual),
        Some(0) => {
            "Invalid value for max_results. It must be a positive integer, but got 0".to_owned()
        }
        Some(most) if most > limit => format!(
            "Invalid value for request parameter max_results. It must be at most {limit}, but got value {most}"
        ),
        Some(most) => return Ok(most),
    };
    Err(wrong("max_results", message))
}

const fn wrong(about: &'static str, message: String) -> Complaint {
    Complaint {
        about,
        code: ErrorCode::InvalidParameterValue,
        message,
    }
}

const fn wrong_order(message: String) -> Complaint {
    wrong("order_by", message)
}

/// The key of an order, and whether it goes down.
fn order_key(order: &str) -> Result<(&str, bool), String> {
    let mut words = order.split_whitespace();
    let key = words.next().unwrap_or_default();
    let direction = words.next().unwrap_or("ASC");
    let wrong = || format!("Invalid ordering key in order_by clause '{order}'.");
    let descending = if direction.eq_ignore_ascii_case("desc") {
        true
    } else if direction.eq_ignore_ascii_case("asc") {
        false
    } else {
        return Err(wrong());
    };
    // To MLflow's reader of SQL, `version` is a word of the language.
    if key.is_empty() || key.eq_ignore_ascii_case("version") {
        return Err(format!(
            "Invalid order_by clause '{order}'. Could not be parsed."
        ));
    }
    if words.next().is_some() {
        return Err(wrong());
    }
    let plain = key.trim_matches(|c| matches!(c, '`' | '"' | '\''));
    Ok((
        plain.strip_prefix("attribute.").unwrap_or(plain),
        descending,
    ))
}
