//! How a frame shows its view: the one table of parameters.
//!
//! The reader and the printer of addresses, the dialog that makes them, the attributes of the web component and the tables in
//! `docs/embedding.md` all follow [`PARAMETERS`]. What a parameter means in words, `text` says by its [`Name`].

use std::fmt;

use registry::{RuleSet, named_enum};
use storage::Theme;

use super::view::Kind;

named_enum! {
    /// The names of the parameters. They never change.
    pub enum Name {
        /// The colours.
        Theme = "theme",
        /// The rules of the registry.
        Rules = "rules",
        /// The registry to start with.
        Start = "start",
        /// What is left away.
        Hide = "hide",
        /// The order of what can be chosen.
        Order = "order",
        /// A line for the console.
        Line = "line",
        /// The only page that is talked to.
        Origin = "origin",
        /// The language.
        Lang = "lang",
    }
}

named_enum! {
    /// What can be left away.
    pub enum Part {
        /// The way out of an exercise: its hints and its solution.
        Solution = "solution",
        /// Why an option is right or wrong.
        Explanations = "explanations",
        /// The button to begin again.
        Reset = "reset",
    }
}

named_enum! {
    /// The order of what can be chosen.
    #[derive(Default)]
    pub enum Order {
        /// Another one each time.
        #[default]
        Mixed = "mixed",
        /// As the pack has it.
        Fixed = "fixed",
    }
}

named_enum! {
    /// The language of a frame.
    #[derive(Default)]
    pub enum Lang {
        /// English.
        #[default]
        English = "en",
    }
}

impl Lang {
    /// Returns the language for a tag such as `de` or `pt-BR`: English for one that there is not. Returns `None` for what is no
    /// tag.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let is_part = |part: &str| {
            let is_plain = part.bytes().all(|byte| byte.is_ascii_alphanumeric());
            is_plain && (1..=8).contains(&part.len())
        };
        let is_tag = tag.split(['-', '_']).all(is_part);
        is_tag.then(|| Self::named(tag).unwrap_or_default())
    }
}

/// The parts that are left away.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Hidden([bool; Part::ALL.len()]);

impl Hidden {
    /// Returns whether a part is left away.
    pub fn has(self, part: Part) -> bool {
        self.parts().any(|hidden| hidden == part)
    }

    /// Returns the parts that are left away, in their order.
    pub fn parts(self) -> impl Iterator<Item = Part> {
        let parts = Part::ALL.into_iter().zip(self.0);
        parts.filter_map(|(part, is_hidden)| is_hidden.then_some(part))
    }

    /// Leaves a part away, or not.
    #[must_use]
    pub fn with(mut self, part: Part, is_hidden: bool) -> Self {
        if let Some(place) = self.0.get_mut(part as usize) {
            *place = is_hidden;
        }
        self
    }
}

/// The origin of a page: `https://example.org`, `http://localhost:8000`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Origin(String);

impl Origin {
    /// Reads an origin as browsers write it: a scheme, a host in small letters, and a port unless it is the scheme's own. A `/` at
    /// its end is forgiven. Returns `None` for every other text.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_suffix('/').unwrap_or(text);
        let (rest, own_port) = match text.split_once("://")? {
            ("https", rest) => (rest, "443"),
            ("http", rest) => (rest, "80"),
            _ => return None,
        };
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, Some(port)),
            _ => (rest, None),
        };
        let is_plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_');
        let is_host = match host.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
            Some(address) => {
                !address.is_empty() && address.bytes().all(|it| is_plain(it) || it == b':')
            }
            None => !host.is_empty() && host.len() <= 253 && host.bytes().all(is_plain),
        };
        let is_port = port.is_none_or(|port| {
            port != own_port
                && !port.starts_with('0')
                && port.parse::<u16>().is_ok()
                && !port.starts_with('+')
        });
        (is_host && is_port).then(|| Self(text.to_owned()))
    }

    /// Returns the origin as browsers write it.
    pub const fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a frame shows its view. What an address does not say has its default.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Options {
    pub theme: Theme,
    /// The rules, where it is not for the view or the registry to say.
    pub rules: Option<RuleSet>,
    /// The registry to start with: the text of a shared one (`ms1.…`). Whether it is one, reading it says.
    pub start: Option<String>,
    /// What is left away.
    pub hide: Hidden,
    /// The order of what can be chosen.
    pub order: Order,
    /// What the console runs first.
    pub line: Option<String>,
    /// The only page that is talked to.
    pub origin: Option<Origin>,
    pub lang: Lang,
}

/// What a parameter may say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Values {
    /// One of these.
    OneOf(&'static [&'static str]),
    /// Any of these, with commas between them.
    AnyOf(&'static [&'static str]),
    /// The text of a shared registry.
    Shared,
    /// The origin of a page.
    Origin,
    /// A line for the console.
    Line,
}

/// A parameter: a row of the table.
pub struct Parameter {
    /// Its name, by which `text` has its sentence.
    pub name: Name,
    /// What it may say.
    pub values: Values,
    /// What holds where an address does not have it; empty where the view decides.
    pub default: &'static str,
    /// The views that it means something for.
    pub views: &'static [Kind],
    /// The first version of the contract that has it.
    pub since: u32,
    /// Sets it; returns whether it may be that.
    set: fn(&mut Options, &str) -> bool,
    /// Returns what it is, unless it is its default.
    get: fn(&Options) -> Option<String>,
}

impl Parameter {
    /// Returns the parameter of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        PARAMETERS.iter().find(|it| it.name.as_str() == name)
    }

    /// Returns whether it means something for a view.
    pub fn is_for(&self, kind: Kind) -> bool {
        self.views.contains(&kind)
    }

    /// Returns its value, unless it is the default.
    pub fn value(&self, options: &Options) -> Option<String> {
        (self.get)(options)
    }

    /// Sets its value. Returns whether it may be that; where not, nothing is changed.
    #[must_use]
    pub fn set(&self, options: &mut Options, value: &str) -> bool {
        (self.set)(options, value)
    }
}

/// The longest line for the console in an address, in bytes.
const LONGEST_LINE: usize = 1_000;

/// Sets a field where there is a value for it.
fn put<T>(field: &mut T, value: Option<T>) -> bool {
    let is_good = value.is_some();
    if let Some(value) = value {
        *field = value;
    }
    is_good
}

/// Returns a name unless it is that of the default.
fn unless_default<T: Default + PartialEq>(value: T, name: &str) -> Option<String> {
    (value != T::default()).then(|| name.to_owned())
}

/// Returns a text as something that is asked for, if it is not empty and not longer than that.
fn worded(text: &str, most: usize) -> Option<Option<String>> {
    (!text.trim().is_empty() && text.len() <= most).then(|| Some(text.to_owned()))
}

/// The parameters, in the order in which they are printed.
pub static PARAMETERS: [Parameter; Name::ALL.len()] = [
    Parameter {
        name: Name::Theme,
        values: Values::OneOf(&["system", "light", "dark"]),
        default: "system",
        views: &Kind::ALL,
        since: 1,
        set: |options, value| put(&mut options.theme, Theme::named(value)),
        get: |options| unless_default(options.theme, options.theme.as_str()),
    },
    Parameter {
        name: Name::Rules,
        values: Values::OneOf(&["guided", "mlflow"]),
        default: "",
        views: &[Kind::Scene, Kind::Registry, Kind::Diagram, Kind::Console],
        since: 1,
        set: |options, value| put(&mut options.rules, RuleSet::named(value).map(Some)),
        get: |options| options.rules.map(|rules| rules.as_str().to_owned()),
    },
    Parameter {
        name: Name::Start,
        values: Values::Shared,
        default: "",
        views: &[Kind::Registry, Kind::Diagram, Kind::Console],
        since: 1,
        set: |options, value| {
            let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
            let start = worded(value, 1 << 20).filter(|_| value.bytes().all(is_plain));
            put(&mut options.start, start)
        },
        get: |options| options.start.clone(),
    },
    Parameter {
        name: Name::Hide,
        values: Values::AnyOf(&["solution", "explanations", "reset"]),
        default: "",
        views: &[
            Kind::Question,
            Kind::Questions,
            Kind::Step,
            Kind::Exercise,
            Kind::Made,
            Kind::Scene,
            Kind::Registry,
            Kind::Console,
        ],
        since: 1,
        set: |options, value| {
            let hidden = value
                .split(',')
                .try_fold(Hidden::default(), |hidden, name| {
                    Some(hidden.with(Part::named(name)?, true))
                });
            put(&mut options.hide, hidden)
        },
        get: |options| {
            let names: Vec<_> = options.hide.parts().map(Part::as_str).collect();
            (!names.is_empty()).then(|| names.join(","))
        },
    },
    Parameter {
        name: Name::Order,
        values: Values::OneOf(&["mixed", "fixed"]),
        default: "mixed",
        views: &[Kind::Question, Kind::Questions],
        since: 1,
        set: |options, value| put(&mut options.order, Order::named(value)),
        get: |options| unless_default(options.order, options.order.as_str()),
    },
    Parameter {
        name: Name::Line,
        values: Values::Line,
        default: "",
        views: &[Kind::Console],
        since: 1,
        set: |options, value| put(&mut options.line, worded(value, LONGEST_LINE)),
        get: |options| options.line.clone(),
    },
    Parameter {
        name: Name::Origin,
        values: Values::Origin,
        default: "",
        views: &Kind::ALL,
        since: 1,
        set: |options, value| put(&mut options.origin, Origin::parse(value).map(Some)),
        get: |options| options.origin.as_ref().map(Origin::to_string),
    },
    Parameter {
        name: Name::Lang,
        values: Values::OneOf(&["en"]),
        default: "en",
        views: &Kind::ALL,
        since: 1,
        set: |options, value| put(&mut options.lang, Lang::of_tag(value)),
        get: |options| unless_default(options.lang, options.lang.as_str()),
    },
];
