//! The page as a person sees it. Nothing here waits for a while: everything waits for what is asked, up to a deadline,
//! and says what it waited for when that does not come.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::browser::{Browser, Kind, fresh_folder};
use crate::collector;
use crate::failure::{Failure, Outcome};
use crate::site::Site;

pub mod hands;

/// How long something may take to come.
const DEADLINE: Duration = Duration::from_secs(10);

/// How large the page is at first, in CSS pixels.
const SIZE: (u32, u32) = (1280, 900);

/// Comes before every script: short names for what is asked again and again.
const SHORTHANDS: &str = r#"
  const $ = (selector) => document.querySelector(selector);
  const $$ = (selector) => [...document.querySelectorAll(selector)];
  const tidy = (text) => (text ?? "").replace(/\s+/g, " ").trim();
  const text = (what) => {
    const element = typeof what === "string" ? $(what) : what;
    return element ? tidy(element.textContent) : null;
  };
  const shown = (element) => element.getClientRects().length > 0 && element.checkVisibility({ visibilityProperty: true });
  const named = (element, name) => [text(element), element.getAttribute("aria-label")].includes(name);
  const find = (selector, name) => $$(selector).find((element) =>
    shown(element) && !element.disabled && (name === null || named(element, name)));
  // What stays at the foot of the page may lie over an element: then a person scrolls. Chromium's driver would wait for a
  // second before it says so.
  const uncovered = (element) => {
    const box = element?.getClientRects()[0];
    const over = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (box && !element.contains(over)) element.scrollIntoView({ block: "center", behavior: "instant" });
    return element;
  };
  const clipped = (element) => {
    for (let one = element.parentElement; one && one !== document.body; one = one.parentElement)
      if (getComputedStyle(one).overflowX !== "visible") return true;
    return false;
  };
  // Letters can stick out of an element, too: of some writings, without making it wider.
  const sticksOut = (element) => element.clientWidth > 0 && element.scrollWidth > element.clientWidth;
  const wide = () => $$("body *")
    .filter((element) => shown(element) && !clipped(element)
      && (element.getBoundingClientRect().right > innerWidth + 1 || sticksOut(element)))
    .slice(-5).map((element) => `${element.localName}.${element.getAttribute("class") ?? ""} ${text(element).slice(0, 80)}`).join(", ");
"#;

/// A page in a browser.
#[derive(Debug, Clone)]
pub struct Page {
    browser: Rc<Browser>,
    site: Arc<Site>,
    axe: Option<Arc<str>>,
    complaints: Rc<RefCell<Vec<String>>>,
    forgiving: Rc<Cell<bool>>,
}

impl Page {
    /// A page in this browser.
    #[must_use]
    pub fn new(browser: Rc<Browser>, site: Arc<Site>, axe: Option<Arc<str>>) -> Self {
        Self {
            browser,
            site,
            axe,
            complaints: Rc::default(),
            forgiving: Rc::default(),
        }
    }

    /// Which browser this is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.browser.kind
    }

    /// The browser.
    #[must_use]
    pub fn browser(&self) -> &Browser {
        &self.browser
    }

    /// What steers it.
    #[must_use]
    pub fn driver(&self) -> &WebDriver {
        &self.browser.driver
    }

    /// The servers.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// The servers, to be kept.
    #[must_use]
    pub fn site_handle(&self) -> Arc<Site> {
        Arc::clone(&self.site)
    }

    /// The script of axe-core, if it is here.
    #[must_use]
    pub fn axe(&self) -> Option<&str> {
        self.axe.as_deref()
    }

    /// Forgets what was saved, and gives the page its usual size.
    ///
    /// # Errors
    ///
    /// When the browser does not do it.
    pub async fn begin(&self) -> Outcome {
        // What a test that failed has left open would write to the same data.
        // The first one stays: what runs before a page's own scripts belongs to it.
        let mut windows = self.driver().windows().await?.into_iter();
        let first = windows.next().ok_or("The browser has no window.")?;
        for window in windows {
            self.driver().switch_to_window(window).await?;
            self.driver().close_window().await?;
        }
        self.driver().switch_to_window(first).await?;
        self.driver().enter_default_frame().await?;
        self.resize(SIZE.0, SIZE.1).await?;
        self.leave().await?;
        self.forget("try { localStorage.clear(); sessionStorage.clear() } catch {}")
            .await?;
        if self.kind() == Kind::Chromium {
            // Empties the log.
            self.driver().browser_log().await?;
        }
        // What the test before has left behind was its own.
        self.complaints.take();
        Ok(())
    }

    /// Deletes the second copy of what is saved.
    ///
    /// # Errors
    ///
    /// When the browser does not do it.
    pub async fn forget_copy(&self) -> Outcome {
        self.forget("").await
    }

    async fn forget(&self, first: &str) -> Outcome {
        let script = format!(
            "const [name, done] = arguments;
             {first}
             try {{
               const request = indexedDB.deleteDatabase(name);
               request.onsuccess = request.onerror = () => done(null);
             }} catch {{ done(null); }}"
        );
        let name = json!(self.site.storage_prefix());
        self.driver().execute_async(script, vec![name]).await?;
        Ok(())
    }

    /// Opens the app at an address such as `#/registry`, anew.
    ///
    /// # Errors
    ///
    /// When the app does not come.
    pub async fn open(&self, address: &str) -> Outcome {
        self.leave().await?;
        self.driver()
            .goto(format!("{}{address}", self.site.url()))
            .await?;
        self.ready().await
    }

    /// From now on, the text of what is given out as a file stands in `window.__given`.
    ///
    /// # Errors
    ///
    /// When the page does not answer.
    pub async fn catch_files(&self) -> Outcome {
        self.js(
            "const make = URL.createObjectURL; URL.createObjectURL = (blob) => { \
               blob.text().then((text) => { window.__given = text; }); return make(blob); }",
            json!([]),
        )
        .await?;
        Ok(())
    }

    /// Puts values into local storage, as an earlier visit has left them.
    ///
    /// # Errors
    ///
    /// When the browser does not take them.
    pub async fn was_here(&self, stored: &BTreeMap<String, String>) -> Outcome {
        let put =
            "for (const [key, value] of Object.entries(a[0])) localStorage.setItem(key, value)";
        self.js(put, json!([stored])).await.map(|_| ())
    }

    /// Gives a file to a field, as a person does. `then` is what has the focus when the page has read it.
    ///
    /// # Errors
    ///
    /// When the file can't be written, or the focus does not come there.
    pub async fn give_file(&self, field: &str, text: &str, then: &str) -> Outcome {
        let folder = fresh_folder("given")?;
        let path = folder.join("given.json");
        fs::write(&path, text)?;
        // What was said of a file before has the focus, perhaps: that must not be taken for an answer to this one.
        self.js("document.activeElement?.blur()", json!([])).await?;
        let field = self.find(field, None).await?;
        field.send_keys(path.to_string_lossy()).await?;
        self.focused(then).await?;
        Ok(fs::remove_dir_all(&folder)?)
    }

    /// Goes to another page of the app by its address, without loading anything.
    ///
    /// # Errors
    ///
    /// When the page does not come.
    pub async fn go(&self, address: &str) -> Outcome {
        self.js(
            "window.__before = $('#page-title'); location.hash = a[0]",
            json!([address]),
        )
        .await?;
        // The focus goes to the heading in the next frame; what is opened before that would be shut by it.
        self.until(
            &format!("the page {address}"),
            "$('#page-title') && $('#page-title') !== window.__before && \
                new Promise((done) => requestAnimationFrame(() => done(true)))",
        )
        .await
    }

    /// Goes to another page of the app. Where the app is not open yet, or shows that page, it is opened anew.
    ///
    /// # Errors
    ///
    /// When the page does not come.
    pub async fn visit(&self, address: &str) -> Outcome {
        let is_elsewhere = "return Boolean($('#page-title')) && location.hash !== a[0]";
        if self.js(is_elsewhere, json!([address])).await? == json!(true) {
            self.go(address).await
        } else {
            self.open(address).await
        }
    }

    /// Loads the page again.
    ///
    /// # Errors
    ///
    /// When the app does not come back.
    pub async fn reload(&self) -> Outcome {
        self.listen().await?;
        self.driver().refresh().await?;
        self.ready().await
    }

    /// Leaves the app for a page of the same origin that does nothing.
    ///
    /// # Errors
    ///
    /// When that page does not come.
    pub async fn leave(&self) -> Outcome {
        let plain = format!("{}robots.txt", self.site.url());
        if self.listen().await? != plain {
            self.driver().goto(plain).await?;
        }
        Ok(())
    }

    /// Waits until the app is there.
    ///
    /// # Errors
    ///
    /// When it does not come.
    pub async fn ready(&self) -> Outcome {
        self.until("the app", "$('#page-title') && $('#saving')")
            .await
    }

    /// Makes the page as large as this, in CSS pixels.
    ///
    /// # Errors
    ///
    /// When it does not get that wide.
    pub async fn resize(&self, width: u32, height: u32) -> Outcome {
        self.browser.resize(width, height).await?;
        self.until_with(
            "the width of the page",
            "innerWidth === a[0]",
            json!([width]),
        )
        .await
    }

    /// Runs a script; it finds `args` as `a`, and [`SHORTHANDS`].
    ///
    /// # Errors
    ///
    /// When the script fails.
    pub async fn js(&self, script: &str, args: Value) -> Outcome<Value> {
        let script = format!("const a = arguments[0];\n{SHORTHANDS}\n{script}");
        let result = self.driver().execute(script, vec![args]).await;
        Ok(result
            .map_err(|error| Failure::new(format!("a script failed: {error}")))?
            .json()
            .clone())
    }

    /// What an expression in JavaScript is now.
    ///
    /// # Errors
    ///
    /// When it can't be had.
    pub async fn value(&self, expression: &str) -> Outcome<Value> {
        self.js(&format!("return ({expression});"), json!([])).await
    }

    /// The text of an expression in JavaScript.
    ///
    /// # Errors
    ///
    /// When it can't be had.
    pub async fn string(&self, expression: &str) -> Outcome<String> {
        Ok(self
            .value(expression)
            .await?
            .as_str()
            .unwrap_or_default()
            .to_owned())
    }

    /// Waits until an expression in JavaScript is true.
    ///
    /// # Errors
    ///
    /// When it does not come true in time.
    pub async fn until(&self, what: &str, expression: &str) -> Outcome {
        self.until_with(what, expression, json!([])).await
    }

    /// As [`Page::until`], with arguments that the expression finds as `a`.
    ///
    /// # Errors
    ///
    /// When it does not come true in time.
    pub async fn until_with(&self, what: &str, expression: &str, args: Value) -> Outcome {
        let holds = format!("Boolean(await ({expression}))");
        self.wait_for(what, &holds, args).await.map(|_| ())
    }

    /// Waits until an expression in JavaScript, which may await, is something else than nothing, and gives that. The page
    /// itself looks again and again.
    async fn wait_for(&self, what: &str, expression: &str, args: Value) -> Outcome<ScriptRet> {
        let script = format!(
            "const [a, patience, done] = arguments;\n{SHORTHANDS}
             const end = performance.now() + patience;
             const look = async () => {{
               let found = false;
               try {{ found = ({expression}) || false; }} catch {{ /* not yet */ }}
               if (found || performance.now() > end) done(found); else setTimeout(look, 20);
             }};
             look();"
        );
        let began = Instant::now();
        let mut why = String::new();
        // A page that is left in the middle of it is asked again.
        while began.elapsed() < DEADLINE {
            let left = DEADLINE.saturating_sub(began.elapsed()).as_millis();
            let left = u64::try_from(left).unwrap_or_default();
            match self
                .driver()
                .execute_async(script.as_str(), vec![args.clone(), json!(left)])
                .await
            {
                Ok(found) if found.json() == &Value::Bool(false) => break,
                // Firefox answers nothing for a page that is left.
                Ok(found) if found.json().is_null() => {}
                Ok(found) => return Ok(found),
                Err(error) => why = error.to_string(),
            }
        }
        let state = self.state().await;
        Err(format!("Waited for {what} in vain: {expression} {args} {why}\n    {state}").into())
    }

    /// What can be seen now, for the message of a failure.
    async fn state(&self) -> String {
        let script = "return [location.href, text('h1'), text('#saving'), text('#announcer'), text('.refusal'), \
                      text('dialog[open]'), document.activeElement?.outerHTML.slice(0, 160)] \
                      .filter(Boolean).map((part) => String(part).slice(0, 400)).join('\\n    ')";
        match self.js(script, json!([])).await {
            Ok(state) => state.as_str().unwrap_or_default().to_owned(),
            Err(failure) => failure.to_string(),
        }
    }

    /// Waits until an element is on screen and says this somewhere in its text.
    ///
    /// # Errors
    ///
    /// When it does not come.
    pub async fn sees(&self, selector: &str, says: &str) -> Outcome {
        let expression =
            "$$(a[0]).some((element) => shown(element) && text(element).includes(a[1]))";
        self.until_with(
            &format!("“{says}” in {selector}"),
            expression,
            json!([selector, says]),
        )
        .await
    }

    /// Waits until no such element is on screen.
    ///
    /// # Errors
    ///
    /// When it does not go.
    pub async fn gone(&self, selector: &str) -> Outcome {
        let what = format!("the end of {selector}");
        self.until_with(&what, "!$$(a[0]).some(shown)", json!([selector]))
            .await
    }

    /// Waits until a screen reader is told this.
    ///
    /// # Errors
    ///
    /// When it is not.
    pub async fn hears(&self, sentence: &str) -> Outcome {
        let what = format!("the announcement “{sentence}”");
        self.until_with(&what, "text('#announcer') === a[0]", json!([sentence]))
            .await
    }

    /// Waits until an element has the focus.
    ///
    /// # Errors
    ///
    /// When it does not get it.
    pub async fn focused(&self, selector: &str) -> Outcome {
        let what = format!("the focus on {selector}");
        self.until_with(
            &what,
            "document.activeElement?.matches(a[0])",
            json!([selector]),
        )
        .await
    }

    /// Waits for an element that can be used, and that is named so if a name is given.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub async fn find(&self, selector: &str, name: Option<&str>) -> Outcome<WebElement> {
        self.element("find(a[0], a[1])", selector, name).await
    }

    /// As [`Page::find`]; the element is what an expression gives for the selector `a[0]` and the name `a[1]`.
    async fn element(
        &self,
        expression: &str,
        selector: &str,
        name: Option<&str>,
    ) -> Outcome<WebElement> {
        let what = format!("{selector} {}", name.unwrap_or_default());
        let found = self.wait_for(&what, expression, json!([selector, name]));
        Ok(found.await?.element()?)
    }

    /// Asserts that the page needs no scrolling from side to side.
    ///
    /// # Errors
    ///
    /// What sticks out.
    pub async fn fits(&self, state: &str) -> Outcome {
        let fits = "document.scrollingElement.scrollWidth <= innerWidth";
        if self.value(fits).await? == Value::Bool(true) {
            return Ok(());
        }
        let wide = self.string("wide()").await?;
        let sizes = self
            .string("`${document.scrollingElement.scrollWidth} > ${innerWidth}`")
            .await?;
        Err(format!("{state}: it must be scrolled from side to side ({sizes}): {wide}").into())
    }

    /// Lets errors in this test pass: it makes them on purpose.
    pub fn forgive(&self) {
        self.forgiving.set(true);
    }

    /// Takes down what the page complained about so far; it is lost when the page is left.
    /// Gives the page's address.
    async fn listen(&self) -> Outcome<String> {
        let read = self.js(collector::READ, json!([])).await?;
        let (address, complaints): (String, Vec<String>) = serde_json::from_value(read)?;
        self.complaints.borrow_mut().extend(complaints);
        Ok(address)
    }

    /// Asserts that nothing went wrong: no error, no warning, no broken policy, no request to another host.
    ///
    /// # Errors
    ///
    /// What went wrong.
    pub async fn no_complaints(&self) -> Outcome {
        self.listen().await?;
        let mut complaints = self.complaints.take();
        if self.kind() == Kind::Chromium {
            let log = self.driver().browser_log().await?;
            let bad = log
                .into_iter()
                .filter(|entry| matches!(entry.level.as_str(), "SEVERE" | "WARNING"))
                // `leave` goes to a plain text, which names no icon: the browser then asks the host for one by itself.
                .filter(|entry| !entry.message.contains("/favicon.ico "));
            complaints.extend(bad.map(|entry| format!("log: {}", entry.message)));
        }
        if complaints.is_empty() || self.forgiving.get() {
            return Ok(());
        }
        Err(format!("The page complained:\n    {}", complaints.join("\n    ")).into())
    }

    /// Takes a picture of the page, if that can be done.
    pub async fn picture(&self, file: &Path) {
        if self.driver().screenshot(file).await.is_ok() {
            println!("    A picture of the page: {}", file.display());
        }
    }
}
