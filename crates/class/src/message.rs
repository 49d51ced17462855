//! What the presenter and the projector windows say to each other. A message that shows something is the whole screen, with
//! a number that rises: whoever joins late, was reloaded or was asleep needs nothing but the last one.

use registry::json::{self, JsonError};
use registry::json_fields;

use crate::screen::Screen;

/// No message is longer, in bytes.
const MOST: usize = 256 << 10;
/// No more windows are counted.
const WINDOWS: usize = 50;

/// What is said.
#[derive(Clone, PartialEq, Debug)]
pub enum Message {
    /// A projector window has opened and asks what to show.
    Hello { window: u64 },
    /// The presenter says what is shown. `term` is that of the presenter: the later one counts.
    Show {
        term: u64,
        number: u64,
        screen: Box<Screen>,
    },
    /// A projector window shows that.
    Here { window: u64, number: u64 },
    /// A projector window has closed.
    Bye { window: u64 },
    /// A key that was pressed in a projector window: the remote speaks to the window in front.
    Key { key: String },
}

json_fields!(enum Message by "is" {
    "hello" Hello { window }
    "show" Show { term, number, screen = by(boxed) }
    "here" Here { window, number }
    "bye" Bye { window }
    "key" Key { key }
});

mod boxed {
    use registry::json::{JsonError, Reader, Writer};

    use crate::screen::Screen;

    pub(super) fn write(screen: &Screen, out: &mut Writer) {
        out.field("screen", screen);
    }

    pub(super) fn read(from: &mut Reader) -> Result<Box<Screen>, JsonError> {
        from.field("screen").map(Box::new)
    }
}

impl Message {
    /// Returns it as text.
    #[must_use]
    pub fn print(&self) -> String {
        json::print(self)
    }

    /// Reads one. Errors if it is none.
    pub fn read(text: &str) -> Result<Self, JsonError> {
        if text.len() > MOST {
            return Err(JsonError("a short message"));
        }
        json::read(text)
    }
}

/// The presenter's end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sender {
    term: u64,
    number: u64,
    windows: Vec<(u64, u64)>,
    /// Whether a later presenter shows now.
    is_over: bool,
}

/// What a message asks of the presenter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Asked {
    /// To say again what is shown.
    Again,
    /// To do what a key does.
    Key(String),
    /// To tell that another presenter shows now.
    Over,
    /// Nothing.
    Nothing,
}

impl Sender {
    /// Returns a presenter that is later than all before `term`.
    #[must_use]
    pub const fn new(term: u64) -> Self {
        Self {
            term,
            number: 0,
            windows: Vec::new(),
            is_over: false,
        }
    }

    /// Returns whether a later presenter shows now.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        self.is_over
    }

    /// Returns how many projector windows are open, and how many of them show the last screen.
    #[must_use]
    pub fn windows(&self) -> (usize, usize) {
        let last = self.windows.iter().filter(|(_, at)| *at == self.number);
        (self.windows.len(), last.count())
    }

    /// Says what is shown from now on; nothing when a later presenter shows.
    pub fn show(&mut self, screen: Screen) -> Option<Message> {
        self.number += 1;
        (!self.is_over).then(|| Message::Show {
            term: self.term,
            number: self.number,
            screen: Box::new(screen),
        })
    }

    /// Hears a message.
    pub fn hear(&mut self, message: Message) -> Asked {
        match message {
            Message::Hello { window } => {
                self.seen(window, 0);
                Asked::Again
            }
            Message::Here { window, number } => {
                self.seen(window, number);
                Asked::Nothing
            }
            Message::Bye { window } => {
                self.windows.retain(|(known, _)| *known != window);
                Asked::Nothing
            }
            Message::Key { key } => Asked::Key(key),
            Message::Show { term, .. } if term > self.term => {
                self.is_over = true;
                Asked::Over
            }
            Message::Show { .. } => Asked::Nothing,
        }
    }

    fn seen(&mut self, window: u64, number: u64) {
        self.windows.retain(|(known, _)| *known != window);
        if self.windows.len() < WINDOWS {
            self.windows.push((window, number));
        }
    }
}

/// A projector window's end.
#[derive(Clone, PartialEq, Debug)]
pub struct Follower {
    window: u64,
    last: (u64, u64),
}

impl Follower {
    /// Returns a window that shows nothing yet.
    #[must_use]
    pub const fn new(window: u64) -> Self {
        Self {
            window,
            last: (0, 0),
        }
    }

    /// Returns what it asks when it opens.
    #[must_use]
    pub const fn hello(&self) -> Message {
        Message::Hello {
            window: self.window,
        }
    }

    /// Returns what it says when it closes.
    #[must_use]
    pub const fn bye(&self) -> Message {
        Message::Bye {
            window: self.window,
        }
    }

    /// Hears a message. Returns the screen that is shown from now on and what is answered; nothing where it changes nothing.
    pub fn hear(&mut self, message: Message) -> Option<(Screen, Message)> {
        let Message::Show {
            term,
            number,
            screen,
        } = message
        else {
            return None;
        };
        if (term, number) <= self.last {
            return None;
        }
        self.last = (term, number);
        let here = Message::Here {
            window: self.window,
            number,
        };
        Some((*screen, here))
    }
}
