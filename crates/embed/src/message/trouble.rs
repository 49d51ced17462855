//! Why a command was not carried out.

use registry::named_enum;

use crate::frame::Problem;

named_enum! {
    /// What an error is called in the contract. The names never change.
    pub enum Code {
        /// The message is no object, or its number is missing.
        Malformed = "malformed",
        /// The message is too long, or too much is in it.
        TooLarge = "too-large",
        /// Too many messages came within a second.
        TooMany = "too-many",
        /// There is no such command.
        UnknownCommand = "unknown-command",
        /// A field is missing, is none that the command has, or may not be that.
        BadField = "bad-field",
        /// The address to load is not that of a frame.
        BadAddress = "bad-address",
        /// The view cannot do that.
        NotHere = "not-here",
        /// The registry refused, or the console found an error.
        Refused = "refused",
        /// There is no receipt yet.
        NoReceipt = "no-receipt",
    }
}

/// Why a command was not carried out, with what there is to tell about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// The message is no object, or its number is missing.
    Malformed,
    /// The message is too long, or too much is in it.
    TooLarge,
    /// Too many messages came within a second.
    TooMany,
    /// There is no such command.
    UnknownCommand,
    /// This field is missing, is none that the command has, or may not be that.
    Field(&'static str),
    /// The address to load is not that of a frame.
    Address(Problem),
    /// The view cannot do that.
    NotHere,
    /// The registry refused, or the console found an error: its sentence.
    Refused(String),
    /// There is no receipt yet.
    NoReceipt,
}

impl Trouble {
    /// Returns what it is called in the contract.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::Malformed => Code::Malformed,
            Self::TooLarge => Code::TooLarge,
            Self::TooMany => Code::TooMany,
            Self::UnknownCommand => Code::UnknownCommand,
            Self::Field(_) => Code::BadField,
            Self::Address(_) => Code::BadAddress,
            Self::NotHere => Code::NotHere,
            Self::Refused(_) => Code::Refused,
            Self::NoReceipt => Code::NoReceipt,
        }
    }
}
