//! Several tabs on the same saved data: one of them writes, the others ask it to.
//!
//! ```text
//!  reader                                   writer (holds the lock for as long as it lives)
//!    │  Hello ───────────────────────────────▶ │
//!    │ ◀──────────────────────────────── Stands│  the saved values, as they are
//!    │  acts at once on its own copy           │
//!    │  Ask: requests, numbered ─────────────▶ │  carries each out once, in order, and stores it
//!    │ ◀──────────────────────────────── Did   │  to everybody: the record, and how many there were before it
//!    │ ◀──────────────────────────────── Done  │  when it is kept for good; only then the request is forgotten
//! ```
//!
//! Messages may be lost, doubled and come in any order, and the writer may be lost between any two of its calls:
//!
//! - A request has a number that its tab gives once. The writer enters it in the journal's ledger, in the same `set` as
//!   its record: so it is never carried out twice, also not by the next writer.
//! - A reader keeps each request until it is told `Done`, and asks again. So nothing is lost that was acknowledged, and
//!   what was not is asked again of whoever writes then.
//! - A record says how many records there were before it. A reader that misses one asks how things stand.
//! - A writer has a [`Term`]; what comes from an earlier one is passed over.
//!
//! A reader shows what it asked for at once: its log is the confirmed one with its own requests on top, and is made anew
//! when another tab's record comes between. An undo names the step that it means, so that it never takes back another
//! tab's.
//!
//! All of this is pure. The lock and the channel are in `src/session/tabs`.
//!
//! | module | what it says |
//! |---|---|
//! | [`request`] | what can be asked of the writer, and how it is carried out |
//! | [`message`] | what tabs say to each other, as text |
//! | [`writer`] | the tab that writes |
//! | [`reader`] | a tab that asks |
//! | `ledger` | which requests are in a journal |

pub mod id;
mod ledger;
pub mod message;
pub mod reader;
pub mod request;
pub mod writer;

pub use id::{TabId, Term};
pub(crate) use ledger::Ledger;
pub use message::{Message, Received};
pub use reader::Reader;
pub use request::{ConsoleChange, Objection, Request, Stamp};
pub use writer::{Site, Writer};
