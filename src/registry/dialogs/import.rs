//! Another registry, taken in from what a real server answers. What would come in is shown first.

use crate::registry::as_code::base;
use crate::session::{Preferences, use_dialogs, use_language, use_preferences, use_workspaces};
use crate::ui::field::{Field, complaint};
use crate::ui::file_field::file_field;
use crate::ui::format::aliases;
use crate::ui::highlight::highlight;
use crate::ui::icon::stage_name;
use crate::ui::measured::Measure;
use crate::ui::modal::{cancel, modal, pressed};
use console::mlflow_import::{ImportError, ImportedRegistry, MAX_BYTES, Omission, read};
use el::{
    El, Memo, RwSignal, action, code, div, h3, label, li, p, pre, span, strong, textarea, ul,
};
use registry::{FreeText, RegisteredModel, Stage};
use storage::StoreError;
use text::as_code as words;

/// How many models, and how many of the things that are left out, are shown.
const SHOWN: usize = 20;

/// The dialog.
pub fn mlflow_import() -> El {
    let (language, dialogs, preferences) = (use_language(), use_dialogs(), use_preferences());
    let workspaces = use_workspaces();
    let texts = language.code();
    let pasted = RwSignal::new(String::new());
    let too_long = RwSignal::new(None);
    let failed = RwSignal::new("");
    let name = RwSignal::new(texts.take_in_named.to_owned());
    let measure = Measure::new(MAX_BYTES);
    let found = Memo::new(move || {
        // The beginning of an answer is none.
        let long = too_long.get();
        if let Some(long) = long.or_else(|| measure.is_cut().then_some(MAX_BYTES)) {
            return Some(Err(ImportError::TooLong(long)));
        }
        pasted.with(|text| (!text.trim().is_empty()).then(|| read(text)))
    });
    let set = move |text: String| {
        failed.set("");
        too_long.set(None);
        pasted.set(text);
    };
    let file = file_field(
        "take-in-file",
        texts.take_in_open,
        "application/json,.json,.txt",
        LIMIT,
        move |text| match text {
            Ok(text) => {
                measure.forget();
                set(text);
            }
            Err(long) => {
                measure.forget();
                too_long.set(Some(long));
            }
        },
    );
    let field = textarea()
        .id("take-in-text")
        .attr("rows", "6")
        .attr("spellcheck", "false")
        .attr("autofocus", "")
        .attr("aria-describedby", "take-in-wrong")
        .class("mono")
        .verbatim()
        .prop("value", move || pasted.get().into());
    let field = measure.of(field, set);
    let wrong = move || {
        found.with(|found| match found {
            Some(Err(_)) if measure.is_cut() => measure.words(language),
            Some(Err(why)) => pasted.with(|text| words::no_registry(language, why, text)),
            _ => String::new(),
        })
    };
    let preview = move || {
        found.with(|found| match found {
            Some(Ok(imported)) => vec![preview(imported)],
            Some(Err(ImportError::AllLeftOut(left))) => vec![nothing_left(left)],
            _ => Vec::new(),
        })
    };
    let wrong_name = Memo::new(move || complaint(language, FreeText::parse(&name.get())));
    let named = Field {
        id: "take-in-name",
        label: texts.take_in_name,
        hint: "",
        value: name,
        wrong: wrong_name,
        multiline: false,
    };
    let is_ready = move || found.with(|found| matches!(found, Some(Ok(_))));
    let take = move || {
        let registry = found.with_untracked(|found| match found {
            Some(Ok(imported)) => Some(imported.registry.clone()),
            _ => None,
        });
        let Some((registry, name)) = registry.zip(FreeText::parse(&name.get_untracked()).ok())
        else {
            return;
        };
        match workspaces.take_in(registry, name) {
            Ok(()) => dialogs.open.set(None),
            Err(StoreError::Full) => failed.set(texts.take_in_failed),
            Err(why) => failed.set(workspaces.not_done(&why, texts.take_in_unsaved)),
        }
    };
    let ready = div()
        .class("form")
        .attr("hidden", move || !is_ready())
        .child(named.view(false));
    let content = div()
        .class("form")
        .child(p().text(texts.take_in_intro))
        .child(p().class("quiet").text(texts.take_in_how))
        .child(
            pre()
                .attr("tabindex", "0")
                .child(code().children(highlight(&requests(preferences)))),
        )
        .child(
            div()
                .class("field")
                .child(
                    label()
                        .attr("for", "take-in-text")
                        .text(texts.take_in_field),
                )
                .child(field)
                .child(
                    span()
                        .class("field-error")
                        .id("take-in-wrong")
                        .attr("role", "status")
                        .text(wrong),
                ),
        )
        .child(file)
        .child(div().dynamic(preview))
        .child(ready)
        .child(
            p().class("field-error")
                .attr("role", "alert")
                .text(move || failed.get().to_owned()),
        )
        .child(
            div()
                .class("actions")
                .child(
                    action(texts.take_in_do, pressed(take))
                        .class("primary")
                        .attr("disabled", move || {
                            !is_ready() || wrong_name.with(Option::is_some)
                        }),
                )
                .child(cancel()),
        );
    modal(texts.take_in_title.to_owned(), content)
}

/// The greatest size of a file: that of a text.
#[expect(
    clippy::cast_possible_truncation,
    reason = "it is a constant, and far smaller"
)]
const LIMIT: u32 = MAX_BYTES as u32;

/// What a server is to be asked.
fn requests(preferences: Preferences) -> String {
    let base = base(preferences);
    ["registered-models", "model-versions"]
        .map(|what| format!("curl '{base}/api/2.0/mlflow/{what}/search?max_results=200'"))
        .join("\n")
}

/// What would come in, and what would not.
fn preview(imported: &ImportedRegistry) -> El {
    let language = use_language();
    let texts = language.code();
    let models = imported.registry.models();
    let count = models.len();
    let rows = models.take(SHOWN).map(model_line);
    let more = (count > SHOWN).then(|| p().class("quiet").text(texts.more(count - SHOWN)));
    let remarks = imported
        .remarks
        .iter()
        .map(|remark| p().class("quiet").text(words::remark(language, remark)));
    div()
        .class("form take-in-preview")
        .id("take-in-preview")
        .attr("role", "status")
        .child(h3().text(format!("{}: {}", texts.take_in_what, texts.models(count))))
        .child(ul().class("take-in-models").children(rows))
        .children(more)
        .children(remarks)
        .children(left_out(&imported.left_out))
}

/// What stands there where nothing can come in.
fn nothing_left(left: &[Omission]) -> El {
    div()
        .class("form take-in-preview")
        .id("take-in-preview")
        .attr("role", "status")
        .children(left_out(left))
}

/// What would be left out, each with its place and the reason.
fn left_out(left: &[Omission]) -> Option<El> {
    let language = use_language();
    let texts = language.code();
    let items = left.iter().take(SHOWN).map(|one| {
        li().child(code().verbatim().text(&one.place))
            .text(format!(" – {}", words::left_out(language, &one.why)))
    });
    let over = left.len().saturating_sub(SHOWN);
    let list = ul().class("take-in-left").children(items);
    (!left.is_empty()).then(|| {
        div()
            .child(h3().text(texts.take_in_left))
            .child(list)
            .children((over > 0).then(|| p().class("quiet").text(texts.more(over))))
    })
}

/// A model that would come in: how many versions in which stages, and its aliases.
fn model_line(model: &RegisteredModel) -> El {
    let texts = use_language().code();
    let stages = Stage::ALL
        .into_iter()
        .filter(|stage| !model.in_stage(*stage).is_empty())
        .map(|stage| {
            span()
                .class("take-in-stage")
                .child(stage_name(stage))
                .text(format!(" {}", model.in_stage(stage).len()))
        });
    li().child(
        strong()
            .class("mono")
            .verbatim()
            .text(model.name().as_str()),
    )
    .child(
        span()
            .class("quiet")
            .text(texts.versions(model.versions().len())),
    )
    .children(stages)
    .child(span().class("quiet mono").verbatim().text(aliases(model)))
}
