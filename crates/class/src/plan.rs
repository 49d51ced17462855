//! A plan: what is taught, in which order, with notes for the teacher.

use lesson::id::Id;
use registry::json::{self, JsonError};
use registry::{json_fields, json_names, named_enum};

use crate::votes::Votes;

/// The most parts that a plan has.
pub const MAX_ITEMS: usize = 60;
/// The most minutes that a part takes.
pub const MAX_MINUTES: u32 = 180;
/// The most characters of a name, and of the notes to a part.
pub const MAX_NAME: usize = 80;
/// The most characters of the notes to a part.
pub const MAX_NOTES: usize = 1_000;
/// The version of the format that is written.
const VERSION: u32 = 1;

/// What is taught, in which order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plan {
    format: Format,
    version: u32,
    /// What it is called.
    pub name: String,
    /// Its parts, in order.
    pub items: Vec<Item>,
}

named_enum! {
    /// What a plan's file says that it is.
    enum Format {
        /// A plan.
        Plan = "model-stages-class",
    }
}

json_names!(Format Kind);

named_enum! {
    /// The kinds of parts.
    pub enum Kind {
        /// A small registry with its payments.
        Scene = "scene",
        /// A step of the lesson.
        Step = "step",
        /// A question.
        Question = "question",
        /// An exercise of the app.
        Exercise = "exercise",
        /// An exercise made from a seed: its address behind the `?`.
        Made = "made",
        /// A registry from a link: the text of the link.
        Registry = "registry",
    }
}

/// A part of a plan.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// What is shown.
    pub what: What,
    /// How long it is meant to take.
    pub minutes: u32,
    /// Notes for the teacher alone.
    pub notes: String,
    /// The hands that were counted.
    pub votes: Option<Votes>,
}

/// What a part shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
    /// A small registry with its payments.
    Scene(Id),
    /// A step of the lesson.
    Step(Id),
    /// A question.
    Question(Id),
    /// An exercise of the app.
    Exercise(Id),
    /// An exercise made from a seed: its address behind the `?`.
    Made(String),
    /// A registry from a link: the text of the link.
    Registry(String),
}

impl What {
    /// Returns what a kind and a text name; nothing where the text is none of that kind.
    #[must_use]
    pub fn of(kind: Kind, name: &str) -> Option<Self> {
        let plain = |most: usize| {
            let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~=&".contains(&byte);
            ((1..=most).contains(&name.len()) && name.bytes().all(is_plain))
                .then(|| name.to_owned())
        };
        match kind {
            Kind::Scene => Id::parse(name).map(Self::Scene),
            Kind::Step => Id::parse(name).map(Self::Step),
            Kind::Question => Id::parse(name).map(Self::Question),
            Kind::Exercise => Id::parse(name).map(Self::Exercise),
            Kind::Made => plain(200).map(Self::Made),
            Kind::Registry => plain(8_000).map(Self::Registry),
        }
    }

    /// Returns its kind and the text that names it.
    #[must_use]
    pub fn parts(&self) -> (Kind, &str) {
        match self {
            Self::Scene(id) => (Kind::Scene, id.as_str()),
            Self::Step(id) => (Kind::Step, id.as_str()),
            Self::Question(id) => (Kind::Question, id.as_str()),
            Self::Exercise(id) => (Kind::Exercise, id.as_str()),
            Self::Made(query) => (Kind::Made, query),
            Self::Registry(text) => (Kind::Registry, text),
        }
    }
}

impl Item {
    /// Returns a part without notes.
    #[must_use]
    pub const fn new(what: What, minutes: u32) -> Self {
        Self {
            what,
            minutes,
            notes: String::new(),
            votes: None,
        }
    }
}

impl json::ToJson for Item {
    fn write(&self, out: &mut json::Writer) {
        let (kind, name) = self.what.parts();
        out.object(&|out| {
            out.text(kind.as_str(), name);
            out.field("minutes", &self.minutes);
            out.text_if("notes", &self.notes);
            out.field("votes", &self.votes);
        });
    }
}

impl json::FromJson for Item {
    fn from_json(value: serde_json::Value) -> Result<Self, JsonError> {
        let mut from = json::Reader::new(value)?;
        let mut what = None;
        for kind in Kind::ALL {
            if from.has(kind.as_str()) {
                let name: String = from.field(kind.as_str())?;
                what = What::of(kind, &name);
                break;
            }
        }
        let item = Self {
            what: what.ok_or(JsonError("what a part shows"))?,
            minutes: from.field("minutes")?,
            notes: from.field_or_default("notes")?,
            votes: from.field("votes")?,
        };
        from.finish()?;
        Ok(item)
    }
}

json_fields!(Plan { format, version, name, items } checked by Plan::checked);

impl Plan {
    /// Returns a plan without parts.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            format: Format::Plan,
            version: VERSION,
            name: shortened(name, MAX_NAME),
            items: Vec::new(),
        }
    }

    fn checked(&self) -> Result<(), JsonError> {
        let is_long = |text: &str, most: usize| text.chars().count() > most;
        if self.version != VERSION {
            return Err(JsonError("version"));
        }
        if is_long(&self.name, MAX_NAME) {
            return Err(JsonError("name"));
        }
        if self.items.len() > MAX_ITEMS {
            return Err(JsonError("items"));
        }
        for item in &self.items {
            if item.minutes > MAX_MINUTES {
                return Err(JsonError("minutes"));
            }
            if is_long(&item.notes, MAX_NOTES) {
                return Err(JsonError("notes"));
            }
        }
        Ok(())
    }

    /// Returns the minutes of all parts.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        self.items.iter().map(|item| item.minutes).sum()
    }

    /// Returns the plan as it is given away: without the hands that were counted here.
    #[must_use]
    pub fn without_votes(&self) -> Self {
        let mut plan = self.clone();
        for item in &mut plan.items {
            item.votes = None;
        }
        plan
    }

    /// Forgets the hands that were counted for a part.
    pub fn forget_votes(&mut self, at: usize) {
        if let Some(item) = self.items.get_mut(at) {
            item.votes = None;
        }
    }

    /// Gives it another name.
    pub fn rename(&mut self, name: &str) {
        self.name = shortened(name, MAX_NAME);
    }

    /// Writes other notes to a part.
    pub fn set_notes(&mut self, at: usize, notes: &str) {
        if let Some(item) = self.items.get_mut(at) {
            item.notes = shortened(notes, MAX_NOTES);
        }
    }

    /// Plans so many minutes for a part.
    pub fn set_minutes(&mut self, at: usize, minutes: u32) {
        if let Some(item) = self.items.get_mut(at) {
            item.minutes = minutes.min(MAX_MINUTES);
        }
    }

    /// Adds a part at the end, as long as there is room. Tells whether it did.
    pub fn add(&mut self, item: Item) -> bool {
        let has_room = self.items.len() < MAX_ITEMS;
        if has_room {
            self.items.push(item);
        }
        has_room
    }

    /// Takes a part out.
    pub fn remove(&mut self, at: usize) {
        if at < self.items.len() {
            self.items.remove(at);
        }
    }

    /// Puts a part one place earlier or later. Tells whether it did.
    pub fn shift(&mut self, at: usize, later: bool) -> bool {
        let to = if later {
            at.checked_add(1)
        } else {
            at.checked_sub(1)
        };
        let to = to.filter(|to| *to < self.items.len() && at < self.items.len());
        if let Some(to) = to {
            self.items.swap(at, to);
        }
        to.is_some()
    }
}

fn shortened(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}
