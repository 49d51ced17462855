//! A driver's process. It chooses a free port itself and says which one; it ends with its [`Driver`].

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::failure::{Failure, Outcome};

/// A running driver.
#[derive(Debug)]
pub struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// Starts a driver and waits until it listens.
    ///
    /// # Errors
    ///
    /// When it can't be started, or ends before it listens.
    pub fn start(program: &Path, arguments: &[&str]) -> Outcome<Self> {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        // A group of its own, so that a browser that hangs can be ended with it.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut process = command
            .spawn()
            .map_err(|error| Failure::new(format!("{}: {error}", program.display())))?;
        let out = process.stdout.take().ok_or("The driver has no output.")?;
        let mut lines = BufReader::new(out).lines();
        let port = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| port(&line));
        // What it says later is of no use, but must not block it.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        let mut driver = Self { process, port: 0 };
        driver.port = port.ok_or_else(|| format!("{} did not start.", program.display()))?;
        Ok(driver)
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
    use super::port;

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
