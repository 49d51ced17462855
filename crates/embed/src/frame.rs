//! The address of a frame: a view, and how it is shown.

use std::fmt;

use lesson::exercise::recipe_query::RecipeQuery;
use lesson::pack::Id;
use registry::percent;

use super::options::{Name, Options, Origin, PARAMETERS, Parameter};
use super::view::{Kind, View};

/// What the address of every frame begins with.
pub const PREFIX: &str = "#/embed/";

/// What a frame shows, and how.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Frame {
    pub view: View,
    pub options: Options,
}

/// Why an address is not that of a frame.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// The part of the address that is wrong, as it is written; its beginning where it is long.
    pub place: String,
    pub wrong: Wrong,
}

/// What is wrong with a part of an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wrong {
    /// There is no such view.
    View,
    /// What stands behind the view's name is missing, or is none of its kind.
    Item(Kind),
    /// The recipe of a made exercise has a part that is unknown, there twice, or out of its bounds.
    Recipe,
    /// There is no such parameter.
    Parameter,
    /// The parameter is there twice.
    Twice(Name),
    /// The parameter may not be that.
    Value(Name),
    /// The parameter means nothing for this view.
    NotHere(Name, Kind),
}

/// So many letters of a wrong part are told.
const TOLD: usize = 60;

impl Problem {
    fn new(place: &str, wrong: Wrong) -> Self {
        let place = place.chars().take(TOLD).collect();
        Self { place, wrong }
    }
}

/// Returns whether a part of a query is one by which visitors are counted.
fn is_counting(pair: &str) -> bool {
    ["utm_", "fbclid=", "gclid="]
        .iter()
        .any(|it| pair.starts_with(it))
}

/// Returns whether a part of a query belongs to the recipe of a made exercise.
fn is_of_recipe(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default();
    ["objective", "par", "models", "distractors", "seed"].contains(&name)
}

impl Frame {
    /// Returns the frame with a view and nothing else said.
    pub fn of(view: View) -> Self {
        let options = Options::default();
        Self { view, options }
    }

    /// Reads an address, with or without [`PREFIX`]. Parameters by which visitors are counted are passed over.
    ///
    /// # Errors
    /// The first part that is wrong.
    pub fn parse(address: &str) -> Result<Self, Problem> {
        let address = address.strip_prefix(PREFIX).unwrap_or(address);
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let pairs = || {
            query
                .split('&')
                .filter(|it| !it.is_empty() && !is_counting(it))
        };
        let view = view(path, &mut pairs())?;
        let is_made = view.kind() == Kind::Made;
        let pairs = pairs().filter(|pair| !(is_made && is_of_recipe(pair)));
        let options = options(view.kind(), pairs)?;
        Ok(Self { view, options })
    }

    /// Returns whom messages to the window around the frame are for: one origin, or `*`.
    pub fn target(&self) -> &str {
        self.options.origin.as_ref().map_or("*", Origin::as_str)
    }

    /// Returns the page of the app with the same, as `#/practice/…`.
    pub fn page(&self) -> String {
        match &self.view {
            View::Question(id) => format!("#/practice/{id}"),
            View::Questions(questions) => questions
                .ids()
                .first()
                .map_or_else(|| "#/practice".to_owned(), |id| format!("#/practice/{id}")),
            View::Step(id) => format!("#/learn/{id}"),
            View::Exercise(id) => format!("#/exercises/{id}"),
            View::Made(query) => format!("#/exercises/new?{query}"),
            View::Scene => "#/".to_owned(),
            View::Registry | View::Diagram | View::Console => match &self.options.start {
                Some(start) => format!("#/share/{start}"),
                None => "#/registry".to_owned(),
            },
        }
    }
}

/// Reads the path, and the recipe of a made exercise from the query.
fn view(path: &str, pairs: &mut dyn Iterator<Item = &str>) -> Result<View, Problem> {
    let problem = |wrong| Problem::new(path, wrong);
    let decoded = percent::decode(path).ok_or_else(|| problem(Wrong::View))?;
    let decoded = decoded.trim_end_matches('/');
    let (name, item) = match decoded.split_once('/') {
        Some((name, item)) => (name, Some(item)),
        None => (decoded, None),
    };
    let kind = Kind::named(name).ok_or_else(|| problem(Wrong::View))?;
    let id = item.and_then(Id::parse);
    let view = match kind {
        Kind::Question => id.map(View::Question),
        Kind::Questions => item.and_then(View::questions),
        Kind::Step => id.map(View::Step),
        // No exercise is called `new`.
        Kind::Exercise | Kind::Made if item == Some("new") => {
            let recipe: Vec<_> = pairs.filter(|pair| is_of_recipe(pair)).collect();
            let recipe = recipe.join("&");
            let query = RecipeQuery::parse(&recipe);
            let query = query.ok_or_else(|| Problem::new(&recipe, Wrong::Recipe))?;
            return Ok(View::Made(query));
        }
        Kind::Exercise | Kind::Made => id.map(View::Exercise),
        Kind::Scene => item.is_none().then_some(View::Scene),
        Kind::Registry => item.is_none().then_some(View::Registry),
        Kind::Diagram => item.is_none().then_some(View::Diagram),
        Kind::Console => item.is_none().then_some(View::Console),
    };
    view.ok_or_else(|| problem(Wrong::Item(kind)))
}

/// Reads parameters, each once.
fn options<'q>(kind: Kind, pairs: impl Iterator<Item = &'q str>) -> Result<Options, Problem> {
    let mut options = Options::default();
    let mut seen = Vec::new();
    for pair in pairs {
        let problem = |wrong| Problem::new(pair, wrong);
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let parameter = Parameter::named(name).ok_or_else(|| problem(Wrong::Parameter))?;
        let name = parameter.name;
        if seen.contains(&name) {
            return Err(problem(Wrong::Twice(name)));
        }
        seen.push(name);
        if !parameter.is_for(kind) {
            return Err(problem(Wrong::NotHere(name, kind)));
        }
        // As a form writes a blank.
        let value = percent::decode(&value.replace('+', " "));
        if !value.is_some_and(|value| parameter.set(&mut options, &value)) {
            return Err(problem(Wrong::Value(name)));
        }
    }
    Ok(options)
}

/// The address, from its `#`.
impl fmt::Display for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{}", self.view)?;
        let mut mark = '?';
        if let View::Made(query) = &self.view {
            write!(f, "?{query}")?;
            mark = '&';
        }
        for parameter in &PARAMETERS {
            if let Some(value) = parameter.value(&self.options) {
                let value = percent::encode(&value, b"-._~,");
                write!(f, "{mark}{}={value}", parameter.name)?;
                mark = '&';
            }
        }
        Ok(())
    }
}
