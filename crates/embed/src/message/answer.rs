//! What a host is answered.

use registry::json::{self, ToJson, Writer};
use registry::{Stage, json_fields};

use super::Trouble;

/// What a command came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    Done,
    /// It is done; the console printed this.
    Printed(String),
    /// How far it is.
    State(State),
    /// The receipt of the solved exercise.
    Receipt(String),
}

/// How far a frame is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct State {
    /// Its address. Where a registry can be put into it, it has the one that is there now: loading it goes on from here.
    pub address: String,
    /// Which of its questions is shown, counted from 1; or at which moment of its history the registry is.
    pub at: usize,
    /// How many questions there are, or how many moments.
    pub of: usize,
    /// Whether all that is to be done here is done.
    pub completed: bool,
    /// The versions on the board, if there is one.
    pub versions: Vec<Placed>,
}

/// A version and its stage.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Placed {
    pub model: String,
    pub version: u32,
    pub stage: Stage,
}

json_fields!(Placed {
    model,
    version,
    stage
});
json_fields!(State { address, at, of, completed = or_null, versions });

impl ToJson for Answer {
    fn write(&self, out: &mut Writer) {
        match self {
            Self::Done => out.object(&|_| {}),
            Self::Printed(printed) => out.object(&|out| out.text("printed", printed)),
            Self::Receipt(receipt) => out.object(&|out| out.text("receipt", receipt)),
            Self::State(state) => state.write(out),
        }
    }
}

/// A message written by a function.
struct Written<'a>(&'a dyn Fn(&mut Writer));

impl ToJson for Written<'_> {
    fn write(&self, out: &mut Writer) {
        out.object(self.0);
    }
}

/// Returns an object with the fields that are written.
pub fn written(fields: &dyn Fn(&mut Writer)) -> String {
    json::print(&Written(fields))
}

/// Returns the answer to a command that was carried out.
pub fn answered(id: u64, answer: &Answer) -> String {
    written(&|out| {
        out.field("re", &id);
        out.field("ok", answer);
    })
}

/// Returns the answer to a command that was not carried out; `null` stands for its number where that could not be read.
pub fn failed(id: Option<u64>, trouble: &Trouble, message: &str) -> String {
    written(&|out| {
        out.field_or_null("re", &id);
        out.fields("error", &|out| {
            out.text("code", trouble.code().as_str());
            out.text("message", message);
        });
    })
}
