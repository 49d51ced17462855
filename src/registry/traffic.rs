//! The payments of an app: the model that it has loaded, the payments that this judges, and what became of them.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{IntersectionObserver, IntersectionObserverEntry};

use crate::browser::{self, flip};
use crate::session::{RegistryStore, use_language, use_registry};
use crate::ui::icon::{CROSS, TICK, WARNING, icon};
use el::{
    El, Memo, RwSignal, action, code, dd, div, dl, dt, el, ev, h2, label, li, p, section, select,
    span, strong, ul,
};
use lesson::pack::Loads;
use lesson::traffic::{App, Counts, Payments, Scored, Verdict, loaded};
use registry::{ModelName, Stage, VersionNumber};
use text::TrafficText;

/// The files of how many versions can be pinned, from the newest on.
const PINNED: usize = 5;
/// The time between two payments.
const PACE: Duration = Duration::from_millis(900);
/// After how many payments an app reloads that does it by itself.
const RELOAD_AFTER: u32 = 3;

/// When an app loads its model anew.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reloads {
    /// When its button is pressed.
    ByHand,
    /// Every few payments, and soon after a change.
    ByItself,
}

/// An app at work on the registry around. A handle that is cheap to copy.
#[derive(Clone, Copy)]
pub struct Traffic {
    store: RegistryStore,
    texts: &'static TrafficText,
    /// What the app is called.
    name: &'static str,
    model: StoredValue<ModelName>,
    /// What the app's code asks for.
    pub loads: RwSignal<Loads>,
    reloads: Reloads,
    app: RwSignal<App>,
    payments: StoredValue<Payments, LocalStorage>,
    /// The version that the app had loaded before it was watched; without one, it loads at the start.
    had: Option<VersionNumber>,
    /// After how many payments the app reloads by itself.
    left: RwSignal<u32>,
    playing: RwSignal<bool>,
    visible: RwSignal<bool>,
}

impl Traffic {
    /// Returns an app that loads what its code asks for, or had loaded a version before. Payments come when somebody asks for them.
    pub fn new(
        model: &ModelName,
        loads: RwSignal<Loads>,
        had: Option<VersionNumber>,
        reloads: Reloads,
    ) -> Self {
        let (store, texts) = (use_registry(), use_language().traffic());
        let traffic = Self {
            store,
            texts,
            name: texts.app,
            model: StoredValue::new(model.clone()),
            loads,
            reloads,
            app: RwSignal::new(App::default()),
            payments: StoredValue::new_local(Payments::new(Payments::SHOWN)),
            had,
            left: RwSignal::new(RELOAD_AFTER),
            playing: RwSignal::new(false),
            visible: RwSignal::new(false),
        };
        // Other code is another app: it loads when it starts.
        Effect::new(move |was_here: Option<()>| {
            loads.with(|_| ());
            untrack(|| match was_here {
                None => traffic.begin(),
                Some(()) => traffic.reload(),
            });
        });
        let step = Memo::new(move || store.log.with(|log| log.step()));
        Effect::new(move |before: Option<u64>| {
            let now = step.get();
            if before.is_some_and(|before| before != now) {
                traffic.left.set(1);
            }
            now
        });
        traffic.run();
        traffic
    }

    /// Returns it with another name; none keeps the one that it has.
    pub fn called(self, name: &'static str) -> Self {
        match name {
            "" => self,
            name => Self { name, ..self },
        }
    }

    /// Lets the payments come from now on while they are in view, unless less motion is preferred.
    pub fn play(self) {
        self.playing.set(!browser::prefers_less_motion());
    }

    /// Returns the app as it is now.
    pub const fn app(self) -> RwSignal<App> {
        self.app
    }

    /// Goes on with an app that was at work before.
    pub fn go_on(self, app: App) {
        let seen = app.last().first().map_or(0, |last| last.payment.number);
        self.payments.update_value(|payments| {
            while payments.number() < seen {
                let _ = payments.next();
            }
        });
        self.app.set(app);
    }

    /// Begins anew: the app starts, and the first payment comes next.
    pub fn start_over(self) {
        self.payments.set_value(Payments::new(Payments::SHOWN));
        self.app.set(App::default());
        untrack(|| self.begin());
    }

    /// Returns whether payments judged by what an app gets now have been seen, or none are to be seen.
    #[must_use]
    pub fn is_seen(self) -> bool {
        const ENOUGH: u32 = 2;
        if !self.playing.get() || !self.visible.get() {
            return true;
        }
        let now = self.store.read(|registry| {
            self.loads.with(|loads| {
                self.model
                    .with_value(|model| loaded(registry, model, loads))
            })
        });
        self.app
            .with(|app| app.version() == now && app.judged() >= ENOUGH)
    }

    /// Loads the first model.
    fn begin(self) {
        match self.had {
            Some(version) => self.load(&Loads::Version(version)),
            None => self.reload(),
        }
    }

    /// Loads the model anew.
    fn reload(self) {
        self.loads.with(|loads| self.load(loads));
    }

    fn load(self, loads: &Loads) {
        self.left.set(RELOAD_AFTER);
        self.store.log.with(|log| {
            self.model.with_value(|model| {
                self.app
                    .update(|app| app.reload(log.registry(), model, loads));
            });
        });
    }

    /// One more payment comes; an app that reloads by itself does that after it, when its time is there.
    fn pay(self) {
        let Some(payment) = self.payments.try_update_value(Iterator::next).flatten() else {
            return;
        };
        self.app.update(|app| {
            app.pay(payment);
        });
        if self.reloads == Reloads::ByHand {
            return;
        }
        match self.left.get_untracked() {
            0 | 1 => untrack(|| self.reload()),
            left => self.left.set(left - 1),
        }
    }

    /// Lets payments come while they can be seen.
    fn run(self) {
        Effect::new(move || {
            if !self.playing.get() || !self.visible.get() {
                return;
            }
            let tick = move || {
                if !browser::is_hidden() {
                    self.pay();
                }
            };
            let every = set_interval_with_handle(tick, PACE);
            if let Ok(every) = every {
                on_cleanup(move || every.clear());
            }
        });
    }

    /// Lets the payments come while an element is in view. A browser that cannot tell shows it always.
    pub fn while_in_view(self, element: &El) {
        let seen = el::owned_function(Box::new(move |entries| {
            let last = js_sys::Array::from(&entries).iter().last();
            if let Some(entry) =
                last.and_then(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok())
            {
                self.visible.set(entry.is_intersecting());
            }
        }));
        match IntersectionObserver::new(seen.unchecked_ref()) {
            Ok(observer) => {
                observer.observe(element.node());
                on_cleanup(move || observer.disconnect());
            }
            Err(_) => self.visible.set(true),
        }
    }

    /// The line of code that the app runs, the version that it has loaded, and how it loads again.
    pub fn app_part(self) -> El {
        let model = self.model.get_value();
        // The line breaks before the address, or not at all.
        let address = span().class("app-address").text(move || {
            self.loads.with(|loads| match loads {
                Loads::File(file) => format!("\"{file}\")"),
                Loads::Stage(stage) => format!("\"models:/{model}/{stage}\")"),
                Loads::Alias(alias) => format!("\"models:/{model}@{alias}\")"),
                Loads::Version(number) => format!("\"models:/{model}/{number}\")"),
            })
        });
        let line = code()
            .class("app-code")
            .verbatim()
            .text("load_model(")
            .child(el("wbr"))
            .child(address);
        div()
            .class("scene-app")
            .attr("data-part", "app")
            .child(
                p().class("scene-app-title")
                    .child(strong().text(self.name))
                    .child(span().text(move || self.when_it_reloads())),
            )
            .child(line)
            .child(self.loaded_line())
    }

    fn when_it_reloads(self) -> String {
        let texts = self.texts;
        match self.reloads {
            Reloads::ByHand => texts.reloads_by_hand.to_owned(),
            Reloads::ByItself => texts.reloads_after(usize::try_from(self.left.get()).unwrap_or(1)),
        }
    }

    /// The version that is loaded, for where the app is out of sight.
    pub fn loaded_sign(self) -> El {
        p().class("loaded-sign")
            .attr("aria-hidden", "true")
            .child(span().text(self.texts.loaded))
            .child(self.loaded_version("loaded-version"))
    }

    fn loaded_version(self, class: &'static str) -> El {
        let version = Memo::new(move || self.app.with(App::version));
        code()
            .class(class)
            .class(("nothing", move || version.get().is_none()))
            .text(move || version_name(self.texts, version.get()))
    }

    /// The version that is loaded, and the button that loads it again.
    fn loaded_line(self) -> El {
        let texts = self.texts;
        p().class("scene-loaded")
            .child(span().text(texts.loaded))
            .child(self.loaded_version("traffic-gets"))
            .child(action(texts.reload, move || untrack(|| self.reload())).class("traffic-reload"))
    }

    /// The last payments, newest first, and what lets them come.
    pub fn payments_part(self) -> El {
        let texts = self.texts;
        let words = move || match self.playing.get() {
            true => texts.pause.to_owned(),
            false => texts.play.to_owned(),
        };
        let play = action(words, move || {
            self.playing.update(|playing| *playing = !*playing)
        })
        .class("traffic-play");
        let step = action(texts.step, move || self.pay())
            .class("traffic-step")
            .attr("hidden", move || self.playing.get());
        let last = move || {
            let is_playing = self.playing.get();
            self.app.with(|app| last(texts, app.last(), is_playing))
        };
        div()
            .class("scene-payments")
            .attr("data-part", "payments")
            .child(div().class("traffic-controls").child(play).child(step))
            .child(div().class("payments-strip").dynamic(last))
    }

    /// How many payments ended in which way, before the loaded model came and now.
    pub fn counter_part(self) -> El {
        let texts = self.texts;
        let number = move |name: &'static str, class: &'static str, of: fn(&Counts) -> u64| {
            let shown = move || self.counted(of, |number| number.to_string());
            let is_some = move || self.app.with(|app| of(app.counts()) > 0);
            div()
                .class((class, is_some))
                .child(dt().text(name))
                .child(self.ticking(dd().text(shown), of))
        };
        let errors = number(texts.stopped, "bad", |counts| u64::from(counts.errors))
            .attr("hidden", move || {
                self.app.with(|app| app.counts().errors == 0)
            });
        let lost = div()
            .class("traffic-lost")
            .class(("bad", move || self.app.with(|app| app.counts().lost > 0)))
            .child(dt().text(texts.lost))
            .child(self.ticking(
                dd().text(move || self.counted(|counts| counts.lost, money)),
                |counts| counts.lost,
            ));
        dl().class("scene-counter")
            .attr("data-part", "counter")
            .child(number(texts.caught_count, "good", |counts| {
                u64::from(counts.caught)
            }))
            .child(number(texts.missed_count, "bad", |counts| {
                u64::from(counts.missed)
            }))
            .child(number(texts.alarm_count, "bad", |counts| {
                u64::from(counts.false_alarms)
            }))
            .child(errors)
            .child(lost)
    }

    /// Returns the element of a number that ticks when the number changes.
    fn ticking(self, element: El, of: fn(&Counts) -> u64) -> El {
        let number = Memo::new(move || self.app.with(|app| of(app.counts())));
        let shown = element.clone();
        Effect::new(move |before: Option<u64>| {
            let now = number.get();
            if before.is_some_and(|before| before != now) {
                flip::pulse(shown.node());
            }
            now
        });
        element
    }

    /// A number, and what it was before the loaded model came where it has changed since.
    fn counted(self, of: fn(&Counts) -> u64, written: fn(u64) -> String) -> String {
        self.app.with(|app| {
            let now = of(app.counts());
            match app.before_load().map(of).filter(|before| *before != now) {
                Some(before) => self.texts.before_after(&written(before), &written(now)),
                None => written(now),
            }
        })
    }
}

pub const fn verdict_name(texts: &'static TrafficText, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Passed => texts.passed,
        Verdict::Caught => texts.caught,
        Verdict::Missed => texts.missed,
        Verdict::FalseAlarm => texts.false_alarm,
        Verdict::NoModel => texts.stopped,
    }
}

pub const fn verdict_class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Passed => "passed",
        Verdict::Caught => "caught",
        Verdict::Missed => "missed",
        Verdict::FalseAlarm => "alarm",
        Verdict::NoModel => "none",
    }
}

/// A shape for each verdict: a tick, a shield, a hole, a hand, a cross.
pub const fn verdict_shape(verdict: Verdict) -> &'static str {
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

/// Returns an amount of cents as it is written.
pub fn money(cents: u64) -> String {
    format!("{}.{:02} €", cents / 100, cents % 100)
}

pub fn version_name(texts: &TrafficText, by: Option<VersionNumber>) -> String {
    by.map_or_else(
        || texts.no_model.to_owned(),
        |version| format!("v{version}"),
    )
}

/// The last payments, newest first.
fn last(texts: &'static TrafficText, last: &[Scored], is_playing: bool) -> Vec<El> {
    if last.is_empty() {
        let words = match is_playing {
            true => texts.first_comes,
            false => texts.none_yet,
        };
        return vec![p().class("empty").text(words)];
    }
    let items = last.iter().map(|scored| {
        let verdict = verdict_name(texts, scored.verdict);
        let amount = money(scored.payment.amount.into());
        let number = scored.payment.number;
        let by = scored.by.map(|_| version_name(texts, scored.by));
        let spoken = match &by {
            Some(by) => texts.payment(&number, &amount, &verdict, by),
            None => texts.payment_stopped(&number, &amount),
        };
        li().class(format!("payment {}", verdict_class(scored.verdict)))
            .child(
                span()
                    .class("payment-face")
                    .attr("aria-hidden", "true")
                    .child(span().class("payment-amount").text(amount))
                    .child(
                        span()
                            .class("payment-verdict")
                            .child(icon("mark", verdict_shape(scored.verdict)))
                            .text(verdict),
                    )
                    .children(by.map(|by| span().class("payment-by mono").text(by))),
            )
            .child(span().class("visually-hidden").text(spoken))
    });
    vec![
        ul().class("payments")
            .attr("aria-label", texts.strip)
            .children(items),
    ]
}

/// What is loaded, in words.
fn words(texts: &TrafficText, loads: &Loads) -> String {
    match loads {
        Loads::File(file) => texts.loads_file(file),
        Loads::Stage(stage) => texts.loads_stage(stage),
        Loads::Alias(alias) => texts.loads_alias(alias),
        Loads::Version(number) => texts.loads_version(number),
    }
}

/// The payments on the registry's pages, where one chooses what the app asks for.
pub fn traffic_with_choice(name: &ModelName) -> El {
    let (language, store) = (use_language(), use_registry());
    let texts = language.traffic();
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
    let traffic = Traffic::new(name, loads, None, Reloads::ByItself);
    let strip = section()
        .class("panel traffic")
        .attr("aria-labelledby", "traffic-title")
        .child(h2().id("traffic-title").text(texts.title))
        .child(asked)
        .child(traffic.app_part())
        .child(
            div()
                .class("scene-foot")
                .child(traffic.payments_part())
                .child(traffic.counter_part()),
        )
        .child(p().class("quiet").text(texts.intro))
        .child(p().class("quiet").text(texts.unknown_quality));
    traffic.while_in_view(&strip);
    strip
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
