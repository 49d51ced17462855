//! The parts of the app that are fetched when they are first needed, so that the first page is small.
//!
//! Each function marked with `wasm_split` is a split point: `cargo xtask` cuts the WebAssembly there (see
//! `xtask/src/split.rs`), and what only such a function uses goes into a file of its own. A part that was fetched stays.

use std::future::Future;
use std::iter;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use web_sys::HtmlDialogElement;

use crate::browser;
use crate::el::{El, Live, action, div, el, h2, p};
use crate::exercises::head::exercise_head;
use crate::registry::dialogs;
use crate::session::tabs::{Windows, link};
use crate::session::{Ask, Session};
use crate::ui::markdown::line_alone;
use crate::ui::page::title;
use crate::ui::refusal::global_refusal;
use lesson::own;
use lesson::pack::Id;
use registry::ModelName;
use share::route::Route;
use share::{site, task};
use storage::MemoryStore;

/// How long a part may take to arrive before something is said or done without it, in milliseconds.
pub const PATIENCE: i32 = 10_000;

/// A part did not arrive.
#[derive(Debug)]
pub struct Missing;

impl From<SplitLoaderError> for Missing {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// A part that is fetched later.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// The pages of the registry.
    Registry,
    /// The dialogs.
    Dialogs,
    /// The small registries of the lesson.
    Play,
    /// The questions, and what was learned.
    Practice,
    /// The console.
    Console,
    /// The exercises.
    Exercises,
    /// Questions about one's own history.
    Asked,
    /// What goes out and comes in: several registries, links, files, all that is kept; and addresses that lead nowhere.
    Data,
}

/// How far a part has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Arrival {
    /// It was not asked for, or is on its way.
    #[default]
    Awaited,
    /// It is on its way for so long that this has to be said.
    Late,
    /// It is here.
    Here,
    /// It did not arrive.
    Failed(site::Missing),
}

/// How far each part has come.
#[derive(Clone, Copy)]
pub struct Parts {
    registry: Live<Arrival>,
    dialogs: Live<Arrival>,
    play: Live<Arrival>,
    practice: Live<Arrival>,
    console: Live<Arrival>,
    exercises: Live<Arrival>,
    asked: Live<Arrival>,
    data: Live<Arrival>,
}

impl Parts {
    /// Nothing has been asked for yet, but for a part that is late.
    #[must_use]
    pub fn awaited(late: Option<Part>) -> Self {
        let parts = Self {
            registry: Live::new(Arrival::Awaited),
            dialogs: Live::new(Arrival::Awaited),
            play: Live::new(Arrival::Awaited),
            practice: Live::new(Arrival::Awaited),
            console: Live::new(Arrival::Awaited),
            exercises: Live::new(Arrival::Awaited),
            asked: Live::new(Arrival::Awaited),
            data: Live::new(Arrival::Awaited),
        };
        if let Some(part) = late {
            parts.of(part).set(Arrival::Late);
        }
        parts
    }

    const fn of(self, part: Part) -> Live<Arrival> {
        match part {
            Part::Registry => self.registry,
            Part::Dialogs => self.dialogs,
            Part::Play => self.play,
            Part::Practice => self.practice,
            Part::Console => self.console,
            Part::Exercises => self.exercises,
            Part::Asked => self.asked,
            Part::Data => self.data,
        }
    }
}

/// Returns what the page at `route` is made of; nothing where that is here from the beginning.
#[must_use]
pub fn needed(route: &Route) -> Option<Part> {
    match route {
        Route::Registry | Route::Model(_) => Some(Part::Registry),
        Route::Practice | Route::Question(_) | Route::Progress => Some(Part::Practice),
        Route::Shared(text) if task::is_meant(text) => Some(Part::Exercises),
        Route::Shared(_) | Route::NotFound(_) => Some(Part::Data),
        Route::Home | Route::Step(_) => None,
        Route::Exercises | Route::Exercise(_) | Route::New(_) | Route::Check(_) => {
            Some(Part::Exercises)
        }
    }
}

/// Fetches what the page at `route` is made of, before anything is shown.
pub async fn prepare(route: Route) {
    // If it fails, the page says so and offers to try again.
    if matches!(route, Route::Exercise(_)) {
        // Its story is read while the rest is still on its way.
        let _ = fetch_story().await;
    } else if let Some(part) = needed(&route) {
        let _ = fetch(part).await;
    }
}

async fn fetch(part: Part) -> Arrival {
    let fetched = match part {
        Part::Registry => fetch_registry().await,
        Part::Dialogs => fetch_dialogs().await,
        Part::Play => fetch_play().await,
        Part::Practice => fetch_practice().await,
        Part::Console => fetch_console().await,
        Part::Exercises => fetch_exercises().await,
        Part::Asked => fetch_asked().await,
        Part::Data => fetch_data().await,
    };
    if fetched.is_ok() {
        return Arrival::Here;
    }
    let page = browser::page_now().await;
    Arrival::Failed(site::why_missing(&browser::build(), page.as_deref()))
}

/// What is wanted of the registry's part.
enum Want {
    /// Its desk, opened.
    Desk,
    /// The page of all models, or of one.
    Page(Option<ModelName>),
}

// One function for each part: each function waits for its part by itself, also where another one has it already.
#[wasm_split(registry, fallible, preload(fetch_registry))]
fn registry_part(session: Session, want: Want) -> Result<Vec<El>, Missing> {
    let page = match want {
        Want::Desk => {
            session.open_desk();
            return Ok(Vec::new());
        }
        Want::Page(None) => crate::registry::overview::overview(session),
        Want::Page(Some(name)) => crate::registry::model::model(session, &name),
    };
    let refusal = div().dynamic(move || global_refusal(session));
    Ok(iter::once(refusal).chain(page).collect())
}

#[wasm_split(dialogs, fallible, preload(fetch_dialogs))]
fn dialog_part(session: Session, ask: Ask) -> Result<Vec<El>, Missing> {
    Ok(vec![dialogs::dialog(session, ask)])
}

#[wasm_split(play, fallible, preload(fetch_play))]
fn play_part(session: Session, step: Id, done: Live<bool>) -> Result<Vec<El>, Missing> {
    let made = own::lesson().and_then(|pack| {
        let play = pack.step(&step)?.play.as_ref()?;
        let scene = pack.scene(&play.scene)?;
        Some(crate::lesson::playground::play(
            session, pack, play, scene, done,
        ))
    });
    Ok(made.into_iter().collect())
}

/// A page of the practice part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Practice {
    /// All questions.
    Overview,
    /// One question.
    Question(Id),
    /// What was learned.
    Progress,
}

#[wasm_split(practice, fallible, preload(fetch_practice))]
fn practice_part(session: Session, want: Practice) -> Result<Vec<El>, Missing> {
    Ok(match want {
        Practice::Overview => crate::practice::overview(session),
        Practice::Question(id) => crate::practice::question::question(session, &id),
        Practice::Progress => crate::practice::progress::progress(session),
    })
}

#[wasm_split(console, fallible, preload(fetch_console))]
fn console_part(
    session: Session,
    id: &'static str,
    model: Option<ModelName>,
    start: Option<&'static str>,
) -> Result<Vec<El>, Missing> {
    Ok(vec![crate::console::console(session, id, model, start)])
}

/// A page of the exercises part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Exercises {
    /// All exercises.
    List,
    /// One of the pack.
    Exercise(Id),
    /// One made from what stands behind the `?` of its address.
    New(String),
    /// Receipts are run again; perhaps this one.
    Check(String),
    /// One that somebody has put into a link.
    Shared(String),
    /// None yet, but the exercises are read. Nothing is shown.
    Read,
}

/// The head of the page of one of the app's exercises, and under it what is said of the rest.
#[wasm_split(story, fallible, preload(fetch_story))]
fn story_part(session: Session, id: Id, words: String) -> Result<Option<El>, Missing> {
    Ok(own::listed(id.as_str()).map(|listed| {
        let story = line_alone(p(), listed.story);
        exercise_head(session, listed.title, Some(listed.objective), story)
            .child(p().class("quiet").text(&words))
    }))
}

#[wasm_split(exercises, fallible, preload(fetch_exercises))]
fn exercises_part(session: Session, want: Exercises) -> Result<Vec<El>, Missing> {
    Ok(match want {
        Exercises::List => crate::exercises::list::exercises(session),
        Exercises::Exercise(id) => crate::exercises::page::exercise(session, &id),
        Exercises::New(query) => crate::exercises::page::new(session, &query),
        Exercises::Check(receipt) => crate::exercises::check::check(session, &receipt),
        Exercises::Shared(text) => crate::exercises::shared::shared_exercise(session, &text),
        Exercises::Read => {
            let _ = own::exercises();
            Vec::new()
        }
    })
}

#[wasm_split(asked, fallible, preload(fetch_asked))]
fn asked_part(
    session: Session,
    about: Option<ModelName>,
    open: Live<bool>,
) -> Result<Vec<El>, Missing> {
    Ok(vec![crate::history_quiz::quiz(session, about, open)])
}

/// Questions about the history of a session. `open` is set back when they are closed.
pub fn asked(session: Session, about: Option<ModelName>, open: Live<bool>) -> Vec<El> {
    let head = |words: &str| {
        p().class("quiet")
            .id("asked-title")
            .attr("tabindex", "-1")
            .text(words)
    };
    shown(session, Part::Asked, head, || {
        now(asked_part(session, about, open))
    })
}

/// What is wanted of the data's part.
#[derive(Clone, PartialEq, Debug)]
enum Data {
    /// A dialog.
    Dialog(Ask),
    /// The page of a link.
    Shared(String),
    /// The page for an address that leads nowhere.
    Lost(String),
    /// Everything that is kept, on the progress page.
    Card,
}

#[wasm_split(data, fallible, preload(fetch_data))]
fn data_part(session: Session, want: Data) -> Result<Vec<El>, Missing> {
    Ok(match want {
        Data::Dialog(Ask::Share) => vec![crate::data::share_dialog::share(session)],
        Data::Dialog(Ask::Erase) => vec![crate::data::card::erase(session)],
        Data::Dialog(_) => vec![crate::data::workspaces::registries(session)],
        Data::Shared(text) => crate::data::shared_registry::shared(session, &text),
        Data::Lost(path) => crate::shell::not_found::not_found(session, &path),
        Data::Card => vec![crate::data::card::data_card(session)],
    })
}

/// The page of a link: to an exercise, or to a registry.
pub fn shared(session: Session, text: &str) -> Vec<El> {
    if task::is_meant(text) {
        return exercises(session, Exercises::Shared(text.to_owned()));
    }
    data_page(session, Data::Shared(text.to_owned()))
}

/// The page for an address that leads nowhere.
pub fn lost(session: Session, path: &str) -> Vec<El> {
    data_page(session, Data::Lost(path.to_owned()))
}

fn data_page(session: Session, want: Data) -> Vec<El> {
    shown(session, Part::Data, title, || now(data_part(session, want)))
}

/// Everything that is kept.
pub fn data(session: Session) -> Vec<El> {
    let head = |words: &str| p().class("quiet").text(words);
    shown(session, Part::Data, head, || {
        now(data_part(session, Data::Card))
    })
}

/// What is wanted of the part for several windows.
enum Talk {
    /// Everything that is to be said and done.
    All(Box<Session>),
    /// A knock, where the browser has no locks.
    Knock(Rc<Windows>),
    /// What an earlier version of the app has kept in this folder.
    CarryOver(Rc<Windows>),
    /// What this window shows, over what another one has written.
    Insist(Rc<Windows>),
    /// The store put in order by what its copy holds, which may be the newer one.
    Settle(Rc<Windows>, MemoryStore, bool),
}

#[wasm_split(windows, fallible, preload(fetch_windows))]
fn windows_part(talk: Talk) -> Result<(), Missing> {
    match talk {
        Talk::All(session) => link::talk(*session),
        Talk::Knock(windows) => windows.knocks(),
        Talk::CarryOver(windows) => windows.carry_over(),
        Talk::Insist(windows) => windows.insist(),
        Talk::Settle(windows, copy, is_newer) => windows.bring_in(&copy, is_newer),
    }
    Ok(())
}

/// Lets this window say and do what is to be said and done between windows; tells whether the part is here.
pub fn talk(session: Session) -> bool {
    now(windows_part(Talk::All(Box::new(session)))).is_some_and(|done| done.is_ok())
}

/// Fetches the part for several windows.
pub async fn fetch_talk() {
    // If it fails, it is fetched with the next message.
    let _ = fetch_windows().await;
}

/// Knocks; tells whether the part is here that can.
pub async fn knock(windows: Rc<Windows>) -> bool {
    fetch_windows().await.is_ok() && now(windows_part(Talk::Knock(windows))).is_some()
}

/// Gives what an earlier version of the app has kept in this folder the keys of this one.
pub async fn carry_over(windows: Rc<Windows>) {
    if fetch_windows().await.is_ok() {
        now(windows_part(Talk::CarryOver(windows)));
    }
}

/// Lets what this window shows count over what another one has written into the store.
pub async fn insist(windows: Rc<Windows>) {
    if fetch_windows().await.is_ok() {
        now(windows_part(Talk::Insist(windows)));
    }
}

/// Puts the store in order by its copy, where the part arrives that can.
pub async fn settle(windows: Rc<Windows>, copy: MemoryStore, is_newer: bool) {
    if fetch_windows().await.is_ok() {
        now(windows_part(Talk::Settle(windows, copy, is_newer)));
    }
}

/// Makes room in a store that is full, at the cost of the oldest history. Where no page has needed that yet, it is fetched.
pub fn make_room(session: Session) {
    let act = move || session.desk().map(|desk| (desk.make_room)(session));
    if act().is_none() {
        spawn_local(async move {
            if fetch_registry().await.is_ok() {
                session.owner().with(|| {
                    now(registry_part(session, Want::Desk));
                    act();
                });
            }
        });
    }
}

/// The console of a registry. `id` is unique on the page. `start` stands in its field at first.
pub fn console(
    session: Session,
    id: &'static str,
    model: Option<&ModelName>,
    start: Option<&'static str>,
) -> Vec<El> {
    let head = |words: &str| p().class("quiet").text(words);
    shown(session, Part::Console, head, || {
        now(console_part(session, id, model.cloned(), start))
    })
}

/// Whether the learner's registry is there to be worked on.
pub fn has_registry(session: Session) -> bool {
    session.parts.registry.get() == Arrival::Here && session.is_desk_open()
}

/// A page of the practice part.
pub fn practice(session: Session, want: Practice) -> Vec<El> {
    shown(session, Part::Practice, title, || {
        now(practice_part(session, want))
    })
}

/// A page of the exercises part.
pub fn exercises(session: Session, want: Exercises) -> Vec<El> {
    let id = match &want {
        Exercises::Exercise(id) => Some(id.clone()),
        _ => None,
    };
    let head = |words: &str| {
        let story = id
            .clone()
            .map(|id| now(story_part(session, id, words.to_owned())));
        match story {
            Some(Some(Ok(Some(head)))) => head,
            _ => title(words),
        }
    };
    shown(session, Part::Exercises, head, || {
        now(exercises_part(session, want))
    })
}

/// A small registry of the lesson.
pub fn play(session: Session, step: &Id, done: Live<bool>) -> Vec<El> {
    let head = |words: &str| p().class("quiet").text(words);
    shown(session, Part::Play, head, || {
        now(play_part(session, step.clone(), done))
    })
}

/// The page of all models, or of one.
pub fn registry(session: Session, model: Option<ModelName>) -> Vec<El> {
    shown(session, Part::Registry, title, || {
        let page = || now(registry_part(session, Want::Page(model)));
        session.is_desk_open().then(page).flatten()
    })
}

/// What a part makes; while it is on its way, this is said under `head`, and so is if it does not arrive.
fn shown(
    session: Session,
    part: Part,
    head: impl Fn(&str) -> El,
    make: impl FnOnce() -> Option<Result<Vec<El>, Missing>>,
) -> Vec<El> {
    let arrival = session.parts.of(part).get();
    if !matches!(arrival, Arrival::Failed(_)) {
        if let Some(Ok(made)) = untrack(make) {
            return made;
        }
        request(session, part);
    }
    let Some(lacking) = Lacking::of(session, part, arrival) else {
        let words = session.text.shell().part_awaited;
        return vec![div().class("reading section awaited").child(head(words))];
    };
    let told = lacking.told(head(lacking.title));
    vec![told.class("reading section")]
}

/// Fetches a part, and tells the page how far it has come.
fn request(session: Session, part: Part) {
    spawn_local(async move {
        match (fetch(part).await, part) {
            (Arrival::Here, Part::Registry) => later(session, open_desk),
            (Arrival::Here, Part::Exercises) => later(session, read_exercises),
            (arrival, _) => arrive(session, part, arrival),
        }
    });
    later_by(PATIENCE, session, move |session| {
        if session.parts.of(part).get_untracked() == Arrival::Awaited {
            arrive(session, part, Arrival::Late);
        }
    });
}

/// Tells the page about a part, once. Whoever waits at the heading is taken along.
fn arrive(session: Session, part: Part, arrival: Arrival) {
    let known = session.parts.of(part).get_untracked();
    if known == arrival || known == Arrival::Here {
        return;
    }
    let focused = browser::focused().map_or_else(String::new, |focused| focused.id());
    session.parts.of(part).set(arrival);
    if ["page-title", "asked-title"].contains(&focused.as_str()) {
        browser::focus_soon(focused);
    }
}

/// What is said of a part that is not here.
struct Lacking {
    session: Session,
    part: Part,
    title: &'static str,
    body: &'static str,
    /// What fetching it anew is called; nothing where that is of no use.
    again: Option<&'static str>,
    /// What helps, or may help: beginning anew.
    reload: Option<&'static str>,
}

impl Lacking {
    /// Nothing where nothing has to be said yet.
    fn of(session: Session, part: Part, arrival: Arrival) -> Option<Self> {
        let texts = session.text.shell();
        let (again, reload) = (Some(texts.part_again), Some(texts.reload));
        let (title, body, again, reload) = match arrival {
            Arrival::Awaited | Arrival::Here => return None,
            Arrival::Late => (texts.part_late, texts.part_late_body, again, reload),
            Arrival::Failed(site::Missing::NoAnswer) => {
                (texts.part_missing, texts.part_no_answer, again, None)
            }
            Arrival::Failed(site::Missing::NotThere) => {
                (texts.part_missing, texts.part_not_there, again, None)
            }
            Arrival::Failed(site::Missing::NewBuild) => {
                let is_saved = !session.saving.get_untracked().is_loud();
                let body = if is_saved {
                    texts.new_version_saved
                } else {
                    texts.new_version_unsaved
                };
                (texts.new_version, body, None, reload)
            }
        };
        Some(Self {
            session,
            part,
            title,
            body,
            again,
            reload,
        })
    }

    /// Says it under a heading, with buttons for what helps.
    fn told(&self, head: El) -> El {
        let arrival = self.session.parts.of(self.part);
        let again = self.again.map(|name| {
            action(name, move || {
                browser::ask_again();
                arrival.set(Arrival::Awaited);
            })
        });
        let reload = self.reload.map(|name| action(name, browser::reload));
        div()
            .child(head)
            .child(p().text(self.body))
            .child(div().class("actions").children(again).children(reload))
    }
}

/// What is shown in the place of a dialog whose part is not here. The dialogs' own frame may be in that part.
fn lacking_dialog(lacking: &Lacking) -> El {
    let session = lacking.session;
    let arrival = session.parts.of(lacking.part);
    let close = move || {
        session.ask.set(None);
        arrival.set(Arrival::Awaited);
    };
    let told = lacking.told(h2().id("modal-title").text(lacking.title));
    let element = el("dialog")
        .class("modal")
        .attr("aria-labelledby", "modal-title")
        .child(
            told.class("modal-box section")
                .child(p().child(action(session.text.shell().close, close))),
        )
        .on("close", move |_| close());
    if let Some(shown) = element.cast::<HtmlDialogElement>() {
        request_animation_frame(move || {
            if shown.is_connected() {
                let _ = shown.show_modal();
            }
        });
    }
    element
}

/// The dialog that is asked for; nothing while its part is on its way. Where that takes long, or it does not arrive, this is
/// said in its place.
pub fn dialog(session: Session, ask: &Ask) -> Vec<El> {
    let is_about_data = ask.is_about_data();
    let part = if is_about_data {
        Part::Data
    } else {
        Part::Dialogs
    };
    let arrival = session.parts.of(part).get();
    if !matches!(arrival, Arrival::Failed(_)) {
        let made = untrack(|| {
            if is_about_data {
                now(data_part(session, Data::Dialog(ask.clone())))
            } else {
                now(dialog_part(session, ask.clone()))
            }
        });
        if let Some(Ok(made)) = made {
            return made;
        }
        request(session, part);
    }
    let lacking = Lacking::of(session, part, arrival);
    lacking.iter().map(lacking_dialog).collect()
}

/// Opens the desk, and shows the page after that. Both are tasks of their own, so that the browser can answer a press
/// between them.
fn open_desk(session: Session) {
    let _ = now(registry_part(session, Want::Desk));
    later(session, |session| {
        arrive(session, Part::Registry, Arrival::Here)
    });
}

/// Reads the exercises, and shows the page after that: two tasks, too.
fn read_exercises(session: Session) {
    let _ = now(exercises_part(session, Exercises::Read));
    later(session, |session| {
        arrive(session, Part::Exercises, Arrival::Here)
    });
}

fn later(session: Session, act: fn(Session)) {
    later_by(0, session, act);
}

/// Does something after so many milliseconds.
fn later_by(milliseconds: i32, session: Session, act: impl FnOnce(Session) + 'static) {
    let time = Duration::from_millis(milliseconds.unsigned_abs().into());
    set_timeout(move || session.owner().with(|| act(session)), time);
}

/// The result of a future that has one at once.
fn now<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => Some(result),
        Poll::Pending => None,
    }
}
