//! `models:/` URIs, read as MLflow 3.18.0 reads them (`store/artifact/utils/models.py`).

use super::python;
use super::refusal::RefusalKind;

/// A `models:/` URI taken apart. The parts are still as written: MLflow checks them only when it looks them up.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ModelUri {
    /// `models:/name/3`
    Version { name: String, version: String },
    /// `models:/name/Production`; any word that is not a number and not `latest` is taken for a stage.
    Stage { name: String, stage: String },
    /// `models:/name/latest`, in any case.
    Latest { name: String },
    /// `models:/name@alias`
    Alias { name: String, alias: String },
}

impl ModelUri {
    /// Takes a URI apart.
    ///
    /// # Errors
    /// [`RefusalKind::UriImproper`] where MLflow says "Not a proper models:/ URI", and
    /// [`RefusalKind::UriLoggedModel`] for `models:/m-…`, which MLflow 3 takes for the ID of a logged model.
    pub fn parse(uri: &str) -> Result<Self, RefusalKind> {
        let improper = || RefusalKind::UriImproper {
            uri: uri.to_owned(),
        };
        let (scheme, path) = split_url(uri);
        if scheme != "models" || !path.starts_with('/') || path.len() <= 1 {
            return Err(improper());
        }
        let mut parts = path.trim_start_matches('/').split('/');
        let first = parts.next().unwrap_or_default();
        let second = parts.next();
        if parts.next().is_some() || python::is_blank(first) {
            return Err(improper());
        }
        let name = first.to_owned();
        match second {
            Some(suffix) if python::is_blank(suffix) => Err(improper()),
            Some(suffix) if python::is_digits(suffix) => Ok(Self::Version {
                name,
                version: suffix.to_owned(),
            }),
            Some(suffix) if suffix.eq_ignore_ascii_case("latest") => Ok(Self::Latest { name }),
            Some(suffix) => Ok(Self::Stage {
                name,
                stage: suffix.to_owned(),
            }),
            None => match first.rsplit_once('@') {
                Some((_, alias)) if python::is_blank(alias) => Err(improper()),
                Some((name, alias)) => Ok(Self::Alias {
                    name: name.to_owned(),
                    alias: alias.to_owned(),
                }),
                None => Err(RefusalKind::UriLoggedModel {
                    uri: uri.to_owned(),
                }),
            },
        }
    }
}

/// Returns whether Python's `urlparse` finds the scheme `models`.
pub fn is_models_scheme(uri: &str) -> bool {
    split_url(uri).0 == "models"
}

/// Returns the scheme of an address in lower case, empty where it has none, and what follows it.
pub fn scheme(address: &str) -> (String, &str) {
    let is_scheme = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    };
    match address.split_once(':') {
        Some((scheme, rest)) if is_scheme(scheme) => (scheme.to_ascii_lowercase(), rest),
        _ => (String::new(), address),
    }
}

/// Scheme and path as Python's `urllib.parse.urlparse(url, allow_fragments=False)` finds them.
fn split_url(url: &str) -> (String, String) {
    let url: String = url
        .trim_start_matches(|c| c <= ' ')
        .chars()
        .filter(|c| !matches!(c, '\t' | '\r' | '\n'))
        .collect();
    let (scheme, rest) = scheme(&url);
    let path = match rest.strip_prefix("//") {
        Some(rest) => rest.find(['/', '?', '#']).and_then(|at| rest.get(at..)),
        None => Some(rest),
    };
    let path = path.unwrap_or_default();
    let path = path.split_once('?').map_or(path, |(path, _query)| path);
    (scheme, path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uris_are_taken_apart_as_mlflow_does() {
        let check = |uri: &str, expected: &str| {
            let found = match ModelUri::parse(uri) {
                Ok(ModelUri::Version { name, version }) => format!("{name} version {version}"),
                Ok(ModelUri::Stage { name, stage }) => format!("{name} stage {stage}"),
                Ok(ModelUri::Latest { name }) => format!("{name} latest"),
                Ok(ModelUri::Alias { name, alias }) => format!("{name} alias {alias}"),
                Err(RefusalKind::UriLoggedModel { .. }) => "logged model".to_owned(),
                Err(RefusalKind::UriImproper { .. }) => "improper".to_owned(),
                Err(other) => format!("{other:?}"),
            };
            assert_eq!(found, expected, "{uri:?}");
        };
        check("models:/m/3", "m version 3");
        check("models:/m/Production", "m stage Production");
        check("models:/m/LATEST", "m latest");
        check("models:/m@champion", "m alias champion");
        check("models:/m@champion/3", "m@champion version 3");
        check("models:/m@a@b", "m@a alias b");
        check("models:/m/1.5", "m stage 1.5");
        check("MODELS:/m/3", "m version 3");
        check("models://host/m/3", "m version 3");
        check("models:////m/3", "m version 3");
        check("models:/m/3?x=1", "m version 3");
        check("models:/m", "logged model");
        check("models:/m/", "improper");
        check("models:/", "improper");
        check("models:m/3", "improper");
        check("models:/m/3/x", "improper");
        check("models:/m@", "improper");
        check("models:/  /3", "improper");
        check("models://m", "improper");
        check("runs:/x", "improper");
        check("", "improper");
    }
}
