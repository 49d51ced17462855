//! Texts that try to be more than texts go through every field, link, file and key, and come out as the texts they are.

use console::mlflow_import;
use lesson::pack::{self, Id};
use registry::json;
use registry::{
    Alias, Command, Context, FreeText, Log, MetricName, MetricValue, ModelName, RuleSet, TagKey,
    TagValue, Tags, Time, VersionNumber,
};
use share::plan::Plan;
use share::route::Route;
use share::{Everything, file, link, table, task};
use storage::{
    ConsoleMemory, KeyValue, MemoryStore, StorageKey, Vault, WorkspaceId, WorkspaceName,
    WorkspaceSnapshot,
};
use text::Language;
use text::plain::plain;

use super::histories::Chance;
use super::injections::injections;
use super::taken_in::{
    is_a_file_or_none, is_a_link_or_none, is_a_receipt_or_none, is_a_task_or_none,
    is_a_whole_or_none, is_loaded, own_pack,
};
use super::{of, snapshot};

/// A history with a text in every field that takes it.
fn everywhere(text: &str) -> Log {
    let mut log = Log::default();
    let context = Context {
        comment: FreeText::parse(text).unwrap(),
        ..Context::new(Time(1), RuleSet::Mlflow)
    };
    let free = FreeText::parse(text).unwrap();
    let name = ModelName::parse(text).unwrap_or_else(|_| ModelName::parse("plain").unwrap());
    let version = VersionNumber::FIRST;
    let value = TagValue::parse(text).unwrap();
    let key = TagKey::parse(text).unwrap_or_else(|_| TagKey::parse("key").unwrap());
    let tags: Tags = [(key.clone(), value.clone())].into_iter().collect();
    let mut commands = vec![
        Command::CreateRegisteredModel {
            name: name.clone(),
            description: free.clone(),
            tags: tags.clone(),
        },
        Command::CreateModelVersion {
            name: name.clone(),
            source: free.clone(),
            description: free,
            tags,
            metrics: [(
                MetricName::parse(text).unwrap_or_else(|_| MetricName::parse("m").unwrap()),
                MetricValue::parse(text).unwrap_or_else(|_| MetricValue::parse("1").unwrap()),
            )]
            .into_iter()
            .collect(),
        },
        Command::SetModelVersionTag {
            name: name.clone(),
            version,
            key,
            value,
        },
    ];
    if let Ok(alias) = Alias::parse(text) {
        commands.push(Command::SetRegisteredModelAlias {
            name,
            alias,
            version,
        });
    }
    for command in commands {
        // An alias that MLflow keeps for itself is refused.
        let _ = log.act(&context, &command);
    }
    assert!(log.step() >= 3, "{text:?}");
    log
}

#[test]
fn there_are_enough_of_them() {
    assert!(injections().len() >= 300, "{}", injections().len());
}

#[test]
fn they_come_back_out_of_links_and_files_as_they_were() {
    for text in injections() {
        let snapshot = WorkspaceSnapshot {
            name: FreeText::parse(&text).unwrap(),
            ..of(everywhere(&text))
        };
        let print = link::print(&snapshot).unwrap();
        assert_eq!(link::parse(&print).as_ref(), Ok(&snapshot), "{text:?}");
        let read = file::parse(&file::print_one(&snapshot)).unwrap();
        assert_eq!(read.workspaces, std::slice::from_ref(&snapshot), "{text:?}");
        let plan = Plan::of(&read, &Everything::default(), "own");
        let name = plan.new[0].name.as_str();
        assert!(WorkspaceName::parse(name, &[]).is_ok(), "{text:?} {name:?}");
        let shown = plain(Language::English, &text, &snapshot.log, &table::utc);
        assert!(
            !shown.contains(|c: char| c.is_control() && c != '\n'),
            "{shown:?}"
        );
        assert!(
            !shown.contains(['\u{202e}', '\u{2066}', '\u{200b}']),
            "{shown:?}"
        );
    }
}

#[test]
fn no_cell_of_a_table_is_a_formula() {
    for text in injections() {
        let table = table::table(everywhere(&text).registry());
        for cell in cells(&table) {
            let first = cell.trim_start_matches([' ', '\u{a0}']).chars().next();
            let is_formula = first.is_some_and(|c| "=+-@\t\r\n＝＋－＠".contains(c));
            assert!(!is_formula, "{text:?} {cell:?}");
        }
    }
}

/// The cells of a table, as a spreadsheet reads them.
fn cells(table: &str) -> Vec<String> {
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut letters = table.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(std::mem::take(&mut cell)),
            '\r' if !quoted && letters.peek() == Some(&'\n') => {
                letters.next();
                cells.push(std::mem::take(&mut cell));
            }
            _ => cell.push(letter),
        }
    }
    cells
}

#[test]
fn as_themselves_they_are_no_link_no_file_and_no_receipt() {
    for text in injections() {
        for around in [
            text.clone(),
            format!("#/share/{text}"),
            format!("ms1.{text}"),
            format!("mx1.{text}"),
        ] {
            assert!(!is_a_link_or_none(&around), "{text:?}");
            assert!(!is_a_file_or_none(&around), "{text:?}");
            assert!(!is_a_receipt_or_none(&around), "{text:?}");
            assert!(!is_a_whole_or_none(&around), "{text:?}");
            assert!(!is_a_task_or_none(&around), "{text:?}");
        }
        let quoted = serde_json::to_string(&text).unwrap();
        for json in [
            format!(r#"{{"format":{quoted},"version":1}}"#),
            format!(r#"{{"format":"model-stages","version":1,"workspaces":{quoted}}}"#),
            format!(
                r#"{{"format":"model-stages","version":1,{quoted}:{quoted},"settings":{{"theme":{quoted}}}}}"#
            ),
        ] {
            assert!(!is_a_file_or_none(&json), "{json}");
        }
        let _ = mlflow_import::read(&text);
        let _ = mlflow_import::read(&format!(r#"{{"registered_models":[{{"name":{quoted}}}]}}"#));
    }
}

#[test]
fn as_addresses_and_ids_they_stay_what_they_are() {
    for text in injections() {
        if let Ok(name) = ModelName::parse(&text) {
            let address = Route::Model(name.clone()).to_string();
            assert_eq!(Route::parse(&address), Route::Model(name));
            assert!(
                address.is_ascii() && !address.contains(['<', '>', '"', '\'', ' ']),
                "{address}"
            );
        }
        for prefix in [
            "",
            "#/",
            "#/share/",
            "#/registry/",
            "#/practice/",
            "#/learn/",
            "#/check/",
        ] {
            let route = Route::parse(&format!("{prefix}{text}"));
            assert_eq!(Route::parse(&route.to_string()), route, "{text:?}");
        }
        let is_id = WorkspaceId::parse(&text).is_some() || Id::parse(&text).is_some();
        let is_plain = text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        assert!(!is_id || is_plain, "{text:?}");
    }
}

#[test]
fn under_any_key_and_in_any_value_they_do_not_stop_the_app() {
    let store = MemoryStore::new();
    let places = [
        "settings",
        "progress",
        "console",
        "class",
        "deleted",
        "deleted/3",
        "arriving",
        "exercise/first-promotion",
        "copied",
        "asked",
        "window",
        "ws/own/head",
        "ws/own/seg/0",
        "ws/own/state/0",
    ];
    for (at, text) in injections().into_iter().enumerate() {
        let place = places[at % places.len()];
        store.set(&format!("p:{text}"), &text).unwrap();
        store.set(&format!("p:ws/{text}/head"), &text).unwrap();
        store
            .set(&format!("p:quarantine/{place}/{at}"), &text)
            .unwrap();
        store.set(&format!("p:{place}"), &text).unwrap();
        let (mut vault, _) = Vault::open(store.clone(), "p:");
        vault.load(&WorkspaceId::own()).unwrap();
        let inventory = vault.inventory().unwrap();
        // Under a key of the app's own it was set aside.
        let is_there = inventory.iter().any(|stored| stored.key == text);
        assert!(is_there || StorageKey::parse(&text).is_some(), "{text:?}");
    }
    let (mut vault, _) = Vault::open(store.clone(), "p:");
    vault.erase().unwrap();
    assert_eq!(store.keys_with_prefix("p:").unwrap(), [""; 0]);
}

#[test]
fn the_console_remembers_them_as_they_are() {
    let mut memory = ConsoleMemory::default();
    for text in injections() {
        memory.remember(&text);
    }
    let read: ConsoleMemory = json::read(&json::print(&memory)).unwrap();
    assert_eq!(read, memory);
}

/// What a fuzzer does, for a short while and the same each time.
#[test]
fn changed_at_random_nothing_panics() {
    let own = snapshot(2, 12);
    let everything = Everything {
        workspaces: vec![own.clone()],
        ..Everything::default()
    };
    let head = r#"ws/own/head	ok {"name":"a","rules":"guided","created":0,"base":null}"#;
    let segment = r#"ws/own/seg/0	ok {"before":0,"step":0,"after":"0000000000000000","records":[{"at":1,"rules":"mlflow","do":"create_registered_model","name":"a"}]}"#;
    let store =
        format!("{head}\n{segment}\nsettings\tok {{}}\nprogress\tok {{\"steps\":{{\"a\":1}}}}");
    let starts = [
        json::print(&own),
        file::print(&everything),
        link::print(&own).unwrap(),
        store,
        pack::standalone(own_pack(), &own_pack().exercises[0]),
        task::print(own_pack(), &own_pack().exercises[1]).unwrap(),
    ];
    let mut chance = Chance(2026);
    let mut taken = 0;
    for start in starts {
        for _ in 0..1_500 {
            let text = changed(&mut chance, &start);
            taken += usize::from(is_a_whole_or_none(&text));
            taken += usize::from(is_a_file_or_none(&text));
            taken += usize::from(is_a_task_or_none(&text));
            is_a_link_or_none(&text);
            is_a_receipt_or_none(&text);
            is_loaded(&text);
        }
    }
    // Some changes leave something that can be read, so that more than the refusals is tried.
    assert!(taken > 100, "{taken}");
}

/// A text with a few pieces changed, doubled, cut out or moved.
fn changed(chance: &mut Chance, text: &str) -> String {
    const PIECES: [&str; 14] = [
        "\"", "{", "}", "[", "]", ",", ":", "0", "-1", "1e9", "null", "restore", "\u{202e}", "\\n",
    ];
    let mut letters: Vec<char> = text.chars().collect();
    for _ in 0..1 + chance.below(3) {
        let at = chance.below(letters.len());
        let end = (at + chance.below(24)).min(letters.len());
        match chance.below(5) {
            0 => drop(letters.drain(at..end)),
            1 => {
                let piece: Vec<char> = letters[at..end].to_vec();
                let to = chance.below(letters.len());
                letters.splice(to..to, piece);
            }
            2 => drop(letters.splice(at..at, chance.pick(&PIECES).chars())),
            3 => {
                if let Some(letter) = letters.get_mut(at)
                    && letter.is_ascii_digit()
                {
                    *letter = char::from(b'0' + u8::try_from(chance.below(10)).unwrap());
                }
            }
            _ => {
                if let Some(letter) = letters.get_mut(at) {
                    *letter = chance.pick(&['a', '"', '\u{1}', 'é', '5']);
                }
            }
        }
        if letters.is_empty() {
            letters.push('x');
        }
    }
    letters.into_iter().collect()
}
