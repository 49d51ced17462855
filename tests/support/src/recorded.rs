//! Answers of a real server, recorded by `cargo xtask test-mlflow --record`, and how they are compared with ours.
//!
//! Left aside is what is never the same: times, the IDs of runs, the SQL behind some messages, and the order in which
//! Python prints a set. The simulator keeps tags and the newest versions of a model in an order of its own, and no links to
//! runs.

use console::{Console, Output, Sandbox};
use registry::{Log, RuleSet};
use serde_json::Value;

/// A recording: the one that is kept, or another one of the folder that `RECORDINGS` names.
pub fn recording(name: &str, kept: &str) -> Vec<Value> {
    let other = std::env::var_os("RECORDINGS").map(|folder| {
        let file = std::path::Path::new(&folder).join(name);
        std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    });
    let text = other.as_deref().unwrap_or(kept);
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// A request as somebody would type it.
pub fn curl(row: &Value) -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "'\\''"));
    let text = |key: &str| row[key].as_str();
    let (verb, path) = (text("verb").unwrap(), text("path").unwrap());
    let root = text("root").unwrap_or("/api/2.0/mlflow/");
    let mut address = format!("http://localhost:5000{root}{path}");
    let mut line = format!("curl -X {verb}");
    let is_query = verb.eq_ignore_ascii_case("GET") && row.get("query").is_none();
    let (query, body) = if is_query {
        (text("sent"), None)
    } else {
        (text("query"), text("sent"))
    };
    if let Some(query) = query.filter(|query| !query.is_empty()) {
        address.push_str(&format!("?{query}"));
    }
    if let Some(body) = body {
        line.push_str(&format!(" --data-raw {}", quoted(body)));
    }
    if let Some(kind) = text("type") {
        line.push_str(&format!(" -H {}", quoted(&format!("Content-Type: {kind}"))));
    }
    format!("{line} {}", quoted(&address))
}

/// Puts the names in a set that Python has printed into an order.
fn sets_in_order(message: &str) -> String {
    let mut out = String::new();
    let mut rest = message;
    while let Some((before, after)) = rest.split_once("{'") {
        let Some((inside, behind)) = after.split_once("'}") else {
            break;
        };
        let mut names: Vec<&str> = inside.split("', '").collect();
        names.sort_unstable();
        out.push_str(&format!("{before}{{'{}'}}", names.join("', '")));
        rest = behind;
    }
    out + rest
}

/// Takes away what is never the same.
pub fn soften(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for key in [
                "creation_timestamp",
                "last_updated_timestamp",
                "run_id",
                "run_link",
            ] {
                fields.remove(key);
            }
            // To the simulator, no description is an empty one.
            if fields.contains_key("current_stage") && !fields.contains_key("description") {
                fields.insert("description".to_owned(), Value::from(""));
            }
            if let Some(Value::String(message)) = fields.get_mut("message") {
                if let Some((start, _sql)) = message.split_once(" already exists. Error: ") {
                    *message = start.to_owned();
                }
                *message = sets_in_order(message);
            }
            fields.values_mut().for_each(soften);
            for name in ["latest_versions", "tags"] {
                if let Some(Value::Array(items)) = fields.get_mut(name) {
                    items.sort_by_key(ToString::to_string);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(soften),
        _ => {}
    }
}

/// What the simulated server answers to a text: the status and the body.
fn answer(console: &mut Console, host: &mut Sandbox, text: &str) -> (u64, Value) {
    let reply = console.enter(host, text);
    let found = reply.outputs.iter().rev().find_map(|output| match output {
        Output::Json { status, body } => Some((u64::from(*status), body.clone())),
        _ => None,
    });
    // What is not sent has no answer.
    let Some((status, body)) = found else {
        return (0, Value::from(format!("{:?}", reply.stop)));
    };
    let mut body = serde_json::from_str(&body).unwrap_or(Value::Null);
    soften(&mut body);
    (status, body)
}

/// Compares a whole recording, and gives the number of answers that are the same and what differs.
pub fn compare(rows: &[Value], accepted: &str) -> (usize, Vec<String>) {
    let mut console = Console::default();
    let new_world = || Sandbox {
        rules: RuleSet::Mlflow,
        log: Log::default(),
        ..Sandbox::default()
    };
    let mut host = new_world();
    let (mut same, mut wrong) = (0, Vec::new());
    for row in rows {
        if row["reset"] == true {
            (console, host) = (Console::default(), new_world());
            continue;
        }
        let text = curl(row);
        let found = answer(&mut console, &mut host, &text);
        let mut expected = row["answer"].clone();
        soften(&mut expected);
        let mut found = found;
        // No order is promised here.
        if row["path"] == "registered-models/get-latest-versions" {
            for body in [&mut expected, &mut found.1] {
                if let Some(Value::Array(items)) = body.get_mut("model_versions") {
                    items.sort_by_key(ToString::to_string);
                }
            }
        }
        let status = row["status"].as_u64().unwrap();
        // What the server did not expect is an error with a page for people, which says nothing.
        let is_same = found == (status, expected.clone())
            || (status == 500 && expected.is_null() && found.0 == 500);
        let is_accepted = || {
            let sent = row["sent"].as_str().unwrap_or_default();
            let message = expected["message"].as_str().unwrap_or_default();
            accepted
                .lines()
                .filter_map(|line| line.split_once('\t'))
                .any(|(piece, _why)| sent.contains(piece) || message.contains(piece))
        };
        if is_same {
            same += 1;
        } else if !is_accepted() {
            wrong.push(format!(
                "{text}\n  should be {status} {expected}\n  is        {} {}",
                found.0, found.1
            ));
        }
    }
    (same, wrong)
}

/// Holds that a recording has no differences.
pub fn is_as_recorded(rows: &[Value], accepted: &str, least: usize) {
    let (same, wrong) = compare(rows, accepted);
    let shown: Vec<String> = wrong.iter().take(40).cloned().collect();
    assert!(
        wrong.is_empty(),
        "{} differences, {same} the same\n{}",
        wrong.len(),
        shown.join("\n")
    );
    assert!(same >= least, "{same}");
}
