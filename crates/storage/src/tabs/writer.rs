//! The tab that writes: it carries out what the others ask for, each request once and in order, and tells everybody.

use std::collections::{BTreeMap, VecDeque};

use super::id::{TabId, Term};
use super::request::carry_out;
use super::{Message, Request};
use crate::key_value::StoreError;
use crate::storage_key::{StorageKey, WorkspaceId};
use crate::vault::Vault;
use registry::{Log, Record, Time};

/// What the writer works on.
#[derive(Debug)]
pub struct Site<'a> {
    /// Everything that is saved.
    pub vault: &'a mut Vault,
    /// The workspace that this tab shows.
    pub open: &'a WorkspaceId,
    pub log: &'a mut Log,
    pub now: Time,
}

/// What a message leads to.
#[derive(Debug, Default)]
pub struct WriterUpdate {
    /// What is to be told to the others.
    pub say: Vec<Message>,
    /// Whether the log of the open workspace has changed.
    pub log_changed: bool,
    /// Whether the small values may have changed.
    pub values_changed: bool,
    /// How many steps of the open workspace were folded into its start, to make room.
    pub folded: u64,
    /// How the writing went, where anything was written.
    pub kept: Option<Result<(), StoreError>>,
}

/// What is known of a tab that asks.
#[derive(Debug, Default)]
struct Peer {
    /// The last request that was looked at.
    last: u64,
    /// The last request that is kept for good.
    done: u64,
    /// Requests that were refused, and of which the tab may not know it yet.
    refused: Vec<u64>,
}

/// The tab that writes.
#[derive(Debug)]
pub struct Writer {
    term: Term,
    peers: BTreeMap<TabId, Peer>,
    /// The logs of the workspaces that other tabs show.
    logs: BTreeMap<WorkspaceId, Log>,
    /// What was asked for and stored when a copy was begun that has not ended yet.
    in_flight: VecDeque<Vec<(TabId, u64)>>,
}

impl Writer {
    /// Begins to write.
    pub const fn new(term: Term) -> Self {
        Self {
            term,
            peers: BTreeMap::new(),
            logs: BTreeMap::new(),
            in_flight: VecDeque::new(),
        }
    }

    /// Returns whether something that a tab has asked for was refused, and it was not told yet.
    pub fn has_refused(&self, tab: &TabId) -> bool {
        let peer = self.peers.get(tab);
        peer.is_some_and(|peer| !peer.refused.is_empty())
    }

    /// Returns what a new writer says first, and whenever a history is another one than the others show.
    pub fn here(&self) -> Message {
        Message::Here {
            term: self.term.clone(),
        }
    }

    /// Tells the others of a step that this tab itself has taken. `vault` has it already.
    pub fn did(&self, vault: &Vault, workspace: &WorkspaceId, record: &Record) -> Message {
        Message::Did {
            term: self.term.clone(),
            workspace: workspace.clone(),
            before: vault.records(workspace).saturating_sub(1),
            record: record.clone(),
            by: None,
        }
    }

    /// Tells the others of small values that have changed.
    pub fn values(&self, values: Vec<(StorageKey, Option<String>)>) -> Option<Message> {
        let small =
            |place: &StorageKey| !matches!(place, StorageKey::State(..) | StorageKey::Segment(..));
        let values: Vec<_> = values
            .into_iter()
            .filter(|(place, _)| small(place))
            .collect();
        (!values.is_empty()).then(|| Message::Values {
            term: self.term.clone(),
            values,
        })
    }

    /// Tells the others whether all is kept.
    pub fn status(&self, word: &str) -> Message {
        Message::Status {
            term: self.term.clone(),
            word: word.to_owned(),
        }
    }

    /// Forgets the log of a workspace, because this tab opens it itself, or because it is another one now.
    pub fn forget(&mut self, workspace: &WorkspaceId) {
        self.logs.remove(workspace);
    }

    /// A copy of what is stored is begun. Every begin has its [`Writer::end`], in the same order.
    pub fn begin(&mut self, vault: &Vault) {
        let mut stored = Vec::new();
        if vault.is_saved() {
            for (tab, peer) in &self.peers {
                if peer.last > peer.done {
                    stored.push((tab.clone(), peer.last));
                }
            }
        }
        self.in_flight.push_back(stored);
    }

    /// The copy that was begun first is complete, or can't be had: what it holds is as safe as it can be.
    #[must_use]
    pub fn end(&mut self) -> Vec<Message> {
        let mut say = Vec::new();
        for (tab, last) in self.in_flight.pop_front().unwrap_or_default() {
            if let Some(peer) = self.peers.get_mut(&tab) {
                peer.done = peer.done.max(last);
                say.push(done(&self.term, &tab, peer));
            }
        }
        say
    }

    /// Returns whether requests are stored that were not told to be done yet, and no copy is under way that will tell.
    pub fn owes(&self) -> bool {
        let told = |tab: &TabId, last: u64| {
            let mut in_flight = self.in_flight.iter().flatten();
            in_flight.any(|(known, number)| known == tab && *number >= last)
        };
        let mut peers = self.peers.iter();
        peers.any(|(tab, peer)| peer.last > peer.done && !told(tab, peer.last))
    }

    /// Takes a message in.
    pub fn hear(&mut self, message: Message, site: &mut Site<'_>) -> WriterUpdate {
        let mut heard = WriterUpdate::default();
        match message {
            Message::Hello { from, workspace } => {
                heard.say.extend(self.stands(from, workspace, site));
            }
            Message::Ask {
                from,
                known,
                first,
                requests,
            } => self.carry_out(&from, known, first, requests, site, &mut heard),
            // What only a writer says, and what is no matter of the saved data.
            _ => {}
        }
        heard
    }

    fn stands(
        &mut self,
        to: TabId,
        workspace: WorkspaceId,
        site: &mut Site<'_>,
    ) -> Option<Message> {
        let workspace = if site.vault.workspace(&workspace).is_some() {
            workspace
        } else {
            WorkspaceId::own()
        };
        self.with_log(&workspace, site, |_, _| ()).ok()?;
        let values = site.vault.sealed_values(&workspace).ok()?;
        Some(Message::Stands {
            term: self.term.clone(),
            seen: site.vault.seen(&workspace, &to),
            to,
            records: site.vault.records(&workspace),
            tail: site.vault.tail(&workspace),
            workspace,
            values,
        })
    }

    /// Does something with a workspace's log, which is loaded where it is not yet.
    fn with_log<R>(
        &mut self,
        workspace: &WorkspaceId,
        site: &mut Site<'_>,
        act: impl FnOnce(&mut Vault, &mut Log) -> R,
    ) -> Result<R, StoreError> {
        if workspace == site.open {
            return Ok(act(site.vault, site.log));
        }
        if !self.logs.contains_key(workspace) {
            let (loaded, _) = site.vault.load_or_sample(workspace, site.now)?;
            self.logs.insert(workspace.clone(), loaded.log);
        }
        let log = self.logs.get_mut(workspace);
        let log = log.ok_or(StoreError::NoWorkspace)?;
        Ok(act(site.vault, log))
    }

    fn carry_out(
        &mut self,
        from: &TabId,
        known: u64,
        first: u64,
        requests: Vec<Request>,
        site: &mut Site<'_>,
        heard: &mut WriterUpdate,
    ) {
        // What an earlier writer has done, the tab says itself.
        let peer = self.peers.entry(from.clone()).or_default();
        peer.last = peer.last.max(known);
        peer.done = peer.done.max(known);
        peer.refused.retain(|number| *number > known);
        for (number, request) in (first..).zip(requests) {
            let last = self.peers.get(from).map_or(known, |peer| peer.last);
            if number <= last {
                continue;
            }
            if number != last + 1 {
                // One before it was lost, and is asked for again.
                break;
            }
            let accepted = match request {
                Request::Step {
                    workspace,
                    record,
                    of,
                } => {
                    let by = (from.clone(), number);
                    match self.step(&workspace, &record, of, &by, site, heard) {
                        Ok(accepted) => accepted,
                        Err(StoreError::NoWorkspace) => false,
                        // It can't be read now: the request comes again.
                        Err(_) => break,
                    }
                }
                other => {
                    heard.values_changed = true;
                    heard.kept = Some(value(site.vault, other));
                    true
                }
            };
            if let Some(peer) = self.peers.get_mut(from) {
                peer.last = number;
                if !accepted {
                    peer.refused.push(number);
                }
            }
        }
        if let Some(peer) = self.peers.get(from)
            && peer.done == peer.last
        {
            // It has missed that.
            heard.say.push(done(&self.term, from, peer));
        }
    }

    /// Takes a step, unless it is taken already; tells whether it is accepted.
    fn step(
        &mut self,
        workspace: &WorkspaceId,
        record: &Record,
        of: Option<super::Stamp>,
        by: &(TabId, u64),
        site: &mut Site<'_>,
        heard: &mut WriterUpdate,
    ) -> Result<bool, StoreError> {
        let (term, here) = (self.term.clone(), self.here());
        let is_open = workspace == site.open;
        let mut is_folded = false;
        self.with_log(workspace, site, |vault, log| {
            if vault.seen(workspace, &by.0) >= by.1 {
                return true;
            }
            let before = vault.records(workspace);
            let Ok(record) = carry_out(log, record, of) else {
                return false;
            };
            let mut kept = vault.append_for(workspace, &record, &by.0, by.1);
            if kept == Err(StoreError::Full)
                && let Ok(Some(folded)) = vault.compact(workspace, log)
            {
                *log = folded.log;
                if is_open {
                    heard.folded += folded.steps;
                }
                is_folded = true;
                kept = vault.flush();
            }
            heard.kept = Some(kept);
            heard.log_changed |= is_open;
            heard.say.push(Message::Did {
                term,
                workspace: workspace.clone(),
                before,
                record,
                by: Some(by.clone()),
            });
            if is_folded {
                // Whoever shows it asks, and says what was folded.
                heard.say.push(here);
            }
            true
        })
    }
}

fn done(term: &Term, tab: &TabId, peer: &Peer) -> Message {
    let refused = peer.refused.iter().copied();
    Message::Done {
        term: term.clone(),
        to: tab.clone(),
        done: peer.done,
        refused: refused.filter(|number| *number <= peer.done).collect(),
    }
}

/// Changes a small value.
fn value(vault: &mut Vault, request: Request) -> Result<(), StoreError> {
    match request {
        Request::Step { .. } => Ok(()),
        Request::Theme(theme) => vault.set_theme(theme),
        Request::Current(workspace) => vault.set_current(&workspace),
        Request::Rules(workspace, rules) => vault.set_rules(&workspace, rules),
        Request::Learned(progress) => {
            let mut merged = vault.progress().clone();
            merged.merge(&progress);
            vault.set_progress(merged)
        }
        Request::Attempt(id, attempt) => vault.set_attempt(&id, attempt),
        Request::Plans(change) => vault.change_plans(|plans| change.make(plans)),
        Request::Console(change) => vault.change_console(|memory| change.make(memory)),
    }
}
