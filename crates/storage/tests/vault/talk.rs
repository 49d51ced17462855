//! What a reader and a writer say to each other, case by case: histories that were folded, clocks that go back, requests that
//! are refused while a tab takes over.

use std::rc::Rc;

use registry::{Log, Time};
use storage::tabs::reader::ReaderUpdate;
use storage::tabs::{Message, Reader, Request, Site, TabId, Term, Writer};
use storage::{MemoryStore, Vault};

use crate::support::{PREFIX, Player, SHORT, lived_in, own, start};

const NOW: Time = Time(1_800_000_000_000);

fn tab(number: u64) -> TabId {
    TabId::of(number)
}

fn term(since: u64) -> Term {
    Term {
        since: Time(since),
        tab: tab(1),
    }
}

/// A tab that asks, and has asked for nothing yet.
fn joined(store: &MemoryStore) -> (Reader, Log) {
    let (mut vault, _) = Vault::open_reading(Rc::new(store.clone()), PREFIX);
    let log = vault.load(&own()).unwrap().log;
    (Reader::new(tab(2), own()), log)
}

/// What a writer answers.
fn answers(
    writer: &mut Writer,
    vault: &mut Vault,
    log: &mut Log,
    message: Message,
) -> Vec<Message> {
    let mut site = Site {
        vault,
        open: &own(),
        log,
        now: NOW,
    };
    writer.hear(message, &mut site).say
}

/// A reader hears messages, one after the other.
fn hears(reader: &mut Reader, log: &mut Log, messages: Vec<Message>) -> ReaderUpdate {
    let mut all = ReaderUpdate::default();
    for message in messages {
        let heard = reader.hear(message, log, NOW);
        all.say.extend(heard.say);
        all.folded += heard.folded;
    }
    all
}

#[test]
fn a_reader_tells_what_was_folded_once_and_nothing_at_first() {
    let (store, player) = lived_in(9, 60, false);
    let (mut vault, loaded, _) = start(store.clone(), SHORT);
    let mut log = loaded.log;
    assert!(log == player.log);
    let mut writer = Writer::new(term(1));
    let (mut reader, mut shown) = joined(&store);
    let hello = reader.hello(&own());
    let said = answers(&mut writer, &mut vault, &mut log, hello);
    assert_eq!(hears(&mut reader, &mut shown, said).folded, 0);
    assert!(shown == log);

    let before = log.folded();
    let folded = vault.compact(&own(), &log).unwrap().unwrap();
    log = folded.log;
    assert!(log.folded() > before);
    // The writer says that it is another history; the reader asks, and tells.
    let asked = hears(&mut reader, &mut shown, vec![writer.here()]).say;
    assert!(!asked.is_empty());
    let mut told = 0;
    for ask in asked {
        let said = answers(&mut writer, &mut vault, &mut log, ask);
        told += hears(&mut reader, &mut shown, said).folded;
    }
    assert_eq!(told, folded.steps);
    assert!(shown == log);
    for ask in reader.again() {
        let said = answers(&mut writer, &mut vault, &mut log, ask);
        assert_eq!(hears(&mut reader, &mut shown, said).folded, 0);
    }
    // A history that is still to come is not one that was folded.
    let (mut late, _) = joined(&store);
    let mut empty = Log::default();
    let hello = late.hello(&own());
    let said = answers(&mut writer, &mut vault, &mut log, hello);
    assert_eq!(hears(&mut late, &mut empty, said).folded, 0);
    assert!(empty == log);
}

#[test]
fn a_writer_that_makes_room_for_a_request_says_that_the_history_is_another_one() {
    let store = MemoryStore::new();
    let (mut vault, _, _) = start(store.clone(), SHORT);
    let mut player = Player::new(3);
    for record in player.versions(60) {
        vault.append(&own(), &record).unwrap();
    }
    let mut log = player.log;
    assert_eq!(vault.maintain(&own(), &log), Ok(None));
    let mut writer = Writer::new(term(1));
    let (mut reader, mut shown) = joined(&store);
    let hello = reader.hello(&own());
    let said = answers(&mut writer, &mut vault, &mut log, hello);
    hears(&mut reader, &mut shown, said);

    store.set_quota(Some(store.used() + 40));
    let before = shown.clone();
    let mut player = Player::from(3, shown.clone());
    let record = player.version();
    shown = player.log;
    let ask = reader.ask_step(|| before, &record, &shown);
    let said = answers(&mut writer, &mut vault, &mut log, ask);
    assert!(vault.is_saved(), "it made room");
    assert!(said.contains(&writer.here()), "{said:?}");
    assert!(log.folded() > 0);
}

/// A writer's clock may have been wrong, or be set back: the next one's time still counts as the later one.
#[test]
fn the_next_term_comes_after_every_one_that_was_heard_of() {
    let (store, _) = lived_in(9, 5, false);
    let (mut reader, mut log) = joined(&store);
    assert_eq!(reader.next_term(Time(7)).since, Time(7));
    for (heard, now, next) in [
        (50, 7, 51),
        (20, 7, 51),
        (60, 100, 100),
        (u64::MAX, 3, u64::MAX),
    ] {
        let here = Message::Here { term: term(heard) };
        reader.hear(here, &mut log, NOW);
        let found = reader.next_term(Time(now));
        assert_eq!((found.since, &found.tab), (Time(next), reader.me()));
    }
}

/// Whoever takes over carries its own requests out by itself, and nobody tells it what was refused.
#[test]
fn a_tab_that_takes_over_knows_that_its_own_request_was_refused() {
    let (store, _) = lived_in(9, 10, false);
    let (mut vault, loaded, _) = start(store.clone(), SHORT);
    let mut log = loaded.log;
    let (mut reader, shown) = joined(&store);
    let mut taken_back = shown.clone();
    let record = taken_back.undo().unwrap();
    let ask = Request::for_step(&own(), &record, &taken_back);
    reader.ask(ask.clone());
    // Another tab has taken the same step back meanwhile.
    let record = log.undo().unwrap();
    vault.append(&own(), &record).unwrap();

    let me = reader.me().clone();
    let mut writer = Writer::new(reader.next_term(NOW));
    assert!(!writer.has_refused(&me));
    let asked = reader.take_over().unwrap();
    answers(&mut writer, &mut vault, &mut log, asked);
    assert!(writer.has_refused(&me));
    assert!(!writer.has_refused(&tab(7)));
}
