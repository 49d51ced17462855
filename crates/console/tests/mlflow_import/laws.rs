//! Whatever is read, and whatever is changed in it, comes in or is told.

use crate::answers;
use crate::formats::{each_object, every_format, one_after_the_other, pages};
use console::mlflow_import::{self, ImportError, MAX_BYTES, Remark};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};
use test_support::cases::cases;
use test_support::histories;

const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\"registered_models\"",
    "\"model_versions\"",
    "\"name\"",
    "\"version\"",
    "\"m\"",
    "\"1\"",
    "1",
    "-1",
    "1e99",
    "null",
    "true",
    "\"tags\"",
    "\"key\"",
    "\"value\"",
    "\"aliases\"",
    "\"alias\"",
    "\"latest_versions\"",
    "\"current_stage\"",
    "\"Production\"",
    "\"error_code\"",
    "\"\\ud800\"",
    "é",
    "\u{feff}",
    "\n",
    "'",
    "'name'",
    "None",
    "(",
    ")",
    "<ModelVersion: ",
    "<RegisteredModel: name='m'",
    ">",
    "=",
    "version=1",
    "_name",
    "fullName",
    "\"versions\"",
    "\"creation_time\"",
    "\"2024-06-05\"",
    "\"{\\\"name\\\":\\\"m\\\"}\"",
    "{\"name\":\"m\"}",
    "{\"name\":\"m\",\"version\":\"1\"}",
    "{\"registered_models\":[",
    "]}",
];

proptest! {
    #![proptest_config(cases(500))]

    /// What a simulated server answers comes in again, but for what is not in the answers.
    #[test]
    fn a_registry_comes_back(seed in any::<u64>(), steps in 0..80_usize) {
        let registry = histories::registry(seed, steps);
        match mlflow_import::read(&answers(&registry)) {
            Ok(found) => {
                prop_assert_eq!(&found.left_out, &vec![]);
                prop_assert!(!found.remarks.contains(&Remark::OnlyLatest));
                prop_assert_eq!(answers(&found.registry), answers(&registry));
            }
            Err(why) => {
                prop_assert_eq!(why, ImportError::Nothing);
                prop_assert!(registry.is_empty());
            }
        }
    }

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        let _ = mlflow_import::read(&text);
    }

    #[test]
    fn any_pieces_are_answered(pieces in prop::collection::vec(select(PIECES), 0..60)) {
        let _ = mlflow_import::read(&pieces.concat());
    }

    #[test]
    fn any_cut_of_an_answer_is_answered(seed in any::<u64>(), at in any::<prop::sample::Index>()) {
        let text = answers(&histories::registry(seed, 40));
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let at = *at.get(&places);
        let _ = mlflow_import::read(&text[..at]);
        let _ = mlflow_import::read(&text[at..]);
    }
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn a_registry_comes_back_from_every_format(seed in any::<u64>(), steps in 1..60_usize) {
        let pages = pages(&histories::registry(seed, steps));
        let expected = mlflow_import::read(&one_after_the_other(&pages));
        for (format, text) in every_format(&pages) {
            let found = mlflow_import::read(&text);
            match (&found, &expected) {
                (Ok(found), Ok(expected)) => {
                    prop_assert_eq!(&found.registry, &expected.registry, "{}: {}", format, text);
                    prop_assert_eq!(&found.left_out, &vec![], "{}: {}", format, text);
                }
                _ => prop_assert_eq!(found, expected.clone(), "{}: {}", format, text),
            }
        }
    }

    /// Unity Catalog has three names for each model; only the last is that of the model in its schema.
    #[test]
    fn a_registry_comes_back_from_unity_catalog(seed in any::<u64>(), steps in 1..60_usize, is_full in any::<bool>()) {
        let pages = pages(&histories::registry(seed, steps));
        let mut long = pages.clone();
        each_object(&mut long, &mut |fields| {
            if let Some(Value::String(name)) = fields.get_mut("name") {
                name.insert_str(0, "shop.prod.");
            }
        });
        let mut catalog = pages;
        each_object(&mut catalog, &mut |fields| {
            let Some(name) = fields.get("name").cloned() else {
                if let Some(alias) = fields.remove("alias") {
                    let version: u32 = fields["version"].as_str().unwrap().parse().unwrap();
                    *fields = Map::from_iter([
                        ("alias_name".to_owned(), alias),
                        ("version_num".to_owned(), json!(version)),
                    ]);
                }
                return;
            };
            fields.insert("catalog_name".to_owned(), json!("shop"));
            fields.insert("schema_name".to_owned(), json!("prod"));
            if is_full {
                let full = format!("shop.prod.{}", name.as_str().unwrap());
                fields.insert("full_name".to_owned(), json!(full));
            }
            for (field, theirs) in [
                ("creation_timestamp", "created_at"),
                ("last_updated_timestamp", "updated_at"),
                ("description", "comment"),
            ] {
                if let Some(value) = fields.remove(field) {
                    fields.insert(theirs.to_owned(), value);
                }
            }
            if fields.contains_key("version") {
                let name = fields.remove("name").unwrap();
                fields.insert("model_name".to_owned(), name);
            }
        });
        let found = mlflow_import::read(&one_after_the_other(&catalog));
        let expected = mlflow_import::read(&one_after_the_other(&long));
        prop_assert_eq!(found, expected);
    }
}

/// The values that may stand in the place of another, of another kind each.
fn of_another_kind(value: &Value, at: usize) -> Value {
    let others = [json!(true), json!([true]), json!({"a": true}), json!("x")];
    let text = usize::from(value.is_string());
    others[at % (others.len() - text)].clone()
}

proptest! {
    #![proptest_config(cases(1_000))]

    /// A field that is missing, has another name, or has a value of another kind changes nothing, or that is told.
    #[test]
    fn a_changed_field_changes_nothing_or_is_told(
        seed in any::<u64>(), at in any::<prop::sample::Index>(), change in 0..3_usize, kind in 0..12_usize,
    ) {
        let whole = pages(&histories::registry(seed, 40));
        let before = mlflow_import::read(&one_after_the_other(&whole));
        prop_assume!(before.is_ok());
        let before = before.unwrap();
        let mut fields = Vec::new();
        let mut number = 0;
        each_object(&mut whole.clone(), &mut |object| {
            fields.extend(object.keys().map(|key| (number, key.clone())));
            number += 1;
        });
        let (object, field) = at.get(&fields).clone();
        // Without these a registry is as good as with them.
        let may_miss = ["description", "tags", "aliases", "source", "latest_versions", "run_id",
            "registered_models", "model_versions"];
        prop_assume!(change != 0 || !may_miss.contains(&field.as_str()));
        let mut changed = whole;
        let mut number = 0;
        each_object(&mut changed, &mut |fields| {
            if number == object {
                let value = fields.remove(&field).unwrap();
                match change {
                    0 => {}
                    1 => drop(fields.insert(format!("{field}x"), value)),
                    _ => drop(fields.insert(field.clone(), of_another_kind(&value, kind))),
                }
            }
            number += 1;
        });
        let text = one_after_the_other(&changed);
        if let Ok(after) = mlflow_import::read(&text) {
            let is_told = !after.left_out.is_empty()
                || after.remarks.iter().any(|remark| !before.remarks.contains(remark));
            prop_assert!(is_told || after.registry == before.registry, "{field} {change}: {text}");
        }
    }
}

/// The greatest text is read about as fast as its length: otherwise this test would take minutes.
#[test]
fn a_long_text_is_read_in_no_time() {
    let read_all = |item: &dyn Fn(usize) -> String| {
        let mut text = "[".to_owned();
        let mut at = 0;
        while text.len() < MAX_BYTES - 200 {
            text.push_str(&item(at));
            text.push(',');
            at += 1;
        }
        text.pop();
        text.push(']');
        assert!(mlflow_import::read(&text).is_ok());
    };
    // Names and numbers that come from the last to the first.
    read_all(&|at| format!("{{\"name\":\"{}\"}}", 9_999_999 - at));
    read_all(&|at| format!("{{\"name\":\"m\",\"version\":{}}}", 9_999_999 - at));
    read_all(&|at| format!("{{\"name\":\"m\",\"f{}\":1}}", 9_999_999 - at));
    read_all(&|at| format!("<RegisteredModel: name='{}'>", 9_999_999 - at));
    read_all(&|_| "{\"name\":\"m\",\"a\":\"[[[[\"}".to_owned());
    read_all(&|at| {
        format!(
            "{{\"name\":\"m\",\"version\":1,\"aliases\":[\"{}\"]}}",
            9_999_999 - at
        )
    });
}
