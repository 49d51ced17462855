//! The site that serves the app: which build of it, and what it means that one of its files is not there.
//!
//! All files of a build have its number in their names, and the page says it beside the script that starts the app
//! (`data-build`). When a new version is put on the host, the files of the old one are gone, while a page that was opened
//! before still asks for them. `public/boot.js` asks the same question at the start.

/// Why a file of the app did not arrive.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Missing {
    /// The site does not answer at all.
    NoAnswer,
    /// The site has another build by now.
    NewBuild,
    /// The site has this build, and not this file.
    NotThere,
}

/// Returns whether an address is one of this machine alone: no phone in the room can open it.
pub fn is_local(address: &str) -> bool {
    let Some((scheme, rest)) = address.split_once("://") else {
        return true;
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = rest.get(..end).unwrap_or_default();
    let host = match host.strip_prefix('[') {
        Some(inside) => inside.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let is_named = host == "localhost" || host.ends_with(".localhost");
    !matches!(scheme, "http" | "https")
        || is_named
        || host.starts_with("127.")
        || ["", "::1", "0.0.0.0"].contains(&host)
}

/// Returns the number of the build that a page starts.
pub fn build(page: &str) -> Option<&str> {
    const MARK: &str = "data-build=";
    // Byte by byte: the searcher of the standard library weighs more than all the rest here.
    let at = page
        .as_bytes()
        .windows(MARK.len())
        .position(|bytes| bytes == MARK.as_bytes())?;
    let after = page.get(at + MARK.len()..)?;
    let after = after.trim_start_matches(['"', '\'']);
    let end = after.find(|letter: char| !letter.is_ascii_hexdigit());
    let number = after.get(..end.unwrap_or(after.len()))?;
    (!number.is_empty()).then_some(number)
}

/// Returns why a file did not arrive, by the number of the build that asked for it, and the page that the site gives now, if
/// it answers.
pub fn why_missing(own: &str, page: Option<&str>) -> Missing {
    let Some(page) = page else {
        return Missing::NoAnswer;
    };
    match build(page) {
        Some(number) if number != own => Missing::NewBuild,
        // Without a number, it is some other page, which says nothing about the build.
        Some(_) | None => Missing::NotThere,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_this_machine_is_known() {
        let check = |address: &str, expected: bool| {
            assert_eq!(is_local(address), expected, "{address}");
        };
        check("http://localhost:8080/#/", true);
        check("http://127.0.0.1/x/", true);
        check("http://[::1]:80/", true);
        check("file:///home/a/model-stages.html#/class", true);
        check("http://app.localhost/", true);
        check("about:blank", true);
        check("http://192.168.1.7:8080/#/", false);
        check("https://example.org/127.0.0.1/", false);
        check("https://localhost.example.org/", false);
    }

    #[test]
    fn the_page_says_its_build() {
        let check =
            |page: &str, expected: Option<&str>| assert_eq!(build(page), expected, "{page}");
        check(
            r#"<script id="boot" data-build="0af9" data-js="x">"#,
            Some("0af9"),
        );
        check("<script data-build=0af9>", Some("0af9"));
        check("<script data-build='0af9'>", Some("0af9"));
        check("data-build=0af9", Some("0af9"));
        check(r#"<script data-build="">"#, None);
        check("<h1>404</h1>", None);
        check("", None);
    }

    #[test]
    fn why_a_file_is_missing() {
        let page = |number: &str| format!("<script data-build=\"{number}\"></script>");
        assert_eq!(why_missing("1", None), Missing::NoAnswer);
        assert_eq!(why_missing("1", Some(&page("2"))), Missing::NewBuild);
        assert_eq!(why_missing("1", Some(&page("1"))), Missing::NotThere);
        assert_eq!(
            why_missing("1", Some("<h1>Log in to this network</h1>")),
            Missing::NotThere
        );
    }
}
