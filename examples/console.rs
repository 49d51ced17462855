//! The console without a browser: reads a script or standard input and prints what the browser's console prints.
//!
//! ```sh
//! cargo run --no-default-features --example console -- [--rules guided|mlflow] [--empty] [--json] [FILE]
//! ```
//!
//! It works on the sample, or with `--empty` on an empty registry. A file is one text; of standard input each line is one,
//! and a line that Python does not end goes on in the next. `--json` prints one object for each text: what was entered,
//! its form, whether it was carried out to its end, the code of what stopped it, the words, and a digest of the registry
//! after it. The exit code is 1 if something was refused or could not be carried out.

use std::fmt::Write as _;
use std::io::{BufRead as _, Read as _, Write as _};
use std::process::ExitCode;

use model_stages::console::{Console, Reply, Sandbox};
use model_stages::registry::json;
use model_stages::registry::{Log, RuleSet};
use model_stages::text::Language;
use model_stages::text::console::{Printed, printed};

const USAGE: &str = "usage: console [--rules guided|mlflow] [--empty] [--json] [FILE]";

struct Options {
    rules: RuleSet,
    empty: bool,
    json: bool,
    file: Option<String>,
}

fn options(arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options {
        rules: RuleSet::Guided,
        empty: false,
        json: false,
        file: None,
    };
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--json" => options.json = true,
            "--empty" => options.empty = true,
            "--rules" => {
                options.rules = match arguments.next().as_deref() {
                    Some("guided") => RuleSet::Guided,
                    Some("mlflow") => RuleSet::Mlflow,
                    _ => return Err(USAGE.to_owned()),
                };
            }
            _ if argument.starts_with('-') && argument.len() > 1 => return Err(USAGE.to_owned()),
            _ if options.file.is_some() => return Err(USAGE.to_owned()),
            _ => options.file = Some(argument),
        }
    }
    Ok(options)
}

fn main() -> ExitCode {
    let options = match options(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(usage) => {
            eprintln!("{usage}");
            return ExitCode::from(2);
        }
    };
    let mut terminal = Terminal::new(&options);
    let done = match options.file.as_deref().filter(|file| *file != "-") {
        Some(file) => std::fs::read_to_string(file).map(|text| terminal.enter(&text)),
        None => terminal.read_lines(),
    };
    match done {
        Ok(()) if terminal.failed => ExitCode::FAILURE,
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
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

    /// Reads standard input: all of it where it is a pipe, otherwise line by line.
    fn read_lines(&mut self) -> std::io::Result<()> {
        use std::io::IsTerminal as _;
        let mut input = std::io::stdin().lock();
        if !std::io::stdin().is_terminal() {
            let mut text = String::new();
            input.read_to_string(&mut text)?;
            self.enter(&text);
            return Ok(());
        }
        let mut text = String::new();
        loop {
            eprint!("{}", if text.is_empty() { ">>> " } else { "... " });
            std::io::stderr().flush()?;
            let before = text.len();
            if input.read_line(&mut text)? == 0 {
                return Ok(());
            }
            let is_blank = text.get(before..).is_none_or(|line| line.trim().is_empty());
            if is_blank || !self.console.goes_on(&text) {
                let text = std::mem::take(&mut text);
                self.enter(&text);
            }
        }
    }

    fn enter(&mut self, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        let reply = self.console.enter(&mut self.world, text);
        self.failed |= reply.stop.is_some();
        let pieces = printed(Language::English, self.world.rules, text, &reply);
        if self.json {
            println!("{}", line(text, &reply, &pieces, &self.world.log));
            return;
        }
        for piece in pieces {
            println!("{}", piece.text);
        }
    }
}

/// A reply as one line of JSON.
fn line(text: &str, reply: &Reply, pieces: &[Printed], log: &Log) -> String {
    let message: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
    serde_json::json!({
        "input": text,
        "form": reply.form.id(),
        "ok": reply.stop.is_none(),
        "code": reply.stop.as_ref().map(|stop| stop.code()),
        "message": message.join("\n"),
        "digest": digest(log),
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
    let mut digest = String::new();
    let _ = write!(digest, "{hash:016x}");
    digest
}
