//! The goal: each condition with how it stands and why, the board that it asks for, and the marks of what is concerned on
//! the board that is there.

use std::cell::RefCell;

use leptos::prelude::*;

use crate::browser;
use crate::exercises::attempt::Work;
use crate::session::{Mark, use_selection};
use crate::ui::icon::{TICK, WARNING, icon, stage_class, stage_name};
use crate::ui::markdown::line;
use el::{El, action, div, h2, li, ol, p, section, span, strong, ul};
use lesson::exercise::goal::{TargetColumn, target};
use lesson::exercise::{Evaluation, Status, Thing};
use registry::{ModelName, VersionNumber};
use text::{exercise, goal};

/// An open circle.
const OPEN: &str = "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20zm0 2.500a7.500 7.500 0 1 1 0 15a7.500 7.500 0 1 1 0-15z";

/// The conditions.
pub fn goal(work: Work) -> El {
    let texts = work.language.tasks();
    mark(work);
    let items = move || {
        work.evaluated.with(|evaluated| {
            let named = work.task().goal.iter().enumerate().zip(evaluated);
            named
                .map(|((at, _), evaluated)| condition(work, at, evaluated))
                .collect()
        })
    };
    section()
        .class("panel goal-panel")
        .class(("solved", move || work.solved.get()))
        .attr("aria-labelledby", "goal-title")
        .child(
            h2().id("goal-title")
                .attr("tabindex", "-1")
                .text(texts.goal),
        )
        .child(p().class("quiet").text(texts.goal_intro))
        .child(count(work))
        .children(ghosts(work))
        .child(ol().class("goal-list").dynamic(items))
        .child(may_use(work))
}

/// What may be used: the methods, with the names that they are limited to.
fn may_use(work: Work) -> El {
    let words = exercise::may_use(work.language, work.task());
    line(work.pack, p().class("quiet").id("may-use"), &words)
}

/// The board that the goal asks for, of each model that it speaks of. The conditions say the same in words.
fn ghosts(work: Work) -> Vec<El> {
    let task = work.task();
    let models: Vec<ModelName> = work.store.log.with_untracked(|log| {
        log.registry()
            .models()
            .map(|it| it.name().clone())
            .collect()
    });
    let several = models.len() > 1;
    let ghost = |model: ModelName| {
        let columns = target(task, &model)?;
        let head = several.then(|| p().class("mono").verbatim().text(model.to_string()));
        let columns = columns
            .into_iter()
            .map(|column| wanted(work, &model, column));
        let board = ul().class("mini ghost").children(columns);
        Some(
            div()
                .attr("aria-hidden", "true")
                .children(head)
                .child(board),
        )
    };
    models.into_iter().filter_map(ghost).collect()
}

/// A stage as the goal wants it. What stands there already is filled.
fn wanted(work: Work, model: &ModelName, column: TargetColumn) -> El {
    let TargetColumn {
        stage,
        versions,
        only,
    } = column;
    let is_empty = versions.is_empty() && only;
    let versions = versions.into_iter().map(|number| {
        let model = model.clone();
        let is_there = move || {
            work.store.read(|registry| {
                let version = registry.model(&model).and_then(|it| it.version(number));
                version.is_some_and(|version| version.stage() == stage)
            })
        };
        span()
            .class("ghost-card mono")
            .class(("there", is_there))
            .verbatim()
            .text(format!("v{number}"))
    });
    let empty = is_empty.then(|| span().class("quiet").text(work.language.tasks().goal_empty));
    li().class(stage_class(stage))
        .child(p().child(stage_name(stage)))
        .child(
            div()
                .class("ghost-cards")
                .children(versions)
                .children(empty),
        )
}

/// The goal in short, which stays in sight where there is no room beside the board. It leads to the conditions.
pub fn strip(work: Work) -> El {
    let texts = work.language.tasks();
    let marks = move || {
        work.evaluated.with(|evaluated| {
            let mark = |one: &Evaluation| {
                let (class, shape) = shape(one.status);
                icon(&format!("mark {class}"), shape)
            };
            evaluated.iter().map(mark).collect()
        })
    };
    let words = move || {
        work.evaluated.with(|evaluated| {
            let met = evaluated.iter().filter(|one| one.status == Status::Met);
            texts.goal_count(&met.count(), &evaluated.len())
        })
    };
    let next = move || {
        let open = work
            .evaluated
            .with(|all| all.iter().position(|one| one.status != Status::Met));
        let name = open.and_then(|at| name(work, at)).unwrap_or_default();
        name.replace('`', "")
    };
    action("", || browser::focus_soon("goal-title"))
        .class("goal-strip")
        .attr("id", "goal-strip")
        .child(strong().text(texts.goal))
        .child(span().class("goal-strip-count").text(words))
        .child(
            span()
                .class("goal-strip-marks")
                .attr("aria-hidden", "true")
                .dynamic(marks),
        )
        .child(span().class("goal-strip-next").text(next))
}

/// The class and the mark of a condition.
const fn shape(status: Status) -> (&'static str, &'static str) {
    match status {
        Status::Met => ("met", TICK),
        Status::NotYet => ("open", OPEN),
        Status::Overdone => ("over", WARNING),
    }
}

/// How many are met, and what has changed by the last step; said to a screen reader.
fn count(work: Work) -> El {
    let texts = work.language.tasks();
    let before = RefCell::new(None::<Vec<bool>>);
    p().class("goal-count")
        .attr("role", "status")
        .text(move || {
            let met: Vec<bool> = work.evaluated.with(|evaluated| {
                let met = evaluated.iter().map(|one| one.status == Status::Met);
                met.collect()
            });
            let mut said = texts.met(met.iter().filter(|met| **met).count(), &met.len());
            let was = before.replace(Some(met.clone()));
            for now in [true, false] {
                let changed = was.iter().flatten().zip(&met).enumerate();
                let names: Vec<String> = changed
                    .filter(|(_, (was, is))| was != is && **is == now)
                    .filter_map(|(at, _)| name(work, at))
                    .map(|name| name.replace('`', ""))
                    .collect();
                if !names.is_empty() {
                    said.push(' ');
                    let names = names.join(", ");
                    said.push_str(&match now {
                        true => texts.now_met(&names),
                        false => texts.now_open(&names),
                    });
                }
            }
            said
        })
}

/// What a condition is called: a line.
pub fn name(work: Work, at: usize) -> Option<String> {
    let named = work.task().goal.get(at)?;
    Some(goal::name(work.language, work.task(), named))
}

fn condition(work: Work, at: usize, evaluated: &Evaluation) -> El {
    let text = work.language;
    let (class, shape) = shape(evaluated.status);
    let named =
        div()
            .class("goal-name")
            .child(line(work.pack, p(), &name(work, at).unwrap_or_default()));
    let why = line(
        work.pack,
        p().class("goal-why")
            .child(strong().text(goal::status(text, evaluated.status)))
            .text(": "),
        &goal::reason(text, work.task(), evaluated),
    );
    li().class(format!("goal-item {class}"))
        .child(icon("mark", shape))
        .child(
            span()
                .class("goal-number")
                .attr("aria-hidden", "true")
                .text((at + 1).to_string()),
        )
        .child(named.child(why))
}

/// Marks the versions that open conditions are about.
fn mark(work: Work) {
    let selection = use_selection();
    Effect::new(move || {
        let marks = work.evaluated.with(|evaluated| marks(work, evaluated));
        if selection.marks.with_untracked(|before| *before != marks) {
            selection.marks.set(marks);
        }
    });
}

fn marks(work: Work, evaluated: &[Evaluation]) -> Vec<Mark> {
    let texts = work.language.tasks();
    let mut marks = Vec::new();
    for status in [Status::NotYet, Status::Overdone] {
        let too_much = status == Status::Overdone;
        let mut concerned: Vec<(ModelName, VersionNumber, Vec<String>)> = Vec::new();
        let open = evaluated.iter().enumerate();
        for (at, one) in open.filter(|(_, one)| one.status == status) {
            for (model, version) in one.about.iter().filter_map(|thing| version(work, thing)) {
                let number = (at + 1).to_string();
                let known = concerned
                    .iter_mut()
                    .find(|(of, known, _)| *of == model && *known == version);
                match known {
                    Some((_, _, numbers)) if numbers.contains(&number) => {}
                    Some((_, _, numbers)) => numbers.push(number),
                    None => concerned.push((model, version, vec![number])),
                }
            }
        }
        marks.extend(concerned.into_iter().map(|(model, version, numbers)| {
            let numbers = numbers.join(", ");
            Mark {
                model,
                version,
                words: match too_much {
                    true => texts.mark_over(&numbers),
                    false => texts.mark_open(&numbers),
                },
                too_much,
            }
        }));
    }
    marks
}

/// The version that something is, or that it points to.
fn version(work: Work, thing: &Thing) -> Option<(ModelName, VersionNumber)> {
    match thing {
        Thing::Version(model, version) => Some((model.clone(), *version)),
        Thing::Alias(model, alias) => work.store.log.with_untracked(|log| {
            let aliases = log.registry().model(model)?.aliases();
            Some((model.clone(), *aliases.get(alias)?))
        }),
        Thing::Model(_) | Thing::Step(_) => None,
    }
}
