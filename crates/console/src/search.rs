//! The searches of `MlflowClient`: filter, order and number of what is found, with MLflow's own complaints (3.18.0).

use std::cmp::Ordering;

use super::diagnostic::Complaint;
use super::order::ordered;
use super::runs::Runs;
use registry::{ErrorCode, ModelName, ModelVersion, RegisteredModel, Registry, VersionNumber};

mod filter;
mod holds;
mod literal;
mod order_by;
mod page;
mod sql;

use filter::{Clause, Entity, FilterError, Key, clauses};
use order_by::{By, order};

/// A search as written.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Search {
    pub filter: String,
    pub most: Option<usize>,
    /// The order, such as `version_number DESC`.
    pub order_by: Vec<String>,
}

/// A search as the REST server is asked for it, page by page.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Paged {
    pub search: Search,
    /// How many a page has at most; the server has its own number where none is given.
    pub most: Option<i64>,
    /// The token that the page before has given.
    pub token: String,
}

/// A page of what a search finds, and the token of the next one, if there is one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page<T> {
    pub found: Vec<T>,
    pub next: Option<String>,
}

/// The models that a search finds.
///
/// # Errors
/// MLflow's complaint.
pub fn models(registry: &Registry, search: &Search) -> Result<Vec<ModelName>, Complaint> {
    let most = most(search, 100, 1_000)?;
    let mut found = all_models(registry, search)?;
    found.truncate(most);
    Ok(found)
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
    let mut found = all_versions(registry, runs, search)?;
    found.truncate(most);
    Ok(found)
}

/// A page of the models that a search finds.
///
/// # Errors
/// MLflow's complaint.
pub fn models_page(registry: &Registry, paged: &Paged) -> Result<Page<ModelName>, Complaint> {
    let found = all_models(registry, &paged.search)?;
    cut(found, paged, 100)
}

/// A page of the versions that a search finds, each with its model.
///
/// # Errors
/// MLflow's complaint.
pub fn versions_page(
    registry: &Registry,
    runs: &Runs,
    paged: &Paged,
) -> Result<Page<(ModelName, VersionNumber)>, Complaint> {
    if let Some(most) = paged.most.filter(|most| *most < 1) {
        return Err(not_positive(most));
    }
    let found = all_versions(registry, runs, &paged.search)?;
    cut(found, paged, 10_000)
}

/// Cuts a page out of what is found, as the database does it for MLflow.
fn cut<T>(found: Vec<T>, paged: &Paged, usual: i64) -> Result<Page<T>, Complaint> {
    let offset = page::offset(&paged.token).map_err(|why| wrong("page_token", why))?;
    let most = paged.most.unwrap_or(usual);
    let skipped = usize::try_from(offset).unwrap_or(0);
    let behind: Vec<T> = found.into_iter().skip(skipped).collect();
    // One more is asked for than wanted; less than none means as many as there are.
    let asked = most.saturating_add(1);
    let limit = usize::try_from(asked).unwrap_or(usize::MAX);
    let mut page: Vec<T> = behind.into_iter().take(limit).collect();
    let is_full = usize::try_from(asked) == Ok(page.len());
    let next = is_full.then(|| page::token(offset.saturating_add(most)));
    // Python counts from the end where a number is less than none.
    let kept = match usize::try_from(most) {
        Ok(most) => most,
        Err(_) => page
            .len()
            .saturating_sub(usize::try_from(most.unsigned_abs()).unwrap_or(usize::MAX)),
    };
    page.truncate(kept);
    Ok(Page { found: page, next })
}

/// The tag that makes a prompt of a model. Searches pass prompts over unless they are asked for.
const PROMPT: &str = "mlflow.prompt.is_prompt";

/// Whether prompts are asked for; if not, the clauses about that are dropped.
fn asks_for_prompts(clauses: &mut Vec<Clause>) -> bool {
    let is_about = |clause: &Clause| matches!(&clause.key, Key::Tag(key) if key == PROMPT);
    let asks = clauses
        .iter()
        .find(|clause| is_about(clause))
        .is_some_and(Clause::asks_for_prompts);
    if !asks {
        clauses.retain(|clause| !is_about(clause));
    }
    asks
}

fn all_models(registry: &Registry, search: &Search) -> Result<Vec<ModelName>, Complaint> {
    let about_filter = |why| wrong("filter_string", why);
    let parsed = filter::parse(&search.filter, Entity::Models).map_err(about_filter)?;
    let orders = order(&search.order_by, Entity::Models).map_err(|why| wrong("order_by", why))?;
    let mut clauses = clauses(parsed).map_err(about_filter)?;
    let with_prompts = asks_for_prompts(&mut clauses);
    let is_prompt = |model: &RegisteredModel| {
        model
            .tags()
            .get(PROMPT)
            .is_some_and(|it| it.as_str() == "true")
    };
    let mut found: Vec<&RegisteredModel> = registry
        .models()
        .filter(|model| with_prompts || !is_prompt(model))
        .filter(|model| clauses.iter().all(|clause| clause.fits_model(model)))
        .collect();
    for (by, descends) in orders.into_iter().rev() {
        let compare = |a: &&RegisteredModel, b: &&RegisteredModel| match by {
            By::Name => a.name().cmp(b.name()),
            _ => a.updated().cmp(&b.updated()),
        };
        found = ordered(&found, &|a, b| turned(compare(a, b), descends));
    }
    Ok(found
        .into_iter()
        .map(|model| model.name().clone())
        .collect())
}

fn all_versions(
    registry: &Registry,
    runs: &Runs,
    search: &Search,
) -> Result<Vec<(ModelName, VersionNumber)>, Complaint> {
    type Found<'a> = (&'a RegisteredModel, &'a ModelVersion);
    let about_filter = |why| wrong("filter_string", why);
    let parsed = filter::parse(&search.filter, Entity::Versions).map_err(about_filter)?;
    let mut clauses = clauses(parsed).map_err(about_filter)?;
    let orders = order(&search.order_by, Entity::Versions).map_err(|why| wrong("order_by", why))?;
    let with_prompts = asks_for_prompts(&mut clauses);
    let is_prompt = |it: &ModelVersion| {
        it.tags()
            .get(PROMPT)
            .is_some_and(|it| it.as_str() == "true")
    };
    let mut found: Vec<Found<'_>> = Vec::new();
    for model in registry.models() {
        if !with_prompts && model.versions().any(is_prompt) {
            continue;
        }
        found.extend(
            model
                .versions()
                .filter(|version| clauses.iter().all(|it| it.fits(model, version, runs)))
                .map(|version| (model, version)),
        );
    }
    for (by, descends) in orders.into_iter().rev() {
        let updated = |found: &Found<'_>| found.0.version_updated(found.1.number());
        let compare = |a: &Found<'_>, b: &Found<'_>| match by {
            By::Name => a.0.name().cmp(b.0.name()),
            By::Number => a.1.number().cmp(&b.1.number()),
            By::Created => a.1.created().cmp(&b.1.created()),
            By::Updated => updated(a).cmp(&updated(b)),
        };
        found = ordered(&found, &|a, b| turned(compare(a, b), descends));
    }
    Ok(found
        .into_iter()
        .map(|(model, version)| (model.name().clone(), version.number()))
        .collect())
}

const fn turned(order: Ordering, descends: bool) -> Ordering {
    if descends { order.reverse() } else { order }
}

fn most(search: &Search, usual: usize, limit: usize) -> Result<usize, Complaint> {
    match search.most {
        None => Ok(usual),
        Some(0) => Err(not_positive(0)),
        Some(most) if most > limit => Err(wrong(
            "max_results",
            FilterError::Invalid(format!(
                "Invalid value for request parameter max_results. It must be at most {limit}, but got value {most}"
            )),
        )),
        Some(most) => Ok(most),
    }
}

fn not_positive(most: i64) -> Complaint {
    wrong(
        "max_results",
        FilterError::Invalid(format!(
            "Invalid value for max_results. It must be a positive integer, but got {most}"
        )),
    )
}

fn wrong(about: &'static str, why: FilterError) -> Complaint {
    let (code, message) = match why {
        FilterError::Invalid(message) => (ErrorCode::InvalidParameterValue, message),
        FilterError::Internal(message) => (ErrorCode::InternalError, message),
    };
    Complaint {
        about,
        code,
        message,
    }
}
