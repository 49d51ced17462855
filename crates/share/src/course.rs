//! What a learning platform keeps of a learner, by SCORM 1.2: how far the lesson is, a score, where they were, and the progress as
//! a text that fits into what such platforms keep.

use lesson::progress::{Outcome, Progress, from_file, to_file};

use super::link_codec::LinkCodec;
use super::link_codec::NoLink;
use super::route::Route;

/// How many letters of progress a platform is given: it may keep 4,096 and no more.
pub const MOST: usize = 4_000;
/// How many letters of an address a platform keeps.
const MOST_PLACE: usize = 255;

const CODEC: LinkCodec = LinkCodec {
    prefix: "mp",
    version: 1,
};

/// What a platform is told: the names of SCORM's elements with their values, in the order in which they are told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// Names and values.
    pub elements: Vec<(&'static str, String)>,
    /// How many of the questions and exercises that were done first had to be left out of the progress.
    pub left_out: usize,
}

/// Returns what is told of a progress in the lesson with these steps and questions.
pub fn told(progress: &Progress, place: &Route, steps: &[&str], questions: &[&str]) -> Told {
    let is_right = |id: &&&str| {
        let question = progress.question(id);
        question.is_some_and(|question| question.last == Some(Outcome::Right))
    };
    let right = questions.iter().filter(is_right).count();
    let score = (right * 100).checked_div(questions.len()).unwrap_or(0);
    let is_done = steps.iter().all(|step| progress.is_step_done(step));
    let status = if is_done { "completed" } else { "incomplete" };
    let place = Some(place.to_string()).filter(|place| place.len() <= MOST_PLACE);
    let (data, left_out) = pack(progress);
    let elements = vec![
        ("cmi.core.lesson_status", status.to_owned()),
        ("cmi.core.score.min", "0".to_owned()),
        ("cmi.core.score.max", "100".to_owned()),
        ("cmi.core.score.raw", score.to_string()),
        ("cmi.core.lesson_location", place.unwrap_or_default()),
        ("cmi.suspend_data", data),
    ];
    Told { elements, left_out }
}

/// Returns progress as a text of at most [`MOST`] letters, and how many questions and exercises did not fit: the oldest.
fn pack(progress: &Progress) -> (String, usize) {
    let all = progress.count();
    let text = |most: usize| {
        let packed = CODEC.encode(&to_file(&progress.newest(most)));
        packed.filter(|text| text.len() <= MOST)
    };
    if let Some(text) = text(all) {
        return (text, 0);
    }
    let (mut fits, mut too_many) = (0, all);
    while too_many - fits > 1 {
        let middle = fits.midpoint(too_many);
        match text(middle) {
            Some(_) => fits = middle,
            None => too_many = middle,
        }
    }
    // Where not even the steps fit, which is only so in a lesson of several hundred, the platform keeps nothing of it.
    (text(fits).unwrap_or_default(), all - fits)
}

/// Returns the progress that a platform has kept. It is measured before it is parsed.
///
/// # Errors
/// If the text is none of [`told`], or was changed. A platform that has nothing yet has an empty text.
pub fn kept(text: &str) -> Result<Progress, NoLink> {
    let json = CODEC.decode(text)?;
    from_file(&json).map_err(|_| NoLink::Damaged)
}

#[cfg(test)]
mod tests;
