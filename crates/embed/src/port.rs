//! Who is listened to, and how much: the state of the talk with the page around the frame.
//!
//! It decides before anything is read: what does not come from the page around the frame, or not from the page that the
//! address names, is not looked at; neither is what comes too fast. Whoever connects first is the one.

use registry::Time;

use super::message::{self, Answer, Command, Event, Hello, Refuse, Trouble, Unread, Wants};
use super::options::Origin;

/// The talk with the page around the frame.
pub struct Port {
    origin: Option<Origin>,
    id: String,
    words: fn(&Trouble) -> String,
    wants: Option<Wants>,
    told: u64,
    window: Budget,
    commands: Budget,
}

/// A message that came to the window.
pub struct Letter<'a> {
    /// Whether its source is the window around the frame.
    pub is_from_parent: bool,
    /// The origin of its sender, as the browser says it.
    pub origin: &'a str,
    pub ports: usize,
    /// Returns its JSON; nothing if it has none. It is only asked for what is to be read.
    pub text: &'a dyn Fn() -> Option<String>,
}

/// What is to be done about a message to the window.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Heard {
    /// Its port is the one to talk over.
    Connected,
    /// Its sender is told this.
    Refused(String),
    /// Nothing.
    Ignored,
}

/// What is to be done about a message to the port.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Asked {
    /// The command is carried out, and answered.
    Do(Command),
    /// This is answered.
    Tell(String),
    /// Nothing.
    Ignored,
}

impl Port {
    /// Nobody is connected yet. `origin` is the only page that may; `id` names this frame from its start to its end; `words`
    /// returns the sentence for a developer about what went wrong.
    pub const fn new(origin: Option<Origin>, id: String, words: fn(&Trouble) -> String) -> Self {
        Self {
            origin,
            id,
            words,
            wants: None,
            told: 0,
            window: Budget::new(),
            commands: Budget::new(),
        }
    }

    /// Takes a message that came to the window.
    pub fn hear(&mut self, letter: &Letter<'_>, now: Time) -> Heard {
        let is_expected = |origin: &Origin| origin.as_str() == letter.origin;
        if !letter.is_from_parent || !self.origin.as_ref().is_none_or(is_expected) {
            return Heard::Ignored;
        }
        if self.window.spend(now) != Flow::Within {
            return Heard::Ignored;
        }
        let Some(text) = (letter.text)() else {
            return Heard::Ignored;
        };
        let refused = |why| Heard::Refused(message::refused(why));
        match message::hello(&text) {
            Hello::NotOurs => Heard::Ignored,
            Hello::OtherVersion => refused(Refuse::Version),
            Hello::Wrong => refused(Refuse::Malformed),
            Hello::Connect { .. } if self.wants.is_some() => refused(Refuse::Connected),
            Hello::Connect { id: Some(id), .. } if id != self.id => refused(Refuse::Gone),
            Hello::Connect { .. } if letter.ports != 1 => refused(Refuse::NoPort),
            Hello::Connect { wants, .. } => {
                self.wants = Some(wants);
                Heard::Connected
            }
        }
    }

    /// Takes a message that came to the port. `text` returns its JSON, and is only asked for what is to be read.
    pub fn take(&mut self, text: &dyn Fn() -> Option<String>, now: Time) -> Asked {
        if self.wants.is_none() {
            return Asked::Ignored;
        }
        let trouble = match self.commands.spend(now) {
            Flow::Within => {
                let text = text().unwrap_or_default();
                match Command::read(&text) {
                    Ok(command) => return Asked::Do(command),
                    Err(unread) => unread,
                }
            }
            Flow::First => Unread {
                id: None,
                trouble: Trouble::TooMany,
            },
            Flow::Over => return Asked::Ignored,
        };
        Asked::Tell(self.failed(trouble.id, &trouble.trouble))
    }

    /// Returns the answer to a command.
    pub fn answer(&self, id: u64, result: &Result<Answer, Trouble>) -> String {
        match result {
            Ok(answer) => message::answered(id, answer),
            Err(trouble) => self.failed(Some(id), trouble),
        }
    }

    fn failed(&self, id: Option<u64>, trouble: &Trouble) -> String {
        message::failed(id, trouble, &(self.words)(trouble))
    }

    /// Returns the message about something that the learner did; nothing if nobody is connected, or nobody wants to know.
    /// `activity` is the address of what it is about.
    #[must_use]
    pub fn tell(&mut self, event: &Event, at: Time, activity: &str) -> Option<String> {
        self.wants.filter(|wants| wants.has(event.name()))?;
        self.told += 1;
        Some(message::numbered(event, self.told, at, activity))
    }
}

/// So many messages are read within a second.
pub const PER_SECOND: u32 = 100;

/// How many messages may still be read in this second.
#[derive(Clone, Copy, Debug)]
struct Budget {
    since: u64,
    spent: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Flow {
    /// It may be read.
    Within,
    /// It is the first in this second that may not.
    First,
    /// Neither may it, as those before.
    Over,
}

impl Budget {
    const fn new() -> Self {
        Self { since: 0, spent: 0 }
    }

    fn spend(&mut self, Time(now): Time) -> Flow {
        // A clock may be set back.
        if now.abs_diff(self.since) >= 1_000 {
            *self = Self {
                since: now,
                spent: 0,
            };
        }
        self.spent = self.spent.saturating_add(1);
        match self.spent {
            0..=PER_SECOND => Flow::Within,
            spent if spent == PER_SECOND + 1 => Flow::First,
            _ => Flow::Over,
        }
    }
}
