//! The history as code for a real server: a Python script, a script of `curl` calls, or a notebook.

use crate::browser;
use crate::registry::code_shown::{base, server};
use crate::session::frame;
use crate::session::{
    Preferences, Workspaces, use_announcer, use_dialogs, use_language, use_preferences,
    use_registry, use_workspaces,
};
use crate::ui::modal::modal;
use crate::ui::pills::{Pill, pills};
use console::export::{Choice, Words, curl, notebook, plan, python};
use el::{El, Memo, RwSignal, action, code, div, ev, h3, input, label, p, pre, span};
use registry::Log;
use text::Language;
use text::as_code;

/// What a file is called, by its form.
const NAMES: [&str; 3] = ["model-stages.py", "model-stages.sh", "model-stages.ipynb"];

/// The dialog.
pub fn export() -> El {
    let (language, store) = (use_language(), use_registry());
    let (preferences, workspaces) = (use_preferences(), use_workspaces());
    let texts = language.code();
    let (first, last) = store.history(|log| (log.folded() + 1, log.step()));
    if last < first {
        return nothing();
    }
    let form = RwSignal::new(0_usize);
    let some = RwSignal::new(false);
    let (from, to) = (
        RwSignal::new(first.to_string()),
        RwSignal::new(last.to_string()),
    );
    let steps = Memo::new(move || {
        if !some.get() {
            return Ok(None);
        }
        let read = |typed: String| typed.trim().parse::<u64>().ok();
        match (read(from.get()), read(to.get())) {
            (Some(from), Some(to)) if first <= from && from <= to && to <= last => {
                Ok(Some((from..=to).collect::<Vec<u64>>()))
            }
            _ => Err(()),
        }
    });
    let written = Memo::new(move || match steps.get() {
        Ok(steps) => store.history(|log| {
            write(
                language,
                preferences,
                workspaces,
                log,
                form.get(),
                steps.as_deref(),
            )
        }),
        Err(()) => String::new(),
    });
    let forms = [
        ("python", texts.export_python),
        ("curl", texts.export_curl),
        ("notebook", texts.export_notebook),
    ]
    .map(Pill::plain);
    let which = [("all", texts.export_all), ("some", texts.export_some)].map(Pill::plain);
    let wrong = move || match steps.with(Result::is_err) {
        true => texts.export_wrong(&first, &last),
        false => String::new(),
    };
    let content = div()
        .class("form")
        .child(p().text(texts.export_intro))
        .child(pills(
            "export-form",
            texts.export_form,
            &forms,
            move || Some(form.get()),
            move |at| form.set(at),
        ))
        .child(pills(
            "export-which",
            texts.export_steps,
            &which,
            move || Some(usize::from(some.get())),
            move |at| some.set(at == 1),
        ))
        .child(range(some, from, to, wrong))
        .child(server())
        .child(h3().text(texts.preview))
        .child(
            pre()
                .class("export-code")
                .id("export-code")
                .attr("tabindex", "0")
                .attr("aria-label", texts.preview)
                .child(code().text(move || written.get())),
        )
        // No browser tells whether a file was saved.
        .children(frame::is_framed().then(|| p().class("quiet").text(texts.export_framed)))
        .child(actions(written, form));
    modal(texts.export_title.to_owned(), content)
}

/// What is said where there is nothing to be written.
fn nothing() -> El {
    let (language, dialogs) = (use_language(), use_dialogs());
    let texts = language.code();
    let close = action(language.shell().close, move || dialogs.open.set(None));
    let content = div()
        .class("form")
        .child(p().text(texts.export_nothing))
        .child(div().class("actions").child(close));
    modal(texts.export_title.to_owned(), content)
}

/// From which step to which, where not all are wanted.
fn range(
    some: RwSignal<bool>,
    from: RwSignal<String>,
    to: RwSignal<String>,
    wrong: impl Fn() -> String + 'static,
) -> El {
    let texts = use_language().code();
    div()
        .class("actions")
        .attr("hidden", move || !some.get())
        .child(step_field("export-from", texts.export_from, from))
        .child(step_field("export-to", texts.export_to, to))
        .child(
            span()
                .class("field-error")
                .id("export-wrong")
                .attr("role", "status")
                .text(wrong),
        )
}

/// A field for the number of a step.
fn step_field(id: &'static str, name: &'static str, value: RwSignal<String>) -> El {
    label()
        .class("export-step")
        .attr("for", id)
        .child(span().text(name))
        .child(
            input()
                .attr("type", "text")
                .attr("inputmode", "numeric")
                .attr("maxlength", "40")
                .attr("autocomplete", "off")
                .id(id)
                .attr("aria-describedby", "export-wrong")
                .prop("value", move || value.get().into())
                .on_value(ev::input, move |typed| value.set(typed)),
        )
}

/// What can be done with the code that is written.
fn actions(written: Memo<String>, form: RwSignal<usize>) -> El {
    let (language, announcer, dialogs) = (use_language(), use_announcer(), use_dialogs());
    let texts = language.code();
    let is_empty = move || written.with(String::is_empty);
    let save = move || {
        let name = NAMES.get(form.get_untracked()).copied().unwrap_or_default();
        written.with_untracked(|text| browser::download(name, text));
    };
    div()
        .class("actions")
        .child(
            action(texts.download, save)
                .class("primary")
                .attr("disabled", is_empty),
        )
        .child(
            action(texts.copy, move || announcer.copy(written.get_untracked()))
                .attr("disabled", is_empty),
        )
        .child(action(language.shell().close, move || {
            dialogs.open.set(None)
        }))
}

/// The code of some steps, or of all.
fn write(
    language: Language,
    preferences: Preferences,
    workspaces: Workspaces,
    log: &Log,
    form: usize,
    steps: Option<&[u64]>,
) -> String {
    let name = workspaces.name(&workspaces.current.get_untracked());
    let text = language;
    let words = Words {
        header: as_code::header(text, &name, steps.is_none()),
        say: &|note| as_code::note(text, note),
    };
    let parts = plan(log, steps.map_or(Choice::All, Choice::Steps));
    let base = base(preferences);
    match form {
        0 => python(&parts, &base, &words),
        1 => curl(&parts, &base, &words),
        _ => notebook(&parts, &base, &words),
    }
}
