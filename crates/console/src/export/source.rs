//! Which sources of versions a real server takes.
//!
//! MLflow's server refuses a path on a disk unless it lies among the files of the version's run, and a few kinds of
//! addresses besides (`_validate_source_run` in `mlflow/server/handlers.py`, 3.18.0). What is let through here is less
//! than what it takes: addresses in an object store, with a plain path.

/// The object stores whose addresses are taken.
const STORES: [&str; 4] = ["s3://", "gs://", "wasbs://", "dbfs:/"];

/// Where what stands for a source lies: a bucket that somebody puts their own in place of.
const BUCKET: &str = "s3://my-bucket/";

/// The longest path that stands for a source.
const MAX_PATH: usize = 200;

/// What stands for a source that a server would refuse; nothing where it is taken as it is.
pub fn stand_in(source: &str) -> Option<String> {
    if STORES
        .iter()
        .any(|store| source.strip_prefix(store).is_some_and(is_path))
    {
        return None;
    }
    let path = source.split_once(':').map_or(source, |(_, path)| path);
    let kept: Vec<String> = path
        .split('/')
        .map(|name| {
            name.chars()
                .map(|c| if is_plain(c) { c } else { '-' })
                .collect()
        })
        .filter(|name: &String| !name.is_empty() && !name.chars().all(|c| c == '.'))
        .collect();
    let path: String = kept.join("/").chars().take(MAX_PATH).collect();
    let path = if path.is_empty() {
        "model"
    } else {
        path.trim_end_matches(['/', '.'])
    };
    Some(format!("{BUCKET}{path}"))
}

const fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')
}

/// Whether what follows `s3://` is a bucket with a path in it that means just one place.
fn is_path(rest: &str) -> bool {
    let mut names = rest.trim_end_matches('/').split('/');
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|c| is_plain(c) || matches!(c, '=' | '@'))
    };
    let is_place = |name: &str| is_name(name) && name != "." && name != "..";
    names.next().is_some_and(is_name) && {
        let mut path = names.peekable();
        path.peek().is_some() && path.all(is_place)
    }
}

/// Whether a model of that name can be named in a `models:/` address.
pub fn is_address(name: &str) -> bool {
    !name
        .chars()
        .any(|c| c.is_control() || matches!(c, '?' | '#' | '%' | ';' | '\\'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_taken_or_stood_for() {
        let check = |source: &str, expected: Option<&str>| {
            assert_eq!(stand_in(source).as_deref(), expected, "{source:?}");
        };
        check("s3://models/fraud/v1", None);
        check("gs://models/fraud/v1/", None);
        check("wasbs://models@team.blob.core.windows.net/x", None);
        check("dbfs:/models/x", None);
        check("s3://models", Some("s3://my-bucket/models"));
        check("s3://models/", Some("s3://my-bucket/models"));
        check("s3://models/a/../b", Some("s3://my-bucket/models/a/b"));
        check("s3://models/a?b", Some("s3://my-bucket/models/a-b"));
        check(
            "models/fraud/model_v1.pkl",
            Some("s3://my-bucket/models/fraud/model_v1.pkl"),
        );
        check("/models/x/", Some("s3://my-bucket/models/x"));
        check("models:/fraud/1", Some("s3://my-bucket/fraud/1"));
        check("runs:/abc/model", Some("s3://my-bucket/abc/model"));
        check("C:\\models", Some("s3://my-bucket/-models"));
        check("", Some("s3://my-bucket/model"));
        check("..", Some("s3://my-bucket/model"));
        check(":", Some("s3://my-bucket/model"));
        check("/é /", Some("s3://my-bucket/--"));
    }

    #[test]
    fn what_stands_for_a_source_is_taken() {
        for source in [
            "",
            "a b",
            "x:y",
            "//",
            "é",
            &"a/".repeat(500),
            &"..a".repeat(300),
        ] {
            let stands = stand_in(source).expect("it is no address");
            assert_eq!(stand_in(&stands), None, "{source:?}: {stands}");
        }
    }
}
