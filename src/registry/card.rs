//! A version on the board: one strong line, one quiet line, and the moves that are open now.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{KeyboardEvent, PointerEvent};

use crate::browser;
use crate::session::{Dialog, Mark, RegistryStore, use_language, use_registry, use_selection};
use crate::ui::format;
use crate::ui::icon::stage_mark;
use el::{El, Memo, RwSignal, action, details, div, el, ev, li, p, span, ul};
use registry::{Command, ModelName, RuleSet, Stage, TransitionRule, VersionNumber};
use text::{Language, move_name};

/// What a card shows.
#[derive(Clone, PartialEq, Default)]
struct Shown {
    metrics: String,
    aliases: Vec<String>,
    age: String,
    /// Whether it has been live before.
    proven: bool,
}

/// How far a pointer must go before a press becomes a drag, in pixels.
const DRAG_AFTER: i32 = 6;

/// A drag that is under way.
#[derive(Clone, Copy, PartialEq)]
struct Drag {
    start: (i32, i32),
    now: (i32, i32),
}

fn point(event: &PointerEvent) -> (i32, i32) {
    (event.client_x(), event.client_y())
}

impl Drag {
    fn start(event: &PointerEvent) -> Self {
        let at = point(event);
        Self { start: at, now: at }
    }
    fn offset(self) -> (i32, i32) {
        (self.now.0 - self.start.0, self.now.1 - self.start.1)
    }
    fn is_moving(self) -> bool {
        let (x, y) = self.offset();
        x.abs().max(y.abs()) > DRAG_AFTER
    }
}

/// The card of a version.
pub fn card(name: &ModelName, number: VersionNumber, stage: Stage) -> El {
    let (language, store, selection) = (use_language(), use_registry(), use_selection());
    let texts = language.board();
    let of = name.clone();
    let shown = Memo::new(move || show(language, store, &of, number));
    let model = name.clone();
    let ask = move |to: Stage| {
        store.open_dialog(Dialog::Move {
            name: model.clone(),
            version: number,
            to,
        });
    };
    let head = div()
        .class("card-head")
        .child(
            action(format!("v{number}"), move || {
                selection.selected.set(Some(number))
            })
            .class("card-name mono")
            .verbatim()
            .id(format!("card-{number}"))
            .attr("aria-label", texts.details(&number)),
        )
        .children((stage == Stage::Production).then(|| {
            span()
                .class("live-mark")
                .child(stage_mark(stage))
                .text(texts.live)
        }))
        .child(span().class("grip").attr("aria-hidden", "true"));
    let chips = move || {
        let aliases = shown.with(|shown| shown.aliases.clone());
        if aliases.is_empty() {
            return Vec::new();
        }
        let chip = |alias| {
            span()
                .class("chip mono")
                .verbatim()
                .text(format!("@{alias}"))
        };
        vec![p().class("chips").children(aliases.into_iter().map(chip))]
    };
    let of = name.clone();
    let marks = move || {
        selection.marks.with(|marks| {
            let mine = marks
                .iter()
                .filter(|mark| mark.version == number && mark.model == of);
            let chip = |mark: &Mark| {
                let class = if mark.too_much {
                    "mark-words over"
                } else {
                    "mark-words"
                };
                p().class(class).text(&mark.words)
            };
            mine.map(chip).collect()
        })
    };
    let menu_name = name.clone();
    let menu_ask = ask.clone();
    let controls = move || {
        if !store.can_change() {
            return Vec::new();
        }
        vec![
            moves(number, stage, shown, menu_ask.clone()),
            menu(&menu_name, number, stage, shown, menu_ask.clone()),
        ]
    };
    let element = li()
        .class(if stage == Stage::Production {
            "card live"
        } else {
            "card"
        })
        .attr("data-card", number.to_string())
        .child(head)
        .child(
            p().class("card-metrics")
                .text(move || shown.with(|shown| shown.metrics.clone())),
        )
        .dynamic(chips)
        .dynamic(marks)
        .child(
            p().class("quiet")
                .text(move || shown.with(|shown| shown.age.clone())),
        )
        .dynamic(controls);
    let by_key = ask.clone();
    let element = element.on(ev::keydown, move |event| {
        if let Some(to) = key_stage(&event).filter(|to| *to != stage) {
            event.prevent_default();
            by_key(to);
        }
    });
    draggable(element, stage, ask)
}

/// The stage that a key stands for while a card has the focus.
fn key_stage(event: &KeyboardEvent) -> Option<Stage> {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return None;
    }
    match event.key().as_str() {
        "n" | "N" => Some(Stage::None),
        "s" | "S" => Some(Stage::Staging),
        "p" | "P" => Some(Stage::Production),
        "a" | "A" => Some(Stage::Archived),
        _ => None,
    }
}

/// Lets a card be dragged to another column. Pointer events serve mouse, pen and finger alike.
fn draggable(card: El, stage: Stage, ask: impl Fn(Stage) + 'static) -> El {
    let store = use_registry();
    let drag = RwSignal::new(None::<Drag>);
    let moving = move || drag.get().filter(|drag| drag.is_moving());
    let held = card.clone();
    card.class(("dragging", move || moving().is_some()))
        .style(("transform", move || {
            moving().map_or_else(String::new, |drag| {
                let (x, y) = drag.offset();
                format!("translate({x}px, {y}px)")
            })
        }))
        .on(ev::pointerdown, move |event| {
            if event.button() == 0 && untrack(|| store.can_change()) && !on_control(&event) {
                drag.set(Some(Drag::start(&event)));
                // Where it can't be captured, a drag out of the card simply ends.
                let _ = held.node().set_pointer_capture(event.pointer_id());
            }
        })
        .on(ev::pointermove, move |event| {
            if drag.with_untracked(Option::is_some) {
                event.prevent_default();
                drag.update(|drag| {
                    if let Some(drag) = drag {
                        drag.now = point(&event);
                    }
                });
            }
        })
        .on(ev::pointerup, move |event| {
            let ended = drag.get_untracked();
            drag.set(None);
            if ended.is_some_and(|ended| ended.is_moving())
                && let Some(to) = stage_at(point(&event)).filter(|to| *to != stage)
            {
                ask(to);
            }
        })
        .on(ev::pointercancel, move |_| drag.set(None))
}

fn show(
    language: Language,
    store: RegistryStore,
    name: &ModelName,
    number: VersionNumber,
) -> Shown {
    let text = language;
    store.read(|registry| {
        let Some((model, version)) = registry
            .model(name)
            .and_then(|model| Some((model, model.version(number)?)))
        else {
            return Shown::default();
        };
        let metrics: Vec<String> = version
            .metrics()
            .iter()
            .take(3)
            .map(|(metric, value)| {
                let value = value.to_string();
                text.board().metric(metric, &value)
            })
            .collect();
        Shown {
            metrics: if metrics.is_empty() {
                text.board().no_metrics.to_owned()
            } else {
                metrics.join(" · ")
            },
            aliases: model.aliases_of(number).map(ToString::to_string).collect(),
            age: format::age(text, browser::now(), version.created()),
            proven: version.has_been_live(),
        }
    })
}

/// Whether the press was on something that has a job of its own.
fn on_control(event: &PointerEvent) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .and_then(|element| {
            element
                .closest("button, summary, details, a, select")
                .ok()
                .flatten()
        })
        .is_some()
}

/// The stage whose column is under a point of the window.
fn stage_at((x, y): (i32, i32)) -> Option<Stage> {
    browser::all("[data-stage]").into_iter().find_map(|column| {
        let place = column.get_bounding_client_rect();
        let inside = (place.left()..place.right()).contains(&x.into())
            && (place.top()..place.bottom()).contains(&y.into());
        let stage = column.get_attribute("data-stage").filter(|_| inside)?;
        Stage::parse(&stage).ok()
    })
}

/// Whether the rules in force allow a move by its stages alone; what else stands against it is said by the dialog.
fn is_open(rules: RuleSet, from: Stage, to: Stage, proven: bool) -> bool {
    from != to
        && rules
            .policy()
            .is_none_or(|policy| match policy.rule(from, to) {
                TransitionRule::Allow(_) => true,
                TransitionRule::AllowProven(_) => proven,
                TransitionRule::Refuse(_) => false,
            })
}

/// What a move is called under the rules in force.
fn label(text: Language, rules: RuleSet, from: Stage, to: Stage) -> String {
    let named = match rules.policy().map(|policy| policy.rule(from, to)) {
        Some(TransitionRule::Allow(named) | TransitionRule::AllowProven(named)) => Some(named),
        Some(TransitionRule::Refuse(_)) | None => None,
    };
    named.map_or_else(
        || text.moves().plain(&to),
        |named| move_name(text, named).to_owned(),
    )
}

/// The moves that are open from here, a button each.
fn moves(
    number: VersionNumber,
    stage: Stage,
    shown: Memo<Shown>,
    ask: impl Fn(Stage) + Clone + 'static,
) -> El {
    let (language, store) = (use_language(), use_registry());
    let texts = language.board();
    div().class("card-moves").dynamic(move || {
        let rules = store.rules.get();
        let open = Stage::ALL
            .into_iter()
            .filter(|to| is_open(rules, stage, *to, shown.with(|shown| shown.proven)));
        open.map(|to| {
            let label = label(language, rules, stage, to);
            let version = texts.card(&number);
            let moves = texts.to(&to);
            let main = to == Stage::Production || (stage == Stage::None && to == Stage::Staging);
            let ask = ask.clone();
            action(label.clone(), move || ask(to))
                .class(if main { "card-move main" } else { "card-move" })
                .attr("aria-label", format!("{label}: {version} – {moves}"))
        })
        .collect()
    })
}

/// Everything that can be done with the version. What is refused stays in sight and says why when it is asked for.
fn menu(
    name: &ModelName,
    number: VersionNumber,
    stage: Stage,
    shown: Memo<Shown>,
    ask: impl Fn(Stage) + Clone + 'static,
) -> El {
    let (language, store) = (use_language(), use_registry());
    let texts = language.board();
    let menu = details().class("menu");
    let shut = menu.clone();
    let close = move || {
        let _ = shut.node().remove_attribute("open");
    };
    let escape = close.clone();
    let held = menu.clone();
    let menu = menu.on(ev::keydown, move |event| {
        if event.key() == "Escape" {
            escape();
            // What had the focus may be shut away now: the summary is what opens it again.
            let summary = held.node().first_element_child();
            if let Some(summary) =
                summary.and_then(|summary| summary.dyn_into::<web_sys::HtmlElement>().ok())
            {
                let _ = summary.focus();
            }
        }
    });
    let alias = Dialog::SetAlias(name.clone(), Some(number));
    let delete = Dialog::DeleteVersion(name.clone(), number);
    let opens = move |label: String, what: Dialog| {
        let close = close.clone();
        li().child(action(label, move || {
            close();
            store.open_dialog(what.clone());
        }))
    };
    let name = name.clone();
    let rows = move || {
        let rules = store.rules.get();
        let others = Stage::ALL.into_iter().filter(|to| *to != stage);
        let mut rows: Vec<El> = others
            .map(|to| {
                let ask = ask.clone();
                let refused = !is_open(rules, stage, to, shown.with(|shown| shown.proven));
                let label = span().text(texts.to(&to)).children(refused.then(|| {
                    span()
                        .class("quiet")
                        .text(format!(" – {}", texts.refused_mark))
                }));
                let name = if refused {
                    texts.refused_of(&to, &number)
                } else {
                    texts.to_of(&to, &number)
                };
                li().child(
                    action("", move || ask(to))
                        .attr("aria-label", name)
                        .child(stage_mark(to))
                        .child(label),
                )
            })
            .collect();
        let set_alias = texts.set_alias(&number);
        rows.push(opens(set_alias, alias.clone()));
        let describe = Dialog::DescribeVersion(name.clone(), number);
        let words = language.version().describe(&number);
        rows.push(opens(words, describe));
        rows.push(opens(texts.delete(&number), delete.clone()));
        rows
    };
    menu.child(
        el("summary")
            .attr("aria-label", texts.menu(&number))
            .text(texts.menu_short),
    )
    .child(ul().dynamic(rows))
}

/// The command of a plain move.
pub fn transition(
    name: &ModelName,
    version: VersionNumber,
    stage: Stage,
    archive: bool,
) -> Command {
    Command::TransitionModelVersionStage {
        name: name.clone(),
        version,
        stage,
        archive_existing_versions: archive,
    }
}
