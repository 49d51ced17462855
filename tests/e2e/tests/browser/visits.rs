//! Pages that are left leave nothing behind: neither elements nor listeners.

use e2e::browser::Kind;
use e2e::{Outcome, Page, cases};
use registry::{FreeText, RuleSet, Time, sample};
use serde_json::{Value, json};
use share::link;
use storage::WorkspaceSnapshot;

use crate::steps::FRAUD;

cases! {
    fifty_visits_of_registry_and_exercises_leave_what_five_do [only(Kind::Chromium)],
    fifty_visits_of_other_pages_leave_what_five_do [only(Kind::Chromium)],
    dialogs_and_payments_leave_nothing [only(Kind::Chromium)],
    what_was_left_is_collected,
}

/// How many nodes may be more after 45 more visits: some tens come and go with the browser's own work. The smallest page
/// has 75; would its visits stay, there were over 3,000 more.
const SPARE: u64 = 100;
/// As [`SPARE`], of listeners. The smallest page that has some has 2, which were 90 more.
const SPARE_LISTENERS: u64 = 4;
/// As [`SPARE`], of bytes of the program's memory, which grows by pages of 64 KiB. When each visit left 10 KB, these were
/// 450,000.
const SPARE_BYTES: u64 = 4 * 65_536;

/// How often it is asked for what was left: Firefox answers before it has looked through everything.
const LOOKS: usize = 200;

/// Keeps the memory of the program in `__memory`.
const REMEMBER: &str = "
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const own = WebAssembly[name];
    WebAssembly[name] = async (...all) => {
      const made = await own.apply(WebAssembly, all);
      window.__memory ??= Object.values(made.instance?.exports ?? {}).find((one) => one instanceof WebAssembly.Memory);
      return made;
    };
  }
";

/// Pages, each with what is there when it is complete.
fn pages() -> Vec<(String, &'static str)> {
    let (log, _) = sample::sample(Time(1_760_000_000_000));
    let snapshot = WorkspaceSnapshot {
        name: FreeText::parse("From a friend").unwrap_or_default(),
        rules: RuleSet::Mlflow,
        created: Time(1_700_000_000_000),
        log,
    };
    let shared = format!("#/share/{}", link::print(&snapshot).unwrap_or_default());
    [
        ("#/registry", "li.model-row a"),
        (FRAUD, ".version-panel #version-title"),
        ("#/exercises", "#made-seed"),
        ("#/exercises/first-promotion", ".exercise-board [data-card]"),
        (
            "#/exercises/new?objective=aliases&par=3&models=1&distractors=1&seed=7",
            ".exercise-main [data-card]",
        ),
        ("#/learn/four-stages", ".play-box svg"),
        ("#/learn/before-after", ".traffic-gets"),
        ("#/practice/one-call-swap", "#answer"),
        ("#/settings", ".data-key"),
        ("#/check", ".page textarea"),
        (shared.as_str(), "#shared-look"),
    ]
    .map(|(address, there)| (address.to_owned(), there))
    .to_vec()
}

/// Goes to the page `a[0]` until `a[1]` is there, and away again. What was on it can be asked for in `__left` afterwards, as
/// long as anybody keeps it.
const VISIT: &str = "
  const [address, there] = a;
  window.__visited = false;
  window.__left ??= [];
  const until = (holds) => new Promise((done) => {
    const look = () => { if (holds()) done(); else setTimeout(look, 5); };
    look();
  });
  (async () => {
    location.hash = address;
    await until(() => $(there));
    window.__left.push(new WeakRef($(there)));
    location.hash = '#/nowhere';
    await until(() => text('h1') === 'There is no such page');
    window.__visited = true;
  })();
";

/// Visits a page so often. Each visit is waited for by itself, for some take long on a busy machine.
async fn visit(page: &Page, address: &str, there: &str, times: u32) -> Outcome {
    for _ in 0..times {
        page.js(VISIT, json!([address, there])).await?;
        page.until(&format!("a visit of {address}"), "window.__visited")
            .await?;
    }
    Ok(())
}

/// What somebody keeps.
#[derive(Debug)]
struct Kept {
    nodes: u64,
    listeners: u64,
    bytes: u64,
}

async fn kept(page: &Page) -> Outcome<Kept> {
    let browser = page.browser();
    // What a function of the first round held is free for the next one.
    for _ in 0..3 {
        browser.collect_garbage().await?;
        page.value("new Promise((done) => setTimeout(done))")
            .await?;
    }
    let counters = browser.cdp("Memory.getDOMCounters", json!({})).await?;
    let count = |name: &str| {
        counters
            .get(name)
            .and_then(Value::as_u64)
            .unwrap_or_default()
    };
    let bytes = page.value("window.__memory.buffer.byteLength").await?;
    Ok(Kept {
        nodes: count("nodes"),
        listeners: count("jsEventListeners"),
        bytes: bytes.as_u64().unwrap_or_default(),
    })
}

fn leaves_nothing(what: &str, few: &Kept, many: &Kept) {
    println!("          {what}: {few:?}, later {many:?}");
    assert!(
        few.nodes > 0 && few.bytes > 0,
        "nothing was counted: {few:?}"
    );
    assert!(
        many.nodes <= few.nodes + SPARE
            && many.listeners <= few.listeners + SPARE_LISTENERS
            && many.bytes <= few.bytes + SPARE_BYTES,
        "{what} leaves something behind: {few:?}, later {many:?}"
    );
}

/// Opens a page, whose program's memory is measured.
async fn open(page: &Page, address: &str) -> Outcome {
    page.browser().run_early(REMEMBER).await?;
    page.open(address).await
}

async fn leave_nothing(page: &Page, is_meant: fn(&str) -> bool) -> Outcome {
    // What is kept is listed on one of the pages.
    open(page, "#/registry").await?;
    page.sees("li.model-row a", "").await?;
    for (address, there) in pages() {
        if is_meant(&address) {
            visit(page, &address, there, 5).await?;
            let few = kept(page).await?;
            visit(page, &address, there, 45).await?;
            let name: String = address.chars().take(40).collect();
            leaves_nothing(&name, &few, &kept(page).await?);
        }
    }
    Ok(())
}

fn is_registry_or_exercise(address: &str) -> bool {
    address.starts_with("#/registry") || address.starts_with("#/exercises")
}

async fn fifty_visits_of_registry_and_exercises_leave_what_five_do(page: Page) -> Outcome {
    leave_nothing(&page, is_registry_or_exercise).await
}

async fn fifty_visits_of_other_pages_leave_what_five_do(page: Page) -> Outcome {
    leave_nothing(&page, |address| !is_registry_or_exercise(address)).await
}

/// Opens a dialog and closes it, chooses another version, takes a step, is refused one, and takes the step back, `a[0]` times.
const ACTS: &str = "
  window.__visits = a[0];
  const until = (holds) => new Promise((done) => {
    const look = () => { if (holds()) done(); else setTimeout(look, 5); };
    look();
  });
  const stage = () => $(`[data-card='5']`)?.closest('[data-stage]').dataset.stage;
  (async () => {
    for (; window.__visits > 0; window.__visits -= 1) {
      // A card that is made anew shuts its menu.
      await until(() => {
        if (!$(`[data-card='5'] .menu`).open) $(`[data-card='5'] .menu summary`).click();
        return find(`[data-card='5'] .menu button`, 'Move with details…');
      });
      find(`[data-card='5'] .menu button`, 'Move with details…').click();
      await until(() => $('dialog[open] button[type=submit]'));
      $('dialog .modal-head button').click();
      await until(() => !$('dialog'));
      $('#card-4').click();
      await until(() => text('#version-title') === 'Version 4');
      $('#card-5').click();
      await until(() => text('#version-title') === 'Version 5');
      $(`[data-card='5'] button.card-move`).click();
      await until(() => stage() === 'Staging');
      $(`[data-card='4'] button.card-move`).click();
      await until(() => $('.refused-move'));
      $('.refused-move li:last-child button').click();
      await until(() => !$('.refused-move'));
      $('#undo').click();
      await until(() => stage() === 'None');
      $('.traffic-step').click();
    }
  })();
";

async fn dialogs_and_payments_leave_nothing(page: Page) -> Outcome {
    open(&page, FRAUD).await?;
    page.sees(".traffic-step", "").await?;
    let act = async |times: u32| -> Outcome {
        for _ in 0..times / 5 {
            page.js(ACTS, json!([5])).await?;
            page.until("five rounds", "window.__visits === 0").await?;
        }
        Ok(())
    };
    // The strip shows the last twelve payments.
    act(15).await?;
    let few = kept(&page).await?;
    act(45).await?;
    leaves_nothing("acting on a page", &few, &kept(&page).await?);
    Ok(())
}

/// Firefox says no numbers. But what nobody keeps goes there too, and that can be seen.
async fn what_was_left_is_collected(page: Page) -> Outcome {
    page.open("#/registry").await?;
    page.sees("li.model-row a", "").await?;
    for (address, there) in pages() {
        visit(&page, &address, there, 5).await?;
    }
    let left = async || {
        page.value("window.__left.filter((left) => left.deref()).length")
            .await
    };
    for _ in 0..LOOKS {
        page.browser().collect_garbage().await?;
        page.value("new Promise((done) => setTimeout(done))")
            .await?;
        if left().await? == json!(0) {
            return Ok(());
        }
    }
    Err(format!("{} pages that were left are still there", left().await?).into())
}
