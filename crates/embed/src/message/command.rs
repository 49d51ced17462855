//! What a host asks.

use registry::json::{FromJson, JsonError, Reader, THIS_FIELD};
use registry::named_variants;
use serde_json::Value;
use storage::Theme;

use super::{Trouble, fields};
use crate::frame::Frame;

/// A command of a host.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Command {
    /// Its number, by which it is answered.
    pub id: u64,
    /// What it asks for.
    pub what: Do,
}

named_variants! {
    /// What a command asks for.
    #[derive(Clone, PartialEq, Eq, Debug)]
    pub enum Do {
        /// To carry a line of the console out.
        Run { line: String } = "run",
        /// To begin again.
        Reset = "reset",
        /// To show another view.
        Load { frame: Frame } = "load",
        /// To go to another question, or to another moment of the history.
        GoTo { to: GoTo } = "goTo",
        /// To change the colours.
        SetTheme { theme: Theme } = "setTheme",
        /// How far it is.
        GetState = "getState",
        /// The receipt of the solved exercise.
        GetReceipt = "getReceipt",
    }
    /// What a host can ask for.
    pub enum Ask by ask;
}

/// Where to go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GoTo {
    Next,
    /// To the one before.
    Previous,
    /// To the one with this number, counted from 1; 0 is before the first moment of a history.
    At(u32),
}

impl FromJson for GoTo {
    fn from_json(value: Value) -> Result<Self, JsonError> {
        match value.as_str() {
            Some("next") => Ok(Self::Next),
            Some("previous") => Ok(Self::Previous),
            Some(_) => Err(THIS_FIELD),
            None => u32::from_json(value).map(Self::At),
        }
    }
}

/// Why a command could not be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unread {
    /// Its number, if that much could be read.
    pub id: Option<u64>,
    pub trouble: Trouble,
}

/// The largest number that every host can count to.
const LARGEST: u64 = (1 << 53) - 1;

impl Command {
    /// Reads a command.
    ///
    /// # Errors
    /// If it is none, or a field of it is missing, wrong or none of its own.
    pub fn read(text: &str) -> Result<Self, Unread> {
        let unread = |id, trouble| Unread { id, trouble };
        let mut from = fields(text).map_err(|trouble| unread(None, trouble))?;
        let id: u64 = from
            .field("id")
            .ok()
            .filter(|id| *id <= LARGEST)
            .ok_or(unread(None, Trouble::Malformed))?;
        match what(&mut from) {
            Ok(what) => Ok(Self { id, what }),
            Err(trouble) => Err(unread(Some(id), trouble)),
        }
    }
}

fn what(from: &mut Reader) -> Result<Do, Trouble> {
    let bad = |JsonError(field)| Trouble::Field(field);
    let name: String = from.field("do").map_err(bad)?;
    let what = match Ask::named(&name).ok_or(Trouble::UnknownCommand)? {
        Ask::Run => Do::Run {
            line: from.field("line").map_err(bad)?,
        },
        Ask::Load => {
            let address: String = from.field("address").map_err(bad)?;
            let frame = Frame::parse(&address).map_err(Trouble::Address)?;
            Do::Load { frame }
        }
        Ask::GoTo => Do::GoTo {
            to: from.field("to").map_err(bad)?,
        },
        Ask::SetTheme => Do::SetTheme {
            theme: from.field("theme").map_err(bad)?,
        },
        Ask::Reset => Do::Reset,
        Ask::GetState => Do::GetState,
        Ask::GetReceipt => Do::GetReceipt,
    };
    from.finish().map_err(bad)?;
    Ok(what)
}
