//! How a part of a plan is cut into views. Text on a projector is at least 4 % of its height, so a view holds about 400
//! letters; what is longer has several views.

use lesson::id::Id;
use lesson::own;
use lesson::pack::{Kind, Loads, Pack, Question, Scene, Show, Step};
use registry::{Stage, VersionNumber};

use crate::plan::{Item, What};

/// How many letters of running text fit a view.
pub const LETTERS_OF_A_VIEW: usize = 420;
/// How many letters a question may have that shares a view with its options.
const ASKED: usize = 260;
/// How many letters a line of text has, of which a part is filled with each new line.
const LINE: usize = 44;

/// A view of a part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stop {
    /// A piece of a step's text.
    Words(usize),
    /// What a step asks.
    Choice,
    /// The same with the right option.
    ChoiceShown,
    /// The moves between the stages that the team's rules allow, where the step shows them in a diagram.
    Moves,
    /// A board with its payments.
    Board,
    /// A piece of what is said when the step is done.
    After(usize),
    /// A question alone; its options have the next view.
    Ask,
    /// A question with its options, or the options alone behind [`Stop::Ask`].
    Options,
    /// The same with the right ones.
    OptionsShown,
    /// The answer, and why.
    Answer,
    /// An exercise, and what is to be done.
    Exercise,
    /// Its address as a QR code.
    Code,
}

/// Returns the views of a part; none where it is not there.
#[must_use]
pub fn stops(item: &Item) -> Vec<Stop> {
    match &item.what {
        What::Scene(_) | What::Registry(_) => vec![Stop::Board],
        What::Step(id) => step(id).map_or_else(Vec::new, of_step),
        What::Question(id) => question(id).map_or_else(Vec::new, of_question),
        What::Exercise(id) => match own::listed(id.as_str()) {
            Some(_) => vec![Stop::Exercise, Stop::Code],
            None => Vec::new(),
        },
        What::Made(_) => vec![Stop::Code],
    }
}

fn of_step(step: &Step) -> Vec<Stop> {
    let mut stops: Vec<Stop> = (0..pieces(&step.text).len()).map(Stop::Words).collect();
    if shows_moves(step) {
        stops.push(Stop::Moves);
    }
    if step.choose.is_some() {
        stops.extend([Stop::Choice, Stop::ChoiceShown]);
    }
    if step.play.is_some() {
        stops.push(Stop::Board);
    }
    stops.extend((0..pieces(&after(step)).len()).map(Stop::After));
    stops
}

/// Returns whether a step shows the moves between the stages in a diagram.
#[must_use]
pub fn shows_moves(step: &Step) -> bool {
    let play = step.play.as_ref();
    play.is_some_and(|play| play.show.contains(&Show::Diagram))
}

fn of_question(question: &Question) -> Vec<Stop> {
    let options = question.kind.options();
    if options.is_empty() {
        return vec![Stop::Ask, Stop::Answer];
    }
    let mut stops = Vec::new();
    if !shares_a_view(question) {
        stops.push(Stop::Ask);
    }
    stops.extend([Stop::Options, Stop::OptionsShown, Stop::Answer]);
    stops
}

/// Returns whether a question stands in one view with its options.
#[must_use]
pub fn shares_a_view(question: &Question) -> bool {
    let lines = |text: &str| {
        text.lines()
            .map(|line| line.len().div_ceil(LINE))
            .sum::<usize>()
    };
    let code = question.code.as_deref().map_or(0, lines);
    let options = question.kind.options().iter();
    let options: usize = options.map(|option| lines(option.text.as_str())).sum();
    question.ask.len() <= ASKED && lines(&question.ask) + code + options <= 10
}

/// Returns what is said when a step is done, with what to take along.
#[must_use]
pub fn after(step: &Step) -> String {
    let takeaways = step.takeaways.iter().map(|item| format!("- {item}"));
    let takeaways = takeaways.collect::<Vec<_>>().join("\n");
    let parts = [step.after.as_str(), takeaways.as_str()];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("\n\n")
}

/// Returns a text cut into pieces that fit a view each: between paragraphs and items, never inside code.
#[must_use]
pub fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let (mut piece, mut is_code) = (String::new(), false);
    let mut length = 0;
    for line in text.lines() {
        let starts = !is_code && (line.is_empty() || line.starts_with("- "));
        // A line that is not full takes as much room as one that is.
        let long = line.chars().count().div_ceil(LINE) * LINE;
        if starts && !piece.trim().is_empty() && length + paragraph(text, line) > LETTERS_OF_A_VIEW
        {
            pieces.push(std::mem::take(&mut piece).trim().to_owned());
            length = 0;
        }
        if line.starts_with("```") {
            is_code = !is_code;
        }
        piece.push_str(line);
        piece.push('\n');
        length += long;
    }
    if !piece.trim().is_empty() {
        pieces.push(piece.trim().to_owned());
    }
    pieces
}

/// Returns how much room the paragraph takes that begins at a line, or behind an empty one.
fn paragraph(text: &str, line: &str) -> usize {
    let at = line.as_ptr() as usize - text.as_ptr() as usize;
    let rest = text.get(at..).unwrap_or_default();
    let rest = rest.trim_start_matches('\n');
    let end = rest.find("\n\n").unwrap_or(rest.len());
    let first = rest.get(..end).unwrap_or_default();
    let first = match first.strip_prefix("- ") {
        Some(_) => first.lines().next().unwrap_or_default(),
        None => first,
    };
    first.chars().count()
}

/// Returns a step of the lesson.
#[must_use]
pub fn step(id: &Id) -> Option<&'static Step> {
    own::lesson()?.step(id)
}

/// Returns a question.
#[must_use]
pub fn question(id: &Id) -> Option<&'static Question> {
    own::practice()?.question(id)
}

/// A small registry that is shown with an app.
#[derive(Debug)]
pub struct Staged {
    pub scene: &'static Scene,
    /// What the app asks for.
    pub asks: Loads,
    /// The version that the app had loaded before; without one, it loads at the start.
    pub had: Option<VersionNumber>,
    /// Whether the app loads again only when its button is pressed.
    pub reloads_by_hand: bool,
}

/// Returns a small registry, by its own id or as that of a step, with its app.
#[must_use]
pub fn scene(what: &What) -> Option<Staged> {
    let production = || Loads::Stage(Stage::Production);
    match what {
        What::Scene(id) => {
            let start = own::start().filter(|scene| scene.id == *id);
            Some(Staged {
                scene: start.or_else(|| own::lesson().and_then(|pack: &Pack| pack.scene(id)))?,
                asks: production(),
                had: None,
                reloads_by_hand: false,
            })
        }
        What::Step(id) => {
            let play = step(id)?.play.as_ref()?;
            Some(Staged {
                scene: own::lesson()?.scene(&play.scene)?,
                asks: play.loads.clone().unwrap_or_else(production),
                had: play.had,
                reloads_by_hand: play.reload_by_hand,
            })
        }
        _ => None,
    }
}

/// Returns how many options hands can be counted for; nothing where there are none.
#[must_use]
pub fn options(what: &What) -> Option<usize> {
    let count = match what {
        What::Step(id) => step(id)?.choose.as_ref()?.options.len(),
        What::Question(id) => match &question(id)?.kind {
            Kind::One(options) | Kind::Many(options) | Kind::Fault(options) => options.len(),
            _ => 0,
        },
        _ => 0,
    };
    (count > 0).then_some(count)
}
