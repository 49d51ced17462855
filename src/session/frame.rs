//! What is otherwise where the page is a part of somebody else's page: one page of the app is one frame, or none.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use lesson::pack::Id;
use lesson::progress::Outcome;
use registry::Refusal;

/// Something that happened in a frame, for whoever is told of it.
#[derive(Debug)]
pub enum Happened {
    /// A question was answered, or its solution was looked at.
    Answered {
        question: Id,
        outcome: Outcome,
        /// What was given as an answer, in words.
        given: Vec<String>,
    },
    /// A step of the lesson is done.
    StepDone(Id),
    /// An exercise is solved.
    Solved {
        exercise: String,
        steps: u32,
        fewest: u32,
    },
    /// The registry has refused something.
    Refused(Refusal),
    /// Something else can be asked now.
    Offered,
}

type Told = Rc<dyn Fn(&Rc<Happened>)>;

thread_local! {
    static IS_FRAMED: Cell<bool> = const { Cell::new(false) };
    static KEEPS_ORDER: Cell<bool> = const { Cell::new(false) };
    static HIDES_SOLUTION: Cell<bool> = const { Cell::new(false) };
    static QUESTIONS: RefCell<Vec<Id>> = const { RefCell::new(Vec::new()) };
    static TOLD: RefCell<Vec<Told>> = const { RefCell::new(Vec::new()) };
}

/// The page is a frame from now on.
pub fn enter() {
    IS_FRAMED.set(true);
}

/// Returns whether the page is a frame.
#[must_use]
pub fn is_framed() -> bool {
    IS_FRAMED.get()
}

/// Sets whether options stand in the order of the pack at every try.
pub fn keep_order(keeps: bool) {
    KEEPS_ORDER.set(keeps);
}

/// Returns whether options stand in the order of the pack at every try.
#[must_use]
pub fn keeps_order() -> bool {
    KEEPS_ORDER.get()
}

/// Sets whether a question keeps its solution to itself.
pub fn hide_solution(hides: bool) {
    HIDES_SOLUTION.set(hides);
}

/// Returns whether a question keeps its solution to itself.
#[must_use]
pub fn hides_solution() -> bool {
    HIDES_SOLUTION.get()
}

/// From now on, somebody is told of what happens.
pub fn listen(told: impl Fn(&Rc<Happened>) + 'static) {
    TOLD.with_borrow_mut(|all| all.push(Rc::new(told)));
}

/// Tells whoever listens.
pub fn tell(happened: Happened) {
    let (happened, told) = (Rc::new(happened), TOLD.with_borrow(Clone::clone));
    for told in told {
        told(&happened);
    }
}

/// Sets the questions that stand in a row.
pub fn set_questions(ids: Vec<Id>) {
    QUESTIONS.set(ids);
}

/// Returns whether questions stand in a row.
#[must_use]
pub fn has_row() -> bool {
    QUESTIONS.with_borrow(|ids| !ids.is_empty())
}

/// Returns the place of a question in the row, how many there are, and the one after it.
#[must_use]
pub fn in_row(id: &Id) -> Option<(usize, usize, Option<Id>)> {
    QUESTIONS.with_borrow(|ids| {
        let at = ids.iter().position(|one| one == id)?;
        Some((at, ids.len(), ids.get(at + 1).cloned()))
    })
}
