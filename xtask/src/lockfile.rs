//! Versions as `Cargo.lock` has them.

use crate::failure::Failure;
use crate::paths;

/// The version of the package `name` in the workspace's `Cargo.lock`.
///
/// # Errors
///
/// When the file cannot be read or does not have the package.
pub fn version(name: &str) -> Result<String, Failure> {
    let path = paths::root().join("Cargo.lock");
    let text = std::fs::read_to_string(&path)
        .map_err(|error| Failure::step(format!("Cargo.lock cannot be read: {error}.")))?;
    find(&text, name)
        .map(str::to_owned)
        .ok_or_else(|| Failure::step(format!("Cargo.lock has no package `{name}`.")))
}

/// The version of the package `name` in the text of a `Cargo.lock`.
#[must_use]
pub fn find<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.split("[[package]]").find_map(|package| {
        let value = |key: &str| {
            package.lines().find_map(|line| {
                line.strip_prefix(key)?
                    .strip_prefix(" = \"")?
                    .strip_suffix('"')
            })
        };
        (value("name")? == name).then(|| value("version"))?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
version = 4

[[package]]
name = "wasm-bindgen-macro"
version = "0.2.99"

[[package]]
name = "wasm-bindgen"
version = "0.2.130"
dependencies = [
 "wasm-bindgen-macro",
]
"#;

    #[test]
    fn finds_the_exact_name() {
        assert_eq!(find(LOCK, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(find(LOCK, "wasm-bindgen-macro"), Some("0.2.99"));
        assert_eq!(find(LOCK, "wasm"), None);
        assert_eq!(find("", "wasm"), None);
        assert_eq!(
            find(&LOCK.replace('\n', "\r\n"), "wasm-bindgen"),
            Some("0.2.130")
        );
    }
}
