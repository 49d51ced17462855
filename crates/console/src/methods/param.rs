//! What parameters take, and the arguments that come for them.

use super::super::search::Search;
use registry::call::{VersionArgument, Written};

/// A parameter.
#[derive(Clone, Copy, Debug)]
pub struct Param {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
}

/// What a parameter takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Takes {
    /// A text.
    Text,
    /// A version: a whole number or a text.
    Version,
    /// A version that MLflow asks for by itself when it is missing.
    TagVersion,
    /// Any value; MLflow makes a text of it.
    Printed,
    /// `True` or `False`; may be left out, which is `False`.
    Flag,
    /// A list of texts; may be left out, which is an empty one.
    Texts,
    /// A `models:/` URI.
    ModelsUri,
    /// Anything: it makes no difference to the simulated registry. May be left out.
    Ignored,
    /// A text or `None`; may be left out, which is `None`.
    TextOrNone,
    /// A whole number; may be left out.
    Count,
    /// A dictionary of texts with their values; may be left out, which is an empty one.
    Tags,
    /// A dictionary of texts with their values.
    Metrics,
    /// Nothing, or something empty: the calls cannot carry it. May be left out.
    Empty,
}

impl Takes {
    /// Whether the argument may be left out.
    #[must_use]
    pub const fn is_optional(self) -> bool {
        match self {
            Self::Text | Self::Version | Self::Printed | Self::ModelsUri | Self::Metrics => false,
            Self::TagVersion
            | Self::Flag
            | Self::Texts
            | Self::Ignored
            | Self::TextOrNone
            | Self::Count
            | Self::Tags
            | Self::Empty => true,
        }
    }
}

/// An argument as a call takes it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Given {
    /// A text, a version, a printed value or a URI.
    Text(String),
    /// A version of a tag call.
    TagVersion(VersionArgument),
    /// A flag.
    Flag(bool),
    /// Texts.
    Texts(Vec<String>),
    /// Tags.
    Tags(Written),
    /// A number, if one was given.
    Count(Option<usize>),
}

/// The arguments of a call, in the order of the parameters that it takes.
#[derive(Debug)]
pub struct Arguments(std::vec::IntoIter<Given>);

impl Arguments {
    /// Arguments that fit the parameters of a method.
    #[must_use]
    pub fn new(given: Vec<Given>) -> Self {
        Self(given.into_iter())
    }

    // An argument of another kind cannot come: the table is tried as a whole in a test.

    pub(super) fn text(&mut self) -> String {
        match self.0.next() {
            Some(Given::Text(text)) => text,
            _ => String::new(),
        }
    }

    pub(super) fn tag_version(&mut self) -> VersionArgument {
        match self.0.next() {
            Some(Given::TagVersion(version)) => version,
            _ => VersionArgument::Missing,
        }
    }

    pub(super) fn flag(&mut self) -> bool {
        matches!(self.0.next(), Some(Given::Flag(true)))
    }

    pub(super) fn tags(&mut self) -> Written {
        match self.0.next() {
            Some(Given::Tags(tags)) => tags,
            _ => Written::new(),
        }
    }

    pub(super) fn texts(&mut self) -> Vec<String> {
        match self.0.next() {
            Some(Given::Texts(texts)) => texts,
            _ => Vec::new(),
        }
    }

    pub(super) fn count(&mut self) -> Option<usize> {
        match self.0.next() {
            Some(Given::Count(count)) => count,
            _ => None,
        }
    }

    /// The tail of a search: filter, most, order.
    pub(super) fn search(&mut self) -> Search {
        Search {
            filter: self.text(),
            most: self.count(),
            order_by: self.texts(),
        }
    }

    /// The tail of `mlflow`'s searches, which take their arguments in another order.
    pub(super) fn fluent_search(&mut self) -> Search {
        Search {
            most: self.count(),
            filter: self.text(),
            order_by: self.texts(),
        }
    }
}

pub(super) const fn param(name: &'static str, takes: Takes) -> Param {
    Param { name, takes }
}

pub(super) const fn ignored(name: &'static str) -> Param {
    param(name, Takes::Ignored)
}

pub(super) const fn text(name: &'static str) -> Param {
    param(name, Takes::Text)
}

pub(super) const NAME: Param = text("name");
pub(super) const VERSION: Param = param("version", Takes::Version);
pub(super) const TAG_VERSION: Param = param("version", Takes::TagVersion);
pub(super) const KEY: Param = text("key");
pub(super) const VALUE: Param = param("value", Takes::Printed);
pub(super) const ALIAS: Param = text("alias");
pub(super) const DESCRIPTION: Param = text("description");
pub(super) const JOB: Param = param("deployment_job_id", Takes::Empty);
pub(super) const TAGS: Param = param("tags", Takes::Tags);
pub(super) const DESCRIPTION_OR_NONE: Param = param("description", Takes::TextOrNone);
pub(super) const RUN: Param = text("run_id");
pub(super) const FILTER: Param = param("filter_string", Takes::TextOrNone);
pub(super) const MOST: Param = param("max_results", Takes::Count);
pub(super) const ORDER: Param = param("order_by", Takes::Texts);
pub(super) const PAGE: Param = ignored("page_token");
pub(super) const STEP: Param = ignored("step");
pub(super) const TIMESTAMP: Param = ignored("timestamp");
pub(super) const SYNCHRONOUS: Param = ignored("synchronous");
pub(super) const MODEL_ID: Param = ignored("model_id");
