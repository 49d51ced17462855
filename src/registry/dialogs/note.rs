//! What is noted of a model or a version: an alias, a tag, a metric.

use crate::registry::dialogs::form::{Form, field, form_dialog};
use crate::session::{RegistryStore, use_language, use_registry};
use el::{El, RwSignal, p};
use lesson::exercise::Allowed;
use registry::id::WrittenVersion;
use registry::{
    Alias, Command, MetricName, MetricValue, ModelName, ModelVersion, RefusalKind, TagKey,
    TagValue, VersionNumber,
};

pub fn set_alias(name: ModelName, version: Option<VersionNumber>) -> El {
    let (language, store) = (use_language(), use_registry());
    let texts = language.forms();
    let alias = RwSignal::new(String::new());
    let newest = store.read(|registry| registry.model(&name)?.newest());
    let number = RwSignal::new(
        version
            .or(newest)
            .map_or_else(String::new, |version| version.to_string()),
    );
    let check_of = name.clone();
    let check_version = move |typed: &str| existing(store, &check_of, typed);
    let of = name.clone();
    let moves = move || {
        let alias = new_alias(&alias.get()).ok()?;
        let now = store.read(|registry| registry.model(&of)?.aliases().get(&alias).copied())?;
        Some(texts.alias_moves(&alias, &now))
    };
    let title = texts.alias_title(&name);
    form_dialog(
        Form {
            title,
            submit: texts.set_alias,
            danger: false,
            command: Box::new(move || {
                Some(Command::SetRegisteredModelAlias {
                    name: name.clone(),
                    alias: new_alias(&alias.get()).ok()?,
                    version: existing(store, &name, &number.get()).ok()?,
                })
            }),
            then: Box::new(|| {}),
        },
        vec![
            field(
                "alias-name",
                (texts.alias, texts.alias_hint),
                alias,
                new_alias,
            )
            .view_among(true, allowed(store, Allowed::aliases)),
            field(
                "alias-version",
                (texts.alias_version, ""),
                number,
                check_version,
            )
            .view(false),
            p().class("quiet")
                .attr("role", "status")
                .text(move || moves().unwrap_or_default()),
        ],
    )
}

/// An alias that can be set.
fn new_alias(text: &str) -> Result<Alias, RefusalKind> {
    let alias = Alias::parse(text)?;
    alias.check_not_reserved()?;
    Ok(alias)
}

/// A version that the model has, by its number as typed.
fn existing(
    store: RegistryStore,
    name: &ModelName,
    text: &str,
) -> Result<VersionNumber, RefusalKind> {
    let written = WrittenVersion::parse(text)?;
    store.read(|registry| {
        registry
            .get_model_version(name, &written)
            .map(ModelVersion::number)
    })
}

pub fn add_tag(name: ModelName, version: Option<VersionNumber>) -> El {
    let (texts, store) = (use_language().forms(), use_registry());
    let key = RwSignal::new(String::new());
    let value = RwSignal::new(String::new());
    let of_version = version.is_some();
    let keys = move |allowed: &Allowed| allowed.tag_keys(of_version);
    let values = move |allowed: &Allowed| allowed.tag_values(of_version);
    let title = version.map_or_else(
        || texts.tag_title(&name),
        |version| texts.tag_version_title(&version),
    );
    form_dialog(
        Form {
            title,
            submit: texts.add_tag,
            danger: false,
            command: Box::new(move || {
                let name = name.clone();
                let key = TagKey::parse(&key.get()).ok()?;
                let value = TagValue::parse(&value.get()).ok()?;
                Some(match version {
                    Some(version) => Command::SetModelVersionTag {
                        name,
                        version,
                        key,
                        value,
                    },
                    None => Command::SetRegisteredModelTag { name, key, value },
                })
            }),
            then: Box::new(|| {}),
        },
        vec![
            field(
                "tag-key",
                (texts.tag_key, texts.tag_key_hint),
                key,
                TagKey::parse,
            )
            .view_among(true, allowed(store, keys)),
            field("tag-value", (texts.tag_value, ""), value, TagValue::parse)
                .view_among(false, allowed(store, values)),
        ],
    )
}

pub fn add_metric(name: ModelName, version: VersionNumber) -> El {
    let texts = use_language().forms();
    let key = RwSignal::new(String::new());
    let value = RwSignal::new(String::new());
    let title = texts.metric_title(&version);
    form_dialog(
        Form {
            title,
            submit: texts.add_metric,
            danger: false,
            command: Box::new(move || {
                Some(Command::LogMetric {
                    name: name.clone(),
                    version,
                    key: MetricName::parse(&key.get()).ok()?,
                    value: MetricValue::parse(&value.get()).ok()?,
                })
            }),
            then: Box::new(|| {}),
        },
        vec![
            field(
                "metric-name",
                (texts.metric_name, ""),
                key,
                MetricName::parse,
            )
            .view(true),
            field(
                "metric-value",
                (texts.metric_value, ""),
                value,
                MetricValue::parse,
            )
            .view(false),
        ],
    )
}

/// Returns what an exercise allows, of which `of` picks a part; nothing outside of one.
fn allowed(store: RegistryStore, of: impl Fn(&Allowed) -> Vec<String>) -> Vec<String> {
    let limits = store.limits.map(|limits| limits.allowed(of));
    limits.unwrap_or_default()
}
