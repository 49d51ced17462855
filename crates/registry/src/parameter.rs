//! The parameters of MLflow's methods: what each takes, what the server's field for it is, and the arguments that come for them.
//!
//! The console's methods and the server's endpoints are made of them; those that change a registry are [`CHANGES`].

use super::call::{RawCall, VersionArgument, Written};
use super::methods::methods;
use crate::named_enum;

/// A parameter of a method.
#[derive(Clone, Copy, Debug)]
pub struct Param {
    pub name: &'static str,
    pub takes: Takes,
    /// The field of the server's request; `None` where the server has none.
    pub field: Option<Field>,
}

/// What a parameter takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Takes {
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
    /// Returns whether the argument may be left out.
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

/// A field of a request to the server.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub name: &'static str,
    /// The client's name for it.
    pub param: &'static str,
    /// What it is in JSON.
    pub kind: Kind,
    /// Whether the server asks for it: it may be neither missing nor an empty text.
    pub is_required: bool,
    /// Whether the server looks at it by itself, so that it can say that it is of the wrong kind.
    pub is_checked: bool,
    /// A value as JSON has it, for an example; empty where an example can do without the field.
    pub example: &'static str,
}

/// What a field is in JSON.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Text,
    /// `true` or `false`.
    Flag,
    /// A list of texts.
    Texts,
    /// A list of objects with `key` and `value`.
    Tags,
    /// A whole number.
    Count,
    Number,
}

impl Field {
    /// Returns a field that may be left out.
    pub const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            param: name,
            kind,
            is_required: false,
            is_checked: true,
            example: "",
        }
    }
}

named_enum! {
    /// How a request is made.
    pub enum Verb {
        Get = "GET",
        Post = "POST",
        Patch = "PATCH",
        Delete = "DELETE",
    }
}

impl Param {
    /// Returns a parameter that only the client has.
    pub const fn new(name: &'static str, takes: Takes) -> Self {
        Self {
            name,
            takes,
            field: None,
        }
    }

    /// Returns the parameter as the server has it too, under the same name.
    const fn sent(mut self) -> Self {
        let kind = match self.takes {
            Takes::Flag => Kind::Flag,
            Takes::Texts => Kind::Texts,
            Takes::Tags | Takes::Metrics => Kind::Tags,
            Takes::Count => Kind::Count,
            _ => Kind::Text,
        };
        self.field = Some(Field::new(self.name, kind));
        self
    }

    /// Returns the parameter with a field that the server asks for.
    const fn required(self) -> Self {
        let mut param = self.sent();
        if let Some(field) = &mut param.field {
            field.is_required = true;
        }
        param
    }

    const fn unchecked(mut self) -> Self {
        if let Some(field) = &mut self.field {
            field.is_checked = false;
        }
        self
    }

    const fn such_as(mut self, example: &'static str) -> Self {
        if let Some(field) = &mut self.field {
            field.example = example;
        }
        self
    }
}

const fn text(name: &'static str) -> Param {
    Param::new(name, Takes::Text)
}

/// The name of a model.
pub const NAME: Param = text("name").required().such_as("\"prices\"");
const NEW_NAME: Param = text("new_name").required().such_as("\"shop-prices\"");
/// The number of a version.
pub const VERSION: Param = Param::new("version", Takes::Version)
    .required()
    .such_as("\"3\"");
const TAG_VERSION: Param = Param::new("version", Takes::TagVersion)
    .required()
    .such_as("\"3\"");
/// The key of a tag, or the name of a metric.
pub const KEY: Param = text("key").required().such_as("\"team\"");
/// The value of a tag or a metric.
pub const VALUE: Param = Param::new("value", Takes::Printed)
    .sent()
    .such_as("\"shop\"");
/// An alias.
pub const ALIAS: Param = text("alias").required().such_as("\"champion\"");
const STAGE: Param = text("stage").required().such_as("\"Staging\"");
const ARCHIVE: Param = Param::new("archive_existing_versions", Takes::Flag).sent();
/// A tag is found by the stage of its version: the server has no such field.
const BY_STAGE: Param = Param::new("stage", Takes::Empty);
const DESCRIPTION: Param = text("description")
    .sent()
    .such_as("\"What a thing should cost.\"");
const DESCRIPTION_OR_NONE: Param = Param::new("description", Takes::TextOrNone).sent();
/// Tags.
pub const TAGS: Param = Param::new("tags", Takes::Tags).sent();
const JOB: Param = Param::new("deployment_job_id", Takes::Empty)
    .sent()
    .unchecked();
const SOURCE: Param = text("source")
    .required()
    .such_as("\"s3://models/prices/v4\"");
const OPTIONAL_RUN: Param = Param::new("run_id", Takes::TextOrNone).sent();
const RUN_LINK: Param = Param::new("run_link", Takes::Ignored).sent();
const AWAIT_CREATION: Param = Param::new("await_creation_for", Takes::Ignored);
const OF_MODEL: Param = Param::new("model_id", Takes::Empty).sent();
const SRC_MODEL_URI: Param = text("src_model_uri");
const DST_NAME: Param = text("dst_name");

/// A method of MLflow's client that changes a registry.
#[derive(Clone, Copy, Debug)]
pub struct ChangingMethod {
    pub name: &'static str,
    /// Its parameters, in MLflow's order.
    pub params: &'static [Param],
    /// The verb and the path under which the server has it; `None` where it has no such endpoint.
    pub endpoint: Option<(Verb, &'static str)>,
    /// Whether MLflow warns that it is deprecated.
    pub is_deprecated: bool,
    /// Whether [`RawCall::with`] does not know all that it does.
    pub is_by_hand: bool,
}

impl ChangingMethod {
    const fn new(name: &'static str, params: &'static [Param]) -> Self {
        Self {
            name,
            params,
            endpoint: None,
            is_deprecated: false,
            is_by_hand: false,
        }
    }

    const fn at(mut self, verb: Verb, path: &'static str) -> Self {
        self.endpoint = Some((verb, path));
        self
    }

    const fn deprecated(mut self) -> Self {
        self.is_deprecated = true;
        self
    }

    const fn by_hand(mut self) -> Self {
        self.is_by_hand = true;
        self
    }
}

/// Returns the method of a name, if it changes a registry.
pub fn changing(name: &str) -> Option<&'static ChangingMethod> {
    CHANGES.iter().find(|method| method.name == name)
}

/// An argument as a call takes it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Given {
    /// A text, a version, a printed value or a URI.
    Text(String),
    /// A version of a tag call.
    TagVersion(VersionArgument),
    Flag(bool),
    Texts(Vec<String>),
    Tags(Written),
    /// A number, if one was given.
    Count(Option<usize>),
}

/// The arguments of a call, in the order of the parameters that it takes.
#[derive(Debug)]
pub struct Arguments(std::vec::IntoIter<Given>);

impl Arguments {
    /// Returns arguments that fit the parameters of a method.
    pub fn new(given: Vec<Given>) -> Self {
        Self(given.into_iter())
    }

    // An argument of another kind cannot come: the table is tried as a whole in a test.

    /// Takes a text.
    pub fn text(&mut self) -> String {
        match self.0.next() {
            Some(Given::Text(text)) => text,
            _ => String::new(),
        }
    }

    /// Takes tags, or metrics.
    pub fn tags(&mut self) -> Written {
        match self.0.next() {
            Some(Given::Tags(tags)) => tags,
            _ => Written::new(),
        }
    }

    /// Takes a list of texts.
    pub fn texts(&mut self) -> Vec<String> {
        match self.0.next() {
            Some(Given::Texts(texts)) => texts,
            _ => Vec::new(),
        }
    }

    /// Takes a number, if one was given.
    pub fn count(&mut self) -> Option<usize> {
        match self.0.next() {
            Some(Given::Count(count)) => count,
            _ => None,
        }
    }
}

/// A field of a call, which takes the next argument.
trait Take {
    fn take(given: &mut Arguments) -> Self;
}

impl Take for String {
    fn take(given: &mut Arguments) -> Self {
        given.text()
    }
}

impl Take for Written {
    fn take(given: &mut Arguments) -> Self {
        given.tags()
    }
}

impl Take for bool {
    fn take(given: &mut Arguments) -> Self {
        matches!(given.0.next(), Some(Given::Flag(true)))
    }
}

impl Take for VersionArgument {
    fn take(given: &mut Arguments) -> Self {
        match given.0.next() {
            Some(Given::TagVersion(version)) => version,
            _ => Self::Missing,
        }
    }
}

macro_rules! changes {
    ($(
        $(#[$doc:meta])*
        $variant:ident $name:literal
        $fields:tt
        ($($written:ident : $type:ident),* $(,)?)
        $read:tt
        $row:tt;
    )*) => {
        /// The methods that change a registry, in MLflow's order.
        pub static CHANGES: &[ChangingMethod] = changes!(@rows [] $($name $row)*);

        impl RawCall {
            /// Returns the call of a method with its arguments; `None` where the method changes nothing.
            #[must_use]
            pub fn with(method: &str, given: &mut Arguments) -> Option<Self> {
                Some(match method {
                    $($name => Self::$variant { $($written: Take::take(given)),* },)*
                    _ => return None,
                })
            }
        }
    };
    (@rows [$($rows:expr,)*]) => { &[$($rows,)*] };
    (@rows [$($rows:expr,)*] $name:literal [] $($left:tt)*) => {
        changes!(@rows [$($rows,)*] $($left)*)
    };
    (@rows [$($rows:expr,)*]
        $name:literal [$($verb:ident $path:literal)? $(($flag:ident))* : $($param:expr),+]
        $($left:tt)*
    ) => {
        changes!(@rows [
            $($rows,)*
            ChangingMethod::new($name, &[$($param),+]) $(.at(Verb::$verb, $path))? $(.$flag())*,
        ] $($left)*)
    };
}

methods!(changes);
