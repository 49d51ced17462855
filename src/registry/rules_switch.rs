//! Which rules are in force, and the other ones at hand.

use crate::session::Session;
use crate::session::saving::Saving;
use crate::ui::pills::{Pill, pills};
use el::El;
use registry::RuleSet;

/// Which rules are in force, and the other ones at hand. `group` is unique on the page.
pub fn rules_switch(
    session: Session,
    group: &str,
    name: &str,
    choose: impl Fn(RuleSet) + 'static,
) -> El {
    const RULES: [RuleSet; 2] = [RuleSet::Guided, RuleSet::Mlflow];
    let texts = session.text.shell();
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
    let chosen = move || RULES.iter().position(|rules| *rules == session.rules.get());
    let choose = move |at: usize| {
        if let Some(rules) = RULES.get(at) {
            choose(*rules);
        }
    };
    pills(group, name, &options, chosen, choose).attr("disabled", move || {
        session.saving.with(Saving::is_read_only)
    })
}
