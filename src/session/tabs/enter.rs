//! The start: who writes is settled before anything is opened, and the store is put in order by its copy.

use std::rc::Rc;

use crate::browser::js;
use crate::session::chunk::PATIENCE;
use crate::session::tabs::backup::Differing;
use crate::session::tabs::connection::{Reconciling, Role, Tabs};
use crate::session::tabs::lazy;
use storage::{Notice, StoreError};

impl Tabs {
    /// Finds out what this tab may do, and puts the store in order by its copy if it may.
    ///
    /// # Errors
    /// Why there is no store.
    pub async fn enter() -> Result<Rc<Self>, StoreError> {
        let tabs = Self::open()?;
        match tabs.lock.try_take(&tabs.prefix).await {
            Some(true) => tabs.role.set(Role::Writer),
            Some(false) if tabs.channel.port.is_object() => tabs.role.set(Role::Reader),
            Some(false) => {}
            None => {
                let asked = Rc::clone(&tabs);
                js::within(PATIENCE, async move {
                    lazy::presence_probe(asked).await;
                })
                .await;
                if let Some(presence_probe) = tabs.presence_probe.take()
                    && presence_probe.finds_nobody().await
                {
                    tabs.role.set(Role::Writer);
                }
            }
        }
        if tabs.role.get() == Role::Writer {
            tabs.look_back().await;
            tabs.reconcile().await;
        }
        Ok(tabs)
    }

    /// Takes what an earlier version has kept in this folder under other keys, in the part that can.
    async fn look_back(self: &Rc<Self>) {
        if self.old_keys().is_empty() {
            return;
        }
        self.start.reconciling.set(Reconciling::Awaited);
        js::within(PATIENCE, lazy::carry_over(Rc::clone(self))).await;
        // What arrives after this must not write any more.
        self.start.reconciling.set(Reconciling::Over);
        if !self.old_keys().is_empty() {
            self.start.notices.borrow_mut().push(Notice::OldStore);
        }
    }

    /// Compares the store with its copy, and lets the longer valid one count. Where that can't be done, the copy stays as it
    /// is: a newer one is shown, and nothing is written; without one that is newer, the app goes on with the store alone.
    pub async fn reconcile(self: &Rc<Self>) {
        self.copy.open().await;
        let Some(differing) = self.copy.compare(&self.store).await else {
            return;
        };
        let Differing { contents, .. } = differing;
        self.start.reconciling.set(Reconciling::Awaited);
        let reconciled = lazy::reconcile(Rc::clone(self), contents.clone(), differing.is_newer);
        js::within(PATIENCE, reconciled).await;
        // What arrives after this must not write any more.
        if self.start.reconciling.replace(Reconciling::Over) == Reconciling::Done {
            return;
        }
        self.copy.leave();
        if differing.is_newer || differing.has_more {
            self.role.set(Role::Unreconciled);
            self.lock.release();
            self.start.unreconciled.replace(Some(contents));
        }
    }
}
