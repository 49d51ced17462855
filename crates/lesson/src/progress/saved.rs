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

use registry::json::{JsonError, Reader, Writer};
use registry::{VecMap, json_fields, json_names, json_texts};

use super::question::{KeptMemory, MAX_MISCONCEPTIONS, Outcome, QuestionProgress};
use super::{
    Dated, ExerciseProgress, MAX_EXERCISES, MAX_MADE, MAX_QUESTIONS, MAX_STEPS, Progress, Round,
    RoundQuestion,
};
use crate::id::Id;

type Read<T> = Result<T, JsonError>;

json_texts!(Id);

json_fields!(Progress {
    place,
    steps,
    choices,
    round,
    questions,
    exercises,
    made,
    begun = or_default,
} checked by progress_fits);

json_fields!(Dated { id, at });

json_fields!(Round {
    started as "at",
    questions as "asked",
} checked by round_fits);

json_fields!(RoundQuestion { id, right });

json_fields!(ExerciseProgress {
    review,
    best,
    hints = or_default,
});

json_fields!(QuestionProgress {
    last_at,
    tries = or_default,
    shown = or_default,
    right = or_default,
    last,
    memory = by(memory),
    reviewed_at,
    due,
    wrong_at,
    shown_at,
    right_since,
    misconceptions,
} checked by question_fits);

json_names!(Outcome);

/// Both numbers of a memory, or none of them.
mod memory {
    use super::{JsonError, KeptMemory, Read, Reader, Writer};

    pub(super) fn write(memory: &Option<KeptMemory>, out: &mut Writer) {
        if let Some(memory) = memory {
            out.field("stability", &memory.stability());
            out.field("difficulty", &memory.difficulty());
        }
    }

    pub(super) fn read(from: &mut Reader) -> Read<Option<KeptMemory>> {
        let stability = from.field_or_default("stability")?;
        let difficulty = from.field_or_default("difficulty")?;
        // Neither can be 0, so this is what is missing.
        if (stability, difficulty) == (0, 0) {
            return Ok(None);
        }
        let memory = KeptMemory::from_thousandths(stability, difficulty);
        memory.map(Some).ok_or(JsonError("stability"))
    }
}

fn progress_fits(progress: &Progress) -> Read<()> {
    at_most(MAX_STEPS, &progress.steps, "steps")?;
    at_most(MAX_STEPS, &progress.choices, "choices")?;
    at_most(MAX_QUESTIONS, &progress.questions, "questions")?;
    at_most(MAX_EXERCISES, &progress.exercises, "exercises")?;
    at_most(MAX_MADE, &progress.made, "made")
}

fn round_fits(round: &Round) -> Read<()> {
    if round.is_sound() {
        Ok(())
    } else {
        Err(JsonError("round"))
    }
}

fn question_fits(question: &QuestionProgress) -> Read<()> {
    if question.right > question.tries {
        return Err(JsonError("right"));
    }
    at_most(
        MAX_MISCONCEPTIONS,
        &question.misconceptions,
        "misconceptions",
    )
}

fn at_most<V>(most: usize, map: &VecMap<Id, V>, key: &'static str) -> Read<()> {
    if map.len() <= most {
        Ok(())
    } else {
        Err(JsonError(key))
    }
}
