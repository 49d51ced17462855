//! What carries code out, in a chunk of its own: the console's reader, and the words for what came of it. A page is shown, and an
//! option is chosen and judged, before it is here.

use std::mem;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use wasm_split_helpers::wasm_split;

use crate::runner::outcome::outcome;
use crate::runner::result::{Ran, run_result};
use crate::session::chunk::{Chunk, ChunkState, Missing, now};
use crate::session::{Keeper, use_chunks, use_keeper, use_language};
use crate::ui::lazy::{Loader, lazy_view, quiet_head, request};
use crate::ui::piece::{WHOLE_QUESTION, known};
use console::Console;
use el::{El, RwSignal, div};
use lesson::grade::{self, Answer, Grade, play_option, play_text};
use lesson::pack::{Act, Pack, Question};
use lesson::run::Played;
use text::Language;

const RUN: Loader = Loader {
    chunk: Chunk::Run,
    fetch: || Box::pin(async { fetch_run().await.is_ok() }),
    prepare: None,
};

/// What is to be run.
pub enum Run {
    /// Code, on what was played so far.
    Code(Box<Played>, String),
    /// Code, on the registry of a question.
    Try(&'static Question, String),
    /// An option of a question.
    Choice(&'static Question, usize),
    /// What a question runs by itself.
    Own(&'static Question),
    /// Nothing more: it was run to be graded.
    Graded(Rc<Grade>),
}

/// What is wanted of the chunk.
enum Want {
    /// To be here.
    Nothing,
    Run(Language, Run),
    /// What an answer is worth.
    Grade(&'static Question, Answer),
    /// Whether a text says something that can be carried out.
    IsCode(String),
}

/// What the chunk gives.
enum Given {
    Nothing,
    Ran(Box<Ran>),
    Grade(Box<Grade>),
    IsCode(bool),
}

#[wasm_split(run, fallible, preload(fetch_run))]
fn run_chunk(want: Want) -> Result<Given, Missing> {
    Ok(match want {
        Want::Nothing => Given::Nothing,
        Want::Run(language, run) => played(run).map_or(Given::Nothing, |played| {
            let words = outcome(language, &played);
            Given::Ran(Box::new(Ran { played, words }))
        }),
        Want::Grade(question, answer) => match whole(question) {
            Some((pack, question)) => Given::Grade(Box::new(grade::grade(pack, question, &answer))),
            None => Given::Nothing,
        },
        Want::IsCode(text) => Given::IsCode(Console::default().count(&text) > 0),
    })
}

fn played(run: Run) -> Option<Played> {
    match run {
        Run::Code(mut played, code) => {
            played.act(&Act::Say(code));
            Some(*played)
        }
        Run::Try(question, code) => {
            let (pack, question) = whole(question)?;
            play_text(pack, question, &code)
        }
        Run::Choice(question, at) => {
            let (pack, question) = whole(question)?;
            play_option(pack, question, at)
        }
        Run::Own(question) => {
            let (pack, question) = whole(question)?;
            grade::outcome(pack, question)
        }
        Run::Graded(grade) => grade.played.clone(),
    }
}

/// Returns a question with all that it can run, which its page does not read.
fn whole(question: &Question) -> Option<(&'static Pack, &'static Question)> {
    let piece = known(WHOLE_QUESTION, &question.id)?;
    Some((&piece.pack, piece.pack.question(&question.id)?))
}

/// Runs something; nothing where the chunk is not here, or there is nothing to run.
pub fn run(language: Language, run: Run) -> Option<Ran> {
    match now(run_chunk(Want::Run(language, run)))?.ok()? {
        Given::Ran(ran) => Some(*ran),
        _ => None,
    }
}

/// Returns what an answer is worth; nothing where the chunk is not here.
pub fn grade(question: &'static Question, answer: Answer) -> Option<Grade> {
    match now(run_chunk(Want::Grade(question, answer)))?.ok()? {
        Given::Grade(grade) => Some(*grade),
        _ => None,
    }
}

/// Returns what a question's own run comes to, once the chunk is here.
pub fn shown(question: &'static Question) -> El {
    let language = use_language();
    div().dynamic(move || {
        lazy_view(RUN, quiet_head, || {
            let given = now(run_chunk(Want::Run(language, Run::Own(question))))?;
            Some(given.map(|given| match given {
                Given::Ran(ran) => vec![run_result(&ran)],
                _ => Vec::new(),
            }))
        })
    })
}

/// What is done on a part of a page once the chunk is here.
#[derive(Clone, Copy)]
pub struct Runner {
    state: RwSignal<ChunkState>,
    keeper: Keeper,
    has_asked: StoredValue<bool>,
    waiting: RwSignal<Option<Rc<dyn Fn()>>>,
}

/// Returns one with nothing to do yet. Its sign has to stand on the page.
pub fn use_runner() -> Runner {
    Runner {
        state: use_chunks().of(Chunk::Run),
        keeper: use_keeper(),
        has_asked: StoredValue::new(false),
        waiting: RwSignal::new(None),
    }
}

impl Runner {
    /// Fetches the chunk ahead, at the first call.
    pub fn ahead(self) {
        let has_asked = self
            .has_asked
            .try_update_value(|asked| mem::replace(asked, true));
        if has_asked == Some(false) {
            self.keeper.owner().with(|| request(RUN));
        }
    }

    /// Returns whether a text says something that can be carried out. Every text may, until the chunk is here. It is followed.
    pub fn may_run(self, text: &str) -> bool {
        self.state.track();
        let given = now(run_chunk(Want::IsCode(text.to_owned())));
        !matches!(given, Some(Ok(Given::IsCode(false))))
    }

    /// Does something at once, or once the chunk is here. Of several things that wait, the last is done.
    pub fn when_here(self, act: impl Fn() + 'static) {
        if matches!(now(run_chunk(Want::Nothing)), Some(Ok(_))) {
            act();
        } else {
            self.waiting.set(Some(Rc::new(act)));
        }
    }

    /// The place that says how far the chunk has come, as long as something waits for it.
    pub fn sign(self) -> El {
        div().class("run-awaited").dynamic(move || {
            if self.waiting.with(Option::is_none) {
                return Vec::new();
            }
            lazy_view(RUN, quiet_head, || {
                let given = now(run_chunk(Want::Nothing))?;
                Some(given.map(|_| {
                    set_timeout(move || self.go_on(), Duration::ZERO);
                    Vec::new()
                }))
            })
        })
    }

    /// Does what has waited, if its part of the page is still there.
    fn go_on(self) {
        let waited = self.waiting.update_if(|waiting| (true, waiting.take()));
        if let Some(Some(act)) = waited {
            act();
        }
    }
}
