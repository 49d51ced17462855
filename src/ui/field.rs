//! A labelled field that checks what is typed and says in plain words what is wrong.

use crate::session::use_language;
use crate::ui::measured::Measure;
use el::{El, Memo, RwSignal, action, div, input, label, span, textarea};
use registry::Refusal;
use registry::id::MAX_TAG_VALUE_CHARS;
use text::{Language, explain};

/// What stands against a text, in words; nothing where it is fine.
pub fn complaint<T>(text: Language, checked: Result<T, impl Into<Refusal>>) -> Option<String> {
    let explained = explain::explain(text, &checked.err()?.into());
    Some(format!("{} {}", explained.why, explained.advice))
}

/// A field for one text.
pub struct Field {
    /// Unique on the page.
    pub id: &'static str,
    pub label: &'static str,
    /// An example or a rule, below the label; may be empty.
    pub hint: &'static str,
    pub value: RwSignal<String>,
    /// What is wrong with it now, if anything.
    pub wrong: Memo<Option<String>>,
    /// Whether it takes several lines.
    pub multiline: bool,
}

impl Field {
    /// The field, with texts below it that can be chosen in place of typing.
    pub fn view_among(self, first: bool, choices: Vec<String>) -> El {
        let (value, name) = (self.value, self.label);
        let field = self.view(first);
        if choices.is_empty() {
            return field;
        }
        let choices = choices.into_iter().map(|choice| {
            let (chosen, text) = (choice.clone(), choice.clone());
            action("", move || value.set(chosen.clone()))
                .attr("aria-pressed", move || {
                    Some(value.with(|value| *value == choice).to_string())
                })
                .verbatim()
                .text(text)
        });
        let choices = div()
            .class("actions")
            .attr("role", "group")
            .attr("aria-label", name)
            .children(choices);
        field.child(choices)
    }

    /// The field on the page. The first field of a dialog gets the focus when it opens.
    pub fn view(self, first: bool) -> El {
        let language = use_language();
        let Self {
            id,
            label: name,
            hint,
            value,
            wrong,
            multiline,
        } = self;
        // An empty field is not blamed before somebody has typed in it.
        let touched = RwSignal::new(false);
        let shown = move || wrong.get().filter(|_| touched.get());
        // What is far longer than the longest that any of these takes is not even looked at.
        let measure = Measure::new(2 * MAX_TAG_VALUE_CHARS);
        let hint_id = format!("{id}-hint");
        let error_id = format!("{id}-error");
        let entry = if multiline {
            textarea().attr("rows", "3")
        } else {
            input()
                .attr("type", "text")
                .attr("autocomplete", "off")
                .attr("autocapitalize", "none")
                .attr("spellcheck", "false")
        };
        let entry = entry
            .id(id)
            .attr("autofocus", first)
            .attr("aria-describedby", format!("{hint_id} {error_id}"))
            .attr("aria-invalid", move || shown().map(|_| "true".to_owned()))
            .prop("value", move || value.get().into());
        let entry = measure.of(entry, move |typed| {
            touched.set(true);
            value.set(typed);
        });
        div()
            .class("field")
            .child(label().attr("for", id).text(name))
            .child(span().class("hint").id(hint_id).text(hint))
            .child(entry)
            .child(
                span()
                    .class("field-error")
                    .id(error_id)
                    .attr("role", "status")
                    .text(move || {
                        let cut = measure.words(language);
                        let wrong = shown().unwrap_or_default();
                        format!("{cut} {wrong}").trim().to_owned()
                    }),
            )
    }
}
