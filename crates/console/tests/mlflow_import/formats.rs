//! A registry in the formats that real tools write.

use std::fmt::Write as _;

use crate::answers;
use registry::{Registry, Time};
use serde_json::{Map, Value, json};
use share::table;

/// Every object of a value, with what is in it first.
pub fn each_object(value: &mut Value, act: &mut dyn FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| each_object(item, act)),
        Value::Object(fields) => {
            fields
                .values_mut()
                .for_each(|value| each_object(value, act));
            act(fields);
        }
        _ => {}
    }
}

/// What a server answers to both searches, in the times of today.
pub fn pages(registry: &Registry) -> Value {
    let text = answers(registry);
    let pages: Vec<Value> = serde_json::Deserializer::from_str(&text)
        .into_iter()
        .collect::<Result<_, _>>()
        .unwrap();
    let mut pages = Value::Array(pages);
    each_object(&mut pages, &mut |fields| {
        for time in ["creation_timestamp", "last_updated_timestamp"] {
            if let Some(at) = fields.get(time) {
                let at = 1_700_000_000_000 + at.as_u64().unwrap();
                fields.insert(time.to_owned(), json!(at));
            }
        }
    });
    pages
}

pub fn one_after_the_other(pages: &Value) -> String {
    let pages = pages.as_array().unwrap().iter().map(Value::to_string);
    pages.collect::<Vec<_>>().join("\n")
}

fn change_times(pages: &mut Value, change: &dyn Fn(u64) -> Value) {
    each_object(pages, &mut |fields| {
        for time in ["creation_timestamp", "last_updated_timestamp"] {
            if let Some(at) = fields.get_mut(time) {
                *at = change(at.as_u64().unwrap());
            }
        }
    });
}

fn rename_fields(pages: &mut Value, rename: &dyn Fn(&str) -> String) {
    each_object(pages, &mut |fields| {
        *fields = std::mem::take(fields)
            .into_iter()
            .map(|(name, value)| (rename(&name), value))
            .collect();
    });
}

fn camel(name: &str) -> String {
    let mut out = String::new();
    for part in name.split('_') {
        let mut letters = part.chars();
        match letters.next() {
            Some(first) if !out.is_empty() => out.push(first.to_ascii_uppercase()),
            Some(first) => out.push(first),
            None => {}
        }
        out.extend(letters);
    }
    out
}

/// As the client holds it: tags and aliases are dictionaries, versions are numbers.
fn as_the_client_has_it(pages: &mut Value) {
    each_object(pages, &mut |fields| {
        for (list, key, value) in [("tags", "key", "value"), ("aliases", "alias", "version")] {
            let Some(Value::Array(items)) = fields.get(list) else {
                continue;
            };
            if items.iter().any(Value::is_string) {
                continue;
            }
            let items: Map<String, Value> = items
                .iter()
                .map(|item| (item[key].as_str().unwrap().to_owned(), item[value].clone()))
                .collect();
            fields.insert(list.to_owned(), Value::Object(items));
        }
        if fields.contains_key("current_stage") {
            let number: u64 = fields["version"].as_str().unwrap().parse().unwrap();
            fields.insert("version".to_owned(), json!(number));
        }
    });
}

/// As Python prints it; models and versions as MLflow's objects, if so asked.
fn python(value: &Value, with_objects: bool) -> String {
    let inside = |value: &Value| python(value, with_objects);
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => python_text(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(inside).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(fields) if with_objects && fields.contains_key("creation_timestamp") => {
            let class = if fields.contains_key("version") {
                "ModelVersion"
            } else {
                "RegisteredModel"
            };
            let fields: Vec<String> = fields
                .iter()
                .map(|(name, value)| format!("{name}={}", inside(value)))
                .collect();
            format!("<{class}: {}>", fields.join(", "))
        }
        Value::Object(fields) => {
            let fields: Vec<String> = fields
                .iter()
                .map(|(name, value)| format!("{}: {}", python_text(name), inside(value)))
                .collect();
            format!("{{{}}}", fields.join(", "))
        }
    }
}

/// A text as Python's `repr` writes it.
fn python_text(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    let mut out = String::from(quote);
    for letter in text.chars() {
        match letter {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if letter == quote => out.extend(['\\', letter]),
            '\0'..=' ' | '\u{7f}'..='\u{a0}' if letter != ' ' => {
                write!(out, "\\x{:02x}", u32::from(letter)).unwrap();
            }
            '\u{200b}'..='\u{202e}' => write!(out, "\\u{:04x}", u32::from(letter)).unwrap(),
            '😀' => out.push_str("\\U0001f600"),
            _ => out.push(letter),
        }
    }
    out.push(quote);
    out
}

/// Every model with its versions inside.
fn versions_inside(pages: &Value) -> Vec<Value> {
    let versions = pages[1]["model_versions"].as_array();
    let models = pages[0]["registered_models"].as_array();
    let models = models.into_iter().flatten().map(|model| {
        let mut model = model.clone();
        let of_it = versions.into_iter().flatten();
        let of_it: Vec<&Value> = of_it.filter(|it| it["name"] == model["name"]).collect();
        model["versions"] = json!(of_it);
        model.as_object_mut().unwrap().remove("latest_versions");
        model
    });
    models.collect()
}

/// A registry in the formats that real tools write, each with the name of its format.
pub fn every_format(pages: &Value) -> Vec<(&'static str, String)> {
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut changed = pages.clone();
        change(&mut changed);
        changed
    };
    let text = one_after_the_other(pages);
    let client = changed(&as_the_client_has_it);
    let mut held = client.clone();
    if let Value::Array(held) = &mut held {
        for page in held {
            // Only fields get an underscore; keys of tags and aliases have none.
            each_object(page, &mut |fields| {
                if !fields.contains_key("name") {
                    return;
                }
                *fields = std::mem::take(fields)
                    .into_iter()
                    .map(|(name, value)| match name.as_str() {
                        "creation_timestamp" => ("_creation_time".to_owned(), value),
                        "latest_versions" => ("_latest_version".to_owned(), value),
                        _ => (format!("_{name}"), value),
                    })
                    .collect();
            });
        }
    }
    let lists = |pages: &Value| {
        let list = |page: usize, name: &str| {
            let items = pages[page][name].as_array();
            items.cloned().unwrap_or_default()
        };
        vec![list(0, "registered_models"), list(1, "model_versions")]
    };
    let printed = |pages: &Value, with_objects: bool| {
        let lists = lists(pages).into_iter().map(Value::Array);
        let lists = lists.map(|list| python(&list, with_objects));
        lists.collect::<Vec<_>>().join("\n")
    };
    let each = |pages: &Value| {
        let lines = lists(pages).into_iter().flatten();
        lines.map(|line| line.to_string()).collect::<Vec<_>>()
    };
    let iso = |at: u64| {
        let seconds = table::utc(Time(at));
        let seconds = seconds.trim_end_matches('Z').split('.').next().unwrap();
        json!(format!("{seconds}.{:03}+00:00", at % 1_000))
    };
    let inside = versions_inside(pages);
    let wrapped = inside.iter().map(|model| {
        let wrapped = json!({"system": {"script": "x"}, "mlflow": {"registered_model": model}});
        wrapped.to_string()
    });
    let by_name: Map<String, Value> = inside
        .iter()
        .map(|model| (model["name"].as_str().unwrap().to_owned(), model.clone()))
        .collect();
    vec![
        ("other order", format!("{}\n{}", pages[1], pages[0])),
        ("byte-order mark", format!("\u{feff}{text}\r\n")),
        ("list of pages", pages.to_string()),
        ("text in a text", json!(text).to_string()),
        (
            "text in an answer",
            json!({"body": pages[0].to_string(), "more": [pages[1].to_string()]}).to_string(),
        ),
        ("twice", format!("{text}\n{text}")),
        ("one a line", each(pages).join("\n")),
        (
            "camelCase",
            one_after_the_other(&changed(&|it| rename_fields(it, &camel))),
        ),
        (
            "client, dictionaries as JSON",
            Value::from(lists(&client).concat()).to_string(),
        ),
        ("client, vars as JSON", held.to_string()),
        ("client, vars as Python", python(&held, false)),
        ("client, dictionaries as Python", printed(&client, false)),
        ("client, objects as Python", printed(&client, true)),
        ("versions inside", json!(inside).to_string()),
        ("export tool", wrapped.collect::<Vec<_>>().join("\n")),
        ("by name", json!({"registered_models": by_name}).to_string()),
        ("pretty", serde_json::to_string_pretty(pages).unwrap()),
        (
            "ISO times",
            one_after_the_other(&changed(&|it| change_times(it, &iso))),
        ),
        (
            "seconds",
            one_after_the_other(&changed(&|it| {
                change_times(it, &|at| json!(format!("{}.{:03}", at / 1_000, at % 1_000)));
            })),
        ),
        (
            "microseconds",
            one_after_the_other(&changed(&|it| change_times(it, &|at| json!(at * 1_000)))),
        ),
    ]
}
