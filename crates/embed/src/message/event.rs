//! What a host is told of what the learner does.
//!
//! Beside its own fields each event but a key has `xapi`: verb, object and result as in the Experience API, for those who keep such
//! statements. Who the actor is, only the host knows.

use registry::json::Writer;
use registry::{Stage, Time, named_variants};

use super::answer::written;

named_variants! {
    /// Something that the learner did.
    #[derive(Clone, PartialEq, Eq, Debug)]
    pub enum Event {
        /// A question was answered.
        Answered {
            question: String,
            /// What was chosen, put in order or written: ids, or words.
            given: Vec<String>,
            right: bool,
        } = "answered",
        /// A version was moved to another stage.
        Moved {
            model: String,
            version: u32,
            from: Stage,
            /// Where it is.
            to: Stage,
        } = "moved",
        /// Something was refused.
        Refused {
            /// The sentence that the learner reads.
            says: String,
        } = "refused",
        /// The goal of an exercise is reached.
        Solved {
            /// The exercise: its id, or the recipe that it is made from.
            exercise: String,
            steps: u32,
            /// The fewest steps, where they are known.
            fewest: Option<u32>,
            receipt: Option<String>,
        } = "solved",
        /// All that is to be done in the frame is done.
        Completed {
            /// How many questions were answered right at the first try; 1 where there was one thing to do.
            right: u32,
            of: u32,
        } = "completed",
        /// A key was pressed that means nothing in the frame.
        Key {
            /// One of [`KEYS`].
            key: String,
        } = "key",
    }
    /// What events are called. The names never change.
    pub enum EventName by name;
}

impl EventName {
    /// Returns the first version of the contract that has it.
    pub const fn since(self) -> u32 {
        match self {
            Self::Answered
            | Self::Moved
            | Self::Refused
            | Self::Solved
            | Self::Completed
            | Self::Key => 1,
        }
    }
}

/// The keys that are handed on, by their names in browsers: those by which decks and pages are turned.
pub const KEYS: [&str; 6] = [
    "PageUp",
    "PageDown",
    "ArrowLeft",
    "ArrowRight",
    "ArrowUp",
    "ArrowDown",
];

impl Event {
    /// Returns the verb of the Experience API that comes nearest; nothing for a key, which says nothing about learning.
    pub const fn verb(&self) -> Option<&'static str> {
        Some(match self {
            Self::Answered { .. } => "http://adlnet.gov/expapi/verbs/answered",
            Self::Moved { .. } => "http://adlnet.gov/expapi/verbs/interacted",
            Self::Refused { .. } => "http://adlnet.gov/expapi/verbs/attempted",
            Self::Solved { .. } => "http://adlnet.gov/expapi/verbs/passed",
            Self::Completed { .. } => "http://adlnet.gov/expapi/verbs/completed",
            Self::Key { .. } => return None,
        })
    }

    fn write_own(&self, out: &mut Writer) {
        match self {
            Self::Answered {
                question,
                given,
                right,
            } => {
                out.text("question", question);
                out.field("given", given);
                out.field_or_null("right", right);
            }
            Self::Moved {
                model,
                version,
                from,
                to,
            } => {
                out.text("model", model);
                out.field("version", version);
                out.field("from", from);
                out.field("to", to);
            }
            Self::Refused { says } => out.text("says", says),
            Self::Solved {
                exercise,
                steps,
                fewest,
                receipt,
            } => {
                out.text("exercise", exercise);
                out.field("steps", steps);
                out.field("fewest", fewest);
                out.field("receipt", receipt);
            }
            Self::Completed { right, of } => {
                out.field("right", right);
                out.field("of", of);
            }
            Self::Key { key } => out.text("key", key),
        }
    }

    fn write_result(&self, out: &mut Writer) {
        let result: &dyn Fn(&mut Writer) = match self {
            Self::Answered { given, right, .. } => &move |out| {
                out.field_or_null("success", right);
                // As the Experience API separates several responses.
                out.text("response", &given.join("[,]"));
            },
            Self::Moved { .. } | Self::Key { .. } => return,
            Self::Refused { .. } => &|out| out.field_or_null("success", &false),
            Self::Solved { .. } => &|out| out.field("success", &true),
            Self::Completed { right, of } => &move |out| {
                out.field("completion", &true);
                out.fields("score", &|out| {
                    out.field("raw", right);
                    out.field("min", &0_u32);
                    out.field("max", of);
                });
            },
        };
        out.fields("result", result);
    }
}

/// Returns the message of an event. `activity` is the address of what it is about.
pub fn numbered(event: &Event, n: u64, at: Time, activity: &str) -> String {
    written(&|out| {
        out.text("type", event.name().as_str());
        out.field("n", &n);
        out.field("at", &at);
        event.write_own(out);
        if let Some(verb) = event.verb() {
            out.fields("xapi", &|out| {
                out.fields("verb", &|out| out.text("id", verb));
                out.fields("object", &|out| out.text("id", activity));
                event.write_result(out);
            });
        }
    })
}
