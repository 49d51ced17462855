//! What a refusal says to a person: what was refused, by which rule, why, and what to do instead.

use super::{Language, fill};
use registry::Invalid;
use registry::invalid::{Limited, Named};
use registry::{
    Command, NotHere, Refusal, RefusalKind, TeamRefusal, TeamRule, VersionNumber, WayOut,
    WayOutKind,
};

/// A refusal in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explained {
    /// Whose rule it is: the team's, MLflow's, or the simulator's.
    pub whose: &'static str,
    /// The rule in a few words.
    pub rule: String,
    /// Why it stands against what was asked.
    pub why: String,
    /// What to do.
    pub advice: String,
    /// What MLflow itself would say, letter for letter; nothing where MLflow would not refuse.
    pub mlflow_says: Option<String>,
    /// The ways out, in the order of [`Refusal::ways_out`], in words.
    pub ways_out: Vec<String>,
}

/// The words of refusals. A pair is a rule and its reason, a triple has the advice too.
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields are named by what they explain")]
pub struct RefusalText {
    pub of_team: &'static str,
    pub of_mlflow: &'static str,
    pub of_simulator: &'static str,
    pub of_exercise: &'static str,
    pub mlflow_says: &'static str,
    pub ways_out: &'static str,
    pub test_before_production: Words,
    pub no_way_back_from_production: Words,
    pub no_way_back_from_archived: Words,
    pub roll_back_to_proven: Words,
    pub one_live_version: Words,
    pub already_there: Words,
    pub keep_live_version: Words,
    pub keep_live_model: Words,
    pub name_missing: Words,
    pub name_characters: Words,
    pub name_path: Words,
    pub key_path: Words,
    pub model_exists: Words,
    pub model_not_found: Words,
    pub version_not_found: Words,
    pub version_not_integer: Words,
    pub version_missing: Words,
    pub stage_blank: Words,
    pub stage_unknown: Words,
    pub stage_not_active: Words,
    pub nothing_in_stage: Words,
    pub alias_empty: Words,
    pub alias_characters: Words,
    pub alias_latest: Words,
    pub alias_like_version: Words,
    pub alias_not_found: Words,
    pub latest_not_found: Words,
    pub key_characters: Words,
    pub too_long: Words,
    pub too_long_own: Words,
    pub uri_improper: Words,
    pub uri_logged_model: Words,
    pub no_versions: Words,
    pub copy_scheme: Words,
    pub copy_source: Words,
    pub metric: Words,
    pub numbers_used_up: Words,
    pub nothing_to_undo: Words,
    pub not_yours: Words,
    pub nothing_to_redo: Words,
    pub no_such_step: Words,
    pub looking_back: Words,
    pub read_only: Words,
    pub not_here: Words,
    pub way_archive_then_promote: &'static str,
    pub way_promote_and_archive: &'static str,
    pub way_test_first: &'static str,
    pub way_pull_back: &'static str,
    pub way_retire: &'static str,
    pub way_retire_all: &'static str,
    pub way_archive_others: &'static str,
    pub way_without_archiving: &'static str,
    pub version: &'static str,
    pub and: &'static str,
}

/// A rule, its reason, and what to do.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "said by the type")]
pub struct Words {
    pub rule: &'static str,
    pub why: &'static str,
    pub advice: &'static str,
}

const fn words(rule: &'static str, why: &'static str, advice: &'static str) -> Words {
    Words { rule, why, advice }
}

pub(super) static EN_REFUSAL: RefusalText = RefusalText {
    of_team: "A team rule (MLflow itself would allow this)",
    of_mlflow: "A rule of MLflow",
    of_simulator: "A limit of this simulator",
    of_exercise: "A limit of this exercise (the registry itself would do it)",
    mlflow_says: "MLflow's own words",
    ways_out: "What you can do instead",
    test_before_production: words(
        "Test before production",
        "Version {version} has no stage yet: nobody has tested it. Users would be its first testers.",
        "Submit it for testing first. From Staging it can be promoted.",
    ),
    no_way_back_from_production: words(
        "A version that was live keeps its stage",
        "Version {version} is live. Taking its stage away would leave no trace of what users had.",
        "Pull it back to Staging, or retire it to Archived.",
    ),
    no_way_back_from_archived: words(
        "Archived versions stay on record",
        "Version {version} is archived. Taking its stage away would make it look as if it were new.",
        "To use it again, test it again in Staging.",
    ),
    roll_back_to_proven: words(
        "Roll back only to what has been live",
        "Version {version} was archived without ever having been live: it is not proven.",
        "Test it again in Staging, then promote it.",
    ),
    one_live_version: words(
        "One live version",
        "Live already: {live}. With two live versions the higher number answers, whether you meant it or not.",
        "Make room first, or do both in one step.",
    ),
    already_there: words(
        "Already there",
        "Version {version} is in {to} already.",
        "There is nothing to do.",
    ),
    keep_live_version: words(
        "A live version is not deleted",
        "Version {version} is live: deleting it would take it away from the users at once, and its record with it.",
        "Retire it first. Archived, it can be deleted – but keeping the record is usually wiser.",
    ),
    keep_live_model: words(
        "A model with a live version is not deleted",
        "Live now: {live}. Apps that ask for this model would get an error at once.",
        "Retire what is live first.",
    ),
    name_missing: words(
        "A model needs a name",
        "The name is empty or blank.",
        "Write a name, for example fraud-detector.",
    ),
    name_characters: words(
        "No / and no : in a model's name",
        "They would break addresses such as models:/name/3.",
        "Use a dash, a dot or an underscore instead.",
    ),
    name_path: words(
        "A name must not read like a path",
        "“{name}” would mean another folder when used as a path.",
        "Choose a name with letters, for example fraud-detector.",
    ),
    key_path: words(
        "A key must not read like a path",
        "“{name}” is empty or would mean another folder when used as a path.",
        "Choose a key such as validation_status, without a slash at its start and without //.",
    ),
    model_exists: words(
        "Names are unique",
        "There is a model named {name} already.",
        "Choose another name, or add a version to that model.",
    ),
    model_not_found: words(
        "The model must exist",
        "There is no model named {name}. Upper and lower case matter.",
        "Check the name, or register the model first.",
    ),
    version_not_found: words(
        "The version must exist",
        "Model {name} has no version {version}. Numbers of deleted versions are not given out again.",
        "Choose one of the versions that are there.",
    ),
    version_not_integer: words(
        "A version is a whole number",
        "“{text}” is not a whole number.",
        "Write a number such as 3.",
    ),
    version_missing: words(
        "Say which version",
        "No version was given.",
        "Name the version, for example 3.",
    ),
    stage_blank: words(
        "Say which stage",
        "The stage is empty.",
        "Write None, Staging, Production or Archived.",
    ),
    stage_unknown: words(
        "There are exactly four stages",
        "“{text}” is not one of them.",
        "Write None, Staging, Production or Archived; upper and lower case do not matter, but leave no spaces around it.",
    ),
    stage_not_active: words(
        "Only Staging and Production can be cleared",
        "archive_existing_versions was asked for on a move to {text}.",
        "Move the version without it.",
    ),
    nothing_in_stage: words(
        "Something must be in the stage",
        "No version is in {text}.",
        "Name the version itself.",
    ),
    alias_empty: words(
        "An alias needs a name",
        "The alias is empty.",
        "Write an alias such as champion.",
    ),
    alias_characters: words(
        "Letters, digits, _ and - in an alias",
        "“{text}” has another character.",
        "Write an alias such as champion or prod-eu.",
    ),
    alias_latest: words(
        "latest is reserved",
        "models:/name@latest always means the highest version.",
        "Choose another alias, for example champion.",
    ),
    alias_like_version: words(
        "An alias must not look like a version",
        "{text} reads like a version number.",
        "Choose a word, for example champion.",
    ),
    alias_not_found: words(
        "The alias must exist",
        "There is no alias {text}. Upper and lower case matter.",
        "Check the spelling, or set the alias first.",
    ),
    latest_not_found: words(
        "There must be a version",
        "Model {name} has no version yet.",
        "Add a version first.",
    ),
    key_characters: words(
        "Letters, digits and _ - . : / in a key",
        "“{text}” has another character.",
        "Write a key such as validation_status.",
    ),
    too_long: words(
        "There is a maximum length",
        "It is longer than {limit} characters.",
        "Shorten it.",
    ),
    too_long_own: words(
        "There is a maximum length",
        "It is longer than {limit} characters, which is as much as this simulator keeps in one text.",
        "Shorten it.",
    ),
    uri_improper: words(
        "An address names a model and a version, stage or alias",
        "“{text}” does not.",
        "Write models:/name/3, models:/name/Production or models:/name@alias.",
    ),
    uri_logged_model: words(
        "Logged models are not simulated",
        "MLflow 3 takes “{text}” for the ID of a logged model.",
        "Add a version, a stage or an alias: models:/name/3.",
    ),
    no_versions: words(
        "Something must be there to load",
        "No version of {name} answers that address.",
        "Add a version, or move one to that stage.",
    ),
    copy_scheme: words(
        "Copies come from models:/ addresses",
        "“{text}” is not one.",
        "Write models:/name/3.",
    ),
    copy_source: words(
        "The version to copy must exist",
        "“{text}” leads to no version.",
        "Check the address.",
    ),
    metric: words(
        "A metric is a number",
        "“{text}” is not one.",
        "Write a number such as 0.91.",
    ),
    numbers_used_up: words(
        "No version numbers are left",
        "Model {name} has given out its last number.",
        "Register a new model.",
    ),
    nothing_to_undo: words(
        "Nothing to undo",
        "There is no step of yours to take back.",
        "Make a move first.",
    ),
    not_yours: words(
        "Only your own steps are undone",
        "The last step was somebody else's.",
        "Restore an earlier moment in the history if you want to take it back.",
    ),
    nothing_to_redo: words(
        "Nothing to redo",
        "Nothing was taken back.",
        "Undo a step first.",
    ),
    no_such_step: words(
        "The step must be in the history",
        "This step is not kept, or was taken back.",
        "Choose another step.",
    ),
    looking_back: words(
        "The past is not changed",
        "An earlier moment is on screen, so nothing was done.",
        "Go back to now, then do it.",
    ),
    read_only: words(
        "This window only reads",
        "Nothing is saved in this window, so nothing was done. The line at the top of the page says why.",
        "Do what it says, then do this again.",
    ),
    not_here: words(
        "Not part of this exercise",
        "",
        "Nothing has changed. Look at the goal for what is still open.",
    ),
    way_archive_then_promote: "Archive {live} first, then move version {version} to Production",
    way_promote_and_archive: "Do both in one step (archive_existing_versions=True)",
    way_test_first: "Move version {version} to Staging",
    way_pull_back: "Pull version {version} back to Staging",
    way_retire: "Retire version {version} to Archived",
    way_retire_all: "Retire {live} to Archived",
    way_archive_others: "Archive {live}",
    way_without_archiving: "Move version {version} alone, without the option",
    version: "version {version}",
    and: "and",
};

/// Several versions in words: "version 1", "version 1 and version 2".
#[must_use]
pub fn versions(text: Language, numbers: &[VersionNumber]) -> String {
    let texts = text.refusals();
    let named: Vec<String> = numbers
        .iter()
        .map(|number| fill(texts.version, &[("version", number)]))
        .collect();
    match named.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} {} {last}", rest.join(", "), texts.and),
    }
}

/// The text with its first letter as a capital.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_ascii_uppercase().to_string() + letters.as_str()
    })
}

/// Puts a refusal into words.
#[must_use]
pub fn explain(text: Language, refusal: &Refusal) -> Explained {
    let texts = text.refusals();
    let kind = &refusal.kind;
    let (rule, why, advice) = reasons(text, kind);
    let (whose, mlflow_says) = match kind {
        RefusalKind::Team(_) => (texts.of_team, None),
        RefusalKind::NotHere(_) => (texts.of_exercise, None),
        RefusalKind::NothingToUndo
        | RefusalKind::NotYoursToUndo
        | RefusalKind::NothingToRedo
        | RefusalKind::NoSuchStep
        | RefusalKind::LookingBack
        | RefusalKind::ReadOnly
        | RefusalKind::UriLoggedModel { .. }
        | RefusalKind::Invalid(Invalid::MetricNotANumber { .. })
        | RefusalKind::Invalid(Invalid::TooLong {
            what: Limited::ModelName | Limited::Text,
            ..
        }) => (texts.of_simulator, None),
        _ => (texts.of_mlflow, Some(kind.to_string())),
    };
    Explained {
        whose,
        rule,
        why,
        advice,
        mlflow_says,
        ways_out: refusal
            .ways_out
            .iter()
            .map(|way| way_out(text, way))
            .collect(),
    }
}

/// The words of a way out, for its button.
fn way_out(text: Language, way: &WayOut) -> String {
    let texts = text.refusals();
    let moved = |command: &Command| match command {
        Command::TransitionModelVersionStage { version, .. } => Some(*version),
        _ => None,
    };
    let all: Vec<VersionNumber> = way.commands.iter().filter_map(moved).collect();
    let (template, others) = match way.kind {
        WayOutKind::ArchiveLiveThenPromote => (
            texts.way_archive_then_promote,
            all.split_last().map_or(&[][..], |(_, live)| live),
        ),
        WayOutKind::PromoteAndArchiveExisting => (texts.way_promote_and_archive, &all[..]),
        WayOutKind::TestFirst => (texts.way_test_first, &all[..]),
        WayOutKind::PullBack => (texts.way_pull_back, &all[..]),
        WayOutKind::Retire => (texts.way_retire, &all[..]),
        WayOutKind::RetireAll => (texts.way_retire_all, &all[..]),
        WayOutKind::ArchiveOthers => (texts.way_archive_others, &all[..]),
        WayOutKind::WithoutArchiving => (texts.way_without_archiving, &all[..]),
    };
    let version = all.last().map_or_else(String::new, ToString::to_string);
    fill(
        template,
        &[("version", &version), ("live", &versions(text, others))],
    )
}

fn reasons(text: Language, kind: &RefusalKind) -> (String, String, String) {
    let texts = text.refusals();
    let plain = |words: Words| filled(words, &[]);
    let about = |words: Words, it: &dyn std::fmt::Display| filled(words, &[("text", it)]);
    let named = |words: Words, name: &dyn std::fmt::Display| filled(words, &[("name", name)]);
    match kind {
        RefusalKind::Invalid(Invalid::NameMissing) | RefusalKind::NewNameBlank => {
            plain(texts.name_missing)
        }
        RefusalKind::Invalid(Invalid::NameCharacters { .. }) => plain(texts.name_characters),
        RefusalKind::Invalid(Invalid::NotUniquePath { of, name }) => named(
            match of {
                Named::Model => texts.name_path,
                Named::Key => texts.key_path,
            },
            name,
        ),
        RefusalKind::ModelExists { name, .. } => named(texts.model_exists, name),
        RefusalKind::ModelNotFound { name } => named(texts.model_not_found, name),
        RefusalKind::VersionNotFound { name, version } => filled(
            texts.version_not_found,
            &[("name", name), ("version", version)],
        ),
        RefusalKind::Invalid(Invalid::VersionNotInteger { text }) => {
            about(texts.version_not_integer, text)
        }
        RefusalKind::VersionOrStageMissing => plain(texts.version_missing),
        RefusalKind::NothingInStage { stage } => about(texts.nothing_in_stage, stage),
        RefusalKind::StageBlank => plain(texts.stage_blank),
        RefusalKind::Invalid(Invalid::StageUnknown { stage }) => about(texts.stage_unknown, stage),
        RefusalKind::StageNotActive { stage } => about(texts.stage_not_active, stage),
        RefusalKind::Invalid(Invalid::AliasEmpty) => plain(texts.alias_empty),
        RefusalKind::Invalid(Invalid::AliasCharacters { alias }) => {
            about(texts.alias_characters, alias)
        }
        RefusalKind::Invalid(Invalid::AliasLatest) => plain(texts.alias_latest),
        RefusalKind::Invalid(Invalid::AliasLikeVersion { alias }) => {
            about(texts.alias_like_version, alias)
        }
        RefusalKind::AliasNotFound { alias } => about(texts.alias_not_found, alias),
        RefusalKind::LatestNotFound { name } => named(texts.latest_not_found, name),
        RefusalKind::Invalid(Invalid::KeyCharacters { key }) => about(texts.key_characters, key),
        RefusalKind::Invalid(Invalid::TooLong { what, limit }) => filled(
            match what {
                Limited::ModelName | Limited::Text => texts.too_long_own,
                Limited::Alias | Limited::TagKey | Limited::TagValue => texts.too_long,
            },
            &[("limit", limit)],
        ),
        RefusalKind::UriImproper { uri } => about(texts.uri_improper, uri),
        RefusalKind::UriLoggedModel { uri } => about(texts.uri_logged_model, uri),
        RefusalKind::NoVersions { name, .. } => named(texts.no_versions, name),
        RefusalKind::CopySourceScheme { uri } => about(texts.copy_scheme, uri),
        RefusalKind::CopySource { uri, .. } => about(texts.copy_source, uri),
        RefusalKind::Invalid(Invalid::MetricNotANumber { text }) => about(texts.metric, text),
        RefusalKind::NumbersUsedUp { name } => named(texts.numbers_used_up, name),
        RefusalKind::NothingToUndo => plain(texts.nothing_to_undo),
        RefusalKind::NotYoursToUndo => plain(texts.not_yours),
        RefusalKind::NothingToRedo => plain(texts.nothing_to_redo),
        RefusalKind::NoSuchStep => plain(texts.no_such_step),
        RefusalKind::LookingBack => plain(texts.looking_back),
        RefusalKind::ReadOnly => plain(texts.read_only),
        RefusalKind::Team(refusal) => team(text, refusal),
        RefusalKind::NotHere(why) => not_here(text, why),
    }
}

fn not_here(text: Language, why: &NotHere) -> (String, String, String) {
    let words = text.refusals().not_here;
    // The list of what may be used is a line of Markdown; here it stands as plain text.
    let why = super::exercise::not_here(text, why).replace('`', "");
    (words.rule.to_owned(), why, words.advice.to_owned())
}

fn team(text: Language, refusal: &TeamRefusal) -> (String, String, String) {
    use registry::Stage;
    let texts = text.refusals();
    let from = refusal.asked.map(|(from, _)| from);
    let words = match (refusal.rule, from) {
        (TeamRule::TestBeforeProduction, _) => texts.test_before_production,
        (TeamRule::NoWayBackToNone, Some(Stage::Archived)) => texts.no_way_back_from_archived,
        (TeamRule::NoWayBackToNone, _) => texts.no_way_back_from_production,
        (TeamRule::RollBackToProven, _) => texts.roll_back_to_proven,
        (TeamRule::OneLiveVersion, _) => texts.one_live_version,
        (TeamRule::AlreadyThere, _) => texts.already_there,
        (TeamRule::KeepLiveVersion, _) => texts.keep_live_version,
        (TeamRule::KeepLiveModel, _) => texts.keep_live_model,
    };
    let version = refusal
        .version
        .map_or_else(String::new, |version| version.to_string());
    let to = refusal.asked.map_or("", |(_, to)| to.as_str());
    let live = versions(text, &refusal.live);
    filled(
        words,
        &[("version", &version), ("to", &to), ("live", &live)],
    )
}

fn filled(words: Words, values: &[(&str, &dyn std::fmt::Display)]) -> (String, String, String) {
    (
        fill(words.rule, values),
        fill(words.why, values),
        fill(words.advice, values),
    )
}
