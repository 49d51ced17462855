//! What was done, or is about to be done, as code: for the Python client, for the REST server, and in the lesson's command
//! line, with stages and with aliases. With what the real MLflow says to it.

use std::cell::Cell;

use leptos::prelude::*;

use crate::registry::told::Told;
use crate::session::{Preferences, use_announcer, use_language, use_preferences};
use crate::ui::highlight::highlight;
use crate::ui::pills::{Pill, pills};
use console::codegen::{self, ApiStyle, Base, CodeFormat};
use el::{El, Memo, action, code, div, ev, input, label, p, pre, span};
use text::Language;
use text::as_code as words;

thread_local! {
    /// There may be several on a page, and each choice needs a name of its own.
    static COUNT: Cell<u32> = const { Cell::new(0) };
}

fn unique(name: &str) -> String {
    let count = COUNT.get();
    COUNT.set(count.wrapping_add(1));
    format!("{name}-{count}")
}

/// What is shown of a command.
#[derive(Clone, PartialEq)]
struct Shown {
    format: CodeFormat,
    code: String,
    /// What the real MLflow says to it.
    said: String,
    is_same_in_both: bool,
    has_shell: bool,
}

fn shown(language: Language, preferences: Preferences, told: &Told) -> Shown {
    let Told {
        command,
        before,
        at,
    } = told;
    let style = preferences.code_style.get();
    let shell = codegen::shell(command);
    // The choice of another place may be one that this command has not.
    let format = match preferences.code_format.get() {
        CodeFormat::Shell if shell.is_none() => CodeFormat::Python,
        format => format,
    };
    let is_same_in_both = codegen::is_same_in_both(command);
    let mut said = words::compatibility(language, codegen::compatibility(command, style, format));
    if is_same_in_both {
        said = format!("{said}. {}", language.as_code().same_in_both);
    }
    let has_shell = shell.is_some();
    let code = match format {
        CodeFormat::Python => codegen::python(command, style, before),
        CodeFormat::Curl => codegen::curl(command, style, before, &base(preferences), *at),
        CodeFormat::Shell => shell.unwrap_or_default(),
    };
    Shown {
        format,
        code: code.trim_end().to_owned(),
        said,
        is_same_in_both,
        has_shell,
    }
}

/// The choice between stages and aliases.
fn eras(preferences: Preferences) -> El {
    let texts = use_language().code();
    let style = preferences.code_style;
    let eras = [("stages", texts.era_stages), ("aliases", texts.era_aliases)].map(Pill::plain);
    pills(
        &unique("era"),
        texts.era,
        &eras,
        move || ApiStyle::ALL.iter().position(|one| *one == style.get()),
        move |at| {
            if let Some(one) = ApiStyle::ALL.get(at) {
                style.set(*one);
            }
        },
    )
}

/// The choice of a format.
fn shapes(preferences: Preferences, has_shell: bool, now: Memo<Option<CodeFormat>>) -> El {
    let texts = use_language().code();
    let format = preferences.code_format;
    let all = [
        ("python", texts.python),
        ("curl", texts.curl),
        ("shell", texts.shell),
    ]
    .map(Pill::plain);
    let count = if has_shell { 3 } else { 2 };
    let choose = move |at: usize| {
        if let Some(one) = CodeFormat::ALL.get(at) {
            format.set(*one);
        }
    };
    pills(
        &unique("shape"),
        texts.form,
        all.get(..count).unwrap_or_default(),
        move || {
            CodeFormat::ALL
                .iter()
                .position(|one| Some(*one) == now.get())
        },
        choose,
    )
    .verbatim()
}

/// The code of a command as things stand, with what can be chosen.
pub fn opened(told: StoredValue<Box<dyn Fn() -> Option<Told>>, LocalStorage>) -> El {
    let (language, announcer, preferences) = (use_language(), use_announcer(), use_preferences());
    let texts = language.code();
    let shown = Memo::new(move || {
        let told = told.with_value(|told| told());
        told.map(|told| shown(language, preferences, &told))
    });
    let code_now = move || {
        shown.with(|shown| {
            shown
                .as_ref()
                .map_or_else(String::new, |shown| shown.code.clone())
        })
    };
    let format_now =
        Memo::new(move || shown.with(|shown| shown.as_ref().map(|shown| shown.format)));
    let has_shell =
        Memo::new(move || shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.has_shell)));
    let is_same_in_both =
        move || shown.with(|shown| shown.as_ref().is_none_or(|shown| shown.is_same_in_both));
    let shapes = move || vec![shapes(preferences, has_shell.get(), format_now)];
    let copy = action(texts.copy, move || announcer.copy(untrack(code_now))).class("quiet-button");
    div()
        .class("code-lens-body")
        .child(
            div()
                .class("code-lens-choices")
                .child(div().dynamic(shapes))
                .child(eras(preferences).attr("hidden", is_same_in_both)),
        )
        .child(
            div()
                .class("code-lens-code")
                .child(
                    pre()
                        .attr("tabindex", "0")
                        .attr("aria-label", texts.title)
                        .child(code().dynamic(move || highlight(&code_now()))),
                )
                .child(copy),
        )
        .child(p().class("quiet").text(move || {
            shown.with(|shown| {
                shown
                    .as_ref()
                    .map_or_else(String::new, |shown| shown.said.clone())
            })
        }))
        .child(div().show(
            move || format_now.get() == Some(CodeFormat::Curl),
            move || untrack(server),
        ))
}

/// The address of the server; the usual one as long as none is set, or none that could be.
pub fn base(preferences: Preferences) -> Base {
    preferences
        .base
        .with(|typed| Base::parse(typed))
        .unwrap_or_default()
}

/// The field for the address of the server that the code is for.
pub fn server() -> El {
    let (language, preferences) = (use_language(), use_preferences());
    let texts = language.code();
    let id = unique("server");
    let error = format!("{id}-error");
    let wrong = move || {
        let typed = preferences.base.get();
        let why = Base::parse(&typed).err().filter(|_| !typed.is_empty())?;
        Some(words::no_base(language, why))
    };
    let usual = Base::default();
    let entry = input()
        .attr("type", "text")
        .attr("inputmode", "url")
        .attr("maxlength", "4000")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "none")
        .attr("spellcheck", "false")
        .attr("placeholder", usual.as_str())
        .id(&id)
        .attr("aria-describedby", &error)
        .attr("aria-invalid", move || wrong().map(|_| "true".to_owned()))
        .prop("value", move || preferences.base.get().into())
        .on_value(ev::input, move |typed| preferences.base.set(typed))
        .on(ev::change, move |_| preferences.keep_base());
    div()
        .class("field")
        .child(label().attr("for", id).text(texts.server))
        .child(entry)
        .child(
            span()
                .class("field-error")
                .id(error)
                .attr("role", "status")
                .text(move || wrong().unwrap_or_default().to_owned()),
        )
}
