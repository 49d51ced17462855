//! The scene that the facts are told of, and how a call is carried out on it.

use registry::call::{ApiLayer, Query, RawCall, Request};
use registry::{ModelVersion, RefusalKind, Registry, RuleSet, Stage};

use super::make::{
    at, create_model, create_version, model, move_to, registry, set_alias, set_version_tag,
};

/// `m` has version 1 in Archived, 2 and 3 in Production, 4 in Staging and 5 in None, and `champion` is 3. `empty` has no
/// versions. The last change was at moment 13.
pub fn scene() -> Registry {
    registry(&[
        create_model("m"),
        create_version("m"),
        create_version("m"),
        create_version("m"),
        create_version("m"),
        create_version("m"),
        move_to("m", 1, Stage::Archived),
        move_to("m", 3, Stage::Production),
        move_to("m", 2, Stage::Production),
        move_to("m", 4, Stage::Staging),
        set_alias("m", "champion", 3),
        create_model("empty"),
        set_version_tag("m", 3, "owner", "alice"),
    ])
}

/// Carries a call out at a moment and says what came of it: `ok` with the answer, or code and message.
pub fn run(registry: &mut Registry, layer: ApiLayer, moment: u64, call: &RawCall) -> String {
    let done = call
        .read(registry, layer)
        .and_then(|request| match request {
            Request::Command(command) => {
                let done = registry.apply(&at(moment, RuleSet::Mlflow), &command);
                done.map_err(|refusal| refusal.kind)?;
                Ok("ok".to_owned())
            }
            Request::Query(query) => ask(registry, &query),
        });
    done.unwrap_or_else(|kind| format!("{} {kind}", kind.code().as_str()))
}

pub fn ask(registry: &Registry, query: &Query) -> Result<String, RefusalKind> {
    let number = |version: &ModelVersion| format!("ok {}", version.number());
    Ok(match query {
        Query::Model { name } => match registry.model(name) {
            Some(model) => format!("ok {}", model.name()),
            None => return Err(RefusalKind::ModelNotFound { name: name.clone() }),
        },
        Query::Version { name, version } => {
            number(registry.get_model_version(name, &(*version).into())?)
        }
        Query::ByAlias { name, alias } => number(registry.get_model_version_by_alias(name, alias)?),
        Query::Latest { name, stages } => {
            let found = registry.get_latest_versions(name, stages)?;
            let found = found
                .iter()
                .map(|version| format!("{}:{}", version.number(), version.stage()));
            format!("ok [{}]", found.collect::<Vec<_>>().join(" "))
        }
        Query::Uri { uri } => {
            let found = registry.resolve(uri)?;
            format!("ok {} {}", found.name, found.written)
        }
    })
}

/// One call on the scene, through both doors, which say the same.
pub fn both(call: &RawCall, expected: &str) {
    through(ApiLayer::Client, call, expected);
    through(ApiLayer::Store, call, expected);
}

pub fn through(layer: ApiLayer, call: &RawCall, expected: &str) {
    let mut registry = scene();
    let found = run(&mut registry, layer, 50, call);
    assert_eq!(found, expected, "{layer:?} {call:?}");
    if !found.starts_with("ok") {
        assert_eq!(
            registry,
            scene(),
            "{call:?}: a refused call changes nothing"
        );
    }
}

pub fn transition(
    name: &str,
    version: &str,
    stage: &str,
    archive_existing_versions: bool,
) -> RawCall {
    RawCall::TransitionModelVersionStage {
        name: name.into(),
        version: version.into(),
        stage: stage.into(),
        archive_existing_versions,
    }
}

/// Where everything is and when it was changed last: `m@9 1:Archived@9 …`.
pub fn picture(registry: &Registry, name: &str) -> String {
    let model = registry.model(&model(name)).unwrap();
    let mut out = format!("{}@{}", model.name(), model.updated().0);
    for version in model.versions() {
        let updated = model.version_updated(version.number()).unwrap().0;
        out.push_str(&format!(
            " {}:{}@{updated}",
            version.number(),
            version.stage()
        ));
    }
    out
}

pub const SCENE: &str = "m@10 1:Archived@7 2:Production@9 3:Production@8 4:Staging@10 5:None@6";

/// Carries calls out one after another, at moments 20, 21, …, and compares the picture of a model.
pub fn history(calls: &[RawCall], name: &str, expected: &str) {
    let mut registry = scene();
    for (moment, call) in (20..).zip(calls) {
        assert_eq!(
            run(&mut registry, ApiLayer::Client, moment, call),
            "ok",
            "{call:?}"
        );
    }
    assert_eq!(picture(&registry, name), expected, "{calls:?}");
}
