//! Encodes the rules and the commands of a receipt as bytes.

use super::super::task::MAX_STEPS;
use registry::{
    Alias, Command, FreeText, MetricName, MetricValue, ModelName, RuleSet, Stage, TagKey, TagValue,
    VecMap, VersionNumber,
};

/// The commands that exercises may allow, by the numbers that stand for them in a receipt, each with its fields in their
/// order there. These never change.
macro_rules! commands {
    ($($code:literal $variant:ident { $($field:ident),* })*) => {
        /// Returns the number of a command; `None` where no exercise allows it.
        pub(super) const fn opcode(command: &Command) -> Option<u64> {
            Some(match command {
                Command::TransitionModelVersionStage { .. } => 0,
                $(Command::$variant { .. } => $code,)*
                _ => return None,
            })
        }

        fn write(command: &Command, out: &mut Packer) {
            let Some(code) = opcode(command) else { return };
            out.number(code);
            match command {
                Command::TransitionModelVersionStage {
                    name,
                    version,
                    stage,
                    archive_existing_versions,
                } => {
                    name.pack(out);
                    version.pack(out);
                    // In one number.
                    out.number(stage.index() as u64 * 2 + u64::from(*archive_existing_versions));
                }
                $(Command::$variant { $($field),* } => { $($field.pack(out);)* })*
                _ => {}
            }
        }

        fn read(from: &mut Unpacker) -> Option<Command> {
            Some(match from.number()? {
                0 => {
                    let (name, version) = (Field::unpack(from)?, Field::unpack(from)?);
                    let packed = usize::try_from(from.number()?).ok()?;
                    Command::TransitionModelVersionStage {
                        name,
                        version,
                        stage: *Stage::ALL.get(packed / 2)?,
                        archive_existing_versions: packed % 2 == 1,
                    }
                }
                $($code => Command::$variant { $($field: Field::unpack(from)?),* },)*
                _ => return None,
            })
        }
    };
}

commands! {
    1 SetRegisteredModelAlias { name, alias, version }
    2 DeleteRegisteredModelAlias { name, alias }
    3 SetModelVersionTag { name, version, key, value }
    4 DeleteModelVersionTag { name, version, key }
    5 SetRegisteredModelTag { name, key, value }
    6 DeleteRegisteredModelTag { name, key }
    7 CreateModelVersion { name, source, description, tags, metrics }
    8 CopyModelVersion { name, version, dst_name }
    9 DeleteModelVersion { name, version }
    10 DeleteRegisteredModel { name }
}

/// The type of a command's field.
trait Field: Sized {
    fn pack(&self, out: &mut Packer);
    fn unpack(from: &mut Unpacker) -> Option<Self>;
}

macro_rules! texts {
    ($($type:ident)*) => { $(
        impl Field for $type {
            fn pack(&self, out: &mut Packer) {
                out.text(&self.to_string());
            }

            fn unpack(from: &mut Unpacker) -> Option<Self> {
                Self::parse(&from.text()?).ok()
            }
        }
    )* };
}

texts!(Alias FreeText MetricName MetricValue ModelName TagKey TagValue);

impl Field for VersionNumber {
    fn pack(&self, out: &mut Packer) {
        out.number(u64::from(self.get()));
    }

    fn unpack(from: &mut Unpacker) -> Option<Self> {
        Self::new(u32::try_from(from.number()?).ok()?)
    }
}

impl<K: Field + Ord, V: Field> Field for VecMap<K, V> {
    fn pack(&self, out: &mut Packer) {
        out.number(self.len() as u64);
        for (key, value) in self {
            key.pack(out);
            value.pack(out);
        }
    }

    fn unpack(from: &mut Unpacker) -> Option<Self> {
        let mut map = Self::new();
        for _ in 0..from.count()? {
            map.insert(K::unpack(from)?, V::unpack(from)?);
        }
        Some(map)
    }
}

/// Writes numbers and texts into bytes. A text stands there once; after that its number stands for it.
#[derive(Default)]
struct Packer {
    bytes: Vec<u8>,
    texts: Vec<String>,
}

impl Packer {
    /// Seven bits to a byte, the lowest first.
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push((number & 0x7F) as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    fn text(&mut self, text: &str) {
        let known = self.texts.iter().position(|known| known == text);
        match known {
            Some(at) => self.number(at as u64),
            None => {
                self.number(self.texts.len() as u64);
                self.number(text.len() as u64);
                self.bytes.extend(text.bytes());
                self.texts.push(text.to_owned());
            }
        }
    }
}

/// Packs them.
pub(super) fn pack(rules: RuleSet, steps: &[Command]) -> Vec<u8> {
    let mut out = Packer::default();
    out.number(u64::from(rules == RuleSet::Mlflow));
    out.number(steps.len() as u64);
    for command in steps {
        write(command, &mut out);
    }
    out.bytes
}

/// Reads what [`Packer`] wrote. Whatever does not fit is nothing.
struct Unpacker<'b> {
    bytes: std::slice::Iter<'b, u8>,
    texts: Vec<String>,
}

impl Unpacker<'_> {
    fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..63).step_by(7) {
            let byte = *self.bytes.next()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// Returns a number that things are counted with: there are never more of them than bytes left.
    fn count(&mut self) -> Option<usize> {
        let count = usize::try_from(self.number()?).ok()?;
        (count <= self.bytes.len()).then_some(count)
    }

    fn text(&mut self) -> Option<String> {
        let at = usize::try_from(self.number()?).ok()?;
        if at < self.texts.len() {
            return self.texts.get(at).cloned();
        }
        if at > self.texts.len() {
            return None;
        }
        let length = self.count()?;
        let bytes = self.bytes.by_ref().take(length).copied().collect();
        let text = String::from_utf8(bytes).ok()?;
        self.texts.push(text.clone());
        Some(text)
    }
}

/// Unpacks them; nothing where that is not what [`pack`] makes.
pub(super) fn unpack(bytes: &[u8]) -> Option<(RuleSet, Vec<Command>)> {
    let mut from = Unpacker {
        bytes: bytes.iter(),
        texts: Vec::new(),
    };
    let rules = match from.number()? {
        0 => RuleSet::Guided,
        1 => RuleSet::Mlflow,
        _ => return None,
    };
    let count = from.count().filter(|count| *count <= MAX_STEPS)?;
    let steps = (0..count).map(|_| read(&mut from));
    let steps: Vec<Command> = steps.collect::<Option<_>>()?;
    from.bytes.next().is_none().then_some((rules, steps))
}
