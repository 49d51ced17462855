//! A real registry, read from what its server answers to `registered-models/search` and `model-versions/search`, from what
//! the Python client holds or prints, from Unity Catalog's lists, or from the files of export tools. Several of these may
//! stand one after the other.
//!
//! What the simulator cannot have is left out and told, each with its place. The rest is a registry like any other: it is
//! put together as one that was saved, and read by the same reader.
//!
//! | module | what it has |
//! |---|---|
//! | [`node`] | the text as values: JSON, and what Python prints |
//! | [`fields`] | the fields of an object, under the names of MLflow's server |
//! | [`time`] | moments as people and programs write them |
//! | [`find`] | models, versions, aliases and tags, wherever they stand |
//! | [`join`] | the registry that they come to |

use registry::{RefusalKind, Registry, VersionNumber};

mod fields;
mod find;
mod join;
mod node;
mod time;

pub use time::Unit;

use find::Found;
use node::{Stop, values};

/// The greatest length of a text, in bytes.
pub const MAX_BYTES: usize = 1 << 20;
/// How deep objects and lists may stand in each other.
pub const MAX_DEPTH: usize = 24;

/// A registry that was read.
#[derive(Clone, PartialEq, Debug)]
pub struct Foreign {
    /// The registry.
    pub registry: Registry,
    /// What was left out.
    pub left_out: Vec<LeftOut>,
    /// What should be known of the whole.
    pub remarks: Vec<Remark>,
}

/// Something that was left out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeftOut {
    /// Where it stands: `registered_models[2].tags[0]`, with the number of the page in front where there are several.
    pub place: String,
    /// Why.
    pub why: Why,
}

/// Why something was left out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Why {
    /// It is no model and no version.
    NoModel,
    /// It is the name of a model, and no more.
    OnlyName,
    /// It has no name, or none that is a text.
    NoName,
    /// It breaks a rule of MLflow's.
    Rule(RefusalKind),
    /// The number of a version is none. This is what stands there, if anything does.
    Number(Option<String>),
    /// MLflow has not finished it, or has deleted it: its status or stage.
    NotReady(String),
    /// It is a prompt, which MLflow keeps among the models.
    Prompt,
    /// The alias points to a version that is not in the text.
    NoVersion(VersionNumber),
    /// It is no text.
    NoText,
    /// It is no time: this is what stands there, if that can be said.
    NoTime(Option<String>),
    /// It is a version of another model than the one that it stands in.
    OtherModel(String),
    /// A tag of this key stands before it, with another value, and that counts.
    Again,
    /// It says otherwise than another place or field, which counts.
    Otherwise(String),
    /// No registry has such a field, as far as is known. There are so many more of them at other places of the same kind.
    Field(usize),
}

/// Something to be known of the whole.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Remark {
    /// The server has more pages than the text.
    MorePages,
    /// Of some models, only the newest version of each stage is in the text.
    OnlyLatest,
    /// Versions come from runs, whose metrics and parameters do not come in.
    Runs,
    /// Some versions have no stage, and come in with the stage `None`.
    NoStage,
    /// Some times are missing, and others stand in for them.
    NoTimes,
    /// Some times have no zone, and were taken for UTC.
    NoZone,
    /// Some times were taken for a count of this.
    Counted(Unit),
    /// Some values of tags are no texts, and come in as they are written.
    TagValues,
    /// Some fields are there twice, once with an underscore in front: the one without counts.
    Underscored,
    /// These fields are not simulated.
    NotSimulated(Vec<&'static str>),
}

/// Why a text is no registry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NoRegistry {
    /// It is too long: it has so many bytes.
    TooLong(usize),
    /// It has too much in each other.
    TooDeep,
    /// It cannot be read from this byte on.
    Unreadable(usize),
    /// From this byte on, Python shows where an object lies in memory, and not what is inside.
    Opaque(usize),
    /// There are no models in it.
    Nothing,
    /// Everything in it was left out.
    AllLeftOut(Vec<LeftOut>),
    /// It is the error that the server has answered with.
    Error(String),
}

/// Reads a text. Any text gives a registry or a reason.
///
/// # Errors
/// Why it is none.
pub fn read(text: &str) -> Result<Foreign, NoRegistry> {
    if text.len() > MAX_BYTES {
        return Err(NoRegistry::TooLong(text.len()));
    }
    let pages = values(text).map_err(|why| match why {
        Stop::Deep => NoRegistry::TooDeep,
        Stop::At(at) => NoRegistry::Unreadable(at),
        Stop::Opaque(at) => NoRegistry::Opaque(at),
    })?;
    let mut found = Found::default();
    let has_several = pages.len() > 1;
    for (at, page) in pages.iter().enumerate() {
        let place = if has_several {
            format!("{}: ", at + 1)
        } else {
            String::new()
        };
        found.page(&place, page)?;
    }
    found.finish()
}
