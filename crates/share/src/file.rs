//! Everything that is kept here, or a registry alone, as a JSON file. `docs/file-format.md` describes it for others.

use super::limits::{FILE, LINK, TooMuch};
use lesson::progress::Progress;
use registry::json::{self, JsonError, Reader, ToJson, Writer};
use storage::{ClassPlans, ConsoleMemory, Settings, Theme, WorkspaceSnapshot};

/// What the file says it is.
const FORMAT: &str = "model-stages";
/// The version that is written.
const VERSION: u64 = 1;
/// More workspaces than anybody has.
const MAX_WORKSPACES: usize = 1_000;

/// Everything that is kept.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Everything {
    /// The workspaces, the learner's own first.
    pub workspaces: Vec<WorkspaceSnapshot>,
    /// What was learned, where it is part of the file.
    pub progress: Option<Progress>,
    /// The colours, where they are part of the file.
    pub theme: Option<Theme>,
    /// What the console remembers, where it is part of the file.
    pub console: Option<ConsoleMemory>,
    /// The plans for classes, where they are part of the file.
    pub plans: Option<ClassPlans>,
}

/// Why a text is no file of the app's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FileError {
    /// There is more in it than could be kept.
    TooMuch(TooMuch),
    /// It is no JSON, or something else than such a file.
    Foreign,
    /// A newer version of the app has written it.
    Newer,
    /// It is such a file, but something in it can't be.
    Content(JsonError),
}

/// Returns the file with everything.
pub fn print(everything: &Everything) -> String {
    json::print(everything)
}

/// Returns a file with one registry alone. What it comes to stands in it as well, for other programs; it is not read back.
pub fn print_one(snapshot: &WorkspaceSnapshot) -> String {
    json::print(&One(snapshot))
}

/// Reads a file.
///
/// # Errors
/// If it can't be read; nothing of it counts then.
pub fn parse(text: &str) -> Result<Everything, FileError> {
    let text = text.trim_start_matches('\u{feff}');
    FILE.measure(text).map_err(FileError::TooMuch)?;
    let value = json::parse(text).map_err(|_| FileError::Foreign)?;
    let mut from = Reader::new(value).map_err(|_| FileError::Foreign)?;
    if !from
        .field::<String>("format")
        .is_ok_and(|format| format == FORMAT)
    {
        return Err(FileError::Foreign);
    }
    match from.field_or_default("version") {
        Ok(VERSION) => {}
        Ok(version) if version > VERSION => return Err(FileError::Newer),
        _ => return Err(FileError::Foreign),
    }
    read(&mut from).map_err(FileError::Content)
}

fn read(from: &mut Reader) -> Result<Everything, JsonError> {
    let list = from.list_or_empty("workspaces")?;
    if list.len() > MAX_WORKSPACES {
        return Err(JsonError("workspaces"));
    }
    let mut left = FILE.weight;
    let mut workspaces = Vec::with_capacity(list.len());
    for value in list {
        let snapshot = WorkspaceSnapshot::read(value, left)?;
        // All of them together may come to no more than one.
        let steps = snapshot.log.done().iter().chain(snapshot.log.undone());
        left = left.saturating_sub(steps.map(|entry| entry.events.len()).sum());
        workspaces.push(snapshot);
    }
    let plans: Option<ClassPlans> = from.field("class")?;
    let is_plan =
        |text: &str| LINK.measure(text).is_ok() && json::read::<class::Plan>(text).is_ok();
    let mut texts = plans.iter().flat_map(ClassPlans::latest_first);
    if !texts.all(|plan| is_plan(&plan.text)) {
        return Err(JsonError("class"));
    }
    let settings: Option<Settings> = from.field("settings")?;
    Ok(Everything {
        workspaces,
        progress: from.field("progress")?,
        theme: settings.map(|settings| settings.theme),
        console: from.field("console")?,
        plans,
    })
}

fn head(out: &mut Writer) {
    out.text("format", FORMAT);
    out.field("version", &VERSION);
}

impl ToJson for Everything {
    fn write(&self, out: &mut Writer) {
        out.object(&|out| {
            head(out);
            out.list("workspaces", &|out| {
                for snapshot in &self.workspaces {
                    snapshot.write(out);
                }
            });
            out.field("progress", &self.progress);
            if let Some(theme) = self.theme {
                let settings = Settings {
                    theme,
                    ..Settings::default()
                };
                out.field("settings", &settings);
            }
            out.field("console", &self.console);
            out.field("class", &self.plans);
        });
    }
}

struct One<'a>(&'a WorkspaceSnapshot);

impl ToJson for One<'_> {
    fn write(&self, out: &mut Writer) {
        out.object(&|out| {
            head(out);
            out.list("workspaces", &|out| self.0.write(out));
            out.field("now", self.0.log.registry());
        });
    }
}
