//! Laws of reading: JSON, texts, and calls as texts.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use registry::call::{ApiLayer, Question, RawCall, Request, VersionArgument};
use registry::id::WrittenVersion;
use registry::uri::ModelUri;
use registry::{
    Alias, Command, Context, MetricValue, ModelName, Record, RefusalKind, Registry, RuleSet, Stage,
    TagKey, Time,
};

use super::cases::cases;
use super::histories::{any_history, commands, two_live, walk};
use super::state::check_indexes;

proptest! {
    #![proptest_config(cases(1_024))]

    #[test]
    fn json_gives_back_what_was_written(steps in any_history(), command in commands()) {
        let mut records = Vec::new();
        let log = walk(&steps, |_, record| records.push(record.clone()));
        let registry = log.registry();
        let text = serde_json::to_string(registry).unwrap();
        let read: Registry = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&read, registry);
        check_indexes(&read);
        prop_assert_eq!(serde_json::to_string(&read).unwrap(), text);
        let text = serde_json::to_string(&command).unwrap();
        prop_assert_eq!(serde_json::from_str::<Command>(&text).unwrap(), command);
        for record in records {
            let text = serde_json::to_string(&record).unwrap();
            prop_assert_eq!(serde_json::from_str::<Record>(&text).unwrap(), record, "{}", text);
        }
    }

    #[test]
    fn damaged_json_is_refused_or_sound(steps in any_history(), place in any::<Index>(), with in "[ -~é]{0,3}") {
        let log = walk(&steps, |_, _| {});
        let text = serde_json::to_string(log.registry()).unwrap();
        let mut letters: Vec<char> = text.chars().collect();
        let place = place.index(letters.len());
        letters.splice(place..=place, with.chars());
        let damaged: String = letters.into_iter().collect();
        if let Ok(registry) = serde_json::from_str::<Registry>(&damaged) {
            check_indexes(&registry);
        }
        let _ = serde_json::from_str::<Record>(&damaged);
        let _ = serde_json::from_str::<Command>(&damaged);
    }

    #[test]
    fn no_text_breaks_a_parser(text in any_text()) {
        // What is accepted stays as it was written.
        if let Ok(name) = ModelName::parse(&text) {
            prop_assert_eq!(name.as_str(), &text);
        }
        if let Ok(alias) = Alias::parse(&text) {
            prop_assert_eq!(alias.as_str(), &text);
            let _ = alias.check_not_reserved();
        }
        if let Ok(key) = TagKey::parse(&text) {
            prop_assert_eq!(key.as_str(), &text);
        }
        if let Ok(stage) = Stage::parse(&text) {
            prop_assert!(stage.as_str().eq_ignore_ascii_case(&text));
        }
        if let Ok(written) = WrittenVersion::parse(&text) {
            prop_assert_eq!(WrittenVersion::parse(written.as_str()), Ok(written.clone()));
            let _ = written.number();
        }
        let _ = ModelUri::parse(&text);
        let _ = MetricValue::parse(&text);
        let _ = two_live().resolve(&text);
        let _ = serde_json::from_str::<Registry>(&text);
        // Every refusal can be printed.
        let name = ModelName::parse(&text).err().map(RefusalKind::from);
        let key = TagKey::parse(&text).err().map(RefusalKind::from);
        for refusal in [name, key, ModelUri::parse(&text).err()] {
            prop_assert!(refusal.is_none_or(|refusal| !refusal.to_string().is_empty()));
        }
    }

    #[test]
    fn no_call_breaks_the_reader(call in any_call(), rules in select(RuleSet::ALL.to_vec())) {
        for layer in [ApiLayer::Client, ApiLayer::Store] {
            let mut registry = two_live();
            match call.read(&registry, layer) {
                Ok(Request::Command(command)) => {
                    let _ = registry.apply(&Context::new(Time(9), rules), &command);
                }
                Ok(Request::Query(_)) => {}
                Err(refusal) => prop_assert!(!refusal.to_string().is_empty()),
            }
            check_indexes(&registry);
        }
    }
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[-+_0-9a-z/:@.?#\\[ \\t\\n{}\"\\\\é٣½]{0,24}",
        "(models|MODELS|m|)(:|)(/|//|)[a@/:.0-9 ]{0,12}",
        "[-+ _.0-9eE]{0,30}",
        select(vec![
            "a",
            "1",
            "2",
            "Production",
            "staging",
            "champion",
            "owner",
            "models:/a/1",
            "models:/a@champion",
            ""
        ])
        .prop_map(str::to_owned),
    ]
}

fn any_call() -> impl Strategy<Value = RawCall> {
    let versions = prop_oneof![
        1 => Just(VersionArgument::Missing),
        1 => Just(VersionArgument::Zero),
        4 => any_text().prop_map(VersionArgument::Given),
    ];
    let texts = (
        any_text(),
        any_text(),
        any_text(),
        any::<bool>(),
        versions,
        prop::collection::vec(any_text(), 0..3),
    );
    (0..21, texts).prop_map(
        |(which, (name, one, two, flag, version, stages))| match which {
            0 => RawCall::CreateRegisteredModel {
                name,
                tags: vec![(one, two)],
                description: String::new(),
            },
            1 => RawCall::RenameRegisteredModel {
                name,
                new_name: one,
            },
            2 => RawCall::UpdateRegisteredModel {
                name,
                description: one,
            },
            3 => RawCall::DeleteRegisteredModel { name },
            4 => RawCall::SetRegisteredModelTag {
                name,
                key: one,
                value: two,
            },
            5 => RawCall::DeleteRegisteredModelTag { name, key: one },
            6 => RawCall::SetRegisteredModelAlias {
                name,
                alias: one,
                version: two,
            },
            7 => RawCall::DeleteRegisteredModelAlias { name, alias: one },
            8 => RawCall::CreateModelVersion {
                name,
                source: one.clone(),
                tags: vec![(one, two)],
                description: String::new(),
                metrics: vec![],
            },
            9 => RawCall::CopyModelVersion {
                src_model_uri: name,
                dst_name: one,
            },
            10 => RawCall::UpdateModelVersion {
                name,
                version: one,
                description: two,
            },
            11 => RawCall::DeleteModelVersion { name, version: one },
            12 => RawCall::SetModelVersionTag {
                name,
                version,
                key: one,
                value: two,
            },
            13 => RawCall::DeleteModelVersionTag {
                name,
                version,
                key: one,
            },
            14 => RawCall::Ask(Question::GetRegisteredModel { name }),
            15 => RawCall::Ask(Question::GetModelVersionByAlias { name, alias: one }),
            16 => RawCall::Ask(Question::GetModelVersion { name, version: one }),
            17 => RawCall::Ask(Question::GetLatestVersions { name, stages }),
            18 => RawCall::Ask(Question::ResolveUri { uri: name }),
            19 => RawCall::LogMetric {
                name,
                version: one.clone(),
                key: one,
                value: two,
            },
            _ => RawCall::TransitionModelVersionStage {
                name,
                version: one,
                stage: two,
                archive_existing_versions: flag,
            },
        },
    )
}
