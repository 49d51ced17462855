//! Which rules are in force, and the other ones at hand.

use crate::session::keeper::use_keeper;
use crate::session::language::use_language;
use crate::session::registry_store::use_registry;
use crate::session::saving::Saving;
use crate::ui::pills::{Pill, pills};
use el::El;
use registry::RuleSet;

/// Which rules are in force, and the other ones at hand. `group` is unique on the page.
pub fn rules_switch(group: &str, name: &str, choose: impl Fn(RuleSet) + 'static) -> El {
    let language = use_language();
    let store = use_registry();
    let keeper = use_keeper();
    const RULES: [RuleSet; 2] = [RuleSet::Guided, RuleSet::Mlflow];
    let texts = language.shell();
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
