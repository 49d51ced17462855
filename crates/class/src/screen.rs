//! What a projector shows. It is all that the windows are told: no notes, and nothing that was not revealed.

use lesson::id::Id;
use lesson::pack::Loads;
use lesson::traffic::{App, loaded};
use registry::json::JsonError;
use registry::{Alias, Log, ModelName, Stage, Time, VersionNumber, json_fields};

/// How often the text can be made larger.
pub const LARGEST: u32 = 3;

/// What a projector shows.
#[derive(Clone, PartialEq, Debug)]
pub struct Screen {
    /// What is to be seen.
    pub view: View,
    /// Whether it shows nothing for now.
    pub blank: bool,
    /// How much larger than usual the text is, from 0 to [`LARGEST`].
    pub larger: u32,
    /// Where the teacher points to.
    pub pointer: Option<Pointer>,
    /// When the talk ends.
    pub until: Option<Time>,
}

json_fields!(Screen { view, blank, larger, pointer, until } checked by Screen::checked);

impl Screen {
    fn checked(&self) -> Result<(), JsonError> {
        (self.larger <= LARGEST)
            .then_some(())
            .ok_or(JsonError("larger"))
    }
}

/// A place on the screen, in thousandths of its width and height.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pointer {
    /// From the left.
    pub x: u32,
    /// From the top.
    pub y: u32,
}

json_fields!(Pointer { x, y });

/// What is to be seen.
#[derive(Clone, PartialEq, Debug)]
pub enum View {
    /// The name of the plan.
    Title { name: String },
    /// A piece of a step's text.
    Words { step: Id, part: usize },
    /// The moves between the stages that the team's rules allow.
    Moves {},
    /// What a step asks; with what is right, once it is shown.
    Choice {
        step: Id,
        shown: bool,
        votes: Vec<Vec<u32>>,
    },
    /// A piece of what is said when the step is done.
    After { step: Id, part: usize },
    /// A board with its payments; of a step, with what is to be done.
    Board {
        step: Option<Id>,
        board: Option<Board>,
    },
    /// A question, without its options where these have a view of their own.
    Question {
        id: Id,
        options: bool,
        shown: bool,
        votes: Vec<Vec<u32>>,
    },
    /// The answer to a question, and why.
    Answer { id: Id },
    /// An exercise, by the rest of its address.
    Exercise { at: String },
    /// An address, as a QR code that fills the screen: the part behind the `#`, with it.
    Code { address: String },
    /// The plan is over.
    End {},
}

json_fields!(enum View by "is" {
    "title" Title { name }
    "words" Words { step, part }
    "moves" Moves {}
    "choice" Choice { step, shown, votes }
    "after" After { step, part }
    "board" Board { step, board }
    "question" Question { id, options, shown, votes }
    "answer" Answer { id }
    "exercise" Exercise { at }
    "code" Code { address }
    "end" End {}
});

/// A board as it is to be seen, with its app and the payments.
#[derive(Clone, PartialEq, Debug)]
pub struct Board {
    /// The model.
    pub model: ModelName,
    /// What the app asks for, as its code has it.
    pub asks: String,
    /// The versions, newest first.
    pub cards: Vec<Card>,
    /// The app at work.
    pub app: App,
}

json_fields!(Board {
    model,
    asks,
    cards,
    app
});

/// A version on a board.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Card {
    pub version: VersionNumber,
    pub stage: Stage,
    pub aliases: Vec<Alias>,
    /// Whether the app would get it if it loaded now.
    pub serves: bool,
}

json_fields!(Card {
    version,
    stage,
    aliases = or_default,
    serves
});

impl Board {
    /// Returns the board of a model in a registry.
    #[must_use]
    pub fn of(log: &Log, name: &ModelName, loads: &Loads, app: &App) -> Self {
        let asks = match loads {
            Loads::File(file) => file.clone(),
            Loads::Stage(stage) => format!("models:/{name}/{stage}"),
            Loads::Alias(alias) => format!("models:/{name}@{alias}"),
            Loads::Version(number) => format!("models:/{name}/{number}"),
        };
        let serving = loaded(log.registry(), name, loads);
        let cards = log.registry().model(name).map_or_else(Vec::new, |model| {
            let card = |version: &registry::ModelVersion| {
                let (number, stage) = (version.number(), version.stage());
                Card {
                    version: number,
                    stage,
                    aliases: model.aliases_of(number).cloned().collect(),
                    serves: serving == Some(number),
                }
            };
            model.versions().rev().map(card).collect()
        });
        Self {
            model: name.clone(),
            asks,
            cards,
            app: app.clone(),
        }
    }
}
