//! The teacher's window as a state that its pieces share: where the plan is, the channel, the clock.

use leptos::prelude::*;
use std::time::Duration;

use crate::browser;
use crate::class::channel::Channel;
use crate::class::plans::Plans;
use crate::session::use_keeper;
use class::message::Asked;
use class::{Action, Plan, Presenter, Sender};
use el::{Memo, RwSignal};
use registry::Time;

/// The teacher's window. A handle that is cheap to copy.
#[derive(Clone, Copy)]
pub struct Room {
    /// The plans that are kept.
    pub plans: Plans,
    /// Where the teacher is in the plan that is taught.
    pub presenter: RwSignal<Presenter>,
    /// The clock, by the second.
    pub now: RwSignal<Time>,
    /// How many projector windows are open, and how many of them show the present view.
    pub windows: RwSignal<(usize, usize)>,
    /// Whether a later presenter shows.
    pub is_over: RwSignal<bool>,
    channel: Channel,
    sender: StoredValue<Sender, LocalStorage>,
}

impl Room {
    /// Opens it, as it was left in this window.
    pub fn open() -> Self {
        let plans = Plans::open(use_keeper());
        let presenter = plans.presenter;
        let (windows, is_over) = (RwSignal::new((0, 0)), RwSignal::new(false));
        let now = RwSignal::new(browser::now());
        let sender = StoredValue::new_local(Sender::new(browser::now().0));
        let channel = Channel::open();
        let room = Self {
            plans,
            presenter,
            now,
            windows,
            is_over,
            channel,
            sender,
        };
        channel.listen(move |message| room.hear(message));
        let screen = Memo::new(move || presenter.with(Presenter::screen));
        Effect::new(move || {
            screen.track();
            untrack(|| room.show());
        });
        let tick =
            set_interval_with_handle(move || now.set(browser::now()), Duration::from_secs(1));
        if let Ok(tick) = tick {
            on_cleanup(move || tick.clear());
        }
        room
    }

    /// Returns whether windows can talk to each other here.
    pub fn has_channel(self) -> bool {
        self.channel.is_open()
    }

    fn hear(self, message: class::Message) {
        let asked = self.sender.try_update_value(|sender| sender.hear(message));
        match asked {
            Some(Asked::Again) => self.show(),
            Some(Asked::Key(key)) => {
                if let Some(action) = Action::of_key(&key) {
                    self.act(action);
                }
            }
            Some(Asked::Over) => self.is_over.set(true),
            Some(Asked::Nothing) | None => {}
        }
        self.count();
    }

    /// Says to the projector windows what they show.
    fn show(self) {
        let screen = self.presenter.with_untracked(Presenter::screen);
        let message = self.sender.try_update_value(|sender| sender.show(screen));
        if let Some(message) = message.flatten() {
            self.channel.post(&message);
        }
        self.count();
    }

    fn count(self) {
        let windows = self.sender.with_value(Sender::windows);
        if self.windows.get_untracked() != windows {
            self.windows.set(windows);
        }
    }

    /// Shows from this window again, though another presenter was opened later.
    pub fn take_over(self) {
        self.sender.set_value(Sender::new(browser::now().0));
        self.is_over.set(false);
        self.show();
    }

    /// Does what the teacher wants.
    pub fn act(self, action: Action) {
        let now = browser::now();
        self.now.set(now);
        self.presenter
            .update(|presenter| presenter.act(action, now));
    }

    /// Changes the plan.
    pub fn change(self, change: impl FnOnce(&mut Plan)) {
        self.presenter.update(|presenter| presenter.change(change));
    }
}
