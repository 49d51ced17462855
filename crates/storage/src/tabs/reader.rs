//! A tab that asks the writer, and shows what it asked for at once.

use std::collections::VecDeque;
use std::rc::Rc;

use super::id::{TabId, Term};
use super::request::carry_out;
use super::{Message, Objection, Request};
use crate::key_value::KeyValue as _;
use crate::memory::MemoryStore;
use crate::storage_key::{StorageKey, WorkspaceId};
use crate::vault::Vault;
use registry::{Log, Record, RuleSet, Time};

/// A request of which nobody has said yet that it is done.
#[derive(Debug)]
struct Waiting {
    number: u64,
    request: Request,
    /// Whether it is a step that the confirmed log has already.
    in_log: bool,
}

/// What a message leads to.
#[derive(Debug, Default)]
pub struct ReaderUpdate {
    /// What is to be said in return.
    pub say: Vec<Message>,
    pub log_changed: bool,
    /// A whole new picture: another vault, and the rule set of the workspace.
    pub replica: Option<Replica>,
    /// Small values that have changed.
    pub values: Vec<(StorageKey, Option<String>)>,
    /// What was asked for and is not done.
    pub objections: Vec<Objection>,
    /// Whether all is kept, in a word of the writer.
    pub status: Option<String>,
    /// How many steps of the history that is shown were folded into its start since.
    pub folded: u64,
}

/// The data of the writer, as this tab shows it.
#[derive(Debug)]
pub struct Replica {
    /// The saved values, as this tab has them now.
    pub store: MemoryStore,
    /// A vault over them that only reads.
    pub vault: Vault,
    /// The workspace; the learner's own, where the one that was asked for is gone.
    pub workspace: WorkspaceId,
    pub rules: RuleSet,
}

/// A tab that asks.
#[derive(Debug)]
pub struct Reader {
    me: TabId,
    workspace: WorkspaceId,
    term: Option<Term>,
    next: u64,
    /// All requests up to this number are done.
    known: u64,
    waiting: VecDeque<Waiting>,
    /// The log as the writer has it, while steps of this tab come on top of it.
    base: Option<Log>,
    /// How many records the confirmed log has; nothing while that is not known.
    records: Option<u64>,
}

impl Reader {
    /// Returns a tab that has asked for nothing yet.
    pub const fn new(me: TabId, workspace: WorkspaceId) -> Self {
        Self {
            me,
            workspace,
            term: None,
            next: 1,
            known: 0,
            waiting: VecDeque::new(),
            base: None,
            records: None,
        }
    }

    /// Returns which tab this is.
    pub const fn me(&self) -> &TabId {
        &self.me
    }

    /// Returns the term of this tab, should it write from now on: it comes after all that it has heard of, whatever the clock says.
    pub fn next_term(&self, now: Time) -> Term {
        let known = self.term.as_ref().map_or(0, |known| known.since.0);
        Term {
            since: Time(now.0.max(known.saturating_add(1))),
            tab: self.me.clone(),
        }
    }

    /// Returns how many requests nobody has said to be done.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Returns whether a writer has said how things stand.
    pub const fn is_in_step(&self) -> bool {
        self.records.is_some()
    }

    /// Returns the question how a workspace stands. Until the answer comes, the log that is shown counts for nothing.
    pub fn hello(&mut self, workspace: &WorkspaceId) -> Message {
        if self.workspace != *workspace {
            self.workspace = workspace.clone();
            self.base = None;
        }
        self.records = None;
        Message::Hello {
            from: self.me.clone(),
            workspace: workspace.clone(),
        }
    }

    /// Returns all that is said again to a new writer, or where no answer comes.
    pub fn again(&mut self) -> Vec<Message> {
        let workspace = self.workspace.clone();
        let mut say = vec![self.hello(&workspace)];
        say.extend(self.ask_again());
        say
    }

    fn ask_again(&self) -> Option<Message> {
        let first = self.waiting.front()?.number;
        let requests = self.waiting.iter();
        Some(Message::Ask {
            from: self.me.clone(),
            known: self.known,
            first,
            requests: requests.map(|waiting| waiting.request.clone()).collect(),
        })
    }

    /// Asks for a step that is in the shown log already; `before` is that log without it.
    pub fn ask_step(
        &mut self,
        before: impl FnOnce() -> Log,
        record: &Record,
        log: &Log,
    ) -> Message {
        if self.base.is_none() {
            self.base = Some(before());
        }
        self.ask(Request::for_step(&self.workspace, record, log))
    }

    /// Returns whether the log without a coming step has to be given to [`Reader::ask_step`].
    pub const fn wants_base(&self) -> bool {
        self.base.is_none()
    }

    /// Asks for something.
    pub fn ask(&mut self, request: Request) -> Message {
        let number = self.next;
        self.next += 1;
        self.waiting.push_back(Waiting {
            number,
            request: request.clone(),
            in_log: false,
        });
        Message::Ask {
            from: self.me.clone(),
            known: self.known,
            first: number,
            requests: vec![request],
        }
    }

    /// This tab writes from now on: what it still waits for, as its own writer hears it. It is asked for nowhere else.
    pub fn take_over(&mut self) -> Option<Message> {
        let ask = self.ask_again();
        self.known = self.next - 1;
        self.waiting.clear();
        self.base = None;
        self.records = None;
        ask
    }

    /// Takes a message in.
    pub fn hear(&mut self, message: Message, log: &mut Log, now: Time) -> ReaderUpdate {
        let mut heard = ReaderUpdate::default();
        match message {
            Message::Here { term } => {
                if self.term.as_ref() <= Some(&term) {
                    self.term = Some(term);
                    heard.say = self.again();
                }
            }
            Message::Stands {
                term,
                to,
                seen,
                workspace,
                records,
                values,
                tail,
            } => {
                if to == self.me && self.term.as_ref() <= Some(&term) {
                    self.term = Some(term);
                    let found = (seen, workspace, records, values, tail);
                    self.stands(found, log, now, &mut heard);
                }
            }
            Message::Did {
                term,
                workspace,
                before,
                record,
                by,
            } => {
                if self.is_current(&term, &mut heard) && workspace == self.workspace {
                    self.did(before, &record, by.as_ref(), log, &mut heard);
                }
            }
            Message::Done {
                term,
                to,
                done,
                refused,
            } => {
                if to == self.me && self.is_current(&term, &mut heard) {
                    self.done(done, &refused, log, &mut heard);
                }
            }
            Message::Values { term, values } => {
                if self.is_current(&term, &mut heard) {
                    heard.values = values;
                }
            }
            Message::Status { term, word } => {
                if self.is_current(&term, &mut heard) {
                    heard.status = Some(word);
                }
            }
            Message::Hello { .. } | Message::Ask { .. } | Message::Wish { .. } => {}
        }
        heard
    }

    /// Returns whether a message is of the writer that this tab knows. Where it is of one that it has not heard of, that one
    /// is asked.
    fn is_current(&mut self, term: &Term, heard: &mut ReaderUpdate) -> bool {
        if self.term.as_ref() < Some(term) {
            self.term = Some(term.clone());
            heard.say = self.again();
            return false;
        }
        self.term.as_ref() == Some(term)
    }

    fn stands(
        &mut self,
        (seen, workspace, records, values, tail): (
            u64,
            WorkspaceId,
            u64,
            Vec<(StorageKey, String)>,
            Vec<Record>,
        ),
        log: &mut Log,
        now: Time,
        heard: &mut ReaderUpdate,
    ) {
        let store = MemoryStore::new();
        for (place, text) in values {
            // There is room for everything.
            let _ = store.set(&place.to_string(), &text);
        }
        let (mut vault, _) = Vault::open_reading(Rc::new(store.clone()), "");
        let Ok((loaded, _)) = vault.load_or_sample(&workspace, now) else {
            return;
        };
        let mut confirmed = loaded.log;
        if tail.iter().any(|record| confirmed.replay(record).is_err()) {
            return;
        }
        // A history that is still to come says nothing about what was folded.
        if self.workspace == workspace && log.step() > 0 {
            heard.folded = confirmed.folded().saturating_sub(log.folded());
        }
        self.workspace = workspace.clone();
        self.records = Some(records);
        for waiting in &mut self.waiting {
            if waiting.is_step_of(&workspace) && waiting.number <= seen {
                waiting.in_log = true;
            }
        }
        self.base = Some(confirmed);
        let mut shown = Log::default();
        self.show(&mut shown);
        // As a rule the tab shows that already.
        if *log != shown {
            *log = shown;
            heard.log_changed = true;
        }
        heard.replica = Some(Replica {
            store,
            vault,
            workspace,
            rules: loaded.rules,
        });
    }

    /// Makes the shown log anew: the confirmed one, and what this tab has asked for on top.
    fn show(&mut self, log: &mut Log) {
        let Some(base) = &self.base else { return };
        *log = base.clone();
        let mut on_top = false;
        for waiting in &self.waiting {
            if let Request::Step {
                workspace,
                record,
                of,
            } = &waiting.request
                && *workspace == self.workspace
                && !waiting.in_log
            {
                on_top = true;
                // What is refused now may be accepted by the writer, which says so.
                let _ = carry_out(log, record, *of);
            }
        }
        if !on_top {
            self.base = None;
        }
    }

    fn did(
        &mut self,
        before: u64,
        record: &Record,
        by: Option<&(TabId, u64)>,
        log: &mut Log,
        heard: &mut ReaderUpdate,
    ) {
        let Some(records) = self.records else { return };
        if before < records {
            return;
        }
        if before > records {
            heard.say = self.again();
            return;
        }
        let mut mine = self.waiting.iter_mut();
        let mine = mine.find(|waiting| waiting.is_step_of(&self.workspace) && !waiting.in_log);
        let own = mine.is_some_and(|waiting| {
            let own = by.is_some_and(|(tab, number)| *tab == self.me && *number == waiting.number);
            waiting.in_log |= own;
            own
        });
        let confirmed = self.base.as_mut().unwrap_or(log);
        if confirmed.replay(record).is_err() {
            heard.say = self.again();
            return;
        }
        self.records = Some(records + 1);
        let others = self.base.is_some() && !own;
        if others || !self.has_own_steps() {
            self.show(log);
        }
        heard.log_changed |= !own;
    }

    fn has_own_steps(&self) -> bool {
        let mut waiting = self.waiting.iter();
        waiting.any(|waiting| waiting.is_step_of(&self.workspace) && !waiting.in_log)
    }

    fn done(&mut self, done: u64, refused: &[u64], log: &mut Log, heard: &mut ReaderUpdate) {
        let mut gone = Vec::new();
        let mut missed = false;
        while let Some(first) = self.waiting.pop_front() {
            if first.number > done {
                self.waiting.push_front(first);
                break;
            }
            self.known = self.known.max(first.number);
            if refused.contains(&first.number) {
                gone.push(first.request);
            } else {
                missed |= first.is_step_of(&self.workspace) && !first.in_log;
            }
        }
        for request in gone {
            let Request::Step { record, of, .. } = request else {
                continue;
            };
            // The registry's own words, where it would say the same here.
            let mut tried = self.base.clone().unwrap_or_else(|| log.clone());
            heard
                .objections
                .push(match carry_out(&mut tried, &record, of) {
                    Err(Objection::Refused(refusal)) => Objection::Refused(refusal),
                    Err(Objection::Moved) | Ok(_) => Objection::Moved,
                });
            heard.log_changed = true;
        }
        if heard.log_changed {
            self.show(log);
        }
        if missed {
            heard.say = self.again();
        }
    }
}

impl Waiting {
    fn is_step_of(&self, id: &WorkspaceId) -> bool {
        matches!(&self.request, Request::Step { workspace, .. } if workspace == id)
    }
}
