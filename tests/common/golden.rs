//! Files that the tests compare with.

use std::path::Path;

/// Compares with a file of `tests/golden`, or writes it where that is asked for.
pub fn golden(name: &str, found: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1") {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, found).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    for (line, (found, expected)) in (1..).zip(found.lines().zip(expected.lines())) {
        assert_eq!(found, expected, "line {line} of tests/golden/{name}");
    }
    assert!(
        found == expected,
        "tests/golden/{name} has another length; UPDATE_GOLDEN=1 writes it anew"
    );
}
