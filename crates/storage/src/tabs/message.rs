//! What tabs say to each other, as text: a line with the versions, then JSON.
//!
//! ```text
//! ms-window 1 4
//! {"is":"hello",…}
//! ```
//! The first number is the version of the messages, the second that of the saved data. The first line keeps its form, so
//! that an older app can tell a newer one from noise.

use serde_json::Value;

use super::Request;
use super::id::{TabId, Term};
use crate::migrate::VERSION;
use crate::storage_key::{StorageKey, WorkspaceId};
use registry::Record;
use registry::json::{self, FromJson, JsonError, Reader, ToJson, Writer};

/// The version of the messages. It is counted up with every change of their form or meaning.
pub const MESSAGES: u32 = 2;

/// Something that a tab says.
#[derive(Clone, PartialEq, Debug)]
pub enum Message {
    /// A tab is there, and wants to know how a workspace stands.
    Hello {
        /// Which tab.
        from: TabId,
        /// The workspace that it shows.
        workspace: WorkspaceId,
    },
    /// A tab asks for something.
    Ask {
        /// Which tab.
        from: TabId,
        /// All its requests up to this number are done, and it knows.
        known: u64,
        /// The number of the first request here.
        first: u64,
        /// The requests, in order.
        requests: Vec<Request>,
    },
    /// A tab wants to write itself.
    Wish {
        /// Which tab.
        from: TabId,
    },
    /// A tab has begun to write.
    Here {
        /// Its term.
        term: Term,
    },
    /// How a workspace stands.
    Stands {
        /// Who says so.
        term: Term,
        /// Who asked.
        to: TabId,
        /// All requests of that tab up to this number are in it, or were refused.
        seen: u64,
        /// The workspace.
        workspace: WorkspaceId,
        /// How many records there are.
        records: u64,
        /// The saved values, sealed as they are.
        values: Vec<(StorageKey, String)>,
        /// The records that are not among the values yet.
        tail: Vec<Record>,
    },
    /// A step was taken.
    Did {
        /// Who says so.
        term: Term,
        /// Whose registry.
        workspace: WorkspaceId,
        /// How many records there were before it.
        before: u64,
        /// The step.
        record: Record,
        /// Which tab has asked for it, and the number of the request.
        by: Option<(TabId, u64)>,
    },
    /// Requests are done and kept.
    Done {
        /// Who says so.
        term: Term,
        /// Who asked.
        to: TabId,
        /// All requests up to this number.
        done: u64,
        /// Those among them that were refused.
        refused: Vec<u64>,
    },
    /// Small values have changed, or are gone.
    Values {
        /// Who says so.
        term: Term,
        /// The values, sealed as they are.
        values: Vec<(StorageKey, Option<String>)>,
    },
    /// Whether all is kept.
    Status {
        /// Who says so.
        term: Term,
        /// A word for it.
        word: String,
    },
}

/// What came of reading a message.
#[derive(Clone, PartialEq, Debug)]
pub enum Received {
    /// The message.
    Message(Box<Message>),
    /// A newer app has said something, with saved data of this version.
    Newer(u32),
    /// Nothing that this app says.
    Noise,
}

impl Message {
    /// Returns whether only the tab that writes says this.
    #[must_use]
    pub const fn is_of_writer(&self) -> bool {
        !matches!(
            self,
            Self::Hello { .. } | Self::Ask { .. } | Self::Wish { .. }
        )
    }

    /// Returns the message as text.
    #[must_use]
    pub fn print(&self) -> String {
        format!("ms-window {MESSAGES} {VERSION}\n{}", json::print(self))
    }

    /// Reads a text. Whatever it is, something comes of it.
    #[must_use]
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

impl ToJson for Message {
    fn write(&self, out: &mut Writer) {
        out.object(&|out| match self {
            Self::Hello { from, workspace } => {
                out.text("is", "hello");
                out.text("from", &from.0);
                out.text("ws", workspace.as_str());
            }
            Self::Ask {
                from,
                known,
                first,
                requests,
            } => {
                out.text("is", "ask");
                out.text("from", &from.0);
                out.number("known", known);
                out.number("first", first);
                out.list("requests", &|out| {
                    requests.iter().for_each(|part| part.write(out))
                });
            }
            Self::Wish { from } => {
                out.text("is", "wish");
                out.text("from", &from.0);
            }
            Self::Here { term } => said(out, "here", term),
            Self::Stands {
                term,
                to,
                seen,
                workspace,
                records,
                values,
                tail,
            } => {
                said(out, "stands", term);
                out.text("to", &to.0);
                out.number("seen", seen);
                out.text("ws", workspace.as_str());
                out.number("records", records);
                let mut texts = Vec::with_capacity(values.len() * 2);
                for (place, text) in values {
                    texts.extend([place.to_string(), text.clone()]);
                }
                out.texts("values", &texts);
                out.list("tail", &|out| tail.iter().for_each(|part| part.write(out)));
            }
            Self::Did {
                term,
                workspace,
                before,
                record,
                by,
            } => {
                said(out, "did", term);
                out.text("ws", workspace.as_str());
                out.number("before", before);
                out.field("record", record);
                if let Some((tab, number)) = by {
                    out.text("by", &tab.0);
                    out.number("number", number);
                }
            }
            Self::Done {
                term,
                to,
                done,
                refused,
            } => {
                said(out, "done", term);
                out.text("to", &to.0);
                out.number("done", done);
                let refused: Vec<String> = refused.iter().map(u64::to_string).collect();
                out.texts("refused", &refused);
            }
            Self::Values { term, values } => {
                said(out, "values", term);
                let mut texts = Vec::with_capacity(values.len() * 2);
                let mut gone = Vec::new();
                for (place, text) in values {
                    match text {
                        Some(text) => texts.extend([place.to_string(), text.clone()]),
                        None => gone.push(place.to_string()),
                    }
                }
                out.texts("values", &texts);
                out.texts("gone", &gone);
            }
            Self::Status { term, word } => {
                said(out, "status", term);
                out.text("word", word);
            }
        });
    }
}

fn said(out: &mut Writer, is: &str, term: &Term) {
    out.text("is", is);
    out.text("reign", &term.to_string());
}

fn tab(from: &mut Reader, key: &'static str) -> Result<TabId, JsonError> {
    TabId::parse(&from.text(key)?).ok_or(JsonError(key))
}

fn workspace(from: &mut Reader) -> Result<WorkspaceId, JsonError> {
    WorkspaceId::parse(&from.text("ws")?).ok_or(JsonError("ws"))
}

fn term(from: &mut Reader) -> Result<Term, JsonError> {
    Term::parse(&from.text("reign")?).ok_or(JsonError("reign"))
}

fn texts(from: &mut Reader, key: &'static str) -> Result<Vec<String>, JsonError> {
    let mut texts = Vec::new();
    for value in from.list(key)? {
        match value {
            Value::String(text) => texts.push(text),
            _ => return Err(JsonError(key)),
        }
    }
    Ok(texts)
}

fn values(from: &mut Reader) -> Result<Vec<(StorageKey, String)>, JsonError> {
    let mut texts = texts(from, "values")?.into_iter();
    let mut values = Vec::new();
    while let Some(place) = texts.next() {
        let place = StorageKey::parse(&place).ok_or(JsonError("values"))?;
        values.push((place, texts.next().ok_or(JsonError("values"))?));
    }
    Ok(values)
}

fn all<T: FromJson>(from: &mut Reader, key: &'static str) -> Result<Vec<T>, JsonError> {
    from.list(key)?.into_iter().map(T::from_json).collect()
}

impl FromJson for Message {
    fn from_json(value: Value) -> Result<Self, JsonError> {
        let from = &mut Reader::new(value)?;
        let message = match from.text("is")?.as_str() {
            "hello" => Self::Hello {
                from: tab(from, "from")?,
                workspace: workspace(from)?,
            },
            "ask" => Self::Ask {
                from: tab(from, "from")?,
                known: from.number("known")?,
                first: from.number("first")?,
                requests: all(from, "requests")?,
            },
            "wish" => Self::Wish {
                from: tab(from, "from")?,
            },
            "here" => Self::Here { term: term(from)? },
            "stands" => Self::Stands {
                term: term(from)?,
                to: tab(from, "to")?,
                seen: from.number("seen")?,
                workspace: workspace(from)?,
                records: from.number("records")?,
                values: values(from)?,
                tail: all(from, "tail")?,
            },
            "did" => Self::Did {
                term: term(from)?,
                workspace: workspace(from)?,
                before: from.number("before")?,
                record: Record::from_json(from.take("record").unwrap_or_default())?,
                by: match from.text_or_none("by")? {
                    None => None,
                    Some(tab) => Some((
                        TabId::parse(&tab).ok_or(JsonError("by"))?,
                        from.number("number")?,
                    )),
                },
            },
            "done" => Self::Done {
                term: term(from)?,
                to: tab(from, "to")?,
                done: from.number("done")?,
                refused: {
                    let mut numbers = Vec::new();
                    for text in texts(from, "refused")? {
                        numbers.push(text.parse().map_err(|_| JsonError("refused"))?);
                    }
                    numbers
                },
            },
            "values" => Self::Values {
                term: term(from)?,
                values: {
                    let there = values(from)?.into_iter();
                    let mut values: Vec<_> =
                        there.map(|(place, text)| (place, Some(text))).collect();
                    for place in texts(from, "gone")? {
                        values.push((StorageKey::parse(&place).ok_or(JsonError("gone"))?, None));
                    }
                    values
                },
            },
            "status" => Self::Status {
                term: term(from)?,
                word: from.text("word")?,
            },
            _ => return Err(JsonError("is")),
        };
        from.finish()?;
        Ok(message)
    }
}
