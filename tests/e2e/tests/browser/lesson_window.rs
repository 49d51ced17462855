//! The lesson in windows of every size: what is in sight together, what fits, and that there are no barriers.

use e2e::axe::finds_nothing;
use e2e::browser::Kind;
use e2e::{Outcome, Page, cases};
use serde_json::json;
use thirtyfour::Key;

use crate::lesson::{LESSON, choose};

cases! {
    in_one_column_the_question_comes_first,
    what_is_done_moves_nothing_on_a_phone,
    a_note_comes_after_its_line_and_an_app_has_its_name,
    the_picture_does_not_answer_the_question,
    who_was_wrong_is_led_back_to_the_question,
    code_stays_whole_on_a_phone,
    the_scene_is_in_a_wide_window,
    the_scene_is_in_a_narrow_window,
    steps_that_only_ask_show_the_board_as_a_picture,
    the_foot_leads_on,
    the_lesson_fits_into_320_pixels,
    axe_in_the_lesson [only(Kind::Chromium)],
}

/// Where there is one column, what is asked comes before the scene, and what is to be done takes its place after that.
async fn in_one_column_the_question_comes_first(page: Page) -> Outcome {
    let order = "a.every((part, at) => at === 0 || $(a[at - 1]).getBoundingClientRect().bottom <= $(part).getBoundingClientRect().top)";
    for (width, height) in [(375, 812), (768, 1024)] {
        page.resize(width, height).await?;
        page.open("#/learn/one-live").await?;
        page.until_with(
            "the question before the scene",
            order,
            json!(["h1", ".lesson-words", ".scene"]),
        )
        .await?;
        if width == 375 {
            choose(&page, 2).await?;
        }
        page.click("#try-it").await?;
        page.focused("#task").await?;
        page.until_with(
            "what is to be done before the scene",
            order,
            json!(["h1", ".lesson-task", ".scene", ".lesson-words"]),
        )
        .await?;
        page.until("the top of the page", "scrollY === 0").await?;
    }
    Ok(())
}

/// The board is where it was when its effect is to be seen, and the focus is on what leads on.
async fn what_is_done_moves_nothing_on_a_phone(page: Page) -> Outcome {
    page.resize(375, 812).await?;
    page.open("#/learn/four-stages").await?;
    page.click("#try-it").await?;
    page.focused("#task").await?;
    let board = "Math.round($('[data-part=board]').getBoundingClientRect().top + scrollY)";
    let before = page.value(board).await?;
    page.click("[data-card='1'] .card-move").await?;
    page.sees(".goal", "Done:").await?;
    page.sees(".after", "only its label has moved").await?;
    assert_eq!(page.value(board).await?, before);
    page.until("the top of the page", "scrollY === 0").await
}

/// What comes of a line is not to be read before it has run, and no other app goes by the name of the payments app.
async fn a_note_comes_after_its_line_and_an_app_has_its_name(page: Page) -> Outcome {
    page.open("#/learn/empty-staging").await?;
    page.sees(".scene-app-title", "The test app").await?;
    // Nor is the answer: before it is given, the app is as it was, and nothing can be pressed.
    page.sees(".traffic-gets", "v2").await?;
    page.gone(".payment").await?;
    page.until("a picture", "$('.lesson-scene').inert").await?;
    page.gone(".code-line").await?;
    choose(&page, 2).await?;
    page.until("more than a picture", "!$('.lesson-scene').inert")
        .await?;
    page.gone(".code-line > p.quiet").await?;
    page.click(".code-line button").await?;
    page.sees(".code-line.ran", "There is no version in Staging")
        .await?;
    // The head of the board is only for screen readers: nothing in it takes the focus.
    page.until(
        "no hidden button",
        "$$('.scene .panel-head').length && !$$('.scene .panel-head button').some((one) => one.checkVisibility())",
    )
    .await
}

/// What an empty Production comes to is asked there: neither the board nor the app says it before.
async fn the_picture_does_not_answer_the_question(page: Page) -> Outcome {
    page.open("#/learn/promote").await?;
    page.sees(".lesson-scene[inert] .card-name", "v1").await?;
    page.gone(".column-empty").await?;
    page.gone(".traffic-gets").await?;
    choose(&page, 1).await?;
    page.sees(".stage-production .column-empty", "gets an error")
        .await?;
    page.sees(".traffic-gets.nothing", "no model").await
}

/// What is to be done can be done after a wrong answer; then the question alone is left, and the foot leads to it.
async fn who_was_wrong_is_led_back_to_the_question(page: Page) -> Outcome {
    page.open("#/learn/roll-back").await?;
    choose(&page, 0).await?;
    page.click("#try-it").await?;
    page.click(".code-line button").await?;
    page.sees(".goal", "Done:").await?;
    page.sees(
        ".lesson-task",
        "Your answer to the question is not right yet",
    )
    .await?;
    page.press(".ways button.primary", "Choose again").await?;
    page.focused("#choice-0").await?;
    choose(&page, 1).await?;
    page.find("#next-step", Some("Continue")).await.map(|_| ())
}

/// A line of code breaks between its tokens, and a name among words not at all.
async fn code_stays_whole_on_a_phone(page: Page) -> Outcome {
    page.resize(375, 812).await?;
    page.open("#/").await?;
    for (step, ..) in LESSON {
        open_whole(&page, step).await?;
        let broken = "$$(`.lesson code [class^='paint-'], .lesson-words code, .lesson-task code, .code-line p code`)
            .filter((one) => shown(one) && one.getClientRects().length > 1).map(text).join(' | ')";
        assert_eq!(page.string(broken).await?, "", "{step}");
    }
    Ok(())
}

/// Task, app, board, payments and counter are in the window together, at every size.
async fn the_scene_is_in_a_wide_window(page: Page) -> Outcome {
    the_scene_is_in_windows_of(&page, &[(1440, 900), (1280, 720), (1024, 768)]).await
}

async fn the_scene_is_in_a_narrow_window(page: Page) -> Outcome {
    the_scene_is_in_windows_of(&page, &[(768, 1024), (375, 812)]).await
}

async fn the_scene_is_in_windows_of(page: &Page, sizes: &[(u32, u32)]) -> Outcome {
    page.open("#/").await?;
    for (step, _, right, _) in LESSON {
        if matches!(step, "hook" | "label" | "takeaways") {
            continue;
        }
        for (at, &(width, height)) in sizes.iter().enumerate() {
            // Another page, so that the step is made anew in this window.
            page.go("#/learn/none").await?;
            page.resize(width, height).await?;
            page.go(&format!("#/learn/{step}")).await?;
            page.sees(".step-count", "Step").await?;
            if let (0, Some(right)) = (at, right) {
                choose(page, right).await?;
            }
            // It brings them into the window by itself.
            if page.value("Boolean($('#try-it'))").await? == json!(true) {
                page.click("#try-it").await?;
                page.focused("#task").await?;
            }
            page.until(
                &format!("the scene of {step} in a window of {width} × {height}"),
                "['.lesson-task', '[data-part=app]', '[data-part=board]', '[data-part=payments]', '[data-part=counter]'].every((part) => {
                   const box = $(part)?.getBoundingClientRect();
                   return box && box.height > 0 && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
                 }) && $$('[data-part=board] .column').length === 4",
            )
            .await?;
        }
    }
    Ok(())
}

/// Where nothing is to be done, the board stands beside the words, and nothing of it can be pressed. A phone has no room for that.
async fn steps_that_only_ask_show_the_board_as_a_picture(page: Page) -> Outcome {
    for step in ["hook", "label", "takeaways"] {
        page.resize(1440, 900).await?;
        page.open(&format!("#/learn/{step}")).await?;
        page.until(
            "a board beside the words, whole and with versions",
            "(() => {
               const board = $('.lesson-scene[inert] [data-part=board]').getBoundingClientRect();
               return board.height > 0 && board.top >= 0 && board.bottom <= innerHeight && board.right <= innerWidth
                 && board.left >= $('.lesson-words').getBoundingClientRect().right
                 && $$('.lesson-scene .card-name').some(shown);
             })()",
        )
        .await?;
        page.gone(".lesson-scene button:not(.card-name), .lesson-scene summary")
            .await?;
        page.resize(375, 812).await?;
        page.gone(".lesson-scene .scene").await?;
    }
    Ok(())
}

/// What leads on is in the window in every step, and the focus goes to it.
async fn the_foot_leads_on(page: Page) -> Outcome {
    page.open("#/").await?;
    for (step, _, right, lines) in LESSON {
        page.go(&format!("#/learn/{step}")).await?;
        page.sees(".step-count", "Step").await?;
        in_sight(&page, step, ".ways").await?;
        let Some(right) = right else { continue };
        in_sight(&page, step, "#choose-answer").await?;
        choose(&page, right).await?;
        let has_task = lines > 0 || !matches!(step, "hook" | "label");
        page.focused(if has_task { "#try-it" } else { "#next-step" })
            .await?;
        if has_task {
            page.keys(Key::Enter).await?;
            page.focused("#task").await?;
            page.until(
                "what is to be done, in the window",
                "(({ top, bottom }) => top >= 0 && bottom <= innerHeight)($('#task').getBoundingClientRect())",
            )
            .await?;
        }
        in_sight(&page, step, ".ways").await?;
    }
    Ok(())
}

/// Waits until what leads on is in the window, whatever its size; on a phone it is above the tabs at the foot.
async fn in_sight(page: &Page, step: &str, what: &str) -> Outcome {
    for (width, height, tabs) in [(375, 812, 50), (1280, 720, 0), (1440, 900, 0)] {
        page.resize(width, height).await?;
        page.js("scrollTo(0, 0)", json!([])).await?;
        page.until_with(
            &format!("{what} of {step} at {width} × {height}"),
            "(() => { const box = $(a[0])?.getBoundingClientRect();
               return box && box.height > 0 && box.top >= 0 && box.bottom <= innerHeight - a[1] + 0.5; })()",
            json!([what, tabs]),
        )
        .await?;
    }
    Ok(())
}

/// Opens a step, and what there is to do in it.
async fn open_whole(page: &Page, step: &str) -> Outcome {
    page.go(&format!("#/learn/{step}")).await?;
    page.sees(".step-count", "Step").await?;
    // What was chosen once is answered already.
    let asks = page.value("Boolean($('#choose-answer'))").await?;
    if asks == json!(true) {
        choose(page, 0).await?;
    }
    page.until(
        "the step's registry, if it has one",
        "!$('.lesson.plays') || $('.play-box')",
    )
    .await
}

async fn the_lesson_fits_into_320_pixels(page: Page) -> Outcome {
    page.resize(320, 800).await?;
    page.open("#/").await?;
    for (step, ..) in LESSON {
        open_whole(&page, step).await?;
        page.fits(step).await?;
    }
    Ok(())
}

async fn axe_in_the_lesson(page: Page) -> Outcome {
    page.open("#/").await?;
    for (step, ..) in LESSON {
        open_whole(&page, step).await?;
        for width in [320, 1280] {
            page.resize(width, 900).await?;
            finds_nothing(&page, &format!("{step}, {width} pixels")).await?;
        }
    }
    Ok(())
}
