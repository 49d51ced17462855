//! What an author pastes to have a frame in a page, by where the page is written.

use registry::{named_enum, percent};

use super::frame::{Frame, PREFIX};
use super::view::Kind;

named_enum! {
    /// What a page is written in.
    pub enum Form {
        Html = "html",
        /// HTML with the web component, which sets the height in every browser.
        Component = "component",
        /// Markdown that takes HTML as it is: MkDocs, Quarto, Observable and others.
        Mkdocs = "mkdocs",
        /// MDX, where attributes are those of React: Docusaurus.
        Docusaurus = "docusaurus",
        /// MyST Markdown: Jupyter Book, Sphinx.
        JupyterBook = "jupyter-book",
        /// A slide of reveal.js, loaded when it comes near.
        Reveal = "reveal",
        /// The HTML of a Moodle page, which takes no script.
        Moodle = "moodle",
        /// The address of the same page in the whole app.
        Link = "link",
    }
}

/// What a frame is put into a page with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pasted<'a> {
    /// The address of the app, without anything behind a `#`.
    pub site: &'a str,
    pub frame: &'a Frame,
    /// What it is called, for those who do not see it.
    pub title: &'a str,
    /// What the link beside it says.
    pub link: &'a str,
}

impl Pasted<'_> {
    /// Returns what to paste.
    pub fn snippet(&self, form: Form) -> String {
        let frame = self.frame();
        let height = self.frame.view.kind().usual_height();
        let (page, link) = (escape(&self.page()), escape(self.link));
        match form {
            Form::Html | Form::Mkdocs => frame,
            Form::Component => self.component(&page, &link),
            Form::Docusaurus => frame
                .replace(
                    &format!("style=\"{}\"", style(height)),
                    &react_style(height),
                )
                .replace("></iframe>", " />"),
            Form::JupyterBook => format!("```{{raw}} html\n{frame}\n```"),
            Form::Reveal => {
                let frame = frame
                    .replacen(" src=", " data-src=", 1)
                    .replace(" loading=\"lazy\"", "");
                format!("<section>\n  {frame}\n</section>")
            }
            Form::Moodle => {
                format!("{frame}\n<p><a href=\"{page}\" target=\"_blank\">{link}</a></p>")
            }
            Form::Link => self.page(),
        }
    }

    fn page(&self) -> String {
        format!("{}{}", self.site, self.frame.page())
    }

    fn frame(&self) -> String {
        let src = escape(&format!("{}{}", self.site, self.frame));
        let title = escape(self.title);
        let height = self.frame.view.kind().usual_height();
        format!(
            "<iframe src=\"{src}\" title=\"{title}\" width=\"100%\" height=\"{height}\" loading=\"lazy\" \
             allow=\"clipboard-write\" style=\"{}\"></iframe>",
            style(height)
        )
    }

    fn component(&self, page: &str, link: &str) -> String {
        let site = escape(self.site);
        let address = self.frame.to_string();
        let behind = address.strip_prefix(PREFIX).unwrap_or_default();
        let (path, query) = behind.split_once('?').unwrap_or((behind, ""));
        let kind = self.frame.view.kind();
        let mut attributes = match (kind, path.split_once('/')) {
            (Kind::Made, _) => " view=\"exercise\" item=\"new\"".to_owned(),
            (_, Some((view, item))) => format!(" view=\"{view}\" item=\"{}\"", escape(item)),
            (_, None) => format!(" view=\"{path}\""),
        };
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = percent::decode(value).unwrap_or_default();
            attributes.push_str(&format!(" {name}=\"{}\"", escape(&value)));
        }
        let title = escape(self.title);
        let folder = folder(self.site);
        format!(
            "<script defer src=\"{}model-stages.js\"></script>\n\
             <model-stages src=\"{site}\"{attributes} title=\"{title}\"><a href=\"{page}\">{link}</a></model-stages>",
            escape(folder)
        )
    }
}

/// Returns the style of a frame: as high as what is in it, where the browser can do that, and elsewhere as high as usual. The attribute
/// is for pages that drop the style.
fn style(height: u32) -> String {
    format!("border:0;height:auto;min-height:{height}px;frame-sizing:content-height")
}

/// Returns the same as React has it.
fn react_style(height: u32) -> String {
    format!(
        "style={{{{border: 0, height: 'auto', minHeight: {height}, frameSizing: 'content-height'}}}}"
    )
}

/// Returns the folder that a page is in: its address up to the last `/`.
fn folder(site: &str) -> &str {
    let end = site.rfind('/').map_or(site.len(), |at| at + 1);
    site.get(..end).unwrap_or(site)
}

/// Returns a text as it is written between the quotes of an attribute, or between tags; in JSX and in Markdown, too.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '{' => out.push_str("&#123;"),
            '}' => out.push_str("&#125;"),
            '`' => out.push_str("&#96;"),
            '\r' | '\n' => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}
