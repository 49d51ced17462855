//! What the console in a terminal does, with everything that it reads and writes given to it: `tests/terminal.rs` tries it.

use std::io::{BufRead, Write};

use model_stages::console::{Console, Reply, Sandbox, Taken, World};
use model_stages::registry::json;
use model_stages::registry::{Log, RuleSet};
use model_stages::text::Language;
use model_stages::text::console::{forms_words, printed};

const USAGE: &str = "usage: console [--rules guided|mlflow] [--empty] [--json] [FILE]";

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
    file: Option<String>,
}

/// The options of the command line; nothing where it is wrong.
fn options(mut arguments: impl Iterator<Item = String>) -> Option<Options> {
    let mut options = Options {
        rules: RuleSet::Guided,
        empty: false,
        json: false,
        file: None,
    };
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--json" => options.json = true,
            "--empty" => options.empty = true,
            "--rules" => {
                options.rules = match arguments.next()?.as_str() {
                    "guided" => RuleSet::Guided,
                    "mlflow" => RuleSet::Mlflow,
                    _ => return None,
                };
            }
            _ if argument.starts_with('-') && argument.len() > 1 => return None,
            _ if options.file.is_some() => return None,
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
    let mut terminal = Terminal::new(&options);
    let done = match options.file.as_deref().filter(|file| *file != "-") {
        Some(file) => {
            std::fs::read_to_string(file).and_then(|text| terminal.enter(&text, streams.out))
        }
        None if streams.is_terminal => terminal.read_lines(streams),
        None => {
            let mut text = String::new();
            let read = streams.input.read_to_string(&mut text);
            read.and_then(|_| terminal.enter(&text, streams.out))
        }
    };
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
    world: Sandbox,
    json: bool,
    failed: bool,
}

impl Terminal {
    fn new(options: &Options) -> Self {
        let world = if options.empty {
            Sandbox {
                rules: options.rules,
                ..Sandbox::default()
            }
        } else {
            Sandbox::sample(options.rules)
        };
        Self {
            console: Console::default(),
            world,
            json: options.json,
            failed: false,
        }
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
                return self.enter(&text, streams.out);
            }
            // As in the browser, where Enter is not part of the text yet; an empty line ends a block.
            let is_blank = text.get(before..).is_none_or(|line| line.trim().is_empty());
            let typed = if is_blank {
                text.as_str()
            } else {
                text.trim_end_matches(['\n', '\r'])
            };
            if !self.console.goes_on(typed) {
                self.enter(&std::mem::take(&mut text), streams.out)?;
            }
        }
    }

    fn enter(&mut self, text: &str, out: &mut dyn Write) -> std::io::Result<()> {
        if text.trim().is_empty() {
            return Ok(());
        }
        let mut lines = Vec::new();
        let mut watch = |world: &dyn World, reply: &Reply, taken: Taken| {
            lines.push(of_statement(text, world, reply, taken));
        };
        let reply = self
            .console
            .enter_watched(&mut self.world, text, &mut watch);
        self.failed |= reply.stop.is_some();
        if !self.json {
            let forms = forms_words(Language::English, &reply.forms);
            if !forms.is_empty() {
                writeln!(out, "({forms})")?;
            }
            for piece in printed(Language::English, self.world.rules, text, &reply) {
                writeln!(out, "{}", piece.text)?;
            }
            return Ok(());
        }
        if lines.is_empty() && reply.stop.is_some() {
            let form = reply.forms.first().map(|form| form.id());
            lines.push(line(text, text, form, &reply, &self.world));
        }
        for line in lines {
            writeln!(out, "{line}")?;
        }
        Ok(())
    }
}

/// What came of one statement, as a line of JSON.
fn of_statement(text: &str, world: &dyn World, reply: &Reply, taken: Taken) -> String {
    let only = Reply {
        forms: vec![taken.form],
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
    let form = Some(taken.form.id());
    line(text, taken.at.of(text), form, &only, world)
}

/// A reply as one line of JSON. `source` is the text that its places are in.
fn line(source: &str, input: &str, form: Option<&str>, reply: &Reply, world: &dyn World) -> String {
    let pieces = printed(Language::English, world.rules(), source, reply);
    let message: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
    let mut digest = String::new();
    world.look(&mut |log| digest = self::digest(log));
    serde_json::json!({
        "input": input,
        "form": form,
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
