//! One registry seen twice: with stages and with aliases, side by side. Aliases can be moved here.

use leptos::prelude::untrack;

use crate::runner::code_box::code_box;
use crate::runner::lazy::Run;
use crate::session::{use_dialogs, use_language, use_registry};
use crate::ui::icon::stage_name;
use el::{El, Memo, action, dd, div, dl, dt, h2, li, p, section, span, strong, ul};
use lesson::pack::Scene;
use registry::{Alias, Command, FreeText, ModelName, Stage, VersionNumber};

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
    let store = use_registry();
    let name = &scene.model;
    let texts = use_language().play();
    let of = name.clone();
    let pointed = Memo::new(move || {
        store.read(|registry| {
            registry.model(&of).map_or_else(Vec::new, |model| {
                let aliases = model.aliases().iter();
                aliases
                    .map(|(alias, version)| (alias.clone(), *version))
                    .collect::<Vec<_>>()
            })
        })
    });
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
    let of = name.clone();
    let versions = Memo::new(move || {
        store.read(|registry| {
            registry.model(&of).map_or_else(Vec::new, |model| {
                model
                    .versions()
                    .map(|version| version.number())
                    .collect::<Vec<_>>()
            })
        })
    });
    let of = name.clone();
    let buttons = move || {
        let versions = versions.get();
        let of = of.clone();
        versions
            .into_iter()
            .map(move |version| {
                let alias = Alias::parse(texts.champion).ok();
                let button = alias.map(|alias| set(of.clone(), alias, version, pointed));
                li().child(span().class("mono").verbatim().text(format!("v{version}")))
                    .child(div().class("actions").children(button))
            })
            .collect()
    };
    section()
        .class("panel lens")
        .attr("aria-labelledby", "lens-aliases")
        .child(h2().id("lens-aliases").text(texts.alias_view))
        .child(p().class("quiet").text(texts.alias_intro))
        .child(dl().class("lens-list").dynamic(rows))
        .child(ul().class("lens-versions").dynamic(buttons))
        .child(asks(scene, &format!("@{}", texts.champion)))
}

/// A button that sets an alias; where it is set already, that is said instead.
fn set(
    name: ModelName,
    alias: Alias,
    version: VersionNumber,
    pointed: el::Memo<Vec<(Alias, VersionNumber)>>,
) -> El {
    let (store, dialogs) = (use_registry(), use_dialogs());
    let texts = use_language().play();
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
    let label = format!("@{alias}");
    let spoken = texts.make_alias(&version, &alias);
    let command = Command::SetRegisteredModelAlias {
        name,
        alias,
        version,
    };
    action(label, move || {
        if let Err(refusal) = store.act(&command, FreeText::default()) {
            dialogs.refused.set(Some(refusal));
        }
    })
    .class("mono")
    .verbatim()
    .attr("aria-label", spoken)
    .attr("aria-pressed", move || Some(here().to_string()))
}
