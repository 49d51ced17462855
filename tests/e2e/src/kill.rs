//! A real browser that is killed right after it has said that all is saved. What it said has to be true.

use std::rc::Rc;
use std::sync::Arc;

use serde_json::json;

use crate::browser::{Browser, Kind, Without, fresh_folder};
use crate::failure::Outcome;
use crate::page::Page;
use crate::setting::Setting;
use crate::site::Site;

/// Where the rounds are played.
const MODEL: &str = "#/registry/fraud-detector";

/// Sets a tag in the console as soon as it is there, and waits for the header in the page itself, so that nothing lies
/// between the word and the kill.
const ACT: &str = r##"
  const [key, done] = arguments;
  const saved = () => document.querySelector("#saving").textContent === "Saved in this browser";
  const field = document.querySelector("#console-field");
  field.value = `client.set_registered_model_tag("fraud-detector", "${key}", "x")`;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  const look = () => {
    if (field.value === "" && saved()) done(true); else setTimeout(look, 0);
  };
  setTimeout(look, 0);
"##;

/// Plays rounds: a browser starts with the profile of the last one, shows what it was told before, does one thing, says
/// that it is saved, and is killed. Gives how many of them were kept.
///
/// # Errors
///
/// When a browser does not start, or does not say that it has saved.
pub async fn rounds(site: Arc<Site>, rounds: u32, say: &dyn Fn(String)) -> Outcome<u32> {
    let setting = Setting::read();
    let programs = setting
        .chromium
        .as_ref()
        .ok_or("E2E_CHROMIUM or E2E_CHROMEDRIVER is not set.")?;
    let mut profile = fresh_folder("killed-profile")?;
    let mut kept = 0;
    for round in 0..=rounds {
        let browser =
            Browser::start_in(profile, Kind::Chromium, programs, Without::Nothing).await?;
        let browser = Rc::new(browser);
        let page = Page::new(Rc::clone(&browser), Arc::clone(&site), None);
        page.open(MODEL).await?;
        if page.value("$('#console-toggle').ariaExpanded").await? != json!("true") {
            page.click("#console-toggle").await?;
        }
        page.until("the console", "$('#console-field')").await?;
        if let Some(before) = round.checked_sub(1) {
            let key = format!("kept-{before}");
            let there = page
                .until_with(&key, "text('main').includes(a[0])", json!([key]))
                .await
                .is_ok();
            kept += u32::from(there);
            say(format!(
                "round {before}: {}",
                if there { "kept" } else { "LOST" }
            ));
        }
        if round < rounds {
            let key = json!(format!("kept-{round}"));
            page.driver().execute_async(ACT, vec![key]).await?;
        }
        drop(page);
        let browser = Rc::try_unwrap(browser).map_err(|_| "The browser is still in use.")?;
        profile = browser.kill()?;
    }
    let _ = std::fs::remove_dir_all(profile);
    Ok(kept)
}
