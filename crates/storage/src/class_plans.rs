//! The plans for classes: each one as the text of its JSON, under an id that it keeps.
//!
//! The text is read by the pages of the class alone, so that nothing else has to carry the reading of it.

use lesson::id::Id;
use registry::json::JsonError;
use registry::{Time, json_fields};

/// The most plans that are kept.
pub const MAX_PLANS: usize = 100;
/// How many bytes they have together at the most.
pub const MAX_PLANS_BYTES: usize = 1_000_000;

/// A plan as it is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ClassPlan {
    /// What it is known by.
    pub id: Id,
    /// What it is called.
    pub name: String,
    /// Its JSON.
    pub text: String,
    /// When it was changed last. Each change has a later time than the one before, whatever the clock says.
    pub at: Time,
}

json_fields!(ClassPlan {
    id,
    name,
    text as "plan",
    at
});

/// All plans that are kept.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ClassPlans {
    plans: Vec<ClassPlan>,
}

json_fields!(ClassPlans { plans = or_default } checked by ClassPlans::checked);

/// A change of the plans.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PlanChange {
    /// A plan is new, or another one now.
    Keep(ClassPlan),
    /// A plan is deleted.
    Forget(Id),
}

impl PlanChange {
    /// Makes the change. Of a plan that two tabs have changed, the later change counts.
    pub fn make(&self, plans: &mut ClassPlans) {
        match self {
            Self::Keep(plan) => {
                plans.keep(plan.clone());
            }
            Self::Forget(id) => plans.plans.retain(|known| known.id != *id),
        }
    }
}

impl ClassPlans {
    fn checked(&self) -> Result<(), JsonError> {
        let mut kept = Self::default();
        for plan in &self.plans {
            if kept.get(&plan.id).is_some() || !kept.keep(plan.clone()) {
                return Err(JsonError("plans"));
            }
        }
        Ok(())
    }

    /// Returns the plans, the one that was changed last first.
    #[must_use]
    pub fn latest_first(&self) -> Vec<&ClassPlan> {
        let mut all: Vec<&ClassPlan> = self.plans.iter().collect();
        all.sort_by(|one, other| (other.at, &other.id).cmp(&(one.at, &one.id)));
        all
    }

    /// Returns a plan.
    #[must_use]
    pub fn get(&self, id: &Id) -> Option<&ClassPlan> {
        self.plans.iter().find(|plan| plan.id == *id)
    }

    /// Returns whether there is room for a plan, in the place of the one with its id.
    #[must_use]
    pub fn has_room(&self, plan: &ClassPlan) -> bool {
        let others = || self.plans.iter().filter(|known| known.id != plan.id);
        let bytes: usize = others().map(ClassPlan::bytes).sum();
        others().count() < MAX_PLANS && bytes + plan.bytes() <= MAX_PLANS_BYTES
    }

    /// Keeps a plan, unless a later change of it is kept. Returns whether there was room.
    pub fn keep(&mut self, plan: ClassPlan) -> bool {
        if !self.has_room(&plan) {
            return false;
        }
        match self.plans.iter_mut().find(|known| known.id == plan.id) {
            Some(known) if known.at < plan.at => *known = plan,
            Some(_) => {}
            None => self.plans.push(plan),
        }
        true
    }

    /// Returns an id that no plan has.
    #[must_use]
    pub fn fresh_id(&self, at: Time) -> Option<Id> {
        (at.0..=u64::MAX)
            .filter_map(|number| Id::parse(&format!("plan-{number}")))
            .find(|id| self.get(id).is_none())
    }

    /// Takes in what a file brings, beside the plans that are here. Returns how many of them are new here, and for how many there is
    /// no room.
    pub fn take_in(&mut self, brought: &Self) -> (usize, usize) {
        let (mut new, mut left) = (0, 0);
        for plan in &brought.plans {
            if self.plans.iter().any(|known| known.text == plan.text) {
                continue;
            }
            let id = match self.get(&plan.id) {
                Some(_) => self.fresh_id(plan.at),
                None => Some(plan.id.clone()),
            };
            let plan = id.map(|id| ClassPlan { id, ..plan.clone() });
            match plan.is_some_and(|plan| self.keep(plan)) {
                true => new += 1,
                false => left += 1,
            }
        }
        (new, left)
    }
}

impl ClassPlan {
    const fn bytes(&self) -> usize {
        self.name.len() + self.text.len()
    }
}
