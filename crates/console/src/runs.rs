//! Runs, as far as versions have their metrics from them.
//!
//! In MLflow a metric belongs to a run, and a version remembers which run it comes from. The simulator keeps metrics
//! with the version. So each version has a run of its own, whose id says which version it is: `run-of-NAME-vNUMBER`. A
//! run that is made in the console, `run-1`, `run-2` and so on, collects metrics until a version is created from it; what
//! is logged to it later goes to the versions that came from it. Such a run is forgotten with the console; the metrics
//! of the versions are not.

use super::diagnostic::Complaint;
use super::registry_host::{RegistryHost, ask};
use registry::call::Written;
use registry::{ErrorCode, ModelName, VersionNumber};

/// The runs that were made in the console.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Runs {
    runs: Vec<Run>,
    /// The runs that versions were said to come from when they were created, whether there are such runs or not.
    origins: Vec<VersionOrigin>,
}

/// A run that was made in the console.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Run {
    /// The name that it was given.
    pub name: String,
    /// Its metrics, in the order in which they were logged first.
    pub metrics: Written,
    /// The versions that were created from it.
    pub versions: Vec<(ModelName, VersionNumber)>,
}

/// A run that an id means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RunRef {
    /// One that was made in the console: its place.
    Created(usize),
    OfVersion(ModelName, VersionNumber),
}

/// How the id of a version's run starts.
const OF_VERSION: &str = "run-of-";
/// How the id of a run starts that was made in the console.
const CREATED: &str = "run-";

/// The id of a version's run.
pub fn id_of(name: &ModelName, version: VersionNumber) -> String {
    format!("{OF_VERSION}{name}-v{version}")
}

/// The id of a run that was made in the console.
pub fn created_id(at: usize) -> String {
    format!("{CREATED}{}", at + 1)
}

/// What a version was said to come from when it was created.
pub type VersionOrigin = (ModelName, VersionNumber, Option<String>);

impl Runs {
    /// Runs that were made elsewhere, and what versions were said there to come from.
    pub const fn of(runs: Vec<Run>, origins: Vec<VersionOrigin>) -> Self {
        Self { runs, origins }
    }

    /// The runs that were made.
    pub fn all(&self) -> &[Run] {
        &self.runs
    }

    /// What the versions were said to come from.
    pub fn origins(&self) -> &[VersionOrigin] {
        &self.origins
    }

    /// The run that an id means, if there is one.
    pub fn find(&self, host: &dyn RegistryHost, id: &str) -> Option<RunRef> {
        if let Some(rest) = id.strip_prefix(OF_VERSION) {
            let (name, number) = rest.rsplit_once("-v")?;
            let name = ModelName::parse(name).ok()?;
            let number = VersionNumber::new(number.parse().ok()?)?;
            // The id is written in one way only.
            let there = ask(host, |log| {
                log.registry().model(&name)?.version(number).map(|_| ())
            });
            return (there.flatten().is_some() && id_of(&name, number) == id)
                .then_some(RunRef::OfVersion(name, number));
        }
        let at = id
            .strip_prefix(CREATED)?
            .parse::<usize>()
            .ok()?
            .checked_sub(1)?;
        (at < self.runs.len() && created_id(at) == id).then_some(RunRef::Created(at))
    }

    /// Makes a run.
    pub fn create(&mut self, name: String) -> usize {
        self.runs.push(Run {
            name,
            ..Run::default()
        });
        self.runs.len() - 1
    }

    /// A run that was made here.
    pub fn get(&self, at: usize) -> Option<&Run> {
        self.runs.get(at)
    }

    /// A run that was made here, to be changed.
    pub fn get_mut(&mut self, at: usize) -> Option<&mut Run> {
        self.runs.get_mut(at)
    }

    /// Remembers what a version was said to come from when it was created: a run of that id, or none.
    pub fn tell(&mut self, name: ModelName, version: VersionNumber, id: Option<String>) {
        self.origins
            .retain(|(of, number, _)| (of, *number) != (&name, version));
        self.origins.push((name, version, id));
    }

    /// The versions of a model have another name from now on.
    pub fn rename(&mut self, from: &ModelName, to: &ModelName) {
        let versions = self.runs.iter_mut().flat_map(|run| &mut run.versions);
        let named = versions.map(|(name, _)| name);
        for name in named.chain(self.origins.iter_mut().map(|(name, ..)| name)) {
            if name == from {
                name.clone_from(to);
            }
        }
    }

    /// Whether a version comes from the run of that id.
    pub fn is_from(&self, name: &ModelName, version: VersionNumber, id: &str) -> bool {
        let mut origins = self.origins.iter();
        if let Some((.., origin)) = origins.find(|(of, number, _)| of == name && *number == version)
        {
            return origin.as_deref() == Some(id);
        }
        let is_from = |at: usize, run: &Run| {
            created_id(at) == id
                && run
                    .versions
                    .iter()
                    .any(|(of, number)| of == name && *number == version)
        };
        id_of(name, version) == id
            || self
                .runs
                .iter()
                .enumerate()
                .any(|(at, run)| is_from(at, run))
    }
}

/// What MLflow says where there is no run of this ID.
pub fn not_found(id: &str) -> Complaint {
    Complaint {
        about: "run_id",
        code: ErrorCode::ResourceDoesNotExist,
        message: format!("Run with id={id} not found"),
    }
}

/// Puts a metric to others; one that is there already takes the new value.
pub fn log(metrics: &mut Written, key: &str, value: &str) {
    match metrics.iter_mut().find(|(there, _)| there == key) {
        Some(there) => value.clone_into(&mut there.1),
        None => metrics.push((key.to_owned(), value.to_owned())),
    }
}

/// The run's id in a `runs:/` URI.
pub fn of_uri(uri: &str) -> Option<&str> {
    uri.strip_prefix("runs:/")?
        .trim_start_matches('/')
        .split('/')
        .next()
}
