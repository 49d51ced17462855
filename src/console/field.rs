//! The field of the console: its keys, its colours, and what may come next.

use std::time::Duration;

use leptos::prelude::set_timeout;
use wasm_bindgen::JsCast;
use web_sys::{HtmlTextAreaElement, KeyboardEvent};

use crate::browser;
use crate::console::transcript::Talk;
use crate::ui::highlight::highlight;
use el::{
    El, RwSignal, action, details, div, ev, form, input, label, li, p, pre, summary, textarea, ul,
};

/// How many suggestions are shown at once.
const SHOWN: usize = 12;

/// The field.
pub fn field(talk: Talk) -> El {
    let texts = talk.language.drawer();
    let id = format!("{}-field", talk.id);
    let hint = format!("{}-hint", talk.id);
    let cut = format!("{}-cut", talk.id);
    let measure = talk.measure;
    let (colours, entry) = entry(talk, &id, format!("{cut} {hint}"));
    let has_python = talk.python.place().is_some();
    let run_label = move || match has_python && talk.python.is_dry.get() {
        true => texts.run_dry.to_owned(),
        false => texts.run.to_owned(),
    };
    let run = action(run_label, move || talk.run())
        .class("primary console-run")
        .attr("disabled", move || measure.is_cut());
    form()
        .class("console-form-line")
        .on(ev::submit, move |event| {
            event.prevent_default();
            talk.run();
        })
        .child(div().dynamic(move || asks(talk)))
        .child(
            p().class("field-error")
                .id(cut)
                .attr("role", "status")
                .text(move || measure.words(talk.language)),
        )
        .child(
            div()
                .class("console-line")
                .child(
                    label()
                        .attr("for", &id)
                        .class("visually-hidden")
                        .text(texts.field),
                )
                .child(div().class("console-both").child(colours).child(entry))
                .child(run),
        )
        .child(
            div()
                .class("console-next")
                .child(
                    ul().class("suggestions")
                        .verbatim()
                        .attr("aria-label", texts.suggestions)
                        .dynamic(move || suggestions(talk)),
                )
                .child(p().class("quiet console-hint").id(hint).text(texts.hint)),
        )
        .child(
            div()
                .class("console-foot")
                .children(dry_run(talk))
                .children(for_python(talk)),
        )
}

/// What is typed, twice in one place: to be read in colours, and above it, without colour, to be edited.
fn entry(talk: Talk, id: &str, described: String) -> (El, El) {
    let pasting = RwSignal::new(false);
    let colours = pre()
        .class("console-colours")
        .attr("aria-hidden", "true")
        .dynamic(move || talk.typed.with(|typed| highlight(typed)))
        .text("\u{200b}");
    let entry = textarea()
        .id(id)
        .text(talk.typed.get_untracked())
        .class("console-entry-field")
        .attr("rows", "1")
        .attr("spellcheck", "false")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "none")
        .attr("enterkeyhint", "send")
        .attr("aria-describedby", described)
        .on(ev::paste, move |_| {
            pasting.set(true);
            // What is pasted changes the field before anything else happens; a picture, or nothing at all, does not.
            set_timeout(move || pasting.set(false), Duration::ZERO);
        });
    // Only the beginning of what is too long for the console goes into the field: nothing else is worked on.
    let entry = talk
        .measure
        .of(entry, move |text| {
            talk.edited(text);
            if pasting.get_untracked() {
                pasting.set(false);
                talk.was_pasted();
            }
        })
        .on(ev::keydown, move |event| {
            pressed(talk, &event);
        });
    (colours, entry)
}

/// What is asked after several lines were pasted.
fn asks(talk: Talk) -> Vec<El> {
    let texts = talk.language.drawer();
    let Some(count) = talk.pasted.get().filter(|_| !talk.measure.is_cut()) else {
        return Vec::new();
    };
    let all = action(texts.paste_run, move || {
        talk.run();
        browser::focus_soon(format!("{}-field", talk.id));
    });
    let keep = action(texts.paste_keep, move || {
        talk.pasted.set(None);
        browser::focus_soon(format!("{}-field", talk.id));
    });
    vec![
        div()
            .class("console-asks")
            .attr("role", "status")
            .child(p().text(texts.paste(count)))
            .child(div().class("actions").child(all).child(keep)),
    ]
}

/// What may come next.
fn suggestions(talk: Talk) -> Vec<El> {
    let list = talk.suggestions.get();
    let items = list.into_iter().take(SHOWN).map(|one| {
        let name = one.text.clone();
        li().child(action(name, move || talk.take(&one)).class("suggestion"))
    });
    items.collect()
}

/// Whether what is entered is tried on a copy first.
fn dry_run(talk: Talk) -> Option<El> {
    talk.python.place()?;
    let python = talk.python;
    let id = format!("{}-dry", talk.id);
    let tick = input()
        .attr("type", "checkbox")
        .id(&id)
        .on(ev::change, move |event| {
            let target = event.target();
            let field = target.and_then(|it| it.dyn_into::<web_sys::HtmlInputElement>().ok());
            python
                .is_dry
                .set(field.is_some_and(|field| field.checked()));
        });
    let words = talk.language.python().always_dry;
    Some(
        div()
            .class("console-dry")
            .child(tick)
            .child(label().attr("for", id).text(words)),
    )
}

/// What a script is given beside its text.
fn for_python(talk: Talk) -> Option<El> {
    talk.python.place()?;
    let texts = talk.language.python();
    let python = talk.python;
    let named = |name: &str, words: &str| {
        label()
            .attr("for", format!("{}-{name}", talk.id))
            .text(words)
    };
    let own = |field: El, name: &str, hint: &str| {
        field
            .id(format!("{}-{name}", talk.id))
            .attr("placeholder", hint)
            .attr("spellcheck", "false")
            .attr("autocomplete", "off")
            .attr("autocapitalize", "none")
    };
    let arguments = own(input().attr("type", "text"), "argv", texts.arguments_hint)
        .on_value(ev::input, move |text| python.arguments.set(text));
    let environment = own(textarea().attr("rows", "2"), "env", texts.environment_hint)
        .on_value(ev::input, move |text| python.environment.set(text));
    let pair = |one: El, other: El| div().class("console-given").child(one).child(other);
    let all = div()
        .class("console-for-python")
        .child(pair(named("argv", texts.arguments), arguments))
        .child(pair(named("env", texts.environment), environment));
    Some(
        details()
            .class("console-options")
            .child(summary().text(texts.options))
            .child(all),
    )
}

/// A key in the field.
fn pressed(talk: Talk, event: &KeyboardEvent) {
    // Keys that make a letter together, as in Japanese, are none of ours.
    if event.is_composing() {
        return;
    }
    let plain = !event.shift_key() && !event.alt_key() && !event.ctrl_key() && !event.meta_key();
    let handled = match event.key().as_str() {
        // A key that is held down runs nothing again.
        "Enter" if event.ctrl_key() || event.meta_key() => {
            if !event.repeat() {
                talk.run();
            }
            true
        }
        "Enter" if plain && !talk.goes_on() => {
            if !event.repeat() {
                talk.run();
            }
            true
        }
        "Tab" if plain => talk.complete(),
        "Escape" => {
            let some = talk.suggestions.with_untracked(|list| !list.is_empty());
            talk.suggestions.set(Vec::new());
            some
        }
        "ArrowUp" if plain && at_edge(event, true) => talk.recall(true),
        "ArrowDown" if plain && at_edge(event, false) => talk.recall(false),
        _ => false,
    };
    if handled {
        event.prevent_default();
        event.stop_propagation();
    }
}

/// Whether the cursor stands in the first line, or in the last.
fn at_edge(event: &KeyboardEvent, first: bool) -> bool {
    let field = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok());
    let Some(field) = field else { return false };
    let (Ok(Some(start)), Ok(Some(end))) = (field.selection_start(), field.selection_end()) else {
        return false;
    };
    let units: Vec<u16> = field.value().encode_utf16().collect();
    let at = usize::try_from(start).unwrap_or(usize::MAX);
    let is_line_end = |unit: &u16| *unit == u16::from(b'\n');
    start == end
        && if first {
            !units.get(..at).unwrap_or_default().iter().any(is_line_end)
        } else {
            !units.get(at..).unwrap_or_default().iter().any(is_line_end)
        }
}
