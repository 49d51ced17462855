//! The little of WebDriver BiDi that the tests need of Firefox: scripts that run before the page's own, and the size of
//! the page. (In Chromium its own protocol does the same.)

use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};
use tungstenite::{Message, WebSocket};

use crate::failure::{Failure, Outcome};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// A connection to a browser.
#[derive(Debug)]
pub struct BiDi {
    socket: WebSocket<TcpStream>,
    last: u64,
}

impl BiDi {
    /// Connects to the address that a session has given.
    ///
    /// # Errors
    ///
    /// When there is no connection.
    pub fn connect(url: &str) -> Outcome<Self> {
        let place = url
            .strip_prefix("ws://")
            .and_then(|rest| rest.split('/').next());
        let stream = TcpStream::connect(place.ok_or("That is no address of WebDriver BiDi.")?)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let (socket, _) = tungstenite::client(url, stream)
            .map_err(|error| Failure::new(format!("WebDriver BiDi: {error}")))?;
        Ok(Self { socket, last: 0 })
    }

    /// Sends a command and waits for its result.
    ///
    /// # Errors
    ///
    /// When the browser refuses it or does not answer.
    pub fn send(&mut self, method: &str, params: Value) -> Outcome<Value> {
        self.last += 1;
        let command = json!({ "id": self.last, "method": method, "params": params });
        self.socket.send(Message::text(command.to_string()))?;
        loop {
            let Message::Text(text) = self.socket.read()? else {
                continue;
            };
            let mut answer: Value = serde_json::from_str(&text)?;
            if answer.get("id").and_then(Value::as_u64) != Some(self.last) {
                continue;
            }
            return match answer.get_mut("result") {
                Some(result) => Ok(result.take()),
                None => Err(format!("{method}: {answer}").into()),
            };
        }
    }
}
