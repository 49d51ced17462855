//! What is known of a value before there is one.

/// How deep lists and dictionaries may stand in each other.
const DEEPEST: u8 = 6;

/// The type of a value, as far as it is known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ValueType {
    None,
    Flag,
    Int,
    Float,
    Text,
    /// A text that starts with `models:/`.
    Uri,
    /// A text or `None`.
    Maybe,
    /// One of several kinds, none of which has parts.
    Mixed,
    /// A list or a tuple: what is in it.
    List(Box<Self>, SequenceType),
    /// A dictionary of texts: what is in it.
    Dict(Box<Self>),
    ModelVersion,
    RegisteredModel,
    Run,
    RunInfo,
    PyFuncModel,
    /// What the lesson's own functions give.
    Lesson,
    Client,
    NewClient,
    Module(Module),
}

/// A list or a tuple.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SequenceType {
    List,
    Tuple,
}

/// A module.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Module {
    Mlflow,
    /// `mlflow.tracking` and `mlflow.client`, which have the client.
    Tracking,
    Pyfunc,
}

/// The fields of a `ModelVersion`, and what they are.
pub const VERSION_FIELDS: [(&str, ValueType); 19] = [
    ("aliases", ValueType::Mixed),
    ("creation_timestamp", ValueType::Int),
    ("current_stage", ValueType::Text),
    ("deployment_job_state", ValueType::None),
    ("description", ValueType::Maybe),
    ("last_updated_timestamp", ValueType::Int),
    ("metrics", ValueType::None),
    ("model_id", ValueType::None),
    ("name", ValueType::Text),
    ("params", ValueType::None),
    ("run_id", ValueType::Maybe),
    ("run_link", ValueType::Maybe),
    ("source", ValueType::Maybe),
    ("status", ValueType::Text),
    ("status_message", ValueType::None),
    ("tags", ValueType::Mixed),
    ("user_id", ValueType::None),
    ("version", ValueType::Int),
    ("workspace", ValueType::Text),
];

/// The fields of a `RegisteredModel`, and what they are.
pub const MODEL_FIELDS: [(&str, ValueType); 10] = [
    ("aliases", ValueType::Mixed),
    ("creation_timestamp", ValueType::Int),
    ("deployment_job_id", ValueType::None),
    ("deployment_job_state", ValueType::None),
    ("description", ValueType::Maybe),
    ("last_updated_timestamp", ValueType::Int),
    ("latest_versions", ValueType::Mixed),
    ("name", ValueType::Text),
    ("tags", ValueType::Mixed),
    ("workspace", ValueType::Text),
];

impl ValueType {
    /// A list of something.
    pub fn list(of: Self) -> Self {
        Self::List(Box::new(of), SequenceType::List)
    }

    /// What is common to values of two kinds; nothing where a list or an object is among them.
    pub fn or(self, other: Self) -> Option<Self> {
        if self == other {
            return Some(self);
        }
        let is_text = |kind: &Self| matches!(kind, Self::Text | Self::Uri);
        let is_maybe = |kind: &Self| is_text(kind) || matches!(kind, Self::None | Self::Maybe);
        if is_text(&self) && is_text(&other) {
            return Some(Self::Text);
        }
        if is_maybe(&self) && is_maybe(&other) {
            return Some(Self::Maybe);
        }
        (self.is_plain() && other.is_plain()).then_some(Self::Mixed)
    }

    const fn is_plain(&self) -> bool {
        matches!(
            self,
            Self::None
                | Self::Flag
                | Self::Int
                | Self::Float
                | Self::Text
                | Self::Uri
                | Self::Maybe
                | Self::Mixed
        )
    }

    /// Whether values of this kind print here as they do in Python.
    pub fn is_printable(&self) -> bool {
        match self {
            Self::List(of, _) | Self::Dict(of) => of.is_printable(),
            Self::ModelVersion | Self::RegisteredModel | Self::PyFuncModel => true,
            _ => self.is_plain(),
        }
    }

    /// Whether lists and dictionaries stand in each other too deep.
    pub fn is_too_deep(&self) -> bool {
        let mut depth = 0;
        let mut kind = self;
        while let Self::List(of, _) | Self::Dict(of) = kind {
            depth += 1;
            kind = of;
        }
        depth > DEEPEST
    }

    /// What there is under a name; nothing where there is nothing, or nothing that is known here.
    pub fn attribute(&self, name: &str) -> Option<Self> {
        let texts = || Self::Dict(Box::new(Self::Text));
        Some(match (self, name) {
            (Self::ModelVersion, "aliases") => Self::list(Self::Text),
            (Self::ModelVersion | Self::RegisteredModel, "tags") => texts(),
            (Self::RegisteredModel, "aliases") => Self::Dict(Box::new(Self::Int)),
            (Self::RegisteredModel, "latest_versions") => Self::list(Self::ModelVersion),
            (Self::Run, "info") => Self::RunInfo,
            (Self::RunInfo, "run_id") => Self::Text,
            (Self::Module(Module::Mlflow | Module::Tracking), "MlflowClient") => Self::NewClient,
            (Self::Module(Module::Mlflow), "tracking" | "client") => Self::Module(Module::Tracking),
            (Self::Module(Module::Mlflow), "pyfunc") => Self::Module(Module::Pyfunc),
            (Self::Module(Module::Mlflow), "__version__") => Self::Text,
            _ => {
                let fields = self.fields();
                let (_, kind) = fields.iter().find(|(known, _)| *known == name)?;
                kind.clone()
            }
        })
    }

    /// The fields of an object.
    pub const fn fields(&self) -> &'static [(&'static str, Self)] {
        match self {
            Self::ModelVersion => &VERSION_FIELDS,
            Self::RegisteredModel => &MODEL_FIELDS,
            _ => &[],
        }
    }
}
