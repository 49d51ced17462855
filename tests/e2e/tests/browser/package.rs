//! The packages of the release: the one file, opened from a disk, and the course, in a learning platform.

use std::fs;
use std::path::PathBuf;

use e2e::browser::fresh_folder;
use e2e::failure::Failure;
use e2e::server::Server;
use e2e::setting::Setting;
use e2e::{Outcome, Page, cases};
use serde_json::json;
use thirtyfour::{Key, WindowHandle};
use zip::ZipArchive;

use crate::tabs::{close, to};

cases! {
    one_file_opens_from_a_disk,
    one_file_keeps_what_was_done,
    one_file_is_enough_for_a_class,
    one_file_allows_nothing_else,
    a_platform_keeps_the_progress,
    a_course_without_a_platform_says_so,
}

const NONE: &str = "E2E_PACKAGES or E2E_SCORM does not say where the packages and scorm-again are.";

/// Where the packages and the platform are; nothing where that is to be skipped.
fn setting() -> Outcome<Option<(PathBuf, PathBuf)>> {
    let setting = Setting::read();
    match (&setting.packages, &setting.scorm) {
        (Some(packages), Some(scorm)) => Ok(Some((packages.clone(), scorm.clone()))),
        _ => setting.skip(NONE).map(|()| None),
    }
}

/// Opens the one file at an address behind the `#`; false where there is none.
async fn open(page: &Page, address: &str) -> Outcome<bool> {
    let Some((packages, _)) = setting()? else {
        return Ok(false);
    };
    let file = packages.join("model-stages.html");
    page.leave().await?;
    page.driver()
        .goto(format!("file://{}{address}", file.display()))
        .await?;
    page.ready().await?;
    Ok(true)
}

async fn answer(page: &Page, question: &str) -> Outcome {
    page.go(&format!("#/practice/{question}")).await?;
    page.click("label[for=option-1]").await?;
    page.click("#answer").await?;
    page.sees("#feedback-title", "Right").await
}

/// One question was answered.
async fn one_question(page: &Page) -> Outcome {
    page.until(
        "one question",
        "$$('main table:not(.data-card table)').at(-1).querySelectorAll('tbody tr').length === 1",
    )
    .await
}

async fn one_file_opens_from_a_disk(page: Page) -> Outcome {
    if !open(&page, "").await? {
        return Ok(());
    }
    page.go("#/learn").await?;
    page.sees("main", "").await?;
    answer(&page, "staging-for").await?;
    page.go("#/exercises/first-promotion").await?;
    page.sees("main h1", "The first promotion").await?;
    page.find("main .board", None).await?;
    page.go("#/registry").await?;
    page.press("main button", "Register a model").await?;
    page.sees("dialog[open] h2", "Register a model").await?;
    page.press("dialog[open] button", "Cancel").await?;
    page.go("#/settings").await?;
    page.sees("#offline", "This page is a file on this computer")
        .await?;
    page.sees("#offline", "Open no file that you do not trust")
        .await?;
    page.fits("the one file").await
}

async fn one_file_keeps_what_was_done(page: Page) -> Outcome {
    if !open(&page, "").await? {
        return Ok(());
    }
    answer(&page, "staging-for").await?;
    page.sees("#saving", "Saved in this browser").await?;
    page.driver().refresh().await?;
    page.ready().await?;
    page.go("#/progress").await?;
    one_question(&page).await
}

/// The views that the plan of 45 minutes has at the least.
const VIEWS: usize = 40;

/// A lesson as it is given, with nothing but a remote and the keys that count hands.
struct Lesson<'a> {
    page: &'a Page,
    teacher: &'a WindowHandle,
    audience: &'a WindowHandle,
}

impl Lesson<'_> {
    /// Presses a key in the teacher's window.
    async fn press(&self, key: char) -> Outcome {
        to(self.page, self.teacher).await?;
        self.page.keys(key.to_string()).await
    }

    /// The projector shows what the teacher sees of it. Returns its text.
    async fn follows(&self) -> Outcome<String> {
        to(self.page, self.teacher).await?;
        let shown = self
            .page
            .string("text('[data-screen=current] .projector-view')")
            .await?;
        self.projector(
            "the same view",
            &format!("text('.audience .projector-view') === {shown:?} && !$('.is-blank')"),
        )
        .await?;
        Ok(shown)
    }

    async fn projector(&self, what: &str, shows: &str) -> Outcome {
        to(self.page, self.audience).await?;
        self.page.until(what, shows).await
    }

    /// The projector is made black by a key, and shows again by another.
    async fn blank(&self, off: char, on: char) -> Outcome {
        self.press(off).await?;
        self.projector("black", "$('.audience .is-blank')").await?;
        self.press(on).await?;
        self.follows().await.map(|_| ())
    }

    /// Hands are counted, both windows are loaded anew, and the answer comes with the hands.
    async fn vote(&self) -> Outcome {
        for key in ['1', '1', '2'] {
            self.press(key).await?;
        }
        let counted = "$$('.vote-count').map(text).join() === '2,1,0,0'";
        for window in [self.audience, self.teacher] {
            to(self.page, window).await?;
            self.page.driver().refresh().await?;
            self.page.ready().await?;
            self.follows().await?;
        }
        to(self.page, self.teacher).await?;
        self.page.until("the hands", counted).await?;
        self.projector(
            "nothing revealed",
            "!$('.audience :is(.is-right, .projector-bar)')",
        )
        .await?;
        self.press(Key::PageDown.value()).await?;
        self.projector(
            "the answer with the hands",
            "$$('.audience .is-right').length === 1 && $$('.audience .projector-bar').length === 4",
        )
        .await
    }
}

async fn one_file_is_enough_for_a_class(page: Page) -> Outcome {
    if !open(&page, "#/class").await? {
        return Ok(());
    }
    let teacher = page.driver().window().await?;
    page.until("the views", "$$('.class-frame').length === 2")
        .await?;
    // The button opens an ordinary window of the same file.
    page.click("#open-projector").await?;
    page.sees("#projector-windows", "1 projector window is open, 1 shows")
        .await?;
    let windows = page.driver().windows().await?;
    let audience = windows.into_iter().find(|it| *it != teacher);
    let audience = audience.ok_or_else(|| Failure::new("no window was opened"))?;
    let lesson = Lesson {
        page: &page,
        teacher: &teacher,
        audience: &audience,
    };
    lesson.press(Key::F5.value()).await?;
    let mut has_voted = false;
    for view in 0.. {
        let shown = lesson.follows().await?;
        match view {
            3 => lesson.blank('.', '.').await?,
            5 => lesson.blank('b', 'b').await?,
            7 => lesson.blank(Key::Escape.value(), Key::F5.value()).await?,
            9 => {
                lesson.press(Key::PageUp.value()).await?;
                assert_ne!(lesson.follows().await?, shown);
                lesson.press(Key::PageDown.value()).await?;
                assert_eq!(lesson.follows().await?, shown);
            }
            _ => {}
        }
        if shown == "The end" {
            assert!(has_voted && view >= VIEWS, "{view} views");
            break;
        }
        let is_vote = !has_voted && shown.starts_with("What is the staging stage for");
        has_voted |= is_vote;
        match is_vote {
            true => lesson.vote().await?,
            false => lesson.press(Key::PageDown.value()).await?,
        }
    }
    to(&page, &audience).await?;
    close(&page, &teacher).await?;
    // The plan is kept beside all else.
    page.sees("#saving", "Saved").await?;
    page.js("sessionStorage.clear()", json!([])).await?;
    page.go("#/settings").await?;
    page.js("sessionStorage.clear()", json!([])).await?;
    page.go("#/class").await?;
    page.js("$('#class-plan').open = true; $$('.plan-go').find((it) => text(it).includes('What is the staging stage for')).click()", json!([]))
        .await?;
    page.until(
        "the hands",
        "$$('.vote-count').map(text).join() === '2,1,0,0'",
    )
    .await?;
    receipts_come_back(&page).await
}

/// What students send is a table beside the list of the class.
async fn receipts_come_back(page: &Page) -> Outcome {
    page.go("#/check").await?;
    page.fill(
        "#receipts",
        "Ada Lovelace ms1.number-reuse.AQ-_.wmdA_g mr1.staging-for~swap-order_.7ofgrg",
    )
    .await?;
    page.click("#check-go").await?;
    page.sees(".check-table", "1 of 2 right").await?;
    page.fill("#class-list", "Alan Turing").await?;
    page.sees("#class-found", "Missing: Alan Turing.").await?;
    page.catch_files().await?;
    page.click("#class-csv").await?;
    page.until(
        "the table",
        "window.__given?.includes('Alan Turing,0,0,,missing')",
    )
    .await
}

async fn one_file_allows_nothing_else(page: Page) -> Outcome {
    if !open(&page, "").await? {
        return Ok(());
    }
    page.forgive();
    page.js(
        "window.__tried = []; \
         const add = (name, put) => { const made = document.createElement(name); put(made); document.head.append(made); }; \
         try { add('script', (made) => { made.textContent = 'window.__tried.push(1)'; }); } catch (_) {} \
         try { document.createElement('p').innerHTML = '<img src=x onerror=window.__tried.push(3)>'; } catch (_) {} \
         fetch('data:,x').then(() => window.__tried.push(4), () => { window.__refused = true; })",
        json!([]),
    )
    .await?;
    page.until("a refused request", "window.__refused === true")
        .await?;
    page.until("nothing that has run", "window.__tried.length === 0")
        .await
}

/// A learning platform with the course in it; it keeps what the course commits for as long as the tab lives.
const PLATFORM: &str = r#"
const kept = JSON.parse(sessionStorage.getItem("cmi") ?? "null");
window.API = new Scorm12API({ autocommit: false, lmsCommitUrl: false });
window.told = [];
if (kept) window.API.loadFromJSON(kept.cmi ?? kept, "cmi");
window.API.on("LMSSetValue.cmi.*", (element, value) => window.told.push([element, value]));
window.API.on("LMSCommit", () => sessionStorage.setItem("cmi", JSON.stringify(window.API.cmi.toJSON())));
"#;

/// Serves the platform and the course out of the archive; nothing where that is to be skipped.
fn platform() -> Outcome<Option<(Server, PathBuf)>> {
    let Some((packages, scorm)) = setting()? else {
        return Ok(None);
    };
    let folder = fresh_folder("platform")?;
    let archive = fs::File::open(packages.join("model-stages-scorm12.zip"))?;
    ZipArchive::new(archive)
        .and_then(|mut course| course.extract(folder.join("course")))
        .map_err(|error| Failure::new(error.to_string()))?;
    fs::copy(scorm, folder.join("scorm12.js"))?;
    fs::write(folder.join("platform.js"), PLATFORM)?;
    fs::write(
        folder.join("index.html"),
        "<!doctype html><html lang=en><title>A platform</title><link rel=icon href=data:,><script src=scorm12.js></script>\
         <script src=platform.js></script><iframe title=Course width=1000 height=700 src=course/index.html></iframe>",
    )?;
    Ok(Some((Server::start(&folder, "/")?, folder)))
}

async fn a_platform_keeps_the_progress(page: Page) -> Outcome {
    let Some((server, folder)) = platform()? else {
        return Ok(());
    };
    assert!(
        fs::read_to_string(folder.join("course/imsmanifest.xml"))?
            .contains("adlcp:scormtype=\"sco\"")
    );
    page.leave().await?;
    page.driver().goto(server.url()).await?;
    let of = |element: &str| format!("API.LMSGetValue('{element}')");
    page.until(
        "a status",
        &format!("{} === 'incomplete'", of("cmi.core.lesson_status")),
    )
    .await?;
    page.driver().enter_frame(0).await?;
    page.ready().await?;
    page.sees("#saving", "Your learning platform keeps your progress")
        .await?;
    answer(&page, "staging-for").await?;
    page.driver().enter_parent_frame().await?;
    page.until(
        "a score",
        &format!("Number({}) > 0", of("cmi.core.score.raw")),
    )
    .await?;
    page.until(
        "the progress, packed",
        "/^mp1\\./.test(JSON.parse(sessionStorage.getItem('cmi')).suspend_data)",
    )
    .await?;
    page.until(
        "nothing in the platform's own stores",
        "Object.keys(localStorage).length === 0",
    )
    .await?;
    // The next time, another page of it, with nothing but what the platform has kept.
    page.leave().await?;
    page.driver().goto(server.url()).await?;
    page.driver().enter_frame(0).await?;
    page.ready().await?;
    page.until("the place", "location.hash === '#/practice/staging-for'")
        .await?;
    page.go("#/settings").await?;
    page.sees("#offline", "Your learning platform keeps your progress")
        .await?;
    page.go("#/progress").await?;
    one_question(&page).await?;
    page.driver().enter_parent_frame().await?;
    page.js("document.querySelector('iframe').remove()", json!([]))
        .await?;
    page.until(
        "an end that can be resumed",
        "window.told.some(([element, value]) => element === 'cmi.core.exit' && value === 'suspend') \
         && window.told.some(([element, value]) => element === 'cmi.core.session_time' && /^\\d{4}:\\d\\d:\\d\\d$/.test(value))",
    )
    .await?;
    fs::remove_dir_all(folder)?;
    Ok(())
}

async fn a_course_without_a_platform_says_so(page: Page) -> Outcome {
    let Some((server, folder)) = platform()? else {
        return Ok(());
    };
    page.leave().await?;
    page.driver()
        .goto(format!("{}course/index.html", server.url()))
        .await?;
    page.ready().await?;
    page.sees("#platform", "no learning platform answers here")
        .await?;
    page.sees("#saving", "Not saved").await?;
    answer(&page, "staging-for").await?;
    fs::remove_dir_all(folder)?;
    Ok(())
}
