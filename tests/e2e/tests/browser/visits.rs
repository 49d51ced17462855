//! Pages that are left leave nothing behind: neither elements nor listeners.

use e2e::browser::Kind;
use e2e::{Outcome, Page, cases};
use model_stages::registry::{FreeText, RuleSet, Time, sample};
use model_stages::share::link;
use model_stages::storage::Whole;
use serde_json::json;

use crate::steps::FRAUD;

cases! {
    fifty_visits_leave_what_five_do [only(Kind::Chromium)],
    dialogs_and_payments_leave_nothing [only(Kind::Chromium)],
    what_was_left_is_collected,
}

/// How many nodes may be more after many visits than after few. The browser keeps some of its own for a while, such as the
/// text of the last announcement; of the smallest page, one visit that stayed would be more than all of them.
const SPARE: u64 = 40;
/// As [`SPARE`], of listeners.
const SPARE_LISTENERS: u64 = 4;

/// Pages, each with what is there when it is complete.
fn pages() -> Vec<(String, &'static str)> {
    let (log, _) = sample::sample(Time(1_760_000_000_000));
    let whole = Whole {
        name: FreeText::parse("From a friend").unwrap_or_default(),
        rules: RuleSet::Mlflow,
        created: Time(1_700_000_000_000),
        log,
    };
    let shared = format!("#/share/{}", link::print(&whole).unwrap_or_default());
    [
        ("#/registry", "li.model-row a"),
        (FRAUD, ".version-panel #version-title"),
        ("#/exercises", "#made-seed"),
        ("#/exercises/first-promotion", ".exercise-board [data-card]"),
        (
            "#/exercises/new?objective=aliases&par=3&models=1&distractors=1&seed=7",
            ".exercise-bench [data-card], .exercise-main [data-card]",
        ),
        ("#/learn/promote", ".traffic ~ *, .play [data-card]"),
        ("#/practice/one-call-swap", "#answer"),
        ("#/progress", ".data-key"),
        ("#/check", ".page textarea"),
        (shared.as_str(), "#shared-look"),
    ]
    .map(|(address, there)| (address.to_owned(), there))
    .to_vec()
}

/// Goes to the page `a[0]` and away again, `a[2]` times; each time until `a[1]` is there. What was on it can be asked for
/// in `__left` afterwards, as long as anybody keeps it.
const VISITS: &str = "
  const [address, there, times] = a;
  window.__visits = times;
  window.__left ??= [];
  const until = (holds) => new Promise((done) => {
    const look = () => { if (holds()) done(); else setTimeout(look, 5); };
    look();
  });
  (async () => {
    for (; window.__visits > 0; window.__visits -= 1) {
      location.hash = address;
      await until(() => $(there));
      window.__left.push(new WeakRef($(there)));
      location.hash = '#/nowhere';
      await until(() => text('h1') === 'There is no such page');
    }
  })();
";

/// Visits a page so often, a few times in each look at it.
async fn visit(page: &Page, address: &str, there: &str, times: u32) -> Outcome {
    for _ in 0..times / 5 {
        page.js(VISITS, json!([address, there, 5])).await?;
        page.until(&format!("visits of {address}"), "window.__visits === 0")
            .await?;
    }
    Ok(())
}

/// How many nodes and listeners there are that somebody keeps.
async fn kept(page: &Page) -> Outcome<(u64, u64)> {
    let browser = page.browser();
    browser.cdp("HeapProfiler.enable", json!({})).await?;
    // What a function of the first round held is free for the second one.
    for _ in 0..3 {
        browser
            .cdp("HeapProfiler.collectGarbage", json!({}))
            .await?;
        page.value("new Promise((done) => setTimeout(done))")
            .await?;
    }
    let counters = browser.cdp("Memory.getDOMCounters", json!({})).await?;
    let count = |name: &str| counters[name].as_u64().unwrap_or_default();
    Ok((count("nodes"), count("jsEventListeners")))
}

fn leaves_nothing(what: &str, few: (u64, u64), many: (u64, u64)) {
    println!("          {what}: nodes and listeners {few:?}, later {many:?}");
    assert!(
        many.0 <= few.0 + SPARE && many.1 <= few.1 + SPARE_LISTENERS,
        "{what} leaves something behind: {few:?}, later {many:?}"
    );
}

async fn fifty_visits_leave_what_five_do(page: Page) -> Outcome {
    page.open("#/nowhere").await?;
    for (address, there) in pages() {
        let name: String = address.chars().take(40).collect();
        visit(&page, &address, there, 5).await?;
        let few = kept(&page).await?;
        visit(&page, &address, there, 45).await?;
        leaves_nothing(&name, few, kept(&page).await?);
    }
    Ok(())
}

/// Opens a dialog and closes it, chooses another version, takes a step and takes it back, `a[0]` times.
const ACTS: &str = "
  window.__visits = a[0];
  const until = (holds) => new Promise((done) => {
    const look = () => { if (holds()) done(); else setTimeout(look, 5); };
    look();
  });
  const stage = () => $(`[data-card='5']`)?.closest('[data-stage]').dataset.stage;
  (async () => {
    for (; window.__visits > 0; window.__visits -= 1) {
      $(`[data-card='5'] button.card-move`).click();
      await until(() => $('dialog[open] button[type=submit]'));
      $('dialog .modal-head button').click();
      await until(() => !$('dialog'));
      $('#card-4').click();
      await until(() => text('#version-title') === 'Version 4');
      $('#card-5').click();
      await until(() => text('#version-title') === 'Version 5');
      $(`[data-card='5'] button.card-move`).click();
      await until(() => $('dialog[open] button[type=submit]'));
      $('dialog[open] button[type=submit]').click();
      await until(() => stage() !== 'None');
      $('#undo').click();
      await until(() => stage() === 'None');
      $('.traffic-step').click();
    }
  })();
";

async fn dialogs_and_payments_leave_nothing(page: Page) -> Outcome {
    page.open(FRAUD).await?;
    page.sees(".traffic-step", "").await?;
    let act = async |times: u32| -> Outcome {
        for _ in 0..times / 5 {
            page.js(ACTS, json!([5])).await?;
            page.until("five rounds", "window.__visits === 0").await?;
        }
        Ok(())
    };
    // The strip shows the last ten payments.
    act(15).await?;
    let few = kept(&page).await?;
    act(45).await?;
    leaves_nothing("acting on a page", few, kept(&page).await?);
    Ok(())
}

/// Firefox says no numbers. But what nobody keeps goes there too, once the browser needs room.
async fn what_was_left_is_collected(page: Page) -> Outcome {
    page.open("#/nowhere").await?;
    for (address, there) in pages() {
        visit(&page, &address, there, 5).await?;
    }
    page.until(
        "the end of what was left",
        "(window.__filler = Array.from({ length: 200 }, () => new Array(10_000).fill(Math.random())),
          window.__left.filter((left) => left.deref()).length <= 5)",
    )
    .await
}
