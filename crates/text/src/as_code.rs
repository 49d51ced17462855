//! The words around code: what an export says of itself, what a real MLflow says to a command, and why an address is none.

use super::{Language, grouped};
use console::codegen::{Compatibility, NoBase};
use console::export::Note;
use console::mlflow_import::{ImportError, MAX_BYTES, OmissionReason, Remark, Unit};
use registry::difference::Lost;
use registry::{Actor, Entry};

texts!(
    /// The words around code.
    AsCodeText, EN_AS_CODE {
        badge_accepted = "MLflow accepts this",
        badge_since(version) = "MLflow accepts this since {version}",
        badge_deprecated(version) = "Works in MLflow; deprecated since {version}",
        badge_nowhere = "This page's own command (not in MLflow)",
        same_in_both = "The same with stages and with aliases.",
        base_scheme = "The address starts with http:// or https://, as in http://localhost:5000.",
        base_host = "There is no server's name in this address.",
        base_port = "A port is a number from 1 to 65535.",
        base_secret = "Leave out the user name and the password: everybody who gets a copy can read them.",
        base_path = "A path has only letters, digits and - . _ ~ / in it.",
        header_made = "Made by Model Stages, a simulator of MLflow's model registry.",
        header_does = "Run on an MLflow server, this code does there what was done in the simulator.",
        header_deprecated(version) = "Stages are deprecated since MLflow {version}: aliases and tags take their place.",
        header_what(name) = "This is the history of {name}.",
        header_all = "It starts from an empty registry: models of the same names must not be there yet.",
        header_steps = "These are some steps of it: the registry must be as it was before them.",
        base(count) = "Before the first step that is kept: the result of {count} earlier steps.",
        step(step) = "Step {step}",
        step_by(step, who) = "Step {step}, {who}",
        why(what, why) = "{what}: {why}",
        restored(step) = "The registry goes back to how it was after step {step}. MLflow has no call for that: these calls have the same result.",
        replaced = "Another registry takes the place of this one. MLflow has no call for that: these calls have the same result.",
        numbers = "A version that is made and deleted at once uses up its number, as happened here: MLflow gives each number once.",
        nothing = "No call is needed for this.",
        source(source, stands) = "A server does not accept {source} as a source. Write your own storage address in place of {stands}.",
        no_source(stands) = "A server needs a source for every version. Write your own in place of {stands}.",
        no_address(name) = "{name} cannot be written in a models:/ address, so this is a new version instead of a copy.",
        shared_run(name, version) = "{name} version {version} shares its run with a copy, and MLflow keeps metrics with the run: both show this one.",
        no_run(key, name, version) = "Left out: {key} of {name} version {version}. MLflow keeps metrics with a run, and this version comes from none.",
        lost_numbers(name, version) = "Left out: {name} from version {version} on. Too many numbers before it are used up.",
        no_too_long(long, most) = "This has {long} bytes, and the limit is {most}. Import fewer models at once.",
        no_too_deep = "This is nested too deeply to be an answer of the server.",
        no_read(line, column, code) = "Line {line}, column {column}: from here on it is neither JSON nor what Python prints. In Python, paste all that this prints: {code}",
        no_inside(line, column, code) = "Line {line}, column {column}: Python shows where this object lies, not what is inside. Paste what this prints: {code}",
        no_models = "There are no models in this.",
        no_left = "None of this can be imported:",
        no_error(message) = "The server has answered with an error: {message}",
        more_pages = "The server has more pages than these: ask it for the next one with page_token.",
        only_latest = "Of some models, only the newest version of each stage is here. The answer of model-versions/search has all of them.",
        runs = "Metrics and parameters belong to runs: they are not imported.",
        no_stage = "Some versions have no stage here: they are imported with the stage None.",
        no_times = "Some times are missing: the nearest known time is used, or the start of 1970.",
        no_zone = "Some times have no time zone: they are read as UTC.",
        seconds = "Some times are read as seconds: as milliseconds they would be in 1970.",
        microseconds = "Some times are read as microseconds: as milliseconds they would be far in the future.",
        nanoseconds = "Some times are read as nanoseconds: as milliseconds they would be far in the future.",
        tag_values = "Some tag values are missing or are not text: they are imported as they are written.",
        underscored = "Some fields are here twice, once with an underscore in front. The one without the underscore counts.",
        not_simulated(fields) = "Not simulated, so left out: {fields}.",
        left_no_model = "It is not a model, version, tag or alias.",
        left_only_name = "It is only the name of a model.",
        left_no_name = "It has no name that can be read.",
        left_number(written) = "A version number is 1 or higher, and “{written}” is not.",
        left_no_number = "The version number is missing.",
        left_not_ready(status) = "MLflow says {status}: it is not ready, or gone.",
        left_prompt = "It is a prompt. MLflow keeps prompts among the models.",
        left_no_version(version) = "It points to version {version}, which is not here.",
        left_no_text = "It is not text.",
        left_time(written) = "“{written}” is not a time since 1970.",
        left_no_time = "It is not a time.",
        left_other_model(name) = "It says that it belongs to the model {name}.",
        left_otherwise(place) = "{place} says something else, and that counts.",
        left_again = "Another tag with this key comes first and has another value. That one counts.",
        left_field = "This field is unknown.",
        left_fields(count) = "This field is unknown. It is in {count} such places.",
        lost_alias(alias, name) = "Left out: the alias {alias} of {name}. MLflow reserves this name.",
    }
);

/// Returns what a real MLflow says to a command.
pub fn compatibility(text: Language, compatibility: Compatibility) -> String {
    let texts = text.as_code();
    match compatibility {
        Compatibility::Accepted { since: None } => texts.badge_accepted.to_owned(),
        Compatibility::Accepted {
            since: Some(version),
        } => texts.badge_since(&version),
        Compatibility::Deprecated { since } => texts.badge_deprecated(&since),
        Compatibility::Nowhere => texts.badge_nowhere.to_owned(),
    }
}

/// Returns why a text is no address of a server.
pub const fn no_base(text: Language, why: NoBase) -> &'static str {
    let texts = text.as_code();
    match why {
        NoBase::Scheme => texts.base_scheme,
        NoBase::Host => texts.base_host,
        NoBase::Port => texts.base_port,
        NoBase::Secret => texts.base_secret,
        NoBase::Path => texts.base_path,
    }
}

/// Returns what an export says of itself. `is_all` says whether it is the whole history.
pub fn header(text: Language, name: &str, is_all: bool) -> String {
    let texts = text.as_code();
    let deprecated = texts.header_deprecated(&console::codegen::compatibility::STAGES_DEPRECATED);
    // What somebody has named stands below the first two lines: those can mean something to Python.
    [
        texts.header_made,
        texts.header_does,
        &deprecated,
        &texts.header_what(&name),
        if is_all {
            texts.header_all
        } else {
            texts.header_steps
        },
    ]
    .join("\n")
}

/// Returns a note of an export, in words.
pub fn note(text: Language, note: &Note) -> String {
    let texts = text.as_code();
    match note {
        Note::Base { folded } => texts.base(folded),
        Note::Step(entry) => step(text, entry),
        Note::Restored { step } => texts.restored(step),
        Note::Replaced(_) => texts.replaced.to_owned(),
        Note::Numbers => texts.numbers.to_owned(),
        Note::Nothing => texts.nothing.to_owned(),
        Note::Source { source, stands } if source.is_empty() => texts.no_source(stands),
        Note::Source { source, stands } => texts.source(source, stands),
        Note::NoAddress { name } => texts.no_address(name),
        Note::SharedRun { name, version } => texts.shared_run(name, version),
        Note::NoRun { name, version, key } => texts.no_run(key, name, version),
        Note::Lost(Lost::Numbers { name, version }) => texts.lost_numbers(name, version),
        Note::Lost(Lost::Alias { name, alias }) => texts.lost_alias(alias, name),
    }
}

fn step(text: Language, entry: &Entry) -> String {
    let texts = text.as_code();
    let what = match &entry.context.actor {
        Actor::You => texts.step(&entry.step),
        Actor::Colleague(who) => texts.step_by(&entry.step, who),
    };
    let why = &entry.context.comment;
    if why.is_empty() {
        return what;
    }
    texts.why(&what, why)
}

/// Returns why a text is no registry. `text_read` is that text.
pub fn no_registry(text: Language, why: &ImportError, text_read: &str) -> String {
    let texts = text.as_code();
    match why {
        ImportError::TooLong(long) => {
            let (long, most) = (grouped(*long), grouped(MAX_BYTES));
            texts.no_too_long(&long, &most)
        }
        ImportError::TooDeep => texts.no_too_deep.to_owned(),
        ImportError::Unreadable(at) => {
            let (line, column) = place(text_read, *at);
            texts.no_read(&line, &column, &AS_JSON)
        }
        ImportError::Opaque(at) => {
            let (line, column) = place(text_read, *at);
            texts.no_inside(&line, &column, &AS_JSON)
        }
        ImportError::AllLeftOut(_) => texts.no_left.to_owned(),
        ImportError::Nothing => texts.no_models.to_owned(),
        ImportError::Error(message) => texts.no_error(message),
    }
}

/// What the Python client knows of models and versions, as JSON.
const AS_JSON: &str =
    "json.dumps([client.search_registered_models(), client.search_model_versions()], default=vars)";

/// Returns the line and the column of a place in a text.
fn place(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let last = before.rsplit('\n').next().unwrap_or_default();
    let column = last.chars().count() + 1;
    (line, column)
}

/// Returns why something of a real registry does not come in.
pub fn left_out(text: Language, why: &OmissionReason) -> String {
    let texts = text.as_code();
    match why {
        OmissionReason::NoModel => texts.left_no_model.to_owned(),
        // MLflow's own words say it best.
        OmissionReason::Rule(kind) => kind.to_string(),
        OmissionReason::OnlyName => texts.left_only_name.to_owned(),
        OmissionReason::NoName => texts.left_no_name.to_owned(),
        OmissionReason::Number(Some(written)) => texts.left_number(written),
        OmissionReason::Number(None) => texts.left_no_number.to_owned(),
        OmissionReason::NotReady(status) => texts.left_not_ready(status),
        OmissionReason::Prompt => texts.left_prompt.to_owned(),
        OmissionReason::NoVersion(version) => texts.left_no_version(version),
        OmissionReason::NoText => texts.left_no_text.to_owned(),
        OmissionReason::NoTime(Some(written)) => texts.left_time(written),
        OmissionReason::NoTime(None) => texts.left_no_time.to_owned(),
        OmissionReason::OtherModel(name) => texts.left_other_model(name),
        OmissionReason::Again => texts.left_again.to_owned(),
        OmissionReason::Otherwise(place) => texts.left_otherwise(place),
        OmissionReason::Field(0) => texts.left_field.to_owned(),
        OmissionReason::Field(more) => texts.left_fields(&(more + 1)),
    }
}

/// Returns what should be known of a real registry.
pub fn remark(text: Language, remark: &Remark) -> String {
    let texts = text.as_code();
    let words = match remark {
        Remark::MorePages => texts.more_pages,
        Remark::OnlyLatest => texts.only_latest,
        Remark::Runs => texts.runs,
        Remark::NoStage => texts.no_stage,
        Remark::NoTimes => texts.no_times,
        Remark::NoZone => texts.no_zone,
        Remark::Counted(Unit::Seconds) => texts.seconds,
        Remark::Counted(Unit::Microseconds) => texts.microseconds,
        Remark::Counted(Unit::Nanoseconds) => texts.nanoseconds,
        Remark::TagValues => texts.tag_values,
        Remark::Underscored => texts.underscored,
        Remark::NotSimulated(fields) => {
            return texts.not_simulated(&fields.join(", "));
        }
    };
    words.to_owned()
}
