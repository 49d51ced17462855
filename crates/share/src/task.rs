//! A whole exercise as a short text that stands in an address: `mx1.…`, a pack of this exercise alone, packed as
//! [`super::link_codec`] says. Whoever opens it needs nothing of the pack that the exercise comes from.

use super::limits::{LINK, TooMuch};
use super::link_codec::{LinkCodec, NoLink};
use lesson::exercise::Exercise;
use lesson::exercise::standalone::{self, Standalone};
use lesson::letters::checksum;
use lesson::pack::{self, Id, Pack, Problem};

const CODEC: LinkCodec = LinkCodec {
    prefix: "mx",
    version: 1,
};

/// Why a text brings no exercise.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NoTask {
    /// It is no link's text.
    Link(NoLink),
    /// The link is whole, and what is in it is not a good exercise.
    Problems(Vec<Problem>),
}

/// Returns whether a text is meant to be that of an exercise, whatever is in it.
pub fn is_meant(text: &str) -> bool {
    text.starts_with(CODEC.prefix)
}

/// Returns the text of a link, or `None` if it holds more than a link may bring. It may still be too long for an address.
pub fn print(pack: &Pack, exercise: &Exercise) -> Option<String> {
    CODEC.encode(&pack::standalone(pack, exercise))
}

/// Reads the text of a link, and checks the exercise in it. `is_page` says whether an address (`#/…`) leads to a page of the
/// app.
///
/// # Errors
/// If it is none, or something is wrong with the exercise.
pub fn parse(text: &str, is_page: &dyn Fn(&str) -> bool) -> Result<Standalone, NoTask> {
    let json = CODEC.decode(text).map_err(NoTask::Link)?;
    standalone::read(&json, is_page).map_err(NoTask::Problems)
}

/// Returns the text of a link with the exercise in it that a file brings, checked. It is for this browser: it may be too long to be
/// given away.
///
/// # Errors
/// If the file brings none, or something is wrong with the exercise.
pub fn from_file(json: &str, is_page: &dyn Fn(&str) -> bool) -> Result<String, NoTask> {
    let too_much = |what| NoTask::Link(NoLink::TooMuch(what));
    LINK.measure(json).map_err(too_much)?;
    let standalone = standalone::read(json, is_page).map_err(NoTask::Problems)?;
    print(&standalone.pack, &standalone.exercise).ok_or(too_much(TooMuch::Long))
}

/// Returns the name under which an attempt at the exercise of a link is kept: the same for the same link, and none of a pack's.
pub fn key(text: &str) -> Option<Id> {
    let sum = checksum(text);
    let digits = sum.bytes().map(|letter| format!("{letter:02x}"));
    Id::parse(&format!("shared-{}", digits.collect::<String>()))
}
