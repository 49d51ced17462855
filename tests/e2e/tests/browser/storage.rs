//! Saved data: kept over a reload, blocked, full, damaged, newer, changed elsewhere.

use e2e::{Failure, Outcome, Page, cases};
use registry::{Command, Context, FreeText, Log, ModelName, RuleSet, Time, VecMap};
use serde_json::json;
use storage::{MemoryStore, StoreError, Vault, WorkspaceId};

use crate::steps::{
    FRAUD, fill, make_room, save_again, stands_in, submit, transition, under_mlflow,
};

cases! {
    a_reload_keeps_everything,
    a_browser_that_stores_nothing [without_storage()],
    a_full_store_is_said_and_made_up_for,
    a_damaged_value_is_set_aside,
    a_damaged_value_comes_back_from_the_copy,
    a_copy_makes_up_for_what_the_store_has_lost,
    a_newer_copy_that_cant_be_brought_in_is_only_shown,
    the_oldest_history_makes_room_for_whatever_is_kept,
    the_oldest_history_makes_room_for_another_registry,
    without_a_second_copy_it_is_said,
    a_store_that_is_nearly_full_is_said,
    it_is_asked_once_to_keep_the_data,
    a_copy_that_fails_in_the_middle_is_left,
    a_copy_that_does_not_open_is_not_waited_for,
    damaged_settings_are_set_aside,
    data_of_a_newer_app_is_only_read,
    two_visits_do_not_double_the_sample,
}

async fn a_reload_keeps_everything(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    under_mlflow(&page).await?;
    page.choose("#theme", "dark").await?;
    transition(&page, 5, "Test", "Staging").await?;
    page.press("main button", "Add a version").await?;
    page.fill("#version-source", "models/fraud/model_v6.pkl")
        .await?;
    submit(&page, "Add the version").await?;
    stands_in(&page, 6, "None").await?;
    page.sees("#saving", "Saved in this browser").await?;
    page.reload().await?;
    stands_in(&page, 5, "Staging").await?;
    stands_in(&page, 6, "None").await?;
    page.until("the rules", "$('#rules-mlflow').checked")
        .await?;
    page.until(
        "the theme",
        "document.documentElement.dataset.theme === 'dark'",
    )
    .await?;
    page.sees("li.step", "Added version 6 of fraud-detector.")
        .await?;
    // The history is whole: it can be undone.
    page.click("#undo").await?;
    page.click("#undo").await?;
    stands_in(&page, 5, "None").await?;
    page.reload().await?;
    stands_in(&page, 5, "None").await?;
    page.click("#redo").await?;
    stands_in(&page, 5, "Staging").await
}

async fn a_browser_that_stores_nothing(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.sees(
        "#saving",
        "Not saved: this browser blocks storage for this page.",
    )
    .await?;
    page.sees(
        ".notice",
        "This browser does not let the page store anything.",
    )
    .await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    page.click("#undo").await?;
    stands_in(&page, 5, "None").await?;
    under_mlflow(&page).await?;
    page.choose("#theme", "dark").await?;
    page.until(
        "the theme",
        "document.documentElement.dataset.theme === 'dark'",
    )
    .await?;
    page.sees("#saving", "Everything works until you close it.")
        .await?;
    page.press(".notice button", "Close this notice").await?;
    page.gone(".notice").await
}

async fn a_full_store_is_said_and_made_up_for(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.sees("#saving", "Saved in this browser").await?;
    fill(&page).await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    page.sees("#saving", "Not saved: this browser's storage is full.")
        .await?;
    transition(&page, 5, "Reject", "Archived").await?;
    page.sees(
        "#saving",
        "Your work is safe as long as this page stays open.",
    )
    .await?;
    make_room(&page).await?;
    save_again(&page).await?;
    page.sees("#saving", "Saved in this browser").await?;
    page.until("no button", "!$('#saving button')").await?;
    page.reload().await?;
    stands_in(&page, 5, "Archived").await?;
    page.sees(
        "li.step",
        "Moved fraud-detector version 5 from None to Staging.",
    )
    .await
}

/// Damages the last value whose name holds `a[0]`, and gives its name and what now stands there.
const DAMAGE: &str = r#"
  const key = Object.keys(localStorage).filter((key) => key.includes(a[0])).sort().at(-1);
  const whole = localStorage.getItem(key);
  const middle = whole.length >> 1;
  const damaged = whole.slice(0, middle) + "\u2620" + whole.slice(middle + 1);
  localStorage.setItem(key, damaged);
  return damaged;
"#;

/// Waits until a text is among the values that were set aside, byte for byte.
async fn is_set_aside(page: &Page, damaged: &serde_json::Value) -> Outcome {
    let there = "Object.keys(localStorage).some((key) => key.includes('quarantine/') && localStorage.getItem(key) === a[0])";
    page.until_with("what was damaged, set aside", there, json!([damaged]))
        .await
}

async fn a_damaged_value_is_set_aside(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    page.sees("#saving", "Saved in this browser").await?;
    let damaged = page.js(DAMAGE, json!(["/seg/"])).await?;
    page.forget_copy().await?;
    page.reload().await?;
    page.sees(
        ".notice",
        "could not be read. It is set aside, exactly as it was found; nothing was overwritten.",
    )
    .await?;
    is_set_aside(&page, &damaged).await?;
    // What is handed out is what was found.
    page.catch_files().await?;
    page.press(".notice button", "Download it").await?;
    page.until_with("the download", "window.__given === a[0]", json!([damaged]))
        .await?;
    // The app goes on, and so does what is saved.
    page.sees("h1", "").await?;
    page.reload().await?;
    is_set_aside(&page, &damaged).await?;
    page.sees("#saving", "Saved in this browser").await
}

async fn damaged_settings_are_set_aside(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.choose("#theme", "dark").await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    let damaged = page.js(DAMAGE, json!([":settings"])).await?;
    page.forget_copy().await?;
    page.reload().await?;
    page.sees(
        ".notice",
        "The settings could not be read, so the defaults apply.",
    )
    .await?;
    is_set_aside(&page, &damaged).await?;
    stands_in(&page, 5, "Staging").await?;
    page.until("the usual theme", "$('#theme').value === 'system'")
        .await
}

/// The checksum in the first line of a value: FNV-1a over the version, the place and the text.
pub fn checksum(version: u32, place: &str, body: &str) -> String {
    let hash = format!("ms{version} {place}\n{body}")
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    format!("{hash:016x}")
}

async fn data_of_a_newer_app_is_only_read(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.choose("#theme", "dark").await?;
    let (key, place) = (
        format!("{}settings", page.site().storage_prefix()),
        "settings",
    );
    let body = "{\"something\":\"new\"}";
    let newer = format!("ms999 {} {place}\n{body}", checksum(999, place, body));
    page.js("localStorage.setItem(a[0], a[1])", json!([key, newer]))
        .await?;
    page.reload().await?;
    page.sees(
        "#saving",
        "Read only: this data was written by a newer version of the app.",
    )
    .await?;
    page.sees(".notice", "A newer version of this app has written")
        .await?;
    page.gone("button.card-move").await?;
    page.until_with(
        "nothing written over",
        "localStorage.getItem(a[0]) === a[1]",
        json!([key, newer]),
    )
    .await
}

async fn a_damaged_value_comes_back_from_the_copy(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    page.sees("#saving", "Saved in this browser").await?;
    let damaged = page.js(DAMAGE, json!(["/seg/"])).await?;
    page.reload().await?;
    page.sees(".notice", "It was restored from the second copy")
        .await?;
    is_set_aside(&page, &damaged).await?;
    stands_in(&page, 5, "Staging").await?;
    page.sees("#saving", "Saved in this browser").await
}

/// Does some work, and makes local storage what it was before, as in a browser that is killed. The copy is as it was.
async fn work_and_lose_it(page: &Page) -> Outcome {
    page.open(FRAUD).await?;
    page.sees("#saving", "Saved in this browser").await?;
    let before = page.value("Object.entries(localStorage)").await?;
    transition(page, 5, "Submit for testing", "Staging").await?;
    page.choose("#theme", "dark").await?;
    page.sees("#saving", "Saved in this browser").await?;
    page.leave().await?;
    let back =
        "localStorage.clear(); for (const [key, value] of a[0]) localStorage.setItem(key, value)";
    page.js(back, json!([before])).await.map(|_| ())
}

async fn a_copy_makes_up_for_what_the_store_has_lost(page: Page) -> Outcome {
    work_and_lose_it(&page).await?;
    page.open(FRAUD).await?;
    stands_in(&page, 5, "Staging").await?;
    page.sees(".notice", "It was restored from the second copy")
        .await?;
    page.until(
        "the theme",
        "document.documentElement.dataset.theme === 'dark'",
    )
    .await?;
    page.reload().await?;
    stands_in(&page, 5, "Staging").await?;
    page.gone(".notice").await
}

/// What brings it in does not arrive: then nothing may be written over it, whatever is tried.
async fn a_newer_copy_that_cant_be_brought_in_is_only_shown(page: Page) -> Outcome {
    page.forgive();
    work_and_lose_it(&page).await?;
    page.open(&format!("?without=tabs{FRAUD}")).await?;
    page.sees(
        "#saving",
        "Read only: your latest work is only in this browser’s second copy.",
    )
    .await?;
    page.sees(
        ".notice",
        "It is shown here, and nothing is written over it.",
    )
    .await?;
    stands_in(&page, 5, "Staging").await?;
    page.gone("button.card-move").await?;
    page.choose("#theme", "light").await?;
    page.reload().await?;
    page.sees("#saving", "Read only").await?;
    page.open(FRAUD).await?;
    page.sees(".notice", "It was restored from the second copy")
        .await?;
    stands_in(&page, 5, "Staging").await?;
    transition(&page, 5, "Reject", "Archived").await?;
    page.sees("#saving", "Saved in this browser").await
}

/// Folding needs a little room to turn a journal over.
const A_LITTLE_ROOM: &str = "localStorage.removeItem(Object.keys(localStorage).find((key) => localStorage[key].length === 64 && key.startsWith('filler')))";

/// Leaves a registry with many steps behind that nobody looks at now.
async fn old_work(page: &Page) -> Outcome {
    let store = MemoryStore::new();
    let failed = |why: StoreError| Failure::new(format!("{why:?}"));
    let (mut vault, _) = Vault::open(store.clone(), &page.site().storage_prefix());
    let id = WorkspaceId::parse("w1").ok_or("no id")?;
    let name = FreeText::parse("Old work").map_err(|_| "no name")?;
    vault
        .create(&id, name, RuleSet::Mlflow, Time(1))
        .map_err(failed)?;
    vault.load(&id).map_err(failed)?;
    let mut log = Log::default();
    let name = ModelName::parse("old").map_err(|_| "no name")?;
    for at in 0..400 {
        let command = Command::CreateRegisteredModel {
            name: ModelName::parse(&format!("{name}-{at}")).map_err(|_| "no name")?,
            description: FreeText::default(),
            tags: VecMap::new(),
        };
        let record = log.act(&Context::new(Time(at), RuleSet::Mlflow), &command);
        let record = record.map_err(|why| Failure::new(format!("{why:?}")))?;
        vault.append(&id, &record).map_err(failed)?;
        if at % 50 == 49 {
            vault.maintain(&id, &log).map_err(failed)?;
        }
    }
    page.was_here(&store.contents()).await
}

/// What was folded is told.
async fn old_work_is_folded(page: &Page) -> Outcome {
    page.until(
        "what was folded is said",
        "/^The oldest [0-9]+ steps of Old work were merged into its start, to make room/.test(text('#announcer'))",
    )
    .await
}

async fn the_oldest_history_makes_room_for_whatever_is_kept(page: Page) -> Outcome {
    old_work(&page).await?;
    page.open("#/practice/staging-for").await?;
    page.sees("main", "What is the staging stage for?").await?;
    fill(&page).await?;
    page.js(A_LITTLE_ROOM, json!([])).await?;
    page.click("label[for=option-1]").await?;
    page.click("#answer").await?;
    page.sees("#feedback-title", "").await?;
    old_work_is_folded(&page).await?;
    page.sees("#saving", "Saved in this browser").await?;
    page.open("#/progress").await?;
    page.sees("main", "What is the staging stage for?").await
}

async fn the_oldest_history_makes_room_for_another_registry(page: Page) -> Outcome {
    old_work(&page).await?;
    page.open("#/registry").await?;
    page.sees("#saving", "Saved in this browser").await?;
    fill(&page).await?;
    page.js(A_LITTLE_ROOM, json!([])).await?;
    page.choose_in_menu("All registries…").await?;
    page.press("dialog button", "Duplicate Your own registry")
        .await?;
    page.sees("#registries-told", "Copy of Your own registry is there")
        .await?;
    old_work_is_folded(&page).await?;
    page.reload().await?;
    page.sees("#workspace", "Copy of Your own registry").await
}

async fn without_a_second_copy_it_is_said(page: Page) -> Outcome {
    page.open(&format!("?without=copy{FRAUD}")).await?;
    page.sees("#saving", "which keeps no second copy here")
        .await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    page.sees("#saving", "if it crashes, the last minute may be lost")
        .await?;
    page.reload().await?;
    stands_in(&page, 5, "Staging").await
}

async fn a_store_that_is_nearly_full_is_said(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.sees("#saving", "Saved in this browser").await?;
    // So full that nothing that is done here comes to a percent more or less.
    let fill = "localStorage.removeItem('filler'); \
        const used = Object.entries(localStorage).reduce((sum, [key, value]) => sum + key.length + value.length, 0); \
        localStorage.setItem('filler', 'x'.repeat(Math.round(5_242_880 * a[0] / 100) - used - 6))";
    page.js(fill, json!([80.3])).await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    page.sees("#saving .usage", "This site's storage is 80 % full.")
        .await?;
    page.until("a meter", "$('#saving meter').value === 80")
        .await?;
    page.js(fill, json!([79.6])).await?;
    page.click("#undo").await?;
    page.gone("#saving .usage").await?;
    page.js(fill, json!([92.5])).await?;
    page.click("#redo").await?;
    page.sees("#saving .usage", "This site's storage is 92 % full.")
        .await
}

async fn it_is_asked_once_to_keep_the_data(page: Page) -> Outcome {
    let asked = async |times: u32| -> Outcome {
        page.sees("#saving", "Saved in this browser").await?;
        let seen = page.value("window.__persists").await?;
        assert_eq!(seen, json!(times));
        Ok(())
    };
    // Looking around is no reason, and neither is the sample.
    page.open(FRAUD).await?;
    page.choose("#theme", "dark").await?;
    page.go("#/registry").await?;
    asked(0).await?;
    page.go(FRAUD).await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    asked(1).await?;
    transition(&page, 5, "Reject", "Archived").await?;
    asked(1).await?;
    page.reload().await?;
    page.click("#undo").await?;
    stands_in(&page, 5, "Staging").await?;
    asked(0).await?;
    // An answer is work, too.
    page.begin().await?;
    page.open("#/practice/staging-for").await?;
    asked(0).await?;
    page.click("label[for=option-1]").await?;
    page.click("#answer").await?;
    page.sees("#feedback-title", "").await?;
    asked(1).await
}

/// What the browser does to a transaction of the copy: it refuses a value, or it gives up later.
async fn a_copy_that_fails_in_the_middle_is_left(page: Page) -> Outcome {
    for (fails, to) in [
        (
            "throw new DOMException('no room', 'QuotaExceededError')",
            "Staging",
        ),
        (
            "const put = own.apply(this, given); this.transaction.abort(); return put",
            "Archived",
        ),
    ] {
        page.open(FRAUD).await?;
        page.sees("#saving", "Saved in this browser").await?;
        page.until("the copy", "!text('#saving').includes('no second copy')")
            .await?;
        page.js(
            &format!(
                "const own = IDBObjectStore.prototype.put; let nth = 0; \
                 IDBObjectStore.prototype.put = function (...given) {{ nth += 1; if (nth < 2) return own.apply(this, given); {fails} }}"
            ),
            json!([]),
        )
        .await?;
        let way = if to == "Staging" {
            "Submit for testing"
        } else {
            "Reject"
        };
        transition(&page, 5, way, to).await?;
        page.sees("#saving", "which keeps no second copy here")
            .await?;
        // The store has it, and the copy does not take it back.
        page.reload().await?;
        stands_in(&page, 5, to).await?;
        page.until("all saved", "text('#saving') === 'Saved in this browser'")
            .await?;
        page.gone(".notice").await?;
    }
    Ok(())
}

async fn a_copy_that_does_not_open_is_not_waited_for(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    transition(&page, 5, "Submit for testing", "Staging").await?;
    page.until("all saved", "text('#saving') === 'Saved in this browser'")
        .await?;
    page.open(&format!("?without=answers{FRAUD}")).await?;
    stands_in(&page, 5, "Staging").await?;
    page.sees("#saving", "which keeps no second copy here")
        .await?;
    transition(&page, 5, "Reject", "Archived").await?;
    // Once it opens again, it is the older one.
    page.open(FRAUD).await?;
    stands_in(&page, 5, "Archived").await?;
    page.until("all saved", "text('#saving') === 'Saved in this browser'")
        .await?;
    page.gone(".notice").await
}

async fn two_visits_do_not_double_the_sample(page: Page) -> Outcome {
    page.open("#/registry").await?;
    page.until("three models", "$$('li.model-row').length === 3")
        .await?;
    page.open("#/registry").await?;
    page.until("three models", "$$('li.model-row').length === 3")
        .await?;
    page.press(".history button", "Show earlier steps").await?;
    page.press(".history button", "Show earlier steps").await?;
    page.until("the steps of the sample", "$$('li.step').length === 24")
        .await
}
