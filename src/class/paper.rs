//! `#/class/worksheet`, `answers`, `handout`: what is printed for a class. On screen it stands as it is printed, with a button.

use crate::browser::{self, js};
use crate::class::plans;
use crate::class::view::moves;
use crate::data::share_dialog::picture;
use crate::runner::result::mini_board;
use crate::session::{use_keeper, use_language};
use crate::ui::markdown::{code_block, headed, line, line_alone, prose, shown};
use crate::ui::page::title;
use class::{What, stop};
use el::{El, a, action, div, footer, h2, h3, header, li, ol, p, section, span, ul};
use leptos::prelude::window;
use lesson::own;
use lesson::pack::{Kind, Question, Step};
use lesson::piece::board;
use lesson::run::Played;
use share::QrCode;
use share::route::{Paper, Route};

/// How many lines there are to write on, for an answer and for the steps of an exercise.
const LINES: usize = 4;

/// Returns what it is called.
pub fn name(paper: Paper) -> &'static str {
    let texts = use_language().paper();
    match paper {
        Paper::Worksheet => texts.worksheet,
        Paper::Answers => texts.answers,
        Paper::Handout => texts.handout,
    }
}

/// The page.
pub fn paper(paper: Paper) -> Vec<El> {
    let texts = use_language().paper();
    let plan = plans::at_start(use_keeper());
    let plan = plan.plan();
    let print = action(texts.print, || {
        let _ = js::call(&window(), "print", &[]);
    });
    let back = a()
        .attr("href", Route::Class.to_string())
        .text(texts.to_class);
    let tools = div()
        .class("no-print section")
        .child(p().class("quiet").text(texts.intro))
        .child(
            div()
                .class("actions")
                .child(print.class("primary").id("print"))
                .child(back),
        );
    let head = header()
        .class("paper-head")
        .child(title(name(paper)))
        .child(p().class("paper-plan").text(&plan.name));
    let blank = |words: &str| p().class("paper-blank").child(span().text(words));
    let head = match paper {
        Paper::Worksheet => head.child(blank(texts.name)).child(blank(texts.date)),
        Paper::Answers | Paper::Handout => head,
    };
    let parts = match paper {
        Paper::Handout => {
            own::lesson().map_or_else(Vec::new, |pack| pack.steps.iter().map(step).collect())
        }
        Paper::Worksheet | Paper::Answers => tasks(&plan.items, paper == Paper::Answers),
    };
    let none = parts.is_empty().then(|| p().text(texts.nothing));
    let to = match paper {
        Paper::Handout => Route::Lesson,
        Paper::Worksheet | Paper::Answers => Route::Practice,
    };
    vec![
        div()
            .class("paper")
            .child(head)
            .child(tools)
            .children(none)
            .children(parts)
            .child(foot(&to)),
    ]
}

/// The address in words and as a code, to go on with on a device.
fn foot(to: &Route) -> El {
    let texts = use_language().paper();
    let address = browser::address(to);
    let code = QrCode::of(&address).map(|code| picture(&code, &address));
    footer()
        .class("paper-foot")
        .child(
            p().child(span().text(texts.foot))
                .child(span().text(" "))
                .child(span().class("mono").verbatim().text(&address)),
        )
        .children(code)
}

fn tasks(items: &[class::Item], with_answers: bool) -> Vec<El> {
    let texts = use_language().paper();
    let (mut questions, mut exercises) = (0, 0);
    let made = items.iter().filter_map(|item| match &item.what {
        What::Question(id) => {
            questions += 1;
            let head = h2().text(texts.question(&questions));
            Some(question(head, stop::question(id)?, with_answers))
        }
        What::Exercise(id) => {
            exercises += 1;
            let listed = own::listed(id.as_str())?;
            let head = h2().text(format!("{}: {}", texts.exercise(&exercises), listed.title));
            let part = section().class("paper-part").child(head);
            let part = part.child(line_alone(p(), listed.story));
            let part = part.children(start_board(id));
            Some(match with_answers {
                true => part.children(solution(id)),
                false => part.child(h3().text(texts.steps)).child(lines()),
            })
        }
        _ => None,
    });
    made.collect()
}

/// The board of an exercise at its start.
fn start_board(id: &lesson::pack::Id) -> Vec<El> {
    let language = use_language();
    let found = own::exercises().and_then(|pack| pack.exercise(id));
    found.map_or_else(Vec::new, |exercise| {
        let (log, model) = (exercise.task.log(), &exercise.task.model);
        let before = format!("{}: {model}", language.practice().before);
        vec![
            p().class("quiet").text(before),
            mini_board(language, &board(log.registry(), model)),
        ]
    })
}

/// The fewest steps of an exercise, as its goals.
fn solution(id: &lesson::pack::Id) -> Option<El> {
    let language = use_language();
    let task = &own::exercises()?.exercise(id)?.task;
    let pack = own::exercises()?;
    let goals = task.goal.iter().map(|named| {
        let goal = text::goal::name(language, task, named);
        line(pack, li(), &goal)
    });
    Some(ul().class("prose-list").children(goals))
}

fn lines() -> El {
    let line = |_| div().class("paper-line");
    div()
        .class("paper-lines")
        .attr("aria-hidden", "true")
        .children((0..LINES).map(line))
}

fn question(head: El, question: &'static Question, with_answers: bool) -> El {
    let language = use_language();
    let (texts, practice) = (language.paper(), language.practice());
    let Some(pack) = own::practice() else {
        return head;
    };
    let (asked, rest) =
        headed(pack, p(), &question.ask).unwrap_or_else(|| (p(), prose(pack, &question.ask)));
    let mut part = section()
        .class("paper-part")
        .child(head)
        .child(asked)
        .children(rest);
    part = part.children(question.code.as_deref().map(code_block));
    if let Some(start) = lesson::grade::start(pack, question) {
        let board = mini_board(language, &board(start.registry(), &start.model));
        part = part
            .child(
                p().class("quiet")
                    .text(format!("{}: {}", practice.before, start.model)),
            )
            .child(board);
    }
    let options = question.kind.options().iter().map(|option| {
        let is_right = with_answers && option.right;
        let mark = if is_right { "☒" } else { "☐" };
        let row = li().child(
            span()
                .class("paper-box")
                .attr("aria-hidden", "true")
                .text(mark),
        );
        let row = row.child(shown(pack, span(), &option.text));
        match is_right {
            true => row.child(
                span()
                    .class("paper-right")
                    .text(format!(" – {}", texts.right)),
            ),
            false => row,
        }
    });
    let options: Vec<El> = options.collect();
    if !options.is_empty() {
        part = part.child(ol().class("paper-options").children(options));
    }
    if let Kind::Order { items, .. } = &question.kind {
        let items = items.iter().map(|item| {
            let row = li().child(
                span()
                    .class("paper-box")
                    .attr("aria-hidden", "true")
                    .text("☐"),
            );
            row.child(shown(pack, span(), &item.text))
        });
        part = part.child(ol().class("paper-options").children(items));
    }
    match (with_answers, question.kind.options().is_empty()) {
        (true, _) => part
            .child(h3().text(texts.answer))
            .child(line(pack, p(), &question.answer))
            .child(line(pack, p().class("quiet"), &question.check)),
        (false, true) => part.child(h3().text(texts.your_answer)).child(lines()),
        (false, false) => part,
    }
}

/// A step to read: its text, its registry at the start, what it asks, what to take from it.
fn step(step: &'static Step) -> El {
    let language = use_language();
    let texts = language.paper();
    let Some(pack) = own::lesson() else {
        return div();
    };
    let mut part = section()
        .class("paper-part paper-step")
        .child(h2().text(&step.title))
        .children(prose(pack, &step.text));
    if stop::shows_moves(step) {
        part = part.child(moves());
    }
    if let Some(choose) = &step.choose {
        let options = choose.options.iter().map(|option| {
            let row = li().child(
                span()
                    .class("paper-box")
                    .attr("aria-hidden", "true")
                    .text("☐"),
            );
            row.child(line(pack, span(), &option.text))
        });
        part = part
            .child(line(pack, p(), &choose.ask))
            .child(ol().class("paper-options").children(options));
    }
    let scene = step.play.as_ref().and_then(|play| pack.scene(&play.scene));
    if let Some(scene) = scene {
        let start = Played::new(scene, None);
        part = part
            .child(p().class("quiet").text(texts.picture(&scene.model)))
            .child(mini_board(language, &board(start.registry(), &scene.model)));
    }
    if let Some(play) = &step.play {
        part = part.child(line(pack, p(), &step.goal));
        let code = play
            .lines
            .iter()
            .map(|line| line.code.as_str())
            .collect::<Vec<_>>();
        if !code.is_empty() {
            part = part.child(code_block(&code.join("\n")));
        }
    }
    let after = stop::after(step);
    if !after.is_empty() {
        part = part
            .child(h3().text(texts.after))
            .children(prose(pack, &after));
    }
    part
}
