//! The talk with the other tabs. Only the parts of the app that are fetched later use what is here.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;

use crate::browser;
use crate::session::Session;
use crate::session::saving::Saving;
use crate::session::tabs::connection::{Hooks, Role, Tabs};
use registry::{Log, Record};
use storage::tabs::{Message, Objection, Reader, Received, Site, TabId, Writer};
use storage::{KeyValue as _, MemoryStore, Notice, StorageKey, StoreError, Vault, WorkspaceId};

/// How long an answer may take before it is asked again.
const PATIENCE: Duration = Duration::from_secs(2);
/// After how many questions without an answer it is said loudly.
const SAID_AFTER: u32 = 2;
/// After how many questions without an answer this tab saves by itself.
const TAKEN_AFTER: u32 = 5;

/// The talk with the other tabs.
#[derive(Debug)]
pub struct Link {
    writer: Option<Writer>,
    reader: Reader,
    /// What the writer has said that is saved.
    replica: Option<MemoryStore>,
    /// Whether all is kept, as the writer has said last.
    said: Saving,
    /// Whether it is asked again after a while.
    asks_again: bool,
    /// How many times it was asked since anything was heard of the tab that writes.
    unanswered: u32,
}

impl Tabs {
    /// Takes the talk out, to go on with it.
    fn link(&self) -> Option<Box<Link>> {
        self.link.take()?.downcast().ok()
    }

    /// Does something with the talk, if there is one and nobody is at it.
    fn with_link<R>(&self, act: impl FnOnce(&mut Link) -> R) -> Option<R> {
        let mut link = self.link.try_borrow_mut().ok()?;
        Some(act(link.as_mut()?.downcast_mut()?))
    }
}

/// Does everything that is to be done: hears what was said, and asks for what is wanted.
pub fn talk(session: Session) {
    session.open_desk();
    let Some(tabs) = session.tabs() else {
        return;
    };
    let mut link = match tabs.link() {
        Some(link) => link,
        None => first(session, &tabs),
    };
    match tabs.role.get() {
        Role::Writer if link.writer.is_none() => begin_to_write(session, &tabs, &mut link),
        // It was one, until another tab took over.
        Role::Reader if link.writer.is_some() => step_down(session, &tabs, &mut link),
        _ => {}
    }
    for text in tabs.heard.take() {
        hear(session, &tabs, &mut link, &text);
    }
    for request in tabs.requests.take() {
        tabs.post(&link.reader.ask(request).print());
    }
    put_back(session, &tabs, link);
}

/// The talk begins.
fn first(session: Session, tabs: &Rc<Tabs>) -> Box<Link> {
    let workspace = session.workspace.get_untracked();
    let me = TabId::of(u64::from(tabs.me));
    let mut reader = Reader::new(me, workspace.clone());
    if tabs.role.get() == Role::Reader {
        session.wait_for_lock(tabs);
        tabs.post(&reader.hello(&workspace).print());
    }
    tabs.hooks.replace(Some(Rc::new(Hooks {
        begin: Box::new(move |tabs| copy_begins(session, tabs)),
        end: Box::new(copy_ended),
        status: Box::new(move |tabs| status_changed(session, tabs)),
    })));
    Box::new(Link {
        writer: None,
        reader,
        replica: None,
        said: Saving::Pending,
        asks_again: false,
        unanswered: 0,
    })
}

fn copy_begins(session: Session, tabs: &Tabs) {
    tabs.with_link(|link| {
        let Some(writer) = link.writer.as_mut() else {
            return;
        };
        session.vault.with_value(|vault| writer.begin(vault));
        let Some(mirror) = tabs.mirror.borrow().clone() else {
            return;
        };
        let changed = tabs.copy.changes.keys();
        let values = changed.iter().filter_map(|key| {
            let place = StorageKey::parse(key.strip_prefix(tabs.prefix.as_str())?)?;
            Some((place, mirror.get(key).ok()?))
        });
        if let Some(message) = writer.values(values.collect()) {
            tabs.post(&message.print());
        }
    });
}

fn copy_ended(tabs: &Tabs) {
    tabs.with_link(|link| {
        if let Some(writer) = link.writer.as_mut() {
            say(tabs, &writer.end());
        }
    });
}

fn status_changed(session: Session, tabs: &Tabs) {
    tabs.with_link(|link| {
        if link.writer.is_some() {
            tabs.post(&writer_status(session, link));
        }
    });
}

fn say(tabs: &Tabs, messages: &[Message]) {
    for message in messages {
        tabs.post(&message.print());
    }
}

/// The talk goes on later; until then it is shown whether all is kept.
fn put_back(session: Session, tabs: &Rc<Tabs>, mut link: Box<Link>) {
    if tabs.role.get() == Role::Reader {
        tabs.waiting.set(link.reader.waiting());
        let waits = link.reader.waiting() > 0 || !link.reader.is_in_step();
        tabs.status
            .replace(if waits && link.unanswered > SAID_AFTER {
                Saving::Unanswered
            } else if waits {
                Saving::Pending
            } else {
                link.said.clone()
            });
        if waits && !link.asks_again {
            link.asks_again = true;
            ask_again_later(session);
        }
    }
    if link.writer.as_ref().is_some_and(Writer::owes) {
        session.copy_soon();
    }
    tabs.link.replace(Some(link));
    if tabs.role.get() != Role::Writer {
        session.show_saving(Ok(()));
    }
}

fn ask_again_later(session: Session) {
    let again = move || {
        let Some(tabs) = session.tabs() else {
            return;
        };
        let Some(mut link) = tabs.link() else {
            return;
        };
        link.asks_again = false;
        if tabs.role.get() == Role::Reader
            && (link.reader.waiting() > 0 || !link.reader.is_in_step())
        {
            link.unanswered += 1;
            if link.unanswered == TAKEN_AFTER {
                session.take_lock_away(&tabs);
            }
            say(&tabs, &link.reader.again());
        }
        put_back(session, &tabs, link);
    };
    set_timeout(move || session.owner().with(again), PATIENCE);
}

/// This tab writes from now on: it has been the only one so far, or the one that wrote is gone.
fn begin_to_write(session: Session, tabs: &Rc<Tabs>, link: &mut Link) {
    let mut writer = Writer::new(link.reader.next_term(browser::now()));
    let took_over = session
        .vault
        .with_value(|vault| vault.mode() == storage::Mode::Reading);
    if took_over {
        // What was still to be asked for, this tab asks of itself.
        for request in tabs.requests.take() {
            let _ = link.reader.ask(request);
        }
        let (vault, notices) = tabs.vault();
        session.vault.set_value(vault);
        session.notices.update(|shown| shown.extend(notices));
        session.load();
        link.replica = None;
        tabs.post(&writer.here().print());
        if let Some(ask) = link.reader.take_over() {
            hear_as_writer(session, tabs, &mut writer, ask);
        }
        if writer.has_refused(link.reader.me()) {
            session.announce_failure(session.text.tabs().faster.to_owned());
        }
        show_values(session);
    }
    link.writer = Some(writer);
    session.show_saving(Ok(()));
    tabs.post(&writer_status(session, link));
}

fn writer_status(session: Session, link: &Link) -> String {
    let saving = session.saving.get_untracked();
    let status = |writer: &Writer| writer.status(word(&saving)).print();
    link.writer.as_ref().map_or_else(String::new, status)
}

fn hear(session: Session, tabs: &Rc<Tabs>, link: &mut Link, text: &str) {
    let message = match Message::read(text) {
        Received::Message(message) => *message,
        Received::Newer(_) => return give_way(session, tabs, link),
        Received::Noise => return,
    };
    if message.is_of_writer() {
        link.unanswered = 0;
    }
    match (tabs.role.get(), link.writer.as_mut()) {
        (Role::Writer, Some(writer)) => match message {
            Message::Wish { .. } => hand_over(session, tabs, link),
            message => {
                let greets = matches!(message, Message::Hello { .. });
                hear_as_writer(session, tabs, writer, message);
                if greets {
                    tabs.post(&writer_status(session, link));
                }
            }
        },
        (Role::Reader, _) => hear_as_reader(session, tabs, link, message),
        _ => {}
    }
}

fn hear_as_writer(session: Session, tabs: &Tabs, writer: &mut Writer, message: Message) {
    let workspace = session.workspace.get_untracked();
    let now = browser::now();
    let heard = session.log.update_if(|log| {
        let heard = session.vault.try_update_value(|vault| {
            let mut site = Site {
                vault,
                open: &workspace,
                log,
                now,
            };
            writer.hear(message, &mut site)
        });
        let heard = heard.unwrap_or_default();
        (heard.log_changed || heard.folded > 0, heard)
    });
    let heard = heard.unwrap_or_default();
    say(tabs, &heard.say);
    if heard.values_changed {
        show_values(session);
    }
    if heard.folded > 0 {
        session.say_folded(heard.folded);
    }
    if let Some(kept) = heard.kept {
        let is_full = kept == Err(StoreError::Full);
        session.show_saving(kept);
        if is_full {
            // Room is made when this talk is over: it may be told of it.
            set_timeout(
                move || session.owner().with(|| session.make_room_in_store()),
                Duration::ZERO,
            );
        }
    }
}

fn hear_as_reader(session: Session, tabs: &Tabs, link: &mut Link, message: Message) {
    let now = browser::now();
    let heard = session.log.update_if(|log| {
        let heard = link.reader.hear(message, log, now);
        (heard.log_changed, heard)
    });
    let Some(heard) = heard else { return };
    say(tabs, &heard.say);
    if let Some(replica) = heard.replica {
        link.replica = Some(replica.store);
        session.vault.set_value(replica.vault);
        if session.workspace.get_untracked() != replica.workspace {
            session.workspace.set(replica.workspace);
        }
        show_values(session);
    }
    if let Some(replica) = &link.replica
        && !heard.values.is_empty()
    {
        for (place, text) in heard.values {
            // There is room for everything.
            let _ = match text {
                Some(text) => replica.set(&place.to_string(), &text),
                None => replica.remove(&place.to_string()),
            };
        }
        let (vault, _) = Vault::open_reading(Rc::new(replica.clone()), "");
        session.vault.set_value(vault);
        show_values(session);
        let workspace = session.workspace.get_untracked();
        if session
            .vault
            .with_value(|vault| vault.workspace(&workspace))
            .is_none()
        {
            // The other tab has deleted it.
            session.workspace.set(WorkspaceId::own());
            tabs.post(&link.reader.hello(&WorkspaceId::own()).print());
        }
    }
    for objection in heard.objections {
        match objection {
            Objection::Refused(refusal) => session.refused.set(Some(refusal)),
            Objection::Moved => session.announce_failure(session.text.tabs().faster.to_owned()),
        }
    }
    if let Some(said) = heard.status {
        link.said = saving(&said);
    }
    if heard.folded > 0 {
        session.say_folded(heard.folded);
    }
}

/// Shows the small values as the vault has them now.
fn show_values(session: Session) {
    let workspace = session.workspace.get_untracked();
    session.vault.with_value(|vault| {
        let rules = vault.workspace(&workspace).map(|known| known.rules);
        if let Some(rules) = rules.filter(|rules| session.rules.get_untracked() != *rules) {
            session.rules.set(rules);
        }
        if session.theme.get_untracked() != vault.theme() {
            session.theme.set(vault.theme());
        }
        // What is asked for and not done yet is not in there.
        let mut progress = session.progress.with_untracked(Clone::clone);
        progress.merge(vault.progress());
        if session.progress.with_untracked(|known| *known != progress) {
            session.progress.set(progress);
        }
        if session
            .base
            .with_untracked(|base| *base != vault.console().base)
        {
            session.base.set(vault.console().base.clone());
        }
    });
    // Their list may be another one.
    session.workspace.update(|_| ());
}

/// A newer version of the app is open: this one stops writing, and says so.
fn give_way(session: Session, tabs: &Rc<Tabs>, link: &mut Link) {
    if tabs.role.replace(Role::Old) == Role::Old {
        return;
    }
    let is_lost = link.reader.waiting() > 0 || session.vault.with_value(|vault| !vault.is_saved());
    link.writer = None;
    session.read_only(tabs);
    tabs.lock.release();
    session
        .notices
        .update(|notices| notices.push(Notice::NewerTab { is_lost }));
}

/// Another tab wants to write. It may, as soon as all is kept.
fn hand_over(session: Session, tabs: &Rc<Tabs>, link: &mut Link) {
    let is_saved = session.vault.with_value(Vault::is_saved);
    let owes = link.writer.as_ref().is_some_and(Writer::owes);
    if !is_saved || owes || !tabs.copy.is_complete() {
        return;
    }
    tabs.role.set(Role::Reader);
    session.read_only(tabs);
    tabs.lock.release();
    step_down(session, tabs, link);
}

/// This tab asks from now on.
fn step_down(session: Session, tabs: &Rc<Tabs>, link: &mut Link) {
    link.writer = None;
    link.said = Saving::Pending;
    link.unanswered = 0;
    // It has opened other registries since it began to talk, perhaps: what it asks for from now on is about this one.
    let workspace = session.workspace.get_untracked();
    tabs.post(&link.reader.hello(&workspace).print());
    session.wait_for_lock(tabs);
}

impl Session {
    /// Tells the others of a step that was taken here, or asks the writer for it. `before` is the log without it, where
    /// [`Session::log_to_ask`] has given one.
    pub fn step_taken(self, before: Option<Log>, record: &Record) {
        let Some(tabs) = self.tabs() else {
            return;
        };
        let mut link = match (tabs.link(), tabs.role.get()) {
            (Some(link), _) => link,
            // Nobody has talked yet: the step is what begins it.
            (None, Role::Reader) => first(self, &tabs),
            (None, _) => return,
        };
        let workspace = self.workspace.get_untracked();
        let message = match &link.writer {
            Some(writer) => self
                .vault
                .with_value(|vault| writer.did(vault, &workspace, record)),
            None => self.log.with_untracked(|log| {
                let before = || before.unwrap_or_else(|| log.clone());
                link.reader.ask_step(before, record, log)
            }),
        };
        tabs.post(&message.print());
        put_back(self, &tabs, link);
    }

    /// Returns the log as it is, if a step that comes now has to be asked for with it.
    pub fn log_to_ask(self) -> Option<Log> {
        let tabs = self.tabs()?;
        let wants = tabs.role.get() == Role::Reader
            && tabs
                .with_link(|link| link.reader.wants_base())
                .unwrap_or(true);
        wants.then(|| self.log.with_untracked(Clone::clone))
    }

    /// Another workspace is open now, or another history in it: a reader asks how it stands, and a writer lets the others
    /// ask. Tells whether the history is still to come.
    pub fn opened_workspace(self, workspace: &WorkspaceId) -> bool {
        let Some(tabs) = self.tabs() else {
            return false;
        };
        let role = tabs.role.get();
        let asked = tabs.with_link(|link| {
            if let Some(writer) = link.writer.as_mut() {
                writer.forget(workspace);
                tabs.post(&writer.here().print());
                return false;
            }
            let asks = role == Role::Reader && link.replica.is_some();
            if asks {
                tabs.post(&link.reader.hello(workspace).print());
            }
            asks
        });
        asked.unwrap_or(false)
    }

    /// Whether this tab may do what only the one that writes can, such as making a workspace. If not, it asks to be the
    /// one from now on, and says so.
    pub fn must_write(self) -> Result<(), StoreError> {
        if !self.is_reader() {
            return match self.saving.with_untracked(Saving::is_read_only) {
                true => Err(StoreError::ReadOnly),
                false => Ok(()),
            };
        }
        if let Some(tabs) = self.tabs() {
            tabs.with_link(|link| {
                let from = link.reader.me().clone();
                tabs.post(&Message::Wish { from }.print());
            });
        }
        self.announce_failure(self.text.tabs().wait_for_pen.to_owned());
        Err(StoreError::ReadOnly)
    }

    /// Returns the words for what was not done: that another tab was the one that saves, that this one may not, or else these.
    pub fn not_done<'a>(self, why: &StoreError, else_say: &'a str) -> &'a str {
        if *why != StoreError::ReadOnly {
            else_say
        } else if self.is_reader() {
            self.text.tabs().wait_for_pen
        } else {
            self.text.tabs().only_reads
        }
    }

    /// Asks again for everything that is not done yet.
    pub fn ask_again(self) {
        if let Some(tabs) = self.tabs()
            && let Some(mut link) = tabs.link()
        {
            say(&tabs, &link.reader.again());
            put_back(self, &tabs, link);
        }
    }
}

const WORDS: [(&str, Saving); 7] = [
    ("saved", Saving::Saved),
    ("saving", Saving::Pending),
    ("store", Saving::StoreOnly),
    ("full", Saving::NotSaved(StoreError::Full)),
    ("denied", Saving::NotSaved(StoreError::Denied)),
    ("changed", Saving::NotSaved(StoreError::Changed)),
    ("newer", Saving::ReadOnly),
];

fn word(saving: &Saving) -> &'static str {
    let mut words = WORDS.iter();
    words
        .find(|(_, known)| known == saving)
        .map_or("failed", |(word, _)| word)
}

fn saving(word: &str) -> Saving {
    let found = WORDS.iter().find(|(known, _)| *known == word);
    found.map_or_else(
        || Saving::NotSaved(StoreError::failed("in the window that saves")),
        |(_, saving)| saving.clone(),
    )
}
