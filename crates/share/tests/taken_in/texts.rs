//! A registry as text: for a forum, and for a spreadsheet.

use console::{Console, Sandbox};
use registry::{
    Alias, Command, Context, FreeText, Log, MetricName, MetricValue, ModelName, RuleSet, TagKey,
    TagValue, Time, sample,
};
use share::table::{table, utc};
use text::Language;
use text::console::printed;
use text::plain::plain;

use test_support::make;

use make::{create_model, create_version, move_to};
use registry::Stage;

fn small() -> Log {
    let mut log = Log::default();
    for (at, command) in (1..).zip([
        create_model("fraud"),
        create_version("fraud"),
        create_model("=2+5"),
        move_to("fraud", 1, Stage::Staging),
    ]) {
        let context = Context {
            comment: make::text(if at == 4 { "tests\npassed" } else { "" }),
            ..Context::new(Time(at * 60_000), RuleSet::Mlflow)
        };
        log.act(&context, &command).unwrap();
    }
    log
}

#[test]
fn a_registry_is_told_as_plain_text() {
    let expected = "\
Team a, step 4

Model  Version  Stage    Aliases  Metrics
-----  -------  -------  -------  -------
=2+5   –        –        –        –
fraud  1        Staging

What changed:
1. 1970-01-01T00:01:00Z Registered the model fraud.
2. 1970-01-01T00:02:00Z Added version 1 of fraud.
3. 1970-01-01T00:03:00Z Registered the model =2+5.
4. 1970-01-01T00:04:00Z Moved fraud version 1 from None to Staging. “tests⏎passed”

From Model Stages, a simulator of MLflow's model registry
";
    assert_eq!(plain(Language::English, "Team a", &small(), &utc), expected);
    let nothing = plain(Language::English, "x", &Log::default(), &utc);
    assert!(
        nothing
            .contains("There are no models in it.\n\nWhat changed:\nNothing has been done yet.\n"),
        "{nothing}"
    );
    let (log, records) = sample::sample(Time(1_760_000_000_000));
    let text = plain(Language::English, "Sample", &log, &utc);
    let earlier = format!("{} earlier steps are not in here.", records.len() - 10);
    assert!(text.contains(&earlier), "{text}");
}

#[test]
fn a_registry_is_a_table() {
    let expected = "\
model,version,stage,aliases,has_been_live,created_utc,updated_utc,source,description,tags,metrics\r
\"'=2+5\",,,,,,,,,,\r
fraud,1,Staging,,false,1970-01-01T00:02:00Z,1970-01-01T00:04:00Z,s3://models,,,\r
";
    assert_eq!(table(small().registry()), expected);
}

/// A registry with this in all that MLflow lets have it: in names of models, and in texts.
fn with(what: &str) -> Log {
    let name = format!("a{what}b");
    let version = registry::VersionNumber::new(1).unwrap();
    let model = ModelName::parse(&name).unwrap();
    let tag = || {
        (
            TagKey::parse("key").unwrap(),
            TagValue::parse(&name).unwrap(),
        )
    };
    let mut log = Log::default();
    for (at, command) in (1..).zip([
        Command::CreateRegisteredModel {
            name: model.clone(),
            description: FreeText::parse(&name).unwrap(),
            tags: [tag()].into_iter().collect(),
        },
        Command::CreateModelVersion {
            name: model.clone(),
            source: FreeText::parse(&name).unwrap(),
            description: FreeText::parse(&name).unwrap(),
            tags: [tag()].into_iter().collect(),
            metrics: [(
                MetricName::parse("recall").unwrap(),
                MetricValue::parse("0.5").unwrap(),
            )]
            .into_iter()
            .collect(),
        },
        Command::SetRegisteredModelAlias {
            name: model,
            alias: Alias::parse("champion").unwrap(),
            version,
        },
    ]) {
        let context = Context {
            comment: make::text(&name),
            ..Context::new(Time(at * 60_000), RuleSet::Mlflow)
        };
        log.act(&context, &command).unwrap();
    }
    log
}

#[test]
fn line_breaks_and_control_characters_break_no_row() {
    // What a name of MLflow may have in it, and a table must not show as it is.
    for (what, shown) in [
        ("\n", "a⏎b"),
        ("\r\n", "a⏎b"),
        ("\r", "a⏎b"),
        ("\t", "a⇥b"),
        ("\u{85}", "a⏎b"),
        ("\u{2028}", "a⏎b"),
        ("\u{1b}", "a�b"),
        ("\u{202e}", "a�b"),
    ] {
        let log = with(what);
        let text = plain(Language::English, &format!("Team{what}a"), &log, &utc);
        let lines: Vec<&str> = text.split('\n').collect();
        assert_eq!(lines.len(), 13, "{what:?}: {text}");
        assert_eq!(
            lines[4],
            format!("{shown}    1        None   champion  recall 0.5"),
            "{text}"
        );
        assert!(
            !text
                .chars()
                .any(|letter| letter != '\n' && letter.is_control()),
            "{text:?}"
        );
        // The console's tables, too.
        let mut console = Console::default();
        let mut host = Sandbox {
            log: log.clone(),
            rules: RuleSet::Mlflow,
            model: None,
        };
        for typed in ["show", "history"] {
            let reply = console.enter(&mut host, typed);
            for piece in printed(Language::English, RuleSet::Mlflow, typed, &reply) {
                let rows = if typed == "show" { 2 } else { 4 };
                assert_eq!(piece.text.lines().count(), rows, "{what:?}: {}", piece.text);
                assert!(piece.text.contains(shown), "{what:?}: {}", piece.text);
            }
        }
    }
}

/// The rows of a table, read as RFC 4180 says.
fn rows(table: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = table.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {
                assert_eq!(letters.next(), Some('\n'), "a row ends with CR LF");
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\n' if !quoted => panic!("a bare line end: {table:?}"),
            _ => cell.push(letter),
        }
    }
    assert!(!quoted && row.is_empty() && cell.is_empty(), "{table:?}");
    rows
}

#[test]
fn a_cell_of_a_table_keeps_its_line_breaks() {
    for what in ["\n", "\r\n", "\r", "\"", ",", "\",\"\r\n"] {
        let rows = rows(&table(with(what).registry()));
        assert_eq!(rows.len(), 2, "{what:?}");
        assert!(rows.iter().all(|row| row.len() == 11), "{rows:?}");
        let name = format!("a{what}b");
        for (at, expected) in [
            (0, name.clone()),
            (7, name.clone()),
            (8, name.clone()),
            (9, format!("key={name}")),
        ] {
            assert_eq!(rows[1][at], expected, "{what:?} {at}");
        }
    }
}
