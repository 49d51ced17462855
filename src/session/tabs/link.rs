//! The talk with the other tabs. Only the parts of the app that are fetched later use what is here.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;

use crate::browser;
use crate::session::contexts::{use_learner, use_preferences, use_registry};
use crate::session::keeper::Keeper;
use crate::session::learner::Learner;
use crate::session::preferences::Preferences;
use crate::session::registry_hooks::{load, open, say_folded};
use crate::session::registry_store::RegistryStore;
use crate::session::saving::Saving;
use crate::session::tabs::connection::{Hooks, Role, Tabs};
use crate::session::tabs::{copy_soon, read_only, take_lock_away, wait_for_lock};
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
        self.channel.link.take()?.downcast().ok()
    }

    /// Does something with the talk, if there is one and nobody is at it.
    fn with_link<R>(&self, act: impl FnOnce(&mut Link) -> R) -> Option<R> {
        let mut link = self.channel.link.try_borrow_mut().ok()?;
        Some(act(link.as_mut()?.downcast_mut()?))
    }
}

/// What the page shows of what is kept.
#[derive(Clone, Copy)]
struct Page {
    store: RegistryStore,
    learner: Learner,
    preferences: Preferences,
}

/// Does everything that is to be done, under the owner of the page: hears what was said, and asks for what is wanted.
pub fn talk() {
    let page = Page {
        store: use_registry(),
        learner: use_learner(),
        preferences: use_preferences(),
    };
    open(page.store);
    let keeper = page.store.keeper;
    let Some(tabs) = keeper.tabs() else {
        return;
    };
    let mut link = match tabs.link() {
        Some(link) => link,
        None => first(keeper, &tabs),
    };
    match tabs.role.get() {
        Role::Writer if link.writer.is_none() => begin_to_write(page, &tabs, &mut link),
        // It was one, until another tab took over.
        Role::Reader if link.writer.is_some() => step_down(keeper, &tabs, &mut link),
        _ => {}
    }
    for text in tabs.channel.heard.take() {
        hear(page, &tabs, &mut link, &text);
    }
    for request in tabs.channel.requests.take() {
        tabs.post(&link.reader.ask(request).print());
    }
    put_back(keeper, &tabs, link);
}

/// The talk begins.
fn first(keeper: Keeper, tabs: &Rc<Tabs>) -> Box<Link> {
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

fn say(tabs: &Tabs, messages: &[Message]) {
    for message in messages {
        tabs.post(&message.print());
    }
}

/// The talk goes on later; until then it is shown whether all is kept.
fn put_back(keeper: Keeper, tabs: &Rc<Tabs>, mut link: Box<Link>) {
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

/// This tab writes from now on: it has been the only one so far, or the one that wrote is gone.
fn begin_to_write(page: Page, tabs: &Rc<Tabs>, link: &mut Link) {
    let keeper = page.store.keeper;
    let mut writer = Writer::new(link.reader.next_term(browser::now()));
    let took_over = keeper
        .vault
        .with_value(|vault| vault.mode() == storage::Mode::Reading);
    if took_over {
        // What was still to be asked for, this tab asks of itself.
        for request in tabs.channel.requests.take() {
            let _ = link.reader.ask(request);
        }
        let (vault, notices) = tabs.vault();
        keeper.vault.set_value(vault);
        keeper.notices.update(|shown| shown.extend(notices));
        load(page.store);
        link.replica = None;
        tabs.post(&writer.here().print());
        if let Some(ask) = link.reader.take_over() {
            hear_as_writer(page, tabs, &mut writer, ask);
        }
        if writer.has_refused(link.reader.me()) {
            page.store
                .announcer
                .announce_failure(page.store.announcer.language.tabs().faster.to_owned());
        }
        show_values(page);
    }
    link.writer = Some(writer);
    keeper.show_saving(Ok(()));
    tabs.post(&writer_status(keeper, link));
}

fn writer_status(keeper: Keeper, link: &Link) -> String {
    let saving = keeper.saving.get_untracked();
    let status = |writer: &Writer| writer.status(word(&saving)).print();
    link.writer.as_ref().map_or_else(String::new, status)
}

fn hear(page: Page, tabs: &Rc<Tabs>, link: &mut Link, text: &str) {
    let keeper = page.store.keeper;
    let message = match Message::read(text) {
        Received::Message(message) => *message,
        Received::Newer(_) => return give_way(keeper, tabs, link),
        Received::Noise => return,
    };
    if message.is_of_writer() {
        link.unanswered = 0;
    }
    match (tabs.role.get(), link.writer.as_mut()) {
        (Role::Writer, Some(writer)) => match message {
            Message::Wish { .. } => hand_over(keeper, tabs, link),
            message => {
                let greets = matches!(message, Message::Hello { .. });
                hear_as_writer(page, tabs, writer, message);
                if greets {
                    tabs.post(&writer_status(keeper, link));
                }
            }
        },
        (Role::Reader, _) => hear_as_reader(page, tabs, link, message),
        _ => {}
    }
}

fn hear_as_writer(page: Page, tabs: &Tabs, writer: &mut Writer, message: Message) {
    let keeper = page.store.keeper;
    let workspace = keeper.workspace.get_untracked();
    let now = browser::now();
    let heard = page.store.log.update_if(|log| {
        let heard = keeper.vault.try_update_value(|vault| {
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
        show_values(page);
    }
    if heard.folded > 0 {
        say_folded(page.store, heard.folded);
    }
    if let Some(kept) = heard.kept {
        let is_full = kept == Err(StoreError::Full);
        keeper.show_saving(kept);
        if is_full {
            // Room is made when this talk is over: it may be told of it.
            set_timeout(
                move || keeper.owner().with(|| keeper.make_room()),
                Duration::ZERO,
            );
        }
    }
}

fn hear_as_reader(page: Page, tabs: &Tabs, link: &mut Link, message: Message) {
    let keeper = page.store.keeper;
    let now = browser::now();
    let heard = page.store.log.update_if(|log| {
        let heard = link.reader.hear(message, log, now);
        (heard.log_changed, heard)
    });
    let Some(heard) = heard else { return };
    say(tabs, &heard.say);
    if let Some(replica) = heard.replica {
        link.replica = Some(replica.store);
        keeper.vault.set_value(replica.vault);
        if keeper.workspace.get_untracked() != replica.workspace {
            keeper.workspace.set(replica.workspace);
        }
        show_values(page);
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
        keeper.vault.set_value(vault);
        show_values(page);
        let workspace = keeper.workspace.get_untracked();
        if keeper
            .vault
            .with_value(|vault| vault.workspace(&workspace))
            .is_none()
        {
            // The other tab has deleted it.
            keeper.workspace.set(WorkspaceId::own());
            tabs.post(&link.reader.hello(&WorkspaceId::own()).print());
        }
    }
    for objection in heard.objections {
        match objection {
            Objection::Refused(refusal) => page.store.dialogs.refused.set(Some(refusal)),
            Objection::Moved => page
                .store
                .announcer
                .announce_failure(page.store.announcer.language.tabs().faster.to_owned()),
        }
    }
    if let Some(said) = heard.status {
        link.said = saving(&said);
    }
    if heard.folded > 0 {
        say_folded(page.store, heard.folded);
    }
}

/// Shows the small values as the vault has them now.
fn show_values(page: Page) {
    let keeper = page.store.keeper;
    let workspace = keeper.workspace.get_untracked();
    keeper.vault.with_value(|vault| {
        let rules = vault.workspace(&workspace).map(|known| known.rules);
        if let Some(rules) = rules.filter(|rules| page.store.rules.get_untracked() != *rules) {
            page.store.rules.set(rules);
        }
        if page.preferences.theme.get_untracked() != vault.theme() {
            page.preferences.theme.set(vault.theme());
        }
        // What is asked for and not done yet is not in there.
        let mut progress = page.learner.progress.with_untracked(Clone::clone);
        progress.merge(vault.progress());
        if page
            .learner
            .progress
            .with_untracked(|known| *known != progress)
        {
            page.learner.progress.set(progress);
        }
        if page
            .preferences
            .base
            .with_untracked(|base| *base != vault.console().base)
        {
            page.preferences.base.set(vault.console().base.clone());
        }
    });
    // Their list may be another one.
    keeper.workspace.update(|_| ());
}

/// A newer version of the app is open: this one stops writing, and says so.
fn give_way(keeper: Keeper, tabs: &Rc<Tabs>, link: &mut Link) {
    if tabs.role.replace(Role::Old) == Role::Old {
        return;
    }
    let is_lost = link.reader.waiting() > 0 || keeper.vault.with_value(|vault| !vault.is_saved());
    link.writer = None;
    read_only(keeper, tabs);
    tabs.lock.release();
    keeper
        .notices
        .update(|notices| notices.push(Notice::NewerTab { is_lost }));
}

/// Another tab wants to write. It may, as soon as all is kept.
fn hand_over(keeper: Keeper, tabs: &Rc<Tabs>, link: &mut Link) {
    let is_saved = keeper.vault.with_value(Vault::is_saved);
    let owes = link.writer.as_ref().is_some_and(Writer::owes);
    if !is_saved || owes || !tabs.copy.is_complete() {
        return;
    }
    tabs.role.set(Role::Reader);
    read_only(keeper, tabs);
    tabs.lock.release();
    step_down(keeper, tabs, link);
}

/// This tab asks from now on.
fn step_down(keeper: Keeper, tabs: &Rc<Tabs>, link: &mut Link) {
    link.writer = None;
    link.said = Saving::Pending;
    link.unanswered = 0;
    // It has opened other registries since it began to talk, perhaps: what it asks for from now on is about this one.
    let workspace = keeper.workspace.get_untracked();
    tabs.post(&link.reader.hello(&workspace).print());
    wait_for_lock(keeper, tabs);
}

/// Tells the others of a step that was taken here, or asks the writer for it. `before` is the log without it, where
/// [`log_to_ask`] has given one.
pub fn step_taken(store: RegistryStore, before: Option<Log>, record: &Record) {
    let keeper = store.keeper;
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
        None => store.log.with_untracked(|log| {
            let before = || before.unwrap_or_else(|| log.clone());
            link.reader.ask_step(before, record, log)
        }),
    };
    tabs.post(&message.print());
    put_back(keeper, &tabs, link);
}

/// Returns the log as it is, if a step that comes now has to be asked for with it.
pub fn log_to_ask(store: RegistryStore) -> Option<Log> {
    let tabs = store.keeper.tabs()?;
    let wants = tabs.role.get() == Role::Reader
        && tabs
            .with_link(|link| link.reader.wants_base())
            .unwrap_or(true);
    wants.then(|| store.log.with_untracked(Clone::clone))
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

fn saving(word: &str) -> Saving {
    let found = WORDS.iter().find(|(known, _)| *known == word);
    found.map_or_else(
        || Saving::NotSaved(StoreError::failed("in the window that saves")),
        |(_, saving)| saving.clone(),
    )
}
