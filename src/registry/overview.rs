//! `#/registry`: every registered model, and which version of it is live.

use crate::browser;
use crate::embed_code::row_of;
use crate::registry::dialogs::transition::answer;
use crate::registry::history::moment_bar;
use crate::registry::model_lazy::{self, Part};
use crate::registry::rules_switch::own_rules;
use crate::session::{
    DataDialog, Dialog, RegistryStore, use_dialogs, use_language, use_registry, use_workspaces,
};
use crate::ui::format;
use crate::ui::icon::{stage_class, stage_mark, stage_marks};
use crate::ui::menu::{Menu, close_by_press};
use crate::ui::page::{announcement_line, title};
use ::embed::{Frame, View};
use el::{
    El, Memo, RwSignal, a, action, div, el, ev, h2, header, label, li, p, section, select, span,
    strong, ul,
};
use registry::query::Answer;
use registry::{ModelName, Stage, VersionNumber};
use share::link;
use share::route::Route;
use storage::WorkspaceId;
use text::Language;

/// How many models are shown at first, and how many more each time.
const PAGE: usize = 50;

/// A model as it is shown here.
#[derive(Clone, PartialEq)]
struct Row {
    name: ModelName,
    live: Answer,
    stages: Vec<(Stage, usize, Option<VersionNumber>)>,
    aliases: String,
    changed: String,
}

/// The page.
pub fn overview() -> Vec<El> {
    let (language, store, dialogs) = (use_language(), use_registry(), use_dialogs());
    let texts = language.overview();
    let limit = RwSignal::new(PAGE);
    let rows = Memo::new(move || rows(language, store, limit.get()));
    let count = Memo::new(move || store.read(|registry| registry.models().len()));
    let asks = move |name: &str, what: Dialog| {
        action(name, move || store.open_dialog(what.clone()))
            .attr("disabled", move || !store.can_change())
    };
    let new = asks(texts.new_model, Dialog::CreateModel).class("primary");
    let share = action(language.registries().share, move || {
        dialogs.open.set(Some(Dialog::Data(DataDialog::Share)))
    });
    let (menu, place) = more();
    let head = header()
        .class("page-head")
        .child(
            div()
                .class("page-title-row")
                .child(title(texts.title))
                .child(div().class("actions").child(new).child(share.id("share")))
                .child(menu),
        )
        .children(place)
        .child(
            p().class("quiet")
                .text(move || format!("{} {}.", texts.intro, texts.models(count.get()))),
        )
        .child(div().dynamic(switch))
        .child(own_rules())
        .child(announcement_line());
    let models = ul().class("models").for_each(
        move || rows.with(|rows| (0..rows.len() as u64).collect()),
        move |at| model_row(usize::try_from(at).unwrap_or_default(), rows),
    );
    let rest = move || {
        let mut rest = Vec::new();
        if count.get() == 0 {
            rest.push(
                section()
                    .class("panel section")
                    .child(stage_marks())
                    .child(h2().text(texts.empty_title))
                    .child(p().text(texts.empty_body))
                    .child(
                        div()
                            .class("actions")
                            .child(asks(texts.new_model, Dialog::CreateModel).class("primary"))
                            .child(asks(texts.reset_sample, Dialog::ResetSample)),
                    ),
            );
        }
        if count.get() > limit.get() {
            let more = move || limit.update(|limit| *limit += PAGE);
            rest.push(action(language.table().more, more));
        }
        rest
    };
    vec![
        head,
        moment_bar(),
        models,
        div().dynamic(rest),
        model_lazy::part(Part::History(None)),
    ]
}

/// What is seldom needed, behind "⋯", and the place of the dialog of code for a page of one's own.
fn more() -> (El, Option<El>) {
    let (language, store, dialogs) = (use_language(), use_registry(), use_dialogs());
    let texts = language.overview();
    let workspaces = use_workspaces();
    let menu = Menu::new();
    let (embed, place) = embed(&menu).unzip();
    let inside = menu.clone();
    let rows = move || {
        let registries = move || {
            dialogs.open.set(Some(Dialog::Data(DataDialog::Registries)));
        };
        let registries = inside.row(language.registries().open, registries);
        let mut rows = vec![li().child(registries.id("registries"))];
        rows.extend(embed.as_ref().map(|row| row()));
        if store.can_change() {
            rows.extend([
                inside.opens(language.code().take_in, Dialog::MlflowImport),
                inside.opens(texts.start_empty, Dialog::StartEmpty),
                inside.opens(texts.reset_sample, Dialog::ResetSample),
            ]);
        }
        if workspaces.current.get() != WorkspaceId::own() {
            let delete = language.workspaces().delete_asks;
            rows.push(inside.opens(delete, Dialog::DeleteWorkspace));
        }
        rows
    };
    close_by_press();
    (menu.filled(texts.menu.to_owned(), rows), place)
}

/// Gives out the registry that is open, for a page of one's own. One that is too large for a link is left out: then it is the
/// sample.
fn embed(menu: &Menu) -> Option<(impl Fn() -> El + 'static, El)> {
    let workspaces = use_workspaces();
    row_of(menu, move || {
        let snapshot = workspaces.snapshot(&workspaces.current.get_untracked());
        let short = snapshot.ok().filter(|it| workspaces.link(it).is_some());
        let mut shown = Frame::of(View::Registry);
        shown.options.start = short.and_then(|snapshot| link::print(&snapshot));
        shown
    })
}

/// Which registry is open, where there are several.
fn switch() -> Vec<El> {
    let workspaces = use_workspaces();
    let all = workspaces.all();
    if all.len() < 2 {
        return Vec::new();
    }
    let open = workspaces.current.get();
    let options = all.iter().map(|workspace| {
        el("option")
            .attr("value", workspace.id.as_str())
            .attr("selected", workspace.id == open)
            .text(workspaces.name(&workspace.id))
    });
    let choice = select()
        .id("workspace")
        .children(options)
        .on_value(ev::change, move |id| {
            if let Some(id) = WorkspaceId::parse(&id) {
                workspaces.open(&id);
            }
        });
    let name = use_language().workspaces().choose;
    vec![
        label()
            .class("workspace")
            .child(span().class("quiet").text(name))
            .child(choice),
    ]
}

/// The row at a place of the list: what stands there changes, the row stays.
fn model_row(at: usize, rows: Memo<Vec<Row>>) -> El {
    let language = use_language();
    let texts = language.overview();
    li().class("model-row").dynamic(move || {
        let Some(row) = rows.with(|rows| rows.get(at).cloned()) else {
            return Vec::new();
        };
        let link = a()
            .attr("href", Route::Model(row.name.clone()).to_string())
            .verbatim()
            .text(row.name.as_str());
        let is_live = row.live.version().is_some();
        let state = if is_live {
            stage_class(Stage::Production)
        } else {
            "nothing-live"
        };
        let live = p()
            .class(format!("model-live {state}"))
            .children(is_live.then(|| stage_mark(Stage::Production)))
            .child(span().class("quiet").text(format!(" {}: ", texts.col_live)))
            .child(strong().text(answer(language, row.live)));
        let stages = row.stages.into_iter().map(|(stage, count, newest)| {
            li().class(format!(
                "{} {}",
                stage_class(stage),
                if count == 0 { "none" } else { "" }
            ))
            .child(stage_mark(stage))
            .child(span().verbatim().text(stage.as_str()))
            .child(strong().class("mono").verbatim().text(count.to_string()))
            .children(newest.map(|newest| {
                span()
                    .class("quiet mono")
                    .verbatim()
                    .text(format!("v{newest}"))
            }))
        });
        let rest = format!(
            "{}: {} · {}: {}",
            texts.col_aliases, row.aliases, texts.col_changed, row.changed
        );
        vec![
            h2().child(link),
            live,
            ul().class("model-stages").children(stages),
            p().class("quiet").text(rest),
        ]
    })
}

fn rows(language: Language, store: RegistryStore, limit: usize) -> Vec<Row> {
    let text = language;
    let now = browser::now();
    store.read(|registry| {
        registry
            .models()
            .take(limit)
            .map(|model| {
                let aliases = format::aliases(model);
                Row {
                    name: model.name().clone(),
                    live: model.answer(Stage::Production),
                    stages: Stage::ALL
                        .into_iter()
                        .map(|stage| (stage, model.in_stage(stage).len(), model.newest_in(stage)))
                        .collect(),
                    aliases: if aliases.is_empty() {
                        text.overview().aliases_none.to_owned()
                    } else {
                        aliases
                    },
                    changed: format::age(text, now, model.updated()),
                }
            })
            .collect()
    })
}
