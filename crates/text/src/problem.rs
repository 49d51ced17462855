//! What is wrong with a pack, in words for its author: what is wrong, and what is wanted.
#![allow(missing_docs, reason = "the English value says what a field is")]

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

texts!(
    /// What belongs into a field of a pack.
    ExpectedText, EN_EXPECTED {
        object = "an object",
        text = "a text",
        list = "a list",
        flag = "true or false",
        id = "an id: 1 to 40 of a–z, 0–9, -",
        format = "\"model-stages-pack\"",
        format_version = "1, the version of the format",
        address = "an address with https://",
        command = "a command, such as {\"do\": \"delete_model_version\", …}",
        method_of_client = "a method of MLflow's client that changes a registry, such as set_registered_model_alias",
        rules = "\"guided\" or \"mlflow\"",
        model = "the name of a model",
        version = "the number of a version",
        version_or_null = "the number of a version, or null",
        versions = "a list of versions",
        stage = "None, Staging, Production or Archived",
        stages = "an object from version to stage",
        alias = "an alias",
        tag_key = "the key of a tag",
        tag_value = "the value of a tag, as a text",
        tag_value_or_null = "the value of a tag, or null",
        tags = "an object from key to text",
        metric_name = "the name of a metric",
        metric_value = "a number",
        metrics = "an object from name to number",
        condition = "the name of a condition",
        show = "diagram, board, code, traffic, aliases or answers",
        loads = "a file, a stage or an @alias",
        asks = "recall, do, predict or why",
        source = "the id of a source",
        kind = "one, many, order, command, predict or fault",
        proof = "meaning, runs, claims, run or fault",
        console_text = "a console text",
        one_line = "one line",
        items = "two to five items",
        options = "two to eight options",
        track = "stages, mlflow, aliases or teamwork",
        form = "worked, completion, free, history or script",
        method = "a method that exercises may use",
        steps = "a number of steps",
        number = "a number",
        one_to_three = "a number from 1 to 3",
        tag_values = "a list of values of a tag",
        aliases = "a list of aliases",
    }
);

texts!(
    /// The parts of a pack that others name.
    ThingText, EN_THING {
        model = "model",
        step = "step",
        scene = "scene",
        objective = "objective",
        source = "source",
        misconception = "misconception",
    }
);

/// Returns a problem in words, after its place.
#[must_use]
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

const fn expected(text: Language, expected: Expected) -> &'static str {
    let texts = text.expected();
    match expected {
        Expected::Object => texts.object,
        Expected::Text => texts.text,
        Expected::List => texts.list,
        Expected::Flag => texts.flag,
        Expected::Id => texts.id,
        Expected::Format => texts.format,
        Expected::FormatVersion => texts.format_version,
        Expected::Address => texts.address,
        Expected::Command => texts.command,
        Expected::Do => texts.method_of_client,
        Expected::Rules => texts.rules,
        Expected::Model => texts.model,
        Expected::Version => texts.version,
        Expected::VersionOrNull => texts.version_or_null,
        Expected::Versions => texts.versions,
        Expected::Stage => texts.stage,
        Expected::Stages => texts.stages,
        Expected::Alias => texts.alias,
        Expected::TagKey => texts.tag_key,
        Expected::TagValue => texts.tag_value,
        Expected::Tags => texts.tags,
        Expected::MetricName => texts.metric_name,
        Expected::MetricValue => texts.metric_value,
        Expected::Metrics => texts.metrics,
        Expected::TagValueOrNull => texts.tag_value_or_null,
        Expected::Condition => texts.condition,
        Expected::Show => texts.show,
        Expected::Loads => texts.loads,
        Expected::Asks => texts.asks,
        Expected::Source => texts.source,
        Expected::Kind => texts.kind,
        Expected::Proof => texts.proof,
        Expected::ConsoleText => texts.console_text,
        Expected::OneLine => texts.one_line,
        Expected::Items => texts.items,
        Expected::Options => texts.options,
        Expected::Track => texts.track,
        Expected::Form => texts.form,
        Expected::Method => texts.method,
        Expected::Steps => texts.steps,
        Expected::Number => texts.number,
        Expected::OneToThree => texts.one_to_three,
        Expected::TagValues => texts.tag_values,
        Expected::Aliases => texts.aliases,
    }
}

const fn thing(text: Language, thing: PackItem) -> &'static str {
    let texts = text.things();
    match thing {
        PackItem::Model => texts.model,
        PackItem::Step => texts.step,
        PackItem::Scene => texts.scene,
        PackItem::Objective => texts.objective,
        PackItem::Source => texts.source,
        PackItem::Misconception => texts.misconception,
    }
}
