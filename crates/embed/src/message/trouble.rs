//! Why a command was not carried out.

use registry::named_variants;

use crate::frame::Problem;

named_variants! {
    /// Why a command was not carried out, with what there is to tell about it.
    #[derive(Clone, PartialEq, Eq, Debug)]
    pub enum Trouble {
        /// The message is no object, or its number is missing.
        Malformed = "malformed",
        /// The message is too long, or too much is in it.
        TooLarge = "too-large",
        /// Too many messages came within a second.
        TooMany = "too-many",
        /// There is no such command.
        UnknownCommand = "unknown-command",
        /// This field is missing, is none that the command has, or may not be that.
        Field(&'static str) = "bad-field",
        /// The address to load is not that of a frame.
        Address(Problem) = "bad-address",
        /// The view cannot do that.
        NotHere = "not-here",
        /// The registry refused, or the console found an error: its sentence.
        Refused(String) = "refused",
        /// There is no receipt yet.
        NoReceipt = "no-receipt",
    }
    /// What an error is called in the contract. The names never change.
    pub enum Code by code;
}
