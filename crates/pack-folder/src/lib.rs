//! A pack as a folder: `pack.json`, and for each longer list a folder with a file for each of its items. `content/README.md`
//! describes it.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use serde_json::{Map, Value};

/// The file with the fields of the pack itself.
const HEAD: &str = "pack.json";

/// A pack, put together from a folder.
#[derive(Debug)]
pub struct Folder {
    /// The pack, as its one file would hold it.
    pub pack: Value,
    /// The files of the items, in order, by list.
    lists: BTreeMap<String, Vec<String>>,
}

impl Folder {
    /// Returns the file, within the folder, that holds a place of the pack, and the place inside that file.
    pub fn locate<'a>(&self, place: &'a str) -> (String, &'a str) {
        let end = place.find(['.', '[']).unwrap_or(place.len());
        let (list, rest) = place.split_at_checked(end).unwrap_or((place, ""));
        let Some(files) = self.lists.get(list) else {
            return (HEAD.to_owned(), place);
        };
        let item = rest.strip_prefix('[').and_then(|rest| {
            let (number, rest) = rest.split_once(']')?;
            Some((files.get(number.parse::<usize>().ok()?)?, rest))
        });
        match item {
            Some((file, rest)) => (
                format!("{list}/{file}"),
                rest.strip_prefix('.').unwrap_or(rest),
            ),
            None => (list.to_owned(), rest),
        }
    }
}

/// Reads a folder. What the items say is not looked at.
///
/// # Errors
/// A sentence for each file that cannot be read, is not JSON, or is called otherwise than its item; each begins with the
/// file's path.
pub fn read(folder: &Path) -> Result<Folder, Vec<String>> {
    let mut problems = Vec::new();
    let mut pack = match object(&folder.join(HEAD)) {
        Ok(head) => head,
        Err(problem) => {
            problems.push(problem);
            Map::new()
        }
    };
    let mut lists = BTreeMap::new();
    for list in names(folder, &mut problems) {
        let inner = folder.join(&list);
        if !inner.is_dir() {
            if list != HEAD {
                let path = inner.display();
                problems.push(format!(
                    "{path}: beside {HEAD} there are only folders, one for each list."
                ));
            }
            continue;
        }
        if pack.contains_key(&list) {
            let path = inner.display();
            problems.push(format!("{path}: {HEAD} has `{list}` too."));
        }
        let mut items = Vec::new();
        let files = names(&inner, &mut problems);
        for file in &files {
            match item(&inner.join(file), file) {
                Ok(item) => items.push(item),
                Err(problem) => problems.push(problem),
            }
        }
        pack.insert(list.clone(), Value::Array(items));
        lists.insert(list, files);
    }
    if problems.is_empty() {
        let pack = Value::Object(pack);
        Ok(Folder { pack, lists })
    } else {
        Err(problems)
    }
}

/// Returns the names in a folder, sorted; those that begin with a dot are an editor's or the system's.
fn names(folder: &Path, problems: &mut Vec<String>) -> Vec<String> {
    let read = || -> io::Result<Vec<String>> {
        let entries = fs::read_dir(folder)?;
        let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
        names.collect()
    };
    let mut names = read().unwrap_or_else(|error| {
        problems.push(format!("{}: {error}.", folder.display()));
        Vec::new()
    });
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    names
}

/// Returns the item of a file that is called `ID.json`, or `NUMBER-ID.json` where the order matters.
fn item(path: &Path, file: &str) -> Result<Value, String> {
    let item = object(path)?;
    let Some(name) = file.strip_suffix(".json") else {
        return Err(format!("{}: its name must end in .json.", path.display()));
    };
    let bare = name.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let numbered = bare.strip_prefix('-').filter(|_| bare.len() < name.len());
    // An id that is missing, or no text, is found where the pack is checked.
    match item.get("id").and_then(Value::as_str) {
        Some(id) if id != name && numbered != Some(id) => Err(format!(
            "{}: the file is called otherwise than its id, `{id}`.",
            path.display()
        )),
        _ => Ok(Value::Object(item)),
    }
}

fn object(path: &Path) -> Result<Map<String, Value>, String> {
    let says = |what: &dyn std::fmt::Display| format!("{}: {what}.", path.display());
    let text = fs::read_to_string(path).map_err(|error| says(&error))?;
    // Some editors put a byte-order mark before what they save.
    match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) => Err(says(&"here belongs one object")),
        Err(error) => Err(says(&error)),
    }
}
