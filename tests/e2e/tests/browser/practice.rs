//! The practice questions and the progress page.

use std::collections::BTreeSet;

use e2e::axe::finds_nothing;
use e2e::browser::Kind;
use e2e::{Failure, Outcome, Page, cases};
use lesson::own;
use lesson::pack::{Pack, Question};
use serde_json::json;
use thirtyfour::Key;

use crate::answers::{answer, give};

cases! {
    all_five_right,
    all_five_wrong,
    an_option_is_run,
    several_right_ones_and_a_second_try,
    items_are_put_in_order,
    a_command_is_judged_by_what_it_reaches,
    a_board_is_predicted,
    the_solution_is_not_counted,
    a_round_by_hand_to_its_result,
    a_round_goes_on_after_a_reload,
    a_question_is_its_own_heading,
    a_question_by_keyboard_alone,
    questions_fit_into_320_pixels,
    axe_in_practice [only(Kind::Chromium)],
    axe_in_a_round [only(Kind::Chromium)],
    options_keep_their_places_within_a_sitting,
    an_answer_begins_where_a_phone_shows_it,
    an_unknown_question_is_said,
}

/// The five of the lesson, each with its right letter.
const FIVE: [(&str, usize); 5] = [
    ("staging-for", 1),
    ("promote-command", 0),
    ("archived-call", 0),
    ("failing-command", 3),
    ("swap-order", 2),
];

async fn choose(page: &Page, question: &str, option: usize) -> Outcome {
    page.open(&format!("#/practice/{question}")).await?;
    page.click(&format!("label[for=option-{option}]")).await?;
    page.click("#answer").await
}

async fn all_five_right(page: Page) -> Outcome {
    for (question, right) in FIVE {
        choose(&page, question, right).await?;
        // The focus is where it goes on; all but the reason is folded.
        page.focused("#next-question").await?;
        page.sees("#feedback-title", "Right").await?;
        page.sees(".choice[data-mark=right]", "right – your choice")
            .await?;
        page.until("no other mark", "$$('.choice-sign').length === 1")
            .await?;
        page.until("one reason", "$$('.feedback > p').length === 1")
            .await?;
        page.click(".more summary").await?;
        page.until("what is said of the others", "$$('.other').length === 3")
            .await?;
        for part in ["Step by step", "Quick check", "Common mistakes"] {
            page.sees(".feedback", part).await?;
        }
    }
    page.go("#/progress").await?;
    page.until(
        "five questions",
        "$$('main table').at(-1).querySelectorAll('tbody tr').length === 5",
    )
    .await
}

async fn all_five_wrong(page: Page) -> Outcome {
    for (question, right) in FIVE {
        choose(&page, question, (right + 1) % 4).await?;
        page.focused("#try-again").await?;
        page.sees("#feedback-title", "No").await?;
        page.sees(".choice[data-mark=wrong]", "wrong – your choice")
            .await?;
        page.sees(".choice[data-mark=right]", "the right answer")
            .await?;
        page.press("main button", "Try again").await?;
        page.gone(".feedback").await?;
    }
    page.reload().await?;
    page.go("#/progress").await?;
    page.sees("main", "wrong").await
}

async fn an_option_is_run(page: Page) -> Outcome {
    choose(&page, "swap-order", 0).await?;
    page.sees("#feedback-title", "No").await?;
    page.click(".feedback > .actions .run-it").await?;
    page.sees(".feedback > .ran .run-result .mini", "Production")
        .await?;
    // The others can be run where their reasons are.
    page.click(".more summary").await?;
    page.click(".other:nth-child(2) .run-it").await?;
    page.sees(".other:nth-child(2) .run-result", "Ran").await
}

async fn several_right_ones_and_a_second_try(page: Page) -> Outcome {
    page.open("#/practice/alias-names").await?;
    page.click("#answer").await?;
    page.sees("[role=alert]", "Choose or write something first")
        .await?;
    for option in [0, 3] {
        page.click(&format!("label[for=option-{option}]")).await?;
    }
    page.click("#answer").await?;
    page.sees("#feedback-title", "Partly right: A").await?;
    for (row, says) in [
        (1, "right – your choice"),
        (2, "right, but you left it out"),
        (3, "right, but you left it out"),
        (4, "wrong – your choice"),
    ] {
        page.sees(&format!(".choice:nth-child({row})"), says)
            .await?;
    }
    page.press("main button", "Try again").await?;
    // What was right stays chosen, what was wrong does not.
    page.until(
        "the right one kept",
        "$('#option-0').checked && !$('#option-3').checked",
    )
    .await?;
    for option in [1, 2] {
        page.click(&format!("label[for=option-{option}]")).await?;
    }
    page.click("#answer").await?;
    page.sees("#feedback-title", "Right").await
}

async fn items_are_put_in_order(page: Page) -> Outcome {
    page.open("#/practice/first-release").await?;
    page.sees(".ordering", "1.").await?;
    let count = page.value("$$('.ordering li').length").await?;
    let count = count.as_u64().unwrap_or_default();
    // Each item is taken up to its place, the first one first.
    for place in 0..count {
        let at = "$$('.ordering li').findIndex((item) => item.querySelector(`#up-${a[0]}`))";
        loop {
            let now = page.js(&format!("return {at};"), json!([place])).await?;
            if now.as_u64().is_none_or(|now| now <= place) {
                break;
            }
            page.click(&format!("#up-{place}")).await?;
            page.focused(&format!("#up-{place}")).await?;
        }
    }
    page.click("#answer").await?;
    page.sees("#feedback-title", "Right").await
}

/// The id of the first question of a kind that has a field for a command.
async fn a_command_is_judged_by_what_it_reaches(page: Page) -> Outcome {
    page.open("#/practice/one-call-swap").await?;
    let there = page.value("Boolean($('#command'))").await?;
    if there != json!(true) {
        return Err("one-call-swap is to have a field for a command"
            .to_owned()
            .into());
    }
    page.fill("#command", "client.transition_model_version_stag(name='x')")
        .await?;
    page.click("#answer").await?;
    page.sees("#feedback-title", "No").await?;
    page.sees(".feedback", "transition_model_version_stage")
        .await
}

async fn a_board_is_predicted(page: Page) -> Outcome {
    page.open("#/practice/flag-who-moves").await?;
    page.sees(".board-fields", "Version").await?;
    page.js(
        "for (const choice of document.querySelectorAll('.board-fields select')) { \
           choice.value = 'None'; choice.dispatchEvent(new Event('change', { bubbles: true })); }",
        json!([]),
    )
    .await?;
    page.click("#answer").await?;
    // The own answer stays in sight, beside the right one.
    page.sees("#feedback-title", "Partly right: Version 4")
        .await?;
    page.sees(".given-board [data-mark=wrong]", "Version 1: None")
        .await?;
    page.sees(".given-board [data-mark=right]", "Version 4: None")
        .await?;
    page.click(".more summary").await?;
    page.sees(".feedback", "The right board").await?;
    // For another try, what was right stays: version 4 is in None, and no other one.
    page.press("main button", "Try again").await?;
    page.until(
        "what was right",
        "$$('.board-fields select').map((one) => one.value || '?').join(' ') === '? ? ? None'",
    )
    .await
}

async fn the_solution_is_not_counted(page: Page) -> Outcome {
    page.open("#/practice/staging-for").await?;
    page.press("main button", "Show the solution").await?;
    page.sees("#feedback-title", "It does not count as solved")
        .await?;
    page.go("#/progress").await?;
    page.sees("main", "solution seen").await
}

/// Starts a round. The clock stands still, so that it is the same round each time.
async fn start_round(page: &Page) -> Outcome {
    page.open("#/practice").await?;
    page.js("Date.now = () => 1_800_000_000_000", json!([]))
        .await?;
    page.click("#start-round").await
}

/// The question that the page shows.
async fn shown_question(page: &Page, pack: &'static Pack) -> Outcome<&'static Question> {
    let id = page.string("location.hash.split('/').at(-1)").await?;
    let found = pack.questions.iter().find(|one| one.id.as_str() == id);
    found.ok_or_else(|| format!("There is no question {id}.").into())
}

/// Every second answer is wrong; the result says which beliefs these have shown, and no others.
async fn a_round_by_hand_to_its_result(page: Page) -> Outcome {
    let pack = own::practice().ok_or("The questions can't be read.")?;
    start_round(&page).await?;
    let mut misconceptions = BTreeSet::new();
    let mut wrong = Vec::new();
    for number in 1..=10 {
        page.sees(".step-count", &format!("Question {number} of 10"))
            .await?;
        let question = shown_question(&page, pack).await?;
        let (given, grade) = answer(pack, question, number % 2 == 0)?;
        give(&page, &given).await?;
        if grade.right {
            page.focused("#next-question").await?;
            page.sees("#feedback-title", "Right").await?;
        } else {
            page.focused("#try-again").await?;
            wrong.push(question);
            misconceptions.extend(grade.misconceptions);
        }
        page.click("#next-question").await?;
    }
    page.sees("main", "5 of 10 right at the first try").await?;
    assert!(!misconceptions.is_empty(), "the wrong answers show beliefs");
    for misconception in &pack.misconceptions {
        let words = format!("“{}.”", misconception.title);
        if misconceptions.contains(&misconception.id) {
            page.sees(".feedback .takeaways li", &words).await?;
        } else {
            let there = "text('.feedback .takeaways').includes(a[0])";
            let there = page.js(&format!("return {there};"), json!([words])).await?;
            assert_eq!(there, json!(false), "{words} was not shown");
        }
    }
    for question in wrong {
        let link = format!(
            ".feedback .question-list a[href='#/practice/{}']",
            question.id
        );
        page.find(&link, None).await?;
    }
    page.until(
        "the five questions to repeat",
        "$$('.feedback .question-list li').length === 5",
    )
    .await?;
    page.until("a receipt", "/^mr1\\..+\\..{6}$/.test(text('#receipt'))")
        .await?;
    // The result stays until there is another round.
    page.reload().await?;
    page.sees("main", "5 of 10 right at the first try").await
}

async fn a_round_goes_on_after_a_reload(page: Page) -> Outcome {
    let pack = own::practice().ok_or("The questions can't be read.")?;
    start_round(&page).await?;
    let first = shown_question(&page, pack).await?;
    let (given, _) = answer(pack, first, true)?;
    give(&page, &given).await?;
    page.sees("#feedback-title", "Right").await?;
    page.reload().await?;
    // It was answered; whoever comes back can go on from there.
    page.sees(".step-count", "Question 1 of 10").await?;
    page.sees(".answered-before", "right at the first try")
        .await?;
    page.click("#next-question").await?;
    page.sees(".step-count", "Question 2 of 10").await?;
    let second = page.string("location.hash").await?;
    page.reload().await?;
    page.sees(".step-count", "Question 2 of 10").await?;
    page.gone(".answered-before").await?;
    page.open("#/practice").await?;
    page.press("a.button-link", "Continue with question 2 of 10")
        .await?;
    page.until_with(
        "the same question",
        "location.hash === a[0]",
        json!([second]),
    )
    .await?;
    // A new round takes the place of the old one.
    page.open("#/practice").await?;
    page.click("#start-round").await?;
    page.sees(".step-count", "Question 1 of 10").await?;
    page.reload().await?;
    page.sees(".step-count", "Question 1 of 10").await?;
    page.gone(".answered-before").await
}

async fn a_question_is_its_own_heading(page: Page) -> Outcome {
    page.open("#/practice").await?;
    page.go("#/practice/promote-command").await?;
    page.sees(
        "h1#page-title",
        "Which command moves it to the production stage?",
    )
    .await?;
    page.sees("h1#page-title code", "my_model").await?;
    page.focused("#page-title").await?;
    page.until(
        "the question's words once",
        "document.body.textContent.split('has passed its tests').length === 2",
    )
    .await?;
    page.sees("main p", "The commands are in the lesson's shell form.")
        .await
}

async fn a_question_by_keyboard_alone(page: Page) -> Outcome {
    page.open("#/practice/staging-for").await?;
    page.js("document.getElementById('option-0').focus()", json!([]))
        .await?;
    page.keys(Key::Down).await?;
    page.keys(Key::Enter).await?;
    page.focused("#next-question").await?;
    page.sees("#feedback-title", "Right").await?;
    page.keys(Key::Enter).await?;
    page.gone("#feedback-title").await?;
    page.focused("#page-title").await?;
    // In a field for a command, too; a new line has its own keys.
    page.open("#/practice/one-call-swap").await?;
    page.js("document.getElementById('command').focus()", json!([]))
        .await?;
    page.keys("x").await?;
    page.keys(Key::Enter).await?;
    page.focused("#try-again").await?;
    page.keys(Key::Enter).await?;
    page.focused("#page-title").await
}

/// One of each kind.
const KINDS: [&str; 6] = [
    "staging-for",
    "alias-names",
    "first-release",
    "one-call-swap",
    "flag-who-moves",
    "swap-order",
];

async fn questions_fit_into_320_pixels(page: Page) -> Outcome {
    page.resize(320, 800).await?;
    for question in KINDS {
        page.visit(&format!("#/practice/{question}")).await?;
        page.fits(question).await?;
        page.press("main button", "Show the solution").await?;
        page.sees("#feedback-title", "").await?;
        page.fits(question).await?;
    }
    for address in ["#/practice", "#/progress"] {
        page.visit(address).await?;
        page.sees("h1", "Pr").await?;
        page.fits(address).await?;
    }
    Ok(())
}

async fn axe_in_practice(page: Page) -> Outcome {
    page.open("#/practice").await?;
    let at_both_widths = async |state: &str| {
        for width in [320, 1280] {
            page.resize(width, 900).await?;
            finds_nothing(&page, &format!("{state}, {width}")).await?;
        }
        Ok::<_, Failure>(())
    };
    for question in KINDS {
        page.visit(&format!("#/practice/{question}")).await?;
        at_both_widths(question).await?;
        page.press("main button", "Show the solution").await?;
        page.sees("#feedback-title", "").await?;
        at_both_widths(&format!("{question} solved")).await?;
    }
    for address in ["#/practice", "#/progress"] {
        page.visit(address).await?;
        page.sees("h1", "Pr").await?;
        at_both_widths(address).await?;
    }
    Ok(())
}

/// Wrong answers of every kind, the way back into a round, and its result.
async fn axe_in_a_round(page: Page) -> Outcome {
    let pack = own::practice().ok_or("The questions can't be read.")?;
    start_round(&page).await?;
    for number in 1..=10 {
        let count = format!("Question {number} of 10");
        page.sees(".step-count", &count).await?;
        let question = shown_question(&page, pack).await?;
        let (given, _) = answer(pack, question, number == 1)?;
        give(&page, &given).await?;
        page.sees("#feedback-title", "").await?;
        finds_nothing(&page, &format!("{}, answered", question.id)).await?;
        if number == 1 {
            page.reload().await?;
            page.sees(".answered-before", "at the first try").await?;
            finds_nothing(&page, "answered before").await?;
            page.open("#/practice").await?;
            page.click("details.objective summary").await?;
            finds_nothing(&page, "a round under way").await?;
            page.click("a.button-link").await?;
        } else {
            page.click("#next-question").await?;
        }
    }
    page.sees("main", "1 of 10 right at the first try").await?;
    finds_nothing(&page, "the result").await?;
    Ok(())
}

/// The letters follow the screen. Options stay where they are for another try, and stand elsewhere the next time.
async fn options_keep_their_places_within_a_sitting(page: Page) -> Outcome {
    let seen = "$$('.choice label').map((one) => one.getAttribute('for')).join(' ')";
    let letters = "$$('.choice .letter').map(text).join(' ') === 'A. B. C. D.'";
    page.open("#/practice/staging-for").await?;
    page.sees(".choice", "A.").await?;
    let first = page.string(seen).await?;
    assert_eq!(first, "option-0 option-1 option-2 option-3");
    page.click("label[for=option-0]").await?;
    page.click("#answer").await?;
    page.press("main button", "Try again").await?;
    page.until_with(
        "the same order",
        &format!("{seen} === a[0]"),
        json!([first]),
    )
    .await?;
    page.until("the letters in order", letters).await?;
    page.go("#/practice").await?;
    // The order follows the clock, so the clock stands where it comes to another one.
    page.js("window.Date.now = () => 1_800_000_000_000", json!([]))
        .await?;
    page.go("#/practice/staging-for").await?;
    page.until_with(
        "another order",
        &format!("{seen} && {seen} !== a[0]"),
        json!([first]),
    )
    .await?;
    page.until("the letters in order", letters).await?;
    page.click("label[for=option-1]").await?;
    page.click("#answer").await?;
    page.sees("#feedback-title", "Right").await?;
    page.until("the letters in order", letters).await
}

/// On a phone the first answer begins in the upper part of the window, and what goes on is always in it.
async fn an_answer_begins_where_a_phone_shows_it(page: Page) -> Outcome {
    page.resize(375, 812).await?;
    for question in KINDS {
        page.open(&format!("#/practice/{question}")).await?;
        page.sees(".ways", "Check").await?;
        let first = "$('.choices li, .ordering li, #command, .board-fields label')";
        let tops = format!(
            "{first}.getBoundingClientRect().top <= 500 && $('h1').getBoundingClientRect().top <= 110"
        );
        page.until(question, &tops).await?;
        let foot = "$('.ways').getBoundingClientRect().bottom <= $('.pages').getBoundingClientRect().top + 1";
        page.until("the foot is above the tab bar", foot).await?;
    }
    Ok(())
}

async fn an_unknown_question_is_said(page: Page) -> Outcome {
    // The host is asked for it, and has it not.
    page.forgive();
    page.open("#/practice/nothing-like-it").await?;
    page.sees("h1", "There is no such question").await?;
    page.press("a.button-link", "Go to the questions").await?;
    page.sees("h1", "Practice").await
}
