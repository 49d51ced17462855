//! What was pasted, as values: JSON, and what Python prints of lists, dictionaries and MLflow's objects.

/// How deep objects and lists may stand in each other.
pub const MAX_DEPTH: usize = 24;

/// A value as it was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Node {
    /// A number, or a word such as `null`, `None` or `true`.
    Bare(String),
    Text(String),
    List(Vec<Self>),
    /// An object, a dictionary, or one of MLflow's objects. A key may stand there twice.
    Object(Vec<(String, Self)>),
}

impl Node {
    /// Whether it says that there is nothing.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Bare(word) if word == "null" || word == "None")
    }

    /// Whether nothing is lost without it.
    pub fn is_nothing(&self) -> bool {
        match self {
            Self::Bare(_) => self.is_null(),
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Object(fields) => fields.is_empty(),
        }
    }

    /// The text, if it is one.
    pub const fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.as_str()),
            _ => None,
        }
    }

    /// The text, number or word; nothing for what has values inside.
    pub const fn as_written(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Bare(text) => Some(text.as_str()),
            _ => None,
        }
    }
}

/// Why a text cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NodeError {
    /// Too much stands in each other.
    Deep,
    /// No value goes on like this, from this byte on.
    At(usize),
    /// From this byte on, Python shows an object's place in memory, and not what is inside.
    Opaque(usize),
}

/// Reads all values of a text: any number of them, one after the other.
///
/// # Errors
/// Where the first of them breaks off.
pub fn values(text: &str) -> Result<Vec<Node>, NodeError> {
    let mut reader = Reader { text, at: 0 };
    let mut found = Vec::new();
    loop {
        reader.skip();
        if reader.peek().is_none() {
            return Ok(found);
        }
        found.push(reader.value(0)?);
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

const fn is_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.' | '+' | '-')
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.at += letter.len_utf8();
        Some(letter)
    }

    /// Skips blanks, and the marks with which editors begin a file.
    fn skip(&mut self) {
        let rest = self.rest();
        let after =
            rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}');
        self.at += rest.len() - after.len();
    }

    fn takes(&mut self, wanted: char) -> bool {
        self.skip();
        let is_there = self.peek() == Some(wanted);
        if is_there {
            self.at += wanted.len_utf8();
        }
        is_there
    }

    fn must(&mut self, wanted: char) -> Result<(), NodeError> {
        if self.takes(wanted) {
            Ok(())
        } else {
            Err(NodeError::At(self.at))
        }
    }

    /// A run of letters, digits and signs.
    fn run(&mut self) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|letter| !is_name(letter)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }

    fn value(&mut self, depth: usize) -> Result<Node, NodeError> {
        self.skip();
        let start = self.at;
        match self.peek() {
            Some('{' | '[' | '(' | '<') if depth >= MAX_DEPTH => Err(NodeError::Deep),
            Some('{') => self.object(depth + 1),
            Some('[') => self.list(']', depth + 1),
            Some('(') => self.list(')', depth + 1),
            Some('<') => self.shown(depth + 1),
            Some('"' | '\'') => self.texts(depth).map(Node::Text),
            _ => {
                let word = self.run();
                if self.peek() == Some('(') && !word.is_empty() {
                    if depth >= MAX_DEPTH {
                        return Err(NodeError::Deep);
                    }
                    self.at += 1;
                    return self.named(')', depth + 1);
                }
                if is_bare(word) {
                    return Ok(Node::Bare(word.to_owned()));
                }
                Err(NodeError::At(start))
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Node, NodeError> {
        self.at += 1;
        let mut fields = Vec::new();
        while !self.takes('}') {
            if !fields.is_empty() {
                self.must(',')?;
                if self.takes('}') {
                    break;
                }
            }
            self.skip();
            let start = self.at;
            let mut key = String::new();
            if matches!(self.peek(), Some('"' | '\'')) {
                self.finding(&mut key)?;
            } else {
                key.push_str(self.run());
                if !is_bare(&key) {
                    return Err(NodeError::At(start));
                }
            }
            self.must(':')?;
            fields.push((key, self.value(depth)?));
        }
        Ok(Node::Object(fields))
    }

    fn list(&mut self, end: char, depth: usize) -> Result<Node, NodeError> {
        self.at += 1;
        let mut items = Vec::new();
        while !self.takes(end) {
            if !items.is_empty() {
                self.must(',')?;
                if self.takes(end) {
                    break;
                }
            }
            items.push(self.value(depth)?);
        }
        Ok(Node::List(items))
    }

    /// An object as Python shows it: `<ModelVersion: name='m', …>`, or one of an enumeration, `<Status.READY: 'READY'>`.
    fn shown(&mut self, depth: usize) -> Result<Node, NodeError> {
        let start = self.at;
        self.at += 1;
        self.run();
        if self.peek() != Some(':') {
            return Err(if self.rest().starts_with(" object at ") {
                NodeError::Opaque(start)
            } else {
                NodeError::At(start)
            });
        }
        self.at += 1;
        self.skip();
        let inside = self.at;
        let is_field = !self.run().is_empty() && self.peek() == Some('=');
        self.at = inside;
        if is_field || self.peek() == Some('>') {
            return self.named('>', depth);
        }
        let value = self.value(depth)?;
        self.must('>')?;
        Ok(value)
    }

    /// Fields with `=`, up to the end of an object that Python shows.
    fn named(&mut self, end: char, depth: usize) -> Result<Node, NodeError> {
        let mut fields = Vec::new();
        while !self.takes(end) {
            if !fields.is_empty() {
                self.must(',')?;
            }
            self.skip();
            let start = self.at;
            let key = self.run();
            if key.is_empty() || self.peek() != Some('=') {
                return Err(NodeError::At(start));
            }
            self.at += 1;
            fields.push((key.to_owned(), self.value(depth)?));
        }
        Ok(Node::Object(fields))
    }

    /// A text; inside something, Python may write it in pieces.
    fn texts(&mut self, depth: usize) -> Result<String, NodeError> {
        let mut whole = String::new();
        let mut quote = self.finding(&mut whole)?;
        if depth == 0 {
            return Ok(whole);
        }
        loop {
            let end = self.at;
            self.skip();
            let goes_on = match self.peek() {
                Some('\'') => true,
                Some('"') => quote == '\'',
                _ => false,
            };
            if !goes_on {
                self.at = end;
                return Ok(whole);
            }
            quote = self.finding(&mut whole)?;
        }
    }

    fn finding(&mut self, out: &mut String) -> Result<char, NodeError> {
        let start = self.at;
        let Some(quote) = self.next() else {
            return Err(NodeError::At(start));
        };
        loop {
            let at = self.at;
            match self.next() {
                Some(letter) if letter == quote => return Ok(quote),
                Some('\\') => out.push(self.escaped(at)?),
                Some(letter) if letter >= ' ' => out.push(letter),
                _ => return Err(NodeError::At(at)),
            }
        }
    }

    fn escaped(&mut self, at: usize) -> Result<char, NodeError> {
        Ok(match self.next() {
            Some(letter @ ('"' | '\'' | '\\' | '/')) => letter,
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('x') => self.code(2, at)?,
            Some('U') => self.code(8, at)?,
            Some('u') => {
                let high = self.hex(4, at)?;
                if !(0xd800..0xdc00).contains(&high) {
                    return char::from_u32(high).ok_or(NodeError::At(at));
                }
                let low = if self.rest().starts_with("\\u") {
                    self.at += 2;
                    self.hex(4, at)?
                } else {
                    0
                };
                if !(0xdc00..0xe000).contains(&low) {
                    return Err(NodeError::At(at));
                }
                char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00))
                    .ok_or(NodeError::At(at))?
            }
            _ => return Err(NodeError::At(at)),
        })
    }

    fn code(&mut self, digits: usize, at: usize) -> Result<char, NodeError> {
        char::from_u32(self.hex(digits, at)?).ok_or(NodeError::At(at))
    }

    fn hex(&mut self, digits: usize, at: usize) -> Result<u32, NodeError> {
        let mut number = 0_u32;
        for _ in 0..digits {
            let digit = self.next().and_then(|letter| letter.to_digit(16));
            let digit = digit.ok_or(NodeError::At(at))?;
            number = number.checked_mul(16).ok_or(NodeError::At(at))? + digit;
        }
        Ok(number)
    }
}

/// Whether it is a number, or a word that stands for a value.
fn is_bare(word: &str) -> bool {
    let plain = word.strip_prefix('-').unwrap_or(word);
    let is_word = [
        "null", "None", "true", "True", "false", "False", "NaN", "nan", "Infinity", "inf",
    ]
    .contains(&plain);
    is_word
        || (plain.starts_with(|first: char| first.is_ascii_digit()) && plain.parse::<f64>().is_ok())
}
