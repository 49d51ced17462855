//! What the console in a terminal does, with everything that it reads and writes given to it: `tests/terminal.rs` tries it.

use std::io::{BufRead, Write};

use console::dialect::Dialect;
use console::mlflow_import;
use console::segments::Segment;
use console::transcript;
use console::{Console, RegistryHost, Reply, Sandbox, Taken};
use registry::json;
use registry::{Log, RuleSet};
use text::Language;
use text::as_code::{left_out, no_registry, remark};
use text::console::{dialect_words, printed};
use text::narrate::narrate;

use super::python::{Given, Python};

const USAGE: &str = "usage: console [--rules guided|mlflow] [--empty | --registry FILE] [--json] [--dry-run] [--no-python] \
     [--env NAME=VALUE] [FILE [ARGUMENT…]]";
const NO_PYTHON: &str = "There is no python3 (3.10 or newer) on this machine: Python is read by the console's own small reader.";

/// Everything was carried out.
const DONE: u8 = 0;
/// Something was refused, or could not be carried out.
const REFUSED: u8 = 1;
/// It was called wrongly, or what it is to read cannot be read.
const UNREAD: u8 = 2;

/// What is read from and written to.
pub struct Streams<'a> {
    /// Standard input.
    pub input: &'a mut dyn BufRead,
    /// Whether a person types there.
    pub is_terminal: bool,
    /// Standard output.
    pub out: &'a mut dyn Write,
    /// Standard error.
    pub err: &'a mut dyn Write,
}

struct Options {
    rules: RuleSet,
    empty: bool,
    json: bool,
    dry_run: bool,
    python: bool,
    registry: Option<String>,
    file: Option<String>,
    given: Given,
}

/// The options of the command line; nothing where it is wrong.
fn options(mut arguments: impl Iterator<Item = String>) -> Option<Options> {
    let mut options = Options {
        rules: RuleSet::Guided,
        empty: false,
        json: false,
        dry_run: false,
        python: true,
        registry: None,
        file: None,
        given: Given::default(),
    };
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            // What stands behind the file is the script's own.
            _ if options.file.is_some() => options.given.argv.push(argument),
            "--json" => options.json = true,
            "--empty" => options.empty = true,
            "--dry-run" => options.dry_run = true,
            "--no-python" => options.python = false,
            "--registry" => options.registry = Some(arguments.next()?),
            "--env" => {
                let (name, value) = arguments
                    .next()?
                    .split_once('=')
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))?;
                options.given.env.push((name, value));
            }
            "--rules" => {
                options.rules = match arguments.next()?.as_str() {
                    "guided" => RuleSet::Guided,
                    "mlflow" => RuleSet::Mlflow,
                    _ => return None,
                };
            }
            _ if argument.starts_with('-') && argument.len() > 1 => return None,
            _ => options.file = Some(argument),
        }
    }
    Some(options)
}

/// Does what the command line asks for, and gives back the exit code.
pub fn run(arguments: impl Iterator<Item = String>, streams: &mut Streams) -> u8 {
    let Some(options) = options(arguments) else {
        // Where standard error is gone, nobody is there to be told.
        let _ = writeln!(streams.err, "{USAGE}");
        return UNREAD;
    };
    let terminal = Terminal::new(&options, streams.err);
    let mut terminal = match terminal {
        Ok(terminal) => terminal,
        Err(error) => {
            let _ = writeln!(streams.err, "{error}");
            return UNREAD;
        }
    };
    let done = match options.file.as_deref().filter(|file| *file != "-") {
        Some(file) => {
            let text = std::fs::read_to_string(file);
            text.and_then(|text| terminal.enter(&text, streams.out, streams.err))
        }
        None if streams.is_terminal => terminal.read_lines(streams),
        None => {
            let mut text = String::new();
            let read = streams.input.read_to_string(&mut text);
            read.and_then(|_| terminal.enter(&text, streams.out, streams.err))
        }
    };
    let done = done.and_then(|()| terminal.sum_up(streams.out));
    match done {
        Ok(()) if terminal.failed => REFUSED,
        Ok(()) => DONE,
        Err(error) => {
            let _ = writeln!(streams.err, "{error}");
            UNREAD
        }
    }
}

struct Terminal {
    console: Console,
    host: Sandbox,
    json: bool,
    dry_run: bool,
    failed: bool,
    /// The step that the registry is at before anything is done.
    start: u64,
    given: Given,
    /// The machine's Python: started when it is first needed, and nothing where it is not wanted or not there.
    python: Option<Python>,
    is_wanted: bool,
}

impl Terminal {
    fn new(options: &Options, err: &mut dyn Write) -> std::io::Result<Self> {
        let rules = options.rules;
        let mut host = if options.empty {
            Sandbox {
                rules,
                ..Sandbox::default()
            }
        } else {
            Sandbox::sample(rules)
        };
        if let Some(file) = &options.registry {
            let text = std::fs::read_to_string(file)?;
            let read = mlflow_import::read(&text).map_err(|why| {
                let why = no_registry(Language::English, &why, &text);
                std::io::Error::other(format!("{file}: {why}"))
            })?;
            for out in &read.left_out {
                let why = left_out(Language::English, &out.why);
                writeln!(err, "{file}: {}: {why}", out.place)?;
            }
            for about in &read.remarks {
                writeln!(err, "{file}: {}", remark(Language::English, about))?;
            }
            host = Sandbox {
                log: Log::new(read.registry, 0),
                rules,
                model: None,
            };
        }
        Ok(Self {
            console: Console::default(),
            start: host.log.step(),
            host,
            json: options.json,
            dry_run: options.dry_run,
            failed: false,
            given: Given {
                echo: !options.dry_run,
                ..options.given.clone()
            },
            python: None,
            is_wanted: options.python,
        })
    }

    /// Starts Python where a text needs it.
    fn need_python(&mut self, segments: &[Segment], err: &mut dyn Write) -> std::io::Result<()> {
        let is_needed = segments
            .iter()
            .any(|segment| segment.dialect == Dialect::Python);
        if is_needed && self.is_wanted && self.python.is_none() {
            self.python = Python::start();
            if self.python.is_none() {
                self.is_wanted = false;
                writeln!(err, "{NO_PYTHON}")?;
            }
        }
        Ok(())
    }

    /// Says what was done, or would be.
    fn sum_up(&self, out: &mut dyn Write) -> std::io::Result<()> {
        if !self.dry_run || self.json {
            return Ok(());
        }
        let steps = self
            .host
            .log
            .done()
            .iter()
            .filter(|entry| entry.step > self.start);
        let steps: Vec<String> = steps
            .map(|entry| narrate(Language::English, entry))
            .collect();
        writeln!(
            out,
            "\nWould change {} in the registry:",
            counted(steps.len(), "thing", "things")
        )?;
        for (at, step) in steps.iter().enumerate() {
            writeln!(out, "{:>4}. {step}", at + 1)?;
        }
        Ok(())
    }

    /// Reads what a person types, line by line.
    fn read_lines(&mut self, streams: &mut Streams) -> std::io::Result<()> {
        let mut text = String::new();
        loop {
            let prompt = if text.is_empty() { ">>> " } else { "... " };
            write!(streams.err, "{prompt}")?;
            streams.err.flush()?;
            let before = text.len();
            if streams.input.read_line(&mut text)? == 0 {
                // What is typed so far is a text as well.
                return self.enter(&text, streams.out, streams.err);
            }
            // As in the browser, where Enter is not part of the text yet; an empty line ends a block.
            let is_blank = text.get(before..).is_none_or(|line| line.trim().is_empty());
            let typed = if is_blank {
                text.as_str()
            } else {
                text.trim_end_matches(['\n', '\r'])
            };
            if !self.console.goes_on(typed) {
                self.enter(&std::mem::take(&mut text), streams.out, streams.err)?;
            }
        }
    }

    fn enter(
        &mut self,
        text: &str,
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> std::io::Result<()> {
        if text.trim().is_empty() {
            return Ok(());
        }
        let typed = transcript::typed(text);
        let segments = self.console.segments(&typed.text);
        self.need_python(&segments, err)?;
        // A text without Python, and one that is too long, are the console's own, which finds out itself what was typed.
        let is_python = segments
            .iter()
            .any(|segment| segment.dialect == Dialect::Python);
        let text = match &self.python {
            Some(_) if is_python => typed.text.as_ref(),
            _ => text,
        };
        let mut lines = Vec::new();
        let mut watch = |host: &dyn RegistryHost, reply: &Reply, taken: Taken| {
            lines.push(of_statement(text, host, reply, taken));
        };
        let reply = match &mut self.python {
            Some(python) if is_python => {
                let host = &mut self.host;
                let given = &self.given;
                by_pieces(
                    &mut self.console,
                    host,
                    python,
                    text,
                    &segments,
                    given,
                    &mut watch,
                )?
            }
            _ => self.console.enter_watched(&mut self.host, text, &mut watch),
        };
        self.failed |= reply.stop.is_some();
        if !self.json {
            let dialects = dialect_words(Language::English, &reply.dialects);
            if !dialects.is_empty() {
                writeln!(out, "({dialects})")?;
            }
            for piece in printed(Language::English, self.host.rules, text, &reply) {
                writeln!(out, "{}", piece.text)?;
            }
            return Ok(());
        }
        if lines.is_empty() && reply.stop.is_some() {
            let dialect = reply.dialects.first().map(|dialect| dialect.as_str());
            lines.push(line(text, text, dialect, &reply, &self.host));
        }
        for line in lines {
            writeln!(out, "{line}")?;
        }
        Ok(())
    }
}

/// Carries the pieces of a text out, one after the other: Python by Python, the others by the console.
fn by_pieces(
    console: &mut Console,
    host: &mut Sandbox,
    python: &mut Python,
    text: &str,
    segments: &[Segment],
    given: &Given,
    watch: &mut dyn FnMut(&dyn RegistryHost, &Reply, Taken),
) -> std::io::Result<Reply> {
    let mut whole = Reply::default();
    for segment in segments {
        if !whole.dialects.contains(&segment.dialect) {
            whole.dialects.push(segment.dialect);
        }
    }
    // What is no Python at all is not begun, and neither is what stands before it.
    let mut counts = Vec::new();
    for segment in segments {
        if segment.dialect != Dialect::Python {
            counts.push(console.count(segment.at.of(text)));
            continue;
        }
        let checked = python.check(text, segment.at)?;
        if checked.stop.is_some() {
            whole.stop = checked.stop;
            return Ok(whole);
        }
        counts.push(checked.statements);
    }
    let mut ended = false;
    for (segment, count) in segments.iter().zip(counts) {
        if ended {
            whole.statements += count;
            continue;
        }
        if segment.dialect == Dialect::Python {
            python.run(console, host, (text, segment.at), given, &mut whole, watch)?;
        } else {
            // The piece stands where it stands in the whole text, so that its places are right.
            let blank: String = text
                .get(..segment.at.start)
                .unwrap_or_default()
                .chars()
                .flat_map(|c| {
                    let blank = if c == '\n' { '\n' } else { ' ' };
                    std::iter::repeat_n(blank, c.len_utf8())
                })
                .collect();
            let alone = format!("{blank}{}", segment.at.of(text));
            let reply = console.enter_watched(host, &alone, watch);
            whole.statements += reply.statements;
            whole.done += reply.done;
            whole.outputs.extend(reply.outputs);
            whole.stop = reply.stop;
            whole.ways = reply.ways;
        }
        ended = whole.stop.is_some();
    }
    Ok(whole)
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// What came of one statement, as a line of JSON.
fn of_statement(text: &str, host: &dyn RegistryHost, reply: &Reply, taken: Taken) -> String {
    let only = Reply {
        dialects: vec![taken.dialect],
        statements: 1,
        done: usize::from(reply.stop.is_none()),
        outputs: reply
            .outputs
            .get(taken.outputs..)
            .unwrap_or_default()
            .to_vec(),
        stop: reply.stop.clone(),
        ways: reply.ways.clone(),
    };
    let dialect = Some(taken.dialect.as_str());
    line(text, taken.at.of(text), dialect, &only, host)
}

/// A reply as one line of JSON. `source` is the text that its places are in.
fn line(
    source: &str,
    input: &str,
    dialect: Option<&str>,
    reply: &Reply,
    host: &dyn RegistryHost,
) -> String {
    let pieces = printed(Language::English, host.rules(), source, reply);
    let message: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
    let mut digest = String::new();
    host.with_log(&mut |log| digest = self::digest(log));
    serde_json::json!({
        "input": input,
        "form": dialect,
        "ok": reply.stop.is_none(),
        "code": reply.stop.as_ref().map(|stop| stop.code()),
        "message": message.join("\n"),
        "digest": digest,
    })
    .to_string()
}

/// A digest of the registry: the same for equal registries, and hardly ever for others.
fn digest(log: &Log) -> String {
    let state = json::print(log.registry());
    // FNV-1a with 64 bits.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in state.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}
