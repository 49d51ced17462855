//! Addresses of frames, read and printed.

use embed::options::{Hidden, Lang, Name, Order, PARAMETERS, Parameter, Part, Values};
use embed::{Frame, Kind, Options, Origin, Problem, View, Wrong};
use lesson::exercise::recipe_query::RecipeQuery;
use lesson::pack::Id;
use proptest::prelude::*;
use registry::RuleSet;
use share::route::Route;
use storage::Theme;

fn id(text: &str) -> Id {
    Id::parse(text).expect("a good id")
}

fn recipe(query: &str) -> View {
    View::Made(RecipeQuery::parse(query).expect("a good recipe"))
}

#[test]
fn views_are_read() {
    let check = |address: &str, view: View| {
        let frame = Frame::of(view);
        assert_eq!(Frame::parse(address), Ok(frame.clone()), "{address}");
        let full = format!("#/embed/{address}");
        assert_eq!(Frame::parse(&full), Ok(frame), "{full}");
    };
    check(
        "question/one-call-swap",
        View::Question(id("one-call-swap")),
    );
    check(
        "question/one-call-swap/",
        View::Question(id("one-call-swap")),
    );
    check(
        "question/one-call-swap?",
        View::Question(id("one-call-swap")),
    );
    check(
        "question/one-call-swap?utm_source=x&fbclid=y",
        View::Question(id("one-call-swap")),
    );
    check("questions/a,b", View::questions("a,b").expect("two ids"));
    check("questions/a%2Cb", View::questions("a,b").expect("two ids"));
    check("questions/a", View::Question(id("a")));
    check("step/hook", View::Step(id("hook")));
    check("exercise/bad-release", View::Exercise(id("bad-release")));
    check("exercise/new", recipe(""));
    check("exercise/new?seed=7&par=3", recipe("par=3&seed=7"));
    check("scene", View::Scene);
    check("registry", View::Registry);
    check("diagram/", View::Diagram);
    check("console", View::Console);
}

#[test]
fn parameters_are_read() {
    let read = |address: &str| Frame::parse(address).map(|frame| frame.options);
    let some = Options {
        theme: Theme::Dark,
        order: Order::Fixed,
        hide: Hidden::default().with(Part::Explanations, true),
        origin: Origin::parse("https://example.org:8443"),
        lang: Lang::English,
        ..Options::default()
    };
    assert_eq!(
        read(
            "question/a?theme=dark&hide=explanations&order=fixed&origin=https%3A%2F%2Fexample.org%3A8443&lang=en"
        ),
        Ok(some)
    );
    let console = Options {
        rules: Some(RuleSet::Mlflow),
        start: Some("ms1.AB-_.wmdA_g".to_owned()),
        line: Some("client.get_registered_model(\"a & b\")".to_owned()),
        hide: Hidden::default().with(Part::Reset, true),
        ..Options::default()
    };
    assert_eq!(
        read(
            "console?rules=mlflow&start=ms1.AB-_.wmdA_g&line=client.get_registered_model(%22a+%26%20b%22)&hide=reset"
        ),
        Ok(console)
    );
    let made = Frame::parse("exercise/new?seed=7&theme=light&par=2").expect("a good address");
    assert_eq!(made.view, recipe("seed=7&par=2"));
    assert_eq!(made.options.theme, Theme::Light);
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let check = |address: &str, place: &str, wrong: Wrong| {
        let problem = Problem {
            place: place.to_owned(),
            wrong,
        };
        assert_eq!(Frame::parse(address), Err(problem), "{address}");
    };
    check("", "", Wrong::View);
    check("quiz/a", "quiz/a", Wrong::View);
    check("Question/a", "Question/a", Wrong::View);
    check("%FF", "%FF", Wrong::View);
    check("question", "question", Wrong::Item(Kind::Question));
    check("question/A", "question/A", Wrong::Item(Kind::Question));
    check("question/a,b", "question/a,b", Wrong::Item(Kind::Question));
    check("questions/", "questions/", Wrong::Item(Kind::Questions));
    check("questions/a,", "questions/a,", Wrong::Item(Kind::Questions));
    check(
        "questions/a,a",
        "questions/a,a",
        Wrong::Item(Kind::Questions),
    );
    check("step/a/b", "step/a/b", Wrong::Item(Kind::Step));
    check("scene/a", "scene/a", Wrong::Item(Kind::Scene));
    check("exercise/new?par=9", "par=9", Wrong::Recipe);
    check("exercise/new?par=3&par=3", "par=3&par=3", Wrong::Recipe);
    check("exercise/a?par=3", "par=3", Wrong::Parameter);
    check("scene?them=dark", "them=dark", Wrong::Parameter);
    check("scene?theme", "theme", Wrong::Value(Name::Theme));
    check("scene?theme=", "theme=", Wrong::Value(Name::Theme));
    check("scene?theme=blue", "theme=blue", Wrong::Value(Name::Theme));
    check("scene?theme=%FF", "theme=%FF", Wrong::Value(Name::Theme));
    check(
        "scene?theme=dark&theme=dark",
        "theme=dark",
        Wrong::Twice(Name::Theme),
    );
    check(
        "question/a?rules=mlflow",
        "rules=mlflow",
        Wrong::NotHere(Name::Rules, Kind::Question),
    );
    check("scene?lang=d%20e", "lang=d%20e", Wrong::Value(Name::Lang));
    check("scene?lang=de-", "lang=de-", Wrong::Value(Name::Lang));
    check("console?line=+", "line=+", Wrong::Value(Name::Line));
    check("console?start=a/b", "start=a/b", Wrong::Value(Name::Start));
    check("scene?hide=all", "hide=all", Wrong::Value(Name::Hide));
    check("scene?hide=reset,", "hide=reset,", Wrong::Value(Name::Hide));
    let long = "x".repeat(1_000);
    check(&long, &long[..60], Wrong::View);
    let many = |count: usize| {
        (0..count)
            .map(|n| n.to_string())
            .collect::<Vec<_>>()
            .join(",")
    };
    assert!(View::questions(&many(20)).is_some());
    assert_eq!(View::questions(&many(21)), None);
}

/// A page may say the language that it is in itself.
#[test]
fn a_language_that_is_not_there_is_english() {
    for tag in ["en", "en-GB", "de", "de_AT", "pt-BR", "zh-Hant-TW"] {
        let frame = Frame::parse(&format!("scene?lang={tag}")).expect("a good address");
        assert_eq!(frame, Frame::of(View::Scene), "{tag}");
    }
}

#[test]
fn origins_are_read_as_browsers_write_them() {
    for good in [
        "https://example.org",
        "http://localhost:8000",
        "http://127.0.0.1:8000",
        "http://[::1]:8000",
        "https://a-b.c_d.example",
    ] {
        assert_eq!(
            Origin::parse(good).map(|it| it.to_string()).as_deref(),
            Some(good)
        );
        let with_slash = format!("{good}/");
        assert_eq!(Origin::parse(&with_slash), Origin::parse(good));
    }
    for bad in [
        "",
        "*",
        "null",
        "example.org",
        "https://",
        "https://Example.org",
        "https://example.org/a",
        "https://example.org:443",
        "http://example.org:80",
        "https://example.org:0",
        "https://example.org:99999",
        "https://example.org:+1",
        "https://a b",
        "ftp://example.org",
        "https://user@example.org",
        "https://example.org:",
        "http://[]",
        "javascript://x",
    ] {
        assert_eq!(Origin::parse(bad), None, "{bad}");
    }
}

/// Each value that the table lists is taken, and no other; each parameter that is not at its default is printed.
#[test]
fn the_table_is_what_is_read() {
    for (parameter, name) in PARAMETERS.iter().zip(Name::ALL) {
        assert_eq!(parameter.name, name, "the order of the table");
        let values: Vec<&str> = match parameter.values {
            Values::OneOf(values) | Values::AnyOf(values) => values.to_vec(),
            Values::Shared => vec!["ms1.AB-_.wmdA_g"],
            Values::Origin => vec!["https://example.org"],
            Values::Line => vec!["undo", "a = 1 & 2 # é"],
        };
        for value in values {
            let mut options = Options::default();
            assert!(parameter.set(&mut options, value), "{name}={value}");
            let printed = parameter.value(&options);
            assert_eq!(
                printed.as_deref(),
                (value != parameter.default).then_some(value),
                "{name}"
            );
        }
        let before = Options::default();
        let mut options = before.clone();
        assert!(!parameter.set(&mut options, ""), "{name}=");
        assert_eq!(options, before, "{name}: what is refused changes nothing");
        assert!(!parameter.views.is_empty());
    }
}

#[test]
fn every_view_has_its_page_in_the_app() {
    let check = |address: &str, page: &str| {
        let frame = Frame::parse(address).expect("a good address");
        assert_eq!(frame.page(), page);
        assert!(!matches!(Route::parse(page), Route::NotFound(_)), "{page}");
    };
    check("question/a", "#/practice/a");
    check("questions/a,b", "#/practice/a");
    check("step/a", "#/learn/a");
    check("exercise/a", "#/exercises/a");
    check(
        "exercise/new?seed=7",
        "#/exercises/new?objective=release&par=3&models=1&distractors=1&seed=7",
    );
    check("scene", "#/");
    check("registry", "#/registry");
    check("diagram?start=ms1.a.b", "#/share/ms1.a.b");
}

fn any_view() -> impl Strategy<Value = View> {
    let ids = prop::collection::btree_set("[a-z0-9-]{1,40}", 1..20_usize);
    prop_oneof![
        "[a-z0-9-]{1,40}".prop_map(|text| View::Step(id(&text))),
        ids.prop_map(|ids| View::questions(&Vec::from_iter(ids).join(",")).expect("ids")),
        "[a-z0-9-]{4,40}".prop_map(|text| View::Exercise(id(&text))),
        any::<u64>().prop_map(|seed| recipe(&format!("seed={seed}"))),
        prop::sample::select(vec![
            View::Scene,
            View::Registry,
            View::Diagram,
            View::Console
        ]),
    ]
}

proptest! {
    #[test]
    fn every_address_is_read_back(
        view in any_view(), picks in prop::collection::vec(0..4_usize, Name::ALL.len()), line in ".{1,40}",
    ) {
        let mut options = Options::default();
        for (parameter, pick) in PARAMETERS.iter().zip(picks) {
            let value = match parameter.values {
                Values::OneOf(values) | Values::AnyOf(values) => values.get(pick).copied(),
                Values::Shared => Some("ms1.AB-_.wmdA_g").filter(|_| pick > 1),
                Values::Origin => Some("http://localhost:8000").filter(|_| pick > 1),
                Values::Line => Some(line.as_str()).filter(|line| pick > 1 && !line.trim().is_empty()),
            };
            if let Some(value) = value.filter(|_| parameter.is_for(view.kind())) {
                prop_assert!(parameter.set(&mut options, value));
            }
        }
        let frame = Frame { view, options };
        prop_assert_eq!(Frame::parse(&frame.to_string()), Ok(frame));
    }

    #[test]
    fn no_text_breaks_the_reader(text in ".*", query in "[a-z]{1,8}=[a-z%&+]{0,20}") {
        let _ = Frame::parse(&text);
        let _ = Frame::parse(&format!("console?{query}"));
        let _ = Parameter::named(&text);
        let _ = Origin::parse(&text);
    }
}
