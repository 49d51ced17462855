//! A part of the app in a page of somebody's own: how it looks and fits, where it leads, what it keeps.

use e2e::odd::Wrong;
use e2e::{Outcome, Page, axe, cases};
use serde_json::json;

use crate::embed_steps::{ask, connect, hold, host, inside, outside};
use crate::steps::{self, stands_in};

cases! {
    a_frame_is_as_high_as_its_question,
    what_runs_code_comes_after_the_question,
    no_frame_fetches_what_it_does_not_show,
    a_console_has_answered_its_line,
    questions_stand_in_a_row,
    a_hidden_solution_is_told_by_no_wrong_answer,
    what_is_learned_in_a_frame_counts_in_the_app,
    a_frame_disturbs_no_other,
    a_frame_without_storage_or_windows_says_so,
    an_address_that_is_wrong_is_said,
    a_share_place_gives_out_code,
}

async fn a_frame_is_as_high_as_its_question(page: Page) -> Outcome {
    host(&page, "#/embed/question/staging-for?theme=dark", json!({})).await?;
    page.until(
        "a height in each dialect",
        "said.some((it) => it.type === 'height' && it.modelStages === 1 && it.height > 200) \
         && said.some((it) => it.context === 'h5p' && it.action === 'resize' && it.scrollHeight === it.height) \
         && said.some((it) => typeof it === 'string' && JSON.parse(it).subject === 'lti.frameResize')",
    )
    .await?;
    page.until(
        "no bare number, and no text that is no JSON",
        "said.every((it) => typeof it === 'object' || typeof JSON.parse(it) === 'object')",
    )
    .await?;
    let set = "$('iframe').height = said.filter((it) => it.type === 'height').at(-1).height";
    page.js(set, json!([])).await?;
    page.until("no focus", "document.activeElement === document.body")
        .await?;
    let length = page.value("history.length").await?;
    inside(&page, 0).await?;
    page.sees("h1", "staging stage").await?;
    page.until(
        "all of it in sight, and no more",
        "document.documentElement.scrollHeight <= innerHeight && innerHeight <= 420",
    )
    .await?;
    page.gone("header").await?;
    page.gone(".drawer").await?;
    page.until("dark", "document.documentElement.dataset.theme === 'dark'")
        .await?;
    page.find("a.embed-open[target=_blank][rel=noopener]", None)
        .await?;
    page.click("input[type=radio]").await?;
    page.click("#answer").await?;
    page.sees("#feedback-title", "").await?;
    outside(&page).await?;
    page.until(
        "another height",
        "said.filter((it) => it.type === 'height').at(-1).height > $('iframe').clientHeight",
    )
    .await?;
    assert_eq!(page.value("history.length").await?, length);
    Ok(())
}

/// Remembers which files of the build parts of the app need, and those that a frame shows do not: the second of the arguments, and
/// the first.
const ONLY: &str = "
  const names = () => performance.getEntriesByType('resource').map(({ name }) => name);
  const text = await (await fetch(names().find((name) => /\\/parts-[^/]*\\.js$/.test(name)))).text();
  const files = text.match(/const files = \"([^\"]*)\"/)[1].split(' ');
  const of = (part) => {
    const [, needed] = text.match(new RegExp(`__wasm_split_load_${part} = part\\\\(\\\\[(.*)\\\\]\\\\);`));
    return [...needed.matchAll(/files\\[(\\d+)\\]/g)].map(([, at]) => files[at]);
  };
  const shown = new Set(a[0].flatMap(of));
  window.only = Object.fromEntries(a[1].map((part) => [part, of(part).filter((file) => !shown.has(file))]));
  window.fetched = (part) => only[part].filter((file) => names().some((name) => name.includes(`/part-${file}-`)));";

async fn what_runs_code_comes_after_the_question(page: Page) -> Outcome {
    page.leave().await?;
    hold(&page, &[("#/embed/question/archived-loads", json!({}))]).await?;
    inside(&page, 0).await?;
    page.sees("#answer", "").await?;
    let only = format!("return (async () => {{ {ONLY} }})();");
    let others = ["run", "store", "embed_host", "embed_progress"];
    page.js(&only, json!([["embed", "question"], others]))
        .await?;
    for part in others {
        let files = page.value(&format!("only.{part}.length > 0")).await?;
        assert_eq!(files, json!(true), "{part} has files of its own");
        let fetched = page.value(&format!("fetched('{part}')")).await?;
        assert_eq!(fetched, json!([]), "{part} is not fetched for a question");
    }
    page.click("input[type=radio]").await?;
    page.click("#answer").await?;
    page.sees("#feedback-title", "").await?;
    page.until(
        "what runs code",
        "fetched('run').length === only.run.length",
    )
    .await?;
    page.click(".run-it").await?;
    page.sees(".run-result", "").await
}

/// What explains refusals, carries out code and shows a solution comes when it is asked for.
async fn no_frame_fetches_what_it_does_not_show(page: Page) -> Outcome {
    let others = [
        "refusals", "run", "console", "help", "given", "past", "store",
    ];
    for (view, shown) in [
        ("scene", vec!["embed", "embed_registry"]),
        ("registry", vec!["embed", "embed_registry"]),
        ("step/one-live", vec!["embed", "lesson"]),
        ("exercise/bad-release", vec!["embed", "story", "exercise"]),
        (
            "exercise/two-live-versions",
            vec!["embed", "story", "exercise", "given"],
        ),
        (
            "exercise/who-broke-production",
            vec!["embed", "story", "exercise", "past"],
        ),
        ("exercise/new?seed=7", vec!["embed", "new_exercise"]),
    ] {
        page.leave().await?;
        hold(&page, &[(&format!("#/embed/{view}"), json!({}))]).await?;
        inside(&page, 0).await?;
        page.sees("[data-card]", "").await?;
        page.js(
            "requestIdleCallback(() => requestIdleCallback(() => { window.isQuiet = true; }))",
            json!([]),
        )
        .await?;
        page.until("a quiet page", "window.isQuiet").await?;
        let only = format!("return (async () => {{ {ONLY} }})();");
        page.js(&only, json!([shown, others])).await?;
        for part in others {
            let fetched = page.value(&format!("fetched('{part}')")).await?;
            assert_eq!(fetched, json!([]), "{part} is not fetched for {view}");
        }
        outside(&page).await?;
    }
    Ok(())
}

async fn a_console_has_answered_its_line(page: Page) -> Outcome {
    let line = "client.get_model_version('fraud-detector'%2C%203).current_stage";
    let address = format!("#/embed/console?line={line}");
    host(&page, &address, json!({ "height": 600 })).await?;
    inside(&page, 0).await?;
    page.sees(".console-entry", "'Production'").await?;
    page.until(
        "once, an empty field, and no focus taken",
        "$$('.console-entry').length === 1 && $('#embed-console-field').value === '' \
         && document.activeElement === document.body",
    )
    .await
}

async fn questions_stand_in_a_row(page: Page) -> Outcome {
    host(
        &page,
        "#/embed/questions/staging-for,tag-or-alias",
        json!({}),
    )
    .await?;
    inside(&page, 0).await?;
    page.sees(".step-count", "1 of 2").await?;
    let length = page.value("history.length").await?;
    page.press("button", "Show the solution").await?;
    page.click("#next-question").await?;
    page.sees(".step-count", "2 of 2").await?;
    page.press("button", "Show the solution").await?;
    page.sees("#feedback-title", "").await?;
    page.gone("#next-question").await?;
    assert_eq!(page.value("history.length").await?, length);
    // What is hidden is not there to be pressed.
    host(
        &page,
        "#/embed/question/staging-for?hide=solution",
        json!({}),
    )
    .await?;
    inside(&page, 0).await?;
    page.sees("#answer", "").await?;
    page.gone("#show-solution").await
}

async fn a_hidden_solution_is_told_by_no_wrong_answer(page: Page) -> Outcome {
    let hidden = "#/embed/question/staging-for?hide=solution&order=fixed";
    host(&page, hidden, json!({ "height": 700 })).await?;
    inside(&page, 0).await?;
    page.click("#option-0").await?;
    page.click("#answer").await?;
    page.sees("#feedback", "Live answers come from Production")
        .await?;
    page.until(
        "one mark, at what was chosen, and nothing folded below",
        "$$('[data-mark]').length === 1 && $('.choice[data-mark=wrong]') && $$('.choice-sign').length === 1 \
         && !$('#feedback details')",
    )
    .await?;
    page.click("#try-again").await?;
    page.click("#option-1").await?;
    page.click("#answer").await?;
    page.sees("#feedback.right", "").await
}

async fn what_is_learned_in_a_frame_counts_in_the_app(page: Page) -> Outcome {
    // Beside an app that is open, and without one.
    page.open("#/practice").await?;
    hold_beside(&page, "#/embed/question/staging-for").await?;
    inside(&page, 0).await?;
    page.gone("#embed-counted").await?;
    page.press("button", "Show the solution").await?;
    outside(&page).await?;
    let prefix = page.site().storage_prefix();
    let taken = |id: &str| {
        format!(
            "!localStorage.getItem('{prefix}frame') && (localStorage.getItem('{prefix}progress') ?? '').includes('{id}')"
        )
    };
    page.until("taken in at once", &taken("staging-for"))
        .await?;
    page.leave().await?;
    hold(&page, &[("#/embed/question/tag-or-alias", json!({}))]).await?;
    inside(&page, 0).await?;
    page.press("button", "Show the solution").await?;
    outside(&page).await?;
    page.until(
        "left for the app",
        &format!("localStorage.getItem('{prefix}frame')"),
    )
    .await?;
    page.open("#/practice").await?;
    page.until("taken in at the start", &taken("tag-or-alias"))
        .await?;
    page.until("and nothing is lost", &taken("staging-for"))
        .await
}

/// Puts a frame beside the app that is open.
async fn hold_beside(page: &Page, address: &str) -> Outcome {
    let script = "
      const frame = document.createElement('iframe');
      frame.src = a[0];
      document.body.append(frame);";
    page.js(script, json!([format!("{}{address}", page.site().url())]))
        .await?;
    Ok(())
}

async fn a_frame_disturbs_no_other(page: Page) -> Outcome {
    page.leave().await?;
    let frames: Vec<_> = [
        "question/staging-for",
        "question/tag-or-alias",
        "registry",
        "diagram",
        "scene",
    ]
    .map(|view| (format!("#/embed/{view}"), json!({})))
    .into();
    let frames: Vec<_> = frames
        .iter()
        .map(|(address, more)| (address.as_str(), more.clone()))
        .collect();
    hold(&page, &frames).await?;
    for ready in 1..=frames.len() {
        page.until_with(
            &format!("{ready} that can be used"),
            "said.filter((it) => it.type === 'ready').length >= a[0]",
            json!([ready]),
        )
        .await?;
    }
    page.until(
        "no key, no second copy",
        "Object.keys(localStorage).length === 0",
    )
    .await?;
    // The page before may be about to give its lock back; a frame that writes would keep one for as long as it lives.
    page.until(
        "no lock",
        "navigator.locks.query().then((all) => all.held.length + all.pending.length === 0)",
    )
    .await
}

async fn a_frame_without_storage_or_windows_says_so(page: Page) -> Outcome {
    page.forgive();
    let from = page.site().odd().url("embedded", Wrong::Shared);
    let from = json!(from);
    let sandbox = json!({ "sandbox": "allow-scripts", "from": from });
    host(&page, "#/embed/question/staging-for", sandbox).await?;
    page.until(
        "its height",
        "said.some((it) => it.type === 'height' && it.height > 200)",
    )
    .await?;
    connect(&page).await?;
    ask(&page, 1, json!({ "do": "getState" }), "ok").await?;
    inside(&page, 0).await?;
    page.sees("#embed-counted", "lets nothing be kept").await?;
    page.press("button", "Show the solution").await?;
    page.sees("#feedback-title", "").await?;
    page.click(".embed-open").await?;
    page.sees(".embed-blocked", "#/practice/staging-for")
        .await?;
    // A dialog is submitted, though no form may be.
    let sandbox = json!({ "sandbox": "allow-scripts", "from": from, "height": 700 });
    host(&page, "#/embed/registry", sandbox).await?;
    inside(&page, 0).await?;
    steps::ask(&page, 5, "Submit for testing").await?;
    steps::submit(&page, "Move to Staging").await?;
    stands_in(&page, 5, "Staging").await
}

async fn an_address_that_is_wrong_is_said(page: Page) -> Outcome {
    let wrong = [
        ("", "There is no view"),
        ("questionnaire/x", "question, questions"),
        ("question", "does not say what to show"),
        ("question/nothing-like-it", "has no “nothing-like-it”"),
        ("step/nothing-like-it", "has no “nothing-like-it”"),
        ("question/staging-for?colour=red", "There is no parameter"),
        ("question/staging-for?theme=red", "system, light, dark"),
        (
            "question/staging-for?line=help",
            "means nothing for this view",
        ),
        ("exercise/new?par=99", "No exercise can be made"),
        ("registry?start=ms1.AAAA.AAAA", "Ask for the link again"),
    ];
    host(&page, "#/embed/question/staging-for", json!({})).await?;
    inside(&page, 0).await?;
    page.sees("#answer", "").await?;
    for (address, says) in wrong {
        page.js(
            "location.replace(a[0])",
            json!([format!("#/embed/{address}")]),
        )
        .await?;
        page.sees("#embed-problem", says).await?;
        page.find(".embed-open", None).await?;
    }
    Ok(())
}

async fn a_share_place_gives_out_code(page: Page) -> Outcome {
    for (address, view) in [
        ("#/practice/staging-for", "question/staging-for"),
        ("#/exercises/bad-release", "exercise/bad-release"),
        ("#/learn/hook", "step/hook"),
        ("#/registry", "registry?start=ms1."),
        ("#/", "scene"),
    ] {
        page.visit(address).await?;
        match address {
            "#/" => page.click(".door.embed-opener").await?,
            "#/learn/hook" => page.press(".embed-opener", "Embed…").await?,
            _ => page.choose_in_menu("Embed…").await?,
        }
        page.sees("dialog .embed-code", &format!("#/embed/{view}"))
            .await?;
        page.until(
            "a preview of its own height",
            "$('.embed-preview').contentDocument?.querySelector('.embed-foot') && $('.embed-preview').clientHeight > 100",
        )
        .await?;
        page.fits(address).await?;
        axe::finds_nothing(&page, address).await?;
    }
    page.js(
        "$$('.embed-options select')[0].value = 'dark'; \
             $$('.embed-options select')[0].dispatchEvent(new Event('change', { bubbles: true }))",
        json!([]),
    )
    .await?;
    page.sees("dialog .embed-code", "theme=dark").await?;
    page.until(
        "a dark preview",
        "$('.embed-preview').contentDocument.documentElement.dataset.theme === 'dark'",
    )
    .await
}
