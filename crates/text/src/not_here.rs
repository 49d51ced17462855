//! Why something is not part of an exercise.

use super::Language;
use registry::NotHere;

/// Why something is not part of an exercise.
#[must_use]
pub fn not_here(text: Language, why: &NotHere) -> String {
    let texts = text.exercises();
    let list = |names: &[String]| {
        let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        quoted.join(texts.and)
    };
    match why {
        NotHere::Method { methods } => {
            let names: Vec<String> = methods.iter().map(|name| (*name).to_owned()).collect();
            texts.not_here_method(&list(&names))
        }
        NotHere::Alias { aliases } => texts.not_here_alias(&list(aliases)),
        NotHere::Tag { keys } => texts.not_here_tag(&list(keys)),
        NotHere::Target { models } => texts.not_here_target(&list(models)),
        NotHere::Restore => texts.not_here_restore.to_owned(),
        NotHere::Rules => texts.not_here_rules.to_owned(),
        NotHere::Versions { at_most } => texts.not_here_versions(*at_most as usize),
    }
}
