//! Why something is not part of an exercise.

use super::Language;
use registry::ExerciseLimit;

/// Returns why something is not part of an exercise.
pub fn not_here(text: Language, why: &ExerciseLimit) -> String {
    let texts = text.exercises();
    let list = |names: &[String]| {
        let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        quoted.join(texts.and)
    };
    match why {
        ExerciseLimit::Method { methods } => {
            let names: Vec<String> = methods.iter().map(|name| (*name).to_owned()).collect();
            texts.not_here_method(&list(&names))
        }
        ExerciseLimit::Alias { aliases } => texts.not_here_alias(&list(aliases)),
        ExerciseLimit::Tag { keys } => texts.not_here_tag(&list(keys)),
        ExerciseLimit::Target { models } => texts.not_here_target(&list(models)),
        ExerciseLimit::Restore => texts.not_here_restore.to_owned(),
        ExerciseLimit::Rules => texts.not_here_rules.to_owned(),
        ExerciseLimit::Versions { at_most } => texts.not_here_versions(*at_most as usize),
    }
}
