//! The machine's Python, in a process of its own, with the simulated MLflow of the folder `python`.

use std::io::{BufRead, BufReader, Error, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use console::bridge::Bridge;
use console::bridge::script::{Heard, Script};
use console::runs::Runs;
use console::span::Span;
use console::{Console, RegistryHost, Reply, Sandbox, Taken};

/// What the process does: nothing of the machine's own packages is in its way.
const START: &str = "import sys; sys.path.insert(0, sys.argv[1]); del sys.argv[1:]\n\
    from model_stages_runner import native; native.main()";

/// How long a process whose input has ended may take to end, in milliseconds.
const PATIENCE: u32 = 2_000;

/// What a script is given beside its text.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Its arguments.
    pub argv: Vec<String>,
    /// The variables of its environment.
    pub env: Vec<(String, String)>,
    /// Whether the values of expressions are shown, as at Python's prompt.
    pub echo: bool,
}

/// A Python under way. Its names last from one script to the next.
pub struct Python {
    process: Child,
    /// Open until the process is to end.
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    /// Whether nothing was run yet.
    is_new: bool,
}

impl Python {
    /// Starts the machine's `python3`; nothing where there is none, or only one that is too old.
    pub fn start() -> Option<Self> {
        let program = std::env::var_os("MODEL_STAGES_PYTHON").unwrap_or_else(|| "python3".into());
        let new_enough = "import sys; sys.exit(sys.version_info < (3, 10))";
        let mut ask = Command::new(&program);
        let asked = ask.args(["-I", "-S", "-c", new_enough]).output().ok()?;
        if !asked.status.success() {
            return None;
        }
        let mut command = Command::new(&program);
        command
            .args(["-I", "-S", "-B", "-X", "utf8", "-c", START])
            .arg(folder())
            .env_remove("MLFLOW_TRACKING_URI")
            .env_remove("MLFLOW_REGISTRY_URI")
            .env("PYTHON_COLORS", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut process = command.spawn().ok()?;
        let input = process.stdin.take()?;
        let output = BufReader::new(process.stdout.take()?);
        Some(Self {
            process,
            input: Some(input),
            output,
            is_new: true,
        })
    }

    /// Runs a piece of a text. What comes of it is put to the reply; `watch` is told of each statement that is done.
    pub fn run(
        &mut self,
        console: &mut Console,
        host: &mut dyn RegistryHost,
        (text, at): (&str, Span),
        given: &Given,
        reply: &mut Reply,
        watch: &mut dyn FnMut(&dyn RegistryHost, &Reply, Taken),
    ) -> std::io::Result<()> {
        let mut script = Script::new(text, at);
        let env: serde_json::Map<_, _> = given
            .env
            .iter()
            .map(|(name, value)| (name.clone(), value.clone().into()))
            .collect();
        let is_first = std::mem::take(&mut self.is_new);
        // A script that is to run elsewhere has only what it makes itself.
        let know = if is_first && given.echo {
            console.hand_over()
        } else {
            String::new()
        };
        let asked = serde_json::json!({
            "run": script.source(text),
            "know": know,
            "argv": given.argv,
            "env": env,
            "echo": given.echo,
        });
        self.say(&asked.to_string())?;
        loop {
            let event = self.event()?;
            let (bridge, runs) = console.bridge_mut();
            let heard = script.hear(bridge, host, runs, text, reply, &event);
            match heard {
                Heard::Answer(answer) => self.say(&answer)?,
                Heard::Done(taken) => watch(host, reply, taken),
                Heard::Ended { last, names } => {
                    console.set_theirs(names);
                    if let Some(last) = last {
                        watch(host, reply, last);
                    }
                    return Ok(());
                }
                Heard::More | Heard::Checked | Heard::Nothing => {}
            }
        }
    }

    /// Looks at a piece of a text: how many statements it has, or why it is no Python. Nothing is done.
    pub fn check(&mut self, text: &str, at: Span) -> std::io::Result<Reply> {
        let mut script = Script::new(text, at);
        let mut reply = Reply::default();
        self.say(&serde_json::json!({ "check": script.source(text) }).to_string())?;
        let event = self.event()?;
        script.hear(
            &mut Bridge::default(),
            &mut Sandbox::default(),
            &mut Runs::default(),
            text,
            &mut reply,
            &event,
        );
        Ok(reply)
    }

    /// Waits for what Python tells next, a line of JSON.
    ///
    /// # Errors
    /// If Python has ended.
    pub fn event(&mut self) -> std::io::Result<String> {
        let mut event = String::new();
        if self.output.read_line(&mut event)? == 0 {
            return Err(Error::new(ErrorKind::BrokenPipe, "Python has ended."));
        }
        Ok(event)
    }

    /// Tells Python something, a line of JSON.
    ///
    /// # Errors
    /// If Python has ended.
    pub fn say(&mut self, line: &str) -> std::io::Result<()> {
        let ended = || Error::new(ErrorKind::BrokenPipe, "Python has ended.");
        let input = self.input.as_mut().ok_or_else(ended)?;
        writeln!(input, "{line}")?;
        input.flush()
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        // The end of its input ends it, and it takes its folder away. If it hangs, it is ended.
        self.input = None;
        for _ in 0..PATIENCE {
            if !matches!(self.process.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The folder with the package.
fn folder() -> PathBuf {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR"));
    examples.parent().unwrap_or(examples).join("python")
}
