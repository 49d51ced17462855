//! Help, from a little to more; and what is said where no way leads on.

use crate::browser;
use crate::exercises::attempt::{Opened, Work};
use crate::exercises::goal::name;
use crate::exercises::help_lazy::{Help, help};
use crate::exercises::solver::Found;
use crate::ui::markdown::line;
use el::{El, action, details, div, h2, h3, p, strong, summary};
use lesson::exercise::hint;

/// From this width on the help stands beside the board, and open.
const BESIDE: &str = "(min-width: 75rem)";

/// The help.
pub fn hints(work: Work) -> El {
    let texts = work.language.tasks();
    details()
        .class("panel hints-panel")
        .attr("open", browser::matches(BESIDE))
        .attr("data-solver", move || {
            let word = work.found.with(|found| match found {
                Found::Working => "working",
                Found::Way(_) => "way",
                Found::DeadEnd { .. } => "dead-end",
                Found::Unknown => "unknown",
            });
            Some(word.to_owned())
        })
        .child(summary().child(h2().text(texts.hints)))
        .child(p().class("quiet").text(texts.hints_intro))
        .child(div().class("hints").dynamic(move || opened(work)))
}

/// Says that there is no way from here, and offers undo.
pub fn dead_end(work: Work) -> Vec<El> {
    let texts = work.language.tasks();
    let found = work.found.get();
    let Found::DeadEnd { back_to } = found else {
        return Vec::new();
    };
    let way_back = back_to.map(|back_to| {
        let steps = work.store.history(|log| log.step()).saturating_sub(back_to);
        let steps = usize::try_from(steps).unwrap_or(usize::MAX);
        let label = if back_to == work.task().from() {
            format!(
                "{} ({})",
                texts.dead_end_undo(steps),
                texts.dead_end_to_start
            )
        } else {
            texts.dead_end_undo(steps)
        };
        action(label, move || {
            work.back_to(back_to);
            browser::focus_soon("goal-title");
        })
        .class("primary")
        .id("dead-end-undo")
        .attr("disabled", move || !work.store.can_change())
    });
    let said = div()
        .child(strong().text(texts.dead_end))
        .child(p().text(texts.dead_end_why));
    vec![
        div()
            .class("solved-note dead-end")
            .child(said)
            .children(way_back),
    ]
}

fn opened(work: Work) -> Vec<El> {
    let texts = work.language.tasks();
    let hints = &work.exercise.hints;
    let opened = work.opened.get();
    // What changes by itself has a place of its own: the buttons stay, and keep the focus.
    let box_of = |id: &str, head: &str, content: El| {
        let head = h3().id(id).attr("tabindex", "-1").text(head);
        div().class("help-box").child(head).child(content)
    };
    let button = |id: &str, name: &str, title: &'static str, open: fn(&mut Opened)| {
        let take = move || {
            work.take_hint(open);
            browser::focus_soon(title);
        };
        action(name, take).id(id)
    };
    let nudged = if opened.nudge {
        let said = (!hints.nudge.is_empty()).then(|| line(work.pack, p(), &hints.nudge));
        let content = div().children(said).dynamic(move || look_at(work));
        box_of("nudge-title", texts.nudge, content)
    } else {
        button("hint-nudge", texts.nudge, "nudge-title", |opened| {
            opened.nudge = true;
        })
    };
    let idea = (!hints.idea.is_empty()).then(|| {
        if opened.idea {
            let said = line(work.pack, p(), &hints.idea);
            box_of("idea-title", texts.idea, said)
        } else {
            button("hint-idea", texts.idea, "idea-title", |opened| {
                opened.idea = true;
            })
        }
    });
    let step = if opened.next {
        let content = div().dynamic(move || help(work, Help::Next));
        box_of("next-title", texts.next, content)
    } else {
        button("hint-next", texts.next, "next-title", |opened| {
            opened.next = true;
        })
        .attr("disabled", move || work.solved.get())
    };
    let solution = action(texts.solution, move || {
        work.show_solution();
        browser::focus_soon("solution-title");
    })
    .id("hint-solution")
    .class("quiet-button");
    std::iter::once(nudged)
        .chain(idea)
        .chain([step, solution])
        .collect()
}

/// The condition that a best way comes to next.
fn look_at(work: Work) -> Vec<El> {
    let texts = work.language.tasks();
    let place = work.found.with(|found| match found {
        Found::Way(best) => work
            .store
            .history(|log| hint::look_at(work.task(), log, best)),
        Found::Working | Found::DeadEnd { .. } | Found::Unknown => None,
    });
    if let Some((at, name)) = place.and_then(|at| Some((at, name(work, at)?))) {
        let words = texts.look_at(&(at + 1), &name);
        return vec![line(work.pack, p(), &words)];
    }
    let done = work.solved.get().then(|| p().text(texts.nothing_open));
    done.into_iter().collect()
}
