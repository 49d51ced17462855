//! A driver's process. It chooses a free port itself and says which one; it ends with its [`Driver`].

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::failure::{Failure, Outcome};

/// How often a driver is started that ends before it listens.
const STARTS: usize = 3;

/// How many lines of each output are kept, for the case that it does.
const KEPT_LINES: usize = 20;

/// What came of a start.
enum Started {
    /// It listens.
    Listens(Driver),
    /// It has ended, and this is what there is to say of it.
    Ended(String),
}

/// A running driver.
#[derive(Debug)]
pub struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// Starts a driver and waits until it listens.
    ///
    /// A driver that ends before it listens is started anew, a few times. That was seen once in some thousand starts, when
    /// nobody kept what it said.
    ///
    /// # Errors
    ///
    /// When it can't be started, or ends before it listens; then with what it has said.
    pub fn start(program: &Path, arguments: &[&str]) -> Outcome<Self> {
        let mut starts = 1;
        loop {
            match Self::try_start(program, arguments)? {
                Started::Listens(driver) => return Ok(driver),
                Started::Ended(said) if starts == STARTS => return Err(Failure::new(said)),
                Started::Ended(said) => eprintln!("{said} It is started anew."),
            }
            starts += 1;
        }
    }

    fn try_start(program: &Path, arguments: &[&str]) -> Outcome<Started> {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        // A group of its own, so that a browser that hangs can be ended with it.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut process = command
            .spawn()
            .map_err(|error| Failure::new(format!("{}: {error}", program.display())))?;
        let out = process.stdout.take().ok_or("The driver has no output.")?;
        let errors = process.stderr.take().ok_or("The driver has no output.")?;
        let mut driver = Self { process, port: 0 };
        // What it says later is of no use, but must not block it. Of the beginning a few lines are kept.
        let errors = std::thread::spawn(move || {
            let mut lines = BufReader::new(errors).lines().map_while(Result::ok);
            let first: Vec<String> = lines.by_ref().take(KEPT_LINES).collect();
            lines.for_each(drop);
            first
        });
        let mut said = Vec::new();
        let mut lines = BufReader::new(out).lines().map_while(Result::ok);
        for line in lines.by_ref() {
            if let Some(port) = port(&line) {
                driver.port = port;
                break;
            }
            if said.len() < KEPT_LINES {
                said.push(line);
            }
        }
        if driver.port != 0 {
            std::thread::spawn(move || lines.for_each(drop));
            return Ok(Started::Listens(driver));
        }
        let status = driver.process.wait()?;
        said.extend(errors.join().unwrap_or_default());
        Ok(Started::Ended(format!(
            "{} did not start ({status}): {}",
            program.display(),
            said.join(" / ")
        )))
    }

    /// Ends it and its browser all at once, as a crash of the machine would: nothing of them gets to do anything more.
    ///
    /// # Errors
    ///
    /// When they can't be ended.
    pub fn kill(&mut self) -> Outcome {
        let group = format!("-{}", self.process.id());
        let kill = Command::new("kill")
            .args(["-KILL", "--", &group])
            .status()?;
        self.process.wait()?;
        if kill.success() {
            Ok(())
        } else {
            Err("The browser could not be killed.".into())
        }
    }

    /// Where it listens.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        #[cfg(unix)]
        {
            let group = format!("-{}", self.process.id());
            let kill = Command::new("kill")
                .args(["-TERM", "--", &group])
                .stderr(Stdio::null())
                .status();
            if kill.is_ok_and(|status| status.success()) {
                let _ = self.process.wait();
                return;
            }
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The port in the line that says that a driver listens.
fn port(line: &str) -> Option<u16> {
    let says = ["started successfully on port ", "Listening on 127.0.0.1:"];
    let rest = says
        .iter()
        .find_map(|says| Some(line.split_once(says)?.1))?;
    rest.trim_end_matches('.').trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Driver, port};

    #[cfg(unix)]
    #[test]
    fn a_driver_that_ends_at_once_is_told_with_what_it_said() {
        let shell = Path::new("/bin/sh");
        let check = |script: &str, expected: Result<u16, &str>| {
            let started = Driver::start(shell, &["-c", script]);
            match (started, expected) {
                (Ok(driver), Ok(port)) => assert!(driver.url().ends_with(&format!(":{port}"))),
                (Err(failure), Err(said)) => {
                    assert!(failure.to_string().contains(said), "{failure}")
                }
                (started, _) => panic!("{script}: {started:?}"),
            }
        };
        let listens = "echo Listening on 127.0.0.1:4444; exec sleep 60";
        check(listens, Ok(4444));
        check(
            "echo no port is free; echo really >&2; exit 3",
            Err("(exit status: 3): no port is free / really"),
        );
        // The second start finds what the first one has left.
        let mark = std::env::temp_dir().join(format!("model-stages-driver-{}", std::process::id()));
        let mark = mark.display();
        check(
            &format!("if rmdir {mark} 2>/dev/null; then {listens}; fi; mkdir {mark}"),
            Ok(4444),
        );
    }

    #[test]
    fn the_port_is_read_from_what_the_drivers_say() {
        assert_eq!(
            port("ChromeDriver was started successfully on port 41231."),
            Some(41231)
        );
        assert_eq!(
            port("1700000000\tgeckodriver\tINFO\tListening on 127.0.0.1:4444"),
            Some(4444)
        );
        assert_eq!(port("Starting ChromeDriver 156 on port 0"), None);
    }
}
