//! What a refusal says to a person: what was refused, by which rule, why, and what to do instead.

use std::fmt::Display;

use super::{Language, Template, has_gaps};
use registry::Invalid;
use registry::invalid::{Limited, Named};
use registry::{
    Command, ExerciseLimit, Refusal, RefusalKind, Remedy, RemedyKind, TeamRefusal, TeamRule,
    VersionNumber,
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
    /// The ways out, in the order of [`Refusal::remedies`], in words.
    pub remedies: Vec<String>,
}

texts!(
    /// The words around refusals.
    RefusalText, EN_REFUSAL {
        of_team = "A rule of this team (plain MLflow would allow this)",
        of_mlflow = "A rule of MLflow",
        of_simulator = "A limit of this simulator",
        of_exercise = "A limit of this exercise (the registry itself would allow it)",
        mlflow_says = "MLflow's own words",
        remedies = "What you can do instead",
        way_archive_then_promote(live, version) = "Archive {live} first, then move version {version} to Production",
        way_promote_and_archive = "Do both in one step (archive_existing_versions=True)",
        way_test_first(version) = "Move version {version} to Staging",
        way_pull_back(version) = "Move version {version} back to Staging",
        way_retire(version) = "Move version {version} to Archived",
        way_retire_all(live) = "Move {live} to Archived",
        way_archive_others(live) = "Archive {live}",
        way_without_archiving(version) = "Move version {version} alone, without the option",
        archive_first(live) = "Archive {live} first",
        both_at_once = "In one step",
        test_first(version) = "Move v{version} to Staging first",
        pull_back(version) = "Pull v{version} back to Staging",
        archive(live) = "Archive {live}",
        without_archiving(version) = "Move v{version} alone",
        version(version) = "version {version}",
        in_short(version) = "v{version}",
        and = "and",
    }
);

/// A rule in a few words, why it stands against what was asked, and what to do.
type Reasons = (String, String, String);

/// Declares the reasons of refusals, each as a function of the gaps in its second sentence, together with their English
/// value: the rule, why, and what to do.
macro_rules! reasons {
    ($($reason:ident $(($($gap:ident),+))? = $rule:literal, $why:literal, $advice:literal;)*) => {
        /// The reasons of refusals.
        #[derive(Debug)]
        pub struct ReasonText {
            $($reason: [Template; 3],)*
        }

        impl ReasonText {
            $(fn $reason(&self $($(, $gap: &dyn Display)+)?) -> Reasons {
                filled(self.$reason, &[$($((stringify!($gap), $gap)),+)?])
            })*
        }

        pub(super) static EN_REASON: ReasonText = ReasonText {
            $($reason: [Template($rule), Template($why), Template($advice)],)*
        };

        const _: () = {
            $(assert!(
                has_gaps($rule, &[])
                    && has_gaps($why, &[$($(stringify!($gap)),+)?])
                    && has_gaps($advice, &[]),
                concat!("the gaps of `", stringify!($reason), "` are other ones than its parameters")
            );)*
        };
    };
}

fn filled([rule, why, advice]: [Template; 3], values: &[(&str, &dyn Display)]) -> Reasons {
    (rule.fill(&[]), why.fill(values), advice.fill(&[]))
}

reasons! {
    test_before_production(version) =
        "Test before production",
        "Version {version} has no stage yet: nobody has tested it.",
        "Move it to Staging first. From there it can be promoted.";
    no_way_back_from_production(version) =
        "No way from Production back to None",
        "Version {version} is in Production. Without a stage it would look like a new version.",
        "Move it back to Staging, or to Archived.";
    no_way_back_from_archived(version) =
        "No way from Archived back to None",
        "Version {version} is archived. Without a stage it would look like a new version.",
        "To use it again, move it to Staging and test it.";
    roll_back_to_proven(version) =
        "Roll back only to a version that was in Production",
        "Version {version} is archived and was never in Production: it is not proven.",
        "Test it again in Staging, then promote it.";
    one_live_version(live) =
        "One version in Production",
        "In Production already: {live}. With two versions in Production, the higher number serves, even if you meant the lower one.",
        "Archive the other one first, or do both in one step.";
    already_there(version, to) =
        "Already there",
        "Version {version} is in {to} already.",
        "There is nothing to do.";
    keep_live_version(version) =
        "A version in Production is not deleted",
        "Version {version} is in Production: apps that load it would get an error, and its record would be gone.",
        "Archive it first. An archived version can be deleted, but it is usually better to keep the record.";
    keep_live_model(live) =
        "A model with a version in Production is not deleted",
        "In Production now: {live}. Apps that load this model would get an error.",
        "Archive what is in Production first.";
    name_missing =
        "A model needs a name",
        "The name is empty or blank.",
        "Write a name, for example fraud-detector.";
    name_characters =
        "No / and no : in a model's name",
        "They would break addresses such as models:/name/3.",
        "Use a dash, a dot or an underscore instead.";
    name_path(name) =
        "A name must not read like a path",
        "“{name}” would mean another folder when used as a path.",
        "Choose a name with letters, for example fraud-detector.";
    key_path(name) =
        "A key must not read like a path",
        "“{name}” is empty or would mean another folder when used as a path.",
        "Choose a key such as validation_status, without a slash at its start and without //.";
    model_exists(name) =
        "Names are unique",
        "There is a model named {name} already.",
        "Choose another name, or add a version to that model.";
    model_not_found(name) =
        "The model must exist",
        "There is no model named {name}. Upper and lower case matter.",
        "Check the name, or register the model first.";
    version_not_found(name, version) =
        "The version must exist",
        "Model {name} has no version {version}. A new version never gets the number of a deleted one.",
        "Choose one of the versions that are there.";
    version_not_integer(text) =
        "A version is a whole number",
        "“{text}” is not a whole number.",
        "Write a number such as 3.";
    version_missing =
        "Say which version",
        "No version was given.",
        "Name the version, for example 3.";
    stage_blank =
        "Say which stage",
        "The stage is empty.",
        "Write None, Staging, Production or Archived.";
    stage_unknown(text) =
        "There are exactly four stages",
        "“{text}” is not one of them.",
        "Write None, Staging, Production or Archived; upper and lower case do not matter, but leave no spaces around it.";
    stage_not_active(text) =
        "Only Staging and Production can be cleared",
        "archive_existing_versions was asked for on a move to {text}.",
        "Move the version without it.";
    alias_empty =
        "An alias needs a name",
        "The alias is empty.",
        "Write an alias such as champion.";
    alias_characters(text) =
        "Letters, digits, _ and - in an alias",
        "“{text}” has another character.",
        "Write an alias such as champion or prod-eu.";
    alias_latest =
        "latest is reserved",
        "models:/name@latest always means the highest version.",
        "Choose another alias, for example champion.";
    alias_like_version(text) =
        "An alias must not look like a version",
        "{text} reads like a version number.",
        "Choose a word, for example champion.";
    alias_not_found(text) =
        "The alias must exist",
        "There is no alias {text}. Upper and lower case matter.",
        "Check the spelling, or set the alias first.";
    latest_not_found(name) =
        "There must be a version",
        "Model {name} has no version yet.",
        "Add a version first.";
    key_characters(text) =
        "Letters, digits and _ - . : / in a key",
        "“{text}” has another character.",
        "Write a key such as validation_status.";
    too_long(limit) =
        "There is a maximum length",
        "It is longer than {limit} characters.",
        "Shorten it.";
    too_long_own(limit) =
        "There is a maximum length",
        "It is longer than {limit} characters, which is as much as this simulator keeps in one text.",
        "Shorten it.";
    uri_improper(text) =
        "An address names a model and a version, stage or alias",
        "“{text}” does not.",
        "Write models:/name/3, models:/name/Production or models:/name@alias.";
    uri_logged_model(text) =
        "Logged models are not simulated",
        "MLflow 3 takes “{text}” for the ID of a logged model.",
        "Add a version, a stage or an alias: models:/name/3.";
    no_versions(name) =
        "There is nothing to load",
        "No version of {name} is at this address now.",
        "Add a version, or move one to that stage.";
    copy_scheme(text) =
        "Copies come from models:/ addresses",
        "“{text}” is not one.",
        "Write models:/name/3.";
    copy_source(text) =
        "The version to copy must exist",
        "“{text}” leads to no version.",
        "Check the address.";
    metric(text) =
        "A metric is a number",
        "“{text}” is not one.",
        "Write a number such as 0.91.";
    numbers_used_up(name) =
        "No version numbers are left",
        "Model {name} has used its last number.",
        "Register a new model.";
    nothing_to_undo =
        "Nothing to undo",
        "There is no step of yours to undo.",
        "Make a move first.";
    not_yours =
        "Only your own steps are undone",
        "The last step was somebody else's.",
        "To undo it all the same, restore an earlier moment in the history.";
    nothing_to_redo =
        "Nothing to redo",
        "Nothing was undone.",
        "Undo a step first.";
    no_such_step =
        "The step must be in the history",
        "This step is not kept, or was undone.",
        "Choose another step.";
    looking_back =
        "The past is not changed",
        "An earlier moment is on screen, so nothing was done.",
        "Go back to now, then do it.";
    read_only =
        "This window only shows, it saves nothing",
        "Nothing is saved in this window, so nothing was done. The line at the top of the page says why.",
        "Do what it says, then do this again.";
    not_here(why) =
        "Not part of this exercise",
        "{why}",
        "Nothing has changed. The goal shows what is still open.";
}

/// Several versions in words: "version 1", "version 1 and version 2".
pub fn versions(text: Language, numbers: &[VersionNumber]) -> String {
    let texts = text.refusals();
    listed(text, numbers.iter().map(|number| texts.version(number)))
}

/// Several versions in short: "v1", "v1 and v2".
pub fn numbers_in_short(text: Language, numbers: &[VersionNumber]) -> String {
    let texts = text.refusals();
    listed(text, numbers.iter().map(|number| texts.in_short(number)))
}

fn listed(text: Language, named: impl Iterator<Item = String>) -> String {
    let named: Vec<String> = named.collect();
    match named.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} {} {last}", rest.join(", "), text.refusals().and),
    }
}

/// Returns the text with its first letter as a capital.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_ascii_uppercase().to_string() + letters.as_str()
    })
}

/// Puts a refusal into words.
pub fn explain(text: Language, refusal: &Refusal) -> Explained {
    let texts = text.refusals();
    let kind = &refusal.kind;
    let (rule, why, advice) = reasons(text, kind);
    let (whose, mlflow_says) = match kind {
        RefusalKind::Team(_) => (texts.of_team, None),
        RefusalKind::ExerciseLimit(_) => (texts.of_exercise, None),
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
        remedies: refusal
            .remedies
            .iter()
            .map(|way| remedy(text, way))
            .collect(),
    }
}

/// The versions that a way out moves, in its order.
fn moved(way: &Remedy) -> Vec<VersionNumber> {
    let moved = way.commands.iter().filter_map(|command| match command {
        Command::TransitionModelVersionStage { version, .. } => Some(*version),
        _ => None,
    });
    moved.collect()
}

/// Returns the words of a way out, for its button.
fn remedy(text: Language, way: &Remedy) -> String {
    let texts = text.refusals();
    let all = moved(way);
    let version = all.last().map_or_else(String::new, ToString::to_string);
    let live = |numbers: &[VersionNumber]| versions(text, numbers);
    match way.kind {
        RemedyKind::ArchiveLiveThenPromote => {
            let others = all.split_last().map_or(&[][..], |(_, live)| live);
            texts.way_archive_then_promote(&live(others), &version)
        }
        RemedyKind::PromoteAndArchiveExisting => texts.way_promote_and_archive.to_owned(),
        RemedyKind::TestFirst => texts.way_test_first(&version),
        RemedyKind::PullBack => texts.way_pull_back(&version),
        RemedyKind::Retire => texts.way_retire(&version),
        RemedyKind::RetireAll => texts.way_retire_all(&live(&all)),
        RemedyKind::ArchiveOthers => texts.way_archive_others(&live(&all)),
        RemedyKind::WithoutArchiving => texts.way_without_archiving(&version),
    }
}

/// Returns the words of a way out in short, for a button on the board.
pub fn way_in_short(text: Language, way: &Remedy) -> String {
    let texts = text.refusals();
    let all = moved(way);
    let version = all.last().map_or_else(String::new, ToString::to_string);
    let live = |numbers: &[VersionNumber]| numbers_in_short(text, numbers);
    match way.kind {
        RemedyKind::ArchiveLiveThenPromote => {
            let others = all.split_last().map_or(&[][..], |(_, live)| live);
            texts.archive_first(&live(others))
        }
        RemedyKind::PromoteAndArchiveExisting => texts.both_at_once.to_owned(),
        RemedyKind::TestFirst => texts.test_first(&version),
        RemedyKind::PullBack => texts.pull_back(&version),
        RemedyKind::Retire | RemedyKind::RetireAll | RemedyKind::ArchiveOthers => {
            texts.archive(&live(&all))
        }
        RemedyKind::WithoutArchiving => texts.without_archiving(&version),
    }
}

fn reasons(text: Language, kind: &RefusalKind) -> Reasons {
    let texts = text.reasons();
    match kind {
        RefusalKind::Invalid(Invalid::NameMissing) | RefusalKind::NewNameBlank => {
            texts.name_missing()
        }
        RefusalKind::Invalid(Invalid::NameCharacters { .. }) => texts.name_characters(),
        RefusalKind::Invalid(Invalid::NotUniquePath { of, name }) => match of {
            Named::Model => texts.name_path(name),
            Named::Key => texts.key_path(name),
        },
        RefusalKind::ModelExists { name, .. } => texts.model_exists(name),
        RefusalKind::ModelNotFound { name } => texts.model_not_found(name),
        RefusalKind::VersionNotFound { name, version } => texts.version_not_found(name, version),
        RefusalKind::Invalid(Invalid::VersionNotInteger { text }) => {
            texts.version_not_integer(text)
        }
        RefusalKind::VersionOrStageMissing => texts.version_missing(),
        RefusalKind::StageBlank => texts.stage_blank(),
        RefusalKind::Invalid(Invalid::StageUnknown { stage }) => texts.stage_unknown(stage),
        RefusalKind::StageNotActive { stage } => texts.stage_not_active(stage),
        RefusalKind::Invalid(Invalid::AliasEmpty) => texts.alias_empty(),
        RefusalKind::Invalid(Invalid::AliasCharacters { alias }) => texts.alias_characters(alias),
        RefusalKind::Invalid(Invalid::AliasLatest) => texts.alias_latest(),
        RefusalKind::Invalid(Invalid::AliasLikeVersion { alias }) => {
            texts.alias_like_version(alias)
        }
        RefusalKind::AliasNotFound { alias } => texts.alias_not_found(alias),
        RefusalKind::LatestNotFound { name } => texts.latest_not_found(name),
        RefusalKind::Invalid(Invalid::KeyCharacters { key }) => texts.key_characters(key),
        RefusalKind::Invalid(Invalid::TooLong { what, limit }) => match what {
            Limited::ModelName | Limited::Text => texts.too_long_own(limit),
            Limited::Alias | Limited::TagKey | Limited::TagValue => texts.too_long(limit),
        },
        RefusalKind::UriImproper { uri } => texts.uri_improper(uri),
        RefusalKind::UriLoggedModel { uri } => texts.uri_logged_model(uri),
        RefusalKind::NoVersions { name, .. } => texts.no_versions(name),
        RefusalKind::CopySourceScheme { uri } => texts.copy_scheme(uri),
        RefusalKind::CopySource { uri, .. } => texts.copy_source(uri),
        RefusalKind::Invalid(Invalid::MetricNotANumber { text }) => texts.metric(text),
        RefusalKind::NumbersUsedUp { name } => texts.numbers_used_up(name),
        RefusalKind::NothingToUndo => texts.nothing_to_undo(),
        RefusalKind::NotYoursToUndo => texts.not_yours(),
        RefusalKind::NothingToRedo => texts.nothing_to_redo(),
        RefusalKind::NoSuchStep => texts.no_such_step(),
        RefusalKind::LookingBack => texts.looking_back(),
        RefusalKind::ReadOnly => texts.read_only(),
        RefusalKind::Team(refusal) => team(text, refusal),
        RefusalKind::ExerciseLimit(why) => not_here(text, why),
    }
}

fn not_here(text: Language, why: &ExerciseLimit) -> Reasons {
    // The list of what may be used is a line of Markdown; here it stands as plain text.
    let why = super::not_here::not_here(text, why).replace('`', "");
    text.reasons().not_here(&why)
}

fn team(text: Language, refusal: &TeamRefusal) -> Reasons {
    use registry::Stage;
    let texts = text.reasons();
    let from = refusal.asked.map(|(from, _)| from);
    let version = &refusal
        .version
        .map_or_else(String::new, |version| version.to_string());
    let live = || versions(text, &refusal.live);
    match (refusal.rule, from) {
        (TeamRule::TestBeforeProduction, _) => texts.test_before_production(version),
        (TeamRule::NoWayBackToNone, Some(Stage::Archived)) => {
            texts.no_way_back_from_archived(version)
        }
        (TeamRule::NoWayBackToNone, _) => texts.no_way_back_from_production(version),
        (TeamRule::RollBackToProven, _) => texts.roll_back_to_proven(version),
        (TeamRule::OneLiveVersion, _) => texts.one_live_version(&live()),
        (TeamRule::AlreadyThere, _) => {
            let to = refusal.asked.map_or("", |(_, to)| to.as_str());
            texts.already_there(version, &to)
        }
        (TeamRule::KeepLiveVersion, _) => texts.keep_live_version(version),
        (TeamRule::KeepLiveModel, _) => texts.keep_live_model(&live()),
    }
}
