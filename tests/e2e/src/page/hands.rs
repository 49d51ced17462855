//! What a person does with mouse and keyboard.

use std::time::Instant;

use serde_json::json;
use thirtyfour::prelude::*;

use super::{DEADLINE, Page};
use crate::failure::Outcome;

/// The menu at the head of a page.
pub const HEAD_MENU: &str = ".page-title-row > .menu > summary, .corner-menu > summary";

impl Page {
    /// Clicks on an element, as soon as it is there.
    ///
    /// # Errors
    ///
    /// When it does not come, or something lies over it.
    pub async fn click(&self, selector: &str) -> Outcome {
        self.click_found(selector, None).await
    }

    /// Clicks on an element with this text or label, as soon as it is there.
    ///
    /// # Errors
    ///
    /// When it does not come, or something lies over it.
    pub async fn press(&self, selector: &str, name: &str) -> Outcome {
        self.click_found(selector, Some(name)).await
    }

    /// Chooses from the menu "⋯" at the head of the page.
    ///
    /// # Errors
    ///
    /// When there is no such row.
    pub async fn choose_in_menu(&self, name: &str) -> Outcome {
        self.click(HEAD_MENU).await?;
        self.press("details.menu[open] button", name).await
    }

    async fn click_found(&self, selector: &str, name: Option<&str>) -> Outcome {
        let began = Instant::now();
        loop {
            let element = self
                .element("uncovered(find(a[0], a[1]))", selector, name)
                .await?;
            match element.click().await {
                Ok(()) => return Ok(()),
                Err(error) if began.elapsed() > DEADLINE => {
                    let what = name.unwrap_or_default();
                    return Err(format!("No click on {selector} {what}: {error}").into());
                }
                // It may have been made anew meanwhile.
                Err(_) => {}
            }
        }
    }

    /// Types a text into a field, in the place of what is there.
    ///
    /// # Errors
    ///
    /// When there is no such field.
    pub async fn fill(&self, selector: &str, typed: &str) -> Outcome {
        let field = self.find(selector, None).await?;
        // As by hand: everything is marked, and what is typed takes its place.
        field.send_keys(Key::Control + "a").await?;
        if typed.is_empty() {
            field.send_keys(Key::Backspace).await?;
        } else {
            field.send_keys(typed).await?;
        }
        self.until_with(
            "what was typed",
            "$(a[0]).value === a[1]",
            json!([selector, typed]),
        )
        .await
    }

    /// Chooses an entry of a list by its value. Where the list is in a menu, that is opened first and closed then.
    ///
    /// # Errors
    ///
    /// When there is no such list or entry.
    pub async fn choose(&self, selector: &str, value: &str) -> Outcome {
        let option = format!("{selector} option[value='{value}']");
        let in_menu =
            "$(a[0]) ? $(a[0]).closest('[popover]:not(:popover-open)')?.id ?? 'none' : null";
        let found = self.wait_for(&option, in_menu, json!([option])).await?;
        let menu = found.json().as_str().filter(|menu| *menu != "none");
        let opener = menu.map(|menu| format!("[popovertarget='{menu}']"));
        if let Some(opener) = &opener {
            self.click(opener).await?;
            self.until_with(
                "the menu",
                "shown($(a[0]).closest('select'))",
                json!([option]),
            )
            .await?;
        }
        // Where something stays at the foot of the page, a list under it is scrolled up first, as by hand.
        let in_sight = "($(a[0]).closest('select').scrollIntoView({ block: 'nearest' }), $(a[0]))";
        let option = self.element(in_sight, &option, None).await?;
        option.click().await?;
        self.until_with(
            "the choice",
            "$(a[0]).value === a[1]",
            json!([selector, value]),
        )
        .await?;
        match opener {
            Some(opener) => self.click(&opener).await,
            None => Ok(()),
        }
    }

    /// Presses keys, one after the other, wherever the focus is.
    ///
    /// # Errors
    ///
    /// When the browser refuses.
    pub async fn keys(&self, keys: impl Into<TypingData>) -> Outcome {
        Ok(self
            .driver()
            .action_chain()
            .send_keys(keys.into())
            .perform()
            .await?)
    }

    /// Presses keys while others are held.
    ///
    /// # Errors
    ///
    /// When the browser refuses.
    pub async fn keys_held(&self, held: &[Key], key: char) -> Outcome {
        let mut chain = self.driver().action_chain();
        for held in held {
            chain = chain.key_down(held.clone());
        }
        chain = chain.key_down(key).key_up(key);
        for held in held.iter().rev() {
            chain = chain.key_up(held.clone());
        }
        Ok(chain.perform().await?)
    }
}
