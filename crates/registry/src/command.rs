//! What somebody wants done: the only thing that changes a registry.

use std::sync::Arc;

use super::Registry;
use super::id::{
    Alias, FreeText, MetricName, MetricValue, ModelName, TagKey, TagValue, VersionNumber,
};
use super::methods::methods;
use super::stage::Stage;
use super::vec_map::VecMap;
use crate::named_enum;

/// Tags by key.
pub type Tags = VecMap<TagKey, TagValue>;
/// Metrics by name.
pub type Metrics = VecMap<MetricName, MetricValue>;

macro_rules! commands {
    ($(
        $(#[$doc:meta])*
        $variant:ident $method:literal
        { $($field:ident : $type:ident $(= $empty:ident)?),* $(,)? }
        $call:tt
        $read:tt
        $row:tt;
    )*) => {
        /// A change that is asked for. The names are those of MLflow's `MlflowClient` (3.18.0).
        #[derive(Clone, PartialEq, Debug)]
        pub enum Command {
            $(
                $(#[$doc])*
                $variant { $($field: $type),* },
            )*
            /// Not MLflow's: puts another registry in the place of this one ("start empty", "reset to sample", an import).
            ReplaceRegistry {
                with: Arc<Registry>,
                why: Replacement,
            },
        }

        impl Command {
            /// The names of MLflow's methods, in the order of the table.
            pub const METHODS: &'static [&'static str] = &[$($method),*];

            /// Returns the name of MLflow's method, which is the name in JSON.
            pub const fn method(&self) -> &'static str {
                match self {
                    $(Self::$variant { .. } => $method,)*
                    Self::ReplaceRegistry { .. } => "replace_registry",
                }
            }

            /// Returns the model that the command is about; `None` where it is about the whole registry.
            pub const fn model(&self) -> Option<&ModelName> {
                match self {
                    $(Self::$variant { name, .. } => Some(name),)*
                    Self::ReplaceRegistry { .. } => None,
                }
            }

            /// Returns the version that the command is about; `None` where it is about a model, or makes one.
            pub fn version(&self) -> Option<VersionNumber> {
                match self {
                    $(Self::$variant { $($field),* } => None$(.or_else(|| $field.version()))*,)*
                    Self::ReplaceRegistry { .. } => None,
                }
            }

            /// Returns the fields as arguments of the method, without those that are left out.
            pub fn arguments(&self) -> Vec<(&'static str, Argument)> {
                let found: Vec<(&'static str, Option<Argument>)> = match self {
                    $(Self::$variant { $($field),* } => {
                        vec![$((stringify!($field), argument!($field $(, $empty)?))),*]
                    })*
                    Self::ReplaceRegistry { .. } => Vec::new(),
                };
                let given = found.into_iter();
                given
                    .filter_map(|(name, argument)| Some((name, argument?)))
                    .collect()
            }
        }
    };
}

macro_rules! argument {
    ($field:ident) => {
        $field.argument()
    };
    ($field:ident, or_empty) => {
        $field.argument().filter(|_| !$field.is_empty())
    };
}

methods!(commands);

named_enum! {
    /// Why a whole registry was replaced.
    pub enum Replacement {
        /// "Start empty".
        Emptied = "emptied",
        /// "Reset to the sample".
        Sample = "sample",
        /// The models of a real registry, taken in.
        TakenIn = "taken-in",
    }
}

/// A field of a command as an argument of its method.
#[derive(Clone, PartialEq, Debug)]
pub enum Argument {
    /// A text; numbers and stages are texts too.
    Text(String),
    /// `True`
    Flag,
    Tags(Tags),
}

/// The type of a command's field.
trait Field {
    /// Returns the argument; `None` where it is left out, or is none of the method's.
    fn argument(&self) -> Option<Argument>;

    /// Returns the version, if it is one.
    fn version(&self) -> Option<VersionNumber> {
        None
    }
}

macro_rules! texts {
    ($($type:ident)*) => { $(
        impl Field for $type {
            fn argument(&self) -> Option<Argument> {
                Some(Argument::Text(self.to_string()))
            }
        }
    )* };
}

texts!(ModelName FreeText TagKey TagValue Alias MetricName MetricValue Stage);

impl Field for VersionNumber {
    fn argument(&self) -> Option<Argument> {
        Some(Argument::Text(self.to_string()))
    }

    fn version(&self) -> Option<VersionNumber> {
        Some(*self)
    }
}

impl Field for bool {
    fn argument(&self) -> Option<Argument> {
        self.then_some(Argument::Flag)
    }
}

impl Field for Tags {
    fn argument(&self) -> Option<Argument> {
        (!self.is_empty()).then(|| Argument::Tags(self.clone()))
    }
}

impl Field for Metrics {
    fn argument(&self) -> Option<Argument> {
        None
    }
}
