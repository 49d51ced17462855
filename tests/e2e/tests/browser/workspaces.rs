//! Several registries by name: made, opened, renamed, copied, deleted and brought back.

use e2e::axe::finds_nothing;
use e2e::browser::Kind;
use e2e::page::hands::HEAD_MENU;
use e2e::{Outcome, Page, cases};
use serde_json::json;

use crate::steps::fill;

cases! {
    one_is_made_copied_renamed_deleted_and_brought_back,
    a_deleted_one_comes_back_after_a_reload,
    one_that_cant_be_kept_is_deleted_only_when_asked_for_good,
    names_are_checked,
    by_keyboard_alone,
    axe_and_narrow [only(Kind::Chromium)],
}

const TOLD: &str = "#registries-told";

async fn open(page: &Page) -> Outcome {
    page.choose_in_menu("All registries…").await?;
    page.sees("dialog[open] h2", "Your registries").await
}

async fn make(page: &Page, name: &str, start: &str) -> Outcome {
    open(page).await?;
    page.fill("#registry-name", name).await?;
    page.click(&format!("label[for=registry-start-{start}]"))
        .await?;
    page.press("dialog button", "Create").await?;
    page.gone("dialog[open]").await?;
    page.hears(&format!("{name} is there, and open.")).await
}

async fn is_open(page: &Page, name: &str) -> Outcome {
    page.until_with(
        &format!("{name} is open"),
        "text('#workspace option:checked') === a[0]",
        json!([name]),
    )
    .await
}

async fn one_is_made_copied_renamed_deleted_and_brought_back(page: Page) -> Outcome {
    page.open("#/registry").await?;
    page.sees("main", "fraud-detector").await?;
    make(&page, "Team a", "empty").await?;
    page.sees("main", "No model here yet").await?;
    is_open(&page, "Team a").await?;
    make(&page, "Team b", "sample").await?;
    page.sees("main", "fraud-detector").await?;
    is_open(&page, "Team b").await?;

    open(&page).await?;
    page.press("dialog button", "Duplicate Team b").await?;
    page.sees(TOLD, "Copy of Team b is there").await?;
    page.press("dialog button", "Rename Copy of Team b").await?;
    page.focused("#registry-new-name").await?;
    page.fill("#registry-new-name", "Team c").await?;
    page.press("dialog button", "Save the name").await?;
    page.sees(TOLD, "It is called Team c now.").await?;
    page.press("dialog button", "Open Team c").await?;
    page.gone("dialog[open]").await?;
    is_open(&page, "Team c").await?;
    // The copy has the history, too.
    page.sees("li.step", "fraud-detector").await?;

    open(&page).await?;
    page.press("dialog button", "Delete Team c").await?;
    page.sees(TOLD, "Team c is deleted.").await?;
    page.focused("#registry-back").await?;
    page.press("dialog button", "Bring back Team c").await?;
    page.sees(TOLD, "Team c is back.").await?;
    // Of two that were deleted, each comes back.
    page.press("dialog button", "Delete Team c").await?;
    page.press("dialog button", "Delete Team b").await?;
    page.sees(TOLD, "Team b is deleted.").await?;
    page.press("dialog button", "Remove for good: Team c")
        .await?;
    page.sees(TOLD, "Team c is gone for good.").await?;
    page.focused("#modal-title").await?;
    page.press("dialog button", "Bring back Team b").await?;
    page.sees(TOLD, "Team b is back.").await?;
    page.gone("#registry-bin").await?;
    page.press("dialog .actions button", "Close").await?;
    page.gone("dialog[open]").await?;
    page.reload().await?;
    page.until(
        "three registries",
        "$$('#workspace option').map(text).join() === 'Your own registry,Team a,Team b'",
    )
    .await?;
    is_open(&page, "Your own registry").await
}

async fn a_deleted_one_comes_back_after_a_reload(page: Page) -> Outcome {
    page.open("#/registry").await?;
    make(&page, "Team a", "sample").await?;
    page.choose_in_menu("Delete this registry…").await?;
    page.sees("dialog[open]", "you can bring it back").await?;
    page.press("dialog button", "Delete this registry").await?;
    page.gone("#workspace").await?;
    page.reload().await?;
    open(&page).await?;
    page.press("dialog button", "Bring back Team a").await?;
    page.press("dialog button", "Open Team a").await?;
    page.gone("dialog[open]").await?;
    is_open(&page, "Team a").await?;
    page.sees("main", "fraud-detector").await?;
    page.reload().await?;
    is_open(&page, "Team a").await
}

async fn one_that_cant_be_kept_is_deleted_only_when_asked_for_good(page: Page) -> Outcome {
    page.open("#/registry").await?;
    make(&page, "Team a", "sample").await?;
    page.sees("#saving", "Saved in this browser").await?;
    fill(&page).await?;
    // From the page it goes only with a way back.
    page.choose_in_menu("Delete this registry…").await?;
    page.press("dialog button", "Delete this registry").await?;
    page.hears("Team a is not deleted: this browser’s storage has no room to keep it for you to bring back, or does not answer. Under “All registries” it can be deleted for good.")
        .await?;
    is_open(&page, "Team a").await?;
    open(&page).await?;
    page.press("dialog button", "Delete Team a").await?;
    page.sees(TOLD, "Team a is still here").await?;
    page.focused("#registry-for-good").await?;
    finds_nothing(&page, "one that can only be deleted for good").await?;
    page.press("dialog button", "Delete for good: Team a")
        .await?;
    page.sees(TOLD, "Team a is gone for good.").await?;
    page.focused("#modal-title").await?;
    page.gone("#registry-bin").await?;
    page.press("dialog .actions button", "Close").await?;
    page.gone("#workspace").await
}

async fn names_are_checked(page: Page) -> Outcome {
    page.open("#/registry").await?;
    open(&page).await?;
    for (name, why) in [
        ("Your own registry", "Another registry has this name."),
        (&"x".repeat(61), "at most 60 characters"),
        ("a\u{202e}b", "cannot be seen"),
        ("  ", "at least one letter"),
    ] {
        page.js(
            "const field = $('#registry-name'); field.value = a[0]; field.dispatchEvent(new Event('input', { bubbles: true }));",
            json!([name]),
        )
        .await?;
        page.sees("#registry-name-error", why).await?;
        page.until(
            "no way to create it",
            "$$('dialog button').find((one) => text(one) === 'Create').disabled",
        )
        .await?;
    }
    page.fill("#registry-name", "<b>bold</b>").await?;
    page.press("dialog button", "Create").await?;
    is_open(&page, "<b>bold</b>").await
}

async fn by_keyboard_alone(page: Page) -> Outcome {
    page.open("#/registry").await?;
    page.js("$(a[0]).focus()", json!([HEAD_MENU])).await?;
    page.keys("\u{e007}").await?;
    page.find("details.menu[open] button", None).await?;
    page.keys("\u{e004}").await?;
    page.focused("details.menu[open] li:first-child button")
        .await?;
    page.keys("\u{e007}").await?;
    page.sees("dialog[open] h2", "Your registries").await?;
    page.js("$('#registry-name').focus()", json!([])).await?;
    page.keys("Keys").await?;
    page.keys("\u{e007}").await?;
    page.gone("dialog[open]").await?;
    is_open(&page, "Keys").await?;
    page.js("$(a[0]).focus()", json!([HEAD_MENU])).await?;
    page.keys("\u{e007}").await?;
    page.find("details.menu[open] button", None).await?;
    page.keys("\u{e004}").await?;
    page.focused("details.menu[open] li:first-child button")
        .await?;
    page.keys("\u{e007}").await?;
    page.sees("dialog[open] h2", "Your registries").await?;
    page.keys("\u{e00c}").await?;
    page.gone("dialog[open]").await?;
    page.focused(HEAD_MENU).await
}

async fn axe_and_narrow(page: Page) -> Outcome {
    page.open("#/registry").await?;
    make(&page, &format!("one {}", "W".repeat(50)), "empty").await?;
    open(&page).await?;
    page.press(
        "dialog button",
        &format!("Duplicate one {}", "W".repeat(50)),
    )
    .await?;
    page.sees(TOLD, "is there: the same registry").await?;
    for width in [320, 1280] {
        page.resize(width, 900).await?;
        page.fits(&format!("the registries at {width} pixels"))
            .await?;
        finds_nothing(&page, &format!("registries, {width}")).await?;
    }
    page.press("dialog button", "Rename Your own registry")
        .await?;
    finds_nothing(&page, "renaming").await?;
    page.press("dialog li button", "Cancel").await?;
    page.press("dialog button", &format!("Delete one {}", "W".repeat(50)))
        .await?;
    page.sees("[aria-labelledby=registry-bin]", "The last ten are kept")
        .await?;
    finds_nothing(&page, "deleted").await?;
    page.press("dialog .actions button", "Close").await?;
    Ok(())
}
