//! The talk with the other tabs: hears what they say, and does it. Only the chunk of the tabs uses what is here.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;

use crate::browser;
use crate::session::contexts::{use_learner, use_preferences, use_registry};
use crate::session::keeper::Keeper;
use crate::session::learner::Learner;
use crate::session::preferences::Preferences;
use crate::session::registry_hooks::{load, open};
use crate::session::registry_store::RegistryStore;
use crate::session::saving::Saving;
use crate::session::tabs::connection::{Role, Tabs};
use crate::session::tabs::link::{self, Link, put_back, say, writer_status};
use crate::session::tabs::{read_only, wait_for_lock};
use storage::tabs::{Message, Objection, Received, Site, Writer};
use storage::{KeyValue as _, Notice, StoreError, Vault, WorkspaceId};

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
        None => link::first(keeper, &tabs),
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
        page.store.say_folded(heard.folded);
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
        link.said = link::saving(&said);
    }
    if heard.folded > 0 {
        page.store.say_folded(heard.folded);
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
