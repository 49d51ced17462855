//! The dialog that gives out code to paste: what is shown and how, how it looks at a width, and the code.

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::browser::{self, js};
use crate::session::{Announcer, use_announcer, use_language};
use crate::ui::modal::{closed_by, part};
use el::{
    El, Memo, RwSignal, action, details, div, el, ev, fieldset, input, label, legend, p, pre,
    select, span, summary,
};
use embed::options::{Name, PARAMETERS, Parameter, Values};
use embed::snippet::{Form, Pasted};
use embed::{Frame, Kind, View};
use share::route::Route;
use text::Language;
use text::embed as words;

/// What is given out, when the dialog opens. It is a pointer, so that a page does not carry the code behind it.
pub type Shown = Rc<dyn Fn() -> Frame>;

/// The views of a registry: any of them can show it.
const OF_REGISTRY: [(Kind, View); 3] = [
    (Kind::Registry, View::Registry),
    (Kind::Diagram, View::Diagram),
    (Kind::Console, View::Console),
];
/// The widths at which it can be looked at, in CSS pixels.
const WIDTHS: [u32; 4] = [320, 480, 700, 960];

/// What was chosen in the dialog.
#[derive(Clone, Copy)]
struct Wished {
    language: Language,
    frame: RwSignal<Frame>,
    form: RwSignal<Form>,
    /// What was typed and cannot be used.
    wrong: RwSignal<String>,
}

/// The dialog. It is taken away by `opened`.
pub fn dialog(shown: Frame, opened: RwSignal<bool>) -> El {
    let (language, announcer) = (use_language(), use_announcer());
    let texts = language.framed();
    let wished = Wished {
        language,
        frame: RwSignal::new(shown),
        form: RwSignal::new(Form::Html),
        wrong: RwSignal::new(String::new()),
    };
    let close = Rc::new(move || opened.set(false));
    let by_button = close.clone();
    let done = action(language.shell().close, move || by_button());
    let content = div()
        .class("form embed-dialog")
        .child(p().class("quiet").text(texts.embed_intro))
        .children(wished.views())
        .child(
            details().child(summary().text(texts.embed_options)).child(
                div()
                    .class("embed-options")
                    .dynamic(move || wished.options()),
            ),
        )
        .child(
            p().class("field-error")
                .attr("role", "status")
                .text(move || wished.wrong.get()),
        )
        .child(wished.code(announcer))
        .child(wished.preview())
        .child(div().class("actions").child(done));
    closed_by(texts.embed_title, content, close)
}

impl Wished {
    /// Which view of a registry.
    fn views(self) -> Option<El> {
        let now = self.frame.with_untracked(|frame| frame.view.kind());
        let is_one = OF_REGISTRY.iter().any(|(kind, _)| *kind == now);
        let choices =
            OF_REGISTRY.map(|(kind, _)| (kind.as_str(), words::view(self.language, kind)));
        is_one.then(|| {
            let choose = move |name: String| {
                let found = OF_REGISTRY.iter().find(|(kind, _)| kind.as_str() == name);
                if let Some((_, view)) = found {
                    self.frame.update(|frame| {
                        let start = frame.options.start.take();
                        let theme = frame.options.theme;
                        // What means nothing for this view goes.
                        *frame = Frame::of(view.clone());
                        frame.options.start = start;
                        frame.options.theme = theme;
                    });
                }
            };
            let name = self.language.framed().embed_view;
            chosen(name, None, &choices, now.as_str(), choose)
        })
    }

    /// The parameters that mean something for the view.
    fn options(self) -> Vec<El> {
        let kind = Memo::new(move || self.frame.with(|frame| frame.view.kind())).get();
        let here = PARAMETERS.iter().filter(|row| row.is_for(kind));
        let offered = here.filter(|row| !matches!(row.name, Name::Start | Name::Lang));
        untrack(|| offered.map(|row| self.option(row)).collect())
    }

    fn option(self, row: &'static Parameter) -> El {
        let help = words::parameter(self.language, row.name);
        let now = self.frame.with_untracked(|frame| row.value(&frame.options));
        let now = now.unwrap_or_default();
        match row.values {
            Values::OneOf(values) => {
                let usual = self.language.framed().embed_usual;
                let usual = (
                    row.default,
                    if row.default.is_empty() {
                        usual
                    } else {
                        row.default
                    },
                );
                let others = values.iter().filter(|value| **value != row.default);
                let choices: Vec<_> = [usual]
                    .into_iter()
                    .chain(others.map(|value| (*value, *value)))
                    .collect();
                chosen(
                    row.name.as_str(),
                    Some(help),
                    &choices,
                    &now,
                    move |value| {
                        self.set(row, &value);
                    },
                )
            }
            Values::AnyOf(values) => {
                let list = RwSignal::new(Vec::<&'static str>::new());
                let boxes = values.iter().map(|value| {
                    let change = move |_| {
                        list.update(|list| match list.iter().position(|it| it == value) {
                            Some(at) => drop(list.remove(at)),
                            None => list.push(value),
                        });
                        self.set(row, &list.with_untracked(|list| list.join(",")));
                    };
                    let entry = input().attr("type", "checkbox").on(ev::change, change);
                    label()
                        .class("check")
                        .child(entry)
                        .child(span().text(*value))
                });
                fieldset()
                    .class("field")
                    .child(legend().text(row.name.as_str()))
                    .child(span().class("hint").text(help))
                    .child(div().class("embed-checks").children(boxes))
            }
            Values::Shared | Values::Origin | Values::Line => label()
                .class("field")
                .child(span().text(row.name.as_str()))
                .child(span().class("hint").text(help))
                .child(
                    input()
                        .attr("type", "text")
                        .attr("autocomplete", "off")
                        .attr("spellcheck", "false")
                        .on_value(ev::change, move |value| self.set(row, value.trim())),
                ),
        }
    }

    /// Sets a parameter; an empty one goes.
    fn set(self, row: &'static Parameter, value: &str) {
        let is_set = self.frame.update_if(|frame| {
            if value.is_empty() {
                frame.options = without(&frame.options, row.name);
                return (true, true);
            }
            let is_set = row.set(&mut frame.options, value);
            if !is_set {
                frame.options = without(&frame.options, row.name);
            }
            (true, is_set)
        });
        self.wrong.set(match is_set {
            Some(false) => self.language.framed().embed_wrong(&value),
            _ => String::new(),
        });
    }

    /// The code, by what the page is written in.
    fn code(self, announcer: Announcer) -> El {
        let texts = self.language.framed();
        let choices = Form::ALL.map(|form| (form.as_str(), words::form(self.language, form)));
        let forms = chosen(
            texts.embed_form,
            None,
            &choices,
            Form::Html.as_str(),
            move |name| {
                if let Some(form) = Form::named(&name) {
                    self.form.set(form);
                }
            },
        );
        let snippet = Memo::new(move || {
            let name = self.frame.with(|frame| self.title(frame));
            let site = browser::address(&Route::Home);
            self.frame.with(|frame| {
                let pasted = Pasted {
                    site: site.trim_end_matches("#/"),
                    frame,
                    title: &name,
                    link: texts.open,
                };
                pasted.snippet(self.form.get())
            })
        });
        let copy = action(texts.embed_copy, move || {
            announcer.copy(snippet.with_untracked(Clone::clone));
        });
        part(texts.embed_code)
            .child(forms)
            .child(
                p().class("quiet")
                    .text(move || words::form_help(self.language, self.form.get()).to_owned()),
            )
            .child(
                pre()
                    .class("embed-code")
                    .attr("tabindex", "0")
                    .attr("role", "group")
                    .attr("aria-label", texts.embed_code)
                    .text(move || snippet.get()),
            )
            .child(
                div()
                    .class("actions")
                    .child(copy.class("primary").id("embed-copy")),
            )
    }

    /// What a screen reader says of the frame.
    fn title(self, frame: &Frame) -> String {
        let name = match &frame.view {
            View::Step(id) => lesson::own::step_title(id.as_str()),
            View::Exercise(id) => lesson::own::listed(id.as_str()).map(|listed| listed.title),
            _ => None,
        };
        let view = words::view(self.language, frame.view.kind());
        let name = name.unwrap_or_else(|| view.split([':', '.']).next().unwrap_or(view));
        self.language.framed().embed_name(&name)
    }

    /// How it looks at a width.
    fn preview(self) -> El {
        let texts = self.language.framed();
        let width = RwSignal::new(700_u32);
        let height = RwSignal::new(None::<u32>);
        let choices = WIDTHS.map(|width| width.to_string());
        let choices: Vec<_> = choices
            .iter()
            .map(|it| (it.as_str(), it.as_str()))
            .collect();
        let widths = chosen(texts.embed_width, None, &choices, "700", move |value| {
            width.set(value.parse().unwrap_or(700));
        });
        let address = move || {
            let site = browser::address(&Route::Home);
            self.frame
                .with(|frame| Some(format!("{}{frame}", site.trim_end_matches("#/"))))
        };
        let usual = move || self.frame.with(|frame| frame.view.kind().usual_height());
        let shown = el("iframe")
            .class("embed-preview")
            .attr("title", texts.embed_preview)
            .attr("src", address)
            .style(("width", move || format!("{}px", width.get())))
            .style(("height", move || {
                format!("{}px", height.get().unwrap_or_else(usual))
            }));
        let own = JsValue::from(shown.node().clone());
        let heard = window_event_listener(ev::message, move |event| {
            let is_own = js::get(&event, "source") == js::get(&own, "contentWindow");
            let data = js::get(&event, "data");
            if is_own && js::get(&data, "type").as_string().as_deref() == Some("height") {
                let told = js::get(&data, "height").as_f64();
                height.set(told.map(|told| told.clamp(1.0, 4_000.0) as u32));
            }
        });
        on_cleanup(move || heard.remove());
        part(texts.embed_preview)
            .child(widths)
            .child(div().class("table-scroll").child(shown))
    }
}

/// Returns the options without one of them.
fn without(options: &embed::Options, name: Name) -> embed::Options {
    let mut rest = embed::Options::default();
    for row in PARAMETERS.iter().filter(|row| row.name != name) {
        if let Some(value) = row.value(options) {
            // What it was, it may be.
            let _ = row.set(&mut rest, &value);
        }
    }
    rest
}

/// A list to choose from: values with their names.
fn chosen(
    name: &str,
    help: Option<&str>,
    choices: &[(&str, &str)],
    now: &str,
    choose: impl Fn(String) + 'static,
) -> El {
    let options = choices.iter().map(|(value, name)| {
        el("option")
            .attr("value", *value)
            .attr("selected", *value == now)
            .text(*name)
    });
    label()
        .class("field")
        .child(span().text(name))
        .children(help.map(|help| span().class("hint").text(help)))
        .child(select().children(options).on_value(ev::change, choose))
}
