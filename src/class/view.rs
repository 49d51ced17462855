//! A view as the projector shows it: the same in the projector's window and, small, in the teacher's. Its sizes follow its own
//! height, so that text is at least 4 % of it on every screen.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::browser::{self, js};
use crate::data::share_dialog::picture;
use crate::registry::traffic::{money, verdict_class, verdict_name, verdict_shape, version_name};
use crate::session::use_language;
use crate::ui::highlight::highlight;
use crate::ui::icon::{CROSS, TICK, icon, stage_class, stage_name};
use crate::ui::markdown::{line, line_alone, prose, shown};
use class::screen::{Board, Card};
use class::stop::{self, pieces};
use class::{Screen, View};
use el::{
    El, Memo, RwSignal, code, dd, div, dl, dt, el, h2, h3, header, li, ol, p, pre, span, strong, ul,
};
use lesson::own;
use lesson::pack::{Choosable, Id, Pack, Shown};
use lesson::traffic::{Counts, Scored};
use registry::{RuleSet, Stage, Time, TransitionRule};
use share::QrCode;
use share::route::Route;
use text::{TrafficText, move_name};

/// How many cards a column shows; the others are counted.
const CARDS: usize = 3;
/// How many payments are shown.
const PAYMENTS: usize = 3;

/// A screen. `now` moves the time of a talk.
pub fn projector(screen: Memo<Option<Screen>>, now: RwSignal<Time>) -> El {
    let texts = use_language().class();
    let of = move |read: fn(&Screen) -> u32| screen.with(|it| it.as_ref().map_or(0, read));
    let view = Memo::new(move || screen.with(|it| it.as_ref().map(|it| it.view.clone())));
    let pointer = Memo::new(move || screen.with(|it| it.as_ref().and_then(|it| it.pointer)));
    let until = Memo::new(move || screen.with(|it| it.as_ref().and_then(|it| it.until)));
    let left = move || {
        let left = until
            .get()
            .map(|until| until.0.saturating_sub(now.get().0).div_ceil(1_000));
        left.filter(|seconds| *seconds > 0)
    };
    let place = move |read: fn(class::screen::Pointer) -> u32| {
        pointer.get().map_or_else(String::new, |pointer| {
            let thousandths = read(pointer).min(1_000);
            format!("{}.{}%", thousandths / 10, thousandths % 10)
        })
    };
    let dot = div()
        .class("projector-pointer")
        .attr("hidden", move || pointer.get().is_none())
        .style(("left", move || place(|pointer| pointer.x)))
        .style(("top", move || place(|pointer| pointer.y)));
    let talk = p()
        .class("projector-talk")
        .attr("hidden", move || left().is_none())
        .text(move || {
            left().map_or_else(String::new, |left| {
                format!("{}: {}:{:02}", texts.talk_now, left / 60, left % 60)
            })
        });
    let larger = Memo::new(move || of(|it| it.larger));
    let talks = Memo::new(move || left().is_some());
    div()
        .class("projector")
        .class(("is-blank", move || of(|it| u32::from(it.blank)) == 1))
        .class(("has-talk", move || talks.get()))
        .child(fitted(view, move || {
            talks.track();
            larger.get()
        }))
        .child(talk)
        .child(dot)
}

/// The sizes of the text, as classes, the largest first. The smallest is 4.2 % of the height; what is behind it leaves more room.
const SIZES: [&str; 9] = [
    "text-6",
    "text-5",
    "text-4",
    "text-3",
    "text-2",
    "text-1",
    "text-0",
    "is-tight",
    "is-tight is-short",
];
/// The size at which a view begins to be fitted, unless larger text is wanted.
const USUAL: usize = 3;

/// A view in the largest text that fits, up to the size that is wanted. It is measured at once, without a timer or a frame: also
/// in a window that nobody sees.
fn fitted(view: Memo<Option<View>>, larger: impl Fn() -> u32 + Copy + 'static) -> El {
    let shown = div()
        .class("projector-view")
        .dynamic(move || view.with(|view| view.as_ref().map_or_else(Vec::new, parts)));
    let node = shown.node().clone();
    let fit = move || {
        let larger = usize::try_from(larger()).unwrap_or_default();
        for size in SIZES.iter().skip(USUAL.saturating_sub(larger)) {
            node.set_class_name(&format!("projector-view {size}"));
            let is_cut = node.scroll_height() > node.client_height();
            if !is_cut && !is_wide(&node) {
                break;
            }
        }
    };
    let again = fit.clone();
    Effect::new(move || {
        view.track();
        again();
    });
    // When it comes onto the page, and when the window gets another size.
    let sized = el::owned_function(Box::new(move |_| untrack(&fit)));
    let observer = js_sys::Reflect::construct(
        &js::global("ResizeObserver").into(),
        &js_sys::Array::of1(&sized),
    );
    if let Ok(observer) = observer {
        // What is around the text changes with its size, within the same box.
        let whole = js_sys::Object::new().into();
        js::set(&whole, "box", &"border-box".into());
        let _ = js::call(&observer, "observe", &[shown.node().into(), whole]);
    }
    shown
}

/// The parts of a view. What is not in this version of the app is said.
pub fn parts(view: &View) -> Vec<El> {
    let texts = use_language().class();
    let made = untrack(|| match view {
        View::Title { name } => Some(vec![middle(name)]),
        View::End {} => Some(vec![middle(texts.the_end)]),
        View::Words { step, part } => words(step, *part, |step| step.text.clone()),
        View::After { step, part } => words(step, *part, stop::after),
        View::Moves {} => Some(vec![h2().text(texts.moves), moves()]),
        View::Choice { step, shown, votes } => choice(step, *shown, votes),
        View::Question {
            id,
            options,
            shown,
            votes,
        } => question(id, *options, *shown, votes),
        View::Answer { id } => answer(id),
        View::Board { step, board } => Some(board_view(step.as_ref(), board.as_ref())),
        View::Exercise { at } => exercise(at),
        View::Code { address } => Some(square(address)),
    });
    made.unwrap_or_else(|| vec![middle(texts.plan_missing)])
}

fn middle(words: &str) -> El {
    h2().class("projector-title").text(words)
}

fn words(id: &Id, part: usize, of: fn(&lesson::pack::Step) -> String) -> Option<Vec<El>> {
    let step = stop::step(id)?;
    let text = of(step);
    let piece = pieces(&text).into_iter().nth(part)?;
    let words = div()
        .class("projector-words")
        .children(prose(own::lesson()?, &piece));
    Some(vec![h2().text(&step.title), words])
}

/// The moves between the stages that the team's rules allow, as a list.
pub fn moves() -> El {
    let language = use_language();
    let pairs = Stage::ALL
        .into_iter()
        .flat_map(|from| Stage::ALL.map(|to| (from, to)));
    let allowed = pairs.filter_map(|(from, to)| {
        let rule = RuleSet::Guided.policy()?.rule(from, to);
        let name = match rule {
            TransitionRule::Allow(named) => move_name(language, named).to_owned(),
            TransitionRule::AllowProven(named) => {
                language.diagram().only_proven(&move_name(language, named))
            }
            TransitionRule::Refuse(_) => return None,
        };
        let way = span()
            .class("move-way")
            .child(stage_name(from))
            .child(span().text(" → "))
            .child(stage_name(to));
        (from != to).then(|| li().child(way).child(span().text(name)))
    });
    ul().class("class-moves").children(allowed)
}

fn choice(id: &Id, is_shown: bool, votes: &[Vec<u32>]) -> Option<Vec<El>> {
    let pack = own::lesson()?;
    let choose = stop::step(id)?.choose.as_ref()?;
    let options = choose.options.iter().enumerate().map(|(at, option)| {
        let words = line(pack, span().class("projector-option-words"), &option.text);
        let row = option_row(at, words, is_shown.then_some(option.right), votes);
        match is_shown && option.right {
            true => row.child(line(pack, p().class("projector-why"), &option.then)),
            false => row,
        }
    });
    Some(vec![
        line(pack, h2(), &choose.ask),
        ol().class("projector-options").children(options),
    ])
}

/// An option with its number, what is right once it is shown, and the hands that were counted.
fn option_row(at: usize, words: El, right: Option<bool>, votes: &[Vec<u32>]) -> El {
    let texts = use_language().class();
    let mark = right.map(|right| {
        let (shape, name) = match right {
            true => (TICK, texts.right),
            false => (CROSS, texts.wrong),
        };
        let name = span().class("visually-hidden").text(name);
        span()
            .class("projector-mark")
            .child(icon("mark", shape))
            .child(name)
    });
    let most = votes.iter().flatten().copied().max().unwrap_or(0).max(1);
    let bars = votes.iter().enumerate().map(|(round, hands)| {
        let hands = hands.get(at).copied().unwrap_or(0);
        let name = match round {
            0 => texts.first_short(&hands),
            _ => texts.second_short(&hands),
        };
        let wide = move || format!("{}%", hands * 100 / most);
        span()
            .class(format!("projector-bar round-{round}"))
            .child(span().class("projector-bar-filled").style(("width", wide)))
            .child(span().class("projector-bar-name").text(name))
    });
    let bars: Vec<El> = bars.collect();
    let bars = (!bars.is_empty()).then(|| div().class("projector-bars").children(bars));
    let class = match right {
        Some(true) => "projector-option is-right",
        Some(false) => "projector-option is-wrong",
        None => "projector-option",
    };
    li().class(class)
        .child(
            span()
                .class("projector-number")
                .attr("aria-hidden", "true")
                .text((at + 1).to_string()),
        )
        .child(words)
        .children(mark)
        .children(bars)
}

fn question(id: &Id, has_options: bool, is_shown: bool, votes: &[Vec<u32>]) -> Option<Vec<El>> {
    let pack = own::practice()?;
    let question = stop::question(id)?;
    let mut parts = Vec::new();
    if !has_options || stop::shares_a_view(question) {
        parts.push(
            div()
                .class("projector-words projector-ask")
                .children(prose(pack, &question.ask)),
        );
        let code_lines = |lines: &str| pre().child(code().children(highlight(lines)));
        parts.extend(question.code.as_deref().map(code_lines));
    }
    if has_options {
        let options = question.kind.options().iter().enumerate();
        let options = options.map(|(at, option)| {
            let words = option_words(pack, option);
            option_row(at, words, is_shown.then_some(option.right), votes)
        });
        parts.push(ol().class("projector-options").children(options));
    }
    Some(parts)
}

fn option_words(pack: &Pack, option: &Choosable) -> El {
    match &option.text {
        text @ Shown::Line(_) => shown(pack, span().class("projector-option-words"), text),
        text @ Shown::Code(_) => shown(pack, span().class("projector-option-words is-code"), text),
    }
}

fn answer(id: &Id) -> Option<Vec<El>> {
    let texts = use_language().class();
    let pack = own::practice()?;
    let question = stop::question(id)?;
    Some(vec![
        h2().text(texts.answer),
        line(pack, p().class("projector-words"), &question.answer),
        h3().text(texts.remember),
        line(pack, p().class("projector-words"), &question.check),
    ])
}

fn exercise(id: &str) -> Option<Vec<El>> {
    let texts = use_language().class();
    let listed = own::listed(id)?;
    Some(vec![
        p().class("projector-kind").text(texts.exercise),
        h2().text(listed.title),
        line_alone(p().class("projector-words"), listed.story),
    ])
}

/// The whole address of a part, and its code as large as the screen allows.
fn square(address: &str) -> Vec<El> {
    let texts = use_language().class();
    let whole = browser::address(&Route::parse(address));
    let drawn = match QrCode::of(&whole) {
        Some(code) => div()
            .class("projector-code")
            .child(picture(&code, &texts.code_label(&whole))),
        None => p().text(texts.code_too_long),
    };
    // It is read out and typed: a line ends behind a `/` rather than within a word.
    let pieces = whole.split_inclusive('/');
    let pieces = pieces.flat_map(|piece| [span().text(piece), el("wbr")]);
    vec![
        drawn,
        p().class("projector-address mono")
            .verbatim()
            .children(pieces),
    ]
}

fn board_view(step: Option<&Id>, board: Option<&Board>) -> Vec<El> {
    let texts = use_language().traffic();
    let step = step.and_then(stop::step);
    let goal = step.filter(|step| !step.goal.is_empty());
    let goal = goal.and_then(|step| {
        Some(line(
            own::lesson()?,
            p().class("projector-goal"),
            &step.goal,
        ))
    });
    let mut parts: Vec<El> = goal.into_iter().collect();
    let Some(board) = board else {
        return parts;
    };
    let asks = p()
        .class("projector-app mono")
        .verbatim()
        .child(span().text(&board.asks))
        .child(span().text(" → "))
        .child(strong().text(version_name(texts, board.app.version())));
    let columns = Stage::ALL.map(|stage| column(stage, &board.cards));
    let last: Vec<El> = board
        .app
        .last()
        .iter()
        .take(PAYMENTS)
        .map(|it| payment(texts, it))
        .collect();
    parts.push(asks);
    parts.push(div().class("projector-board").children(columns));
    parts.push(ul().class("projector-payments").children(last));
    parts.push(counter(texts, board.app.before_load(), board.app.counts()));
    parts
}

fn column(stage: Stage, cards: &[Card]) -> El {
    let texts = use_language().start();
    let there: Vec<&Card> = cards.iter().filter(|card| card.stage == stage).collect();
    let shown = there.iter().take(CARDS).map(|card| {
        let aliases = card.aliases.iter().map(|alias| format!(" @{alias}"));
        let name = format!("v{}{}", card.version, aliases.collect::<String>());
        let serves = card
            .serves
            .then(|| span().class("projector-serves").text(texts.serves));
        li().child(strong().verbatim().text(name)).children(serves)
    });
    let more = there.len().saturating_sub(CARDS);
    let more = (more > 0).then(|| li().text(format!("+{more}")));
    div()
        .class(format!("projector-column {}", stage_class(stage)))
        .child(header().child(stage_name(stage)))
        .child(ul().children(shown).children(more))
}

fn payment(texts: &'static TrafficText, scored: &Scored) -> El {
    li().class(format!(
        "projector-payment {}",
        verdict_class(scored.verdict)
    ))
    .child(icon("mark", verdict_shape(scored.verdict)))
    .child(span().text(format!(
        "{} {}",
        money(scored.payment.amount.into()),
        verdict_name(texts, scored.verdict)
    )))
}

fn counter(texts: &'static TrafficText, before: Option<&Counts>, now: &Counts) -> El {
    let number = |name: &str, of: fn(&Counts) -> u64, written: fn(u64) -> String| {
        let now = of(now);
        let before = before.map(of).filter(|before| *before != now);
        let number = match before {
            Some(before) => texts.before_after(&written(before), &written(now)),
            None => written(now),
        };
        div().child(dt().text(name)).child(dd().text(number))
    };
    let plain = |number: u64| number.to_string();
    dl().class("projector-counter")
        .child(number(texts.caught_count, |it| it.caught.into(), plain))
        .child(number(texts.missed_count, |it| it.missed.into(), plain))
        .child(number(
            texts.alarm_count,
            |it| it.false_alarms.into(),
            plain,
        ))
        .child(number(texts.lost, |it| it.lost, money))
}

/// Whether something in a view is wider than its place: what must not break in two lines.
fn is_wide(view: &web_sys::Element) -> bool {
    let Ok(lines) = view.query_selector_all(".projector-app, .projector-column, pre") else {
        return false;
    };
    let mut lines = (0..lines.length()).filter_map(|at| lines.item(at)?.dyn_into().ok());
    lines.any(|line: web_sys::Element| line.scroll_width() > line.client_width())
}

/// A view in a small frame, to look at.
pub fn small(view: Memo<Option<View>>) -> El {
    div()
        .class("projector")
        .attr("inert", true)
        .child(fitted(view, || 0))
}
