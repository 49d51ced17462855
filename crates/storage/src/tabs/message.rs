//! What tabs say to each other, as text: a line with the versions, then JSON.
//!
//! ```text
//! ms-window 1 4
//! {"is":"hello",…}
//! ```
//! The first number is the version of the messages, the second that of the saved data. The first line keeps its form, so
//! that an older app can tell a newer one from noise.

use super::Request;
use super::id::{TabId, Term};
use crate::migrate::VERSION;
use crate::storage_key::{StorageKey, WorkspaceId};
use registry::json::{self, JsonError, Reader, Writer};
use registry::{Record, json_fields};

/// The version of the messages. It is counted up with every change of their form or meaning.
pub const MESSAGES: u32 = 3;

/// Something that a tab says.
#[derive(Clone, PartialEq, Debug)]
pub enum Message {
    /// A tab is there, and wants to know how a workspace stands.
    Hello { from: TabId, workspace: WorkspaceId },
    /// A tab asks for something.
    Ask {
        from: TabId,
        /// All its requests up to this number are done, and it knows.
        known: u64,
        /// The number of the first request here.
        first: u64,
        requests: Vec<Request>,
    },
    /// A tab wants to write itself.
    Wish { from: TabId },
    /// A tab has begun to write.
    Here { term: Term },
    /// How a workspace stands.
    Stands {
        term: Term,
        to: TabId,
        /// All requests of that tab up to this number are in it, or were refused.
        seen: u64,
        workspace: WorkspaceId,
        records: u64,
        /// The saved values, sealed as they are.
        values: Vec<(StorageKey, String)>,
        /// The records that are not among the values yet.
        tail: Vec<Record>,
    },
    /// A step was taken.
    Did {
        term: Term,
        workspace: WorkspaceId,
        /// How many records there were before it.
        before: u64,
        record: Record,
        /// Which tab has asked for it, and the number of the request.
        by: Option<(TabId, u64)>,
    },
    /// Requests are done and kept.
    Done {
        term: Term,
        to: TabId,
        /// All requests up to this number.
        done: u64,
        /// Those among them that were refused.
        refused: Vec<u64>,
    },
    /// Small values have changed, or are gone.
    Values {
        term: Term,
        /// The values, sealed as they are.
        values: Vec<(StorageKey, Option<String>)>,
    },
    /// Whether all is kept.
    Status { term: Term, word: String },
}

/// What came of reading a message.
#[derive(Clone, PartialEq, Debug)]
pub enum Received {
    Message(Box<Message>),
    /// A newer app has said something, with saved data of this version.
    Newer(u32),
    /// Nothing that this app says.
    Noise,
}

impl Message {
    /// Returns whether only the tab that writes says this.
    pub const fn is_of_writer(&self) -> bool {
        !matches!(
            self,
            Self::Hello { .. } | Self::Ask { .. } | Self::Wish { .. }
        )
    }

    /// Returns the message as text.
    pub fn print(&self) -> String {
        format!("ms-window {MESSAGES} {VERSION}\n{}", json::print(self))
    }

    /// Reads a text. Whatever it is, something comes of it.
    pub fn read(text: &str) -> Received {
        let Some((messages, version, body)) = head(text) else {
            return Received::Noise;
        };
        if messages > MESSAGES || version > VERSION {
            return Received::Newer(version);
        }
        match json::read::<Self>(body) {
            // An older app's words are understood as long as they are the same words.
            Ok(message) if messages == MESSAGES => Received::Message(Box::new(message)),
            Ok(_) | Err(_) => Received::Noise,
        }
    }
}

fn head(text: &str) -> Option<(u32, u32, &str)> {
    let (line, body) = text.strip_prefix("ms-window ")?.split_once('\n')?;
    let (messages, version) = line.split_once(' ')?;
    Some((messages.parse().ok()?, version.parse().ok()?, body))
}

json_fields!(enum Message by "is" {
    "hello" Hello { from, workspace as "ws" }
    "ask" Ask { from, known, first, requests }
    "wish" Wish { from }
    "here" Here { term as "reign" }
    "stands" Stands {
        term as "reign",
        to,
        seen,
        workspace as "ws",
        records,
        values = by(present),
        tail,
    }
    "did" Did {
        term as "reign",
        workspace as "ws",
        before,
        record,
        by = by(asked),
    }
    "done" Done { term as "reign", to, done, refused = by(numbers) }
    "values" Values { term as "reign", values = by(changed) }
    "status" Status { term as "reign", word }
});

/// Values by key, as a list in which each key stands before its value.
mod present {
    use super::{JsonError, Reader, StorageKey, Writer};

    pub(super) fn write(values: &[(StorageKey, String)], out: &mut Writer) {
        out.list("values", &|out| {
            for (key, text) in values {
                out.string(&key.to_string());
                out.string(text);
            }
        });
    }

    pub(super) fn read(from: &mut Reader) -> Result<Vec<(StorageKey, String)>, JsonError> {
        let mut texts = from.field::<Vec<String>>("values")?.into_iter();
        let mut values = Vec::new();
        while let Some(key) = texts.next() {
            let value = StorageKey::parse(&key).zip(texts.next());
            values.push(value.ok_or(JsonError("values"))?);
        }
        Ok(values)
    }
}

/// Values as in [`present`], and the keys of those that are gone.
mod changed {
    use super::{JsonError, Reader, StorageKey, Writer, present};

    pub(super) fn write(values: &[(StorageKey, Option<String>)], out: &mut Writer) {
        let (mut there, mut gone) = (Vec::new(), Vec::new());
        for (key, text) in values {
            match text {
                Some(text) => there.push((key.clone(), text.clone())),
                None => gone.push(key.clone()),
            }
        }
        present::write(&there, out);
        out.field("gone", &gone);
    }

    pub(super) fn read(from: &mut Reader) -> Result<Vec<(StorageKey, Option<String>)>, JsonError> {
        let there = present::read(from)?.into_iter();
        let gone: Vec<StorageKey> = from.field("gone")?;
        let there = there.map(|(key, text)| (key, Some(text)));
        Ok(there
            .chain(gone.into_iter().map(|key| (key, None)))
            .collect())
    }
}

/// The tab that has asked, and the number of its request, in two fields.
mod asked {
    use super::{JsonError, Reader, TabId, Writer};

    pub(super) fn write(by: &Option<(TabId, u64)>, out: &mut Writer) {
        if let Some((tab, number)) = by {
            out.field("by", tab);
            out.field("number", number);
        }
    }

    pub(super) fn read(from: &mut Reader) -> Result<Option<(TabId, u64)>, JsonError> {
        let tab: Option<TabId> = from.field("by")?;
        tab.map(|tab| Ok((tab, from.field("number")?))).transpose()
    }
}

/// Numbers, as texts.
mod numbers {
    use super::{JsonError, Reader, Writer};

    pub(super) fn write(numbers: &[u64], out: &mut Writer) {
        let texts: Vec<String> = numbers.iter().map(u64::to_string).collect();
        out.field("refused", &texts);
    }

    pub(super) fn read(from: &mut Reader) -> Result<Vec<u64>, JsonError> {
        let texts: Vec<String> = from.field("refused")?;
        let numbers = texts.iter().map(|text| text.parse());
        let numbers: Result<_, _> = numbers.collect();
        numbers.map_err(|_| JsonError("refused"))
    }
}
