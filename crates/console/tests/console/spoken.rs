//! What a screen reader is told of an answer: how many statements ran, and never a piece that breaks off.

use console::{Console, Sandbox};
use registry::RuleSet;
use text::Language;
use text::console::{printed, spoken};

/// What is told of a text.
fn told(typed: &str) -> String {
    let mut host = Sandbox::sample(RuleSet::Guided);
    let reply = Console::default().enter(&mut host, typed);
    let lines = printed(Language::English, RuleSet::Guided, typed, &reply);
    spoken(Language::English, &reply, &lines)
}

#[test]
fn how_many_statements_ran_is_told() {
    let check = |typed: &str, expected: &str| assert_eq!(told(typed), expected, "{typed}");
    check("print(1)", "1 statement ran. 1");
    check("a = 1\nb = 2", "2 statements ran.");
    check("a = 1\nprint('x y')", "2 statements ran. x y");
    // What has several lines, or is long, is not told in part.
    check("print('a\\nb')", "1 statement ran.");
    check("show", "1 statement ran.");
    check(&format!("print('{}')", "x".repeat(161)), "1 statement ran.");
    check(
        &format!("print('{}')", "x".repeat(160)),
        &format!("1 statement ran. {}", "x".repeat(160)),
    );
    check("print('...')", "1 statement ran.");
}

#[test]
fn what_is_wrong_is_told() {
    let begins = |typed: &str, expected: &str| {
        let told = told(typed);
        assert!(told.starts_with(expected), "{typed}: {told}");
        assert!(!told.contains('\n'), "{typed}: {told}");
    };
    begins(
        "client.get_model_versoin('fraud-detector', 3)",
        "MlflowClient has no method get_model_versoin.",
    );
    begins(
        "print(1)\nprint(nope)",
        "This needs real Python: the small reader does not know the name nope.",
    );
    begins(
        "print(1)\nclient.get_registered_model('nope')",
        "1 statement ran, then it stopped. mlflow.exceptions.MlflowException",
    );
    begins(
        "client.transition_model_version_stage('fraud-detector', 4, 'Production')",
        "Refused by a rule of this team",
    );
    // However long it is, it ends after a word.
    let told = told(&format!(
        "client.get_registered_model('{}')",
        "a b ".repeat(200)
    ));
    assert!(told.ends_with('…') && told.chars().count() < 170, "{told}");
}
