//! Encodes the rules and the commands of a receipt as bytes.

use super::super::task::MAX_STEPS;
use registry::{
    Alias, Command, FreeText, MetricName, MetricValue, Metrics, ModelName, RuleSet, Stage, TagKey,
    TagValue, Tags, VersionNumber,
};

/// Returns the commands that exercises may allow, by the numbers that stand for them in a receipt. These never change.
pub(super) const fn opcode(command: &Command) -> Option<u64> {
    Some(match command {
        Command::TransitionModelVersionStage { .. } => 0,
        Command::SetRegisteredModelAlias { .. } => 1,
        Command::DeleteRegisteredModelAlias { .. } => 2,
        Command::SetModelVersionTag { .. } => 3,
        Command::DeleteModelVersionTag { .. } => 4,
        Command::SetRegisteredModelTag { .. } => 5,
        Command::DeleteRegisteredModelTag { .. } => 6,
        Command::CreateModelVersion { .. } => 7,
        Command::CopyModelVersion { .. } => 8,
        Command::DeleteModelVersion { .. } => 9,
        Command::DeleteRegisteredModel { .. } => 10,
        // No exercise allows the others.
        _ => return None,
    })
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

    fn version(&mut self, version: VersionNumber) {
        self.number(u64::from(version.get()));
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

fn write(command: &Command, out: &mut Packer) {
    let (Some(code), Some(model)) = (opcode(command), command.model()) else {
        return;
    };
    out.number(code);
    out.text(model.as_str());
    match command {
        Command::TransitionModelVersionStage {
            version,
            stage,
            archive_existing_versions,
            ..
        } => {
            out.version(*version);
            out.number(stage.index() as u64 * 2 + u64::from(*archive_existing_versions));
        }
        Command::SetRegisteredModelAlias { alias, version, .. } => {
            out.text(alias.as_str());
            out.version(*version);
        }
        Command::DeleteRegisteredModelAlias { alias, .. } => out.text(alias.as_str()),
        Command::SetModelVersionTag {
            version,
            key,
            value,
            ..
        } => {
            out.version(*version);
            out.text(key.as_str());
            out.text(value.as_str());
        }
        Command::DeleteModelVersionTag { version, key, .. } => {
            out.version(*version);
            out.text(key.as_str());
        }
        Command::SetRegisteredModelTag { key, value, .. } => {
            out.text(key.as_str());
            out.text(value.as_str());
        }
        Command::DeleteRegisteredModelTag { key, .. } => out.text(key.as_str()),
        Command::CreateModelVersion {
            source,
            description,
            tags,
            metrics,
            ..
        } => {
            out.text(source.as_str());
            out.text(description.as_str());
            out.number(tags.len() as u64);
            for (key, value) in tags {
                out.text(key.as_str());
                out.text(value.as_str());
            }
            out.number(metrics.len() as u64);
            for (key, value) in metrics {
                out.text(key.as_str());
                out.text(&value.to_string());
            }
        }
        Command::CopyModelVersion {
            version, dst_name, ..
        } => {
            out.version(*version);
            out.text(dst_name.as_str());
        }
        Command::DeleteModelVersion { version, .. } => out.version(*version),
        _ => {}
    }
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

    fn version(&mut self) -> Option<VersionNumber> {
        VersionNumber::new(u32::try_from(self.number()?).ok()?)
    }

    fn name(&mut self) -> Option<ModelName> {
        ModelName::parse(&self.text()?).ok()
    }

    fn alias(&mut self) -> Option<Alias> {
        Alias::parse(&self.text()?).ok()
    }

    fn key(&mut self) -> Option<TagKey> {
        TagKey::parse(&self.text()?).ok()
    }

    fn value(&mut self) -> Option<TagValue> {
        TagValue::parse(&self.text()?).ok()
    }

    fn free(&mut self) -> Option<FreeText> {
        FreeText::parse(&self.text()?).ok()
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
    let mut steps = Vec::with_capacity(count);
    for _ in 0..count {
        steps.push(read(&mut from)?);
    }
    from.bytes.next().is_none().then_some((rules, steps))
}

fn read(from: &mut Unpacker) -> Option<Command> {
    let code = from.number()?;
    let name = from.name()?;
    Some(match code {
        0 => {
            let version = from.version()?;
            let packed = usize::try_from(from.number()?).ok()?;
            Command::TransitionModelVersionStage {
                name,
                version,
                stage: *Stage::ALL.get(packed / 2)?,
                archive_existing_versions: packed % 2 == 1,
            }
        }
        1 => Command::SetRegisteredModelAlias {
            name,
            alias: from.alias()?,
            version: from.version()?,
        },
        2 => Command::DeleteRegisteredModelAlias {
            name,
            alias: from.alias()?,
        },
        3 => Command::SetModelVersionTag {
            name,
            version: from.version()?,
            key: from.key()?,
            value: from.value()?,
        },
        4 => Command::DeleteModelVersionTag {
            name,
            version: from.version()?,
            key: from.key()?,
        },
        5 => Command::SetRegisteredModelTag {
            name,
            key: from.key()?,
            value: from.value()?,
        },
        6 => Command::DeleteRegisteredModelTag {
            name,
            key: from.key()?,
        },
        7 => {
            let source = from.free()?;
            let description = from.free()?;
            let mut tags = Tags::new();
            for _ in 0..from.count()? {
                let key = from.key()?;
                tags.insert(key, from.value()?);
            }
            let mut metrics = Metrics::new();
            for _ in 0..from.count()? {
                let key = MetricName::parse(&from.text()?).ok()?;
                metrics.insert(key, MetricValue::parse(&from.text()?).ok()?);
            }
            Command::CreateModelVersion {
                name,
                source,
                description,
                tags,
                metrics,
            }
        }
        8 => Command::CopyModelVersion {
            name,
            version: from.version()?,
            dst_name: from.name()?,
        },
        9 => Command::DeleteModelVersion {
            name,
            version: from.version()?,
        },
        10 => Command::DeleteRegisteredModel { name },
        _ => return None,
    })
}
