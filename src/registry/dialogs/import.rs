//! Another registry, taken in from what a real server answers. What would come in is shown first.

use crate::registry::code_shown::base;
use crate::session::{
    Dialogs, Preferences, Workspaces, use_dialogs, use_language, use_preferences, use_workspaces,
};
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
use text::CodeText;
use text::as_code as words;

/// How many models, and how many of the things that are left out, are shown.
const SHOWN: usize = 20;

/// What comes of reading the text; nothing where there is none.
type Found = Option<Result<ImportedRegistry, ImportError>>;

/// What was pasted or opened, and what is in it.
#[derive(Clone, Copy)]
struct Given {
    text: RwSignal<String>,
    /// How long a file is that is too long.
    too_long: RwSignal<Option<usize>>,
    measure: Measure,
    found: Memo<Found>,
    /// What the new registry is called.
    name: RwSignal<String>,
    /// Why it was not taken in.
    failed: RwSignal<&'static str>,
}

impl Given {
    fn new(name: &str) -> Self {
        let (text, too_long) = (RwSignal::new(String::new()), RwSignal::new(None));
        let measure = Measure::new(MAX_BYTES);
        let found = Memo::new(move || {
            // The beginning of an answer is none.
            let long = too_long.get();
            if let Some(long) = long.or_else(|| measure.is_cut().then_some(MAX_BYTES)) {
                return Some(Err(ImportError::TooLong(long)));
            }
            text.with(|text| (!text.trim().is_empty()).then(|| read(text)))
        });
        Self {
            text,
            too_long,
            measure,
            found,
            name: RwSignal::new(name.to_owned()),
            failed: RwSignal::new(""),
        }
    }

    fn set(self, text: String) {
        self.failed.set("");
        self.too_long.set(None);
        self.text.set(text);
    }

    fn is_ready(self) -> bool {
        self.found.with(|found| matches!(found, Some(Ok(_))))
    }

    /// The field for a text, and what is wrong with it.
    fn field(self) -> El {
        let language = use_language();
        let texts = language.code();
        let field = textarea()
            .id("take-in-text")
            .attr("rows", "6")
            .attr("spellcheck", "false")
            .attr("autofocus", "")
            .attr("aria-describedby", "take-in-wrong")
            .class("mono")
            .verbatim()
            .prop("value", move || self.text.get().into());
        let wrong = move || {
            self.found.with(|found| match found {
                Some(Err(_)) if self.measure.is_cut() => self.measure.words(language),
                Some(Err(why)) => self
                    .text
                    .with(|text| words::no_registry(language, why, text)),
                _ => String::new(),
            })
        };
        div()
            .class("field")
            .child(
                label()
                    .attr("for", "take-in-text")
                    .text(texts.take_in_field),
            )
            .child(self.measure.of(field, move |text| self.set(text)))
            .child(
                span()
                    .class("field-error")
                    .id("take-in-wrong")
                    .attr("role", "status")
                    .text(wrong),
            )
    }

    /// The field for a file.
    fn file(self) -> El {
        file_field(
            "take-in-file",
            use_language().code().take_in_open,
            "application/json,.json,.txt",
            LIMIT,
            move |text| {
                self.measure.forget();
                match text {
                    Ok(text) => self.set(text),
                    Err(long) => self.too_long.set(Some(long)),
                }
            },
        )
    }

    fn preview(self) -> Vec<El> {
        self.found.with(|found| match found {
            Some(Ok(imported)) => vec![preview(imported)],
            Some(Err(ImportError::AllLeftOut(left))) => vec![nothing_left(left)],
            _ => Vec::new(),
        })
    }

    /// Takes the registry in.
    fn take(self, workspaces: Workspaces, dialogs: Dialogs, texts: &CodeText) {
        let registry = self.found.with_untracked(|found| match found {
            Some(Ok(imported)) => Some(imported.registry.clone()),
            _ => None,
        });
        let name = FreeText::parse(&self.name.get_untracked()).ok();
        let Some((registry, name)) = registry.zip(name) else {
            return;
        };
        match workspaces.take_in(registry, name) {
            Ok(()) => dialogs.open.set(None),
            Err(StoreError::Full) => self.failed.set(texts.take_in_failed),
            Err(why) => {
                let why = workspaces.not_done(&why, texts.take_in_unsaved);
                self.failed.set(why);
            }
        }
    }
}

/// The dialog.
pub fn mlflow_import() -> El {
    let (language, dialogs, preferences) = (use_language(), use_dialogs(), use_preferences());
    let workspaces = use_workspaces();
    let texts = language.code();
    let given = Given::new(texts.take_in_named);
    let wrong_name = Memo::new(move || complaint(language, FreeText::parse(&given.name.get())));
    let named = Field {
        id: "take-in-name",
        label: texts.take_in_name,
        hint: "",
        value: given.name,
        wrong: wrong_name,
        multiline: false,
    };
    let ready = div()
        .class("form")
        .attr("hidden", move || !given.is_ready())
        .child(named.view(false));
    let take = action(
        texts.take_in_do,
        pressed(move || given.take(workspaces, dialogs, texts)),
    )
    .class("primary")
    .attr("disabled", move || {
        !given.is_ready() || wrong_name.with(Option::is_some)
    });
    let content = div()
        .class("form")
        .child(p().text(texts.take_in_intro))
        .child(p().class("quiet").text(texts.take_in_how))
        .child(
            pre()
                .attr("tabindex", "0")
                .child(code().children(highlight(&requests(preferences)))),
        )
        .child(given.field())
        .child(given.file())
        .child(div().dynamic(move || given.preview()))
        .child(ready)
        .child(
            p().class("field-error")
                .attr("role", "alert")
                .text(move || given.failed.get().to_owned()),
        )
        .child(div().class("actions").child(take).child(cancel()));
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
