//! Texts with a password or a token in them: they are not kept for the next visit.

/// Words that stand beside a secret, in lower case.
const BESIDE: [&str; 12] = [
    "authorization:",
    "password",
    "passwd",
    "secret",
    "token=",
    "token\"",
    "token'",
    "bearer ",
    "api_key",
    "apikey",
    "access_key",
    "_pat=",
];

/// Returns whether a text seems to have a password or a token in it. It errs towards yes.
pub fn has_secret(text: &str) -> bool {
    // A page of a search has a token, too, which is no secret.
    let text = text.to_ascii_lowercase().replace("page_token", "page");
    let is_user = |word: &str| {
        let value = word
            .strip_prefix("--user")
            .or_else(|| word.strip_prefix("-u"));
        value.is_some_and(|rest| rest.is_empty() || rest.contains(':') || rest.starts_with('='))
    };
    let in_address = text.match_indices("://").any(|(at, _)| {
        let host = text.get(at + 3..).unwrap_or_default();
        let host = host.split(['/', '"', '\'', ' ', '\n']).next();
        host.is_some_and(|host| host.contains('@'))
    });
    let in_curl = text.contains("curl") && text.split_whitespace().any(is_user);
    in_address || in_curl || BESIDE.iter().any(|beside| text.contains(beside))
}

#[cfg(test)]
mod tests {
    use super::has_secret;

    #[test]
    fn what_has_a_password_is_found() {
        for text in [
            "curl -u mlflow:geheim http://localhost:5000/api/2.0/mlflow/registered-models/search",
            "curl -umlflow:geheim http://localhost:5000/",
            "curl --user mlflow:geheim http://localhost:5000/",
            "curl http://me:geheim@localhost:5000/api/2.0/mlflow/registered-models/search",
            "curl -H 'Authorization: Bearer abc' http://localhost:5000/",
            "export MLFLOW_TRACKING_PASSWORD=geheim",
            "TOKEN=abc",
            "os.environ['MLFLOW_TRACKING_TOKEN'] = 'abc'",
            "aws_secret_access_key = \"abc\"",
        ] {
            assert!(has_secret(text), "{text}");
        }
    }

    #[test]
    fn what_has_none_is_kept() {
        for text in [
            "client.get_latest_versions('fraud-detector', stages=['Production'])",
            "client.search_model_versions(\"name='a'\", page_token=page.token)",
            "curl 'http://localhost:5000/api/2.0/mlflow/model-versions/search?page_token=5'",
            "python -u x.py",
            "show fraud-detector",
        ] {
            assert!(!has_secret(text), "{text}");
        }
    }
}
