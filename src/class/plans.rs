//! The plans that are kept: which one is taught, how each change of it is kept, and what other windows change.

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::browser::{self, js};
use crate::session::Keeper;
use class::presenter::Saved;
use class::{Plan, Presenter, own};
use el::{Memo, RwSignal};
use lesson::pack::Id;
use registry::{Time, json};
use share::limits::LINK;
use storage::tabs::Request;
use storage::{ClassPlan, Mode, PlanChange, folder};

/// The plans that are kept, and the one that is taught.
#[derive(Clone, Copy)]
pub struct Plans {
    /// Where the teacher is in the plan that is taught.
    pub presenter: RwSignal<Presenter>,
    /// The plans that are kept, with their names, the one that was changed last first.
    pub list: RwSignal<Vec<(Id, String)>>,
    /// Whether there is no room for this one.
    pub is_full: RwSignal<bool>,
    /// The plan that was deleted last, as long as the page is open.
    pub deleted: RwSignal<Option<ClassPlan>>,
    keeper: Keeper,
}

impl Plans {
    /// Opens them, with the plan as it was left in this window, or else the one that was changed last.
    pub fn open(keeper: Keeper) -> Self {
        let presenter = RwSignal::new(at_start(keeper));
        let plans = Self {
            presenter,
            list: RwSignal::new(Vec::new()),
            is_full: RwSignal::new(false),
            deleted: RwSignal::new(None),
            keeper,
        };
        // Where the teacher points to is not kept.
        let left = Memo::new(move || {
            let mut left = presenter.get();
            left.point(None);
            left
        });
        Effect::new(move || left.with(leave));
        let plan = Memo::new(move || presenter.with(|it| it.plan().clone()));
        Effect::new(move || {
            plan.track();
            untrack(|| plans.keep());
        });
        // It is told anew whenever another window has changed something that is kept.
        Effect::new(move || {
            keeper.workspace.track();
            untrack(|| plans.follow());
        });
        plans
    }

    /// Keeps the plan that is taught, where it is another one than what is kept. The app's own is kept once it is changed.
    fn keep(self) {
        let (plan, saved) = self
            .presenter
            .with_untracked(|it| (it.plan().clone(), it.saved().cloned()));
        if saved.is_none() && own::plan() == Some(&plan) {
            return;
        }
        let Some(kept) = self.keeper.with_vault(|vault| {
            let known = saved
                .as_ref()
                .and_then(|saved| vault.plans().get(&saved.id));
            let id = match &saved {
                Some(saved) => saved.id.clone(),
                None => vault.plans().fresh_id(browser::now())?,
            };
            let before = [known.map(|it| it.at), saved.as_ref().map(|it| it.at)];
            let kept = as_kept(&plan, id, before.into_iter().flatten().max());
            let is_new = known.is_none_or(|known| known.text != kept.text);
            is_new.then_some(kept)
        }) else {
            return;
        };
        if self.change(PlanChange::Keep(kept.clone())) {
            let saved = Saved {
                id: kept.id,
                at: kept.at,
            };
            self.presenter.update(|presenter| presenter.keep_as(saved));
        }
    }

    /// Makes a change, here and in the tab that writes. Returns whether there is room for it.
    fn change(self, change: PlanChange) -> bool {
        let has_room = match &change {
            PlanChange::Keep(plan) => self.keeper.with_vault(|vault| vault.plans().has_room(plan)),
            PlanChange::Forget(_) => true,
        };
        self.is_full.set(!has_room);
        if has_room {
            self.keeper
                .send_to_writer(|| Request::Plans(change.clone()));
            self.keeper
                .keep(|vault, _| vault.change_plans(|plans| change.make(plans)));
            self.show_list();
        }
        has_room
    }

    /// Goes on with what another window has made of the plan.
    fn follow(self) {
        self.show_list();
        let saved = self.presenter.with_untracked(|it| it.saved().cloned());
        let later = saved.and_then(|saved| {
            self.keeper.with_vault(|vault| {
                let kept = vault.plans().get(&saved.id)?;
                (kept.at > saved.at).then(|| read(kept)).flatten()
            })
        });
        if let Some((plan, saved)) = later {
            self.presenter
                .update(|presenter| presenter.follow(plan, saved));
        }
    }

    fn show_list(self) {
        let list = self.keeper.with_vault(|vault| {
            let plans = vault.plans().latest_first().into_iter();
            plans
                .map(|plan| (plan.id.clone(), plan.name.clone()))
                .collect::<Vec<_>>()
        });
        if self.list.with_untracked(|known| *known != list) {
            self.list.set(list);
        }
    }

    /// Goes to another plan. Returns whether it can be read.
    pub fn go_to(self, id: &Id) -> bool {
        let plan = self
            .keeper
            .with_vault(|vault| vault.plans().get(id).and_then(read));
        let is_read = plan.is_some();
        if let Some((plan, saved)) = plan {
            self.presenter.set(Presenter::of_saved(plan, saved));
        }
        is_read
    }

    /// Begins with a plan that is not kept yet.
    pub fn begin(self, plan: Plan) {
        self.presenter.set(Presenter::new(plan));
    }

    /// Deletes the plan that is taught, and goes to the one that was changed last before it.
    pub fn delete(self) {
        let saved = self.presenter.with_untracked(|it| it.saved().cloned());
        let known = saved.and_then(|saved| {
            self.keeper
                .with_vault(|vault| vault.plans().get(&saved.id).cloned())
        });
        if let Some(plan) = known {
            self.change(PlanChange::Forget(plan.id.clone()));
            self.deleted.set(Some(plan));
        }
        self.presenter
            .set(latest(self.keeper).unwrap_or_else(fresh));
    }

    /// Brings the plan back that was deleted last.
    pub fn bring_back(self) {
        let Some(plan) = self.deleted.get_untracked() else {
            return;
        };
        if self.change(PlanChange::Keep(plan.clone())) {
            self.deleted.set(None);
            self.go_to(&plan.id);
        }
    }
}

/// Returns a plan as it is kept, as a change after `before`.
fn as_kept(plan: &Plan, id: Id, before: Option<Time>) -> ClassPlan {
    let before = before.map_or(0, |before| before.0 + 1);
    ClassPlan {
        id,
        name: plan.name.clone(),
        text: json::print(plan),
        at: Time(browser::now().0.max(before)),
    }
}

fn read(kept: &ClassPlan) -> Option<(Plan, Saved)> {
    LINK.measure(&kept.text).ok()?;
    let saved = Saved {
        id: kept.id.clone(),
        at: kept.at,
    };
    Some((json::read(&kept.text).ok()?, saved))
}

/// Returns a teacher before the app's own plan.
pub fn fresh() -> Presenter {
    Presenter::new(own::plan().cloned().unwrap_or_else(|| Plan::new("")))
}

/// Returns a teacher before the plan that was changed last, of those that can be read.
fn latest(keeper: Keeper) -> Option<Presenter> {
    keeper.with_vault(|vault| {
        let (plan, saved) = vault.plans().latest_first().into_iter().find_map(read)?;
        Some(Presenter::of_saved(plan, saved))
    })
}

/// Returns the teacher as it was left in this window, or else before the plan that was changed last, or the app's own.
pub fn at_start(keeper: Keeper) -> Presenter {
    let is_there = |left: &Presenter| match left.saved() {
        // It was deleted in another window; where nothing is kept, this window has the only copy.
        Some(saved) => keeper.with_vault(|vault| {
            vault.mode() == Mode::MemoryOnly || vault.plans().get(&saved.id).is_some()
        }),
        None => true,
    };
    left()
        .filter(is_there)
        .or_else(|| latest(keeper))
        .unwrap_or_else(fresh)
}

/// Keeps a plan that came in a link, where the very same is not kept, and lets this window go on with it.
pub fn take_in(keeper: Keeper, plan: &Plan) {
    let text = json::print(plan);
    let known = keeper.with_vault(|vault| {
        let plans = vault.plans().latest_first().into_iter();
        plans.filter(|kept| kept.text == text).find_map(read)
    });
    let presenter = match known {
        Some((plan, saved)) => Presenter::of_saved(plan, saved),
        None => Presenter::new(plan.clone()),
    };
    leave(&presenter);
}

fn place() -> String {
    format!("{}class", folder::prefix(&browser::path()))
}

/// The window's own store, which a reload leaves as it is; undefined where the browser allows none.
fn store() -> JsValue {
    js::global("sessionStorage")
}

/// Returns the teacher as it was left in this window.
fn left() -> Option<Presenter> {
    let text = js::call(&store(), "getItem", &[place().into()]).ok()?;
    let text = text.as_string()?;
    LINK.measure(&text).ok()?;
    json::read(&text).ok()
}

/// Keeps where the teacher is. Where there is no room or no store, the window works all the same.
fn leave(presenter: &Presenter) {
    let text = json::print(presenter);
    let _ = js::call(&store(), "setItem", &[place().into(), text.into()]);
}
