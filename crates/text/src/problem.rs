//! What is wrong with a pack, in words for its author: what is wrong, and what is wanted.

use super::Language;
use lesson::pack::{Expected, PackItem, Problem, Wrong};

texts!(
    /// Problems of a pack.
    ProblemText, EN_PROBLEM {
        not_json(line, column) = "this is not JSON: see line {line}, column {column}",
        too_large(limit) = "a pack has at most {limit} bytes",
        missing = "this is missing",
        expected(what) = "here belongs {what}",
        instead(what, found) = "here belongs {what}, not `{found}`",
        unknown = "no field has this name here",
        empty = "this is empty",
        repeated = "this is there a second time",
        no_such(what, id) = "there is no {what} `{id}`",
        link_nowhere(to) = "the link to `{to}` leads nowhere: links begin with https://, #/ or source:",
        command_refused(by) = "a scene's commands must be accepted; this one is refused: `{by}`",
        right_one(found) = "exactly one must be marked right, and {found} are",
        right_many(found) = "two or more, but not all, must be marked right, and {found} are",
        not_reached(ended) = "this is marked right, but its run does not reach what is asked: {ended}",
        reached_by_wrong = "this is not marked right, but its run reaches what is asked",
        order_not_unique = "every order reaches the same: there is nothing to put in order",
        fails_otherwise(ended) = "after the run this does not hold, so it fails in another way than said: {ended}",
        claim_holds = "this is not marked right, but what it claims is so",
        claim_fails = "this is marked right, but what it claims is not so",
        nothing_to_prove = "the proof needs this, and it is missing",
        wrong_proof(kind) = "a question of the kind `{kind}` cannot be proved in this way",
        board_is_right = "this board is what the run leads to, so it is not wrong",
        holds_still = "after this line, marked as the fault, everything still holds",
        broken_before = "this is broken before the line that is marked as the fault",
        by_length = "the right answer is more than half as long again as the longest other one, which gives it away",
        by_place(percent) = "{percent} of 100 right answers stand in the same place, which gives them away; at most 45 may",
        too_few(found) = "an objective needs at least three questions, and has {found}",
        one_kind_only = "an objective needs questions of at least two kinds",
        never_named = "nothing in the pack names this",
        nothing_to_do = "a step needs something to do, or takeaways at the end",
        starts_reached = "what is to be reached holds already at the start",
        no_source = "what is under MLflow's rules must name its source",
        too_hard = "there are more versions, aliases or tags here than the solver takes in",
        unsolvable = "no way leads to the goal with what may be used",
        par_is(par) = "the fewest steps to the goal are {par}",
        useless = "whatever meets the other conditions meets this one too: it forbids nothing",
        not_best = "this step is not on a best way to the goal",
        of_run = "a goal speaks of the registry, not of how a run went",
        last_step_theirs = "the last step of a history is somebody else's, named in `by`: the learner's own could be undone",
        script_works = "this script reaches the goal, so there is nothing to mend",
        script_fails(ended) = "this script does not reach the goal: {ended}",
        script_longer(steps, par) = "this script takes {steps} steps, and {par} are enough",
        not_allowed = "this is not among what may be used",
        not_one_story(sentences) = "a story has two sentences, and this has {sentences}",
        too_long(most) = "this has more than {most} letters, which is too much for an exercise that comes alone",
        too_many(most) = "there are more than {most} of these, which is too much for an exercise that comes alone",
        not_standalone = "an exercise comes alone: with its sources, and with nothing else of a pack",
        ended_by(by) = "it ended in `{by}`",
        ended_whole = "it went to its end",
    }
);

names!(
    /// Returns what belongs into a field of a pack.
    expected(Expected) {
        Object = "an object",
        Text = "a text",
        List = "a list",
        Flag = "true or false",
        Id = "an id: 1 to 40 of a–z, 0–9, -",
        Format = "\"model-stages-pack\"",
        FormatVersion = "1, the version of the format",
        Address = "an address with https://",
        Command = "a command, such as {\"do\": \"delete_model_version\", …}",
        Do = "a method of MLflow's client that changes a registry, such as set_registered_model_alias",
        Rules = "\"guided\" or \"mlflow\"",
        Model = "the name of a model",
        Version = "the number of a version",
        VersionOrNull = "the number of a version, or null",
        Versions = "a list of versions",
        Stage = "None, Staging, Production or Archived",
        Stages = "an object from version to stage",
        Alias = "an alias",
        TagKey = "the key of a tag",
        TagValue = "the value of a tag, as a text",
        Tags = "an object from key to text",
        MetricName = "the name of a metric",
        MetricValue = "a number",
        Metrics = "an object from name to number",
        TagValueOrNull = "the value of a tag, or null",
        Condition = "the name of a condition",
        Show = "diagram, board, code, traffic, aliases or answers",
        Loads = "a file, a stage or an @alias",
        Asks = "recall, do, predict or why",
        Source = "the id of a source",
        Kind = "one, many, order, command, predict or fault",
        Proof = "meaning, runs, claims, run or fault",
        ConsoleText = "a console text",
        OneLine = "one line",
        Items = "two to five items",
        Options = "two to eight options",
        Track = "stages, mlflow, aliases or teamwork",
        Form = "worked, completion, free, history or script",
        Method = "a method that exercises may use",
        Steps = "a number of steps",
        Number = "a number",
        OneToThree = "a number from 1 to 3",
        TagValues = "a list of values of a tag",
        Aliases = "a list of aliases",
    }
);

names!(
    /// Returns what a part of a pack is called that others name.
    thing(PackItem) {
        Model = "model",
        Step = "step",
        Scene = "scene",
        Objective = "objective",
        Source = "source",
        Misconception = "misconception",
    }
);

/// Returns a problem in words, after its place.
pub fn problem(text: Language, problem: &Problem) -> String {
    let said = wrong(text, &problem.wrong);
    if problem.place.is_empty() {
        said
    } else {
        format!("{}: {said}", problem.place)
    }
}

fn wrong(text: Language, wrong: &Wrong) -> String {
    let texts = text.problems();
    let ended = |by: &Option<String>| {
        let by = by.as_ref();
        by.map_or_else(|| texts.ended_whole.to_owned(), |by| texts.ended_by(by))
    };
    let plain = match wrong {
        Wrong::NotJson { line, column } => {
            return texts.not_json(line, column);
        }
        Wrong::TooLarge { limit } => return texts.too_large(limit),
        Wrong::Instead { what, found } => {
            let what = &expected(text, *what);
            return texts.instead(what, found);
        }
        Wrong::Expected(what) => return texts.expected(&expected(text, *what)),
        Wrong::NoSuch { what, id } => {
            return texts.no_such(&thing(text, *what), id);
        }
        Wrong::LinkNowhere { to } => return texts.link_nowhere(to),
        Wrong::CommandRefused { by } => return texts.command_refused(by),
        Wrong::RightOnes { many: true, found } => return texts.right_many(found),
        Wrong::RightOnes { many: false, found } => return texts.right_one(found),
        Wrong::NotReached { by } => return texts.not_reached(&ended(by)),
        Wrong::FailsOtherwise { by } => return texts.fails_otherwise(&ended(by)),
        Wrong::WrongProof { kind } => return texts.wrong_proof(kind),
        Wrong::GivenAwayByPlace { percent } => return texts.by_place(percent),
        Wrong::TooFew { found } => return texts.too_few(found),
        Wrong::ParIs { par } => return texts.par_is(par),
        Wrong::ScriptFails { by } => return texts.script_fails(&ended(by)),
        Wrong::ScriptLonger { steps, par } => {
            return texts.script_longer(steps, par);
        }
        Wrong::NotOneStory { sentences } => {
            return texts.not_one_story(sentences);
        }
        Wrong::TooLong { most } => return texts.too_long(most),
        Wrong::TooMany { most } => return texts.too_many(most),
        Wrong::NotStandalone => texts.not_standalone,
        Wrong::Missing => texts.missing,
        Wrong::Unknown => texts.unknown,
        Wrong::Empty => texts.empty,
        Wrong::Repeated => texts.repeated,
        Wrong::ReachedByWrong => texts.reached_by_wrong,
        Wrong::OrderNotUnique => texts.order_not_unique,
        Wrong::ClaimHolds => texts.claim_holds,
        Wrong::ClaimFails => texts.claim_fails,
        Wrong::NothingToProve => texts.nothing_to_prove,
        Wrong::BoardIsRight => texts.board_is_right,
        Wrong::HoldsStill => texts.holds_still,
        Wrong::BrokenBefore => texts.broken_before,
        Wrong::GivenAwayByLength => texts.by_length,
        Wrong::OneKindOnly => texts.one_kind_only,
        Wrong::NeverNamed => texts.never_named,
        Wrong::NothingToDo => texts.nothing_to_do,
        Wrong::StartsReached => texts.starts_reached,
        Wrong::NoSource => texts.no_source,
        Wrong::TooHard => texts.too_hard,
        Wrong::Unsolvable => texts.unsolvable,
        Wrong::Useless => texts.useless,
        Wrong::NotBest => texts.not_best,
        Wrong::OfRun => texts.of_run,
        Wrong::LastStepIsTheirs => texts.last_step_theirs,
        Wrong::ScriptWorks => texts.script_works,
        Wrong::NotAllowed => texts.not_allowed,
    };
    plain.to_owned()
}
