//! What is read where scripts are switched off: the whole lesson, and the five questions with their answers.

use e2e::{Outcome, Page, cases};
use lesson::markdown::plain;
use lesson::own;
use lesson::pack::Shown;
use thirtyfour::prelude::*;

cases! {
    the_start_page_is_read_and_drawn [without_scripts()],
    the_lesson_and_the_five_questions_are_read [without_scripts()],
    it_is_said_that_the_rest_needs_scripts [without_scripts()],
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text line by line, without the marks that make lists, code and emphasis of it.
fn lines(text: &str) -> Vec<String> {
    let unmarked = |line: &str| {
        let line = line.trim();
        let number = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
        let item = number
            .strip_prefix(". ")
            .filter(|_| number.len() < line.len());
        let item = item.or_else(|| line.strip_prefix("- ")).unwrap_or(line);
        tidy(&plain(item))
    };
    text.lines()
        .filter(|line| !line.trim_start().starts_with("```"))
        .map(unmarked)
        .filter(|line| !line.is_empty())
        .collect()
}

/// Everything that is on screen, as the browser gives it: what is hidden is not in it.
async fn read(page: &Page) -> Outcome<String> {
    page.driver().goto(page.site().url()).await?;
    shown(page).await
}

async fn shown(page: &Page) -> Outcome<String> {
    let body = page.driver().find(By::Css("body")).await?;
    Ok(tidy(&body.text().await?))
}

async fn the_start_page_is_read_and_drawn(page: Page) -> Outcome {
    let seen = read(&page).await?;
    let texts = text::Language::English.start();
    for part in [texts.title, texts.intro, texts.try_it] {
        let part = tidy(&plain(part));
        assert!(seen.contains(&part), "“{part}” is not to be read");
    }
    let picture = page.driver().find(By::Css(".picture")).await?;
    assert_eq!(
        picture.attr("aria-label").await?.as_deref(),
        Some(texts.picture)
    );
    // As on the page: under the words, and on the first screen.
    let place = picture.rect().await?;
    assert!(place.y < 400.0 && place.height > 200.0, "{place:?}");
    let drawn = tidy(&picture.text().await?);
    for part in ["v3", "v2 serves", "Production", "Archived", "€ passed"] {
        assert!(drawn.contains(part), "“{part}” is not in “{drawn}”");
    }
    Ok(())
}

async fn the_lesson_and_the_five_questions_are_read(page: Page) -> Outcome {
    read(&page).await?;
    page.driver()
        .find(By::LinkText("read the lesson as text"))
        .await?
        .click()
        .await?;
    let seen = shown(&page).await?;
    let lesson = own::lesson().ok_or("The lesson can't be read.")?;
    let practice = own::practice().ok_or("The questions can't be read.")?;
    let mut wanted = Vec::new();
    let mut codes = Vec::new();
    for step in &lesson.steps {
        wanted.extend([step.title.clone(), step.text.clone(), step.after.clone()]);
        wanted.extend(step.takeaways.clone());
        if let Some(choose) = &step.choose {
            wanted.push(choose.ask.clone());
            for option in &choose.options {
                wanted.extend([option.text.clone(), option.then.clone()]);
            }
        }
    }
    let five: Vec<_> = practice.questions.iter().filter(|one| one.fixed).collect();
    assert_eq!(five.len(), 5);
    for question in five {
        wanted.extend([&question.ask, &question.answer, &question.check].map(Clone::clone));
        wanted.extend(question.solution.iter().chain(&question.mistakes).cloned());
        for option in question.kind.options() {
            wanted.push(option.why.clone());
            match &option.text {
                Shown::Line(text) => wanted.push(text.clone()),
                Shown::Code(code) => codes.push(tidy(code)),
            }
        }
    }
    let parts = wanted.iter().flat_map(|text| lines(text)).chain(codes);
    for part in parts {
        assert!(seen.contains(&part), "“{part}” is not to be read");
    }
    Ok(())
}

async fn it_is_said_that_the_rest_needs_scripts(page: Page) -> Outcome {
    let seen = read(&page).await?;
    // This stands in the page's `noscript`, so a browser shows it only where scripts are off.
    assert!(seen.contains("Please allow JavaScript"), "{seen}");
    let app = page.driver().find_all(By::Css("#saving")).await?;
    assert!(app.is_empty(), "the app has started");
    Ok(())
}
