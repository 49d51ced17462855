//! A registry as text: for a forum, and for a spreadsheet.

use model_stages::registry::{Context, Log, RuleSet, Time, sample};
use model_stages::share::table::{table, utc};
use model_stages::text::Language;
use model_stages::text::plain::plain;

#[path = "../common/make.rs"]
#[allow(dead_code, reason = "only some are needed here")]
mod make;

use make::{create_model, create_version, move_to};
use model_stages::registry::Stage;

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
4. 1970-01-01T00:04:00Z Moved fraud version 1 from None to Staging. “tests passed”

From Model Stages, a simulator of MLflow's model registry
";
    assert_eq!(plain(Language::English, "Team a", &small(), &utc), expected);
    let nothing = plain(Language::English, "x", &Log::default(), &utc);
    assert!(
        nothing.contains("There is no model in it.\n\nWhat changed:\nNothing was done yet.\n"),
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
