//! The link with the other tabs: what is told and asked of them. Only the chunks of the app use what is here.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;

use crate::session::keeper::Keeper;
use crate::session::saving::Saving;
use crate::session::tabs::connection::{Hooks, Role, Tabs};
use crate::session::tabs::{copy_soon, take_lock_away, wait_for_lock};
use el::RwSignal;
use registry::{Log, Record};
use storage::tabs::{Message, Reader, TabId, Writer};
use storage::{KeyValue as _, MemoryStore, StorageKey, StoreError, WorkspaceId};

/// How long an answer may take before it is asked again.
const PATIENCE: Duration = Duration::from_secs(2);
/// After how many questions without an answer it is said loudly.
const SAID_AFTER: u32 = 2;
/// After how many questions without an answer this tab saves by itself.
const TAKEN_AFTER: u32 = 5;

/// How far the talk with the other tabs has come.
#[derive(Debug)]
pub struct Link {
    pub(super) writer: Option<Writer>,
    pub(super) reader: Reader,
    /// What the writer has said that is saved.
    pub(super) replica: Option<MemoryStore>,
    /// Whether all is kept, as the writer has said last.
    pub(super) said: Saving,
    /// Whether it is asked again after a while.
    asks_again: bool,
    /// How many times it was asked since anything was heard of the tab that writes.
    pub(super) unanswered: u32,
}

impl Tabs {
    /// Takes the talk out, to go on with it.
    pub(super) fn link(&self) -> Option<Box<Link>> {
        self.channel.link.take()?.downcast().ok()
    }

    /// Does something with the talk, if there is one and nobody is at it.
    fn with_link<R>(&self, act: impl FnOnce(&mut Link) -> R) -> Option<R> {
        let mut link = self.channel.link.try_borrow_mut().ok()?;
        Some(act(link.as_mut()?.downcast_mut()?))
    }
}

/// The talk begins.
pub(super) fn first(keeper: Keeper, tabs: &Rc<Tabs>) -> Box<Link> {
    let workspace = keeper.workspace.get_untracked();
    let me = TabId::of(u64::from(tabs.channel.me));
    let mut reader = Reader::new(me, workspace.clone());
    if tabs.role.get() == Role::Reader {
        wait_for_lock(keeper, tabs);
        tabs.post(&reader.hello(&workspace).print());
    }
    tabs.channel.hooks.replace(Some(Rc::new(Hooks {
        begin: Box::new(move |tabs| copy_begins(keeper, tabs)),
        end: Box::new(copy_ended),
        status: Box::new(move |tabs| status_changed(keeper, tabs)),
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

fn copy_begins(keeper: Keeper, tabs: &Tabs) {
    tabs.with_link(|link| {
        let Some(writer) = link.writer.as_mut() else {
            return;
        };
        keeper.vault.with_value(|vault| writer.begin(vault));
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

fn status_changed(keeper: Keeper, tabs: &Tabs) {
    tabs.with_link(|link| {
        if link.writer.is_some() {
            tabs.post(&writer_status(keeper, link));
        }
    });
}

pub(super) fn say(tabs: &Tabs, messages: &[Message]) {
    for message in messages {
        tabs.post(&message.print());
    }
}

/// The talk goes on later; until then it is shown whether all is kept.
pub(super) fn put_back(keeper: Keeper, tabs: &Rc<Tabs>, mut link: Box<Link>) {
    if tabs.role.get() == Role::Reader {
        tabs.channel.waiting.set(link.reader.waiting());
        let waits = link.reader.waiting() > 0 || !link.reader.is_in_step();
        tabs.channel
            .status
            .replace(if waits && link.unanswered > SAID_AFTER {
                Saving::Unanswered
            } else if waits {
                Saving::Pending
            } else {
                link.said.clone()
            });
        if waits && !link.asks_again {
            link.asks_again = true;
            ask_again_later(keeper);
        }
    }
    if link.writer.as_ref().is_some_and(Writer::owes) {
        copy_soon(keeper);
    }
    tabs.channel.link.replace(Some(link));
    if tabs.role.get() != Role::Writer {
        keeper.show_saving(Ok(()));
    }
}

fn ask_again_later(keeper: Keeper) {
    let again = move || {
        let Some(tabs) = keeper.tabs() else {
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
                take_lock_away(keeper, &tabs);
            }
            say(&tabs, &link.reader.again());
        }
        put_back(keeper, &tabs, link);
    };
    set_timeout(move || keeper.owner().with(again), PATIENCE);
}

pub(super) fn writer_status(keeper: Keeper, link: &Link) -> String {
    let saving = keeper.saving.get_untracked();
    let status = |writer: &Writer| writer.status(word(&saving)).print();
    link.writer.as_ref().map_or_else(String::new, status)
}

/// Tells the others of a step that was taken here, or asks the writer for it. `before` is the log without it, where
/// [`log_to_ask`] has given one.
pub fn step_taken(keeper: Keeper, log: RwSignal<Log>, before: Option<Log>, record: &Record) {
    let Some(tabs) = keeper.tabs() else {
        return;
    };
    let mut link = match (tabs.link(), tabs.role.get()) {
        (Some(link), _) => link,
        // Nobody has talked yet: the step is what begins it.
        (None, Role::Reader) => first(keeper, &tabs),
        (None, _) => return,
    };
    let workspace = keeper.workspace.get_untracked();
    let message = match &link.writer {
        Some(writer) => keeper.with_vault(|vault| writer.did(vault, &workspace, record)),
        None => log.with_untracked(|log| {
            let before = || before.unwrap_or_else(|| log.clone());
            link.reader.ask_step(before, record, log)
        }),
    };
    tabs.post(&message.print());
    put_back(keeper, &tabs, link);
}

/// Returns the log as it is, if a step that comes now has to be asked for with it.
pub fn log_to_ask(keeper: Keeper, log: RwSignal<Log>) -> Option<Log> {
    let tabs = keeper.tabs()?;
    let wants = tabs.role.get() == Role::Reader
        && tabs
            .with_link(|link| link.reader.wants_base())
            .unwrap_or(true);
    wants.then(|| log.with_untracked(Clone::clone))
}

/// Another workspace is open now, or another history in it: a reader asks how it stands, and a writer lets the others
/// ask. Returns whether the history is still to come.
pub fn opened_workspace(keeper: Keeper, workspace: &WorkspaceId) -> bool {
    let Some(tabs) = keeper.tabs() else {
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

/// Asks the tab that writes to let this one write.
pub fn ask_for_lock(keeper: Keeper) {
    if let Some(tabs) = keeper.tabs() {
        tabs.with_link(|link| {
            let from = link.reader.me().clone();
            tabs.post(&Message::Wish { from }.print());
        });
    }
}

/// Asks again for everything that is not done yet.
pub fn ask_again(keeper: Keeper) {
    if let Some(tabs) = keeper.tabs()
        && let Some(mut link) = tabs.link()
    {
        say(&tabs, &link.reader.again());
        put_back(keeper, &tabs, link);
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

/// Returns what a word of the tab that writes says.
pub(super) fn saving(word: &str) -> Saving {
    let found = WORDS.iter().find(|(known, _)| *known == word);
    found.map_or_else(
        || Saving::NotSaved(StoreError::failed("in the window that saves")),
        |(_, saving)| saving.clone(),
    )
}
