//! Exercises in words: what is not part of one, why a step is there, how it went, receipts, made exercises, and questions
//! about one's own history. Lines of a pack's Markdown, except where they go into a table or a receipt.

use super::Language;
use super::explain::explain;
use super::goal::{listed, name};
use lesson::exercise::generate::{Purpose, Recipe, generate};
use lesson::exercise::hint::Why;
use lesson::exercise::outcome::{ExerciseOutcome, Spare};
use lesson::exercise::{Exercise, Form, Hints, Task, Track};
use lesson::id::Id;
use lesson::progress::{MAX_MADE, Progress};

mod history_quiz;
mod receipts;

pub use history_quiz::{facts, pick, prompt};
pub use receipts::{named, recipe_name, refused, still_open, table_head, table_row, unread};

texts!(
    /// Exercises.
    ExerciseText, EN_EXERCISE {
        track_stages = "Stages",
        track_mlflow = "Real MLflow",
        track_aliases = "Aliases",
        track_teamwork = "Teamwork",
        may_use(list) = "Allowed calls: {list}.",
        not_here_method(list) = "This call is not needed here. Allowed calls: {list}.",
        not_here_alias(list) = "This exercise is about other aliases: {list}.",
        not_here_tag(list) = "This exercise is about other tags: {list}.",
        not_here_restore = "An exercise is done step by step, so no earlier moment can be restored. Use Undo.",
        not_here_rules = "An exercise keeps its rules.",
        not_here_target(list) = "Here a version may only be copied into {list}.",
        meets(list) = "With it this holds: {list}.",
        makes_way(rule) = "Without it the next step is refused: {rule}.",
        keeps(condition) = "Without it the next step breaks this: {condition}.",
        prepares = "A later step needs it.",
        spare_archive(versions) = "`archive_existing_versions` does both at once: it archives {versions} in the same step",
        spare_alias(alias) = "setting `@{alias}` moves it, so it need not be deleted first",
        spare_idle(step) = "step {step} changed nothing that matters here",
        spare_detour(first, last) = "steps {first} to {last} led back to the same state",
        best(steps) = "{steps}: the shortest way.",
        more(steps, par) = "Your way: {steps}. The shortest way: {par}.",
        more_because(steps, par, why) = "Your way: {steps}. The shortest way: {par}, because {why}.",
        release_title = "Release day",
        release_story = "Some versions have to move today, and this team’s rules hold. Meet all conditions.",
        roll_back_title = "Rollback",
        roll_back_story = "The version in Production is a bad one, and an older one was better. Bring that one back, and meet the other conditions too.",
        clean_up_title = "Clean up",
        clean_up_story = "Under plain MLflow rules several versions are in Production. Leave only the right one there, and delete nothing.",
        aliases_title = "Move the aliases",
        aliases_story = "Apps ask for aliases, and some aliases have to move to other versions. Leave no gap where a condition forbids it.",
        migrate_title = "From stages to aliases",
        migrate_story = "The team gives up stages. Set the aliases as the conditions say, and take the stages away.",
        release_nudge = "Compare the board with the conditions, one version at a time. Which one has not been tested yet?",
        release_idea = "Under this team’s rules a version goes through Staging before Production, and `archive_existing_versions` archives the old one in the same move.",
        release_debrief = "A release is a few small moves, each allowed by this team’s rules. The order decides the number of steps: *Staging* before *Production*, and a move that archives the old version while it promotes the new one.",
        release_at_work = "Write down where each version has to be after a release, and compare the board with it before you say that the release is done.",
        roll_back_nudge = "Which version was in Production before, and where is it now?",
        roll_back_idea = "A version that was in Production may come back from Archived. The move that brings it back can archive the bad one as well.",
        roll_back_debrief = "A version that was in Production may come back from *Archived* directly; any other may not. The move that brings the good version back can archive the bad one in the same step, so there is no gap.",
        roll_back_at_work = "Archive the last good version, do not delete it: then a rollback is one call.",
        clean_up_nudge = "Which version has to be in Production, and which others are there too?",
        clean_up_idea = "A move with `archive_existing_versions=True` archives every other version in the stage that it goes to. Without it each version needs a move of its own.",
        clean_up_debrief = "MLflow lets any number of versions into *Production*, and the highest number serves. So several versions there are no error, but it is not clear which one the team meant.",
        clean_up_at_work = "Write `archive_existing_versions=True` wherever one version should be in Production: by default MLflow leaves the old one there.",
        aliases_nudge = "Which aliases are not on the version that the conditions name?",
        aliases_idea = "Setting an alias moves it in one step: you do not have to delete it first.",
        aliases_debrief = "An alias points to one version at a time, and setting it again moves it. There is no gap: at every moment an app that asks for it gets a version.",
        aliases_at_work = "Let apps load the alias. Then a release is one call, and so is the rollback.",
        migrate_nudge = "Which version does each alias have to point to, and which versions still have a stage?",
        migrate_idea = "Set the aliases first, while the stages still answer. Then take the stages away.",
        migrate_debrief = "When alias and stage lead to the same version, the apps can change from one to the other. Take the stages away only after that: then no app gets an error.",
        migrate_at_work = "Set aliases beside the stages first, change the apps one by one, and take the stages away last.",
        no_task = "No exercise can be made from these numbers. Choose others.",
        unread_empty = "There is nothing to read.",
        unread_not_one = "This is not a receipt. A receipt begins with “ms1.” or “mr1.”.",
        unread_newer = "This receipt was written by a newer version of the app. Reload the page to get it.",
        unread_too_long = "This is longer than any receipt.",
        unread_damaged = "Something in this receipt was changed or is missing: its checksum is wrong.",
        unread_broken = "This receipt cannot be read, although its checksum is right.",
        refused_shared = "This is a receipt of a shared exercise. Paste the link of that exercise here too.",
        refused_no_exercise(of) = "There is no exercise “{of}” here.",
        refused_rules_guided = "It was done under this team’s rules, but the exercise has plain MLflow rules.",
        refused_rules_mlflow = "It was done under plain MLflow rules, but the exercise has this team’s rules.",
        refused_step(step, rule) = "Step {step} is refused: {rule}.",
        refused_not_here(step, why) = "Step {step} is not part of the exercise. {why}",
        made_full = "More than these are not counted.",
        solved = "solved",
        open = "not solved",
        refused = "refused",
        round = "Round of questions",
        round_done = "finished",
        round_right(right, count) = "{right} of {count} right",
        round_missed(list) = "Not right at the first try: {list}.",
        open_list(list) = "Still open: {list}.",
        proves = "A receipt proves this solution works, not who found it.",
        round_proves = "The receipt of a round says how the questions went. It proves nothing: the answers are not in it.",
        made_name(title, steps, models, seed) = "{title}: {steps}, {models}, seed {seed}",
        rules_guided = "this team’s",
        rules_mlflow = "plain MLflow",
        col_line = "Line",
        col_name = "Name",
        col_exercise = "Exercise",
        col_result = "Result",
        col_steps = "Steps",
        col_par = "Shortest",
        col_rules = "Rules",
        col_note = "Note",
        col_receipt = "Receipt",
        answered_after(model, step) = "After step {step}: which version of {model} did an app get that asked for Production?",
        took_away(version, model) = "After which step did version {version} of {model} no longer serve?",
        stage_after(version, model, step) = "In which stage was version {version} of {model} after step {step}?",
        went_live(version, model) = "In which step did version {version} of {model} first go to Production?",
        pointed_after(model, alias, step) = "To which version of {model} did the alias {alias} point after step {step}?",
        pick_version(version) = "version {version}",
        pick_nothing = "none: the app got an error",
        pick_step(step) = "step {step}",
        fact_since(step, what) = "This was so from step {step} on: {what}",
        fact_start = "This was already so before these steps, and nothing had changed it.",
        fact_until(step, what) = "This was so earlier, until step {step}: {what}",
        fact_only_since(step, what) = "This was so only later, from step {step} on: {what}",
        fact_never = "It was never so.",
        fact_stage(version, stage) = "Version {version} was in {stage} then.",
        fact_no_stage(version) = "Version {version} had no stage then.",
        fact_also_live(version) = "Version {version} was in Production too, but the highest number serves.",
        fact_absent(version) = "There was no version {version} then.",
        fact_answered(version) = "Version {version} was in Production then, so an app got an answer.",
        fact_users(what, before, after) = "{what} Before it an app got {before}; after it {after}.",
        fact_users_same(what, before) = "{what} Before and after it an app got {before}.",
        fact_moved(what, version, before, after) = "{what} Version {version} was in {before} before it, in {after} after it.",
        fact_moved_same(what, version, before) = "{what} Version {version} was in {before} before and after it.",
        fact_moved_new(what, version) = "{what} Before it there was no version {version}.",
        fact_moved_absent(what, version) = "{what} There was no version {version} then.",
        fact_moved_gone(what, version) = "{what} After it there was no version {version} any more.",
        users_version(version) = "version {version}",
        users_nothing = "no version",
        and = ", ",
        ;
        not_here_versions = "{count} new version of a model is enough here." | "{count} new versions of a model are enough here.",
        steps = "{count} step" | "{count} steps",
        models = "{count} model" | "{count} models",
        made_solved(best) = "{count} made exercise solved, {best} of them in the fewest steps." | "{count} made exercises solved, {best} of them in the fewest steps.",
    }
);

/// Returns what a track is called.
pub const fn track(text: Language, track: Track) -> &'static str {
    let texts = text.exercises();
    match track {
        Track::Stages => texts.track_stages,
        Track::Mlflow => texts.track_mlflow,
        Track::Aliases => texts.track_aliases,
        Track::Teamwork => texts.track_teamwork,
    }
}

/// Returns why a step of a solution is there.
pub fn why(text: Language, task: &Task, why: &Why) -> String {
    let texts = text.exercises();
    let condition = |at: usize| {
        task.goal
            .get(at)
            .map_or_else(String::new, |named| name(text, task, named))
    };
    match why {
        Why::Meets(places) => {
            let names: Vec<String> = places.iter().map(|at| condition(*at)).collect();
            texts.meets(&names.join(texts.and))
        }
        Why::MakesWay(refusal) => texts.makes_way(&explain(text, refusal).rule),
        Why::Keeps(at) => texts.keeps(&condition(*at)),
        Why::Prepares => texts.prepares.to_owned(),
    }
}

/// Returns what may be used, as a line: "What may be used here: `transition_model_version_stage`."
pub fn may_use(text: Language, task: &Task) -> String {
    let mut methods: Vec<String> = Vec::new();
    for allowed in &task.allow {
        let method = format!("`{}`", allowed.method());
        let names = allowed.names();
        let one = if names.is_empty() {
            method
        } else {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            format!("{method} ({})", names.join(", "))
        };
        if !methods.contains(&one) {
            methods.push(one);
        }
    }
    text.exercises().may_use(&methods.join(", "))
}

/// Returns how many made exercises were solved; nothing before the first one.
pub fn made_sum(text: Language, progress: &Progress) -> Option<String> {
    let texts = text.exercises();
    let count = progress.made().count();
    let best = progress.made().filter(|(_, over)| *over == 0).count();
    if count == 0 {
        return None;
    }
    let mut sum = texts.made_solved(count, &best);
    if count >= MAX_MADE {
        sum.push(' ');
        sum.push_str(texts.made_full);
    }
    Some(sum)
}

/// Returns the steps beside the fewest: "Your way: 3 steps. The shortest way: 2, because …".
pub fn outcome(text: Language, outcome: &ExerciseOutcome) -> String {
    let texts = text.exercises();
    let count = usize::try_from(outcome.steps).unwrap_or(usize::MAX);
    let steps = texts.steps(count);
    let why = match &outcome.spare {
        _ if outcome.steps <= u64::from(outcome.par) => {
            return texts.best(&steps);
        }
        None => return texts.more(&steps, &outcome.par),
        Some(Spare::ArchiveExisting { versions, .. }) => {
            texts.spare_archive(&listed(text, versions))
        }
        Some(Spare::AliasMoves { alias }) => texts.spare_alias(alias),
        Some(Spare::Idle { step }) => texts.spare_idle(step),
        Some(Spare::Detour { first, last }) => texts.spare_detour(first, last),
    };
    texts.more_because(&steps, &outcome.par, &why)
}

/// Title and story of a made exercise.
pub const fn made(text: Language, purpose: Purpose) -> (&'static str, &'static str) {
    let texts = text.exercises();
    match purpose {
        Purpose::Release => (texts.release_title, texts.release_story),
        Purpose::RollBack => (texts.roll_back_title, texts.roll_back_story),
        Purpose::CleanUp => (texts.clean_up_title, texts.clean_up_story),
        Purpose::Aliases => (texts.aliases_title, texts.aliases_story),
        Purpose::Migrate => (texts.migrate_title, texts.migrate_story),
    }
}

/// Returns what a made exercise is called where it goes as one like any other.
pub fn made_id(recipe: &Recipe) -> Option<Id> {
    let purpose = recipe.purpose().as_str();
    Id::parse(&format!("made-{purpose}-{}", recipe.seed()))
}

/// Returns what a recipe makes, with words around it.
pub fn made_exercise(text: Language, recipe: &Recipe) -> Option<Exercise> {
    with_words(text, recipe, generate(recipe)?.task)
}

/// Returns a made task with words around it: an exercise like any other. Its sources are those of the app's own exercises.
pub fn with_words(text: Language, recipe: &Recipe, task: Task) -> Option<Exercise> {
    let texts = text.exercises();
    let purpose = recipe.purpose();
    let (title, story) = made(text, purpose);
    let (objective, track, source, [nudge, idea, debrief, at_work]) = match purpose {
        Purpose::Release => (
            "transitions",
            Track::Stages,
            None,
            [
                texts.release_nudge,
                texts.release_idea,
                texts.release_debrief,
                texts.release_at_work,
            ],
        ),
        Purpose::RollBack => (
            "rollback",
            Track::Stages,
            None,
            [
                texts.roll_back_nudge,
                texts.roll_back_idea,
                texts.roll_back_debrief,
                texts.roll_back_at_work,
            ],
        ),
        Purpose::CleanUp => (
            "several-live",
            Track::Mlflow,
            Some("mlflow-issue-6414"),
            [
                texts.clean_up_nudge,
                texts.clean_up_idea,
                texts.clean_up_debrief,
                texts.clean_up_at_work,
            ],
        ),
        Purpose::Aliases => (
            "aliases",
            Track::Aliases,
            Some("mlflow-workflow"),
            [
                texts.aliases_nudge,
                texts.aliases_idea,
                texts.aliases_debrief,
                texts.aliases_at_work,
            ],
        ),
        Purpose::Migrate => (
            "migrate",
            Track::Aliases,
            Some("mlflow-workflow"),
            [
                texts.migrate_nudge,
                texts.migrate_idea,
                texts.migrate_debrief,
                texts.migrate_at_work,
            ],
        ),
    };
    Some(Exercise {
        id: made_id(recipe)?,
        track,
        form: Form::Free,
        title: title.to_owned(),
        objective: Id::parse(objective)?,
        story: story.to_owned(),
        hints: Hints {
            nudge: nudge.to_owned(),
            idea: idea.to_owned(),
        },
        debrief: debrief.to_owned(),
        at_work: at_work.to_owned(),
        sources: source.and_then(Id::parse).into_iter().collect(),
        task,
    })
}
