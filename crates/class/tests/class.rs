//! A whole lesson in front of a class, without a browser.
#![allow(
    clippy::unwrap_used,
    reason = "helpers of tests may stop at the first surprise, as tests do"
)]

use class::message::Asked;
use class::plan::{Kind, MAX_ITEMS, MAX_NOTES};
use class::results;
use class::screen::Board;
use class::stop::{self, LETTERS_OF_A_VIEW, pieces};
use class::{
    Action, Follower, Item, Message, Plan, Presenter, Screen, Sender, Stop, View, What, own,
};
use lesson::id::Id;
use lesson::run::Played;
use lesson::traffic::App;
use proptest::prelude::*;
use registry::json;
use registry::{Stage, Time, VersionNumber};

const NOW: Time = Time(1_000_000);

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn plan(items: &[(Kind, &str)]) -> Plan {
    let mut plan = Plan::new("A plan");
    for (kind, name) in items {
        assert!(plan.add(Item::new(What::of(*kind, name).unwrap(), 5)));
    }
    plan
}

fn begun(items: &[(Kind, &str)]) -> Presenter {
    let mut presenter = Presenter::new(plan(items));
    presenter.act(Action::Next, NOW);
    presenter
}

#[test]
fn the_own_plan_is_45_minutes_and_all_of_it_is_there() {
    let plan = own::plan().unwrap();
    assert_eq!(plan.minutes(), 45);
    for item in &plan.items {
        assert!(!stop::stops(item).is_empty(), "{:?}", item.what);
        assert!(!item.notes.is_empty(), "{:?}", item.what);
    }
    assert_eq!(json::read::<Plan>(&json::print(plan)).unwrap(), *plan);
}

#[test]
fn every_step_is_cut_into_views_that_hold_all_of_its_text() {
    for step in &lesson::own::lesson().unwrap().steps {
        for text in [step.text.clone(), stop::after(step)] {
            let cut = pieces(&text);
            let squeezed = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(squeezed(&cut.concat()), squeezed(&text), "{}", step.id);
            for piece in &cut {
                assert!(
                    piece.len() <= LETTERS_OF_A_VIEW + 40,
                    "{}: {piece}",
                    step.id
                );
            }
        }
    }
}

#[test]
fn nothing_is_revealed_before_the_key() {
    let mut presenter = begun(&[(Kind::Question, "archived-loads"), (Kind::Step, "promote")]);
    presenter.act(Action::Hand(0), NOW);
    let mut revealed = 0;
    loop {
        let told = json::print(&presenter.screen());
        let shown = match presenter.screen().view {
            View::Question { shown, votes, .. } | View::Choice { shown, votes, .. } => {
                assert!(shown || votes.is_empty(), "{told}");
                shown
            }
            View::End {} => break,
            _ => false,
        };
        revealed += usize::from(shown);
        presenter.act(Action::Next, NOW);
    }
    assert_eq!(revealed, 2);
}

#[test]
fn notes_never_reach_the_projector() {
    let mut presenter = Presenter::new(own::plan().unwrap().clone());
    let notes: Vec<&str> = own::plan()
        .unwrap()
        .items
        .iter()
        .map(|item| item.notes.as_str())
        .collect();
    while presenter.next().is_some() {
        let told = json::print(&presenter.screen());
        assert!(notes.iter().all(|notes| !told.contains(notes)), "{told}");
        presenter.act(Action::Next, NOW);
    }
    assert_eq!(presenter.screen().view, View::End {});
}

#[test]
fn frozen_stays_and_blank_still_reaches_the_projector() {
    let mut presenter = begun(&[(Kind::Step, "promote")]);
    let before = presenter.screen().view;
    presenter.act(Action::Freeze, NOW);
    presenter.act(Action::Next, NOW);
    presenter.act(Action::Blank, NOW);
    assert_eq!(presenter.screen().view, before);
    assert!(presenter.screen().blank);
    assert_ne!(presenter.current(), before);
    presenter.act(Action::Start, NOW);
    assert!(!presenter.screen().blank);
    assert_eq!(presenter.screen().view, presenter.current());
}

#[test]
fn hands_are_counted_twice_and_shown_side_by_side() {
    let mut presenter = begun(&[(Kind::Question, "archived-loads")]);
    for option in [0, 0, 1, 9] {
        presenter.act(Action::Hand(option), NOW);
    }
    presenter.act(Action::HandBack(1), NOW);
    presenter.act(Action::SecondVote, NOW);
    presenter.act(Action::Hand(3), NOW);
    let votes = |presenter: &Presenter| match presenter.screen().view {
        View::Question { votes, .. } => votes,
        other => panic!("{other:?}"),
    };
    assert!(votes(&presenter).is_empty());
    presenter.act(Action::ShowVotes, NOW);
    let counted = vec![vec![2, 0, 0, 0], vec![0, 0, 0, 1]];
    assert_eq!(votes(&presenter), counted);
    presenter.act(Action::Next, NOW);
    assert_eq!(presenter.stop(), Some(Stop::OptionsShown));
    assert_eq!(votes(&presenter), counted);
    // What was revealed is closed, and stays with the plan.
    presenter.act(Action::Hand(3), NOW);
    assert_eq!(votes(&presenter), counted);
    assert!(presenter.plan().items[0].votes.is_some());
    assert!(presenter.plan().without_votes().items[0].votes.is_none());
}

#[test]
fn time_is_counted_from_the_first_part() {
    let mut presenter = Presenter::new(plan(&[(Kind::Scene, "start"), (Kind::Step, "promote")]));
    assert_eq!(presenter.left(NOW), None);
    presenter.act(Action::Next, NOW);
    let later = Time(NOW.0 + 6 * 60_000);
    assert_eq!(presenter.left(later), Some(4 * 60_000));
    assert_eq!(presenter.item_left(later), Some(-60_000));
    presenter.act(Action::Next, later);
    assert_eq!(presenter.item_left(later), Some(5 * 60_000));
    presenter.act(Action::Talk, later);
    assert_eq!(presenter.screen().until, Some(Time(later.0 + 120_000)));
}

#[test]
fn a_presenter_is_the_same_after_it_was_loaded_anew() {
    let mut presenter = Presenter::new(own::plan().unwrap().clone());
    while presenter.next().is_some() {
        let read: Presenter = json::read(&json::print(&presenter)).unwrap();
        assert_eq!(read, presenter);
        assert_eq!(read.screen(), presenter.screen());
        presenter.act(Action::Next, NOW);
        presenter.act(Action::Hand(1), NOW);
    }
}

#[test]
fn the_keys_of_remotes_do_what_they_say() {
    let check =
        |key: &str, action: Option<Action>| assert_eq!(Action::of_key(key), action, "{key}");
    check("PageDown", Some(Action::Next));
    check("PageUp", Some(Action::Back));
    check(".", Some(Action::Blank));
    check("b", Some(Action::Blank));
    check("F5", Some(Action::Start));
    check("Escape", Some(Action::Stop));
    check("1", Some(Action::Hand(0)));
    check("4", Some(Action::Hand(3)));
    for key in ["0", "7", "11", "Enter", " ", "Tab", "F1", ""] {
        check(key, None);
    }
}

fn show(sender: &mut Sender, presenter: &Presenter) -> Message {
    sender.show(presenter.screen()).unwrap()
}

#[test]
fn windows_that_come_late_or_anew_show_the_same() {
    let mut presenter = begun(&[(Kind::Step, "promote"), (Kind::Question, "archived-loads")]);
    let mut sender = Sender::new(7);
    let mut windows: Vec<Follower> = (1..=3).map(Follower::new).collect();
    let mut shown: Vec<Option<Screen>> = vec![None; 3];
    let mut sent = Vec::new();
    for step in 0..6 {
        let message = show(&mut sender, &presenter);
        sent.push(message.print());
        for (at, window) in windows.iter_mut().enumerate() {
            // The second one sleeps, the third is loaded anew.
            if at == 1 && step < 5 {
                continue;
            }
            if at == 2 && step == 3 {
                sender.hear(window.bye());
                *window = Follower::new(9);
                assert_eq!(sender.hear(window.hello()), Asked::Again);
            }
            let message = Message::read(&message.print()).unwrap();
            if let Some((screen, here)) = window.hear(message) {
                shown[at] = Some(screen);
                sender.hear(here);
            }
        }
        presenter.act(Action::Next, NOW);
    }
    assert_eq!(shown[0], shown[1]);
    assert_eq!(shown[0], shown[2]);
    assert_eq!(sender.windows(), (3, 3));
    // What comes late changes nothing any more.
    for old in &sent {
        assert_eq!(windows[0].hear(Message::read(old).unwrap()), None);
    }
    sender.hear(windows[0].bye());
    assert_eq!(sender.windows(), (2, 2));
}

#[test]
fn of_two_presenters_the_later_one_shows() {
    let presenter = begun(&[(Kind::Step, "promote")]);
    let (mut old, mut new) = (Sender::new(1), Sender::new(2));
    let mut window = Follower::new(5);
    let first = show(&mut old, &presenter);
    let second = show(&mut new, &presenter);
    assert!(window.hear(first).is_some());
    assert_eq!(old.hear(second.clone()), Asked::Over);
    assert!(window.hear(second).is_some());
    assert_eq!(old.show(presenter.screen()), None);
    assert_eq!(
        new.hear(Message::Key {
            key: "b".to_owned()
        }),
        Asked::Key("b".to_owned())
    );
}

#[test]
fn a_board_is_told_as_it_is_to_be_seen() {
    let presenter = begun(&[(Kind::Scene, "start")]);
    let View::Board {
        board: Some(board), ..
    } = presenter.screen().view
    else {
        panic!("no board");
    };
    assert_eq!(board.asks, "models:/fraud-detector/Production");
    assert_eq!(board.app.version().unwrap().to_string(), "2");
    assert_eq!(json::read::<Board>(&json::print(&board)).unwrap(), board);
    let serving: Vec<String> = board
        .cards
        .iter()
        .filter(|card| card.serves)
        .map(|card| card.version.to_string())
        .collect();
    assert_eq!(serving, ["2"]);
}

/// What serves is what the app gets: with an alias, the version that it names, whatever its stage is.
#[test]
fn what_serves_is_what_the_app_asks_for() {
    let stop::Staged { scene, asks, .. } = stop::scene(&What::Step(id("alias-back"))).unwrap();
    let log = Played::new(scene, None).log;
    let board = Board::of(&log, &scene.model, &asks, &App::default());
    assert_eq!(board.asks, "models:/fraud-detector@champion");
    let serving = board.cards.iter().find(|card| card.serves).unwrap();
    assert_eq!(
        (serving.version, serving.stage),
        (VersionNumber::new(5).unwrap(), Stage::Staging)
    );
}

/// Before anything is done, the app has what it had before the step: nothing answers the question about it.
#[test]
fn an_app_has_the_version_that_it_had() {
    let mut presenter = begun(&[(Kind::Step, "empty-staging")]);
    let board = (0..9).find_map(|_| {
        presenter.act(Action::Next, NOW);
        match presenter.screen().view {
            View::Board { board, .. } => board,
            _ => None,
        }
    });
    let board = board.unwrap();
    assert_eq!(board.asks, "models:/fraud-detector/Staging");
    assert_eq!(board.app.version(), VersionNumber::new(2));
}

#[test]
fn a_plan_is_changed_within_its_bounds() {
    let mut plan = plan(&[(Kind::Scene, "start"), (Kind::Step, "promote")]);
    assert!(plan.shift(0, true) && !plan.shift(1, true) && !plan.shift(0, false));
    assert_eq!(plan.items[0].what, What::Step(id("promote")));
    plan.remove(9);
    plan.set_notes(0, &"x".repeat(2_000));
    assert_eq!(plan.items[0].notes.len(), MAX_NOTES);
    plan.set_minutes(0, 9_999);
    while plan.add(Item::new(What::Scene(id("start")), 1)) {}
    assert_eq!(plan.items.len(), MAX_ITEMS);
    assert!(json::read::<Plan>(&json::print(&plan)).is_ok());
    for (kind, name) in [
        (Kind::Step, "A b"),
        (Kind::Made, "a b"),
        (Kind::Registry, ""),
        (Kind::Made, "<i>"),
    ] {
        assert_eq!(What::of(kind, name), None);
    }
}

#[test]
fn plans_that_are_none_are_refused() {
    for text in [
        "{}",
        r#"{"format":"model-stages-class","version":2,"name":"","items":[]}"#,
        r#"{"format":"other","version":1,"name":"","items":[]}"#,
        r#"{"format":"model-stages-class","version":1,"name":"","items":[{"minutes":1}]}"#,
        r#"{"format":"model-stages-class","version":1,"name":"","items":[{"step":"A","minutes":1}]}"#,
        r#"{"format":"model-stages-class","version":1,"name":"","items":[{"step":"a","minutes":1,"x":1}]}"#,
        r#"{"format":"model-stages-class","version":1,"name":"","items":[{"step":"a","minutes":999}]}"#,
    ] {
        assert!(json::read::<Plan>(text).is_err(), "{text}");
    }
}

#[test]
fn who_is_missing_and_what_is_the_same_is_found() {
    let names = results::names("Ada Lovelace\n\n  Grace Hopper \nada lovelace\nAlan Turing");
    assert_eq!(names, ["Ada Lovelace", "Grace Hopper", "Alan Turing"]);
    let given = [
        "Lovelace, Ada:",
        "grace hopper",
        "Grace Hopper (2nd try)",
        "Bob",
    ];
    let listed = results::listed(&names, &given);
    let found: Vec<&[usize]> = listed.iter().map(|one| one.receipts.as_slice()).collect();
    assert_eq!(found, [&[0][..], &[1, 2], &[]]);
    assert_eq!(
        results::same(&["a", "b", "a", "a"]),
        [None, None, Some(0), Some(0)]
    );
}

proptest! {
    #[test]
    fn no_message_breaks_the_reader(text in ".{0,300}") {
        let _ = Message::read(&text);
    }

    #[test]
    fn whatever_is_pressed_the_place_is_one_of_the_plan(keys in proptest::collection::vec(0_usize..12, 0..60)) {
        let names = ["PageDown", "PageUp", ".", "f", "v", "s", "q", "t", "+", "1", "Escape", "F5"];
        let mut presenter = Presenter::new(own::plan().unwrap().clone());
        for key in keys {
            presenter.act(Action::of_key(names[key]).unwrap(), NOW);
            let screen = presenter.screen();
            prop_assert_eq!(json::read::<Screen>(&json::print(&screen)).unwrap(), screen);
        }
    }
}
