//! A browser with a fresh profile, steered by its driver.

use std::cell::RefCell;
use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use http::Method;
use serde_json::{Value, json};
use thirtyfour::common::command::{Command, ExtensionCommand};
use thirtyfour::{Capabilities, WebDriver};

use crate::bidi::BiDi;
use crate::collector;
use crate::driver::Driver;
use crate::failure::{Failure, Outcome};
use crate::setting::{Programs, Setting};

/// The browsers that the app is tested in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Chromium.
    Chromium,
    /// Firefox.
    Firefox,
}

impl Kind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Chromium, Self::Firefox];

    /// Its programs, if they are here.
    #[must_use]
    pub const fn programs(self, setting: &Setting) -> Option<&Programs> {
        match self {
            Self::Chromium => setting.chromium.as_ref(),
            Self::Firefox => setting.firefox.as_ref(),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
        })
    }
}

/// What a person has switched off in the browser's settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Without {
    /// Nothing.
    Nothing,
    /// No page stores anything.
    Storage,
    /// No page runs a script.
    Scripts,
    /// No page in a page of another site stores anything that is not kept apart.
    ThirdParties,
}

impl Without {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Nothing,
        Self::Storage,
        Self::Scripts,
        Self::ThirdParties,
    ];
}

/// A running browser. It ends with [`Browser::quit`], and its driver with this.
#[derive(Debug)]
pub struct Browser {
    /// Which one it is.
    pub kind: Kind,
    /// Steers it.
    pub driver: WebDriver,
    bidi: Option<RefCell<BiDi>>,
    profile: PathBuf,
    process: Driver,
}

/// How long a browser may take to load a page or to run a script.
const PATIENCE: Duration = Duration::from_secs(60);

/// Asks all processes of Firefox for what is no longer needed: first of the scripts, then of the pages.
const ASK_FIREFOX: &str =
    "for (const what of ['child-gc-request', 'child-cc-request', 'child-gc-request'])
    Services.obs.notifyObservers(null, what);";

/// Firefox's command that lets the scripts that follow run in the browser (`chrome`) or in the page (`content`).
#[derive(Debug)]
struct Context(&'static str);

impl ExtensionCommand for Context {
    fn parameters_json(&self) -> Option<Value> {
        Some(json!({ "context": self.0 }))
    }

    fn method(&self) -> Method {
        Method::POST
    }

    fn endpoint(&self) -> Arc<str> {
        "/moz/context".into()
    }
}

impl Browser {
    /// Starts a browser with a fresh profile. Less motion is asked for, so that nothing moves under the pointer.
    ///
    /// # Errors
    ///
    /// When the browser or its driver does not start.
    pub async fn start(kind: Kind, programs: &Programs, without: Without) -> Outcome<Self> {
        let profile = fresh_folder(&format!("{kind}-profile"))?;
        Self::start_in(profile, kind, programs, without).await
    }

    /// As [`Browser::start`], with a profile that is there already (Chromium only).
    ///
    /// # Errors
    ///
    /// When the browser or its driver does not start.
    pub async fn start_in(
        profile: PathBuf,
        kind: Kind,
        programs: &Programs,
        without: Without,
    ) -> Outcome<Self> {
        let arguments: &[&str] = match kind {
            Kind::Chromium => &["--port=0"],
            Kind::Firefox => &["--port=0", "--websocket-port=0", "--allow-system-access"],
        };
        let process = Driver::start(&programs.driver, arguments)?;
        let capabilities = match kind {
            Kind::Chromium => chromium(programs, without, &profile),
            Kind::Firefox => firefox(programs, without),
        };
        let capabilities: Capabilities = serde_json::from_value(capabilities)?;
        let driver = WebDriver::new(process.url(), capabilities)
            .await
            .map_err(|error| Failure::new(format!("{kind} does not start: {error}")))?;
        driver.set_script_timeout(PATIENCE).await?;
        driver.set_page_load_timeout(PATIENCE).await?;
        let socket = driver
            .handle()
            .capabilities()
            .get("webSocketUrl")
            .and_then(Value::as_str);
        let bidi = socket.map(BiDi::connect).transpose()?.map(RefCell::new);
        let browser = Self {
            kind,
            driver,
            bidi,
            profile,
            process,
        };
        browser.run_early(collector::SCRIPT).await?;
        Ok(browser)
    }

    /// Lets a script run in every document before the document's own ones.
    ///
    /// # Errors
    ///
    /// When the browser refuses.
    pub async fn run_early(&self, script: &str) -> Outcome {
        match &self.bidi {
            Some(bidi) => {
                let function = format!("() => {{ {script} }}");
                bidi.borrow_mut().send(
                    "script.addPreloadScript",
                    json!({ "functionDeclaration": function }),
                )?;
            }
            None => {
                self.cdp(
                    "Page.addScriptToEvaluateOnNewDocument",
                    json!({ "source": script }),
                )
                .await?;
            }
        }
        Ok(())
    }

    /// Makes the page as large as this, in CSS pixels.
    ///
    /// # Errors
    ///
    /// When the browser refuses.
    pub async fn resize(&self, width: u32, height: u32) -> Outcome {
        match &self.bidi {
            Some(bidi) => {
                let context = self.driver.window().await?.to_string();
                let size = json!({ "width": width, "height": height });
                let params = json!({ "context": context, "viewport": size });
                bidi.borrow_mut()
                    .send("browsingContext.setViewport", params)?;
            }
            None => {
                let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
                self.cdp("Emulation.setDeviceMetricsOverride", size).await?;
            }
        }
        Ok(())
    }

    /// Asks Chromium something in its own protocol.
    ///
    /// # Errors
    ///
    /// When it refuses, or is another browser.
    pub async fn cdp(&self, method: &str, params: Value) -> Outcome<Value> {
        Ok(self.driver.cdp().send_raw(method, params).await?)
    }

    /// Lets the browser take back what no page needs any more. Firefox only begins with it.
    ///
    /// # Errors
    ///
    /// When it refuses.
    pub async fn collect_garbage(&self) -> Outcome {
        match self.kind {
            Kind::Chromium => {
                self.cdp("HeapProfiler.enable", json!({})).await?;
                self.cdp("HeapProfiler.collectGarbage", json!({})).await?;
            }
            Kind::Firefox => {
                // Only a script in the browser itself can ask for it.
                self.in_context("chrome").await?;
                let asked = self.driver.execute(ASK_FIREFOX, Vec::new()).await;
                self.in_context("content").await?;
                asked?;
            }
        }
        Ok(())
    }

    async fn in_context(&self, context: &'static str) -> Outcome {
        let command = Command::ExtensionCommand(Box::new(Context(context)));
        self.driver.handle().cmd(command).await?;
        Ok(())
    }

    /// Kills the browser with its driver, without a moment to write anything, and gives its profile.
    ///
    /// # Errors
    ///
    /// When it can't be killed.
    pub fn kill(mut self) -> Outcome<PathBuf> {
        self.process.kill()?;
        // There is nobody left to end the session with.
        let _ = self.driver.clone().leak();
        Ok(self.profile)
    }

    /// Ends the browser.
    ///
    /// # Errors
    ///
    /// When it does not end as it should; its driver is ended all the same.
    pub async fn quit(self) -> Outcome {
        let ended = self.driver.clone().quit().await;
        let _ = fs::remove_dir_all(&self.profile);
        Ok(ended?)
    }
}

fn chromium(programs: &Programs, without: Without, profile: &std::path::Path) -> Value {
    let mut arguments = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // Else more than two hundred changes of the address in ten seconds are passed over.
        "--disable-ipc-flooding-protection",
        "--force-prefers-reduced-motion",
        "--window-size=1280,900",
    ]
    .map(str::to_owned)
    .to_vec();
    arguments.push(format!("--user-data-dir={}", profile.display()));
    let prefs = match without {
        Without::Nothing => json!({}),
        Without::Storage => json!({ "profile.default_content_setting_values.cookies": 2 }),
        Without::Scripts => json!({ "profile.default_content_setting_values.javascript": 2 }),
        Without::ThirdParties => {
            json!({ "profile.block_third_party_cookies": true, "profile.cookie_controls_mode": 1 })
        }
    };
    json!({
        "browserName": "chrome",
        "goog:chromeOptions": { "binary": programs.browser, "args": arguments, "prefs": prefs },
        "goog:loggingPrefs": { "browser": "ALL" },
    })
}

fn firefox(programs: &Programs, without: Without) -> Value {
    let mut prefs = json!({
        "ui.prefersReducedMotion": 1,
        // Nobody watches: fewer pictures a second leave the processors to the pages.
        "layout.frame_rate": 20,
        "browser.tabs.remote.warmup.enabled": false,
        "datareporting.policy.dataSubmissionEnabled": false,
        "toolkit.telemetry.reportingpolicy.firstRun": false,
        "app.update.disabledForTesting": true,
        "network.captive-portal-service.enabled": false,
        "network.connectivity-service.enabled": false,
    });
    let off = match without {
        Without::Nothing => None,
        Without::Storage => Some(("network.cookie.cookieBehavior", json!(2))),
        Without::Scripts => Some(("javascript.enabled", json!(false))),
        Without::ThirdParties => Some(("network.cookie.cookieBehavior", json!(1))),
    };
    if let (Some((name, value)), Some(prefs)) = (off, prefs.as_object_mut()) {
        prefs.insert(name.to_owned(), value);
    }
    json!({
        "browserName": "firefox",
        "webSocketUrl": true,
        "moz:firefoxOptions": {
            "binary": programs.browser,
            "args": ["-headless", "--width=1280", "--height=1000"],
            "prefs": prefs,
        },
    })
}

/// A folder for temporary files that no other run has.
///
/// # Errors
///
/// When it can't be made.
pub fn fresh_folder(name: &str) -> Outcome<PathBuf> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!(
        "model-stages-e2e-{}-{count}-{name}",
        std::process::id()
    ));
    fs::create_dir_all(&folder)?;
    Ok(folder)
}
