//! Texts that try to be more than texts, on every page: nothing of them runs, none becomes an element, the layout holds.

use e2e::browser::Kind;
use e2e::{Outcome, Page, cases};
use registry::{
    Alias, Command, Context, FreeText, Log, MetricName, MetricValue, ModelName, RuleSet, Stage,
    TagKey, TagValue, Tags, Time, VersionNumber,
};
use serde_json::json;
use share::route::Route;
use share::{Everything, file, link};
use storage::WorkspaceSnapshot;
use storage::migrate::VERSION;

use test_support::injections;

use crate::storage::checksum;
use injections::injections;

cases! {
    in_every_field_of_a_registry,
    as_addresses_and_typed_into_the_console,
    under_any_key_of_the_store,
    markup_from_texts_is_refused_by_the_browser [only(Kind::Chromium)],
}

/// Is true as long as nothing is there that must not be: an element that no page of the app has, or one of those that
/// `among` finds that would do something.
pub fn clean(among: &str) -> String {
    format!(
        "!window.__ran && !window.frames.length && \
         !$('iframe, object, embed, img, video, audio, math, marquee, frameset, template, font, center, xss, x, body script, #app style, #app link, #app meta, #app base') && \
         !$$('{among}').some((one) => [...one.attributes].some((of) => /^on/i.test(of.name) || /^\\s*javascript:/i.test(of.value)))"
    )
}

/// Waits until nothing on the page is made of data.
pub async fn is_clean(page: &Page, state: &str) -> Outcome {
    page.until(&format!("nothing made of data: {state}"), &clean("*"))
        .await
}

/// A registry with some of the texts wherever texts can be: ten to a model.
fn everywhere(texts: &[String]) -> Log {
    let mut log = Log::default();
    for (at, some) in texts.chunks(10).enumerate() {
        let text = |of: usize| some.get(of % some.len()).map_or("", String::as_str);
        let free = |of: usize| FreeText::parse(text(of)).unwrap_or_default();
        let found = (0..some.len()).find_map(|of| ModelName::parse(text(of)).ok());
        let Some(name) = found.or_else(|| ModelName::parse(&format!("model {at}")).ok()) else {
            continue;
        };
        let key = (0..some.len()).find_map(|of| TagKey::parse(text(of)).ok());
        let tags: Tags = key.into_iter().zip(TagValue::parse(text(1)).ok()).collect();
        let metric = (0..some.len())
            .rev()
            .find_map(|of| MetricName::parse(text(of)).ok());
        let metrics = metric
            .into_iter()
            .zip(MetricValue::parse("0.5").ok())
            .collect();
        let mut commands = vec![
            Command::CreateRegisteredModel {
                name: name.clone(),
                description: free(2),
                tags: tags.clone(),
            },
            Command::CreateModelVersion {
                name: name.clone(),
                source: free(3),
                description: free(4),
                tags,
                metrics,
            },
            Command::TransitionModelVersionStage {
                name: name.clone(),
                version: VersionNumber::FIRST,
                stage: Stage::Production,
                archive_existing_versions: false,
            },
        ];
        commands.extend((5..some.len()).filter_map(|of| {
            Some(Command::SetModelVersionTag {
                name: name.clone(),
                version: VersionNumber::FIRST,
                key: TagKey::parse(&format!("tag {of}")).ok()?,
                value: TagValue::parse(text(of)).ok()?,
            })
        }));
        commands.extend((0..some.len()).filter_map(|of| {
            Some(Command::SetRegisteredModelAlias {
                name: name.clone(),
                alias: Alias::parse(text(of)).ok()?,
                version: VersionNumber::FIRST,
            })
        }));
        for (of, command) in commands.iter().enumerate() {
            let context = Context {
                comment: free(of),
                ..Context::new(Time(1_700_000_000_000), RuleSet::Mlflow)
            };
            // A reserved alias is refused.
            let _ = log.act(&context, command);
        }
    }
    log
}

fn snapshot(name: &str, log: Log) -> WorkspaceSnapshot {
    WorkspaceSnapshot {
        name: FreeText::parse(name).unwrap_or_default(),
        rules: RuleSet::Mlflow,
        created: Time(1_700_000_000_000),
        log,
    }
}

fn text_at(texts: &[String], at: usize) -> &str {
    texts.get(at).map_or("", String::as_str)
}

async fn in_every_field_of_a_registry(page: Page) -> Outcome {
    let texts = injections();
    let log = everywhere(&texts);
    let names: Vec<ModelName> = log
        .registry()
        .models()
        .map(|model| model.name().clone())
        .collect();
    assert!(names.len() > 20, "{}", names.len());
    let file = file::print(&Everything {
        workspaces: vec![snapshot(text_at(&texts, 0), log.clone())],
        ..Everything::default()
    });
    page.open("#/settings").await?;
    page.give_file("#import-all", &file, "#import-all-result")
        .await?;
    is_clean(&page, "the preview of a file").await?;
    page.press("main button", "Import").await?;
    page.focused("#import-all-undo").await?;
    is_clean(&page, "the data").await?;
    page.open("#/registry").await?;
    let other = page
        .string("$$('#workspace option').find((one) => one.value !== 'own').value")
        .await?;
    page.choose("#workspace", &other).await?;
    page.until("its models", "$$('.model-row').length > 20")
        .await?;
    page.resize(320, 900).await?;
    is_clean(&page, "the overview").await?;
    page.fits("the overview").await?;
    page.find(".history .steps button", None).await?;
    for _ in 0..3 {
        let more = page
            .value("!!find('.history button', 'Show earlier steps')")
            .await?;
        if more == serde_json::Value::Bool(true) {
            page.press(".history button", "Show earlier steps").await?;
        }
    }
    is_clean(&page, "the history").await?;
    page.fits("the history").await?;
    page.press("main button", "Share or save…").await?;
    page.sees("#share-text", "").await?;
    is_clean(&page, "sharing").await?;
    page.fits("sharing").await?;
    page.press("dialog .actions button", "Close").await?;
    page.choose_in_menu("All registries…").await?;
    is_clean(&page, "the registries").await?;
    page.fits("the registries").await?;
    page.press("dialog .actions button", "Close").await?;
    page.gone("dialog[open]").await?;
    for name in names.iter().step_by(4) {
        page.go(&Route::Model(name.clone()).to_string()).await?;
        page.until("the model", "$('#live-answer')").await?;
        is_clean(&page, "a model").await?;
        page.fits(&format!("the model {name:?}")).await?;
    }
    // The same through a link.
    for some in texts.chunks(60).take(3) {
        let link = link::print(&snapshot(text_at(some, 7), everywhere(some))).unwrap_or_default();
        page.visit(&format!("#/share/{link}")).await?;
        page.click("#shared-look").await?;
        page.sees("#shared-inside", "Nothing can be changed here.")
            .await?;
        is_clean(&page, "a link").await?;
        page.fits("a link").await?;
    }
    Ok(())
}

async fn as_addresses_and_typed_into_the_console(page: Page) -> Outcome {
    page.open(crate::steps::FRAUD).await?;
    page.js("$('#console-toggle').click()", json!([])).await?;
    page.until("the console", "$('#console-field')").await?;
    for texts in injections().chunks(30) {
        // One after the other, as fast as the page takes them.
        page.js(
            "for (const typed of a[0]) { const field = $('#console-field'); field.value = typed; \
               field.dispatchEvent(new Event('input', { bubbles: true })); \
               $$('#console-place button').find((one) => text(one) === 'Run')?.click(); }",
            json!([texts]),
        )
        .await?;
        is_clean(&page, "the console").await?;
    }
    page.resize(320, 900).await?;
    page.fits("the console").await?;
    for (at, text) in injections()
        .into_iter()
        .enumerate()
        .filter(|(at, _)| at % 9 == 0)
    {
        let prefixes = ["#/", "#/share/", "#/registry/", "#/practice/", "#/learn/"];
        let prefix = prefixes.get(at % 5).copied().unwrap_or_default();
        page.js("location.hash = a[0]", json!([format!("{prefix}{text}")]))
            .await?;
        page.until("a page", "$('#page-title')").await?;
        is_clean(&page, "an address").await?;
        page.fits("an address").await?;
    }
    Ok(())
}

/// Where the app keeps something.
const PLACES: [&str; 15] = [
    "settings",
    "progress",
    "console",
    "deleted",
    "deleted/3",
    "arriving",
    "exercise/first-promotion",
    "ws/own/head",
    "ws/own/seg/0",
    "ws/own/state/0",
    "ws/w1/head",
    "ws/w2/seg/0",
    "copied",
    "asked",
    "window",
];

async fn under_any_key_of_the_store(page: Page) -> Outcome {
    page.open("#/registry").await?;
    page.sees("#saving", "Saved in this browser").await?;
    let prefix = page
        .string("Object.keys(localStorage).find((key) => key.endsWith(':settings') || key.includes(':ws/')).split(':').slice(0, 2).join(':') + ':'")
        .await?;
    let texts = injections();
    // As keys, and among what was set aside: all of them at once.
    page.leave().await?;
    page.js(
        "a[1].forEach((text, at) => { localStorage.setItem(a[0] + text, text); \
           localStorage.setItem(`${a[0]}quarantine/settings/${at}`, text); })",
        json!([prefix, texts]),
    )
    .await?;
    // In the app's own places, different ones each time: as they are, and as values that it could have written.
    for (round, some) in texts.chunks(PLACES.len()).step_by(3).enumerate() {
        let values = PLACES.iter().zip(some).map(|(place, text)| {
            let body = json!({ "name": text, "theme": text, "place": text, "way": text, "lines": [text], "base": text });
            let body = body.to_string();
            let sealed = format!("ms{VERSION} {} {place}\n{body}", checksum(VERSION, place, &body));
            (place, if round % 2 == 0 { text.clone() } else { sealed })
        });
        let values: Vec<_> = values.collect();
        page.leave().await?;
        page.js(
            "for (const [place, value] of a[1]) localStorage.setItem(a[0] + place, value)",
            json!([prefix, values]),
        )
        .await?;
        if round % 3 > 0 {
            // Or else the copy takes their places.
            page.forget_copy().await?;
        }
        page.open("#/registry").await?;
        page.resize(320, 900).await?;
        for address in ["#/registry", "#/settings", "#/exercises/first-promotion"] {
            if address != "#/registry" {
                page.go(address).await?;
            }
            is_clean(&page, address).await?;
            page.fits(address).await?;
        }
    }
    page.open("#/settings").await?;
    while page
        .value("!!find('.data-card button', 'Show more keys')")
        .await?
        == serde_json::Value::Bool(true)
    {
        page.press(".data-card button", "Show more keys").await?;
    }
    is_clean(&page, "all keys").await?;
    page.fits("all keys").await
}

async fn markup_from_texts_is_refused_by_the_browser(page: Page) -> Outcome {
    page.open(crate::steps::FRAUD).await?;
    page.forgive();
    for what in [
        "document.createElement('div').innerHTML = '<b>x</b>'",
        "document.body.insertAdjacentHTML('beforeend', '<b>x</b>')",
        "document.createElement('script').text = '1'",
        "document.write('x')",
        "window.trustedTypes.createPolicy('default', { createHTML: (text) => text })",
    ] {
        page.until(
            &format!("no {what}"),
            &format!("(() => {{ try {{ {what}; return false }} catch {{ return true }} }})()"),
        )
        .await?;
    }
    is_clean(&page, "after trying").await
}
