//! What must hold of two or three tabs, case by case.

use lesson::progress::Id;
use registry::{Command, Context, RuleSet, Time};
use storage::tabs::{ConsoleChange, Message, Objection, Received, Request, TabId};
use storage::{Attempt, Theme, Vault};

use crate::shared::world::{RegistryHost, Role, model};
use crate::support::{PREFIX, own, text};

/// The writer is stopped after each single call to the store while it carries out what another tab asks for, and
/// before or after each message that it sends about that.
#[test]
fn a_writer_may_be_lost_after_every_call_and_every_message() {
    let mut stops = 0;
    for stop in 0.. {
        let mut world = RegistryHost::new(7);
        let (one, two, _) = (world.open(), world.open(), world.open());
        world.take_over(one);
        while !world.wire.is_empty() {
            world.deliver(false);
        }
        for _ in 0..5 {
            world.tag(two);
        }
        let Role::Writes(writes) = &world.tabs[&one].role else {
            panic!();
        };
        let store = writes.store.clone();
        store.reset_counts();
        store.stop_after(stop);
        let mut calls = 0;
        while !world.wire.is_empty() && calls < stop {
            world.deliver(false);
            calls = store.calls();
        }
        let through = world.wire.is_empty();
        // Whatever it has said is heard by nobody, by one, or by both.
        let heard = stop % 3;
        world.wire.retain(|(to, _)| *to != one && *to <= heard);
        while !world.wire.is_empty() {
            world.deliver(false);
        }
        world.lose(one);
        world.take_over(two);
        world.check(&format!("after {stop} calls"));
        stops += 1;
        if through {
            break;
        }
    }
    assert!(stops > 10, "{stops}");
}

#[test]
fn two_windows_do_two_hundred_things_each() {
    let mut world = RegistryHost::new(1);
    let (one, two) = (world.open(), world.open());
    world.take_over(one);
    for _ in 0..200 {
        world.tag(one);
        world.tag(two);
        if world.dice.roll(3) > 0 {
            world.deliver(false);
        }
    }
    world.check("two windows");
    assert_eq!(world.asked.len(), 400);
    let log = &world.tabs[&two].log;
    // The first step made the model.
    assert_eq!(log.step(), 401);
}

#[test]
fn an_undo_means_the_step_that_its_tab_has_seen() {
    let mut world = RegistryHost::new(1);
    let (one, two) = (world.open(), world.open());
    world.take_over(one);
    world.tag(two);
    world.run_until_idle();
    world.tabs.get_mut(&two).unwrap().log.can_undo().unwrap();
    // Both at once: the writer's own step comes first.
    world.tag(one);
    world.change(two, |log| log.undo().ok());
    world.check("an undo that comes too late");
    assert_eq!(world.refused, 1);
    // Alone it is done.
    world.change(two, |log| log.undo().ok());
    world.run_until_idle();
    assert_eq!(world.refused, 1);
    assert_eq!(world.tabs[&one].log.undone().len(), 1);
}

#[test]
fn a_refusal_comes_with_the_words_of_the_registry() {
    let mut world = RegistryHost::new(1);
    let (one, two) = (world.open(), world.open());
    world.take_over(one);
    world.run_until_idle();
    let delete = Command::DeleteRegisteredModel { name: model() };
    world.act(one, &delete);
    let tab = world.tabs.get_mut(&two).unwrap();
    let context = Context::new(Time(99), RuleSet::Mlflow);
    let command = Command::UpdateRegisteredModel {
        name: model(),
        description: text("gone"),
    };
    let before = tab.log.clone();
    let record = tab.log.act(&context, &command).unwrap();
    let ask = tab.reader.ask_step(|| before, &record, &tab.log);
    let said = ask.print();
    world.hears(one, &said);
    world.wire.retain(|(to, _)| *to == two);
    world.keep(true);
    let mut objections = Vec::new();
    let tab = world.tabs.get_mut(&two).unwrap();
    for (_, said) in world.wire.drain(..) {
        if let Received::Message(message) = Message::read(&said) {
            let heard = tab.reader.hear(*message, &mut tab.log, Time(100));
            objections.extend(heard.objections);
        }
    }
    let expected = tab.log.clone().act(&context, &command).unwrap_err();
    assert_eq!(objections, [Objection::Refused(expected)]);
    assert!(world.tabs[&two].log == world.tabs[&one].log);
}

#[test]
fn small_values_are_changed_by_the_writer() {
    let mut world = RegistryHost::new(1);
    let (one, two) = (world.open(), world.open());
    world.take_over(one);
    world.run_until_idle();
    let exercise = Id::parse("bad-release").unwrap();
    let attempt = Attempt {
        way: "something".to_owned(),
        hints: 1,
        ..Attempt::default()
    };
    for request in [
        Request::Theme(Theme::Dark),
        Request::Rules(own(), RuleSet::Mlflow),
        Request::Console(ConsoleChange::Typed("help".to_owned())),
        Request::Console(ConsoleChange::Open(true)),
        Request::Console(ConsoleChange::Base("http://127.0.0.1:5000".to_owned())),
        Request::Current(own()),
        Request::Attempt(exercise.clone(), attempt.clone()),
    ] {
        let ask = world.tabs.get_mut(&two).unwrap().reader.ask(request);
        world.say(two, &[ask]);
    }
    world.check("small values");
    let (mut vault, _) = Vault::open(world.store.clone(), PREFIX);
    assert_eq!(vault.attempt(&exercise).unwrap().0, attempt);
    assert_eq!(vault.theme(), Theme::Dark);
    assert_eq!(vault.workspace(&own()).unwrap().rules, RuleSet::Mlflow);
    assert_eq!(vault.console().lines(), ["help"]);
    assert!(vault.console().open);
    assert_eq!(vault.console().base, "http://127.0.0.1:5000");
}

/// The store is full at a write: nothing is said to be done before it is stored, and everything is in the end.
#[test]
fn a_full_store_keeps_back_what_is_done() {
    for write in 1..8 {
        let mut world = RegistryHost::new(3);
        let (one, two) = (world.open(), world.open());
        world.take_over(one);
        world.run_until_idle();
        let Role::Writes(writes) = &world.tabs[&one].role else {
            panic!();
        };
        let store = writes.store.clone();
        store.reset_counts();
        store.full_from(write);
        for _ in 0..7 {
            world.tag(two);
        }
        while !world.wire.is_empty() {
            world.deliver(false);
        }
        world.keep(true);
        while !world.wire.is_empty() {
            world.deliver(false);
        }
        assert_eq!(world.tabs[&two].reader.waiting(), 7, "{write}");
        // All show it all the same.
        assert!(world.tabs[&two].log == world.tabs[&one].log, "{write}");
        store.heal();
        let Role::Writes(writes) = &mut world.tabs.get_mut(&one).unwrap().role else {
            panic!();
        };
        writes.vault.flush().unwrap();
        world.check(&format!("full at write {write}"));
    }
}

#[test]
fn whatever_is_heard_something_comes_of_it() {
    let check = |text: &str, expected: &Received| assert_eq!(&Message::read(text), expected);
    let hello = Message::Hello {
        from: TabId::of(7),
        workspace: own(),
    };
    let said = hello.print();
    check(&said, &Received::Message(Box::new(hello)));
    for (end, _) in said.char_indices() {
        check(&said[..end], &Received::Noise);
    }
    let (_, body) = said.split_once('\n').unwrap();
    check(&format!("ms-window 3 999\n{body}"), &Received::Newer(999));
    check("ms-window 4 4\n☠", &Received::Newer(4));
    for noise in [
        "null",
        "ms-window",
        "ms-window 3 4",
        "ms-window 3 4\n",
        "ms-window 3 4\n{}",
        "ms-window -1 4\n{}",
        "ms-window 3 4\n{\"is\":\"hello\",\"from\":\"A b\",\"ws\":\"own\"}",
        "ms-window 3 4\n{\"is\":\"hello\",\"from\":\"a\",\"ws\":\"own\",\"more\":1}",
        "ms-window 3 4\n{\"is\":\"here\",\"reign\":\"x\"}",
    ] {
        check(noise, &Received::Noise);
    }
}
