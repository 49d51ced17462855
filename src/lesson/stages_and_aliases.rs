//! One registry seen twice: with stages and with aliases, side by side. Aliases can be moved here.

use leptos::prelude::untrack;

use crate::runner::code_box::code_box;
use crate::runner::lazy::Run;
use crate::session::{use_dialogs, use_language, use_registry};
use crate::ui::icon::stage_name;
use el::{El, Memo, action, code, dd, div, dl, dt, h2, p, section, strong};
use lesson::pack::Scene;
use registry::{Alias, Command, FreeText, Stage, VersionNumber};

/// Both views.
pub fn stages_and_aliases(scene: &'static Scene) -> El {
    div()
        .class("lenses")
        .child(stages(scene))
        .child(aliases(scene))
}

/// How an app asks for a version. It can be asked here, too, as things stand now.
fn asks(scene: &'static Scene, which: &str) -> El {
    let store = use_registry();
    let code = format!(
        "mlflow.pyfunc.load_model(\"models:/{}{which}\")",
        scene.model
    );
    let start = move |code| Run::Code(Box::new(untrack(|| store.played(scene))), code);
    code_box(&code, Some(Box::new(start)))
}

fn stages(scene: &'static Scene) -> El {
    let store = use_registry();
    let name = &scene.model;
    let texts = use_language().play();
    let of = name.clone();
    let rows = move || {
        Stage::ALL
            .into_iter()
            .map(|stage| {
                let there = store.read(|registry| {
                    registry.model(&of).map_or_else(Vec::new, |model| {
                        model.in_stage(stage).iter().copied().collect()
                    })
                });
                div()
                    .child(dt().child(stage_name(stage)))
                    .child(dd().text(list(&there, texts.nobody)))
            })
            .collect()
    };
    section()
        .class("panel lens")
        .attr("aria-labelledby", "lens-stages")
        .child(h2().id("lens-stages").text(texts.stage_view))
        .child(p().class("quiet").text(texts.stage_intro))
        .child(dl().class("lens-list").dynamic(rows))
        .child(asks(scene, "/Production"))
}

fn list(versions: &[VersionNumber], nobody: &str) -> String {
    if versions.is_empty() {
        return nobody.to_owned();
    }
    let names: Vec<String> = versions
        .iter()
        .map(|version| format!("v{version}"))
        .collect();
    names.join(", ")
}

fn aliases(scene: &'static Scene) -> El {
    let texts = use_language().play();
    let pointed = pointed(scene);
    let rows = move || {
        pointed.with(|pointed| {
            pointed
                .iter()
                .map(|(alias, version)| {
                    div()
                        .child(
                            dt().child(strong().class("mono").verbatim().text(format!("@{alias}"))),
                        )
                        .child(dd().text(format!("v{version}")))
                })
                .collect()
        })
    };
    section()
        .class("panel lens")
        .attr("aria-labelledby", "lens-aliases")
        .child(h2().id("lens-aliases").text(texts.alias_view))
        .child(p().class("quiet").text(texts.alias_intro))
        .child(dl().class("lens-list").dynamic(rows))
        .child(asks(scene, &format!("@{}", texts.champion)))
}

/// What is to be done with the alias, beside the words in a wide window.
pub fn alias_panel(scene: &'static Scene) -> El {
    let title = use_language().play().set_alias;
    section()
        .class("panel code-panel alias-panel")
        .attr("aria-labelledby", "set-alias")
        .child(h2().id("set-alias").text(title))
        .children(alias_buttons(scene))
}

/// The same below the board, where there is one column.
pub fn alias_strip(scene: &'static Scene) -> El {
    div().class("scene-next").children(alias_buttons(scene))
}

/// The alias, and a button for each version that can get it.
fn alias_buttons(scene: &'static Scene) -> [El; 2] {
    let (pointed, versions) = (pointed(scene), versions(scene));
    let name = format!("@{}", use_language().play().champion);
    let buttons = move || {
        let versions = versions.get().into_iter();
        versions
            .filter_map(|version| set(scene, version, pointed))
            .collect()
    };
    [
        code().verbatim().text(name),
        div().class("actions").dynamic(buttons),
    ]
}

/// The aliases, and the versions that they are on.
fn pointed(scene: &'static Scene) -> Memo<Vec<(Alias, VersionNumber)>> {
    let store = use_registry();
    Memo::new(move || {
        store.read(|registry| {
            let aliases = registry
                .model(&scene.model)
                .map(|model| model.aliases().iter());
            let aliases = aliases.into_iter().flatten();
            aliases
                .map(|(alias, version)| (alias.clone(), *version))
                .collect()
        })
    })
}

fn versions(scene: &'static Scene) -> Memo<Vec<VersionNumber>> {
    let store = use_registry();
    Memo::new(move || {
        store.read(|registry| {
            let versions = registry.model(&scene.model).map(|model| model.versions());
            let versions = versions.into_iter().flatten();
            versions.map(|version| version.number()).collect()
        })
    })
}

/// A button that sets the alias of the lesson; it is pressed where the alias is.
fn set(
    scene: &'static Scene,
    version: VersionNumber,
    pointed: Memo<Vec<(Alias, VersionNumber)>>,
) -> Option<El> {
    let (store, dialogs) = (use_registry(), use_dialogs());
    let texts = use_language().play();
    let alias = Alias::parse(texts.champion).ok()?;
    let here = {
        let alias = alias.clone();
        move || {
            pointed.with(|pointed| {
                pointed
                    .iter()
                    .any(|(other, at)| *other == alias && *at == version)
            })
        }
    };
    let spoken = texts.make_alias(&version, &alias);
    let command = Command::SetRegisteredModelAlias {
        name: scene.model.clone(),
        alias,
        version,
    };
    let button = action(format!("v{version}"), move || {
        if let Err(refusal) = store.act(&command, FreeText::default()) {
            dialogs.refused.set(Some(refusal));
        }
    })
    .class("mono")
    .verbatim()
    .attr("aria-label", spoken)
    .attr("aria-pressed", move || Some(here().to_string()));
    Some(button)
}
