//! What an answer is worth, asked of the state machine wherever something can be run.

use super::pack::{By, Choosable, Id, Kind, Pack, Question};
use super::run::Played;
use registry::{Stage, VersionNumber};

/// An answer to a question. Numbers count from 0 in the order of the pack.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// The options that were chosen.
    Chosen(Vec<usize>),
    /// The items in the order they were put in.
    Order(Vec<usize>),
    /// A command.
    Text(String),
    /// The stage of each version.
    Board(Vec<(VersionNumber, Stage)>),
}

/// What an answer is worth.
#[derive(Clone, PartialEq, Debug)]
pub struct Grade {
    pub right: bool,
    /// Why, where that is not said beside the options; lines.
    pub why: Vec<String>,
    /// The misconceptions behind what is wrong with it.
    pub misconceptions: Vec<Id>,
    /// What the answer comes to when it is run.
    pub played: Option<Played>,
    /// What is right in an answer that is not right as a whole: options that belong to it, or versions of a board, by their
    /// places in the question.
    pub partly: Vec<usize>,
    /// For a board: the versions that stand elsewhere, with the stage that they are in.
    pub elsewhere: Vec<(VersionNumber, Stage)>,
}

impl Grade {
    const fn new(right: bool) -> Self {
        Self {
            right,
            why: Vec::new(),
            misconceptions: Vec::new(),
            played: None,
            partly: Vec::new(),
            elsewhere: Vec::new(),
        }
    }

    fn misconception(&mut self, misconception: Option<&Id>) {
        if let Some(id) = misconception
            && !self.misconceptions.contains(id)
        {
            self.misconceptions.push(id.clone());
        }
    }
}

/// How one option of an answered question stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    /// It was chosen, and belongs to the answer.
    Right,
    /// It was chosen, and does not.
    Wrong,
    /// It belongs to the answer, and was not chosen.
    Missed,
    /// It does not belong to the answer, and was not chosen.
    LeftOut,
}

/// Returns how an option stands.
pub fn mark(question: &Question, chosen: &[usize], option: usize) -> Mark {
    let options = question.kind.options();
    let belongs = options.get(option).is_some_and(|option| option.right);
    match (belongs, chosen.contains(&option)) {
        (true, true) => Mark::Right,
        (false, true) => Mark::Wrong,
        (true, false) => Mark::Missed,
        (false, false) => Mark::LeftOut,
    }
}

/// Returns the option that decides over an answer: the one that was chosen; where several can be, the first that was chosen
/// wrongly, else the first that is missing. Returns `None` if nothing is wrong with several, or there are no options.
pub fn decisive(question: &Question, chosen: &[usize]) -> Option<usize> {
    if !matches!(question.kind, Kind::Many(_)) {
        return chosen.first().copied();
    }
    let all = 0..question.kind.options().len();
    let is = |wanted: Mark| all.clone().find(|at| mark(question, chosen, *at) == wanted);
    is(Mark::Wrong).or_else(|| is(Mark::Missed))
}

/// Returns the question's scene as it is at first, or `None` if there is nothing to run.
pub fn start(pack: &Pack, question: &Question) -> Option<Played> {
    let scene = pack.scene(question.proof.by.scene()?)?;
    Some(Played::new(scene, question.proof.rules))
}

/// Returns what the question's own run comes to.
pub fn outcome(pack: &Pack, question: &Question) -> Option<Played> {
    let mut played = start(pack, question)?;
    if let By::Claims { run, .. } | By::Run { run, .. } = &question.proof.by {
        played.run(run);
    }
    Some(played)
}

/// Returns what an option comes to: its own run, or where it only claims something, the question's. For a line of a script, that
/// line and all before it.
pub fn play_option(pack: &Pack, question: &Question, option: usize) -> Option<Played> {
    let mut played = outcome(pack, question)?;
    let options = question.kind.options();
    let from = match question.kind {
        Kind::Fault(_) => 0,
        _ => option,
    };
    for option in options.get(from..=option)? {
        played.run(&option.run);
    }
    Some(played)
}

/// Returns what the items come to in some order.
pub fn play_order(pack: &Pack, question: &Question, order: &[usize]) -> Option<Played> {
    let mut played = start(pack, question)?;
    let Kind::Order { items, .. } = &question.kind else {
        return None;
    };
    for item in order.iter().filter_map(|at| items.get(*at)) {
        played.run(&item.run);
    }
    Some(played)
}

/// Returns what a command comes to.
pub fn play_text(pack: &Pack, question: &Question, text: &str) -> Option<Played> {
    let mut played = start(pack, question)?;
    played.act(&super::scene::Act::Say(text.to_owned()));
    Some(played)
}

/// Returns whether the question's goal is reached.
pub fn reached(question: &Question, played: &Played) -> bool {
    match &question.proof.by {
        By::Runs { reach, .. } => reach.iter().all(|condition| condition.holds(played)),
        _ => false,
    }
}

/// Returns what chosen options are worth. Nothing has to be run for that.
#[must_use]
pub fn chosen(question: &Question, chosen: &[usize]) -> Grade {
    let options = question.kind.options();
    let mut all = options.iter().enumerate();
    let is_fitting = |(at, option): (usize, &Choosable)| option.right == chosen.contains(&at);
    let mut grade = Grade::new(!options.is_empty() && all.all(is_fitting));
    if !grade.right && matches!(question.kind, Kind::Many(_)) {
        let belongs = |at: &usize| mark(question, chosen, *at) == Mark::Right;
        grade.partly = (0..options.len()).filter(belongs).collect();
    }
    for option in chosen.iter().filter_map(|at| options.get(*at)) {
        grade.misconception(option.misconception.as_ref());
    }
    grade
}

/// Returns what an answer is worth. An answer that does not fit the question's kind is wrong.
pub fn grade(pack: &Pack, question: &Question, answer: &Answer) -> Grade {
    match (&question.kind, answer) {
        (_, Answer::Chosen(options)) => chosen(question, options),
        (Kind::Order { items, why }, Answer::Order(order)) => {
            let mut sorted = order.clone();
            sorted.sort_unstable();
            let whole = sorted.into_iter().eq(0..items.len());
            let played = play_order(pack, question, order);
            let right = whole
                && played
                    .as_ref()
                    .is_some_and(|played| reached(question, played));
            let mut grade = Grade::new(right);
            grade.played = played;
            if !right {
                grade.why.push(why.clone());
            }
            grade
        }
        (Kind::Command { wrong, .. }, Answer::Text(text)) => {
            let played = play_text(pack, question, text);
            let right = played
                .as_ref()
                .is_some_and(|played| reached(question, played));
            let mut grade = Grade::new(right);
            if let Some(played) = played.as_ref().filter(|_| !right) {
                let fits = |fails: &[super::condition::Condition]| {
                    fails.iter().all(|condition| condition.holds(played))
                };
                if let Some(known) = wrong.iter().find(|wrong| fits(&wrong.fails)) {
                    grade.why.push(known.why.clone());
                    grade.misconception(known.misconception.as_ref());
                }
            }
            grade.played = played;
            grade
        }
        (
            Kind::Predict {
                model, why, wrong, ..
            },
            Answer::Board(board),
        ) => {
            let played = outcome(pack, question);
            let stage = |version: VersionNumber| {
                let registry = played.as_ref()?.registry();
                Some(registry.model(model)?.version(version)?.stage())
            };
            let elsewhere: Vec<_> = board
                .iter()
                .filter_map(|(version, said)| {
                    let stage = stage(*version)?;
                    (stage != *said).then_some((*version, stage))
                })
                .collect();
            let mut grade = Grade::new(is_whole(question, board) && elsewhere.is_empty());
            grade.why.push(why.clone());
            if !grade.right
                && let Some(known) = wrong.iter().find(|wrong| same(&wrong.stages, board))
            {
                grade.why.insert(0, known.why.clone());
                grade.misconception(known.misconception.as_ref());
            }
            if !elsewhere.is_empty() {
                let is_right =
                    |version: &VersionNumber| elsewhere.iter().all(|(it, _)| it != version);
                let rows = board.iter().enumerate();
                let rows = rows.filter(|(_, (version, _))| is_right(version));
                grade.partly = rows.map(|(at, _)| at).collect();
            }
            grade.elsewhere = elsewhere;
            grade.played = played;
            grade
        }
        _ => Grade::new(false),
    }
}

fn is_whole(question: &Question, board: &[(VersionNumber, Stage)]) -> bool {
    let Kind::Predict { versions, .. } = &question.kind else {
        return false;
    };
    versions
        .iter()
        .all(|version| board.iter().any(|(said, _)| said == version))
}

/// Returns whether two boards say the same, in whatever order.
pub(super) fn same(left: &[(VersionNumber, Stage)], right: &[(VersionNumber, Stage)]) -> bool {
    left.len() == right.len() && left.iter().all(|pair| right.contains(pair))
}
