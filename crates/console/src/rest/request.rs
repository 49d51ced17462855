//! A command line of `curl` as the request that it makes.

use super::endpoints::{ENDPOINTS, Endpoint, PAGE_ROOT, ROOT, Verb, not_simulated};
use super::fault::Fault;
use super::shell_words::Pipeline;
use super::source_map::{MappedText, Variables};
use crate::diagnostic::Problem;
use crate::nearest::nearest;
use crate::span::Span;
use registry::percent::{self, UNRESERVED};

/// A request.
#[derive(Clone, Debug)]
pub struct Request {
    /// Where the whole stands.
    pub at: Span,
    /// Where it goes.
    pub endpoint: &'static Endpoint,
    pub verb: Verb,
    /// What is sent: a body, or a query.
    pub sent: MappedText,
    pub is_query: bool,
}

/// What the options of `curl` have said.
#[derive(Default)]
struct Options {
    verb: Option<MappedText>,
    address: Option<MappedText>,
    data: Option<MappedText>,
    content_type: Option<String>,
    is_query: bool,
    /// Whether brackets in an address mean themselves.
    is_plain: bool,
}

/// An option with a value: its short form, its long forms, and what it is for.
struct Valued(char, &'static [&'static str], What);

#[derive(Clone, Copy, PartialEq)]
enum What {
    Verb,
    Header,
    Data,
    Json,
    Encoded,
    Address,
    /// It changes nothing here.
    Passed,
    /// It would do something with the answer that is not done here.
    Refused,
}

const VALUED: [Valued; 12] = [
    Valued('X', &["--request"], What::Verb),
    Valued('H', &["--header"], What::Header),
    Valued(
        'd',
        &["--data", "--data-raw", "--data-ascii", "--data-binary"],
        What::Data,
    ),
    Valued('\0', &["--json"], What::Json),
    Valued('\0', &["--data-urlencode"], What::Encoded),
    Valued('\0', &["--url"], What::Address),
    Valued('o', &["--output"], What::Refused),
    Valued('w', &["--write-out"], What::Refused),
    Valued('u', &["--user"], What::Passed),
    Valued('A', &["--user-agent"], What::Passed),
    Valued('m', &["--max-time"], What::Passed),
    Valued(
        '\0',
        &["--connect-timeout", "--retry", "--retry-delay"],
        What::Passed,
    ),
];

/// Options without a value that change nothing here, in their short and long forms.
const FLAGS: [(char, &str); 13] = [
    ('s', "--silent"),
    ('S', "--show-error"),
    ('f', "--fail"),
    ('L', "--location"),
    ('k', "--insecure"),
    ('i', "--include"),
    ('v', "--verbose"),
    ('g', "--globoff"),
    ('N', "--no-buffer"),
    ('#', "--progress-bar"),
    ('\0', "--fail-with-body"),
    ('\0', "--compressed"),
    ('\0', "--no-progress-meter"),
];

/// The options that a request is usually made with.
pub const USUAL_OPTIONS: [&str; 4] = ["-X", "-H", "-d", "--json"];

/// The long names of all options.
pub fn options() -> impl Iterator<Item = &'static str> {
    let valued = VALUED.iter().flat_map(|Valued(_, names, _)| *names);
    let flags = FLAGS.iter().map(|(_, name)| *name);
    valued.copied().chain(flags).chain(["--get"])
}

impl Options {
    fn take(&mut self, what: What, value: MappedText) -> Result<(), Problem> {
        match what {
            What::Verb => self.verb = Some(value),
            What::Header => {
                if let Some((name, said)) = value.text.split_once(':')
                    && name.trim().eq_ignore_ascii_case("content-type")
                {
                    self.content_type = Some(said.trim().to_owned());
                }
            }
            What::Data | What::Encoded | What::Json => {
                let is_file = match what {
                    What::Encoded => !value.text.contains('=') && value.text.contains('@'),
                    _ => value.text.starts_with('@'),
                };
                if is_file {
                    return Err(Problem::rest(value.at, Fault::File));
                }
                let value = if what == What::Encoded {
                    encoded(&value)
                } else {
                    value
                };
                if what == What::Json {
                    self.content_type
                        .get_or_insert_with(|| "application/json".to_owned());
                }
                match &mut self.data {
                    None => self.data = Some(value),
                    Some(data) => data.join(value),
                }
            }
            What::Address => {
                if self.address.is_some() {
                    return Err(Problem::rest(value.at, Fault::TwoAddresses));
                }
                self.address = Some(value);
            }
            What::Passed => {}
            // A line end behind the answer: so the exported scripts have it.
            What::Refused if value.text == "\\n" => {}
            What::Refused => return Err(Problem::rest(value.at, Fault::Answer)),
        }
        Ok(())
    }
}

/// `--data-urlencode NAME=VALUE`: what stands behind the first `=` is put into the form of addresses.
fn encoded(value: &MappedText) -> MappedText {
    let (name, text) = value.text.split_once('=').unwrap_or(("", &value.text));
    let mut out = String::new();
    if !name.is_empty() {
        out.push_str(name);
        out.push('=');
    }
    out.push_str(&percent::encode(text, UNRESERVED));
    MappedText::instead(value.at, out)
}

/// Reads a command line of `curl`, whose first word is known.
///
/// # Errors
/// The first thing that is wrong: with the command line, and then with the address.
pub fn curl(line: &Pipeline, variables: &Variables) -> Result<Request, Problem> {
    let mut options = Options::default();
    let mut words = line.words.iter().skip(1);
    while let Some(word) = words.next() {
        let word = MappedText::of(word, variables)?;
        if word.text.starts_with(['–', '—', '−']) {
            return Err(Problem::rest(word.at, Fault::Dash));
        }
        if !word.text.starts_with('-') || word.text == "-" {
            options.take(What::Address, word)?;
            continue;
        }
        let mut value = |option: &'static str, at: Span| match words.next() {
            Some(word) => MappedText::of(word, variables),
            None => Err(Problem::rest(at, Fault::MissingValue { option })),
        };
        if word.text.starts_with("--") {
            if word.text == "--globoff" {
                options.is_plain = true;
            }
            if word.text == "--get" {
                options.is_query = true;
            } else if let Some((name, what)) = long(&word.text) {
                let given = value(name, word.at)?;
                let given = if what == What::Refused && given.text != "\\n" {
                    word
                } else {
                    given
                };
                options.take(what, given)?;
            } else if !FLAGS.iter().any(|(_, name)| *name == word.text) {
                return Err(no_such_option(&word));
            }
            continue;
        }
        cluster(&word, &mut options, &mut value)?;
    }
    finish(line, options)
}

fn long(name: &str) -> Option<(&'static str, What)> {
    VALUED.iter().find_map(|Valued(_, names, what)| {
        let found = names.iter().find(|known| **known == name)?;
        Some((*found, *what))
    })
}

fn no_such_option(word: &MappedText) -> Problem {
    let nearest = nearest(&word.text, options());
    let option = word.text.clone();
    Problem::rest(word.at, Fault::NoSuchOption { option, nearest })
}

/// Short options that stand together: `-sS`, `-XPOST`.
fn cluster(
    word: &MappedText,
    options: &mut Options,
    value: &mut dyn FnMut(&'static str, Span) -> Result<MappedText, Problem>,
) -> Result<(), Problem> {
    for (at, letter) in word.text.char_indices().skip(1) {
        if letter == 'g' {
            options.is_plain = true;
        }
        if letter == 'G' {
            options.is_query = true;
            continue;
        }
        let found = VALUED.iter().find(|Valued(short, ..)| *short == letter);
        if let Some(Valued(_, names, what)) = found {
            let behind = at + letter.len_utf8();
            let name = names.first().copied().unwrap_or_default();
            let given = if behind < word.text.len() {
                word.from(behind)
            } else {
                value(name, word.at)?
            };
            let given = if *what == What::Refused && given.text != "\\n" {
                word.clone()
            } else {
                given
            };
            return options.take(*what, given);
        }
        if !FLAGS.iter().any(|(short, _)| *short == letter) {
            return Err(no_such_option(word));
        }
    }
    Ok(())
}

fn finish(line: &Pipeline, options: Options) -> Result<Request, Problem> {
    let Some(address) = options.address else {
        return Err(Problem::rest(line.at, Fault::NoAddress));
    };
    check_address(&address, options.is_plain)?;
    let mut data = options.data;
    let mut content_type = options.content_type;
    let usual = if data.is_some() && !options.is_query {
        "POST"
    } else {
        "GET"
    };
    let (verb, verb_at) = match &options.verb {
        Some(verb) => (verb.text.as_str(), verb.at),
        None => (usual, address.at),
    };
    let mut query = address.text.find('?').map(|at| address.from(at + 1));
    if options.is_query {
        match (&mut query, data.take()) {
            (Some(query), Some(data)) => query.join(data),
            (query @ None, data) => *query = data,
            (Some(_), None) => {}
        }
    } else if data.is_some() && content_type.is_none() {
        content_type = Some("application/x-www-form-urlencoded".to_owned());
    }
    make(
        line.at,
        verb,
        verb_at,
        &address,
        query,
        data,
        content_type.as_deref(),
    )
}

/// Refuses what `curl` sends nowhere: blanks in an address, and brackets that it reads as a pattern.
fn check_address(address: &MappedText, is_plain: bool) -> Result<(), Problem> {
    let is_wrong = |c: char| {
        c.is_ascii_whitespace()
            || c.is_ascii_control()
            || (!is_plain && matches!(c, '[' | ']' | '{' | '}'))
    };
    let Some((start, sign)) = address.text.char_indices().find(|(_, c)| is_wrong(*c)) else {
        return Ok(());
    };
    let at = address.place(start, start + sign.len_utf8());
    let position = start + 1;
    Err(Problem::rest(at, Fault::Address { sign, position }))
}

/// Finds where a request goes.
fn make(
    at: Span,
    verb: &str,
    verb_at: Span,
    address: &MappedText,
    query: Option<MappedText>,
    data: Option<MappedText>,
    content_type: Option<&str>,
) -> Result<Request, Problem> {
    let path = address.text.split(['?', '#']).next().unwrap_or_default();
    let after_host = match path.split_once("://") {
        Some((_, rest)) => rest
            .find('/')
            .and_then(|at| rest.get(at..))
            .unwrap_or_default(),
        // `localhost:5000/api/…` is an address too.
        None => path
            .find('/')
            .and_then(|at| path.get(at..))
            .unwrap_or_default(),
    };
    // The page of the real server has the same under a root of its own.
    let known = [ROOT, PAGE_ROOT].iter().find_map(|root| {
        let at = after_host.find(root)?;
        after_host.get(at + root.len()..)
    });
    let known = known.unwrap_or_default();
    let here: Vec<&'static Endpoint> = ENDPOINTS.iter().filter(|it| it.path == known).collect();
    if here.is_empty() {
        if not_simulated(after_host) {
            let path = after_host.to_owned();
            return Err(Problem::rest(address.at, Fault::NotSimulated { path }));
        }
        let behind = after_host.trim_start_matches('/');
        let tail = behind.rsplitn(3, '/').take(2).collect::<Vec<_>>();
        let tail = match tail.as_slice() {
            [last, before] => format!("{before}/{last}"),
            _ => behind.to_owned(),
        };
        let nearest = nearest(&tail, ENDPOINTS.iter().map(|it| it.path));
        let path = after_host.to_owned();
        return Err(Problem::rest(
            address.at,
            Fault::NoEndpoint { path, nearest },
        ));
    }
    let found = here.iter().find_map(|endpoint| {
        let is_same = |known: &&Verb| known.as_str().eq_ignore_ascii_case(verb);
        let verb = endpoint.verbs.iter().find(is_same)?;
        Some((*endpoint, *verb))
    });
    let Some((endpoint, verb)) = found else {
        let allowed = here.iter().flat_map(|it| &it.verbs).copied().collect();
        let verb = verb.to_owned();
        return Err(Problem::rest(verb_at, Fault::WrongVerb { verb, allowed }));
    };
    if verb == Verb::Post {
        let said = content_type.map(|said| said.split(';').next().unwrap_or_default());
        if said != Some("application/json") {
            let is_missing = said.is_none();
            return Err(Problem::rest(at, Fault::ContentType { is_missing }));
        }
    }
    let nothing = || MappedText::instead(address.at, String::new());
    // A query counts only where something is asked for; there, a body counts where there is no query.
    let query = query.filter(|query| verb == Verb::Get && !query.text.is_empty());
    let is_query = query.is_some();
    let sent = query.or(data).unwrap_or_else(nothing);
    Ok(Request {
        at,
        endpoint,
        verb,
        sent,
        is_query,
    })
}

/// A request as documentation writes it: `POST /api/2.0/mlflow/… {…}`.
///
/// # Errors
/// What is wrong with the address.
pub fn bare(
    at: Span,
    verb: &MappedText,
    address: &MappedText,
    body: Option<MappedText>,
) -> Result<Request, Problem> {
    let query = address.text.find('?').map(|at| address.from(at + 1));
    let json = Some("application/json");
    make(at, &verb.text, verb.at, address, query, body, json)
}

impl Pipeline {
    /// The words as they are once variables have their values.
    ///
    /// # Errors
    /// A variable that has none.
    pub fn first(&self, variables: &Variables) -> Result<MappedText, Problem> {
        match self.words.first() {
            Some(word) => MappedText::of(word, variables),
            None => Ok(MappedText::default()),
        }
    }
}
