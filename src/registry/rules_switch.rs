//! Which rules are in force, and the other ones at hand.

use crate::session::saving::Saving;
use crate::session::{use_keeper, use_language, use_registry};
use crate::ui::pills::{Pill, pills};
use el::El;
use registry::RuleSet;

/// The rules of the learner's own registry.
pub fn own_rules() -> El {
    let store = use_registry();
    let label = use_language().shell().rules_label;
    rules_switch("rules", label, move |rules| store.set_rules(rules))
}

/// Which rules are in force, and the other ones at hand. `group` is unique on the page.
pub fn rules_switch(group: &str, name: &str, choose: impl Fn(RuleSet) + 'static) -> El {
    let (store, keeper) = (use_registry(), use_keeper());
    const RULES: [RuleSet; 2] = [RuleSet::Guided, RuleSet::Mlflow];
    let texts = use_language().shell();
    let options = [
        Pill {
            id: "guided",
            name: texts.rules_guided,
            hint: texts.rules_guided_hint,
        },
        Pill {
            id: "mlflow",
            name: texts.rules_mlflow,
            hint: texts.rules_mlflow_hint,
        },
    ];
    let chosen = move || RULES.iter().position(|rules| *rules == store.rules.get());
    let choose = move |at: usize| {
        if let Some(rules) = RULES.get(at) {
            choose(*rules);
        }
    };
    pills(group, name, &options, chosen, choose)
        .attr("disabled", move || keeper.saving.with(Saving::is_read_only))
}
