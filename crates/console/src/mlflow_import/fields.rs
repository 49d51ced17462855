//! The fields of an object, under the names that MLflow's server gives them.

use super::node::Node;

/// A field.
struct Field<'a> {
    name: String,
    written: &'a str,
    value: &'a Node,
    is_read: bool,
}

/// The fields of an object. What nobody has asked for is left at the end.
pub struct Fields<'a> {
    fields: Vec<Field<'a>>,
    /// Fields that say otherwise than another one, which counts: that stands behind each.
    pub others: Vec<(&'a str, &'a str)>,
    /// Whether the name of one of those only has an underscore more.
    pub has_underscored: bool,
}

/// The name of a field as MLflow's server writes it: `creationTimestamp` and `_creation_timestamp` are
/// `creation_timestamp`, `mlflow.registered_model` is `registered_model`.
pub fn plain_name(written: &str) -> String {
    let written = written.trim_start_matches('_');
    let written = written.strip_prefix("mlflow.").unwrap_or(written);
    let mut name = String::with_capacity(written.len());
    let mut was_small = false;
    for letter in written.chars() {
        if letter.is_ascii_uppercase() && was_small {
            name.push('_');
        }
        was_small = letter.is_ascii_lowercase() || letter.is_ascii_digit();
        name.push(if letter == '-' {
            '_'
        } else {
            letter.to_ascii_lowercase()
        });
    }
    name
}

impl<'a> Fields<'a> {
    pub fn new(object: &'a [(String, Node)]) -> Self {
        let mut fields: Vec<Field<'a>> = object
            .iter()
            .map(|(written, value)| Field {
                name: plain_name(written),
                written,
                value,
                is_read: false,
            })
            .collect();
        // Of one name, the one without an underscore counts.
        fields.sort_by_key(|field| field.written.starts_with('_'));
        Self {
            fields,
            others: Vec::new(),
            has_underscored: false,
        }
    }

    /// Whether one of these is there, and is not nothing.
    pub fn has(&self, names: &[&str]) -> bool {
        self.fields
            .iter()
            .any(|field| names.contains(&field.name.as_str()) && !field.value.is_null())
    }

    /// The first of these that is there and is not nothing, as it is written.
    pub fn take(&mut self, names: &[&str]) -> Option<(&'a str, &'a Node)> {
        let mut found: Option<(&'a str, &'a Node)> = None;
        for name in names {
            for field in &mut self.fields {
                if field.name != *name || field.is_read {
                    continue;
                }
                field.is_read = true;
                match found {
                    _ if field.value.is_null() => {}
                    None => found = Some((field.written, field.value)),
                    Some((_, value)) if value == field.value => {}
                    Some(_) if field.written.starts_with('_') => self.has_underscored = true,
                    Some((counts, _)) => self.others.push((field.written, counts)),
                }
            }
        }
        found
    }

    /// A text that is not empty.
    pub fn text(&mut self, names: &[&str]) -> Option<&'a str> {
        let (_, value) = self.take(names)?;
        value.as_text().filter(|text| !text.is_empty())
    }

    /// What nobody has asked for: its name, how it is written, its value.
    pub fn rest(&self) -> impl Iterator<Item = (&str, &'a str, &'a Node)> {
        self.fields
            .iter()
            .filter(|field| !field.is_read)
            .map(|field| (field.name.as_str(), field.written, field.value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_server() {
        let check = |written: &str, expected: &str| assert_eq!(plain_name(written), expected);
        check("creationTimestamp", "creation_timestamp");
        check("_creation_time", "creation_time");
        check("__latest_version", "latest_version");
        check("mlflow.registered_model", "registered_model");
        check("registeredModels", "registered_models");
        check("current-stage", "current_stage");
        check("NAME", "name");
        check("é", "é");
    }
}
