//! The first words, from window to window: `ready`, `connect`, `refused`.

use registry::json::JsonError;
use registry::{json_names, named_enum};

use super::answer::written;
use super::{Ask, EventName, VERSION, fields};
use crate::frame::Frame;

/// What a frame says when it can be used. Nothing about the learner is in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ready<'a> {
    pub app: &'a str,
    /// What names this frame from its start to its end.
    pub id: &'a str,
    pub frame: &'a Frame,
}

json_names!(Ask EventName);

impl Ready<'_> {
    /// Returns the message.
    pub fn message(&self) -> String {
        let kind = self.frame.view.kind();
        let commands: Vec<_> = Ask::ALL
            .into_iter()
            .filter(|ask| ask.is_for(kind))
            .collect();
        written(&|out| {
            out.field("modelStages", &VERSION);
            out.text("type", "ready");
            out.text("app", self.app);
            out.text("id", self.id);
            out.text("view", kind.as_str());
            out.text("address", &self.frame.to_string());
            out.field("commands", &commands);
            out.field("events", &EventName::ALL.to_vec());
        })
    }
}

/// The events that a host wants to be told.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Wants([bool; EventName::ALL.len()]);

impl Wants {
    /// What a host is told that does not say what it wants: all that the learner does, and no keys.
    fn usual() -> Self {
        Self(EventName::ALL.map(|name| name != EventName::Key))
    }

    /// Returns whether one is wanted.
    pub fn has(self, name: EventName) -> bool {
        self.0.get(name as usize).copied().unwrap_or_default()
    }

    /// Events of a later version are passed over: there are none of them.
    fn of(names: &[String]) -> Self {
        Self(EventName::ALL.map(|name| names.iter().any(|it| it == name.as_str())))
    }
}

/// What a message to the window of a frame is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Hello {
    /// Somebody wants to be connected.
    Connect {
        /// The frame that is meant, if the host says so.
        id: Option<String>,
        /// What it wants to be told.
        wants: Wants,
    },
    /// It is of a version that is not spoken here.
    OtherVersion,
    /// It is in our words, and is not to be understood.
    Wrong,
    /// It is for somebody else.
    NotOurs,
}

/// Reads a message to the window.
pub fn hello(text: &str) -> Hello {
    let Ok(mut from) = fields(text) else {
        return Hello::NotOurs;
    };
    if !from.has("modelStages") {
        return Hello::NotOurs;
    }
    if from.field::<u32>("modelStages") != Ok(VERSION) {
        return Hello::OtherVersion;
    }
    if from.field::<String>("type").as_deref() != Ok("connect") {
        return Hello::Wrong;
    }
    let mut connect = || -> Result<Hello, JsonError> {
        let id = from.field("id")?;
        let names: Option<Vec<String>> = from.field("want")?;
        let wants = names.map_or_else(Wants::usual, |names| Wants::of(&names));
        Ok(Hello::Connect { id, wants })
    };
    connect().unwrap_or(Hello::Wrong)
}

named_enum! {
    /// Why a host is not connected. The names never change.
    pub enum Refuse {
        /// It speaks another version.
        Version = "version",
        /// The message is not to be understood.
        Malformed = "malformed",
        /// Somebody is connected already.
        Connected = "connected",
        /// It means a frame that is there no longer.
        Gone = "gone",
        /// It did not send exactly one port.
        NoPort = "no-port",
    }
}

/// Returns what a host is told that is not connected.
pub fn refused(why: Refuse) -> String {
    written(&|out| {
        out.field("modelStages", &VERSION);
        out.text("type", "refused");
        out.text("code", why.as_str());
        out.field("speaks", &vec![VERSION]);
    })
}
