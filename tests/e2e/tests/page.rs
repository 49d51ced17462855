//! What `index.html` says before any program runs.

const PAGE: &str = include_str!("../../../index.html");

#[test]
fn the_page_has_the_strict_policy() {
    let policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
                  connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; \
                  require-trusted-types-for 'script'; trusted-types workers";
    let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    assert_eq!(PAGE.matches(&meta).count(), 1);
    assert_eq!(PAGE.matches("http-equiv").count(), 1);
}

#[test]
fn the_page_has_nothing_that_the_policy_blocks() {
    for blocked in [
        " style=",
        "<style",
        "<script",
        "javascript:",
        " onclick=",
        " onload=",
        "http://",
        "https://",
    ] {
        assert!(!PAGE.contains(blocked), "index.html has {blocked}");
    }
}
