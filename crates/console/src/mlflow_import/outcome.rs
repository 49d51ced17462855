//! What comes of a text: the registry, what was left out, what should be known of the whole, and why a text is no registry.

use super::time::Unit;
use registry::{RefusalKind, Registry, VersionNumber};

/// A registry that was read.
#[derive(Clone, PartialEq, Debug)]
pub struct ImportedRegistry {
    pub registry: Registry,
    pub left_out: Vec<Omission>,
    /// What should be known of the whole.
    pub remarks: Vec<Remark>,
}

/// Something that was left out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Omission {
    /// Where it stands: `registered_models[2].tags[0]`, with the number of the page in front where there are several.
    pub place: String,
    pub why: OmissionReason,
}

/// Why something was left out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum OmissionReason {
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
pub enum ImportError {
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
    AllLeftOut(Vec<Omission>),
    /// It is the error that the server has answered with.
    Error(String),
}
