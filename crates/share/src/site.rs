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

/// Returns the number of the build that a page starts.
#[must_use]
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
#[must_use]
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
