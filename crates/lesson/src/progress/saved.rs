//! How progress is written as JSON and read again. All numbers are whole: times in milliseconds since 1970, the memory in
//! thousandths.
//!
//! ```json
//! {"place":{"id":"stages","at":5},
//!  "steps":{"start":1},
//!  "choices":{"start":{"id":"the-new-one","at":1}},
//!  "round":{"at":7,"asked":[{"id":"what-is-a-stage","right":true},{"id":"what-is-an-alias"}]},
//!  "questions":{"what-is-a-stage":{"last_at":9,"tries":2,"right":1,"last":"right","stability":8296,"difficulty":1000,
//!    "reviewed_at":9,"due":691200009,"wrong_at":3,"right_since":9,"misconceptions":{"stage-is-a-copy":1}}},
//!  "exercises":{"first-promotion":{"review":{"last_at":9,…},"best":2,"hints":1}},
//!  "made":{"release-3-1-1-7":0},
//!  "begun":1}
//! ```
//!
//! What is 0, empty or not there is left out. Ids that the lesson does not have are kept, and fields that are not known are
//! passed over. More entries than the limits allow, ids that are none and numbers out of bounds are errors.

use serde_json::{Map, Value};

use super::question::{KeptMemory, MAX_MISCONCEPTIONS, Outcome, QuestionProgress};
use super::{
    ExerciseProgress, MAX_EXERCISES, MAX_MADE, MAX_QUESTIONS, MAX_STEPS, Progress, Round,
    RoundQuestion,
};
use crate::id::Id;
use registry::json::{FromJson, JsonError, Reader, ToJson, Writer};
use registry::{Time, VecMap};

type Read<T> = Result<T, JsonError>;

impl ToJson for Progress {
    fn write(&self, out: &mut Writer) {
        out.object(&|out| {
            if let Some((at, id)) = &self.place {
                out.field("place", &Place(*at, id));
            }
            if !self.steps.is_empty() {
                out.field("steps", &Steps(&self.steps));
            }
            if !self.choices.is_empty() {
                out.field("choices", &Choices(&self.choices));
            }
            if let Some(round) = &self.round {
                out.field("round", round);
            }
            if !self.questions.is_empty() {
                out.field("questions", &Questions(&self.questions));
            }
            if !self.exercises.is_empty() {
                out.field("exercises", &Exercises(&self.exercises));
            }
            if !self.made.is_empty() {
                out.field("made", &Counts(&self.made));
            }
            if self.begun > 0 {
                out.number("begun", &self.begun);
            }
        });
    }
}

struct Place<'a>(Time, &'a Id);

impl ToJson for Place<'_> {
    fn write(&self, out: &mut Writer) {
        out.object(&|out| {
            out.text("id", self.1.as_str());
            out.number("at", &self.0.0);
        });
    }
}

struct Choices<'a>(&'a VecMap<Id, (Time, Id)>);

impl ToJson for Choices<'_> {
    fn write(&self, out: &mut Writer) {
        out.object(&|out| {
            for (step, (at, option)) in self.0 {
                out.field(step.as_str(), &Place(*at, option));
            }
        });
    }
}

impl ToJson for Round {
    fn write(&self, out: &mut Writer) {
        out.object(&|out| {
            out.number("at", &self.started().0);
            out.list("asked", &|out| {
                for one in self.questions() {
                    out.object(&|out| {
                        out.text("id", one.id.as_str());
                        if let Some(right) = one.right {
                            out.number("right", &right);
                        }
                    });
                }
            });
        });
    }
}

struct Steps<'a>(&'a VecMap<Id, Time>);

impl ToJson for Steps<'_> {
    fn write(&self, out: &mut Writer) {
        out.object(&|out| {
            for (id, at) in self.0 {
                out.number(id.as_str(), &at.0);
            }
        });
    }
}

struct Questions<'a>(&'a VecMap<Id, QuestionProgress>);

impl ToJson for Questions<'_> {
    fn write(&self, out: &mut Writer) {
        out.object(&|out| {
            for (id, question) in self.0 {
                out.field(id.as_str(), question);
            }
        });
    }
}

struct Exercises<'a>(&'a VecMap<Id, ExerciseProgress>);

impl ToJson for Exercises<'_> {
    fn write(&self, out: &mut Writer) {
        out.object(&|out| {
            for (id, exercise) in self.0 {
                out.field(id.as_str(), exercise);
            }
        });
    }
}

impl ToJson for ExerciseProgress {
    fn write(&self, out: &mut Writer) {
        out.object(&|out| {
            out.field("review", &self.review);
            if let Some(best) = self.best {
                out.number("best", &best);
            }
            if self.hints > 0 {
                out.number("hints", &self.hints);
            }
        });
    }
}

impl FromJson for ExerciseProgress {
    fn from_json(value: Value) -> Read<Self> {
        let mut from = Reader::new(value)?;
        let review = from.take("review").ok_or(JsonError("review"))?;
        let best = from.number_or_none("best")?;
        Ok(Self {
            review: QuestionProgress::from_json(review)?,
            best: match best {
                None => None,
                Some(best) => Some(u32::try_from(best).map_err(|_| JsonError("best"))?),
            },
            hints: small(&mut from, "hints")?,
        })
    }
}

struct Counts<'a>(&'a VecMap<Id, u32>);

impl ToJson for Counts<'_> {
    fn write(&self, out: &mut Writer) {
        out.object(&|out| {
            for (id, times) in self.0 {
                out.number(id.as_str(), times);
            }
        });
    }
}

impl ToJson for QuestionProgress {
    fn write(&self, out: &mut Writer) {
        out.object(&|out| {
            out.number("last_at", &self.last_at.0);
            for (key, times) in [
                ("tries", self.tries),
                ("shown", self.shown),
                ("right", self.right),
            ] {
                if times > 0 {
                    out.number(key, &times);
                }
            }
            if let Some(last) = self.last {
                out.text("last", outcome_name(last));
            }
            if let Some(memory) = self.memory {
                out.number("stability", &memory.stability());
                out.number("difficulty", &memory.difficulty());
            }
            out.number("reviewed_at", &self.reviewed_at.0);
            out.number("due", &self.due.0);
            for (key, at) in [
                ("wrong_at", self.wrong_at),
                ("shown_at", self.shown_at),
                ("right_since", self.right_since),
            ] {
                if let Some(at) = at {
                    out.number(key, &at.0);
                }
            }
            if !self.misconceptions.is_empty() {
                out.field("misconceptions", &Counts(&self.misconceptions));
            }
        });
    }
}

impl FromJson for Progress {
    fn from_json(value: Value) -> Read<Self> {
        let mut from = Reader::new(value)?;
        let here = match from.take("place") {
            None | Some(Value::Null) => None,
            Some(value) => Some(place(value)?),
        };
        let mut steps = VecMap::new();
        for (id, at) in entries(&mut from, "steps", MAX_STEPS)? {
            let at = at.as_u64().map(Time).ok_or(JsonError("steps"))?;
            steps.insert(Id::parse(&id).ok_or(JsonError("steps"))?, at);
        }
        let mut choices = VecMap::new();
        for (step, choice) in entries(&mut from, "choices", MAX_STEPS)? {
            choices.insert(
                Id::parse(&step).ok_or(JsonError("choices"))?,
                place(choice)?,
            );
        }
        let round = match from.take("round") {
            None | Some(Value::Null) => None,
            Some(value) => Some(round(value)?),
        };
        let mut questions = VecMap::new();
        for (id, question) in entries(&mut from, "questions", MAX_QUESTIONS)? {
            let id = Id::parse(&id).ok_or(JsonError("questions"))?;
            questions.insert(id, QuestionProgress::from_json(question)?);
        }
        let mut exercises = VecMap::new();
        for (id, exercise) in entries(&mut from, "exercises", MAX_EXERCISES)? {
            let id = Id::parse(&id).ok_or(JsonError("exercises"))?;
            exercises.insert(id, ExerciseProgress::from_json(exercise)?);
        }
        let made = counts(&mut from, "made", MAX_MADE)?;
        Ok(Self {
            steps,
            place: here,
            choices,
            round,
            questions,
            exercises,
            made,
            begun: small(&mut from, "begun")?,
        })
    }
}

impl FromJson for QuestionProgress {
    fn from_json(value: Value) -> Read<Self> {
        let mut from = Reader::new(value)?;
        let tries = small(&mut from, "tries")?;
        let right = small(&mut from, "right")?;
        if right > tries {
            return Err(JsonError("right"));
        }
        let last = match from.text_or_none("last")? {
            None => None,
            Some(name) => Some(outcome(&name)?),
        };
        let misconceptions = counts(&mut from, "misconceptions", MAX_MISCONCEPTIONS)?;
        Ok(Self {
            last_at: from.time("last_at")?,
            tries,
            shown: small(&mut from, "shown")?,
            right,
            last,
            memory: memory(&mut from)?,
            reviewed_at: from.time("reviewed_at")?,
            due: from.time("due")?,
            wrong_at: from.number_or_none("wrong_at")?.map(Time),
            shown_at: from.number_or_none("shown_at")?.map(Time),
            right_since: from.number_or_none("right_since")?.map(Time),
            misconceptions,
        })
    }
}

/// Returns an id and its time.
fn place(value: Value) -> Read<(Time, Id)> {
    let mut from = Reader::new(value)?;
    Ok((from.time("at")?, id(&mut from)?))
}

fn id(from: &mut Reader) -> Read<Id> {
    Id::parse(&from.text("id")?).ok_or(JsonError("id"))
}

fn round(value: Value) -> Read<Round> {
    let mut from = Reader::new(value)?;
    let questions = from.list("asked")?.into_iter().map(|value| {
        let mut from = Reader::new(value)?;
        let right = match from.take("right") {
            None | Some(Value::Null) => None,
            Some(Value::Bool(right)) => Some(right),
            Some(_) => return Err(JsonError("right")),
        };
        let id = id(&mut from)?;
        Ok(RoundQuestion { id, right })
    });
    let questions = questions.collect::<Read<Vec<_>>>()?;
    Round::new(from.time("at")?, questions).ok_or(JsonError("round"))
}

/// Returns the entries of an object; none where it is missing.
fn entries(from: &mut Reader, key: &'static str, most: usize) -> Read<Map<String, Value>> {
    match from.take(key) {
        None => Ok(Map::new()),
        Some(Value::Object(map)) if map.len() <= most => Ok(map),
        Some(_) => Err(JsonError(key)),
    }
}

/// Numbers by id; none where they are missing.
fn counts(from: &mut Reader, key: &'static str, most: usize) -> Read<VecMap<Id, u32>> {
    let mut counts = VecMap::new();
    for (id, count) in entries(from, key, most)? {
        let count = count.as_u64().and_then(|count| u32::try_from(count).ok());
        let id = Id::parse(&id).ok_or(JsonError(key))?;
        counts.insert(id, count.ok_or(JsonError(key))?);
    }
    Ok(counts)
}

/// Returns a number of times; 0 where it is missing.
fn small(from: &mut Reader, key: &'static str) -> Read<u32> {
    u32::try_from(from.number_or_zero(key)?).map_err(|_| JsonError(key))
}

/// Both numbers of a memory, or none of them.
fn memory(from: &mut Reader) -> Read<Option<KeptMemory>> {
    match (small(from, "stability")?, small(from, "difficulty")?) {
        // Neither can be 0, so this is what is missing.
        (0, 0) => Ok(None),
        (stability, difficulty) => KeptMemory::from_thousandths(stability, difficulty)
            .map(Some)
            .ok_or(JsonError("stability")),
    }
}

const fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Right => "right",
        Outcome::Wrong => "wrong",
        Outcome::Shown => "shown",
    }
}

fn outcome(name: &str) -> Read<Outcome> {
    [Outcome::Right, Outcome::Wrong, Outcome::Shown]
        .into_iter()
        .find(|outcome| outcome_name(*outcome) == name)
        .ok_or(JsonError("last"))
}
