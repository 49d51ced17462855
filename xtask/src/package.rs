//! `cargo xtask package`: the release for those who have no host of their own – one file, and archives to put on one.

mod manifest;
mod one_file;

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};
use std::path::PathBuf;

use eyre::Result;
use xshell::Shell;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::build;
use crate::shell::{files, root, target};
use crate::tools::Variable;
use one_file::{Files, Host};

/// Builds the release, unless it is built, and writes the packages.
pub fn package(sh: &Shell, is_built: bool) -> Result<()> {
    if !is_built {
        build::release(sh)?;
    }
    write(sh).map(drop)
}

/// Returns where the packages are.
pub fn folder() -> PathBuf {
    target().join("package")
}

/// Writes the packages of the release that is in `dist/`, and returns what the tests have to know of them.
pub fn write(sh: &Shell) -> Result<Vec<Variable>> {
    let dist = files(&root().join("dist"))?;
    let folder = folder();
    sh.remove_path(&folder)?;
    sh.create_dir(&folder)?;
    let packages = [
        (
            "model-stages.html",
            one_file::page(&dist, Host::Disk)?.into_bytes(),
        ),
        ("model-stages-site.zip", archive(&dist)?),
        ("model-stages-scorm12.zip", archive(&scorm(&dist)?)?),
    ];
    for (name, bytes) in packages {
        let file = folder.join(name);
        sh.write_file(&file, &bytes)?;
        println!("{}: {} bytes", file.display(), bytes.len());
    }
    Ok(vec![("E2E_PACKAGES", folder)])
}

/// Returns the files of the course for a learning platform: the app as one file, so that no platform can give one of its
/// files a wrong type, and what says how it is started.
fn scorm(dist: &Files) -> Result<Files> {
    let page = one_file::page(dist, Host::Platform)?;
    Ok(BTreeMap::from([
        ("imsmanifest.xml".to_owned(), manifest::text().into_bytes()),
        ("index.html".to_owned(), page.into_bytes()),
    ]))
}

/// Returns files as a ZIP archive. The same files give the same bytes.
fn archive(files: &Files) -> Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        archive.start_file(path.as_str(), options)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use zip::ZipArchive;

    use super::*;

    #[test]
    fn an_archive_has_the_files_and_always_the_same_bytes() {
        let files = Files::from([
            ("a/b.wasm".to_owned(), vec![7; 5_000]),
            ("index.html".to_owned(), b"<p>".to_vec()),
        ]);
        let bytes = archive(&files).unwrap();
        assert_eq!(archive(&files).unwrap(), bytes);
        let mut read = ZipArchive::new(Cursor::new(bytes)).unwrap();
        assert_eq!(read.len(), 2);
        let mut text = Vec::new();
        let mut file = read.by_name("a/b.wasm").unwrap();
        file.read_to_end(&mut text).unwrap();
        assert_eq!(text, files["a/b.wasm"]);
    }
}
