//! The release on a server under a sub-path, a page that holds it in a frame, a broken copy, and a host with faults.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Outcome;
use crate::hosts::Hosts;
use crate::odd::{Odd, Wrong};
use crate::server::Server;

/// Where the release is served: under a path, as on any static host.
pub const PREFIX: &str = "/some/sub/path/";

/// The servers of a run.
#[derive(Debug)]
pub struct Site {
    app: Server,
    frames: Server,
    odd: Odd,
    hosts: Hosts,
    dist: PathBuf,
    folder: PathBuf,
}

impl Site {
    /// Serves the release in `dist`, and from the empty folder `folder` what else is needed.
    ///
    /// # Errors
    ///
    /// When a folder can't be read or written, or no port is free.
    pub fn start(dist: &Path, folder: PathBuf) -> Outcome<Self> {
        let app = Server::start(dist, PREFIX)?;
        app.warm();
        fs::create_dir_all(&folder)?;
        let frame = format!(
            "<!doctype html><html lang=\"en\"><title>A frame</title><link rel=\"icon\" href=\"data:,\"><h1>A frame</h1>\
             <iframe title=\"The app\" width=\"900\" height=\"600\" src=\"{}#/registry\"></iframe></html>",
            app.url()
        );
        fs::write(folder.join("frame.html"), frame)?;
        let broken = folder.join("broken");
        fs::create_dir_all(&broken)?;
        for entry in fs::read_dir(dist)? {
            let file = entry?.path();
            if let (true, Some(name)) = (
                file.extension().is_some_and(|end| end != "wasm"),
                file.file_name(),
            ) {
                fs::copy(&file, broken.join(name))?;
            }
        }
        let frames = Server::start(&folder, "/")?;
        let odd = Odd::start(dist)?;
        let hosts = Hosts {
            app: app.url(),
            open: odd.url("open-to-all", Wrong::Shared),
            isolated: odd.url("isolated", Wrong::Isolated),
            url: format!("{}hosts/", frames.url()),
            folder: folder.join("hosts"),
        };
        hosts.write()?;
        Ok(Self {
            app,
            frames,
            odd,
            hosts,
            dist: dist.canonicalize()?,
            folder,
        })
    }

    /// The address of the app.
    #[must_use]
    pub fn url(&self) -> String {
        self.app.url()
    }

    /// The address of a page that holds the app in a frame.
    #[must_use]
    pub fn frame_url(&self) -> String {
        format!("{}frame.html", self.frames.url())
    }

    /// The address of a copy of the app that lacks its WebAssembly.
    #[must_use]
    pub fn broken_url(&self) -> String {
        format!("{}broken/", self.frames.url())
    }

    /// A host on which something is wrong.
    #[must_use]
    pub const fn odd(&self) -> &Odd {
        &self.odd
    }

    /// Pages of others with pieces of the app in them.
    #[must_use]
    pub const fn hosts(&self) -> &Hosts {
        &self.hosts
    }

    /// The address of the page as a file.
    #[must_use]
    pub fn file_url(&self) -> String {
        format!("file://{}", self.dist.join("index.html").display())
    }

    /// What comes before the names of the app's saved values.
    #[must_use]
    pub fn storage_prefix(&self) -> String {
        storage::folder::prefix(PREFIX)
    }

    /// The paths of all requests to the app so far.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        self.app.requests()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}
