//! What is wrong with a request to the REST server, in words.

use super::Language;
use console::rest::Fault;
use console::segments::reads_files;

texts!(
    /// What is wrong with a request.
    RequestText, EN_REQUEST {
        no_such_option(name) = "The console does not know curl's option {name}.",
        missing_value(name) = "{name} needs a value after it.",
        no_address = "There is no address in this command, such as http://localhost:5000/api/2.0/mlflow/registered-models/get.",
        two_addresses = "There is a second address in this command. A value with a blank in it needs quotes.",
        file = "The console has no files. Write the JSON itself after -d, in single quotes.",
        pipe(program) = "The console does not know {program} behind a |, or not all of this. It takes a value out of an answer with jq and a path, such as | jq -r .model_version.version, and knows | jq . and | python3 -m json.tool. Nothing is sent.",
        no_path(path) = "The answer has nothing at {path}. A shell would continue with the text null; the console stops here.",
        substitution = "The console knows $(…) only as NAME=$(curl …) with one request in it, on a line of its own. Nothing of this line is sent.",
        and = "The console does not know &&. It stops by itself when something fails: put the next command on a line of its own. Nothing of this line is sent.",
        block(word) = "The console runs one command after the other: it does not know {word}. Write the commands themselves, or all of it in Python.",
        no_program(name) = "The console has no program {name}. It knows curl, mlflow, echo and variables.",
        no_files(name) = "There are no files here, so {name} has nothing to read. Paste the text of the script itself. What follows its name, such as --stage Production, goes into “Arguments” under “For Python”.",
        answer = "The console has no files and shows the answer itself, with its status where it is an error. Leave this out. Nothing is sent.",
        dash = "This is the long dash of a word processor. An option begins with - or --. Nothing is sent.",
        line_end_blank = "There is a space after this \\, so the line ends here. Delete the space. Nothing is sent.",
        line_end_cmd = "^ carries a line on in cmd on Windows. Here, write \\ at the end of the line, or all on one line.",
        line_end_powershell = "A backtick carries a line on in PowerShell. Here, write \\ at the end of the line, or all on one line.",
        address_blank = "curl: (3) URL using bad/illegal format or missing URL. An address has no blanks in it: write %20, or use -G --data-urlencode 'filter=…'. Nothing is sent.",
        address_sign(sign, code) = "curl reads {sign} in an address as part of a pattern. Write {code} for it, or use -g. Nothing is sent.",
        variable(name) = "{name} was given no value. Write it into the command, or set it first: {name}=…",
        no_endpoint(path) = "The server has nothing at {path}. Paths start with /api/2.0/mlflow/.",
        not_simulated(path) = "An MLflow server has something at {path}, but this page simulates only its model registry. Nothing is sent.",
        breaks(value, name) = "The server cannot work with {value} for {name} and fails.",
        wrong_verb(verb, allowed) = "The server does not take {verb} here. It takes {allowed}.",
        or(one, other) = "{one} or {other}",
        no_content_type = "The server has to be told that JSON is sent: -H 'Content-Type: application/json'.",
        json = "The JSON ends too early here, or is not valid. The server reads it as an empty request.",
        no_object = "The server needs an object: {\"name\": …}.",
        missing_field(name) = "The field {name} is missing or empty.",
        wrong_kind(name, value) = "The server does not take a value of this kind for {name}: it is {value}.",
        wrong_version(value) = "A version is a text to the server: \"{value}\", in quotes.",
        two_spellings(name, other) = "{name} and {other} are the same field. Leave one out.",
        nearest(name) = "Did you mean {name}?",
        instead(name) = "{name} is there. Did you mean it?",
    }
);

/// Returns what is wrong with a request, and what was probably meant.
pub fn fault(text: Language, fault: &Fault) -> String {
    let texts = text.requests();
    let near = |said: String, nearest: Option<&str>| match nearest {
        Some(name) => format!("{said} {}", texts.nearest(&name)),
        None => said,
    };
    match fault {
        Fault::NoSuchOption { option, nearest } => {
            let said = texts.no_such_option(option);
            near(said, *nearest)
        }
        Fault::MissingValue { option } => texts.missing_value(option),
        Fault::NoAddress => texts.no_address.to_owned(),
        Fault::TwoAddresses => texts.two_addresses.to_owned(),
        Fault::File => texts.file.to_owned(),
        Fault::Pipe { program } => texts.pipe(program),
        Fault::NoPath { path } => texts.no_path(path),
        Fault::Substitution => texts.substitution.to_owned(),
        Fault::And => texts.and.to_owned(),
        Fault::Block { word } => texts.block(word),
        Fault::NoProgram { name, .. } if reads_files(name) => texts.no_files(name),
        Fault::NoProgram { name, nearest } => {
            let said = texts.no_program(name);
            near(said, *nearest)
        }
        Fault::Answer => texts.answer.to_owned(),
        Fault::Dash => texts.dash.to_owned(),
        Fault::LineEnd { sign } => match sign {
            '^' => texts.line_end_cmd,
            '`' => texts.line_end_powershell,
            _ => texts.line_end_blank,
        }
        .to_owned(),
        Fault::Address { sign, .. } => match sign {
            '[' | ']' | '{' | '}' => {
                let code = format!("%{:02X}", u32::from(*sign));
                texts.address_sign(sign, &code)
            }
            _ => texts.address_blank.to_owned(),
        },
        Fault::Variable { name } => texts.variable(name),
        Fault::NoEndpoint { path, nearest } => {
            let said = texts.no_endpoint(path);
            near(said, *nearest)
        }
        Fault::NotSimulated { path } => texts.not_simulated(path),
        Fault::Breaks { field, value } => texts.breaks(value, field),
        Fault::WrongVerb { verb, allowed } => {
            let mut names = allowed.iter().map(ToString::to_string);
            let first = names.next().unwrap_or_default();
            let allowed = names.fold(first, |one, other| texts.or(&one, &other));
            texts.wrong_verb(verb, &allowed)
        }
        Fault::ContentType { .. } => texts.no_content_type.to_owned(),
        Fault::Json { .. } => texts.json.to_owned(),
        Fault::NoObject => texts.no_object.to_owned(),
        Fault::Missing { field, nearest } => {
            let said = texts.missing_field(field);
            match nearest {
                Some(name) => format!("{said} {}", texts.instead(name)),
                None => said,
            }
        }
        Fault::WrongKind {
            field: "version",
            value,
            of: "int",
        } => texts.wrong_version(value),
        Fault::WrongKind { field, value, .. } => texts.wrong_kind(field, value),
        Fault::TwoSpellings { field, other } => texts.two_spellings(field, other),
    }
}
