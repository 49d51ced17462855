//! The traffic strip: simulated payments, one after the other, scored by whatever the app loads at that moment.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{IntersectionObserver, IntersectionObserverEntry};

use crate::browser;
use crate::session::{RegistryStore, use_language, use_registry};
use crate::ui::icon::{CROSS, TICK, WARNING, icon};
use el::{
    El, Memo, RwSignal, action, code, div, el, ev, h2, label, li, p, section, select, span, table,
    tbody, td, th, thead, tr, ul,
};
use lesson::pack::Loads;
use lesson::traffic::{Payments, Scored, Verdict, loaded, score};
use registry::{ModelName, Stage, VersionNumber};
use text::TrafficText;

/// The payments are the same every time.
const SEED: u64 = 20;
/// How many payments the strip shows.
const SHOWN: usize = 10;
/// The files of how many versions can be pinned, from the newest on.
const PINNED: usize = 5;
/// Milliseconds between two payments: slow, normal, fast.
const SPEEDS: [u64; 3] = [2000, 900, 300];

/// Whether the payments begin to come by themselves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Start {
    /// Only when they are asked for.
    Asked,
    /// As soon as they are in view, unless less motion is preferred.
    InView,
}

/// What has become of the payments so far.
#[derive(Clone, Default)]
struct Tally {
    last: Vec<Scored>,
    /// By version, lowest first, nobody before all: how many of each verdict.
    by: Vec<(Option<VersionNumber>, [u32; 5])>,
    count: usize,
    /// What the frauds took that were missed, in cents.
    lost: u64,
}

impl Tally {
    fn add(&mut self, scored: Scored) {
        self.count += 1;
        if scored.verdict == Verdict::Missed {
            self.lost += u64::from(scored.payment.amount);
        }
        self.last.insert(0, scored);
        self.last.truncate(SHOWN);
        let at = match self.by.binary_search_by_key(&scored.by, |(by, _)| *by) {
            Ok(at) => at,
            Err(at) => {
                self.by.insert(at, (scored.by, [0; 5]));
                at
            }
        };
        let nth = Verdict::ALL
            .iter()
            .position(|verdict| *verdict == scored.verdict);
        if let (Some((_, counts)), Some(nth)) = (self.by.get_mut(at), nth)
            && let Some(count) = counts.get_mut(nth)
        {
            *count += 1;
        }
    }
}

const fn verdict_name(texts: &'static TrafficText, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Passed => texts.passed,
        Verdict::Caught => texts.caught,
        Verdict::Missed => texts.missed,
        Verdict::FalseAlarm => texts.false_alarm,
        Verdict::NoModel => texts.no_model,
    }
}

const fn verdict_class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Passed => "passed",
        Verdict::Caught => "caught",
        Verdict::Missed => "missed",
        Verdict::FalseAlarm => "alarm",
        Verdict::NoModel => "none",
    }
}

/// A shape for each verdict: a tick, a shield, a hole, a hand, a cross.
const fn verdict_shape(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Passed => TICK,
        Verdict::Caught => {
            "M12 1.500l9 3.500v6.500c0 5.200-3.700 9.300-9 11-5.300-1.700-9-5.800-9-11V5z"
        }
        Verdict::Missed => {
            "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20zm0 3a7 7 0 1 1 0 14a7 7 0 1 1 0-14z"
        }
        Verdict::FalseAlarm => WARNING,
        Verdict::NoModel => CROSS,
    }
}

/// The strip of the lesson: the app asks for what the step says.
pub fn traffic(name: &ModelName, loads: RwSignal<Loads>) -> El {
    let texts = use_language().traffic();
    let asked = span()
        .text(format!("{} ", texts.loads))
        .child(el("strong").text(move || loads.with(|loads| words(texts, loads))));
    strip(name, loads, Start::InView, asked)
}

fn strip(name: &ModelName, loads: RwSignal<Loads>, start: Start, asked: El) -> El {
    let store = use_registry();
    let texts = use_language().traffic();
    let tally = RwSignal::new(Tally::default());
    let payments = StoredValue::new_local(Payments::new(SEED));
    let playing = RwSignal::new(start == Start::InView && !browser::prefers_less_motion());
    let speed = RwSignal::new(1_usize);
    let visible = RwSignal::new(false);
    let of = name.clone();
    let step = move || {
        let Some(payment) = payments.try_update_value(Iterator::next).flatten() else {
            return;
        };
        let scored = untrack(|| {
            store.read(|registry| loads.with(|loads| score(registry, &of, loads, payment)))
        });
        tally.update(|tally| tally.add(scored));
    };
    // The clock runs only while somebody can see it.
    let tick = step.clone();
    Effect::new(move || {
        if !playing.get() || !visible.get() {
            return;
        }
        let pace = SPEEDS.get(speed.get()).copied().unwrap_or(900);
        let tick = tick.clone();
        let every = set_interval_with_handle(
            move || {
                if !browser::is_hidden() {
                    tick();
                }
            },
            Duration::from_millis(pace),
        );
        if let Ok(every) = every {
            on_cleanup(move || every.clear());
        }
    });
    let strip = section()
        .class("panel traffic")
        .attr("aria-labelledby", "traffic-title")
        .child(h2().id("traffic-title").text(texts.title))
        .child(asks(name, loads, asked))
        .child(controls(texts, tally, playing, speed, step))
        .child(lost(texts, tally))
        .dynamic(move || last(texts, &tally.with(|tally| tally.last.clone())))
        .child(sums(texts, tally))
        .child(p().class("quiet").text(texts.intro));
    watch_view(&strip, visible);
    strip
}

/// What is loaded, in words.
fn words(texts: &TrafficText, loads: &Loads) -> String {
    match loads {
        Loads::File(file) => texts.loads_file(file),
        Loads::Stage(stage) => texts.loads_stage(stage),
        Loads::Alias(alias) => texts.loads_alias(alias),
    }
}

/// What the app asks for, and which version it gets right now.
fn asks(name: &ModelName, loads: RwSignal<Loads>, asked: El) -> El {
    let store = use_registry();
    let texts = use_language().traffic();
    let of = name.clone();
    let now =
        Memo::new(move || store.read(|registry| loads.with(|loads| loaded(registry, &of, loads))));
    let gets = move || {
        now.get().map_or_else(
            || texts.no_version.to_owned(),
            |version| format!("v{version}"),
        )
    };
    p().class("traffic-asks")
        .child(asked)
        .text(" → ")
        .child(code().class("traffic-gets").text(gets))
}

fn controls(
    texts: &'static TrafficText,
    tally: RwSignal<Tally>,
    playing: RwSignal<bool>,
    speed: RwSignal<usize>,
    step: impl Fn() + 'static,
) -> El {
    let play = action("", move || playing.update(|playing| *playing = !*playing))
        .class("traffic-play")
        .text(move || {
            if playing.get() {
                texts.pause
            } else {
                texts.play
            }
            .to_owned()
        });
    let speeds = [texts.slow, texts.normal, texts.fast];
    let options = speeds
        .into_iter()
        .enumerate()
        .map(|(at, name)| el("option").attr("value", at.to_string()).text(name));
    let choice = select()
        .id("traffic-speed")
        .children(options)
        .prop("value", move || speed.get().to_string().into())
        .on_value(ev::change, move |value| {
            speed.set(value.parse().unwrap_or(1))
        });
    div()
        .class("traffic-controls")
        .child(play)
        .child(action(texts.step, step).class("traffic-step"))
        .child(
            label()
                .class("theme")
                .child(span().text(texts.speed))
                .child(choice),
        )
        .child(action(texts.again, move || tally.set(Tally::default())).class("quiet-button"))
}

/// What was lost to frauds that were missed.
fn lost(texts: &'static TrafficText, tally: RwSignal<Tally>) -> El {
    p().class("traffic-lost").text(move || {
        let amount = money(tally.with(|tally| tally.lost));
        texts.lost(&amount)
    })
}

fn money(cents: u64) -> String {
    format!("{}.{:02} €", cents / 100, cents % 100)
}

fn version_name(texts: &TrafficText, by: Option<VersionNumber>) -> String {
    by.map_or_else(|| texts.nobody.to_owned(), |version| format!("v{version}"))
}

/// The last payments, newest first.
fn last(texts: &'static TrafficText, last: &[Scored]) -> Vec<El> {
    if last.is_empty() {
        return vec![p().class("empty").text(texts.none_yet)];
    }
    let items = last.iter().map(|scored| {
        let verdict = verdict_name(texts, scored.verdict);
        let by = version_name(texts, scored.by);
        let amount = money(scored.payment.amount.into());
        let spoken = texts.payment(&scored.payment.number, &amount, &verdict, &by);
        li().class(format!("payment {}", verdict_class(scored.verdict)))
            .child(
                span()
                    .class("payment-face")
                    .attr("aria-hidden", "true")
                    .child(icon("mark", verdict_shape(scored.verdict)))
                    .child(span().class("payment-amount").text(amount))
                    .child(span().class("payment-verdict").text(verdict))
                    .child(span().class("payment-by mono").text(by)),
            )
            .child(span().class("visually-hidden").text(spoken))
    });
    vec![
        ul().class("payments")
            .attr("aria-label", texts.strip)
            .children(items),
    ]
}

/// The same in sums: a row for each version that was asked.
fn sums(texts: &'static TrafficText, tally: RwSignal<Tally>) -> El {
    let column = |name: &str| th().attr("scope", "col").text(name);
    let heads = Verdict::ALL.map(|verdict| column(verdict_name(texts, verdict)));
    let rows = move || {
        tally.with(|tally| {
            tally
                .by
                .iter()
                .map(|(by, counts)| {
                    let name =
                        by.map_or_else(|| texts.no_version.to_owned(), |by| format!("v{by}"));
                    tr().child(th().attr("scope", "row").class("mono").text(name))
                        .children(counts.iter().map(|count| td().text(count.to_string())))
                })
                .collect()
        })
    };
    div()
        .class("table-scroll")
        .attr("tabindex", "0")
        .attr("role", "group")
        .attr("aria-label", texts.table)
        .attr("hidden", move || tally.with(|tally| tally.count == 0))
        .child(
            table()
                .class("traffic-sums")
                .child(el("caption").text(move || texts.summary(tally.with(|tally| tally.count))))
                .child(thead().child(tr().child(column(texts.col_version)).children(heads)))
                .child(tbody().dynamic(rows)),
        )
}

/// Follows whether an element is in view. A browser that cannot tell shows it always.
fn watch_view(element: &El, visible: RwSignal<bool>) {
    let seen = el::owned_function(Box::new(move |entries| {
        let last = js_sys::Array::from(&entries).iter().last();
        if let Some(entry) =
            last.and_then(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok())
        {
            visible.set(entry.is_intersecting());
        }
    }));
    match IntersectionObserver::new(seen.unchecked_ref()) {
        Ok(observer) => {
            observer.observe(element.node());
            on_cleanup(move || observer.disconnect());
        }
        Err(_) => visible.set(true),
    }
}

/// The strip of the registry's pages, where one chooses what the app asks for.
pub fn traffic_with_choice(name: &ModelName) -> El {
    let store = use_registry();
    let texts = use_language().traffic();
    let loads = RwSignal::new(Loads::Stage(Stage::Production));
    let of = name.clone();
    let offered = Memo::new(move || choices(store, &of));
    let options = move || {
        offered.with(|offered| {
            let option = |(at, choice): (usize, &Loads)| {
                el("option")
                    .attr("value", at.to_string())
                    .text(words(texts, choice))
            };
            offered.iter().enumerate().map(option).collect()
        })
    };
    let chosen = move || {
        let at = offered.with(|offered| {
            loads.with(|loads| offered.iter().position(|offered| offered == loads))
        });
        at.unwrap_or(0).to_string().into()
    };
    let choice = select()
        .id("traffic-loads")
        .dynamic(options)
        .prop("value", chosen)
        .on_value(ev::change, move |value| {
            let at = value.parse().unwrap_or(0_usize);
            if let Some(choice) = offered.with_untracked(|offered| offered.get(at).cloned()) {
                loads.set(choice);
            }
        });
    let asked = label()
        .class("theme")
        .child(span().text(texts.loads))
        .child(choice);
    strip(name, loads, Start::Asked, asked).child(p().class("quiet").text(texts.unknown_quality))
}

/// What an app of this model could ask for: the stage, every alias, or a file that does not change when a stage does.
fn choices(store: RegistryStore, name: &ModelName) -> Vec<Loads> {
    let (aliases, files) = store.read(|registry| {
        let Some(model) = registry.model(name) else {
            return (Vec::new(), Vec::new());
        };
        let aliases = model.aliases().iter().map(|(alias, _)| alias.clone());
        let mut files: Vec<String> = Vec::new();
        for version in model.versions().rev().take(PINNED) {
            let source = version.source().to_string();
            if !source.is_empty() && !files.contains(&source) {
                files.push(source);
            }
        }
        (aliases.collect::<Vec<_>>(), files)
    });
    [
        Loads::Stage(Stage::Production),
        Loads::Stage(Stage::Staging),
    ]
    .into_iter()
    .chain(aliases.into_iter().map(Loads::Alias))
    .chain(files.into_iter().map(Loads::File))
    .collect()
}
