//! A plan for a class as a short text that stands in an address: `mc1.…`, its JSON, packed as [`super::link_codec`] says.
//! The hands that were counted stay where they were.

use super::link_codec::{LinkCodec, NoLink};
use class::Plan;
use registry::json;

const CODEC: LinkCodec = LinkCodec {
    prefix: "mc",
    version: 1,
};

/// Returns whether a text is meant to be that of a plan, whatever is in it.
pub fn is_meant(text: &str) -> bool {
    text.starts_with(CODEC.prefix)
}

/// Returns the text of a link, or `None` if it holds more than a link may bring. It may still be too long for an address.
pub fn print(plan: &Plan) -> Option<String> {
    CODEC.encode(&json::print(&plan.without_votes()))
}

/// Reads the text of a link.
///
/// # Errors
/// If it is none, or what is in it is no plan.
pub fn parse(text: &str) -> Result<Plan, NoLink> {
    json::read(&CODEC.decode(text)?).map_err(NoLink::Broken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use class::Action;
    use class::Presenter;

    #[test]
    fn a_plan_goes_through_a_link_without_its_votes() {
        let plan = class::own::plan().unwrap();
        let mut presenter = Presenter::new(plan.clone());
        for key in ["PageDown"; 40].iter().chain(&["1"]) {
            presenter.act(Action::of_key(key).unwrap(), registry::Time(0));
            presenter.act(Action::Hand(0), registry::Time(0));
        }
        assert_ne!(presenter.plan(), plan);
        let text = print(presenter.plan()).unwrap();
        assert!(is_meant(&text));
        assert!(text.len() < 4_000, "{}", text.len());
        assert_eq!(parse(&text).as_ref(), Ok(plan));
    }

    #[test]
    fn what_is_no_plan_is_refused() {
        assert_eq!(parse("ms1.a.b"), Err(NoLink::NotOne));
        assert_eq!(parse("mc2.a.b"), Err(NoLink::Newer { version: 2 }));
        assert_eq!(parse("mc1.a.b"), Err(NoLink::Damaged));
        let other = CODEC.encode("{}").unwrap();
        assert!(matches!(parse(&other), Err(NoLink::Broken(_))));
    }
}
