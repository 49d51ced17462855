//! The contract between the page around the frame, the host, and the app in it: what is asked, and what is told.
//!
//! ```text
//! frame ─▶ window: {modelStages:1, type:'ready', …}          nothing about the learner
//! host  ─▶ window: {modelStages:1, type:'connect', …}        with a MessagePort; from then on all goes over it
//! host  ─▶ port:   {id, do:'run'|'reset'|…, …}  ─▶  {re:id, ok:{…}} or {re:id, error:{code, message}}
//! frame ─▶ port:   {type:'answered'|…, n, at, …, xapi:{…}}
//! ```
//! Messages are objects; here they are their JSON. What is too long, too deep or too much is not read.

use registry::json::{Extent, Reader};
use serde_json::Value;

mod answer;
mod command;
mod event;
mod trouble;
mod window;

pub use answer::{Answer, Placed, State};
pub use command::{Ask, Command, Do, GoTo, Unread};
pub use event::{Event, EventName, KEYS};
pub use trouble::{Code, Trouble};
pub use window::{Hello, Ready, Refuse, Wants};

pub(crate) use answer::{answered, failed};
pub(crate) use event::numbered;
pub(crate) use window::{hello, refused};

use super::view::Kind;

/// The version of the contract that is spoken. Within a version, only what can be passed over is added.
pub const VERSION: u32 = 1;
/// The longest message that is read, in bytes of its JSON.
pub const LONGEST: usize = 64 << 10;
/// How deep a message may be, and how many values may be in it.
const EXTENT: Extent = Extent {
    depth: 8,
    items: 100,
};

impl Ask {
    /// Returns the first version of the contract that has it.
    pub const fn since(self) -> u32 {
        match self {
            Self::Run
            | Self::Reset
            | Self::Load
            | Self::GoTo
            | Self::SetTheme
            | Self::GetState
            | Self::GetReceipt => 1,
        }
    }

    /// Returns whether a view can do it.
    pub const fn is_for(self, kind: Kind) -> bool {
        match self {
            Self::Run => matches!(
                kind,
                Kind::Step
                    | Kind::Exercise
                    | Kind::Made
                    | Kind::Scene
                    | Kind::Registry
                    | Kind::Console
            ),
            Self::GoTo => matches!(kind, Kind::Questions | Kind::Registry),
            Self::GetReceipt => matches!(kind, Kind::Exercise | Kind::Made),
            Self::Reset | Self::Load | Self::SetTheme | Self::GetState => true,
        }
    }
}

/// Reads the JSON of a message as an object, if it is not too much.
fn fields(text: &str) -> Result<Reader, Trouble> {
    if text.len() > LONGEST {
        return Err(Trouble::TooLarge);
    }
    let extent = Extent::of(text);
    if extent.depth > EXTENT.depth || extent.items > EXTENT.items {
        return Err(Trouble::TooLarge);
    }
    let value = registry::json::parse(text).map_err(|_| Trouble::Malformed)?;
    object(value)
}

fn object(value: Value) -> Result<Reader, Trouble> {
    Reader::new(value).map_err(|_| Trouble::Malformed)
}
