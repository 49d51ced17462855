//! Pages of others with pieces of the app in them. Those in `tests/e2e/hosts` are written by hand; the others are made by MkDocs,
//! Sphinx and reveal.js out of the code that the app gives to authors. All of them are on another origin than the app.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use embed::Frame;
use embed::snippet::{Form, Pasted};

use crate::failure::Outcome;

/// What all pages show, unless they say otherwise.
pub const QUESTION: &str = "question/promote-command?order=fixed";

/// Where the pages are, and what they show.
#[derive(Debug)]
pub struct Hosts {
    /// The address of the app.
    pub app: String,
    /// The address of a copy of the app whose files are given to anybody.
    pub open: String,
    /// The address of a copy of the app whose files are given to pages that are kept apart from all others.
    pub isolated: String,
    /// The address of the folder with the pages.
    pub url: String,
    /// The folder.
    pub folder: PathBuf,
}

impl Hosts {
    /// Writes the pages that are written by hand, with the addresses of this run.
    ///
    /// # Errors
    ///
    /// When a file can't be read or written.
    pub fn write(&self) -> Outcome {
        fs::create_dir_all(&self.folder)?;
        let written = Path::new(env!("CARGO_MANIFEST_DIR")).join("hosts");
        for entry in fs::read_dir(written)? {
            let path = entry?.path();
            let page = fs::read_to_string(&path)?
                .replace("APP-URL", self.app.trim_end_matches('/'))
                .replace("OPEN-URL", self.open.trim_end_matches('/'))
                .replace("ISOLATED-URL", self.isolated.trim_end_matches('/'))
                .replace("COMPONENT", &self.snippet(Form::Component)?);
            if let Some(name) = path.file_name() {
                fs::write(self.folder.join(name), page)?;
            }
        }
        for form in [Form::Html, Form::Moodle] {
            let page = format!(
                "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>A page</title><link rel=\"icon\" href=\"data:,\">\
                 <script src=\"host.js\"></script><h1>A page</h1>\n{}</html>",
                self.snippet(form)?
            );
            fs::write(self.folder.join(format!("{form}.html")), page)?;
        }
        Ok(())
    }

    /// Returns what an author pastes.
    ///
    /// # Errors
    ///
    /// When the address of the frame is none.
    pub fn snippet(&self, form: Form) -> Outcome<String> {
        let frame = Frame::parse(QUESTION).map_err(|problem| format!("{problem:?}"))?;
        let pasted = Pasted {
            site: &self.app,
            frame: &frame,
            title: "A question",
            link: "Open the question",
        };
        Ok(pasted.snippet(form))
    }

    /// Makes a site with MkDocs Material, and returns the address of its page. Its first frame is pasted as HTML, its second is the
    /// web component.
    ///
    /// # Errors
    ///
    /// When MkDocs can't make it.
    pub fn mkdocs(&self, python: &Path, name: &str) -> Outcome<String> {
        let source = self.source(&format!("mkdocs-{name}"))?;
        fs::create_dir_all(source.join("docs"))?;
        let settings = "site_name: A site\nuse_directory_urls: false\nplugins: []\nextra:\n  generator: false\ntheme:\n  name: material\n  font: false\n  \
             palette:\n    - scheme: default\n      toggle: {icon: material/brightness-7, name: Dark}\n    \
             - scheme: slate\n      toggle: {icon: material/brightness-4, name: Light}\n";
        fs::write(source.join("mkdocs.yml"), settings)?;
        let page = format!(
            "# A page\n\nBefore.\n\n{}\n\nBetween.\n\n{}\n\nAfter.\n",
            self.snippet(Form::Mkdocs)?,
            self.snippet(Form::Component)?
        );
        fs::write(source.join("docs/index.md"), page)?;
        let site = self.folder.join(format!("mkdocs-{name}"));
        let mut make = Command::new(python);
        make.args(["-m", "mkdocs", "build", "--quiet", "--config-file"])
            .arg(source.join("mkdocs.yml"))
            .arg("--site-dir")
            .arg(&site);
        run(&mut make)?;
        Ok(format!("{}mkdocs-{name}/index.html", self.url))
    }

    /// Makes a page with Sphinx and MyST, both of which TeachBooks' `sphinx-iframes` brings along, with the H5P resizer, and returns its
    /// address.
    ///
    /// # Errors
    ///
    /// When Sphinx can't make it.
    pub fn sphinx(&self, python: &Path, name: &str) -> Outcome<String> {
        let source = self.source(&format!("sphinx-{name}"))?;
        let settings =
            "project = 'A book'\nextensions = ['sphinx_iframes']\nhtml_theme = 'alabaster'\n";
        fs::write(source.join("conf.py"), settings)?;
        let page = format!("# A page\n\n{}\n", self.snippet(Form::JupyterBook)?);
        fs::write(source.join("index.md"), page)?;
        let site = self.folder.join(format!("sphinx-{name}"));
        let mut make = Command::new(python);
        make.args(["-m", "sphinx", "-q", "-b", "html"])
            .arg(&source)
            .arg(&site);
        run(&mut make)?;
        Ok(format!("{}sphinx-{name}/index.html", self.url))
    }

    /// Makes a deck with reveal.js, whose second slide has the frame, and returns its address.
    ///
    /// # Errors
    ///
    /// When a file can't be read or written.
    pub fn reveal(&self, package: &Path, name: &str) -> Outcome<String> {
        let site = self.folder.join(format!("reveal-{name}"));
        fs::create_dir_all(&site)?;
        for file in ["reveal.js", "reveal.css"] {
            fs::copy(package.join("dist").join(file), site.join(file))?;
        }
        let deck = format!(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>A deck</title><link rel=\"icon\" href=\"data:,\">\
             <link rel=\"stylesheet\" href=\"reveal.css\"><script src=\"../host.js\"></script>\
             <div class=\"reveal\"><div class=\"slides\"><section><h1>First</h1></section>\n{}\n<section><h2>Last</h2></section></div></div>\
             <script src=\"reveal.js\"></script><script>Reveal.initialize()</script></html>",
            self.snippet(Form::Reveal)?
        );
        fs::write(site.join("index.html"), deck)?;
        Ok(format!("{}reveal-{name}/index.html", self.url))
    }

    /// Returns a folder for what a page is made of, beside what is served.
    fn source(&self, name: &str) -> Outcome<PathBuf> {
        let source = self.folder.with_file_name("sources").join(name);
        fs::create_dir_all(&source)?;
        Ok(source)
    }
}

/// Runs a program.
fn run(command: &mut Command) -> Outcome {
    let output = command.env("PYTHONDONTWRITEBYTECODE", "1").output()?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("{command:?} failed:\n{said}").into())
}
