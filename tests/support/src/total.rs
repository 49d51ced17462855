//! What holds of every text that is entered: in the tests with what they make up, in `fuzz/` with what a fuzzer finds.

use console::{Console, Reply, Sandbox, Span, complete, paint};
use registry::RuleSet;
use text::Language;
use text::console::{mark, printed};

thread_local! {
    /// Made once, because a fuzzer asks thousands of times a second.
    static SAMPLE: Sandbox = Sandbox::sample(RuleSet::Guided);
}

/// What holds of every text.
pub fn is_total(text: &str) -> Reply {
    let mut host = SAMPLE.with(Sandbox::clone);
    let before = host.clone();
    let mut console = Console::default();
    let reply = console.enter(&mut host, text);
    let is_place = |at: Span| at.start <= at.end && text.get(at.start..at.end).is_some();
    if let Some(stop) = &reply.stop {
        assert!(is_place(stop.at()), "{text:?} {stop:?}");
        assert!(!stop.id().is_empty() && !stop.code().is_empty());
        let marked = mark(text, stop.at());
        assert!(marked.line >= 1 && marked.column >= 1 && marked.width >= 1);
        if reply.statements == 0 {
            assert_eq!(
                host, before,
                "{text:?} changed something though it was not begun"
            );
        }
    }
    assert!(reply.done <= reply.statements, "{text:?}");
    if reply.statements > 0 {
        let all = reply.done == reply.statements;
        assert_eq!(all, reply.stop.is_none(), "{text:?}");
    }
    assert_eq!(Console::default().count(text), reply.statements, "{text:?}");
    for rules in RuleSet::ALL {
        let _ = printed(Language::English, rules, text, &reply);
    }
    is_painted(text);
    let _ = console.goes_on(text);
    let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let ends: Vec<usize> = ends.collect();
    let step = (ends.len() / 8).max(1);
    for cursor in ends
        .into_iter()
        .step_by(step)
        .chain([text.len(), text.len() + 1])
    {
        let found = complete(&console, &host, text, cursor);
        assert!(found.len() <= 50);
        for completion in found {
            assert!(is_place(completion.replace), "{text:?} {completion:?}");
        }
    }
    reply
}

/// The pieces of a text together are the text.
fn is_painted(text: &str) {
    let mut at = 0;
    for (span, _) in paint(text) {
        assert_eq!(span.start, at, "{text:?}");
        assert!(
            span.end > span.start && text.get(span.start..span.end).is_some(),
            "{text:?}"
        );
        at = span.end;
    }
    assert_eq!(at, text.len(), "{text:?}");
}
